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
  bool newest = false;
};

constexpr int locked = -1;  // instead of an exit code: the person went away

// One line of a script: {"question": "actor[2]/act_name", "answer": "34"}, {"add": "actor"} for another
// instance of a repeat; {"lock": true}, then {"unlock": true}; {"finish": true} at the end.
class Script {
 public:
  Script(app::TerminalInterview& interview, std::istream& in, int& number, Terminal& terminal)
      : interview_(interview), in_(in), number_(number), terminal_(terminal) {}

  int run() {
    bool finished = false;
    for (;;) {
      std::string line;  // a fresh one: what an earlier line left in it is wiped
      if (!std::getline(in_, line)) break;
      ++number_;
      if (line.empty()) continue;
      Json json = Json::parse(line, nullptr, false);
      if (!json.is_object()) return refuse(base::Fault::invalid, "This is not a JSON object.");
      if (says(json, "lock")) {
        if (!interview_.is_practice()) return locked;
        return refuse(base::Fault::invalid, "Practice keeps nothing that could be locked.");
      }
      if (says(json, "finish")) {
        card_ = interview_.card_of_interview();
        auto done = interview_.finish();
        if (!done) return terminal_.fail(done.error(), kept());
        finished = true;
        continue;
      }
      if (int code = json.contains("add") ? add(json["add"]) : answer(json); code != 0) return code;
    }
    Json answers = Json::object();
    for (const auto& [question, value] : interview_.answers()) answers[question] = value;
    Json last{{"finished", finished}, {"practice", interview_.is_practice()}, {"answers", answers}};
    if (finished && !card_.empty()) last["card"] = card_;
    terminal_.out << last.dump() << "\n";
    return 0;
  }

 private:
  static bool says(const Json& json, const char* word) {
    auto at = json.find(word);
    return at != json.end() && at->is_boolean() && at->get<bool>();
  }

  int add(const Json& repeat) {
    if (!repeat.is_string()) return refuse(base::Fault::invalid, "\"add\" takes the name of a repeat.");
    if (auto done = interview_.add(repeat.get<std::string>()); !done)
      return refuse(done.error().fault, done.error().detail);
    ++done_;
    terminal_.out << Json{{"added", repeat}}.dump() << "\n" << std::flush;
    return 0;
  }

  int answer(const Json& json) {
    auto question = json.find("question"), said = json.find("answer");
    if (question == json.end() || !question->is_string() || said == json.end() ||
        !(said->is_string() || said->is_number()))
      return refuse(
          base::Fault::invalid,
          "A line holds a question and an answer, a text or a number; or add; or lock or finish: true.");
    auto name = question->get<std::string>();
    auto done = interview_.answer(name, said->is_string() ? said->get<std::string>() : said->dump());
    if (!done) return refuse(done.error().fault, done.error().detail, name);
    if (!done->empty()) return refuse(base::Fault::invalid, *done, name);
    ++done_;
    terminal_.out << Json{{"saved", *question}}.dump() << "\n" << std::flush;
    return 0;
  }

  int refuse(base::Fault fault, const std::string& why, const std::string& question = {}) {
    std::string place = "line " + std::to_string(number_) + (question.empty() ? "" : ", " + question);
    return terminal_.fail({fault, place, why}, kept());
  }

  // What the lines before left behind.
  std::string kept() const {
    if (interview_.is_practice()) return "mend it and try again; practice keeps nothing";
    return "mend it and go on with --open " + interview_.id() + " from there: " + std::to_string(done_) +
           " lines before it are kept in that interview";
  }

  app::TerminalInterview& interview_;
  std::istream& in_;
  int& number_;
  Terminal& terminal_;
  int done_ = 0;
  std::string card_;
};

int by_hand(app::TerminalInterview& interview, Terminal& terminal) {
  terminal.out
      << interview.title()
      << "\nEnter goes on, < goes back, - leaves blank, :lock locks, :q stops (what was said is kept).\n";
  while (auto page = interview.page()) {
    terminal.out << "\n" << page->label << (page->required ? " *" : "") << "\n";
    if (!page->hint.empty()) terminal.out << "  " << page->hint << "\n";
    if (std::string card = interview.card(); !card.empty())
      terminal.out << "\n      " << card << "\n\n  Write this code on the respondent's card, twice.\n";
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
    if (json.is_object() && json.contains("unlock") && json["unlock"] == true) return true;
    terminal.err << "rihla: error: line " << number << ": It is locked; {\"unlock\": true} goes on.\n";
  }
  return false;
}

class Seat {  // who sits here: the profile while it is open, and the interview
 public:
  Seat(Options& options, Terminal& terminal) : o_(options), terminal_(terminal) {}

  base::Status begin(const std::string& id) {
    base::Result<std::unique_ptr<app::TerminalInterview>> made = base::fail(base::Fault::invalid, "", "");
    // A form's file, or no profile that could hold it: practice.
    bool is_one = app::Profile::names(o_.who.workspace()).size() == 1 && !std::filesystem::exists(o_.form);
    if (o_.who.label().empty() && id.empty() && !is_one) {
      made = app::TerminalInterview::practise(o_.form, {o_.lists.begin(), o_.lists.end()}, o_.language,
                                              ProfileOption::world());
    } else {
      auto opened = o_.who.open(terminal_);
      if (!opened) return base::pass(opened.error());
      profile_ = std::move(*opened);
      if (!id.empty() && std::exchange(o_.newest, false))
        if (auto done = move_to_newest(*profile_, id); !done) return done;
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
  base::Status move_to_newest(app::Profile& profile, const std::string& id) {
    auto moved = app::TerminalInterview::move_to_newest(profile, id);
    if (!moved) return base::pass(moved.error());
    for (const std::string& line : *moved) terminal_.err << "rihla: kept apart: " << line << "\n";
    return {};
  }

  Options& o_;
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
                                : Script(seat.interview(), in, number, terminal).run();
    if (code != locked) return code;
    std::string id = seat.lock();
    if (!wait_locked(in, number, !o.script.empty(), terminal)) return 0;
    if (auto done = seat.begin(id); !done) return terminal.fail(done.error());
  }
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  app.add_option("form", o->form,
                 "a form's file or folder, to practise; or the id of a published form, with --profile where "
                 "there are several");
  app.add_option("--open", o->open,
                 "with --profile: an interview of this laptop, by its id in rihla project status; a finished "
                 "one is corrected, each change sealed at once");
  app.add_flag("--newest", o->newest,
               "with --open, of an open interview: to the newest version of its form first; what has no "
               "place there is "
               "told, and kept");
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
