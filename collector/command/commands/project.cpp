// rihla project new|request|enrol|join|publish|status: who belongs to a project, and its forms.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

#include "collector/app/project.h"
#include "collector/app/publishing.h"
#include "collector/command/profile_option.h"
#include "collector/command/project_words.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::string name, file, out, form, site;
  std::vector<std::string> coordinators, lists;
  bool anyway = false;
};

base::Status write_file(const std::string& path, base::ByteView bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  out.flush();
  if (!out) return base::fail(base::Fault::locked, path, "This file cannot be written.");
  return {};
}

// Readable by its owner alone, from the first byte.
base::Status write_secret(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary).flush();
  std::error_code ignored;
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                               ignored);
  return write_file(path, base::view_of(text));
}

int found(Options& o, Terminal& terminal) {
  app::NewProject wanted{o.name, false, {}};
  for (const std::string& label : o.coordinators) {
    auto words = o.who.passphrase().read(terminal, "New passphrase of " + label + ": ");
    if (!words) return terminal.fail(words.error());
    wanted.coordinators.push_back({label, *words});
  }
  auto project = app::new_project(o.who.workspace(), wanted, ProfileOption::world());
  if (!project) return terminal.fail(project.error());
  std::string kit = o.out.empty() ? (o.who.workspace() / "recovery-kit").string() : o.out;
  std::vector<std::string> sheets;
  for (size_t n = 0; n < project->sheets.size(); ++n) {
    sheets.push_back(kit + "-" + std::to_string(n + 1) + ".txt");
    if (auto done = write_secret(sheets.back(), project->sheets[n]); !done)
      return terminal.fail(done.error());
  }
  if (terminal.json) {
    terminal.out << Json{{"project", o.name}, {"coordinators", o.coordinators}, {"sheets", sheets}}.dump()
                 << "\n";
    return 0;
  }
  terminal.out << "project \"" << o.name << "\" founded; the recovery kit's three sheets:\n";
  for (const std::string& sheet : sheets) terminal.out << "  " << sheet << "\n";
  terminal.out
      << "Print them, give them to three people, and delete the files. Then try the kit once, from paper:\n"
         "  rihla project drill\n";
  return 0;
}

int request(Options& o, Terminal& terminal) {
  if (o.who.label().empty())
    return terminal.fail({base::Fault::invalid, "--profile", "Give the new profile's name with --profile."});
  auto words = o.who.passphrase().read(terminal, "New passphrase of " + o.who.label() + ": ");
  if (!words) return terminal.fail(words.error());
  auto profile = app::Profile::create(o.who.workspace(), o.who.label(), *words, ProfileOption::world());
  if (!profile) return terminal.fail(profile.error());
  base::Bytes bytes = app::enrolment_request(**profile);
  if (auto done = write_file(o.file, bytes); !done) return terminal.fail(done.error());
  if (terminal.json)
    terminal.out << Json{{"request", o.file}, {"check", app::spoken_check(bytes)}}.dump() << "\n";
  else
    terminal.out << "request written: " << o.file
                 << "\nread these digits to the coordinator: " << app::spoken_check(bytes) << "\n";
  return 0;
}

int admit(Options& o, Terminal& terminal) {
  auto bytes = app::read_file(o.file);
  if (!bytes) return terminal.fail(bytes.error());
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto admission = app::enrol(**profile, *bytes, o.site);
  if (!admission) return terminal.fail(admission.error());
  if (auto done = write_file(o.out, *admission); !done) return terminal.fail(done.error());
  if (terminal.json)
    terminal.out << Json{{"admission", o.out}, {"check", app::spoken_check(*bytes)}}.dump() << "\n";
  else
    terminal.out << "admission written: " << o.out
                 << "\nthese digits must be the same on both screens: " << app::spoken_check(*bytes) << "\n";
  return 0;
}

