// A random form, and random edits of an interview over it; all from one seed, so that a failure is a number.
//
//   RandomForm form(seed);   form.text   →  a Markdown table for Form (interview.h)
//
// Questions q0, q1 … in groups and repeats, to a depth of three. Logic reads only what stands before it, so there
// is no circle. Filters, rosters, counted repeats, triggers; what it reads and how: random_logic.h.
#pragma once

#include "tests/forms/engine/random_logic.h"

namespace support {

class RandomForm : RandomLogic {
 public:
  explicit RandomForm(uint64_t seed) : RandomLogic(seed) {
    size_t questions = 4 + dice_.below(10);
    while (asked_.size() < questions) {
      if (dice_.one_in(4) && open_.size() < 3)
        open();
      else if (dice_.one_in(5) && !open_.empty())
        close();
      else
        question();
    }
    while (!open_.empty()) close();
    text =
        "| survey | type | name | label | relevant | calculation | trigger | required | repeat_count | "
        "choice_filter |\n" +
        text + "| choices | list_name | name | label | part |\n";
    for (int i = 0; i < 6; ++i)
      text += "| | l | c" + std::to_string(i) + " | C | " + std::to_string(i % 3) + " |\n";
  }

  std::string text;

 private:
  struct Row {
    std::string type, name, relevant, calculation, trigger, required, count, filter;
  };
  void row(Row row) {
    for (std::string* cell : {&row.relevant, &row.calculation, &row.required, &row.count, &row.filter})
      for (size_t at; (at = cell->find("indexed(")) != std::string::npos;) indexed(*cell, at);
    text += "| | " + row.type + " | " + row.name + " | L | " + row.relevant + " | " + row.calculation +
            " | " + row.trigger + " | " + row.required + " | " + row.count + " | " + row.filter + " |\n";
  }
  // indexed(n) → indexed-repeat(${q}, ${r}, n) for a question of a repeat of the outermost level.
  void indexed(std::string& cell, size_t at) {
    std::string made = "1";
    for (const Section& repeat : closed_)
      if (!repeat.inside.empty() && repeat.path == "/data/" + repeat.name)
        made = "indexed-repeat(${" + repeat.inside.front() + "}, ${" + repeat.name + "}, " +
               cell.substr(at + 8, 1) + ")";
    cell.replace(at, 10, made);
  }

  void open() {
    bool repeat = dice_.one_in(2);
    std::string name = (repeat ? "r" : "g") + std::to_string(made_++);
    std::string count = repeat && dice_.one_in(2) ? (dice_.one_in(2) ? "2" : number()) : "";
    row({repeat ? "begin repeat" : "begin group", name, dice_.one_in(2) ? condition() : "", "", "", "", count,
         ""});
    open_.push_back({name, here() + "/" + name, repeat});
  }
  void close() {
    row({open_.back().repeat ? "end repeat" : "end group", "", "", "", "", "", "", ""});
    if (open_.back().repeat) closed_.push_back(open_.back());
    open_.pop_back();
  }
  void question() {
    std::string name = "q" + std::to_string(made_++);
    std::string relevant = dice_.one_in(2) ? condition() : "";
    bool words = false, shown = true;
    switch (dice_.below(10)) {
      case 0:
      case 1:
        shown = false;
        row({"calculate", name, relevant, number() + " + " + number(), "", "", "", ""});
        break;
      case 2:
        row({"select_one l", name, relevant, "", "", "", "", dice_.one_in(2) ? "part = " + number() : ""});
        break;
      case 3:
        row({"select_multiple l", name, relevant, "", "", "", "",
             dice_.one_in(2) ? "part >= " + number() : ""});
        break;
      case 9:  // calculated, shown, and so put right by hand at times
        row({"integer", name, relevant, number() + " + 1", "", "", "", ""});
        break;
      case 4:
        words = true;
        row({"text", name, relevant, "", "", dice_.one_in(3) ? condition() : "", "", ""});
        break;
      case 5:
        if (const Asked* told = roster()) {
          row({"select_one ${" + told->name + "}", name, relevant, "", "", "", "", ""});
          break;
        }
        [[fallthrough]];
      case 6:
        if (const Asked* trigger = same_place()) {
          row({"integer", name, relevant, number(), "${" + trigger->name + "}", "", "", ""});
          break;
        }
        [[fallthrough]];
      default:
        row({"integer", name, relevant, "", "", dice_.one_in(3) ? condition() : "", "", ""});
    }
    if (!open_.empty()) open_.back().inside.push_back(name);
    std::vector<std::string> sections;
    for (const Section& s : open_) sections.push_back(s.name);
    asked_.push_back({name, here() + "/" + name, sections, words, shown});
  }
  const Asked* roster() {  // a question of words in a repeat that is closed
    for (const Asked& one : asked_)
      if (one.text)
        for (const Section& repeat : closed_)
          if (one.path == repeat.path + "/" + one.name) return &one;
    return nullptr;
  }
  const Asked* same_place() {  // a question beside this one that people see
    for (size_t i = asked_.size(); i-- > 0;)
      if (asked_[i].shown && asked_[i].path == here() + "/" + asked_[i].name) return &asked_[i];
    return nullptr;
  }

  size_t made_ = 0;
};

}  // namespace support
