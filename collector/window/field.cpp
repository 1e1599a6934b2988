// Text fields: drawn from a Passage, pointed at with the mouse, typed into by editing.cpp.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "collector/window/kit.h"
#include "forms/base/utf8.h"

namespace window {
namespace {

constexpr float padding = 14;
constexpr float line_factor = 1.7f;

std::string bullets(const std::string& text) {
  std::string out;
  for (size_t n = base::length(text); n > 0; --n) out += "•";
  return out;
}

}  // namespace

struct Kit::Inside {
  std::string bullets;
  text::Passage passage;
  float x = 0, y = 0;           // of the passage's corner, pixels
  float width = 0, height = 0;  // of the room it has, pixels
};

Kit::Inside Kit::inside(Editing& e, Rect r, const FieldLook& look) {
  float unit = look.unit.empty() ? 0 : text_width(look.unit, {.size = look.size}) + 10;
  float width = (r.w - 2 * padding - unit) * scale_;
  float height = (r.h - (look.multiline ? 2 * padding : 0)) * scale_;
  text::Style style{.size = look.size * scale_,
                    .wrap = look.multiline ? width : 0,
                    .line = look.size * line_factor * scale_,
                    .rtl = rtl_ && !look.numeric && !look.left_to_right};
  std::string shown = look.password ? bullets(e.text) : std::string();
  text::Passage passage(shaper_, look.password ? shown : e.text, style,
                        look.multiline ? text::Passage::Lines::several : text::Passage::Lines::one);
  Inside in{std::move(shown), std::move(passage), 0, 0, width, height};
  Rect m = mirrored(r);
  float left = (m.x + padding + (rtl_ ? unit : 0)) * scale_;
  // One line that fits stands at its own side; one that does not is scrolled.
  float most = std::max(0.f, in.passage.width + 2 * scale_ - width);
  e.scroll_x = look.multiline ? 0 : std::clamp(e.scroll_x, 0.f, most);
  e.scroll_y = look.multiline ? std::clamp(e.scroll_y, 0.f, std::max(0.f, in.passage.height - height)) : 0;
  bool at_right = in.passage.right_to_left || (rtl_ && (look.numeric || look.left_to_right));
  at_right = at_right && !look.multiline && most == 0;
  in.x = at_right ? left + width - in.passage.width : left - e.scroll_x;
  in.y = look.multiline ? (m.y + padding) * scale_ - e.scroll_y
                        : (m.y + m.h / 2) * scale_ - in.passage.height / 2;
  return in;
}

// The mouse: where it pressed, or to where it has selected.
void Kit::point(Editing& e, const Inside& in, const Input& i, const FieldLook& look) {
  float x = i.x * scale_ - in.x;
  float y = i.y * scale_ - in.y;
  size_t at = in.passage.hit(x, y);
  e.caret = look.password ? index_of_bullet(e.text, at) : std::min(at, e.text.size());
  e.kept_x = -1;
  e.joins = false;
  if (i.kind != Input::Kind::press) return;
  if (!i.shift) e.anchor = e.caret;
  if (i.clicks == 2 && !look.password) {
    size_t after = in.passage.word(e.caret, 1);
    e.anchor = in.passage.word(after, -1);
    e.caret = after;
  } else if (i.clicks >= 3) {
    e.anchor = look.password ? 0 : in.passage.paragraph_edge(e.caret, false);
    e.caret = look.password ? e.text.size() : in.passage.paragraph_edge(e.caret, true);
  }
}

FieldResult Kit::field(const std::string& id, Rect r, const std::string& value, const FieldLook& look,
                       std::string& out) {
  Editing& e = fields_[id];
  if (e.seen != value) {  // changed from outside: another question, or another value
    if (e.text != value) e.set(value);
    e.seen = value;
  }
  enter(id, look.label.empty() ? look.placeholder : look.label, r, true, true, true);
  bool focused = focus_ == id;
  FieldResult result;
  if (const Input* i = input()) {
    bool press = i->kind == Input::Kind::press && hovered(r);
    bool drag = i->kind == Input::Kind::move && dragging_ == id;
    if (press) {
      focus_ = id;
      dragging_ = id;
    }
    if (press || drag) {
      point(e, inside(e, r, look), *i, look);
      Rect m = mirrored(r);
      drag_outside_ = drag && (i->x < m.x || i->x > m.right() || i->y < m.y || i->y > m.bottom());
      consumed_ = true;
    } else if (i->kind == Input::Kind::scroll && look.multiline && hovered(r)) {
      float before = e.scroll_y;
      e.scroll_y -= i->y * 3 * look.size * line_factor * scale_;
      (void)inside(e, r, look);  // within its bounds
      e.caret_seen = true;
      consumed_ = e.scroll_y != before;  // at its end the page scrolls
    } else if (focused) {
      EditRules rules{look.multiline, look.password, look.sensitive,
                      look.numeric,   look.degrees,  look.read_only};
      Edited done = edit(e, *i, inside(e, r, look).passage, rules, clipboard);
      consumed_ |= done.consumed;
      if (done.consumed) e.caret_seen = false;
      result = {done.changed, done.entered, done.withheld};
    }
    if (press || drag) e.caret_seen = false;
    out = e.text;
    if (result.changed) e.seen = value;
    return result;
  }
  out = e.text;
  if (drawing()) draw_field(e, r, look, focused);
  return result;
}

void Kit::draw_field(Editing& e, Rect r, const FieldLook& look, bool focused) {
  fill(r, look.read_only ? theme_->ground : theme_->card, 14);
  stroke(r, focused ? theme_->accent : theme_->line, 14, focused ? 2.f : 1.f);
  Inside in = inside(e, r, look);
  auto as_shown = [&](size_t index) { return look.password ? bullet_index(e.text, index) : index; };
  text::Box caret = in.passage.caret(as_shown(e.caret));
  if (!focused && !look.multiline) {  // shows its beginning
    e.scroll_x = in.passage.right_to_left ? in.passage.width : 0;
    in = inside(e, r, look);
  } else if (!e.caret_seen) {  // the caret is scrolled to, once after each key
    e.caret_seen = true;
    float room = 2 * scale_;
    if (!look.multiline) {
      e.scroll_x = std::clamp(e.scroll_x, caret.x + room - in.width, std::max(0.f, caret.x - room));
    } else {
      if (caret.y < e.scroll_y) e.scroll_y = caret.y;
      if (caret.y + caret.height > e.scroll_y + in.height) e.scroll_y = caret.y + caret.height - in.height;
    }
    in = inside(e, r, look);
  }
  if (e.text.empty() && !look.placeholder.empty())
    text({r.x + padding, r.y, r.w - 2 * padding, look.multiline ? look.size * 3 : r.h}, look.placeholder,
         theme_->faint, {.size = look.size, .wrap = false, .middle = true, .may_cut = true});
  if (!look.unit.empty())
    text({r.x + padding, r.y, r.w - 2 * padding, r.h}, look.unit, theme_->quiet,
         {.size = look.size, .align = Align::end, .wrap = false, .middle = true});
  Rect m = mirrored(r);
  mark_text({std::max(in.x / scale_, m.x + padding), m.y, std::min(in.passage.width / scale_, m.w - 2 * padding), m.h},
            look.password ? "" : e.text, theme_->ink, {.size = look.size, .may_cut = true}, false,
            in.passage.missing);
  if (!list_) return;
  list_->PushClipRect(ImVec2((m.x + 4) * scale_, (m.y + 2) * scale_),
                      ImVec2((m.x + m.w - 4) * scale_, (m.y + m.h - 2) * scale_), true);
  if (focused && e.caret != e.anchor)
    for (const text::Box& b : in.passage.selection(as_shown(e.from()), as_shown(e.to())))
      list_->AddRectFilled(ImVec2(in.x + b.x, in.y + b.y),
                           ImVec2(in.x + b.x + b.width, in.y + b.y + b.height),
                           (theme_->accent & 0x00ffffff) | 0x40000000, 3);
  float top = m.y * scale_;
  float bottom = m.bottom() * scale_;
  in.passage.each([&](const text::Paragraph& p, float y) {
    if (in.y + y < bottom && in.y + y + p.height > top) glyphs(p, in.x, in.y + y, theme_->ink);
  });
  if (focused) {
    auto bar = [&](const text::Box& at, float half, Colour c) {
      list_->AddRectFilled(ImVec2(std::floor(in.x + at.x) - half, in.y + at.y + 3),
                           ImVec2(std::floor(in.x + at.x) + half, in.y + at.y + at.height - 3), c);
    };
    // Between two directions: where the other one would go on, thinner.
    text::Box second = in.passage.second_caret(as_shown(e.caret));
    if (std::fabs(second.x - caret.x) > 1)
      bar({second.x, second.y, 0, second.height / 2}, scale_ * 0.6f, theme_->quiet);
    bar(caret, scale_, theme_->accent);
  }
  list_->PopClipRect();
  if (look.multiline && in.passage.height > in.height + 1) {  // how much more there is
    float part = in.height / in.passage.height;
    float along = e.scroll_y / in.passage.height;
    float h = r.h - 2 * padding;
    fill({r.right() - 8, r.y + padding + along * h, 4, std::max(18.f, part * h)}, theme_->line, 2);
  }
}

}  // namespace window
