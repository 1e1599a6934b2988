// rihla fill: an interview in the terminal, by hand or from a script of JSON lines.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

#include "collector/app/platform.h"
#include "collector/app/terminal_interview.h"
#include "collector/command/profile_option.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::string form, open, language, script;
  std::vector<std::string> lists;
};

constexpr int locked = -1;  // instead of an exit code: the person went away

// One line of a script: {"question": "actor[2]/act_name", "answer": "34"}, {"add": "actor"} for another
// instance of a repeat; {"lock": true}, then {"unlock": true}; {"finish": true} at the end.
int scripted(app::TerminalInterview& interview, std::istream& in, int& number, Terminal& terminal) {
  bool finished = false;
  for (;;) {
    std::string line;  // a fresh one: what an earlier line left in it is wiped
    if (!std::getline(in, line)) break;
    ++number;
    if (line.empty()) continue;
    Json json = Json::parse(line, nullptr, false);
    auto place = [&] { return "line " + std::to_string(number); };
    if (!json.is_object())
      return terminal.fail({base::Fault::invalid, place(), "This is not a JSON object."});
    if (json.value("lock", false)) {
      if (!interview.is_practice()) return locked;
      return terminal.fail({base::Fault::invalid, place(), "Practice keeps nothing that could be locked."});
    }
    if (json.value("finish", false)) {
      auto done = interview.finish();
      if (!done) return terminal.fail(done.error());
      finished = true;
      continue;
    }
    if (json.contains("add") && json["add"].is_string()) {
      if (auto done = interview.add(json["add"].get<std::string>()); !done)
        return terminal.fail({done.error().fault, place(), done.error().detail});
      terminal.out << Json{{"added", json["add"]}}.dump() << "\n" << std::flush;
      continue;
    }
    if (!json.contains("question") || !json["question"].is_string() || !json.contains("answer") ||
        !json["answer"].is_string())
      return terminal.fail({base::Fault::invalid, place(),
                            "A line holds a question and an answer, both texts; or add; or finish: true."});
    auto said = interview.answer(json["question"].get<std::string>(), json["answer"].get<std::string>());
    if (!said)
      return terminal.fail(
          {said.error().fault, place() + ", " + json["question"].get<std::string>(), said.error().detail});
    if (!said->empty())
      return terminal.fail(
          {base::Fault::invalid, place() + ", " + json["question"].get<std::string>(), *said});
    terminal.out << Json{{"saved", json["question"]}}.dump() << "\n" << std::flush;
  }
  Json answers = Json::object();
  for (const auto& [question, value] : interview.answers()) answers[question] = value;
  terminal.out
      << Json{{"finished", finished}, {"practice", interview.is_practice()}, {"answers", answers}}.dump()
      << "\n";
  return 0;
}

int by_hand(app::TerminalInterview& interview, Terminal& terminal) {
  terminal.out << interview.title()
               << "\nEnter goes on, < goes back, - leaves blank, :lock locks, :q stops (what was said is kept).\n";
  while (auto page = interview.page()) {
    terminal.out << "\n" << page->label << (page->required ? " *" : "") << "\n";
    if (!page->hint.empty()) terminal.out << "  " << page->hint << "\n";
    if (!page->remark.empty()) terminal.out << "  (" << page->remark << ")\n";
    for (size_t i = 0; i < page->choices.size(); ++i)
      terminal.out << "  " << i + 1 << ") " << page->choices[i].label
                   << (page->choices[i].chosen ? "  ✓" : "") << "\n";
    if (!page->value.empty() && page->choices.empty()) terminal.out << "  [" << page->value << "]\n";
    terminal.out << "> " << std::flush;
    std::string line;
    if (!std::getline(terminal.in, line) || line == ":q") return 0;
    if (line == ":lock" && !interview.is_practice()) return locked;
    if (line == "<") {
      interview.back();
      continue;
    }
    auto problem = interview.say(line);
    if (!problem) return terminal.fail(problem.error());
    if (!problem->empty()) terminal.out << "  " << *problem << "\n";
  }
  auto missing = interview.missing();
  for (const std::string& line : missing) terminal.out << "still open: " << line << "\n";
  if (!missing.empty()) return 1;
  auto done = interview.finish();
  if (!done) return terminal.fail(done.error());
  terminal.out << (interview.is_practice() ? "practice: nothing was kept\n" : "finished and sealed\n");
  return 0;
}

