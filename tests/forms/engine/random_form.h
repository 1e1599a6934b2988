// A random form, and random edits of an interview over it; all from one seed, so that a failure is a number.
//
//   RandomForm form(seed);   form.text   →  a Markdown table for Form (interview.h)
//
// Questions q0, q1 … in groups and repeats, to a depth of three. Logic reads only what stands before it, so there
// is no circle: references into and out of repeats, sums, positions, joins, whole paths with conditions, axes,
// filters, rosters, counted repeats, triggers.
#pragma once

#include <string>
#include <vector>

#include "forms/base/random.h"

namespace support {

struct Dice {
  explicit Dice(uint64_t seed) : source(seed) {}
  size_t below(size_t n) { return static_cast<size_t>(source.below(n)); }
  bool one_in(size_t n) { return below(n) == 0; }
  template <class List>
  const auto& of(const List& list) {
    return list[below(list.size())];
  }
  base::SeededRandom source;
};

class RandomForm {
 public:
  explicit RandomForm(uint64_t seed) : dice_(seed) {
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
  struct Asked {
    std::string name, path;
    std::vector<std::string> around;  // the groups and repeats it stands in
    bool text = false, shown = true;
  };
  struct Section {
    std::string name, path;
    bool repeat = false;
    std::vector<std::string> inside = {};  // questions right in it
  };

  std::string reference(const Asked& to) const { return "${" + to.name + "}"; }
  std::string here() const { return open_.empty() ? "/data" : open_.back().path; }
  const Section* around() const {  // the innermost repeat that is open
    for (size_t i = open_.size(); i-- > 0;)
      if (open_[i].repeat) return &open_[i];
    return nullptr;
  }

  std::string number(int depth = 0) {
    if (asked_.empty() || dice_.one_in(5)) return std::to_string(dice_.below(4));
    const Asked& one = dice_.of(asked_);
    std::string name = reference(one);
    switch (dice_.below(closed_.empty() ? 12 : 20)) {
      case 0:
        return "sum(" + name + ")";
      case 1:
        return "count-selected(" + name + ")";
      case 2:
        return "string-length(" + name + ")";
      case 3:
        return "coalesce(" + name + ", 1)";
      case 4:
        return "max(" + name + ", 2)";
      case 5:
        return "min(" + name + ")";
      case 6:
        return "count-non-empty(" + name + ")";
      case 7:
        return "string-length(join('-', " + name + "))";
      case 8:
        return depth > 1 ? name : "if(" + condition(depth + 1) + ", " + number(depth + 1) + ", " + name + ")";
      case 9:
        return "round(" + name + " div 3, 1)";
      case 10:
        return around() ? "position(" + up_to(*around()) + ")" : name;
      case 12:
      case 13:
        return "count(${" + dice_.of(closed_).name + "})";
      case 14:
      case 15:
        return read_into(dice_.of(closed_));
      case 16:
        return around() ? "count(" + up_to(*around()) + "/preceding-sibling::" + around()->name + ")" : name;
      case 17:
        return "indexed(" + std::to_string(1 + dice_.below(2)) + ")";
      default:
        return name;
    }
  }
  // From a question of the innermost repeat to the repeat itself.
  std::string up_to(const Section& repeat) const {
    std::string out = "..";
    for (size_t i = open_.size(); i-- > 0 && open_[i].name != repeat.name;) out += "/..";
    return out;
  }
  std::string read_into(const Section& repeat) {
    if (repeat.inside.empty()) return "count(" + repeat.path + ")";
    const std::string& child = dice_.of(repeat.inside);
    switch (dice_.below(6)) {
      case 0:
        return "count(" + repeat.path + "[" + child + " > 1])";
      case 1:
        return "sum(" + repeat.path + "/" + child + ")";
      case 2:
        return "max(" + repeat.path + "[position() != 2]/" + child + ")";
      case 3:
        return "number(" + repeat.path + "[" + std::to_string(1 + dice_.below(3)) + "]/" + child + ")";
      case 4:
        return "sum(" + repeat.path + "/*)";
      default:
        return "string-length(string(" + repeat.path + "[last()]/" + child + "))";
    }
  }
  std::string condition(int depth = 0) {
    static const std::vector<std::string> signs = {"=", "!=", "<", ">="};
    std::string one = number(depth) + " " + dice_.of(signs) + " " + number(depth);
    if (dice_.one_in(4)) one += (dice_.one_in(2) ? " or " : " and ") + number(depth) + " > 0";
    if (dice_.one_in(8)) one = "not(" + one + ")";
    return one;
  }

  struct Row {
    std::string type, name, relevant, calculation, trigger, required, count, filter;
  };
  void row(Row row) {
    for (std::string* cell : {&row.relevant, &row.calculation, &row.required, &row.count, &row.filter})
      for (size_t at; (at = cell->find("indexed(")) != std::string::npos;) indexed(*cell, at);
    text += "| | " + row.type + " | " + row.name + " | L | " + row.relevant + " | " + row.calculation + " | " +
            row.trigger + " | " + row.required + " | " + row.count + " | " + row.filter + " |\n";
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
    row({repeat ? "begin repeat" : "begin group", name, dice_.one_in(2) ? condition() : "", "", "", "", count, ""});
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
        row({"select_multiple l", name, relevant, "", "", "", "", dice_.one_in(2) ? "part >= " + number() : ""});
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

  Dice dice_;
  std::vector<Asked> asked_;
  std::vector<Section> open_, closed_;
  size_t made_ = 0;
};

}  // namespace support
