// XPath cases: an expression over any document.
#include <cmath>
#include <sstream>

#include "forms/base/random.h"
#include "forms/base/zone.h"
#include "forms/definition/xml_tree.h"
#include "forms/language/evaluate.h"
#include "tests/conformance/conform.h"

namespace conform {
namespace {

using language::no_tree_node;
using language::NodeType;
using language::Ref;
using language::Tree;

class CaseWorld : public language::World {
 public:
  CaseWorld() {
    documents.push_back({nullptr, &tree});
    document_root = {1, 0};
  }
  bool document_named(std::string_view id, Ref& out) const override {
    uint32_t found = element("instance", id);
    if (found == no_tree_node) return false;
    out = {1, found};
    return true;
  }
  std::string itext(std::string_view id) const override {
    std::string room;
    uint32_t fallback = no_tree_node;
    for (uint32_t node = 0; node < tree.size(); ++node) {
      if (tree.type(node) != NodeType::element || tree.name(node).local != "text" ||
          attribute(node, "id") != id)
        continue;
      if (fallback == no_tree_node) fallback = node;
      if (has_attribute(tree.parent(node), "default")) fallback = node;
      if (attribute(tree.parent(node), "lang") != language_code) continue;
      fallback = node;
      break;
    }
    if (fallback == no_tree_node) return {};
    for (uint32_t at = tree.first_child(fallback); at != no_tree_node; at = tree.next_sibling(at))
      if (tree.type(at) == NodeType::element && !has_attribute(at, "form"))
        return std::string(tree.string_value(at, room));
    return {};
  }
  std::string attribute(uint32_t node, std::string_view name) const {
    std::string room;
    for (uint32_t a = tree.first_attribute(node); a != no_tree_node; a = tree.next_attribute(a))
      if (tree.name(a).local == name) return std::string(tree.string_value(a, room));
    return {};
  }
  bool has_attribute(uint32_t node, std::string_view name) const {
    for (uint32_t a = tree.first_attribute(node); a != no_tree_node; a = tree.next_attribute(a))
      if (tree.name(a).local == name) return true;
    return false;
  }
  Tree tree;

 private:
  uint32_t element(std::string_view name, std::string_view id) const {
    for (uint32_t node = 0; node < tree.size(); ++node)
      if (tree.type(node) == NodeType::element && tree.name(node).local == name && attribute(node, "id") == id)
        return node;
    return no_tree_node;
  }
};

// "/*[1]/*[2]/text()[1]", "/*[1]/@name".
std::string path_of(const Tree& tree, uint32_t node) {
  if (node == 0) return "/";
  NodeType type = tree.type(node);
  std::string above = tree.parent(node) == 0 ? "" : path_of(tree, tree.parent(node));
  if (type == NodeType::attribute) {
    const auto& name = tree.name(node);
    return above + "/@" + (name.prefix.empty() ? "" : name.prefix + ":") + name.local;
  }
  int place = 0;
  int any = 0;
  for (uint32_t at = tree.first_child(tree.parent(node));; at = tree.next_sibling(at)) {
    place += tree.type(at) == type;
    ++any;
    if (at == node) break;
  }
  std::string which = type == NodeType::element       ? "*"
                      : type == NodeType::text        ? "text()"
                      : type == NodeType::comment     ? "comment()"
                      : type == NodeType::instruction ? "processing-instruction()"
                                                      : "node()";
  return above + "/" + which + "[" + std::to_string(type == NodeType::doctype ? any : place) + "]";
}

uint32_t find(const Tree& tree, const std::string& path) {
  if (path == "/") return 0;
  for (uint32_t node = 1; node < tree.size(); ++node)
    if (path_of(tree, node) == path) return node;
  return no_tree_node;
}

Json number_json(double n) {
  if (std::isnan(n)) return "NaN";
  if (std::isinf(n)) return n > 0 ? "Infinity" : "-Infinity";
  if (n == 0 && std::signbit(n)) return "-0";
  return n;
}

Json refused(const std::string& why) {
  Json out;
  out["error"] = why;
  return out;
}

}  // namespace

Json xpath(const Json& asked) {
  CaseWorld world;
  std::string xml = text_or(asked, "xml");
  if (!xml.empty()) {
    base::ByteView bytes(reinterpret_cast<const uint8_t*>(xml.data()), xml.size());
    auto tree = definition::read_xml_tree(bytes, "xml");
    if (!tree) return refused(describe(tree.error()));
    world.tree = std::move(*tree);
  }
  auto now = base::parse_instant(text_or(asked, "now"), 0);
  base::SystemClock system;
  base::ManualClock given(now.value_or(base::Instant{}));
  base::Clock& inner = now ? static_cast<base::Clock&>(given) : system;
  auto clock = base::ZoneClock::of(text_or(asked, "tz", "GMT"), inner);
  if (!clock) return refused(describe(clock.error()));
  base::SeededRandom random(1);
  world.set_clock(**clock);
  world.random = &random;
  world.language_code = text_or(asked, "language");
  if (std::string root = text_or(asked, "root"); !root.empty()) world.document_root = {1, find(world.tree, root)};

  language::Namespaces namespaces;
  if (asked.contains("root"))  // a form: names without a prefix are XForms'
    namespaces.emplace_back("", "http://www.w3.org/2002/xforms");
  if (auto at = asked.find("namespaces"); at != asked.end() && at->is_object())
    for (auto& [prefix, uri] : at->items()) namespaces.emplace_back(prefix, uri.get<std::string>());
  language::Compiled compiled = language::compile_free(text_or(asked, "expr"), namespaces);
  if (!compiled.expression)
    return refused(compiled.problems.empty() ? "refused" : compiled.problems.front().text);

  uint32_t context = find(world.tree, text_or(asked, "context", "/"));
  if (context == no_tree_node) return refused("there is no such context node");
  std::string type = text_or(asked, "type");
  evaluate(compiled.expression, world, {1, context});
  if (std::string why = world.failure(); !why.empty()) return refused(why);
  Json out;
  if (type == "boolean") {
    out["value"] = evaluate_truth(compiled.expression, world, {1, context});
  } else if (type == "number") {
    out["value"] = number_json(evaluate_number(compiled.expression, world, {1, context}));
  } else if (type == "string") {
    std::string text;
    evaluate_text(compiled.expression, world, {1, context}, text);
    out["value"] = text;
  } else {
    std::vector<Ref> nodes;
    evaluate_nodes(compiled.expression, world, {1, context}, nodes);
    out["value"] = Json::array();
    for (Ref node : nodes) out["value"].push_back(path_of(world.tree, node.node));
  }
  return out;
}

}  // namespace conform
