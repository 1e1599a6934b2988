// Team: a project of coordinators and devices with profiles, a form and a share, without a desk; for the tests of
// the verbs.
//
//   Team t;  auto record = t.hold(*t.amina, {{"code", "MA1"}, {"age", "34"}});  t.sync_all();
//   Dataset d = t.look(*t.salma);
#pragma once

#include <doctest/doctest.h>

#include "collector/app/centre.h"
#include "collector/app/coordination.h"
#include "collector/app/keyring.h"
#include "collector/app/project.h"
#include "collector/app/publishing.h"
#include "collector/app/replicas.h"
#include "tests/support/folder.h"

namespace support {

#define REQUIRE_OK(expression)                                                                    \
  do {                                                                                            \
    auto&& outcome_of_it = (expression);                                                          \
    REQUIRE_MESSAGE(outcome_of_it, (outcome_of_it ? "" : base::describe(outcome_of_it.error()))); \
  } while (false)

class Team {
 public:
  using Said = std::vector<std::pair<std::string, std::string>>;

  Team() {
    std::filesystem::create_directories(share());
    auto project =
        app::new_project(workspace(), {"Twinning", false, {{"salma", words}, {"joost", words}}}, world());
    REQUIRE_OK(project);
    salma = std::move(project->coordinators[0]);
    joost = std::move(project->coordinators[1]);
    sheets = project->sheets;
    publish(1,
            "type,name,label::English (en),x_role\n"
            "text,code,Case code,case_code\n"
            "select_one yn,consent,Do you agree?,consent\n"
            "integer,age,How old are you?,\n"
            "calculate,double,,\n"
            "select_multiple lang,langs,Languages,\n"
            "begin_repeat,actor,Actor,\n"
            "text,act_name,Name,\n"
            "end_repeat,,,\n",
            {}, "${age} * 2");
    amina = device("amina", "Berkane");
    yusuf = device("yusuf", "Rabat");
    sync(*joost);
  }

  std::filesystem::path workspace() const { return folder.path() / "workspace"; }
  std::string share() const { return (folder.path() / "share").string(); }
  app::World world() { return {&clock, &random, seal::demo_cost}; }

  app::FormFile form(int version, const std::string& survey, const std::string& calculation = "") {
    definition::Workbook book{"form", {}};
    auto sheet = [&](const std::string& name, const std::string& text) {
      book.sheets.push_back(*definition::read_csv(base::view_of(text), name));
    };
    sheet("survey", survey);
    sheet("choices",
          "list_name,name,label::English "
          "(en)\nyn,yes,Yes\nyn,no,No\nlang,ar,Arabic\nlang,fr,French\nlang,nl,Dutch\n");
    sheet("settings", "form_title,form_id,version\nVisit,visit," + std::to_string(version) + "\n");
    if (!calculation.empty()) {
      definition::Sheet& rows = book.sheets[0];
      rows.rows[0].push_back("calculation");
      for (size_t i = 1; i < rows.rows.size(); ++i)
        rows.rows[i].push_back(rows.rows[i][0] == "calculate" ? calculation : "");
    }
    app::FormFile out = app::form_from_sheets(std::move(book), {});
    REQUIRE_MESSAGE(out.read.survey,
                    (out.read.diagnostics.empty() ? "" : definition::describe(out.read.diagnostics[0])));
    return out;
  }
  app::Published publish(int version, const std::string& survey, const app::PublishWish& wish = {},
                         const std::string& calculation = "") {
    auto done = app::publish(*salma, form(version, survey, calculation), wish);
    REQUIRE_OK(done);
    return *done;
  }

  std::unique_ptr<app::Profile> device(const std::string& label, const std::string& site) {
    auto profile = app::Profile::create(workspace(), label, words, world());
    REQUIRE_OK(profile);
    auto admission = app::enrol(*salma, app::enrolment_request(**profile), site);
    REQUIRE_OK(admission);
    REQUIRE_OK(app::join_project(**profile, *admission));
    sync(*salma);
    return std::move(*profile);
  }

  base::RecordId hold(app::Profile& device, const Said& answers, std::string* card = nullptr) {
    clock.advance_ms(60000);
    auto forms = device.forms();
    REQUIRE(!forms.empty());
    auto interview = app::Interview::begin(device, forms[0], 0);
    REQUIRE_OK(interview);
    if (card) *card = (*interview)->card();
    auto say = [&](const std::string& question, const std::string& typed) {
      auto at = (*interview)->session().find({(*interview)->survey().by_identity(question), {}});
      REQUIRE_OK((*interview)->answer(at, typed));
    };
    say("consent", "yes");
    for (const auto& [question, typed] : answers) say(question, typed);
    auto record = (*interview)->finish();
    REQUIRE_OK(record);
    return *record;
  }

  void sync(app::Profile& profile, bool receipts = true) {
    app::SyncOptions options;
    options.receipts = receipts;
    auto report = app::sync_with(profile, share(), options, {});
    REQUIRE_OK(report.outcome);
    problems = report.problems;
  }
  // Until nothing new comes: everybody has heard of everything.
  void sync_all() {
    for (int round = 0; round < 2; ++round)
      for (app::Profile* p : {amina.get(), yusuf.get(), salma.get(), joost.get()})
        if (p) sync(*p);
  }
  app::Dataset look(app::Profile& coordinator) {
    auto dataset = app::Centre::look(coordinator, "en");
    REQUIRE_OK(dataset);
    return std::move(*dataset);
  }
  // Of a record's case; nothing where it is not there.
  std::optional<std::string> answer(app::Profile& coordinator, const base::RecordId& record,
                                    const std::string& question) {
    app::Dataset d = look(coordinator);
    for (const auto& f : d.forms)
      for (size_t i = 0; i < f.cases.size(); ++i) {
        if (f.cases.ids()[i] != record) continue;
        exports::Case one = f.cases[i];
        for (const exports::CaseAnswer& a : one.answers)
          if (f.file->read.survey->nodes[a.node].identity == question) return a.text;
        for (const exports::UnknownAnswer& u : one.unknown)
          if (u.question == question) return u.text;
      }
    return std::nullopt;
  }
  seal::Kit kit() const { return std::move(*seal::join_sheets({sheets[0], sheets[2]})); }
  void agree() {
    CHECK(record::spoken(look(*salma).fingerprint) == record::spoken(look(*joost).fingerprint));
  }

  static constexpr const char* words = "a passphrase of words";
  support::Folder folder;
  base::ManualClock clock{base::Instant{1763900000000}};
  base::SeededRandom random{7};
  std::unique_ptr<app::Profile> salma, joost, amina, yusuf;
  std::array<std::string, 3> sheets;
  std::vector<std::string> problems;  // of the last sync
};

}  // namespace support
