// Random logic of a random form: numbers and conditions that read what stands before them, in every way there is:
// references into and out of repeats, sums, positions, joins, whole paths with conditions, axes.
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

class RandomLogic {
 protected:
  explicit RandomLogic(uint64_t seed) : dice_(seed) {}

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

  Dice dice_;
  std::vector<Asked> asked_;
  std::vector<Section> open_, closed_;
};

}  // namespace support
