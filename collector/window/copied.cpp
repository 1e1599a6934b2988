#include "collector/window/copied.h"

#include "collector/window/editing.h"

namespace window {

Copied::~Copied() {
  wipe(text_);
}

void Copied::put(const std::string& text, double now) {
  wipe(text_);
  text_ = text;
  until_ = now + kept_s;
}

void Copied::forget(const Board& board) {
  if (!any()) return;
  std::string there = board.read();
  if (there == text_) board.write("");
  wipe(there);
  wipe(text_);
  until_ = 1e300;
}

}  // namespace window