int join(Options& o, Terminal& terminal) {
  auto bytes = app::read_file(o.file);
  if (!bytes) return terminal.fail(bytes.error());
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  if (auto done = app::join_project(**profile, *bytes); !done) return terminal.fail(done.error());
  terminal.out << (terminal.json ? Json{{"project", (*profile)->membership()->name}}.dump()
                                 : "joined \"" + (*profile)->membership()->name + "\"")
               << "\n";
  return 0;
}

// What a coordinator should know before fieldworkers have it. Lists that are missing stop it unless --anyway.
base::Status look_before(const app::FormFile& form, app::Profile& profile, bool anyway,
                         std::vector<std::string>& said) {
  if (!form.read.survey) return {};  // refused later, with its errors
  const definition::Survey& survey = *form.read.survey;
  std::string missing;
  for (const definition::ChoiceList& list : survey.lists)
    if (list.from_file && list.missing) missing += (missing.empty() ? "" : ", ") + list.name;
  for (const definition::Diagnostic& d : form.read.diagnostics)
    if (d.severity == definition::Severity::warning) said.push_back(definition::describe(d));
  for (const record::PublishedForm& one : profile.forms()) {
    if (one.form_id != survey.form_id || one.hash == app::form_hash(survey)) continue;
    if (one.version == survey.version)
      said.push_back("version " + survey.version +
                     " is published already with another content; give each change a version of its own");
    else if (!one.version.empty() && std::make_pair(survey.version.size(), survey.version) <
                                         std::make_pair(one.version.size(), one.version))
      said.push_back("version " + survey.version + " looks older than " + one.version +
                     ", which it replaces");
  }
  if (missing.empty() || anyway) return {};
  return base::fail(
      base::Fault::missing, form.book.name,
      "These lists are not beside the form: " + missing +
          ". Questions that read them would take free text. Name their folder with --lists, or publish "
          "it so with --anyway.");
}

int publish(Options& o, Terminal& terminal) {
  auto form = app::read_form(o.form, {o.lists.begin(), o.lists.end()});
  if (!form) return terminal.fail(form.error());
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  std::vector<std::string> warnings;
  if (auto may = look_before(*form, **profile, o.anyway, warnings); !may) return terminal.fail(may.error());
  for (const std::string& line : warnings) terminal.err << "rihla: warning: " << line << "\n";
  auto published = app::publish(**profile, *form);
  if (!published) return terminal.fail(published.error());
  const definition::Survey& survey = *form->read.survey;
  terminal.out << (terminal.json ? Json{{"form", survey.form_id},
                                        {"version", survey.version},
                                        {"new", published->is_new},
                                        {"kept_apart", published->kept_apart},
                                        {"warnings", warnings}}
                                       .dump()
                                 : (published->is_new ? "published " : "published already, unchanged: ") +
                                       survey.form_id + " " + survey.version)
               << "\n";
  return 0;
}

// What this laptop holds: drafts, and what was finished here, as a person says it.
std::vector<std::vector<std::string>> interviews_of(app::Profile& profile) {
  std::vector<std::vector<std::string>> rows = {{"interview", "form", "name", "state"}};
  if (auto drafts = profile.vault().drafts(); drafts)
    for (const store::DraftSummary& draft : *drafts)
      rows.push_back({draft.id.hex(), draft.info.form_id, draft.info.name, "open"});
  if (auto finished = profile.vault().finished(); finished)
    for (const store::Finished& one : *finished)
      rows.push_back({one.record.hex(), one.title, one.refused ? "(refused)" : one.name,
                      one.delivery == store::Delivery::received      ? "received by the centre"
                      : one.delivery == store::Delivery::handed_over ? "handed over"
                                                                     : "on this laptop"});
  return rows;
}

