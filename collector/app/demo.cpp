#include "collector/app/demo.h"

#include <algorithm>
#include <chrono>

#include "collector/app/project.h"
#include "collector/app/publishing.h"
#include "collector/app/replicas.h"
#include "collector/app/respondent.h"
#include "collector/app/walk.h"
#include "collector/export/format.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using base::Status;

constexpr const char* languages[] = {"ar", "fr", "tr", "nl", "en"};
constexpr const char* names[] = {"amina", "yusuf", "fatima", "mehmet", "sanae",  "daan",
                                 "leyla", "omar",  "ilse",   "hamid",  "zeynep", "bram"};

class Campaign {
 public:
  Campaign(fs::path folder, const DemoWish& wish, fs::path questionnaires, const DemoListener& listener)
      : folder_(std::move(folder)),
        wish_(wish),
        questionnaires_(std::move(questionnaires)),
        listener_(listener),
        random_(wish.seed),
        clock_(*base::parse_instant("2026-03-02T08:00:00Z", 0), 60),
        world_{&clock_, &random_, seal::demo_cost} {}

  base::Result<DemoReport> run() {
    auto started = std::chrono::steady_clock::now();
    for (auto part : {&Campaign::found, &Campaign::hold_all, &Campaign::correct_some, &Campaign::carry,
                      &Campaign::merge, &Campaign::write_tables})
      if (auto done = (this->*part)(); !done) return base::pass(done.error());
    report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return std::move(report_);
  }

 private:
  struct Dispute {
    base::RecordId record;
    record::Key key;
    std::string device_says;
  };
  struct Carried {
    std::string name;
    base::Bytes bytes;
  };

  void step(const std::string& what, const std::string& detail, std::chrono::steady_clock::time_point since,
            uint64_t bytes = 0) {
    report_.steps.push_back({what, detail,
                             std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count(),
                             bytes});
    if (listener_.tell) listener_.tell(what + ": " + detail);
  }

  Status found() {
    auto since = std::chrono::steady_clock::now();
    std::error_code error;
    fs::create_directories(folder_ / "share", error);
    if (error)
      return base::fail(base::Fault::locked, folder_.string(),
                        "This folder cannot be made: " + error.message() + ".");
    workspace_ = folder_ / "workspace";
    std::string words(demo_passphrase);
    auto project =
        new_project(workspace_, {"Demonstration", true, {{"salma", words}, {"joost", words}}}, world_);
    if (!project) return base::pass(project.error());
    coordinators_ = std::move(project->coordinators);
    // The demonstration's days pass quickly: what was finished in its first is corrected in its last.
    record::Statement policy;
    policy.type = record::StatementType::policy;
    policy.text = "window_hours";
    policy.label = "168";
    policy.number = 1;
    if (auto said = coordinators_[0]->say(std::move(policy)); !said) return base::pass(said.error());
    for (const char* name : {"staff", "youth", "associations"}) {
      auto form = read_form(questionnaires_ / name, {questionnaires_ / "lists"});
      if (!form) return base::pass(form.error());
      if (auto done = publish(*coordinators_[0], *form); !done) return base::pass(done.error());
    }
    for (int i = 0; i < wish_.devices; ++i) {
      std::string label = names[static_cast<size_t>(i) % std::size(names)];
      if (static_cast<size_t>(i) >= std::size(names))
        label += std::to_string(i / static_cast<int>(std::size(names)) + 1);
      auto device = Profile::create(workspace_, label, words, world_);
      if (!device) return base::pass(device.error());
      auto admission = enrol(*coordinators_[0], enrolment_request(**device));
      if (!admission) return base::pass(admission.error());
      if (auto done = join_project(**device, *admission); !done) return done;
      devices_.push_back(std::move(*device));
    }
    // The second centre hears of it all as it will of everything else: by the share.
    SyncOptions quiet;
    quiet.receipts = false;
    for (auto& coordinator : coordinators_)
      if (auto r = sync_with(*coordinator, (folder_ / "share").string(), quiet, {}); !r.outcome)
        return r.outcome;
    step("project", std::to_string(wish_.devices) + " devices enrolled, 3 forms published", since);
    return {};
  }

