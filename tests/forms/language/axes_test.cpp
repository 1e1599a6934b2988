// The thirteen axes against what the specification says of them, on random documents; and paths printed.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "forms/base/random.h"
#include "forms/language/evaluate.h"
#include "forms/language/tree.h"
#include "tests/support/runs.h"

namespace {

using language::no_tree_node;
using language::NodeType;
using language::Ref;
using language::Tree;

uint64_t pick(base::Random& random, uint64_t n) {
  uint64_t out = 0;
  random.fill({reinterpret_cast<uint8_t*>(&out), sizeof(out)});
  return out % n;
}

const char* const names[] = {"a", "b", "c", "div", "text"};

void grow(Tree& tree, base::Random& random, int depth) {
  tree.open_element({"", names[pick(random, std::size(names))]});
  for (uint64_t n = pick(random, 3); n > 0; --n) tree.add_attribute({"", n == 1 ? "id" : "x"}, "1");
  for (uint64_t n = pick(random, 4); n > 0 && depth > 0; --n) {
    switch (pick(random, 5)) {
      case 0:
        tree.add_text("t" + std::to_string(pick(random, 4)));
        break;
      case 1:
        tree.add_other(NodeType::comment, "", "said");
        break;
      case 2:
        tree.add_other(NodeType::instruction, "go", "on");
        break;
      default:
        grow(tree, random, depth - 1);
    }
  }
  tree.close_element();
}

class OneTree : public language::World {
 public:
  explicit OneTree(uint64_t seed) : random_(seed) {
    grow(tree, random_, 4);
    documents.push_back({nullptr, &tree});
    document_root = {1, 0};
    set_clock(clock_);
    language::World::random = &random_;
  }
  std::vector<uint32_t> nodes(const std::string& path, uint32_t at) {
    language::Compiled compiled = language::compile_free(path);
    REQUIRE_MESSAGE(compiled.expression, path);
    std::vector<Ref> found;
    evaluate_nodes(compiled.expression, *this, {1, at}, found);
    std::vector<uint32_t> out;
    for (Ref one : found) out.push_back(one.node);
    return out;
  }
  bool is_attribute(uint32_t node) const { return tree.type(node) == NodeType::attribute; }
  bool above(uint32_t upper, uint32_t node) const {
    for (uint32_t at = tree.parent(node); at != no_tree_node; at = tree.parent(at))
      if (at == upper) return true;
    return false;
  }
  Tree tree;
  base::Random& dice() { return random_; }

 private:
  base::ManualClock clock_{base::Instant{0}, 0};
  base::SeededRandom random_;
};

// XPath 1.0 §2.2, word for word: is `node` on this axis of `from`?
bool stands(const OneTree& world, const std::string& axis, uint32_t from, uint32_t node) {
  const Tree& tree = world.tree;
  bool attribute = world.is_attribute(node);
  bool sibling = tree.parent(node) == tree.parent(from) && from != 0 && !world.is_attribute(from);
  if (axis == "self") return node == from;
  if (axis == "child") return !attribute && tree.parent(node) == from;
  if (axis == "parent") return tree.parent(from) == node;
  if (axis == "attribute") return attribute && tree.parent(node) == from;
  if (axis == "ancestor") return world.above(node, from);
  if (axis == "ancestor-or-self") return node == from || world.above(node, from);
  if (axis == "descendant") return !attribute && world.above(from, node);
  if (axis == "descendant-or-self") return node == from || (!attribute && world.above(from, node));
  if (axis == "following") return !attribute && node > from && !world.above(from, node);
  if (axis == "preceding") return !attribute && node < from && !world.above(node, from);
  if (axis == "following-sibling") return !attribute && sibling && node > from;
  if (axis == "preceding-sibling") return !attribute && sibling && node < from;
  return false;  // namespace: no engine of forms has such nodes
}

const char* const axes[] = {"self",
                            "child",
                            "parent",
                            "attribute",
                            "ancestor",
                            "ancestor-or-self",
                            "descendant",
                            "descendant-or-self",
                            "following",
                            "preceding",
                            "following-sibling",
                            "preceding-sibling",
                            "namespace"};

}  // namespace

TEST_CASE("axes: each of the thirteen gives what the specification says, in document order") {
  support::property("axes", 100, 5'000, [](uint64_t seed) -> std::string {
    OneTree world(seed);
    for (uint32_t from = 0; from < world.tree.size(); ++from)
      for (const char* axis : axes) {
        std::vector<uint32_t> expected;
        for (uint32_t node = 0; node < world.tree.size(); ++node)
          if (stands(world, axis, from, node)) expected.push_back(node);
        if (world.nodes(std::string(axis) + "::node()", from) != expected)
          return std::string(axis) + " of node " + std::to_string(from);
      }
    return "";
  });
}

