// One step of a path from one node, over an interview, a document or a table. Results are in document order.
#include <algorithm>

#include "forms/language/evaluator.h"
#include "forms/language/table.h"
#include "forms/language/tree.h"

namespace language {
namespace {

bool can_be(const Step& step, NodeIndex definition) {
  return std::find(step.nodes.begin(), step.nodes.end(), definition) != step.nodes.end();
}

bool is_ancestor(const Instance& instance, uint32_t above, uint32_t node) {
  for (uint32_t at = node; at != UINT32_MAX; at = instance.parent(at))
    if (at == above) return true;
  return false;
}

void take(const Instance& instance, const Step& step, uint32_t node, Nodes& out) {
  if (!instance.hidden(node) && can_be(step, instance.definition(node))) out.push_back({0, node});
}

}  // namespace

// Nodes below a node of the interview, in document order; hidden ones with what is below them left out.
void below(const Instance& instance, uint32_t from, std::vector<uint32_t>& out) {
  const Layout& layout = instance.layout();
  std::vector<uint32_t> open = {from};
  std::vector<uint32_t> inside;
  std::vector<NodeIndex> children;
  while (!open.empty()) {
    uint32_t at = open.back();
    open.pop_back();
    if (instance.hidden(at)) continue;
    if (at != from) out.push_back(at);
    inside.clear();
    children.clear();
    NodeIndex own = instance.definition(at);
    const Scope& scope = layout.scopes()[layout.scope(own)];
    // Children lie behind their parent, in its scope or as a repeat directly inside it.
    for (size_t slot = layout.slot(own) + 1; slot < layout.slot_end(own); ++slot)
      if (layout.parent(scope.nodes[slot]) == own && !layout.is_attribute(scope.nodes[slot]))
        children.push_back(scope.nodes[slot]);
    for (NodeIndex repeat : scope.inner)
      if (layout.parent(repeat) == own) children.push_back(repeat);
    std::sort(children.begin(), children.end());
    for (NodeIndex child : children) instance.each(at, child, [&](uint32_t node) { inside.push_back(node); });
    open.insert(open.end(), inside.rbegin(), inside.rend());
  }
}

void in_order(Nodes& nodes, const World& world) {
  std::sort(nodes.begin(), nodes.end(), [&](const Ref& a, const Ref& b) {
    if (a.document != b.document || a.document != 0 || !world.instance) return a < b;
    uint32_t x = world.instance->place_of(a.node & ~Ref::text_of);
    uint32_t y = world.instance->place_of(b.node & ~Ref::text_of);
    return x == y ? a.node < b.node : x < y;
  });
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
}

void step_instance(Evaluator& evaluator, const Step& step, uint32_t from, Nodes& out) {
  const Instance& instance = *evaluator.world.instance;
  if ((from & Ref::text_of) != 0) {
    uint32_t owner = from & ~Ref::text_of;
    if (step.axis == Axis::self) out.push_back({0, from});
    if (step.axis == Axis::parent) take(instance, step, owner, out);
    return;
  }
  if (step.test == Test::text) {  // the text inside a question
    if (step.axis == Axis::child && !instance.blank(from)) out.push_back({0, from | Ref::text_of});
    return;
  }
  std::vector<uint32_t> inside;
  switch (step.axis) {
    case Axis::self:
      return take(instance, step, from, out);
    case Axis::parent:
      if (uint32_t up = instance.parent(from); up != UINT32_MAX) take(instance, step, up, out);
      return;
    case Axis::ancestor:
    case Axis::ancestor_or_self: {
      size_t first = out.size();
      uint32_t at = step.axis == Axis::ancestor ? instance.parent(from) : from;
      for (; at != UINT32_MAX; at = instance.parent(at)) take(instance, step, at, out);
      std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
      return;
    }
    case Axis::child:
    case Axis::attribute:
      for (NodeIndex child : step.nodes)
        if (instance.layout().parent(child) == instance.definition(from))
          instance.each(from, child, [&](uint32_t node) {
            if (!instance.hidden(node)) out.push_back({0, node});
          });
      return;
    case Axis::descendant:
    case Axis::descendant_or_self:
      if (step.axis == Axis::descendant_or_self) take(instance, step, from, out);
      below(instance, from, inside);
      for (uint32_t node : inside)
        if (!evaluator.spent()) take(instance, step, node, out);
      return;
    case Axis::following_sibling:
    case Axis::preceding_sibling: {
      uint32_t up = instance.parent(from);
      if (up == UINT32_MAX) return;
      uint32_t place = instance.place_of(from);
      for (NodeIndex child : step.nodes)
        if (instance.layout().parent(child) == instance.definition(up))
          instance.each(up, child, [&](uint32_t node) {
            bool later = instance.place_of(node) > place;
            if (node != from && later == (step.axis == Axis::following_sibling) && !instance.hidden(node))
              out.push_back({0, node});
          });
      return;
    }
    case Axis::following:
    case Axis::preceding: {
      uint32_t place = instance.place_of(from);
      below(instance, 0, inside);
      for (uint32_t node : inside) {
        bool later = instance.place_of(node) > place;
        if (evaluator.spent() || later != (step.axis == Axis::following)) continue;
        if (!is_ancestor(instance, node, from) && !is_ancestor(instance, from, node))
          take(instance, step, node, out);
      }
      return;
    }
    case Axis::namespace_:
      return;
  }
}

namespace {

bool passes(const Tree& tree, const Step& step, uint32_t node) {
  NodeType type = tree.type(node);
  switch (step.test) {
    case Test::any_node:
      return true;
    case Test::text:
      return type == NodeType::text;
    case Test::comment:
      return type == NodeType::comment;
    case Test::instruction:
      return type == NodeType::instruction && (step.name.empty() || tree.name(node).local == step.name);
    case Test::any_name:
    case Test::name:
      break;
  }
  if (type != (step.axis == Axis::attribute ? NodeType::attribute : NodeType::element)) return false;
  const TreeName& name = tree.name(node);
  if (step.test == Test::name && name.local != step.name) return false;
  if (step.any_uri) return true;
  return name.uri == (step.space ? std::string_view(step.space->uri) : std::string_view());
}

}  // namespace

void step_tree(const World& world, const Step& step, Ref from, Nodes& out) {
  const Tree& tree = *world.documents[from.document].tree;
  uint32_t node = from.node;
  auto add = [&](uint32_t at) {
    if (passes(tree, step, at)) out.push_back({from.document, at});
  };
  switch (step.axis) {
    case Axis::self:
      return add(node);
    case Axis::parent:
      if (tree.parent(node) != no_tree_node) add(tree.parent(node));
      return;
    case Axis::child:
      for (uint32_t at = tree.first_child(node); at != no_tree_node; at = tree.next_sibling(at)) add(at);
      return;
    case Axis::attribute:
      for (uint32_t at = tree.first_attribute(node); at != no_tree_node; at = tree.next_attribute(at))
        add(at);
      return;
    case Axis::descendant:
    case Axis::descendant_or_self:
      if (step.axis == Axis::descendant_or_self) add(node);
      for (uint32_t at = node + 1; at < tree.end(node); ++at)
        if (tree.type(at) != NodeType::attribute) add(at);
      return;
    case Axis::ancestor:
    case Axis::ancestor_or_self: {
      size_t first = out.size();
      uint32_t at = step.axis == Axis::ancestor ? tree.parent(node) : node;
      for (; at != no_tree_node; at = tree.parent(at)) add(at);
      std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
      return;
    }
    case Axis::following_sibling:
      for (uint32_t at = tree.next_sibling(node); at != no_tree_node; at = tree.next_sibling(at)) add(at);
      return;
    case Axis::preceding_sibling:
      if (node == 0 || tree.type(node) == NodeType::attribute) return;
      for (uint32_t at = tree.first_child(tree.parent(node)); at != node; at = tree.next_sibling(at)) add(at);
      return;
    case Axis::following:
      for (uint32_t at = tree.end(node); at < tree.size(); ++at)
        if (tree.type(at) != NodeType::attribute) add(at);
      return;
    case Axis::preceding:
      for (uint32_t at = 1; at < node; ++at)
        if (tree.end(at) <= node && tree.type(at) != NodeType::attribute) add(at);
      return;
    case Axis::namespace_:
      return;
  }
}

// A table reads as a document: 0 holds the root 1, which holds the items; an item's cells come right behind it.
void step_table(const World& world, const Step& step, Ref from, Nodes& out) {
  const Document& document = world.documents[from.document];
  const Table& table = *document.table;
  const auto width = static_cast<uint32_t>(table.columns().size()) + 1;
  const uint32_t size = 2 + table.row_count() * width;
  const uint32_t node = from.node & ~Ref::text_of;
  const bool is_text = from.node != node;
  auto kind = [&](uint32_t at) { return at < 2 ? 0u : (at - 2) % width == 0 ? 1u : 2u; };  // 1 item, 2 cell
  auto parent = [&](uint32_t at) -> uint32_t {
    return at == 0 ? UINT32_MAX : at == 1 ? 0 : kind(at) == 1 ? 1 : at - (at - 2) % width;
  };
  auto column = [&](uint32_t at) { return static_cast<int>((at - 2) % width) - 1; };
  auto there = [&](uint32_t at) { return kind(at) != 2 || table.has((at - 2) / width, column(at)); };
  auto add = [&](uint32_t at) {
    if (!there(at)) return;
    if (step.test == Test::name) {
      if (at == 0) return;
      // Any name will do for the root and the items: files have none of their own.
      if (kind(at) == 2 && table.columns()[static_cast<size_t>(column(at))] != step.name) return;
    } else if (step.test != Test::any_node && step.test != Test::any_name) {
      return;
    }
    out.push_back({from.document, at});
  };
  if (is_text) {
    if (step.axis == Axis::self) out.push_back(from);
    if (step.axis == Axis::parent) add(node);
    return;
  }
  switch (step.axis) {
    case Axis::self:
      return add(node);
    case Axis::parent:
      if (node != 0) add(parent(node));
      return;
    case Axis::child:
      if (step.test == Test::text) {
        if (kind(node) == 2) out.push_back({from.document, node | Ref::text_of});
        return;
      }
      if (node == 0) return add(1);
      if (node == 1) {
        out.reserve(out.size() + table.row_count());
        for (uint32_t at = 2; at < size; at += width) out.push_back({from.document, at});
        return;
      }
      if (kind(node) != 1) return;
      if (step.test == Test::name) {
        int wanted = step.column >= 0 ? step.column : table.column(step.name);
        if (wanted >= 0 && wanted == document.label) wanted = document.label_now;
        uint32_t at = node + 1 + static_cast<uint32_t>(std::max(wanted, 0));
        if (wanted >= 0 && there(at)) out.push_back({from.document, at});
        return;
      }
      for (uint32_t at = node + 1; at < node + width; ++at) add(at);
      return;
    case Axis::descendant:
    case Axis::descendant_or_self: {
      if (step.axis == Axis::descendant_or_self) add(node);
      uint32_t end = node < 2 ? size : kind(node) == 1 ? node + width : node + 1;
      for (uint32_t at = node + 1; at < end; ++at) add(at);
      return;
    }
    case Axis::ancestor:
    case Axis::ancestor_or_self: {
      size_t first = out.size();
      uint32_t at = step.axis == Axis::ancestor ? parent(node) : node;
      for (; at != UINT32_MAX; at = parent(at)) add(at);
      std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
      return;
    }
    case Axis::following_sibling:
      if (kind(node) == 1)
        for (uint32_t at = node + width; at < size; at += width) add(at);
      if (kind(node) == 2)
        for (uint32_t at = node + 1; at < parent(node) + width; ++at) add(at);
      return;
    case Axis::preceding_sibling:
      if (kind(node) == 1)
        for (uint32_t at = 2; at < node; at += width) add(at);
      if (kind(node) == 2)
        for (uint32_t at = parent(node) + 1; at < node; ++at) add(at);
      return;
    case Axis::following:
    case Axis::preceding:
      for (uint32_t at = 2; at < size; ++at) {
        bool later = at > node && !(kind(node) == 1 && at < node + width);
        bool before = at < node && parent(node) != at;
        if (step.axis == Axis::following ? later : before) add(at);
      }
      return;
    case Axis::attribute:
    case Axis::namespace_:
      return;
  }
}

}  // namespace language