  Status hold_all() {
    auto since = std::chrono::steady_clock::now();
    for (int i = 0; i < wish_.interviews; ++i) {
      Profile& device = *devices_[static_cast<size_t>(i) % devices_.size()];
      clock_.advance_ms(static_cast<int64_t>(20 + random_.below(40)) * 60000);
      if (listener_.held) listener_.held(i, wish_.interviews);
      if (auto done = hold(device, i); !done) return done;
    }
    report_.interviews = wish_.interviews;
    step("interviews",
         std::to_string(wish_.interviews) + " held, " + std::to_string(report_.refused) + " refused, " +
             std::to_string(report_.unfinished) + " left unfinished",
         since);
    return {};
  }

  Status hold(Profile& device, int number) {
    auto forms = device.forms();
    const record::PublishedForm& form = forms[random_.below(forms.size())];
    std::string language = languages[random_.below(std::size(languages))];
    auto file = device.form(form.package);
    if (!file) return base::pass(file.error());
    auto interview =
        Interview::begin(device, form, std::max(0, (*file)->read.survey->language_index(language)));
    if (!interview) return base::pass(interview.error());
    Interview& one = **interview;
    Respondent person(random_, language);
    bool leaves = random_.unit() < 0.04;
    int answered = 0;
    for (engine::NodeId node = next_question(one.session(), 0); node != engine::no_id;
         node = next_question(one.session(), node)) {
      clock_.advance_ms(4000 + static_cast<int64_t>(random_.below(20000)));
      if (!is_answerable(one.session(), node)) continue;
      auto typed = person.answer(one.session(), node);
      if (!typed) continue;
      if (wish_.alter && number == 0 &&
          one.survey().nodes[one.session().definition_of(node)].name == "age_years")
        *typed = "44";
      auto said = one.answer(node, *typed);
      if (!said) return base::pass(said.error());
      if (leaves && ++answered > 12) {
        ++report_.unfinished;
        return {};
      }
    }
    for (const std::string& question : person.unmet())
      if (std::find(report_.unmet.begin(), report_.unmet.end(), form.form_id + ": " + question) ==
          report_.unmet.end())
        report_.unmet.push_back(form.form_id + ": " + question);
    bool refused = one.refused();
    if (refused) ++report_.refused;
    if (!refused && !one.findings().empty()) {  // somebody left a required question: it stays open
      ++report_.unfinished;
      return {};
    }
    auto record = one.finish();
    if (!record) return base::pass(record.error());
    if (!refused) held_.push_back({&device, *record});
    return {};
  }

  // Some are corrected afterwards on the device; of these some by a coordinator too, who does not know it.
  Status correct_some() {
    auto since = std::chrono::steady_clock::now();
    for (const auto& [device, record] : held_) {
      if (random_.unit() > 0.12) continue;
      auto kept = device->vault().readable(record, clock_.now());
      if (!kept) continue;  // minors: sealed for good
      auto revision = record::decode_revision(*kept);
      if (!revision) return base::pass(revision.error());
      auto age = std::find_if(revision->answers.begin(), revision->answers.end(),
                              [](const record::Answer& a) { return a.key.question == "age_years"; });
      if (age == revision->answers.end()) continue;
      disputed_.push_back({record, age->key, std::to_string(30 + random_.below(30))});
    }
    // What is finished goes out first, so that a coordinator has it before the device corrects it.
    for (auto& device : devices_)
      if (auto done = hand_over(*device); !done) return done;
    // A coordinator who holds these first revisions corrects some of the same answers at the same time.
    for (size_t i = wish_.withhold ? 1 : 0; i < carried_.size(); ++i)
      if (auto done = admit_bundle(*coordinators_[0], carried_[i].name + ".early", carried_[i].bytes); !done)
        return base::pass(done.error());
    for (const Dispute& d : disputed_) {
      if (random_.unit() > 0.6) continue;
      auto done = correct(*coordinators_[0], d.record, {d.key, std::to_string(60 + random_.below(15))},
                          "the code card says so");
      if (!done && done.error().fault != base::Fault::missing)
        return done;  // missing: its bundle is the withheld one
    }
    for (const Dispute& d : disputed_) {
      auto owner =
          std::find_if(held_.begin(), held_.end(), [&](const auto& h) { return h.second == d.record; });
      auto done = amend(*owner->first, d.record, {{d.key, d.device_says}}, "asked again");
      if (!done) return done;
      ++report_.corrected;
    }
    for (auto& device : devices_)
      if (auto done = hand_over(*device); !done) return done;
    step("corrections", std::to_string(report_.corrected) + " interviews corrected on the device", since);
    return {};
  }

