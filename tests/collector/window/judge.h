// Judges a screen by what was drawn on it, without pixels: cut, clipped, overlapping, unreadable or missing
// text, text that leaves its panel. Each complaint names the text.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "collector/window/kit.h"

namespace judge {

using window::Colour;
using window::Mark;
using window::Rect;

inline Rect common(const Rect& a, const Rect& b) {
  float x = std::max(a.x, b.x);
  float y = std::max(a.y, b.y);
  return {x, y, std::max(0.f, std::min(a.right(), b.right()) - x),
          std::max(0.f, std::min(a.bottom(), b.bottom()) - y)};
}
inline bool inside(const Rect& small, const Rect& big, float slack = 1.5f) {
  return small.x >= big.x - slack && small.y >= big.y - slack && small.right() <= big.right() + slack &&
         small.bottom() <= big.bottom() + slack;
}
inline bool holds(const Rect& r, float x, float y) {
  return x >= r.x && x < r.right() && y >= r.y && y < r.bottom();
}

inline Colour over(Colour below, Colour above) {
  uint32_t alpha = above >> 24;
  auto part = [&](int shift) {
    uint32_t b = below >> shift & 0xff;
    uint32_t a = above >> shift & 0xff;
    return (a * alpha + b * (255 - alpha)) / 255 << shift;
  };
  return 0xff000000u | part(0) | part(8) | part(16);
}

// A fill that hides what was drawn under it.
inline bool covers(const Mark& m) {
  return m.kind == Mark::Kind::fill && (m.colour >> 24) >= 0x60;
}

struct Rules {
  double contrast = 4.5;
  float smallest = 12;  // logical pixels
};

inline std::vector<std::string> complaints(const std::vector<Mark>& marks, Rect window, const Rules& rules = {}) {
  std::vector<std::string> out;
  auto say = [&](const Mark& m, const std::string& what) {
    std::string at = " at " + std::to_string(static_cast<int>(m.place.x)) + "," + std::to_string(static_cast<int>(m.place.y)) +
                     " " + std::to_string(static_cast<int>(m.place.w)) + "x" + std::to_string(static_cast<int>(m.place.h));
    out.push_back(what + ": \"" + m.words.substr(0, 90) + "\"" + at);
  };
  struct Seen {
    const Mark* mark;
    Rect rest;
  };
  std::vector<Seen> texts;
  for (size_t i = 0; i < marks.size(); ++i) {
    const Mark& m = marks[i];
    if (m.kind != Mark::Kind::text) continue;
    Rect seen = common(m.place, m.clip);
    if (seen.w < 1 || seen.h < 1) {
      if (!m.scrolls && !m.words.empty()) say(m, "out of sight");
      continue;
    }
    // Hidden by what was drawn later (a menu, a veil)?
    bool hidden = false;
    bool partly = false;
    for (size_t j = i + 1; j < marks.size() && !hidden; ++j) {
      if (!covers(marks[j])) continue;
      Rect by = common(common(marks[j].place, marks[j].clip), seen);
      hidden = by.w * by.h > 0.98f * seen.w * seen.h;
      partly = partly || by.w * by.h > 0.02f * seen.w * seen.h;
    }
    if (hidden) continue;
    if (m.missing > 0) say(m, "a character without a glyph");
    if (m.cut && !m.may_cut) say(m, "cut");
    if (!m.scrolls && !m.may_cut && !inside(m.place, m.clip)) say(m, "clipped");
    if (!m.scrolls && !inside(seen, window)) say(m, "outside the window");
    if (m.size > 0 && m.size < rules.smallest) say(m, "too small");
    // The panel it began in, and the colour under it.
    float cx = seen.x + seen.w / 2;
    float cy = seen.y + seen.h / 2;
    Colour ground = 0xffffffffu;
    const Mark* panel = nullptr;
    for (size_t j = 0; j < i; ++j) {
      const Mark& f = marks[j];
      if (f.kind != Mark::Kind::fill) continue;
      Rect place = common(f.place, f.clip);
      if (holds(place, cx, cy)) {
        ground = over(ground, f.colour);
        if (f.place.w > 6 && f.place.h > 6 && (f.colour >> 24) > 200) panel = &f;
      }
    }
    if (window::contrast_of(m.colour, ground) < rules.contrast) say(m, "low contrast");
    if (panel && !m.may_cut && !inside(common(m.place, m.clip), panel->place, 2.5f)) say(m, "leaves its panel");
    float air = std::min(seen.h * 0.3f, m.size * 0.22f);  // above and below the letters
    if (!partly) texts.push_back({&m, {seen.x, seen.y + air, seen.w, seen.h - 2 * air}});
  }
  for (size_t a = 0; a < texts.size(); ++a)
    for (size_t b = a + 1; b < texts.size(); ++b) {
      Rect both = common(texts[a].rest, texts[b].rest);
      if (both.w > 2 && both.h > 2)
        say(*texts[b].mark, "over \"" + texts[a].mark->words.substr(0, 40) + "\"");
    }
  return out;
}

}  // namespace judge
