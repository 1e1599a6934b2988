// Input: what a person did, in order. GLFW's callbacks fill the queue; each entry is handled in a pass of its
// own, so a slow frame loses nothing: the caret is where the next character goes.
#pragma once

#include <cstdint>

namespace window {

enum class Key : uint8_t {
  none,
  enter,
  escape,
  tab,
  space,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  backspace,
  erase,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
  digit,
  letter
};

struct Input {
  enum class Kind : uint8_t { none, key, character, press, release, move, scroll } kind = Kind::none;
  Key key = Key::none;
  int digit = -1;   // physical digit key, row or pad, with or without Shift
  char letter = 0;  // upper-case Latin letter of the layout, else of the physical key
  bool shift = false, control = false, alt = false;
  uint32_t character = 0;  // a code point
  float x = 0, y = 0;      // logical pixels; scroll: y is the amount
  int clicks = 1;
};

}  // namespace window
