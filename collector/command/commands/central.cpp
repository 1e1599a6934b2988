// rihla central …: the central file itself: copies, moves, checks, what waits in the quarantine, its log.
#include <nlohmann/json.hpp>

#include "collector/app/central_file.h"
#include "collector/app/strings.h"
#include "collector/app/verify.h"
#include "collector/command/profile_option.h"
#include "collector/command/words.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::string file, id;
};

using Open = base::Result<std::unique_ptr<app::Profile>>;

int told(Terminal& terminal, const base::Status& done, const Json& json, const std::string& text) {
  if (!done) return terminal.fail(done.error());
  terminal.out << (terminal.json ? json.dump() : text) << "\n";
  return 0;
}

std::string day(base::Instant at) {
  return base::format_iso(at, ProfileOption::world().clock->offset_minutes()).substr(0, 16);
}

int back_up(Options& o, Terminal& terminal) {
  Open profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  return told(terminal, app::back_up(**profile, o.file), {{"backup", o.file}},
              "written and checked: " + o.file);
}

int backups(Options& o, Terminal& terminal) {
  Open profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto all = app::backups_of(**profile);
  if (!all) return terminal.fail(all.error());
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows = {{"backup", "made", "withdrawn since, still in it"}};
  for (const store::Backup& b : *all) {
    json.push_back({{"path", b.path}, {"at", day(b.at)}, {"withdrawn_since", b.withdrawn_since}});
    rows.push_back({b.path, day(b.at), std::to_string(b.withdrawn_since)});
  }
  if (terminal.json)
    terminal.out << Json{{"backups", json}}.dump() << "\n";
  else
    terminal.table(rows);
  return 0;
}

int backup_place(Options& o, Terminal& terminal) {
  Open profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  if (!o.file.empty())
    if (auto done = app::choose_backup_place(**profile, o.file); !done) return terminal.fail(done.error());
  std::string place = app::backup_place(**profile).string();
  bool one_disk = app::is_backup_on_one_disk(**profile);
  return told(terminal, {}, {{"backup_place", place}, {"backup_on_one_disk", one_disk}},
              place + (one_disk ? "\n" + app::Strings("en").tr("file.one_disk.text") : ""));
}

int forget(Options& o, Terminal& terminal) {
  Open profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  return told(terminal, app::forget_backup(**profile, o.file), {{"forgotten", o.file}},
              "noted: it is no longer there");
}

int move(Options& o, Terminal& terminal) {
  Open profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  return told(terminal, app::move_central(**profile, o.file), {{"central", o.file}},
              "moved and checked; the old file is destroyed");
}

int restore(Options& o, Terminal& terminal) {
  std::string label = o.who.label();
  std::vector<std::string> names = app::Profile::names(o.who.workspace());
  if (label.empty() && names.size() == 1) label = names[0];
  if (label.empty())
    return terminal.fail({base::Fault::missing, "--profile", "Say whose central file with --profile."});
  auto words = o.who.passphrase().read(terminal, "Passphrase of " + label + ": ");
  if (!words) return terminal.fail(words.error());
  auto done = app::restore_central(o.who.workspace(), label, *words, ProfileOption::world(), o.file);
  seal::wipe(*words);
  return told(
      terminal, done, {{"restored", o.file}},
      "restored; the file before is kept beside it as .replaced. Sync: what the backup lacks comes again");
}

int salvage(Options& o, Terminal& terminal) {
  Open profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto done = app::salvage(**profile, o.file);
  if (!done) return terminal.fail(done.error());
  return told(terminal, {}, {{"whole", done->whole}, {"torn", done->torn}},
              std::to_string(done->whole) + " whole items wait in the quarantine, " +
                  std::to_string(done->torn) +
                  " are lost in this copy: ask for it again. rihla central quarantine lists them");
}

std::string_view kind_of(store::ItemKind kind) {
  switch (kind) {
    case store::ItemKind::revision:
      return "sealed interview";
    case store::ItemKind::attachment:
      return "attachment";
    case store::ItemKind::statement:
      return "word of authority";
    case store::ItemKind::package:
      return "form package";
    case store::ItemKind::tombstone:
      return "withdrawal";
    case store::ItemKind::head:
      return "head of a chain";
    case store::ItemKind::stub:
      return "stub";
  }
  return "item";
}

int quarantine(Options& o, Terminal& terminal) {
  Open profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto all = app::quarantine_of(**profile);
  if (!all) return terminal.fail(all.error());
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows = {{"id", "what", "made by", "brought by", "why", "since"}};
  for (const store::Quarantined& q : *all) {
    std::string id = q.id.hex(), by = q.device.is_zero() ? "" : q.device.hex().substr(0, 8),
                carrier = q.carrier.is_zero() ? "unknown" : (*profile)->label_of(q.carrier);
    json.push_back({{"id", id},
                    {"what", kind_of(q.kind)},
                    {"made_by", by},
                    {"brought_by", carrier},
                    {"why", q.why},
                    {"since", day(q.at)},
                    {"bytes", q.size}});
    rows.push_back({id.substr(0, 12), std::string(kind_of(q.kind)), by, carrier, q.why, day(q.at)});
  }
  if (terminal.json)
    terminal.out << Json{{"quarantine", json}}.dump() << "\n";
  else
    terminal.table(rows);
  return 0;
}

