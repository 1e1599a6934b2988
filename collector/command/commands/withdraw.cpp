// rihla withdraw: what a respondent asks for, carried out: by card anywhere, by case code, with a receipt.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

#include "collector/app/withdrawals.h"
#include "collector/command/profile_option.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::string card_file, code, confirm, receipt;
  bool pending = false;
};

// Never as a word of the command: it would stay in the shell's history.
std::string card_of(const Options& o, Terminal& terminal) {
  std::string line;
  if (!o.card_file.empty()) {
    std::ifstream in(o.card_file);
    std::getline(in, line);
    return line;
  }
  if (terminal.is_interactive) terminal.err << "The code on the card: " << std::flush;
  std::getline(terminal.in, line);
  return line;
}

int told(Terminal& terminal, const app::Withdrawn& w, bool by_card) {
  if (terminal.json) {
    terminal.out << Json{{"withdrawn", true},
                         {"held", w.was_held},
                         {"shredded", w.is_shredded},
                         {"record", w.record.hex()}}
                        .dump()
                 << "\n";
  } else if (w.is_shredded && w.was_held) {
    terminal.out << "withdrawn: the answers of this interview are deleted here. Sync, so that every centre "
                    "hears of it; "
                    "rihla withdraw --receipt "
                 << w.record.hex().substr(0, 12) << " shows what is done and what is not\n";
  } else if (by_card) {
    terminal.out << "noted: no interview of this card is held here; if one comes, only its empty shell is "
                    "kept. Sync, so "
                    "that every centre hears of it\n";
  } else {
    terminal.out << "withdrawn: hidden everywhere from the next sync on, and deleted when a person at each "
                    "centre confirms: "
                    "rihla withdraw --pending\n";
  }
  return 0;
}

int by_code(Options& o, app::Profile& profile, Terminal& terminal) {
  auto found = app::find_cases(profile, o.code);
  if (!found) return terminal.fail(found.error());
  if (found->empty())
    return terminal.fail({base::Fault::missing, o.code, "No interview here has this case code."});
  if (found->size() > 1) {
    for (const app::FoundCase& one : *found)
      terminal.err << "rihla: " << one.record.hex().substr(0, 12) << "  " << one.form << "  "
                   << one.interviewer << "  " << one.finished << "\n";
    return terminal.fail(
        {base::Fault::conflict, o.code, "Several interviews have this case code; ask which one is meant."});
  }
  auto done = app::withdraw_record(profile, (*found)[0].record);
  return done ? told(terminal, *done, false) : terminal.fail(done.error());
}

int list(app::Profile& profile, Terminal& terminal) {
  auto all = app::pending_withdrawals(profile);
  if (!all) return terminal.fail(all.error());
  Json json = Json::array();
  for (const app::Pending& p : *all) {
    json.push_back(
        {{"record", p.record.hex()}, {"asked_by", p.asked_by}, {"since", p.since}, {"holds", p.holds}});
    if (!terminal.json)
      terminal.out << p.record.hex().substr(0, 12) << "  asked by " << p.asked_by << ", here since "
                   << p.since.substr(0, 16) << (p.holds ? "" : "  (did not hold it: hides nothing)") << "\n";
  }
  if (terminal.json) terminal.out << Json{{"pending", json}}.dump() << "\n";
  return 0;
}

base::Result<base::RecordId> pending_of(app::Profile& profile, const std::string& start) {
  auto all = app::pending_withdrawals(profile);
  if (!all) return base::pass(all.error());
  for (const app::Pending& p : *all)
    if (start.size() >= 6 && p.record.hex().rfind(start, 0) == 0) return p.record;
  return base::fail(base::Fault::missing, start, "Nothing of this id waits to be confirmed; see --pending.");
}

int confirm(Options& o, app::Profile& profile, Terminal& terminal) {
  auto record = pending_of(profile, o.confirm);
  if (!record) return terminal.fail(record.error());
  if (auto done = app::confirm_withdrawal(profile, *record); !done) return terminal.fail(done.error());
  terminal.out << (terminal.json ? Json{{"deleted", record->hex()}}.dump()
                                 : "deleted at this centre; the other centres each confirm for themselves")
               << "\n";
  return 0;
}

int receipt(Options& o, app::Profile& profile, Terminal& terminal) {
  auto record = app::withdrawn_record(profile, o.receipt == "card" ? card_of(o, terminal) : o.receipt);
  if (!record) return terminal.fail(record.error());
  auto r = app::withdrawal_receipt(profile, *record);
  if (!r) return terminal.fail(r.error());
  if (terminal.json) {
    terminal.out << Json{{"number", r->number},
                         {"complete", r->complete},
                         {"done", r->done},
                         {"to_come", r->to_come}}
                        .dump()
                 << "\n";
    return 0;
  }
  terminal.out << "withdrawal " << r->number << (r->complete ? ", complete" : "") << "\n";
  for (const std::string& line : r->done) terminal.out << "  done: " << line << "\n";
  for (const std::string& line : r->to_come) terminal.out << "  not yet: " << line << "\n";
  return 0;
}

int run(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  if (o.pending) return list(**profile, terminal);
  if (!o.confirm.empty()) return confirm(o, **profile, terminal);
  if (!o.receipt.empty()) return receipt(o, **profile, terminal);
  if (!o.code.empty()) return by_code(o, **profile, terminal);
  auto done = app::withdraw_by_card(**profile, card_of(o, terminal));
  return done ? told(terminal, *done, true) : terminal.fail(done.error());
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  o->who.declare(app);
  app.add_option("--card-file", o->card_file, "read the card's code from the first line of this file");
  app.add_option("--case", o->code, "the card is lost: the interview's case code");
  app.add_flag("--pending", o->pending, "what waits for a person's word at this centre");
  app.add_option("--confirm", o->confirm, "delete it here: first digits of its id");
  app.add_option("--receipt", o->receipt, "what was done: first digits of its id, or: card");
  invocation.action = [o](Terminal& terminal) { return run(*o, terminal); };
}

}  // namespace

extern const Command withdraw_command;
const Command withdraw_command{
    .name = "withdraw", .summary = "carry out what a respondent asks for", .declare = declare};

}  // namespace command
