#include "collector/window/kit.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "forms/base/utf8.h"

namespace window {
namespace {

ImVec2 at(float x, float y, float s) {
  return {x * s, y * s};
}

}  // namespace

void Kit::size(float width, float height, float scale) {
  width_ = width;
  height_ = height;
  scale_ = scale;
}

void Kit::target(ImDrawList* list, float u0, float v0, float u_per_pixel, float v_per_pixel) {
  list_ = list;
  u0_ = u0;
  v0_ = v0;
  du_ = u_per_pixel;
  dv_ = v_per_pixel;
}

void Kit::begin(const Input* input) {
  input_ = input;
  consumed_ = false;
  widgets_.clear();
  clips_.clear();
  areas_.clear();
  if (!input) return;
  if (input->kind == Input::Kind::move || input->kind == Input::Kind::press ||
      input->kind == Input::Kind::release) {
    mouse_x_ = input->x;
    mouse_y_ = input->y;
  }
  held_.clear();
  if (input->kind == Input::Kind::release) {
    held_ = dragging_;
    dragging_.clear();
    drag_outside_ = false;
  }
  // A character belongs where its key went down: the digit that chose an answer is not typed into the next
  // question.
  if (input->kind == Input::Kind::key) key_focus_ = focus_;
  if (input->kind == Input::Kind::press) key_focus_.reset();
  if (input->kind == Input::Kind::character && key_focus_ && *key_focus_ != focus_) consumed_ = true;
  walk_focus();
}

void Kit::end() {
  previous_ = widgets_;
  // A pass that changed the screen may have taken the focused widget away.
  bool there =
      std::any_of(previous_.begin(), previous_.end(), [&](const Widget& w) { return w.id == focus_; });
  if (!there && !input_) focus_.clear();
  input_ = nullptr;
}

// Tab and Shift+Tab walk through what the last pass showed, in its order.
void Kit::walk_focus() {
  if (input_->kind != Input::Kind::key || input_->key != Key::tab || input_->control || previous_.empty())
    return;
  std::vector<std::string> order;
  for (const Widget& w : previous_)
    if (w.enabled && w.focusable) order.push_back(w.id);
  if (order.empty()) return;
  auto now = std::find(order.begin(), order.end(), focus_);
  size_t index =
      now == order.end() ? (input_->shift ? 0 : order.size() - 1) : static_cast<size_t>(now - order.begin());
  index = (index + (input_->shift ? order.size() - 1 : 1)) % order.size();
  focus_ = order[index];
  consumed_ = true;
}

bool Kit::field_has_focus() const {
  return std::any_of(previous_.begin(), previous_.end(),
                     [&](const Widget& w) { return w.id == focus_ && w.field; });
}

bool Kit::key(Key key, bool control, bool alt) {
  const Input* i = input();
  if (!i || i->kind != Input::Kind::key || i->key != key || i->control != control || i->alt != alt)
    return false;
  consumed_ = true;
  return true;
}

bool Kit::letter(char upper, bool control, bool alt) {
  const Input* i = input();
  if (!i || i->kind != Input::Kind::key || i->letter != upper || i->control != control || i->alt != alt)
    return false;
  consumed_ = true;
  return true;
}

bool Kit::hovered(Rect r) const {
  Rect m = mirrored(r);
  bool inside = mouse_x_ >= m.x && mouse_x_ < m.x + m.w && mouse_y_ >= m.y && mouse_y_ < m.y + m.h;
  for (const Rect& c : clips_) {
    Rect cm = mirrored(c);
    inside =
        inside && mouse_x_ >= cm.x && mouse_x_ < cm.x + cm.w && mouse_y_ >= cm.y && mouse_y_ < cm.y + cm.h;
  }
  return inside;
}

std::optional<Kit::Spot> Kit::mouse_in(Rect r) const {
  if (!hovered(r)) return {};
  Rect m = mirrored(r);
  return Spot{mouse_x_ - m.x, mouse_y_ - m.y};
}

Rect Kit::in_sight() const {
  return clips_.empty() ? Rect{0, 0, width_, height_} : clips_.back();
}

void Kit::fill(Rect r, Colour c, float radius) {
  if (!drawing()) return;
  Rect m = mirrored(r);
  mark(Mark::Kind::fill, m, c);
  if (list_) list_->AddRectFilled(at(m.x, m.y, scale_), at(m.x + m.w, m.y + m.h, scale_), c, radius * scale_);
}

void Kit::stroke(Rect r, Colour c, float radius, float thickness) {
  if (!drawing()) return;
  Rect m = mirrored(r);
  mark(Mark::Kind::line, m, c);
  if (list_)
    list_->AddRect(at(m.x + .5f, m.y + .5f, scale_), at(m.x + m.w - .5f, m.y + m.h - .5f, scale_), c,
                   radius * scale_, 0, thickness * scale_);
}

void Kit::card(Rect r, float radius) {
  for (int i = 6; i > 0; --i)
    fill({r.x - static_cast<float>(i), r.y - static_cast<float>(i) + 4, r.w + 2 * static_cast<float>(i),
          r.h + 2 * static_cast<float>(i)},
         theme_->shadow, radius + static_cast<float>(i));
  fill(r, theme_->card, radius);
  if (theme_->outlined) stroke(r, theme_->line, radius);
}

void Kit::circle(float x, float y, float radius, Colour c, bool filled, float thickness) {
  if (!drawing()) return;
  float mx = rtl_ ? width_ - x : x;
  if (filled) mark(Mark::Kind::fill, {mx - radius, y - radius, 2 * radius, 2 * radius}, c);
  if (!list_) return;
  if (filled)
    list_->AddCircleFilled(at(mx, y, scale_), radius * scale_, c, 32);
  else
    list_->AddCircle(at(mx, y, scale_), radius * scale_, c, 32, thickness * scale_);
}

void Kit::glyphs(const text::Paragraph& p, float x, float y, Colour c) {
  if (!list_) return;
  float left = std::floor(x);
  float top = std::floor(y);
  text::Atlas& atlas = shaper_.atlas();
  for (const text::Glyph& g : p.glyphs) {
    if (g.missing()) {
      list_->AddRect(ImVec2(left + g.x, top + g.y), ImVec2(left + g.x + g.width, top + g.y + g.height), c);
      continue;
    }
    const text::Place& place = atlas.use(g.slot);
    if (place.width == 0) continue;
    ImVec2 a(left + g.x + static_cast<float>(place.left), top + g.y - static_cast<float>(place.top));
    ImVec2 b(a.x + static_cast<float>(place.width), a.y + static_cast<float>(place.height));
    ImVec2 ua(u0_ + static_cast<float>(place.x) * du_, v0_ + static_cast<float>(place.y) * dv_);
    ImVec2 ub(ua.x + static_cast<float>(place.width) * du_, ua.y + static_cast<float>(place.height) * dv_);
    list_->PrimReserve(6, 4);
    list_->PrimRectUV(a, b, ua, ub, c);
  }
}

void Kit::icon(Icon which, float x, float y, float size, Colour c) {
  if (!drawing() || which == Icon::none) return;
  std::string s;
  base::append_utf8(s, codepoint(which, rtl_));
  const text::Paragraph& p = shaper_.layout(s, {.size = size * scale_, .icons = true});
  float mx = rtl_ ? width_ - x : x;
  mark(Mark::Kind::icon, {mx - size / 2, y - size / 2, size, size}, c);
  glyphs(p, mx * scale_ - p.width / 2, y * scale_ - p.height / 2, c);
}

text::Style Kit::style_of(const TextLook& look, float width) const {
  return {.size = look.size * scale_,
          .bold = look.bold,
          .wrap = look.wrap ? width * scale_ : 0,
          .centre = look.align == Align::centre && look.wrap,
          .cut = look.wrap && look.most_lines > 0,
          .most_lines = std::max(1, look.most_lines),
          .rtl = rtl_,
          .screen = !look.natural};
}

float Kit::text_height(float width, const std::string& s, const TextLook& look) {
  return s.empty() ? 0 : shaper_.layout(s, style_of(look, width)).height / scale_;
}

float Kit::text_width(const std::string& s, const TextLook& look) {
  TextLook line = look;
  line.wrap = false;
  return s.empty() ? 0 : shaper_.layout(s, style_of(line, 0)).width / scale_;
}

float Kit::text(Rect r, const std::string& s, Colour c, const TextLook& look) {
  if (s.empty()) return 0;
  text::Style style = style_of(look, r.w);
  const text::Paragraph* whole = &shaper_.layout(s, style);
  bool too_long = !look.wrap && r.w > 0 && whole->width > r.w * scale_ + 1;
  if (too_long) {
    style.wrap = r.w * scale_;
    style.cut = true;
    whole = &shaper_.layout(s, style);
  }
  const text::Paragraph& p = *whole;
  if (!drawing()) return p.height / scale_;
  Rect m = mirrored(r);
  float x = m.x * scale_;
  bool to_right = (look.align == Align::end) != rtl_;  // the side as seen
  if (look.align == Align::centre) {
    if (!look.wrap) x = (m.x + m.w / 2) * scale_ - p.width / 2;
  } else if (!look.wrap || (p.lines == 1 && !look.natural)) {
    // What does not fit shows its own beginning.
    if (too_long) to_right = p.right_to_left;
    x = (to_right ? (m.x + m.w) * scale_ - p.width : m.x * scale_) - p.left;
  }
  float y = look.middle ? (m.y + m.h / 2) * scale_ - p.height / 2 : m.y * scale_;
  mark_text({(x + p.left) / scale_, y / scale_, p.width / scale_, p.height / scale_}, s, c, look, too_long,
            p.missing);
  glyphs(p, x, y, c);
  return p.height / scale_;
}

void Kit::mark(Mark::Kind kind, Rect seen, Colour c) {
  if (!marks_ || input_) return;
  Mark m;
  m.kind = kind;
  m.place = seen;
  m.clip = {0, 0, width_, height_};
  m.colour = c;
  m.scrolls = !areas_.empty();
  for (const Rect& r : clips_) {
    Rect clip = mirrored(r);
    float right = std::min(m.clip.right(), clip.right());
    float bottom = std::min(m.clip.bottom(), clip.bottom());
    m.clip.x = std::max(m.clip.x, clip.x);
    m.clip.y = std::max(m.clip.y, clip.y);
    m.clip.w = std::max(0.f, right - m.clip.x);
    m.clip.h = std::max(0.f, bottom - m.clip.y);
  }
  marks_->push_back(std::move(m));
}

void Kit::mark_text(Rect seen, const std::string& words, Colour c, const TextLook& look, bool cut,
                    int missing) {
  if (!marks_ || input_) return;
  mark(Mark::Kind::text, seen, c);
  Mark& m = marks_->back();
  m.words = words;
  m.size = look.size;
  m.cut = cut;
  m.may_cut = look.may_cut;
  m.missing = missing;
}

void Kit::clip(Rect r) {
  clips_.push_back(r);
  if (!drawing() || !list_) return;
  Rect m = mirrored(r);
  list_->PushClipRect(at(m.x, m.y, scale_), at(m.x + m.w, m.y + m.h, scale_), true);
}

void Kit::unclip() {
  clips_.pop_back();
  while (!areas_.empty() && clips_.size() <= areas_.back().depth) areas_.pop_back();
  if (drawing() && list_) list_->PopClipRect();
}

bool Kit::hit(const std::string& id, Rect r, const std::string& label, bool enabled, bool focusable) {
  enter(id, label, r, enabled, focusable, false);
  bool focused = focus_ == id && focusable;
  if (focused && drawing()) {
    Rect ring{r.x - 3, r.y - 3, r.w + 6, r.h + 6};
    stroke(ring, theme_->accent, 14, 2.5f);
    mark(Mark::Kind::ring, mirrored(ring), theme_->accent);
  }
  const Input* i = input();
  if (!i || !enabled) return false;
  bool pressed = i->kind == Input::Kind::press && hovered(r);
  bool keyed = focused && i->kind == Input::Kind::key && (i->key == Key::enter || i->key == Key::space) &&
               !i->control && !i->alt;
  keyed_ = keyed;
  if (!pressed && !keyed) return false;
  if (pressed && focusable) focus_ = id;
  consumed_ = true;
  return true;
}

bool Kit::part(const std::string& id, Rect place, const std::string& label, bool over, bool enabled) {
  enter(id, label, place, enabled, false, false);
  const Input* i = input();
  bool pressed = i && enabled && over && i->kind == Input::Kind::press;
  if (pressed) consumed_ = true;
  return pressed;
}

bool Kit::button(const std::string& id, Rect r, const std::string& label, Look look, bool enabled, Icon which,
                 bool icon_after, const char* key) {
  bool over = enabled && hovered(r);
  Colour ink = look == Look::primary ? theme_->on_accent : look == Look::quiet ? theme_->quiet : theme_->ink;
  if (!enabled) ink = theme_->faint;
  if (look == Look::primary && enabled) {
    fill(r, theme_->accent, 14);
  } else if (look == Look::primary) {
    fill(r, theme_->ground, 14);
    stroke(r, theme_->outlined ? theme_->faint : theme_->line, 14);
  } else if (look == Look::plain) {
    fill(r, over ? theme_->hover : theme_->card, 14);
    stroke(r, !enabled && theme_->outlined ? theme_->faint : theme_->line, 14);
  } else if (look == Look::chip) {
    fill(r, over ? theme_->hover : theme_->card, r.h / 2);
    stroke(r, theme_->line, r.h / 2);
  } else if (over) {
    fill(r, theme_->hover, 12);
  }
  float size = look == Look::primary ? 17.5f : 16;
  TextLook t{
      .size = size, .bold = look == Look::primary, .align = Align::centre, .wrap = false, .middle = true};
  if (label.empty()) {  // a picture alone
    icon(which, r.x + r.w / 2, r.y + r.h / 2, std::min(24.f, r.h * 0.55f), ink);
    return hit(id, r, label, enabled);
  }
  float icon_room = which == Icon::none ? 0 : 30;
  float cap = key ? cap_width(key) + 14 : 0;
  float room = r.w - icon_room - 8 - cap;
  while (t.size > 13 && text_width(label, t) > room) t.size -= 0.5f;  // a long translation is a little smaller
  float w = std::min(text_width(label, t), room);
  float x = r.x + (r.w - w - icon_room - cap) / 2 + (icon_after ? cap : 0);
  if (key) key_cap(icon_after ? r.x + 12 : r.right() - 12, r.y + r.h / 2, key, !icon_after);
  if (which != Icon::none) icon(which, icon_after ? x + w + 20 : x + 8, r.y + r.h / 2, 20, ink);
  text({icon_after ? x : x + icon_room, r.y, w, r.h}, label, ink,
       {.size = t.size, .bold = t.bold, .wrap = false, .middle = true});
  return hit(id, r, label, enabled);
}

constexpr TextLook cap_look{.size = 12, .bold = true, .align = Align::centre, .wrap = false, .middle = true};

float Kit::cap_width(const std::string& name) {
  return std::max(24.f, text_width(name, cap_look) + 12);
}

float Kit::key_cap(float x, float y, const std::string& name, bool end) {
  float w = cap_width(name);
  Rect r{end ? x - w : x, y - 11, w, 22};
  fill(r, theme_->ground, 6);
  stroke(r, theme_->line, 6);
  text(r, name, theme_->quiet, cap_look);
  if (marks_ && !input_) marks_->back().cap = true;
  return w;
}

void Kit::veil() {
  fill({0, 0, width_, height_}, theme_->veil);
  widgets_.clear();
}

void Kit::progress(Rect r, float part) {
  fill(r, theme_->line, r.h / 2);
  float w = std::clamp(part, 0.f, 1.f) * r.w;
  if (w > 0) fill({r.x, r.y, std::max(w, r.h), r.h}, theme_->accent, r.h / 2);
}

float Kit::scroll_area(const std::string& id, Rect r, float content) {
  float& offset = scrolls_[id];
  const Input* i = input();
  float most = std::max(0.f, content - r.h);
  areas_.push_back({id, r, clips_.size()});
  if (i && i->kind == Input::Kind::scroll && hovered(r) && most > 0) {
    offset -= i->y * 60;
    consumed_ = true;
  }
  offset = std::clamp(offset, 0.f, most);
  if (most > 0 && drawing()) {
    float part = r.h / content;
    fill({r.right() - 6, r.y + offset / content * r.h, 4, std::max(24.f, part * r.h)}, theme_->line, 2);
  }
  return offset;
}

// Enters a widget; one that a key led to is scrolled to.
void Kit::enter(const std::string& id, const std::string& label, Rect r, bool enabled, bool focusable,
                bool field) {
  widgets_.push_back({id, label, mirrored(r), enabled, focusable, field, {}});
  bool led = input_ && input_->kind == Input::Kind::key && input_->key == Key::tab && focus_ == id;
  if (areas_.empty() || (!led && reveal_ != id)) return;
  const Area& area = areas_.back();
  show_in_area(area.id, area.place, r.y - area.place.y + scrolls_[area.id] - 4, r.h + 8);
  reveal_.clear();
}

void Kit::show_in_area(const std::string& id, Rect r, float top, float height) {
  float& offset = scrolls_[id];
  if (top < offset) offset = top;
  if (top + height > offset + r.h) offset = top + height - r.h;
}

}  // namespace window