  // The device's new envelopes as a bundle in the own outbox folder, not yet on the share.
  Status hand_over(Profile& device) {
    // Minors' interviews leave once they can no longer be read on the laptop.
    if (auto done = device.vault().close_held_windows(); !done) return done;
    auto outbox = device.vault().outbox();
    if (!outbox) return base::pass(outbox.error());
    std::vector<exchange::Item> items;
    std::vector<base::RevisionId> ids;
    for (store::Sealed& sealed : *outbox) {
      if (sealed.delivery != store::Delivery::on_laptop) continue;
      ids.push_back(sealed.id);
      items.push_back({exchange::ItemKind::revision, std::move(sealed.bytes)});
      if (items.size() == 5) {
        if (auto done = pack(device, items); !done) return done;
        items.clear();
      }
    }
    if (!items.empty())
      if (auto done = pack(device, items); !done) return done;
    return device.vault().mark(ids, store::Delivery::handed_over);
  }

  Status pack(Profile& device, const std::vector<exchange::Item>& items) {
    auto bundle = exchange::write_bundle(device.membership()->project, device.keys(),
                                         device.vault().next_bundle_number(), items);
    if (!bundle) return base::pass(bundle.error());
    auto read = exchange::read_bundle(*bundle);
    carried_.push_back(
        {"inbox/" + device.keys().id.hex() + "/" + exchange::bundle_name(read->number, read->hash),
         std::move(*bundle)});
    return {};
  }

