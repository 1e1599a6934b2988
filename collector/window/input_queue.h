// InputQueue: what a person did, in the order it was done, whatever the frames cost. GLFW's callbacks fill
// it, the loop empties it: each entry gets a pass of its own, so the caret is where the next character goes.
//
//   queue.push(input);   while (auto i = queue.pop()) pass(*i);
//
// Moves of the mouse that nothing lies between become one; nothing else is ever dropped or reordered. (ImGui
// 1.86 has no queue: a press and its release within one slow frame are lost there.) Unbounded: a person is
// slow. Not thread-safe.
#pragma once

#include <deque>
#include <optional>

#include "collector/window/input.h"

namespace window {

class InputQueue {
 public:
  void push(const Input& input);
  std::optional<Input> pop();
  bool empty() const { return queue_.empty(); }
  size_t size() const { return queue_.size(); }

 private:
  std::deque<Input> queue_;
};

}  // namespace window
