// rihla send-back: a coordinator returns an interview to a device with a question; the device answers.
#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>

#include "collector/app/coordination.h"
#include "collector/app/send_backs.h"
#include "collector/app/withdrawals.h"
#include "collector/command/profile_option.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::string code, device, comment, answer, reason, language;
  std::vector<std::string> questions, values;
  uint32_t hours = 24;
};

int ask(Options& o, app::Profile& profile, Terminal& terminal) {
  auto found = app::find_cases(profile, o.code);
  if (!found) return terminal.fail(found.error());
  if (found->size() != 1)
    return terminal.fail({found->empty() ? base::Fault::missing : base::Fault::conflict, o.code,
                          found->empty()
                              ? "No interview has this case code."
                              : "Several interviews have this case code; settle them first (duplicates)."});
  app::SendBackWish wish{{}, o.questions, o.comment, o.hours};
  if (!o.device.empty()) {
    auto device = app::find_member(profile, o.device);
    if (!device) return terminal.fail(device.error());
    wish.device = *device;
  }
  auto done = app::send_back(profile, (*found)[0].record, wish);
  if (!done) return terminal.fail(done.error());
  terminal.out << (terminal.json ? Json{{"sent_back", o.code}}.dump() : "sent back; sync, so that it arrives")
               << "\n";
  return 0;
}

int answer(Options& o, app::Profile& profile, Terminal& terminal) {
  auto open = app::sent_back_to(profile, o.language);
  if (!open) return terminal.fail(open.error());
  for (const app::SentBackView& view : *open) {
    if (view.id.hex().rfind(o.answer, 0) != 0 && view.name != o.answer) continue;
    std::vector<app::Correction> corrections;
    for (const std::string& value : o.values) {
      size_t equals = value.find('=');
      std::string question = value.substr(0, equals);
      record::Key key{question, {}};
      for (const auto& q : view.questions)
        if (q.key.question == question) key = q.key;
      corrections.push_back({key, equals == std::string::npos ? "" : value.substr(equals + 1)});
    }
    auto done = app::answer_send_back(profile, view.id, corrections, o.reason);
    if (!done) return terminal.fail(done.error());
    terminal.out << (terminal.json ? Json{{"answered", view.name}}.dump() : "answered and sealed; sync")
                 << "\n";
    return 0;
  }
  return terminal.fail({base::Fault::missing, o.answer,
                        "No such interview was sent back to this device, or its time is over."});
}

int list(Options& o, app::Profile& profile, Terminal& terminal) {
  Json all = Json::array();
  if (profile.is_coordinator()) {
    auto states = app::send_backs_of(profile);
    if (!states) return terminal.fail(states.error());
    for (const app::SentBackState& s : *states) {
      all.push_back({{"id", s.id.hex()},
                     {"record", s.record.hex()},
                     {"device", s.device},
                     {"since", s.since},
                     {"answered", s.is_answered}});
      if (!terminal.json)
        terminal.out << s.record.hex().substr(0, 12) << "  to " << s.device << " since "
                     << s.since.substr(0, 16) << (s.is_answered ? "  answered" : "") << "\n";
    }
  } else {
    auto open = app::sent_back_to(profile, o.language);
    if (!open) return terminal.fail(open.error());
    for (const app::SentBackView& view : *open) {
      Json questions = Json::array();
      if (!terminal.json)
        terminal.out << view.name << " (" << view.id.hex().substr(0, 12) << "), " << view.asked_by
                     << " asks until " << view.until.substr(0, 16) << ": " << view.comment << "\n";
      for (const auto& q : view.questions) {
        questions.push_back({{"question", q.key.question}, {"label", q.label}, {"answer", q.shown}});
        if (!terminal.json)
          terminal.out << "  " << q.key.question << "  " << q.label << "  " << q.shown << "\n";
      }
      all.push_back({{"id", view.id.hex()},
                     {"name", view.name},
                     {"comment", view.comment},
                     {"until", view.until},
                     {"questions", questions}});
    }
  }
  if (terminal.json) terminal.out << Json{{"sent_back", all}}.dump() << "\n";
  return 0;
}

int run(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  if (!o.answer.empty()) return answer(o, **profile, terminal);
  if (!o.code.empty()) return ask(o, **profile, terminal);
  return list(o, **profile, terminal);
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  o->who.declare(app);
  CLI::Option* code =
      app.add_option("case", o->code, "case code of the interview; without: what is sent back now");
  app.add_option("--question", o->questions, "a question to look at again; without: all that are in conflict")
      ->needs(code);
  app.add_option("--comment", o->comment, "what is asked")->needs(code);
  app.add_option("--device", o->device, "to whom; without: the device that held it")->needs(code);
  app.add_option("--hours", o->hours, "how long it is shown there, from its first opening")
      ->capture_default_str();
  CLI::Option* given =
      app.add_option("--answer", o->answer, "on the device: case code or id of what is answered");
  app.add_option("--set", o->values, "question=value; give it for each")->needs(given);
  app.add_option("--reason", o->reason, "why, for the record");
  app.add_option("--language", o->language, "of the labels");
  invocation.action = [o](Terminal& terminal) { return run(*o, terminal); };
}

}  // namespace

extern const Command send_back_command;
const Command send_back_command{.name = "send-back",
                                .summary = "return an interview to a device with a question, and answer it",
                                .declare = declare};

}  // namespace command
