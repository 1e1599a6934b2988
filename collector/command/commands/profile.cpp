// rihla profile: one's own keys and folder on this laptop: another passphrase, a safe copy, another place, the check
// before a journey, and the end.
#include <CLI/CLI.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "collector/app/kept.h"
#include "collector/app/own_profile.h"
#include "collector/command/profile_option.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;
using base::Fault;

struct Options {
  ProfileOption who;
  std::string new_file, folder;
  bool yes = false;
};

std::string label_of(const Options& o) {
  std::vector<std::string> names = app::Profile::names(o.who.workspace());
  return o.who.label().empty() && names.size() == 1 ? names[0] : o.who.label();
}

int no_name(Terminal& terminal) {
  return terminal.fail({Fault::missing, "profile", "Say whose profile with --profile."});
}

void say(Terminal& terminal, const Json& json, const std::string& sentence) {
  if (terminal.json)
    terminal.out << json.dump() << "\n";
  else
    terminal.out << sentence << "\n";
}

int passphrase(Options& o, Terminal& terminal) {
  if (label_of(o).empty()) return no_name(terminal);
  auto words = o.who.passphrase().read(terminal, "Passphrase until now: ");
  if (!words) return terminal.fail(words.error());
  auto profile = app::Profile::open(o.who.workspace(), label_of(o), *words, ProfileOption::world());
  if (!profile) return terminal.fail(profile.error());
  std::string fresh;
  if (!o.new_file.empty()) {
    std::ifstream in(o.new_file);
    if (!std::getline(in, fresh))
      return terminal.fail({Fault::missing, o.new_file, "This passphrase file cannot be read."});
  } else {
    auto typed = PassphraseSource().read(terminal, "New passphrase: ");
    if (!typed) return terminal.fail(typed.error());
    fresh = std::move(*typed);
  }
  if (std::string why = app::weakness_of(fresh, {label_of(o)}); !why.empty())
    terminal.hint("this passphrase is easy to guess: " + why + "; rihla profile suggest offers a better one");
  auto done = (*profile)->vault().change_passphrase(*words, fresh, ProfileOption::world().cost,
                                                    ProfileOption::world().clock->now());
  seal::wipe(*words);
  seal::wipe(fresh);
  if (!done) return terminal.fail(done.error());
  say(terminal, {{"changed", true}}, "The passphrase was changed. The former one opens nothing any more.");
  return 0;
}

int suggest(Options&, Terminal& terminal) {
  std::string words = app::suggest_passphrase(*ProfileOption::world().random);
  say(terminal, {{"passphrase", words}}, words);
  return 0;
}

int back_up(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  if (auto done = (*profile)->vault().backup_to(o.folder); !done) return terminal.fail(done.error());
  say(terminal, {{"folder", o.folder}},
      "What is sealed was copied and checked; interviews that are still open were not.");
  return 0;
}

int move(Options& o, Terminal& terminal) {
  if (label_of(o).empty()) return no_name(terminal);
  if (auto done = app::move_profile(o.who.workspace(), label_of(o), o.folder); !done)
    return terminal.fail(done.error());
  say(terminal, {{"folder", o.folder}}, "The profile lives there now, and only there.");
  return 0;
}

int travel_check(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto left = (*profile)->vault().travel_check(ProfileOption::world().clock->now());
  if (!left) return terminal.fail(left.error());
  Json json{{"closed", left->closed}, {"open_interviews", Json::array()}, {"known_by_name", Json::array()}};
  for (const store::DraftSummary& d : left->drafts) json["open_interviews"].push_back(d.info.name);
  for (const store::Finished& f : left->known)
    if (!f.name.empty()) json["known_by_name"].push_back(f.name);
  say(terminal, json,
      "Closed: " + std::to_string(left->closed) +
          " finished interviews that could still be read.\nStill readable: " +
          std::to_string(left->drafts.size()) + " open interviews. Known by name and date: " +
          std::to_string(json["known_by_name"].size()) + " sealed ones.");
  return 0;
}

int prune(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto dropped = app::prune(**profile);
  if (!dropped) return terminal.fail(dropped.error());
  say(terminal, {{"dropped", *dropped}},
      std::to_string(*dropped) +
          " sealed interviews that the centre has confirmed were dropped here. What it has not confirmed stays.");
  return 0;
}

int purge(Options& o, Terminal& terminal) {
  if (label_of(o).empty()) return no_name(terminal);
  if (!o.yes)
    return terminal.fail(
        {Fault::invalid, "purge",
         "After this nothing of the profile is read again, with or without the passphrase. Say --yes."});
  if (auto done = app::purge_profile(o.who.workspace(), label_of(o)); !done)
    return terminal.fail(done.error());
  say(terminal, {{"purged", true}}, "The keys are gone. What is sealed can still be handed over.");
  return 0;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the actions, all gone with the app
  auto verb = [&](const char* name, const char* help, int (*run)(Options&, Terminal&)) {
    CLI::App* out = app.add_subcommand(name, help);
    out->callback(
        [o, run, &invocation] { invocation.action = [o, run](Terminal& t) { return run(*o, t); }; });
    if (run != suggest) o->who.declare(*out);
    return out;
  };
  app.require_subcommand(1);
  verb("passphrase", "change the passphrase", passphrase)
      ->add_option("--new-passphrase-file", o->new_file, "read the new one from the first line of this file");
  verb("suggest", "five words that are easy to type and hard to guess", suggest);
  verb("backup", "copy what is sealed, checked, to another folder", back_up)
      ->add_option("folder", o->folder, "a new folder")
      ->required();
  verb("move", "move the profile to another folder", move)
      ->add_option("folder", o->folder, "a new folder")
      ->required();
  verb("travel-check", "close what can still be read, and tell what is left", travel_check);
  verb("prune", "drop what the centre has confirmed before its time: it cannot be sent again", prune);
  verb("purge", "destroy this profile's keys", purge)->add_flag("--yes", o->yes, "it is meant");
}

}  // namespace

extern const Command profile_command;
const Command profile_command{
    .name = "profile",
    .summary = "change the passphrase, back up, move, check before a journey, purge",
    .declare = declare};

}  // namespace command