  // Random order, duplicates, one lost and sent again; the same bundles reach the centres in different
  // orders.
  Status carry() {
    auto since = std::chrono::steady_clock::now();
    uint64_t bytes = 0;
    for (const Carried& c : carried_) bytes += c.bytes.size();
    size_t lost = carried_.empty() ? 0 : random_.below(carried_.size());
    if (wish_.withhold) lost = 0;
    int twice = 0;
    for (size_t centre = 0; centre < coordinators_.size(); ++centre) {
      std::vector<size_t> order;
      for (size_t i = 0; i < carried_.size(); ++i) {
        if (i == lost) continue;  // comes late
        order.push_back(i);
        if (random_.unit() >= 0.2) continue;
        order.push_back(i);  // comes twice
        ++twice;
      }
      for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_.below(i)]);
      if (!wish_.withhold && !carried_.empty()) order.push_back(lost);  // sent again
      for (size_t i : order) {
        auto done = admit_bundle(*coordinators_[centre],
                                 carried_[i].name + (random_.unit() < 0.5 ? "" : ".copy"), carried_[i].bytes);
        if (!done) return base::pass(done.error());
      }
    }
    step("carried",
         std::to_string(carried_.size()) + " bundles, to each centre in an order of its own; " +
             std::to_string(twice) + " came twice, " +
             (carried_.empty() ? "none late"
              : wish_.withhold ? "one is withheld"
                               : "one was lost and sent again"),
         since, bytes);
    return {};
  }

  Status merge() {
    std::vector<double> spent;
    for (auto& coordinator : coordinators_) {
      auto since = std::chrono::steady_clock::now();
      if (auto dataset = Centre::look(*coordinator, "en"); !dataset) return base::pass(dataset.error());
      spent.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count());
    }
    SyncOptions quiet;
    for (int round = 0; round < 2; ++round)
      for (auto& coordinator : coordinators_)
        if (auto r = sync_with(*coordinator, (folder_ / "share").string(), quiet, {}); !r.outcome)
          return r.outcome;
    for (auto& device : devices_)
      if (auto r = sync_with(*device, (folder_ / "share").string(), {}, {}); !r.outcome) return r.outcome;
    for (auto* people : {&coordinators_, &devices_})  // whoever opens a window finds it there
      for (auto& one : *people)
        if (auto done = remember_place(*one, (folder_ / "share").string()); !done) return done;
    for (size_t n = 0; n < coordinators_.size(); ++n) {
      auto& coordinator = coordinators_[n];
      auto since = std::chrono::steady_clock::now() -
                   std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                       std::chrono::duration<double>(spent[n]));  // opening and merging, before the sync
      auto dataset = Centre::look(*coordinator, "en");
      if (!dataset) return base::pass(dataset.error());
      double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
      report_.centres.push_back(
          {coordinator->label(), record::spoken(dataset->fingerprint), static_cast<int>(dataset->revisions),
           static_cast<int>(dataset->conflicts.size()), static_cast<int>(dataset->unopened), seconds});
      step("merged by " + coordinator->label(),
           std::to_string(dataset->revisions) + " revisions, " + std::to_string(dataset->records) +
               " interviews, " + std::to_string(dataset->conflicts.size()) + " conflicts",
           since);
      if (report_.centres.size() > 1) continue;
      report_.revisions = static_cast<int>(dataset->revisions);
      report_.conflicts = static_cast<int>(dataset->conflicts.size());
      for (const Disagreement& d : dataset->conflicts) {
        std::string line = d.case_code + "  " + d.label + ": ";
        for (size_t i = 0; i < d.sides.size(); ++i)
          line += (i ? " | " : "") + d.sides[i].shown + " (" + d.sides[i].who + ")";
        report_.conflict_lines.push_back(line);
      }
    }
    report_.agree = report_.centres[0].fingerprint == report_.centres[1].fingerprint;
    return {};
  }

  Status write_tables() {
    auto since = std::chrono::steady_clock::now();
    auto dataset = Centre::look(*coordinators_[0], "en");
    if (!dataset) return base::pass(dataset.error());
    exports::Tables tables = tables_of(*coordinators_[0], *dataset, "en");
    std::error_code error;
    fs::create_directories(folder_ / "tables", error);
    uint64_t bytes = 0;
    for (const exports::ExportFormat* format : exports::formats()) {
      auto written = format->write(tables, folder_ / "tables");
      if (!written) return base::pass(written.error());
      for (const std::string& name : *written) bytes += fs::file_size(folder_ / "tables" / name, error);
    }
    for (const exports::Table& table : tables.tables)
      report_.tables.push_back(
          {table.name, static_cast<int>(table.rows.size()), static_cast<int>(table.columns.size())});
    step("exported", std::to_string(tables.tables.size()) + " tables as CSV, XLSX and values", since, bytes);
    return {};
  }

  fs::path folder_, workspace_;
  DemoWish wish_;
  fs::path questionnaires_;
  const DemoListener& listener_;
  base::SeededRandom random_;
  base::ManualClock clock_;
  World world_;
  DemoReport report_;
  std::vector<std::unique_ptr<Profile>> coordinators_, devices_;
  std::vector<std::pair<Profile*, base::RecordId>> held_;
  std::vector<Dispute> disputed_;
  std::vector<Carried> carried_;
};

}  // namespace

base::Result<DemoReport> run_demo(const fs::path& folder, const DemoWish& wish,
                                  const fs::path& questionnaires, const DemoListener& listener) {
  if (wish.devices < 1 || wish.interviews < 0 || wish.devices > 200 || wish.interviews > 20000)
    return base::fail(base::Fault::invalid, "demo", "Ask for 1 to 200 devices and 0 to 20,000 interviews.");
  std::error_code ignored;
  if (fs::exists(folder / "workspace", ignored))
    return base::fail(base::Fault::conflict, folder.string(),
                      "There is a demonstration here already. Choose another folder, or remove this one.");
  return Campaign(folder, wish, questionnaires, listener).run();
}

}  // namespace app