base::Result<std::vector<base::Hash>> chosen(app::Profile& profile, const std::string& id) {
  auto all = app::quarantine_of(profile);
  if (!all) return base::pass(all.error());
  std::vector<base::Hash> out;
  for (const store::Quarantined& q : *all)
    if (id == "all" || (id.size() >= 6 && q.id.hex().rfind(id, 0) == 0)) out.push_back(q.id);
  if (out.empty()) return base::fail(base::Fault::missing, id, "Nothing of this id waits in the quarantine.");
  return out;
}

int take(Options& o, Terminal& terminal, base::Status (*verb)(app::Profile&, const base::Hash&),
         const char* word) {
  Open profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto ids = chosen(**profile, o.id);
  if (!ids) return terminal.fail(ids.error());
  for (const base::Hash& id : *ids)
    if (auto done = verb(**profile, id); !done) return terminal.fail(done.error());
  return told(terminal, {}, {{word, ids->size()}}, std::to_string(ids->size()) + " " + word);
}
int admit(Options& o, Terminal& terminal) {
  return take(o, terminal, app::admit, "admitted");
}
int discard(Options& o, Terminal& terminal) {
  return take(o, terminal, app::discard, "discarded");
}

int log(Options& o, Terminal& terminal) {
  Open profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto view = app::log_of(**profile);
  if (!view) return terminal.fail(view.error());
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows = {{"n", "when", "kind", "what", ""}};
  for (const store::LogLine& line : view->lines) {
    json.push_back({{"n", line.n},
                    {"at", day(line.at)},
                    {"kind", line.kind},
                    {"what", line.what},
                    {"holds", line.holds}});
    rows.push_back({std::to_string(line.n), day(line.at), line.kind, line.what, line.holds ? "" : "CHANGED"});
  }
  if (terminal.json) {
    terminal.out << Json{{"lines", json}, {"whole", view->is_whole}}.dump() << "\n";
  } else {
    terminal.table(rows);
    if (!view->is_whole) terminal.out << "this log was changed, or lines are missing\n";
  }
  return view->is_whole ? 0 : 1;
}

int verify(Options& o, Terminal& terminal) {
  Open profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto result = app::verify(**profile, {});
  if (!result) return terminal.fail(result.error());
  if (terminal.json)
    terminal.out << Json{{"checked", result->checked},
                         {"problems", result->problems},
                         {"backup_on_one_disk", result->is_backup_on_one_disk}}
                        .dump()
                 << "\n";
  for (const std::string& line : result->problems)
    if (!terminal.json) terminal.out << line << "\n";
  if (!terminal.json)
    terminal.out << result->checked << " signatures looked at, " << result->problems.size() << " problems\n";
  if (!terminal.json && result->is_backup_on_one_disk)
    terminal.out << app::Strings("en").tr("file.one_disk.text") << "\n";
  return result->problems.empty() ? 0 : 1;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  o->who.declare(app);
  app.require_subcommand(1);
  app.fallthrough();
  auto file = [](const char* what) {
    return
        [what](CLI::App& sub, Options& options) { sub.add_option("file", options.file, what)->required(); };
  };
  auto id = [](CLI::App& sub, Options& options) {
    sub.add_option("id", options.id, "its first digits, or: all")->required();
  };
  Words<Options> words(app, o);
  words.add("backup", "a checked copy in another place", file("where it is written"), back_up);
  words.add("backups", "copies that were made, and what they still hold of withdrawn interviews", backups);
  auto place = [](CLI::App& sub, Options& options) {
    sub.add_option("place", options.file, "from now on there: a file, or a folder on another disk");
  };
  words.add("backup-place", "where the copy lies that receipts rest on", place, backup_place);
  words.add("forget", "a copy that was destroyed", file("its path, as listed"), forget);
  words.add("move", "to another folder or disk", file("the new place"), move);
  words.add("restore", "take a backup in place of a file that is damaged or lost", file("the backup"),
            restore);
  words.add("salvage", "put what is whole of a damaged bundle into the quarantine", file("the bundle"),
            salvage);
  words.add("quarantine", "what waits for somebody to vouch for it", quarantine);
  words.add("admit", "take something from the quarantine in", id, admit);
  words.add("discard", "throw something from the quarantine away", id, discard);
  words.add("log", "who exported, withdrew, backed up, and when", log);
  words.add("verify", "check every signature, the chains and the log", verify);
  words.done(invocation);
}

}  // namespace

extern const Command central_command;
const Command central_command{.name = "central",
                              .summary = "the central file: copies, moves, checks, quarantine, log",
                              .declare = declare};

}  // namespace command
