#include "collector/command/project_words.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "collector/app/coordination.h"
#include "collector/app/form_files.h"
#include "collector/app/publishing.h"
#include "collector/command/words.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;
using Options = AuthorityOptions;

int told(Terminal& terminal, const base::Status& done, const Json& json, const std::string& text) {
  if (!done) return terminal.fail(done.error());
  terminal.out << (terminal.json ? json.dump() : text) << "\n";
  return 0;
}

// Two sheets, from files (--sheet twice) or typed line by line.
base::Result<seal::Kit> kit_of(Options& o, Terminal& terminal) {
  std::array<std::string, 2> texts;
  if (o.sheets.size() == 2) {
    for (size_t n = 0; n < 2; ++n) {
      auto bytes = app::read_file(o.sheets[n]);
      if (!bytes) return base::pass(bytes.error());
      texts[n] = std::string(base::text_of(*bytes));
    }
  } else {
    for (size_t n = 0; n < 2; ++n) {
      if (terminal.is_interactive)
        terminal.err << "Type the numbered lines of " << (n ? "another sheet" : "one sheet")
                     << ", each with its number; an empty line ends it.\n"
                     << std::flush;
      for (std::string line; std::getline(terminal.in, line) && !line.empty();) texts[n] += line + "\n";
    }
  }
  auto kit = seal::join_sheets(texts);
  for (std::string& text : texts) seal::wipe(text);
  return kit;
}

base::Status write_private(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary).flush();
  std::error_code ignored;
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                               ignored);
  std::ofstream out(path, std::ios::binary);
  out << text << std::flush;
  if (!out) return base::fail(base::Fault::locked, path, "This file cannot be written.");
  return {};
}

base::Status write_sheets(const std::string& start, const std::array<std::string, 3>& sheets,
                          std::vector<std::string>& names) {
  for (size_t n = 0; n < sheets.size(); ++n) {
    names.push_back(start + "-" + std::to_string(n + 1) + ".txt");
    if (auto done = write_private(names.back(), sheets[n]); !done) return done;
  }
  return {};
}

int appoint(Options& o, Terminal& terminal) {
  auto request = app::read_file(o.file);
  if (!request) return terminal.fail(request.error());
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto kit = kit_of(o, terminal);
  if (!kit) return terminal.fail(kit.error());
  auto admission = app::appoint(**profile, *request, *kit);
  if (!admission) return terminal.fail(admission.error());
  return told(terminal, write_private(o.out, std::string(base::text_of(*admission))), {{"admission", o.out}},
              "appointed; the answer for their laptop (rihla project join): " + o.out);
}

int revoke(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto device = app::find_member(**profile, o.member);
  if (!device) return terminal.fail(device.error());
  const record::Member* member = (*profile)->authority().member(*device);
  if (o.restate)
    return told(terminal, app::restate_end(**profile, *device), {{"restated", o.member}},
                "the end of " + o.member + " is stated again: everything of it that is held here counts");
  if (o.lost)
    return told(terminal, app::declare_lost(**profile, *device), {{"lost", o.member}},
                o.member + " is declared lost; another coordinator must say so too before it counts");
  if (member->role != "coordinator")
    return told(
        terminal, app::revoke_device(**profile, *device), {{"revoked", o.member}},
        o.member + " is cut off after what is held of it here; this is final. Sync, so that all hear of it");
  auto kit = kit_of(o, terminal);
  if (!kit) return terminal.fail(kit.error());
  return told(terminal, app::revoke_coordinator(**profile, *device, *kit), {{"revoked", o.member}},
              o.member + " is cut off; a new period is open once another coordinator has synced");
}

int period(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  if (o.value == "open")
    return told(
        terminal, app::next_epoch(**profile), {{"opened", true}},
        "opened; it is sealed to once another coordinator has synced, and the one before is closed then");
  if (o.value == "destroy") {
    if (!o.yes) {
      terminal.err << "rihla: this destroys this profile's key to period " << o.number
                   << " for good. Add --yes when that is meant\n";
      return 2;
    }
    return told(terminal, app::destroy_epoch(**profile, o.number), {{"destroyed", o.number}},
                "destroyed: this profile opens nothing more that lies sealed elsewhere from period " +
                    std::to_string(o.number));
  }
  auto states = app::epoch_states(**profile);
  if (!states) return terminal.fail(states.error());
  Json all = Json::array();
  for (const app::EpochState& s : *states)
    all.push_back({{"number", s.number},
                   {"current", s.is_current},
                   {"closed", s.is_closed},
                   {"destroyed_here", s.is_mine_destroyed},
                   {"revisions", s.sealed_to},
                   {"in_the_way", s.in_the_way},
                   {"held_by", s.held_by}});
  if (terminal.json) {
    terminal.out << Json{{"periods", all}}.dump() << "\n";
    return 0;
  }
  for (const app::EpochState& s : *states) {
    terminal.out << "period " << s.number << ": "
                 << (s.is_mine_destroyed ? "destroyed here"
                     : s.is_current      ? "sealed to now"
                     : s.is_closed       ? "closed"
                                         : "open")
                 << ", " << s.sealed_to << " revisions held\n";
    if (s.is_closed && !s.is_mine_destroyed)
      for (const std::string& line : s.in_the_way)
        terminal.out << "  before it can be destroyed: " << line << "\n";
  }
  return 0;
}