TEST_CASE("axes: self, ancestor, descendant, preceding and following part the document between them") {
  support::property("partition", 100, 5'000, [](uint64_t seed) -> std::string {
    OneTree world(seed);
    for (uint32_t from = 0; from < world.tree.size(); ++from) {
      if (world.is_attribute(from)) continue;
      std::vector<uint32_t> all;
      for (const char* axis : {"self", "ancestor", "descendant", "preceding", "following"})
        for (uint32_t node : world.nodes(std::string(axis) + "::node()", from)) all.push_back(node);
      std::sort(all.begin(), all.end());
      std::vector<uint32_t> expected;
      for (uint32_t node = 0; node < world.tree.size(); ++node)
        if (!world.is_attribute(node)) expected.push_back(node);
      if (all != expected) return "node " + std::to_string(from);
    }
    return "";
  });
}

TEST_CASE("axes: positions count away from the node, backwards on the reverse ones") {
  support::property("positions", 60, 3'000, [](uint64_t seed) -> std::string {
    OneTree world(seed);
    for (uint32_t from = 0; from < world.tree.size(); ++from)
      for (const char* axis :
           {"ancestor", "preceding", "preceding-sibling", "following", "descendant", "child"}) {
        std::string path = std::string(axis) + "::node()";
        std::vector<uint32_t> all = world.nodes(path, from);
        bool reverse = *axis == 'a' || *axis == 'p';
        for (size_t i = 1; i <= all.size(); ++i) {
          uint32_t expected = reverse ? all[all.size() - i] : all[i - 1];
          if (world.nodes(path + "[" + std::to_string(i) + "]", from) != std::vector<uint32_t>{expected})
            return path + "[" + std::to_string(i) + "] of node " + std::to_string(from);
        }
      }
    return "";
  });
}

TEST_CASE("print: a path over any axis and any test, printed and parsed again, finds the same nodes") {
  support::property("print paths", 2000, 100'000, [](uint64_t seed) -> std::string {
    OneTree world(seed);
    base::Random& dice = world.dice();
    const char* const tests[] = {"*",
                                 "a",
                                 "b",
                                 "node()",
                                 "text()",
                                 "comment()",
                                 "processing-instruction()",
                                 "processing-instruction('go')",
                                 "div",
                                 "text"};
    const char* const predicates[] = {"[1]",
                                      "[last()]",
                                      "[@id]",
                                      "[position() mod 2 = 1]",
                                      "[.='t1']",
                                      "[not(../a)]",
                                      "[count(.//b) > 0][2]",
                                      "[- 1 + 2]",
                                      "[a or b and c]",
                                      "[a | b]",
                                      "[(a)[1]]",
                                      "[div div div]",
                                      "[* * *]"};
    auto steps = [&] {
      std::string out;
      for (uint64_t n = 1 + pick(dice, 4); n > 0; --n) {
        switch (pick(dice, 6)) {
          case 0:
            out += pick(dice, 2) == 0 ? "." : "..";
            break;
          case 1:
            out += pick(dice, 2) == 0 ? "@id" : "@*";
            break;
          case 2:
            out += tests[pick(dice, std::size(tests))];
            break;
          default:
            out +=
                std::string(axes[pick(dice, std::size(axes))]) + "::" + tests[pick(dice, std::size(tests))];
        }
        if (out.back() != '.' && pick(dice, 3) == 0) out += predicates[pick(dice, std::size(predicates))];
        if (n > 1) out += pick(dice, 4) == 0 ? "//" : "/";
      }
      return out;
    };
    std::string source = pick(dice, 3) == 0 ? "/" : pick(dice, 4) == 0 ? "//" : "";
    source += steps();
    if (pick(dice, 4) == 0) source = "(" + source + ")[" + std::to_string(1 + pick(dice, 3)) + "]/" + steps();
    if (pick(dice, 4) == 0) source += " | " + steps();
    language::Compiled first = language::compile_free(source);
    if (!first.expression) return source + ": " + first.problems.at(0).text;
    std::string printed = first.expression.print();
    language::Compiled again = language::compile_free(printed);
    if (!again.expression) return source + " is printed as " + printed;
    if (again.expression.print() != printed) return printed + " is printed as " + again.expression.print();
    for (int i = 0; i < 4; ++i) {
      auto at = static_cast<uint32_t>(pick(dice, world.tree.size()));
      if (world.nodes(source, at) != world.nodes(printed, at)) return source + " is not " + printed;
    }
    return "";
  });
}

TEST_CASE("free expressions: a question's name is refused where there is no form") {
  language::Compiled compiled = language::compile_free("acos(${a})");
  CHECK_FALSE(compiled.expression);
  REQUIRE(compiled.problems.size() == 1);
  CHECK(compiled.problems[0].code == "unknown_name");
}
