// Instance: the answers of one interview, as expressions see them. Nodes of one repeat instance are a *frame*:
// numbers side by side, so a question of the same frame is an addition away. forms/engine builds and changes
// it; the evaluator only reads.
//
//   Instance i(layout, zone);   uint32_t f = i.add_frame(scope, parent);   i.set_text(i.node(f, age), "34");
//   i.number(i.node(f, age))  →  34
//
// A value is text, or a number whose text is made when somebody asks. What is not relevant reads as blank and
// is in no node-set. Numbers of nodes are never used again. Not thread-safe. Cost: every read is O(1), adding a
// frame costs its nodes, position() after a removal costs the frames behind it, once.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "forms/language/layout.h"
#include "forms/language/value.h"

namespace language {

inline constexpr uint32_t no_frame = UINT32_MAX;

struct Frame {
  uint32_t base = 0;  // number of its first node
  uint32_t scope = 0;
  uint32_t parent = no_frame;
  uint32_t place = 0;  // among its siblings, where that is known: see Instance::position
  bool exists = true;
  struct Inner {  // the instances of one repeat inside, in order
    std::vector<uint32_t> frames;
    uint32_t placed = 0;  // how many at the front know their place
  };
  std::vector<Inner> inner;  // by ordinal of the repeat
};

class Instance {
 public:
  Instance(const Layout& layout, const Zone& zone) : layout_(&layout), zone_(zone) {}

  const Layout& layout() const { return *layout_; }
  size_t node_count() const { return frame_of_.size(); }
  size_t frame_count() const { return frames_.size(); }
  const Frame& frame(uint32_t frame) const { return frames_[frame]; }
  uint32_t frame_of(uint32_t node) const { return frame_of_[node]; }
  NodeIndex definition(uint32_t node) const {
    const Frame& f = frames_[frame_of_[node]];
    return layout_->scopes()[f.scope].nodes[node - f.base];
  }
  uint32_t node(uint32_t frame, NodeIndex definition) const {  // of a definition in the frame's own scope
    return frames_[frame].base + layout_->slot(definition);
  }
  uint32_t parent(uint32_t node) const;  // UINT32_MAX above the root
  // The frames of a repeat that lies directly in the frame's scope, in order.
  const std::vector<uint32_t>& instances(uint32_t frame, NodeIndex repeat) const {
    return frames_[frame].inner[layout_->scopes()[layout_->scope(repeat)].ordinal].frames;
  }
  // The instances of one child definition under a node, in order.
  template <class Visit>
  void each(uint32_t parent_node, NodeIndex child, Visit visit) const;
  uint32_t position(uint32_t frame) const;  // 1-based among the instances of its repeat

  // Values. A node that is not relevant reads as "".
  std::string_view text(uint32_t node) const { return hidden(node) ? std::string_view() : stored(node); }
  double number(uint32_t node) const { return hidden(node) ? NAN : stored_number(node); }
  bool blank(uint32_t node) const { return hidden(node) || slots_[node].empty; }
  std::string_view stored(uint32_t node) const {
    const Slot& slot = slots_[node];
    if (!slot.has_text) make_text(slot);
    return slot.text;
  }
  double stored_number(uint32_t node) const {
    const Slot& slot = slots_[node];
    if (!slot.has_number) make_number(slot);
    return slot.number;
  }
  bool hidden(uint32_t node) const { return hidden_[node] != 0; }

  // Changing, for the engine. A frame goes behind its siblings; its nodes are blank and relevant.
  uint32_t add_frame(uint32_t scope, uint32_t parent, size_t at = SIZE_MAX);
  void detach(uint32_t frame);  // it exists no longer; its nodes keep their values
  void attach(uint32_t frame, size_t at = SIZE_MAX);
  bool set_text(uint32_t node, std::string_view text);  // false: it was that already
  bool set_number(uint32_t node, double number);        // NaN is blank
  void hide(uint32_t node, bool yes) { hidden_[node] = yes; }
  uint32_t place_of(uint32_t node) const;  // in document order: larger is later

 private:
  struct Slot {
    mutable std::string text;
    mutable double number = NAN;
    mutable bool has_text = true, has_number = true;
    bool empty = true;
  };
  static void make_text(const Slot& slot);
  void make_number(const Slot& slot) const;

  const Layout* layout_;  // of the form, which outlives the interview
  Zone zone_;
  std::vector<uint32_t> frame_of_;
  std::vector<uint8_t> hidden_;
  std::vector<Slot> slots_;
  mutable std::vector<Frame> frames_;    // places are numbered when asked for
  mutable std::vector<uint32_t> order_;  // by node, in document order; empty: the tree has changed
};

template <class Visit>
void Instance::each(uint32_t parent_node, NodeIndex child, Visit visit) const {
  uint32_t f = frame_of_[parent_node];
  if (!layout_->is_repeat(child)) return visit(node(f, child));
  for (uint32_t inner : instances(f, child)) visit(frames_[inner].base);
}

}  // namespace language