// Until somebody comes back. False: nobody did.
bool wait_locked(std::istream& in, int& number, bool by_script, Terminal& terminal) {
  terminal.out << (by_script ? "{\"locked\":true}\n" : "\nLocked. Enter unlocks, :q stops.\n") << std::flush;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (!by_script) return line != ":q";
    Json json = Json::parse(line, nullptr, false);
    if (json.is_object() && json.value("unlock", false)) return true;
    terminal.err << "rihla: error: line " << number << ": It is locked; {\"unlock\": true} goes on.\n";
  }
  return false;
}

class Seat {  // who sits here: the profile while it is open, and the interview
 public:
  Seat(const Options& options, Terminal& terminal) : o_(options), terminal_(terminal) {}

  base::Status begin(const std::string& id) {
    base::Result<std::unique_ptr<app::TerminalInterview>> made = base::fail(base::Fault::invalid, "", "");
    if (o_.who.label().empty() && id.empty()) {
      made = app::TerminalInterview::practise(o_.form, {o_.lists.begin(), o_.lists.end()}, o_.language,
                                              ProfileOption::world());
    } else {
      auto opened = o_.who.open(terminal_);
      if (!opened) return base::pass(opened.error());
      profile_ = std::move(*opened);
      made = id.empty() ? app::TerminalInterview::begin(*profile_, o_.form, o_.language)
                        : app::TerminalInterview::open(*profile_, id);
    }
    if (!made) return base::pass(made.error());
    interview_ = std::move(*made);
    return {};
  }
  // Keys and answers go; what is left is the id that the interview is opened by.
  std::string lock() {
    std::string id = o_.open.empty() ? interview_->id() : o_.open;
    interview_.reset();
    profile_.reset();
    if (terminal_.forget) terminal_.forget();
    app::forget_stack();
    return id;
  }
  app::TerminalInterview& interview() { return *interview_; }

 private:
  const Options& o_;
  Terminal& terminal_;
  std::unique_ptr<app::Profile> profile_;
  std::unique_ptr<app::TerminalInterview> interview_;
};

int run(Options& o, Terminal& terminal) {
  if (o.form.empty() == o.open.empty()) {
    terminal.err
        << "rihla: error: name a form, or with --open an interview\nrihla: hint: rihla fill --help\n";
    return 2;
  }
  std::ifstream file;
  if (!o.script.empty() && o.script != "-") file.open(o.script);
  if (!o.script.empty() && o.script != "-" && !file)
    return terminal.fail({base::Fault::missing, o.script, "This script cannot be read."});
  std::istream& in = file.is_open() ? file : terminal.in;
  Seat seat(o, terminal);
  if (auto done = seat.begin(o.open); !done) return terminal.fail(done.error());
  for (int number = 0;;) {
    int code = o.script.empty() ? by_hand(seat.interview(), terminal)
                                : scripted(seat.interview(), in, number, terminal);
    if (code != locked) return code;
    std::string id = seat.lock();
    if (!wait_locked(in, number, !o.script.empty(), terminal)) return 0;
    if (auto done = seat.begin(id); !done) return terminal.fail(done.error());
  }
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  app.add_option("form", o->form,
                 "practice: a form's file or folder; with --profile: the id of a published form");
  app.add_option("--open", o->open,
                 "with --profile: an interview of this laptop, by its id in rihla project status; a finished "
                 "one is corrected, each change sealed at once");
  app.add_option("--lists", o->lists, "a further folder of side files");
  app.add_option("--language", o->language, "the language to read in: fr, ar …");
  app.add_option("--script", o->script,
                 "JSON lines {\"question\":…, \"answer\":…} instead of the keyboard; - reads standard input");
  o->who.declare(app);
  invocation.action = [o](Terminal& terminal) { return run(*o, terminal); };
}

}  // namespace

extern const Command fill_command;
const Command fill_command{
    .name = "fill", .summary = "hold an interview in the terminal", .declare = declare};

}  // namespace command
