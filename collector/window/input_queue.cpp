#include "collector/window/input_queue.h"

namespace window {

void InputQueue::push(const Input& input) {
  bool moves = input.kind == Input::Kind::move;
  if (moves && !queue_.empty() && queue_.back().kind == Input::Kind::move)
    queue_.back() = input;
  else
    queue_.push_back(input);
}

std::optional<Input> InputQueue::pop() {
  if (queue_.empty()) return {};
  Input first = queue_.front();
  queue_.pop_front();
  return first;
}

}  // namespace window
