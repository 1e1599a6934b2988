// A laid out paragraph: where the caret stands, what lies under the mouse, where words and graphemes end.
#include <algorithm>
#include <climits>

#include "collector/text/layout.h"

namespace text {
namespace {

size_t with_trailing(const std::string& text, int index, int trailing) {
  const char* at = text.c_str() + std::max(index, 0);
  while (trailing-- > 0 && *at) at = g_utf8_next_char(at);
  return static_cast<size_t>(at - text.c_str());
}

// Steps from character to character, by attributes, until `stop` says so.
template <class Stop>
size_t stepped(PangoLayout* layout, const std::string& s, size_t index, int direction, Stop stop) {
  int count = 0;
  const PangoLogAttr* attributes = pango_layout_get_log_attrs_readonly(layout, &count);
  long at = g_utf8_pointer_to_offset(s.c_str(), s.c_str() + index) + direction;
  while (at > 0 && at < count - 1 && !stop(attributes[at])) at += direction;
  return static_cast<size_t>(g_utf8_offset_to_pointer(s.c_str(), std::clamp<long>(at, 0, count - 1)) -
                             s.c_str());
}

}  // namespace

Paragraph::~Paragraph() = default;

size_t Paragraph::size() const {
  return layout_->text.size();
}

Box Paragraph::caret_box(size_t index, bool strong) const {
  int at = static_cast<int>(std::min(index, size()));
  PangoRectangle r;
  pango_layout_get_cursor_pos(layout_->pango_layout, at, strong ? &r : nullptr, strong ? nullptr : &r);
  return {static_cast<float>(r.x) / pango, static_cast<float>(line_of(index)) * line_height, 0, line_height};
}

Box Paragraph::caret(size_t index) const {
  return caret_box(index, true);
}

Box Paragraph::second_caret(size_t index) const {
  return caret_box(index, false);
}

size_t Paragraph::hit(float x, float y) const {
  int number = std::clamp(static_cast<int>(y / line_height), 0, lines - 1);
  PangoLayoutLine* found = pango_layout_get_line_readonly(layout_->pango_layout, number);
  PangoRectangle extents;
  PangoLayoutIter* at = pango_layout_get_iter(layout_->pango_layout);
  for (int n = 0; n < number; ++n) pango_layout_iter_next_line(at);
  pango_layout_iter_get_line_extents(at, nullptr, &extents);
  pango_layout_iter_free(at);
  int index = 0;
  int trailing = 0;
  pango_layout_line_x_to_index(found, static_cast<int>(x * pango) - extents.x, &index, &trailing);
  return with_trailing(layout_->text, index, trailing);
}

size_t Paragraph::move(size_t index, int direction) const {
  int to = 0;
  int trailing = 0;
  pango_layout_move_cursor_visually(layout_->pango_layout, TRUE, static_cast<int>(std::min(index, size())), 0,
                                    direction, &to, &trailing);
  if (to < 0 || to == G_MAXINT) return index;
  return with_trailing(layout_->text, to, trailing);
}

int Paragraph::line_of(size_t index) const {
  int number = 0;
  pango_layout_index_to_line_x(layout_->pango_layout, static_cast<int>(std::min(index, size())), 0, &number,
                               nullptr);
  return number;
}

size_t Paragraph::word(size_t index, int direction) const {
  return stepped(layout_->pango_layout, layout_->text, index, direction,
                 [&](const PangoLogAttr& a) { return direction < 0 ? a.is_word_start : a.is_word_end; });
}

size_t Paragraph::grapheme(size_t index, int direction) const {
  return stepped(layout_->pango_layout, layout_->text, index, direction,
                 [](const PangoLogAttr& a) { return a.is_cursor_position; });
}

size_t Paragraph::line_edge(size_t index, bool end) const {
  PangoLayoutLine* found = pango_layout_get_line_readonly(layout_->pango_layout, line_of(index));
  if (!found) return index;
  auto edge = static_cast<size_t>(found->start_index + (end ? found->length : 0));
  // The end of a wrapped line is before the space that it was broken at: there the caret stays on this line.
  bool wrapped = end && edge < size() && edge > 0 && layout_->text[edge - 1] == ' ';
  return wrapped ? grapheme(edge, -1) : edge;
}

size_t Paragraph::erase_from(size_t index) const {
  if (index == 0) return 0;
  int count = 0;
  const PangoLogAttr* attributes = pango_layout_get_log_attrs_readonly(layout_->pango_layout, &count);
  const char* s = layout_->text.c_str();
  long at = g_utf8_pointer_to_offset(s, s + index);
  if (at < count && attributes[at].backspace_deletes_character)
    return static_cast<size_t>(g_utf8_offset_to_pointer(s, at - 1) - s);
  return grapheme(index, -1);
}

std::vector<Box> Paragraph::selection(size_t from, size_t to) const {
  std::vector<Box> out;
  for (int number = 0; number < lines; ++number) {
    PangoLayoutLine* one = pango_layout_get_line_readonly(layout_->pango_layout, number);
    int first = std::max(static_cast<int>(from), one->start_index);
    int last = std::min(static_cast<int>(to), one->start_index + one->length);
    if (first >= last) continue;
    int* ranges = nullptr;
    int count = 0;
    pango_layout_line_get_x_ranges(one, first, last, &ranges, &count);
    for (int i = 0; i < count; ++i)
      out.push_back({static_cast<float>(ranges[2 * i]) / pango, static_cast<float>(number) * line_height,
                     static_cast<float>(ranges[2 * i + 1] - ranges[2 * i]) / pango, line_height});
    g_free(ranges);
  }
  return out;
}

}  // namespace text
