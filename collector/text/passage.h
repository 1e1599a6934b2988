// Passage: text of one or several paragraphs, one layout each, stacked: what a field is drawn from, walked
// and pointed at with. Typing into one paragraph of a long text lays out that paragraph alone.
//
//   Passage p(shaper, e.text, {.size = 18, .wrap = 600}, Passage::Lines::several);
//   Box c = p.caret(e.caret);   e.caret = p.move(e.caret, +1);   e.caret = p.line(e.caret, -1, kept_x);
//
// Indices are bytes of the whole text; y grows downwards from the first line. A paragraph beyond
// Shaper::longest is laid out in pieces. Borrows the shaper's paragraphs: valid until forget_unused(). Cost:
// a look-up a paragraph.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "collector/text/shaper.h"

namespace text {

class Passage {
 public:
  enum class Lines : uint8_t { one, several };
  Passage(Shaper& shaper, std::string_view text, const Style& style, Lines lines);

  float width = 0, height = 0;
  int missing = 0;
  bool right_to_left = false;  // of the first paragraph

  Box caret(size_t index) const;
  Box second_caret(size_t index) const;
  size_t hit(float x, float y) const;
  size_t move(size_t index, int direction) const;  // as seen; over the end of a paragraph into the next
  // `lines` down (negative: up), near kept_x; kept_x below zero is set first. Beyond either end: that end.
  size_t line(size_t index, int lines, float& kept_x) const;
  size_t word(size_t index, int direction) const;
  size_t grapheme(size_t index, int direction) const;
  size_t line_edge(size_t index, bool end) const;
  size_t erase_from(size_t index) const;
  size_t paragraph_edge(size_t index, bool end) const;
  bool right_to_left_at(size_t index) const;
  std::vector<Box> selection(size_t from, size_t to) const;
  void each(const std::function<void(const Paragraph&, float y)>& draw) const;

 private:
  struct Part {
    size_t start = 0;
    float y = 0;
    const Paragraph* paragraph = nullptr;
    size_t end() const { return start + paragraph->size(); }
  };
  const Part& part_of(size_t index) const;
  // Over a part's edge: what `step` makes of the part before or after, or the line end between them.
  template <class Step>
  size_t stepped(size_t index, int direction, Step step) const;
  std::vector<Part> parts_;  // at least one
};

}  // namespace text
