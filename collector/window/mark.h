// Mark: one thing that was drawn, for tests that judge a screen by rectangles instead of pixels: is a text cut,
// does it lie over another, does it leave its panel, can it be read on what lies under it?
//
//   std::vector<Mark> marks;
//   kit.record(&marks);   kit.begin(nullptr);   draw(…);   kit.end();
//
// Rectangles are logical and as seen (mirrored). In the order of drawing.
#pragma once

#include <string>

#include "collector/window/theme.h"

namespace window {

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
  float right() const { return x + w; }
  float bottom() const { return y + h; }
  Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
};

struct Mark {
  enum class Kind : uint8_t { fill, line, ring, text, icon } kind = Kind::fill;  // ring: around the focus
  Rect place;  // what it covers; of a text, its lines
  Rect clip;   // what could be seen then
  Colour colour = 0;
  std::string words;  // text only, from here on
  float size = 0;
  bool cut = false;  // it did not fit and ends in …
  bool may_cut = false;
  bool scrolls = false;  // inside a scroll area: what is out of it can be scrolled to
  bool cap = false;      // the name of a key
  int missing = 0;       // characters that no font has
};

}  // namespace window
