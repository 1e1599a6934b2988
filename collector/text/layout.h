// What shaper.cpp and paragraph.cpp share. Internal.
#pragma once

#include <pango/pango.h>

#include "collector/text/shaper.h"

namespace text {

inline constexpr float pango = PANGO_SCALE;

struct Paragraph::Layout {
  PangoLayout* pango_layout = nullptr;
  std::string text;
  int used = 0;  // the last frame that asked for it
  ~Layout() {
    if (pango_layout) g_object_unref(pango_layout);
  }
};

}  // namespace text
