#include "forms/language/layout.h"

namespace language {

Layout::Layout(const Schema& schema) {
  places_.resize(schema.node_count());
  scopes_.emplace_back();
  depths_.push_back(0);
  // Nodes are numbered in document order, so a node comes after what holds it.
  for (NodeIndex node = 0; node < places_.size(); ++node) {
    Place& place = places_[node];
    place.parent = schema.parent(node);
    place.attribute = schema.is_attribute(node);
    if (node != 0 && !place.attribute) places_[place.parent].leaf = false;
    uint32_t around = node == 0 ? 0 : places_[place.parent].scope;
    place.scope = around;
    if (node != 0 && schema.is_repeat(node)) {
      place.scope = static_cast<uint32_t>(scopes_.size());
      Scope scope;
      scope.repeat = node;
      scope.parent = around;
      scope.ordinal = static_cast<uint32_t>(scopes_[around].inner.size());
      scopes_[around].inner.push_back(node);
      scopes_.push_back(std::move(scope));
      depths_.push_back(depths_[around] + 1);
    }
    Scope& scope = scopes_[place.scope];
    place.slot = static_cast<uint32_t>(scope.nodes.size());
    place.slot_end = place.slot + 1;
    scope.nodes.push_back(node);
    for (NodeIndex up = place.parent; up != no_node && places_[up].scope == place.scope;
         up = places_[up].parent)
      places_[up].slot_end = place.slot + 1;
  }
}

uint32_t Layout::common_scope(uint32_t a, uint32_t b) const {
  while (a != b) {
    if (depths_[a] < depths_[b]) std::swap(a, b);
    a = scopes_[a].parent;
  }
  return a;
}

}  // namespace language