int drill(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto kit = kit_of(o, terminal);
  if (!kit) return terminal.fail(kit.error());
  return told(terminal, app::drill_kit(**profile, *kit), {{"drilled", true}},
              "these two sheets open the project; put them back where they were");
}

int kit(Options& o, Terminal& terminal) {
  if (o.value == "recover") {
    auto sheets = kit_of(o, terminal);
    if (!sheets) return terminal.fail(sheets.error());
    if (o.who.label().empty())
      return terminal.fail(
          {base::Fault::invalid, "--profile", "Give the new coordinator's name with --profile."});
    auto words = o.who.passphrase().read(terminal, "New passphrase of " + o.who.label() + ": ");
    if (!words) return terminal.fail(words.error());
    auto profile = app::recover_project(o.who.workspace(), o.who.label(), *words, ProfileOption::world(),
                                        *sheets, o.file);
    return told(terminal, profile ? base::Status() : base::Status(base::pass(profile.error())),
                {{"profile", o.who.label()}},
                o.who.label() + " is a coordinator now. Sync, appoint a second one, and renew the kit");
  }
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto old = kit_of(o, terminal);
  if (!old) return terminal.fail(old.error());
  auto sheets = app::renew_kit(**profile, *old);
  if (!sheets) return terminal.fail(sheets.error());
  std::vector<std::string> names;
  auto done =
      write_sheets(o.out.empty() ? (o.who.workspace() / "recovery-kit").string() : o.out, *sheets, names);
  std::string text = "three new sheets:\n";
  for (const std::string& name : names) text += "  " + name + "\n";
  return told(terminal, done, {{"sheets", names}},
              text + "Print them, burn the old ones, delete the files, and try the kit: rihla project drill");
}

int set(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  return told(terminal, app::set_policy(**profile, o.key, o.value), {{o.key, o.value}},
              o.key + " = " + o.value);
}

int clock(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto device = app::find_member(**profile, o.member);
  if (!device) return terminal.fail(device.error());
  return told(terminal, app::set_clock_offset(**profile, *device, o.seconds * 1000),
              {{"device", o.member}, {"ahead_seconds", o.seconds}},
              "times of " + o.member + " are shown " + std::to_string(o.seconds) + " seconds earlier");
}

int take_back(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  return told(terminal, app::withdraw_form(**profile, o.form), {{"withdrawn_form", o.form}},
              o.form + " is no longer offered; interviews that were begun can be finished");
}

}  // namespace

std::function<int(Terminal&)> declare_authority(CLI::App& app, std::shared_ptr<AuthorityOptions> options) {
  Words<Options> words(app, options);
  auto sheets = [](CLI::App& sub, Options& o) {
    sub.add_option("--sheet", o.sheets,
                   "a file with one sheet of the kit; give it twice. Without: typed from paper")
        ->expected(0, 2);
  };
  words.add(
      "appoint", "a further coordinator, with two sheets of the kit",
      [&](CLI::App& sub, Options& o) {
        sub.add_option("request", o.file, "their request")->required();
        sub.add_option("admission", o.out, "the answer's file")->required();
        sheets(sub, o);
      },
      appoint);
  words.add(
      "revoke", "cut off a device, or (with the kit) a coordinator: final",
      [&](CLI::App& sub, Options& o) {
        sub.add_option("member", o.member, "its label or id")->required();
        sub.add_flag("--restate", o.restate,
                     "state the end of one that was cut off again, after what came late");
        sub.add_flag("--lost", o.lost, "declare that it will not speak again; two coordinators must");
        sheets(sub, o);
      },
      revoke);
  words.add(
      "period", "the periods of sealing: list, open the next, destroy an old one's keys",
      [](CLI::App& sub, Options& o) {
        sub.add_option("what", o.value, "list, open or destroy")
            ->check(CLI::IsMember({"list", "open", "destroy"}));
        sub.add_option("number", o.number, "of the period to destroy");
        sub.add_flag("--yes", o.yes, "it is meant");
      },
      period);
  words.add("drill", "try two sheets of the kit", sheets, drill);
  words.add(
      "kit", "renew the kit, or recover a project whose coordinators lost their keys",
      [&](CLI::App& sub, Options& o) {
        sub.add_option("what", o.value, "renew or recover")
            ->required()
            ->check(CLI::IsMember({"renew", "recover"}));
        sub.add_option("--from", o.file, "recover: a backup of a central file, or a bundle of a centre");
        sub.add_option("--kit", o.out, "renew: where the sheets are written: NAME-1.txt …");
        sheets(sub, o);
      },
      kit);
  words.add(
      "set", "a policy: window_hours 24, keep_days 90; card_contact and card_until for the withdrawal card …",
      [](CLI::App& sub, Options& o) {
        sub.add_option("key", o.key, "its name")->required();
        sub.add_option("value", o.value, "its value")->required();
      },
      set);
  words.add(
      "clock", "say how many seconds a device's clock was ahead",
      [](CLI::App& sub, Options& o) {
        sub.add_option("member", o.member, "its label or id")->required();
        sub.add_option("seconds", o.seconds, "ahead; negative: behind")->required();
      },
      clock);
  words.add(
      "withdraw-form", "no longer offer a form",
      [](CLI::App& sub, Options& o) { sub.add_option("form", o.form, "its form_id")->required(); },
      take_back);
  Invocation invocation;
  words.done(invocation, [](Terminal&) { return -1; });
  return invocation.action;
}

}  // namespace command
