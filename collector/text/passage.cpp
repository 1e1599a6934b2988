#include "collector/text/passage.h"

#include <algorithm>

namespace text {

namespace {

// Where a piece of a very long paragraph ends: at a space, else at a character.
size_t piece_end(std::string_view text, size_t at, size_t end) {
  if (end - at <= Shaper::longest) return end;
  size_t cut = text.rfind(' ', at + Shaper::longest - 1);
  if (cut != std::string_view::npos && cut > at + Shaper::longest / 2) return cut + 1;
  cut = at + Shaper::longest;
  while (cut > at + 1 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
  return cut;
}

}  // namespace

Passage::Passage(Shaper& shaper, std::string_view text, const Style& style, Lines lines) {
  Style own = style;
  for (size_t at = 0, next = 0; at <= text.size(); at = next) {
    size_t line_end = lines == Lines::one ? text.size() : std::min(text.find('\n', at), text.size());
    size_t end = lines == Lines::one ? line_end : piece_end(text, at, line_end);
    next = end == line_end ? end + 1 : end;
    const Paragraph& p = shaper.layout(text.substr(at, end - at), own);
    parts_.push_back({at, height, &p});
    if (parts_.size() == 1) right_to_left = p.right_to_left;
    own.rtl = p.right_to_left;  // an empty line goes on in the direction of the one before
    width = std::max(width, p.width);
    height += p.height;
    missing += p.missing;
  }
}

const Passage::Part& Passage::part_of(size_t index) const {
  auto after = std::upper_bound(parts_.begin(), parts_.end(), index,
                                [](size_t i, const Part& part) { return i < part.start; });
  return *(after == parts_.begin() ? after : after - 1);
}

Box Passage::caret(size_t index) const {
  const Part& part = part_of(index);
  Box box = part.paragraph->caret(index - part.start);
  box.y += part.y;
  return box;
}

Box Passage::second_caret(size_t index) const {
  const Part& part = part_of(index);
  Box box = part.paragraph->second_caret(index - part.start);
  box.y += part.y;
  return box;
}

size_t Passage::hit(float x, float y) const {
  const Part* found = &parts_.front();
  for (const Part& part : parts_)
    if (part.y <= y) found = &part;
  return found->start + std::min(found->paragraph->hit(x, y - found->y), found->paragraph->size());
}

size_t Passage::move(size_t index, int direction) const {
  const Part& part = part_of(index);
  size_t to = part.start + part.paragraph->move(index - part.start, direction);
  if (to != index) return to;
  bool on = (direction > 0) != part.paragraph->right_to_left;
  const Part* other = &part + (on ? 1 : -1);
  if (other < parts_.data() || other >= parts_.data() + parts_.size()) return index;
  return on ? other->start : other->end();
}

size_t Passage::line(size_t index, int lines, float& kept_x) const {
  Box now = caret(index);
  if (kept_x < 0) kept_x = now.x;
  float y = now.y + now.height / 2 + static_cast<float>(lines) * now.height;
  if (y < 0) return 0;
  if (y >= height) return parts_.back().end();
  return hit(kept_x, y);
}

template <class Step>
size_t Passage::stepped(size_t index, int direction, Step step) const {
  const Part* part = &part_of(index);
  bool out = direction < 0 ? index == part->start : index == part->end();
  if (!out) return part->start + step(*part->paragraph, index - part->start);
  const Part* other = part + direction;
  if (other < parts_.data() || other >= parts_.data() + parts_.size()) return index;
  size_t edge = direction < 0 ? other->end() : other->start;
  if (edge != index) return edge;  // the line end between them
  return other->start + step(*other->paragraph, edge - other->start);
}

size_t Passage::word(size_t index, int direction) const {
  return stepped(index, direction, [&](const Paragraph& p, size_t at) { return p.word(at, direction); });
}

size_t Passage::grapheme(size_t index, int direction) const {
  return stepped(index, direction, [&](const Paragraph& p, size_t at) { return p.grapheme(at, direction); });
}

size_t Passage::line_edge(size_t index, bool end) const {
  const Part& part = part_of(index);
  return part.start + part.paragraph->line_edge(index - part.start, end);
}

size_t Passage::erase_from(size_t index) const {
  return stepped(index, -1, [](const Paragraph& p, size_t at) { return p.erase_from(at); });
}

size_t Passage::paragraph_edge(size_t index, bool end) const {
  const Part& part = part_of(index);
  return end ? part.end() : part.start;
}

bool Passage::right_to_left_at(size_t index) const {
  return part_of(index).paragraph->right_to_left;
}

std::vector<Box> Passage::selection(size_t from, size_t to) const {
  std::vector<Box> out;
  for (const Part& part : parts_) {
    size_t first = std::max(from, part.start);
    size_t last = std::min(to, part.end());
    if (to <= part.start) break;
    if (first < last)
      for (Box& box : part.paragraph->selection(first - part.start, last - part.start)) {
        box.y += part.y;
        out.push_back(box);
      }
    if (from <= part.end() && to > part.end() && &part != &parts_.back()) {  // the line's end is selected too
      Box end = part.paragraph->caret(part.paragraph->size());
      out.push_back({end.x - (part.paragraph->right_to_left ? 6.f : 0.f), end.y + part.y, 6, end.height});
    }
  }
  return out;
}

void Passage::each(const std::function<void(const Paragraph&, float)>& draw) const {
  for (const Part& part : parts_) draw(*part.paragraph, part.y);
}

}  // namespace text