int status(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto s = app::project_status(**profile);
  if (!s) return terminal.fail(s.error());
  if (terminal.json) {
    Json json{{"project", s->name},        {"epoch", s->epoch},
              {"revisions", s->revisions}, {"quarantined", s->quarantined},
              {"missing", s->missing},     {"warnings", s->warnings},
              {"kit", s->kit_generation},  {"members", Json::array()},
              {"forms", Json::array()},    {"interviews", Json::array()}};
    for (const auto& row : interviews_of(**profile))
      if (row[0] != "interview")
        json["interviews"].push_back({{"id", row[0]}, {"form", row[1]}, {"name", row[2]}, {"state", row[3]}});
    for (const auto& m : s->members)
      json["members"].push_back({{"label", m.label}, {"role", m.role}, {"id", m.device.hex()}});
    for (const auto& f : s->forms) json["forms"].push_back({{"form_id", f.form_id}, {"version", f.version}});
    terminal.out << json.dump() << "\n";
    return 0;
  }
  terminal.out << "project: " << s->name
               << "\nkeys: " << (s->epoch.empty() ? "nothing can be sealed yet" : "epoch " + s->epoch)
               << "\n\n";
  std::vector<std::vector<std::string>> rows = {{"who", "role", "id"}};
  for (const auto& m : s->members) rows.push_back({m.label, m.role, m.device.hex().substr(0, 16)});
  terminal.table(rows);
  rows = {{"form", "version"}};
  for (const auto& f : s->forms) rows.push_back({f.form_id, f.version});
  terminal.out << "\n";
  terminal.table(rows);
  if (auto interviews = interviews_of(**profile); interviews.size() > 1) {
    terminal.out << "\n";
    terminal.table(interviews);
  }
  if ((*profile)->central())
    terminal.out << "\nrevisions held: " << s->revisions << ", of unknown devices: " << s->quarantined
                 << "\n";
  for (const std::string& line : s->missing) terminal.out << line << "\n";
  for (const std::string& line : s->warnings) terminal.out << "! " << line << "\n";
  return 0;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  app.require_subcommand(1);
  o->who.declare(app);
  app.fallthrough();
  CLI::App* new_app =
      app.add_subcommand("new", "found a project: a root kept apart, two coordinators, keys to seal to");
  new_app->add_option("name", o->name, "the project's name")->required();
  new_app->add_option("--coordinator", o->coordinators, "a coordinator's profile name; give it twice or more")
      ->required()
      ->expected(2, 16);
  new_app->add_option("--kit", o->out,
                      "where the kit's three sheets are written, to be printed: NAME-1.txt …");
  CLI::App* request_app =
      app.add_subcommand("request", "make a profile on this laptop and its request to be enrolled");
  request_app->add_option("file", o->file, "the request's file")->required();
  CLI::App* enrol_app = app.add_subcommand("enrol", "a coordinator lets a device in");
  enrol_app->add_option("request", o->file, "the device's request")->required();
  enrol_app->add_option("admission", o->out, "the answer's file")->required();
  enrol_app->add_option("--site", o->site,
                        "where it works; said with its name where something of it is missing");
  CLI::App* join_app = app.add_subcommand("join", "the device takes the coordinator's answer");
  join_app->add_option("admission", o->file, "the answer's file")->required();
  CLI::App* publish_app = app.add_subcommand("publish", "publish a form, or its next version");
  publish_app->add_option("form", o->form, "an .xlsx file or a folder of sheets")->required();
  publish_app->add_option("--lists", o->lists, "a further folder of side files");
  publish_app->add_flag("--anyway", o->anyway, "also where a list that it names is missing");
  auto authority_options = std::make_shared<AuthorityOptions>();  // shared as `o` is
  auto authority = declare_authority(app, authority_options);
  CLI::App* status_app = app.add_subcommand("status", "who belongs to it, which forms, what is missing");
  invocation.action = [=](Terminal& terminal) {
    if (new_app->parsed()) return found(*o, terminal);
    if (request_app->parsed()) return request(*o, terminal);
    if (enrol_app->parsed()) return admit(*o, terminal);
    if (join_app->parsed()) return join(*o, terminal);
    if (publish_app->parsed()) return publish(*o, terminal);
    (void)status_app;
    authority_options->who = o->who;
    if (int code = authority(terminal); code >= 0) return code;
    return status(*o, terminal);
  };
}

}  // namespace

extern const Command project_command;
const Command project_command{.name = "project",
                              .summary = "found a project, enrol devices, publish forms, see how it stands",
                              .declare = declare};

}  // namespace command
