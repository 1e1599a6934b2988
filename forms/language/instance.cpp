#include "forms/language/instance.h"

#include <algorithm>

#include "forms/language/value.h"

namespace language {

uint32_t Instance::parent(uint32_t node) const {
  const Frame& f = frames_[frame_of_[node]];
  const Scope& scope = layout_->scopes()[f.scope];
  NodeIndex up = layout_->parent(scope.nodes[node - f.base]);
  if (up == no_node) return UINT32_MAX;
  return node == f.base ? frames_[f.parent].base + layout_->slot(up) : f.base + layout_->slot(up);
}

uint32_t Instance::add_frame(uint32_t scope, uint32_t parent, size_t at) {
  auto id = static_cast<uint32_t>(frames_.size());
  Frame frame;
  frame.base = static_cast<uint32_t>(frame_of_.size());
  frame.scope = scope;
  frame.parent = parent;
  frame.inner.resize(layout_->scopes()[scope].inner.size());
  frames_.push_back(std::move(frame));
  size_t count = layout_->scopes()[scope].nodes.size();
  frame_of_.resize(frame_of_.size() + count, id);
  slots_.resize(frame_of_.size());
  hidden_.resize(frame_of_.size(), 0);
  if (parent != no_frame) attach(id, at);
  return id;
}

void Instance::attach(uint32_t frame, size_t at) {
  Frame& f = frames_[frame];
  f.exists = true;
  Frame::Inner& siblings = frames_[f.parent].inner[layout_->scopes()[f.scope].ordinal];
  at = std::min(at, siblings.frames.size());
  siblings.frames.insert(siblings.frames.begin() + static_cast<std::ptrdiff_t>(at), frame);
  siblings.placed = std::min(siblings.placed, static_cast<uint32_t>(at));
  order_.clear();
}

void Instance::detach(uint32_t frame) {
  Frame& f = frames_[frame];
  f.exists = false;
  uint32_t at = position(frame) - 1;
  Frame::Inner& siblings = frames_[f.parent].inner[layout_->scopes()[f.scope].ordinal];
  siblings.frames.erase(siblings.frames.begin() + at);
  siblings.placed = std::min(siblings.placed, at);
  order_.clear();
}

uint32_t Instance::position(uint32_t frame) const {
  Frame& f = frames_[frame];
  if (f.parent == no_frame) return 1;
  Frame::Inner& siblings = frames_[f.parent].inner[layout_->scopes()[f.scope].ordinal];
  bool known = f.place < siblings.placed && siblings.frames[f.place] == frame;
  for (; !known && siblings.placed < siblings.frames.size(); ++siblings.placed) {
    frames_[siblings.frames[siblings.placed]].place = siblings.placed;
    known = siblings.frames[siblings.placed] == frame;
  }
  return f.place + 1;
}

bool Instance::set_text(uint32_t node, std::string_view text) {
  Slot& slot = slots_[node];
  if (!slot.has_text) make_text(slot);
  if (slot.text == text) return false;
  slot.text.assign(text);
  slot.has_text = true;
  slot.has_number = false;
  slot.empty = text.empty();
  return true;
}

bool Instance::set_number(uint32_t node, double number) {
  if (std::isnan(number)) return set_text(node, {});
  Slot& slot = slots_[node];
  if (!slot.empty && slot.has_number && slot.number == number && !slot.has_text) return false;
  if (slot.has_text && !slot.empty) {  // "05" and 5 are not the same answer
    std::string made;
    append_number(made, number);
    if (made == slot.text) return false;
  }
  slot.number = number;
  slot.has_number = true;
  slot.has_text = false;
  slot.empty = false;
  return true;
}

void Instance::make_text(const Slot& slot) {
  slot.text.clear();
  if (!slot.empty) append_number(slot.text, slot.number);
  slot.has_text = true;
}

void Instance::make_number(const Slot& slot) const {
  slot.number = slot.empty ? NAN : text_number(slot.text, zone_);
  if (slot.text == "true") slot.number = 1;  // a truth that was calculated counts
  if (slot.text == "false") slot.number = 0;
  slot.has_number = true;
}

uint32_t Instance::place_of(uint32_t node) const {
  if (order_.empty()) {
    order_.assign(frame_of_.size(), UINT32_MAX);  // what is gone comes last
    uint32_t next = 0;
    struct Open {
      uint32_t frame, slot;
    };
    std::vector<Open> open = {{0, 0}};
    while (!open.empty()) {
      Open& top = open.back();
      const Frame& f = frames_[top.frame];
      const Scope& scope = layout_->scopes()[f.scope];
      if (top.slot == scope.nodes.size()) {
        open.pop_back();
        continue;
      }
      NodeIndex here = scope.nodes[top.slot];
      order_[f.base + top.slot] = next++;
      ++top.slot;
      // Repeats whose place in the document is right behind this node.
      NodeIndex following = top.slot < scope.nodes.size() ? scope.nodes[top.slot] : UINT32_MAX;
      uint32_t frame = top.frame;
      for (size_t i = scope.inner.size(); i-- > 0;)
        if (scope.inner[i] > here && scope.inner[i] < following)
          for (size_t k = frames_[frame].inner[i].frames.size(); k-- > 0;)
            open.push_back({frames_[frame].inner[i].frames[k], 0});
    }
  }
  return order_[node];
}

}  // namespace language
