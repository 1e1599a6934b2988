// A small form and an interview over it, for expressions: a form of names and the answers given to them.
//
//   World world;   // data: a, b, g(c), p*(x, k*(y)), text nodes as below
//   world.text("a + 1")  →  "6"
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "forms/language/evaluate.h"

namespace support {

using language::NodeIndex;

class World : public language::Schema, public language::Instance {
 public:
  World() {
    // The form: /data has a, b, blank, day, words, g/c, p*/x, p*/k*/y.
    NodeIndex data = name_one("data", language::no_node);
    a = name_one("a", data);
    b = name_one("b", data);
    blank = name_one("blank", data);
    day = name_one("day", data);
    words = name_one("words", data);
    g = name_one("g", data);
    c = name_one("c", g);
    p = name_one("p", data, true);
    x = name_one("x", p);
    k = name_one("k", p, true);
    y = name_one("y", k);
    // The interview: two p; the first has two k, the second one.
    uint32_t root = put(data, UINT32_MAX, "");
    put(a, root, "5");
    put(b, root, "2");
    put(blank, root, "");
    put(day, root, "2026-11-24");
    put(words, root, "fr nl");
    put(c, put(g, root, ""), "deep");
    p1 = put(p, root, "");
    x1 = put(x, p1, "10");
    y11 = put(y, put(k, p1, ""), "1");
    put(y, put(k, p1, ""), "2");
    uint32_t p2 = put(p, root, "");
    x2 = put(x, p2, "20");
    put(y, put(k, p2, ""), "4");
  }

  std::string text(std::string_view source, uint32_t at = 0) const {
    language::Compiled compiled = language::compile(source, *this, definition_of(at));
    std::string problems;
    for (const language::Problem& problem : compiled.problems) problems += problem.text;
    REQUIRE_MESSAGE(compiled.expression, source << ": " << problems);
    return language::to_text(language::evaluate(compiled.expression, *this, at), *this);
  }
  std::string problem(std::string_view source, uint32_t at = 0) const {
    language::Compiled compiled = language::compile(source, *this, definition_of(at));
    return compiled.problems.empty() ? std::string() : compiled.problems[0].code;
  }

  // Schema
  std::string_view name(NodeIndex n) const override { return forms_[n].name; }
  NodeIndex parent(NodeIndex n) const override { return forms_[n].parent; }
  const std::vector<NodeIndex>& children(NodeIndex n) const override { return forms_[n].children; }
  bool is_repeat(NodeIndex n) const override { return forms_[n].repeat; }
  std::vector<NodeIndex> named(std::string_view wanted) const override {
    std::vector<NodeIndex> out;
    for (NodeIndex i = 0; i < forms_.size(); ++i)
      if (forms_[i].name == wanted) out.push_back(i);
    return out;
  }
  std::vector<std::string> all_names() const override {
    std::vector<std::string> out;
    for (const Form& form : forms_) out.push_back(form.name);
    return out;
  }
  bool has_list(std::string_view id) const override { return id == "towns"; }

  // Instance
  NodeIndex definition_of(uint32_t n) const override { return nodes_[n].form; }
  uint32_t parent_of(uint32_t n) const override { return nodes_[n].parent; }
  void children_of(uint32_t n, std::vector<uint32_t>& out) const override {
    out.insert(out.end(), nodes_[n].children.begin(), nodes_[n].children.end());
  }
  void instances_of(uint32_t n, NodeIndex child, std::vector<uint32_t>& out) const override {
    for (uint32_t one : nodes_[n].children)
      if (nodes_[one].form == child) out.push_back(one);
  }
  std::string_view text_of(uint32_t n) const override { return nodes_[n].text; }
  uint32_t place_of(uint32_t n) const override { return n; }
  bool relevant(uint32_t) const override { return true; }
  int position_of(uint32_t n) const override {
    std::vector<uint32_t> all;
    if (!forms_[nodes_[n].form].repeat) return 0;
    instances_of(nodes_[n].parent, nodes_[n].form, all);
    return static_cast<int>(std::find(all.begin(), all.end(), n) - all.begin()) + 1;
  }
  int list_named(std::string_view id) const override { return id == "towns" ? 0 : -1; }
  uint32_t row_count(int) const override { return 3; }
  int column_named(int, std::string_view column) const override {
    return column == "name" ? 0 : column == "label" ? 1 : column == "part" ? 2 : -1;
  }
  std::string_view cell(int, uint32_t row, int column) const override {
    static constexpr std::string_view cells[3][3] = {
        {"rabat", "Rabat", "west"}, {"oujda", "Oujda", "east"}, {"nador", "Nador", "east"}};
    return cells[row][column];
  }
  std::string choice_label(uint32_t, NodeIndex definition, std::string_view value) const override {
    return definition == words && value == "fr"   ? "French"
           : definition == words && value == "nl" ? "Dutch"
                                                  : "";
  }
  std::string_view language_code() const override { return "en"; }
  base::Clock& clock() const override { return clock_; }
  base::Random& random() const override { return random_; }
  std::string_view form_version() const override { return "7"; }

  NodeIndex a, b, blank, day, words, g, c, p, x, k, y;
  uint32_t p1, x1, y11, x2;

 private:
  struct Form {
    std::string name;
    NodeIndex parent;
    bool repeat;
    std::vector<NodeIndex> children = {};
  };
  struct Node {
    NodeIndex form;
    uint32_t parent;
    std::string text;
    std::vector<uint32_t> children = {};
  };
  NodeIndex name_one(std::string name, NodeIndex parent, bool repeat = false) {
    auto made = static_cast<NodeIndex>(forms_.size());
    forms_.push_back({std::move(name), parent, repeat});
    if (parent != language::no_node) forms_[parent].children.push_back(made);
    return made;
  }
  uint32_t put(NodeIndex form, uint32_t parent, std::string text) {
    auto made = static_cast<uint32_t>(nodes_.size());
    nodes_.push_back({form, parent, std::move(text)});
    if (parent != UINT32_MAX) nodes_[parent].children.push_back(made);
    return made;
  }
  std::vector<Form> forms_;
  std::vector<Node> nodes_;
  mutable base::ManualClock clock_{base::Instant{1795514640000}, 60};  // 2026-11-24T11:04+01:00
  mutable base::SeededRandom random_{1};
};

}  // namespace support
