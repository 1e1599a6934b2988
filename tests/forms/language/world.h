// A small form and an interview over it, for expressions: a form of names and the answers given to them.
//
//   World world;   // data: a, b, g(c), p*(x, k*(y)), text nodes as below
//   world.text("a + 1")  →  "6"
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "forms/language/evaluate.h"
#include "forms/language/instance.h"
#include "forms/language/table.h"

namespace support {

using language::NodeIndex;

class Names : public language::Schema {
 public:
  Names() {
    NodeIndex data = add("data", language::no_node);
    a = add("a", data);
    b = add("b", data);
    blank = add("blank", data);
    day = add("day", data);
    words = add("words", data);
    g = add("g", data);
    c = add("c", g);
    p = add("p", data, true);
    x = add("x", p);
    k = add("k", p, true);
    y = add("y", k);
    for (const char* column : {"name", "label", "part"}) towns.add_column(column);
    std::string_view rows[3][3] = {
        {"rabat", "Rabat", "west"}, {"oujda", "Oujda", "east"}, {"nador", "Nador", "east"}};
    for (const auto& row : rows) towns.add_row(row);
  }
  size_t node_count() const override { return nodes_.size(); }
  std::string_view name(NodeIndex n) const override { return nodes_[n].name; }
  NodeIndex parent(NodeIndex n) const override { return nodes_[n].parent; }
  const std::vector<NodeIndex>& children(NodeIndex n) const override { return nodes_[n].children; }
  bool is_repeat(NodeIndex n) const override { return nodes_[n].repeat; }
  std::span<const NodeIndex> named(std::string_view wanted) const override {
    auto at = by_name_.find(wanted);
    return at == by_name_.end() ? std::span<const NodeIndex>() : std::span<const NodeIndex>(at->second);
  }
  std::vector<std::string> all_names() const override {
    std::vector<std::string> out;
    for (const Node& node : nodes_) out.push_back(node.name);
    return out;
  }
  int list(std::string_view id) const override { return id == "towns" ? 0 : -1; }
  const language::Table* table(int) const override { return &towns; }

  NodeIndex a, b, blank, day, words, g, c, p, x, k, y;
  language::Table towns;

 private:
  struct Node {
    std::string name;
    NodeIndex parent;
    bool repeat;
    std::vector<NodeIndex> children = {};
  };
  NodeIndex add(std::string name, NodeIndex parent, bool repeat = false) {
    auto made = static_cast<NodeIndex>(nodes_.size());
    nodes_.push_back({std::move(name), parent, repeat});
    by_name_[nodes_.back().name].push_back(made);
    if (parent != language::no_node) nodes_[parent].children.push_back(made);
    return made;
  }
  std::vector<Node> nodes_;
  std::map<std::string, std::vector<NodeIndex>, std::less<>> by_name_;
};

class World : public Names, public language::World {
 public:
  World() : layout_(*this), answers(layout_, language::Zone::of(clock_)) {
    // The interview: two p; the first has two k, the second one.
    const auto& layout = layout_;
    uint32_t root = answers.add_frame(0, language::no_frame);
    auto say = [&](NodeIndex definition, const char* text) {
      answers.set_text(answers.node(root, definition), text);
    };
    say(a, "5");
    say(b, "2");
    say(day, "2026-11-24");
    say(words, "fr nl");
    say(c, "deep");
    auto one = [&](uint32_t parent, NodeIndex repeat, NodeIndex question, const char* text) {
      uint32_t frame = answers.add_frame(layout.scope(repeat), parent);
      answers.set_text(answers.node(frame, question), text);
      return frame;
    };
    uint32_t first = one(root, p, x, "10");
    y11 = answers.node(one(first, k, y, "1"), y);
    one(first, k, y, "2");
    uint32_t second = one(root, p, x, "20");
    one(second, k, y, "4");
    p1 = answers.frame(first).base;
    x1 = answers.node(first, x);
    x2 = answers.node(second, x);
    instance = &answers;
    documents.push_back({&towns, nullptr});
    set_clock(clock_);
    language::World::random = &random_;
    language_code = "en";
    form_version = "7";
  }

  std::string text(std::string_view source, uint32_t at = 0) const {
    language::Compiled compiled = language::compile(source, *this, answers.definition(at));
    std::string problems;
    for (const language::Problem& problem : compiled.problems) problems += problem.text;
    REQUIRE_MESSAGE(compiled.expression, source << ": " << problems);
    return language::to_text(language::evaluate(compiled.expression, *this, {0, at}), *this);
  }
  std::string problem(std::string_view source, uint32_t at = 0) const {
    language::Compiled compiled = language::compile(source, *this, answers.definition(at));
    return compiled.problems.empty() ? std::string() : compiled.problems[0].code;
  }
  bool document_named(std::string_view id, language::Ref& out) const override {
    out = {1, 0};
    return id == "towns";
  }
  std::string choice_label(language::Ref, NodeIndex definition, std::string_view value) const override {
    return definition == words && value == "fr"   ? "French"
           : definition == words && value == "nl" ? "Dutch"
                                                  : "";
  }

  uint32_t p1, x1, y11, x2;

 private:
  base::ManualClock clock_{base::Instant{1795514640000}, 60};  // 2026-11-24T11:04+01:00
  base::SeededRandom random_{1};
  language::Layout layout_;

 public:
  language::Instance answers;
};

}  // namespace support
