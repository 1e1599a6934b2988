// Layout: where each node of a form lies in an interview. A repeat opens a *scope*; the nodes of one instance
// of it lie side by side, in document order, without those of the repeats inside it. So a question of the same
// instance is an addition away, whatever the size of the form.
//
//   Layout layout(survey);   layout.slot(age)  →  3    layout.scopes()[layout.scope(age)].repeat
//
// Made once for a form, then only read, from any thread. Cost: linear in the nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "forms/language/schema.h"

namespace language {

struct Scope {
  NodeIndex repeat = 0;          // the repeat whose instances these are; the root's is the form itself
  uint32_t parent = 0;           // scope around it; its own number for the root's
  uint32_t ordinal = 0;          // among the repeats directly inside the parent scope
  std::vector<NodeIndex> nodes;  // slot → node; slot 0 is the repeat
  std::vector<NodeIndex> inner;  // repeats directly inside, in document order
};

class Layout {
 public:
  explicit Layout(const Schema& schema);

  size_t node_count() const { return places_.size(); }
  uint32_t scope(NodeIndex node) const { return places_[node].scope; }
  uint32_t slot(NodeIndex node) const { return places_[node].slot; }
  NodeIndex parent(NodeIndex node) const { return places_[node].parent; }
  bool is_repeat(NodeIndex node) const { return places_[node].slot == 0 && node != 0; }
  bool is_attribute(NodeIndex node) const { return places_[node].attribute; }
  bool is_leaf(NodeIndex node) const { return places_[node].leaf; }  // holds an answer, not other nodes
  uint32_t slot_end(NodeIndex node) const {
    return places_[node].slot_end;
  }  // behind its last in the same scope
  const std::vector<Scope>& scopes() const { return scopes_; }
  // The scope that both lie in, innermost.
  uint32_t common_scope(uint32_t a, uint32_t b) const;
  uint32_t depth(uint32_t scope) const { return depths_[scope]; }  // of the root's: 0

 private:
  struct Place {
    uint32_t scope = 0, slot = 0, slot_end = 0;
    NodeIndex parent = no_node;
    bool attribute = false, leaf = true;
  };
  std::vector<Place> places_;
  std::vector<Scope> scopes_;
  std::vector<uint32_t> depths_;
};

}  // namespace language
