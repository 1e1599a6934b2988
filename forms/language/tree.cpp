#include "forms/language/tree.h"

namespace language {

Tree::Tree() {
  nodes_.emplace_back();
  names_.emplace_back();
  open_.push_back(0);
}

uint32_t Tree::add(NodeType type, TreeName name, std::string_view value) {
  auto id = static_cast<uint32_t>(nodes_.size());
  Node node;
  node.type = type;
  node.parent = open_.back();
  node.end = id + 1;
  std::string key = name.uri + '\n' + name.prefix + ':' + name.local;
  auto [known, fresh] = name_of_.try_emplace(std::move(key), static_cast<uint32_t>(names_.size()));
  if (fresh) names_.push_back(std::move(name));
  node.name = known->second;
  node.offset = static_cast<uint32_t>(text_.size());
  node.length = static_cast<uint32_t>(value.size());
  text_ += value;
  nodes_.push_back(node);
  nodes_[0].end = size();
  return id;
}

uint32_t Tree::open_element(TreeName name) {
  uint32_t id = add(NodeType::element, std::move(name), {});
  open_.push_back(id);
  return id;
}

uint32_t Tree::add_attribute(TreeName name, std::string_view value) {
  return add(NodeType::attribute, std::move(name), value);
}

uint32_t Tree::add_text(std::string_view value) {
  return add(NodeType::text, {}, value);
}

uint32_t Tree::add_other(NodeType type, std::string name, std::string_view value) {
  return add(type, {"", std::move(name)}, value);
}

void Tree::close_element() {
  nodes_[open_.back()].end = size();
  open_.pop_back();
}

uint32_t Tree::first_attribute(uint32_t node) const {
  bool has = nodes_[node].type == NodeType::element && node + 1 < nodes_[node].end &&
             nodes_[node + 1].type == NodeType::attribute;
  return has ? node + 1 : no_tree_node;
}

uint32_t Tree::next_attribute(uint32_t attribute) const {
  uint32_t next = attribute + 1;
  bool has = next < size() && nodes_[next].type == NodeType::attribute &&
             nodes_[next].parent == nodes_[attribute].parent;
  return has ? next : no_tree_node;
}

uint32_t Tree::first_child(uint32_t node) const {
  uint32_t at = node + 1;
  while (at < nodes_[node].end && nodes_[at].type == NodeType::attribute && nodes_[at].parent == node) ++at;
  return at < nodes_[node].end ? at : no_tree_node;
}

uint32_t Tree::next_sibling(uint32_t node) const {
  if (node == 0 || nodes_[node].type == NodeType::attribute) return no_tree_node;
  uint32_t at = nodes_[node].end;
  return at < nodes_[nodes_[node].parent].end ? at : no_tree_node;
}

uint32_t Tree::previous_sibling(uint32_t node) const {
  if (node == 0 || nodes_[node].type == NodeType::attribute) return no_tree_node;
  uint32_t before = no_tree_node;
  for (uint32_t at = first_child(nodes_[node].parent); at != node; at = nodes_[at].end) before = at;
  return before;
}

bool Tree::has_elements(uint32_t node) const {
  for (uint32_t at = first_child(node); at != no_tree_node; at = next_sibling(at))
    if (nodes_[at].type == NodeType::element) return true;
  return false;
}

std::string_view Tree::string_value(uint32_t node, std::string& room) const {
  const Node& self = nodes_[node];
  if (self.type != NodeType::element && self.type != NodeType::document) return text(self);
  uint32_t only = no_tree_node;
  bool several = false;
  for (uint32_t at = node + 1; at < self.end; ++at) {
    if (nodes_[at].type != NodeType::text) continue;
    several = only != no_tree_node;
    if (several) break;
    only = at;
  }
  if (only == no_tree_node) return {};
  if (!several) return text(nodes_[only]);
  room.clear();
  for (uint32_t at = node + 1; at < self.end; ++at)
    if (nodes_[at].type == NodeType::text) room += text(nodes_[at]);
  return room;
}

}  // namespace language
