// Shaper: text as it should look, in every script of ours: Pango behind one small interface.
//
//   auto shaper = Shaper::open(fonts_folder);
//   const Paragraph& p = shaper->layout("من أين يأتي الماء؟", {.size = 27, .bold = true, .wrap = 600});
//   for (const Glyph& g : p.glyphs) draw(x + g.x, y + g.y, shaper->atlas().use(g.slot));
//
// Pixels throughout; indices are bytes. One layout a paragraph, kept while it is used: a layout() costs a
// look-up when its text stood in one of the last frames. The reference holds until forget_unused(). A
// character no font has is a visible box and is counted. Every line has the height asked for, whatever
// scripts stand in it. Text longer than Shaper::longest is cut there. Not thread-safe. Source:
// https://docs.gtk.org/Pango/
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collector/text/atlas.h"
#include "forms/base/error.h"

namespace text {

struct Style {
  float size = 16;  // pixels
  bool bold = false;
  float wrap = 0;  // width in pixels; 0: one line
  float line = 0;  // height of a line in pixels; 0: half as much again as the size
  bool centre = false;
  bool icons = false;  // the icon font
  bool cut = false;    // one line of at most `wrap`, or `most_lines`; what does not fit ends in …
  int most_lines = 1;  // with `cut`
  bool rtl = false;    // direction of text that has none of its own: digits, punctuation, nothing
  // Words of a screen, not of a field: in a window from right to left such a text is too as soon as a letter of it
  // is, whatever it begins with; and all its lines stand at the window's side.
  bool screen = false;
  bool operator==(const Style&) const = default;
};

struct Glyph {
  float x = 0, y = 0;  // missing: of the box's corner; else of the pen, on the baseline
  Slot slot = no_slot;
  float width = 0, height = 0;  // missing: the box
  bool missing() const { return slot == no_slot; }
};
struct Box {
  float x = 0, y = 0, width = 0, height = 0;
};

class Paragraph {
 public:
  ~Paragraph();
  float width = 0, height = 0;  // of what is seen
  float left = 0;               // where it begins, from the layout's own left edge
  int lines = 1, missing = 0;
  float line_height = 0;
  bool right_to_left = false;
  std::vector<Glyph> glyphs;

  Box caret(size_t index) const;
  Box second_caret(size_t index) const;  // where text of the other direction would go; mostly the same
  size_t hit(float x, float y) const;
  size_t move(size_t index, int direction) const;  // as seen: -1 left, +1 right; stays at either end
  int line_of(size_t index) const;
  size_t word(size_t index, int direction) const;  // by meaning: -1 before, +1 after
  size_t grapheme(size_t index, int direction) const;
  size_t line_edge(size_t index, bool end) const;
  size_t erase_from(size_t index) const;  // where a backspace at `index` begins: haraka by haraka
  std::vector<Box> selection(size_t from, size_t to) const;
  size_t size() const;  // bytes

 private:
  friend class Shaper;
  struct Layout;
  Box caret_box(size_t index, bool strong) const;
  std::unique_ptr<Layout> layout_;
};

class Shaper {
 public:
  static constexpr size_t longest = 20'000;        // bytes of one paragraph
  static constexpr size_t most_paragraphs = 3000;  // kept over a frame's end
  static constexpr size_t most_bytes = 4 << 20;    // of their texts

  static base::Result<std::unique_ptr<Shaper>> open(const std::filesystem::path& fonts,
                                                    int atlas_side = 1024);
  ~Shaper();
  const Paragraph& layout(std::string_view text, const Style& style);
  Atlas& atlas();
  void forget_unused();  // at a frame's end: what was not asked for lately goes
  void forget_all();     // at lock: no text of an interview stays here, nor in Pango
  size_t paragraphs() const;

 private:
  struct State;
  explicit Shaper(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace text
