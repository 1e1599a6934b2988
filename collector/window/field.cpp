// Text fields: bidi caret, selection, graphemes, undo, clipboard; one line or several.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "collector/window/kit.h"
#include "forms/base/utf8.h"

namespace window {
namespace {

constexpr float padding = 14;
constexpr size_t most_undo = 200;
constexpr size_t longest = 100000;

void remember(Editing& e) {
  e.undo.emplace_back(e.text, e.caret);
  if (e.undo.size() > most_undo) e.undo.erase(e.undo.begin());
  e.redo.clear();
}

void insert(Editing& e, const std::string& s) {
  remember(e);
  size_t from = std::min(e.caret, e.anchor);
  size_t to = std::max(e.caret, e.anchor);
  e.text.replace(from, to - from, s);
  e.caret = e.anchor = from + s.size();
}

void erase(Editing& e, size_t from, size_t to) {
  remember(e);
  e.text.erase(from, to - from);
  e.caret = e.anchor = from;
}

bool is_digit(uint32_t c) {
  return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6f0 && c <= 0x6f9);
}

// What a key means in a number or a date: on AZERTY the key of "&" is the key of 1, and what stands right of
// the digits (")" there, "°" with Shift) is the minus of other layouts.
uint32_t numeric_character(uint32_t c, int digit) {
  if (digit >= 0 && !is_digit(c)) return static_cast<uint32_t>('0' + digit);
  return c == ')' || c == 0xb0 || c == 0x2212 ? '-' : c;
}

// A paste without control characters; one line where one line is wanted.
std::string cleaned(const std::string& s, bool multiline) {
  std::string out;
  for (uint32_t c : base::code_points(s)) {
    if (c == '\r') continue;
    if (c == '\n' || c == '\t') c = multiline && c == '\n' ? '\n' : ' ';
    if (c >= 0x20 || c == '\n') base::append_utf8(out, c);
  }
  return out.substr(0, longest);
}

}  // namespace

// Handles this pass's input when it concerns the text; true: consumed.
bool Kit::edit(Editing& e, const text::Paragraph& p, const FieldLook& look, FieldResult& result) {
  const Input* i = input();
  if (!i) return false;
  std::string before = e.text;
  int digit = std::exchange(e.digit, -1);
  if (i->kind == Input::Kind::character) {
    if (i->character < 0x20 || i->character == 0x7f || e.text.size() > longest) return false;
    std::string s;
    base::append_utf8(s, look.numeric ? numeric_character(i->character, digit) : i->character);
    insert(e, s);
  } else if (i->kind == Input::Kind::key) {
    if (i->alt) return false;
    size_t from = std::min(e.caret, e.anchor);
    size_t to = std::max(e.caret, e.anchor);
    bool moves = true;
    switch (i->key) {
      case Key::left:
        e.caret = i->control ? p.word(e.caret, p.right_to_left ? 1 : -1) : p.move(e.caret, -1);
        break;
      case Key::right:
        e.caret = i->control ? p.word(e.caret, p.right_to_left ? -1 : 1) : p.move(e.caret, 1);
        break;
      case Key::up:
        if (!look.multiline) return false;
        e.caret = p.line(e.caret, -1);
        break;
      case Key::down:
        if (!look.multiline) return false;
        e.caret = p.line(e.caret, 1);
        break;
      case Key::home:
        e.caret = i->control ? 0 : p.line_edge(e.caret, false);
        break;
      case Key::end:
        e.caret = i->control ? e.text.size() : p.line_edge(e.caret, true);
        break;
      default:
        moves = false;
    }
    if (moves) {
      e.caret = std::min(e.caret, e.text.size());
      if (!i->shift) e.anchor = e.caret;
      return true;
    }
    if (i->key == Key::backspace) {
      if (from != to)
        erase(e, from, to);
      else if (from > 0)
        erase(e, i->control ? p.word(from, -1) : p.erase_from(from), from);
    } else if (i->key == Key::erase) {
      if (from != to)
        erase(e, from, to);
      else if (from < e.text.size())
        erase(e, from, i->control ? p.word(from, 1) : p.grapheme(from, 1));
    } else if (i->key == Key::enter) {
      if (!look.multiline || i->control) {
        result.entered = true;
        return true;
      }
      insert(e, "\n");
    } else if (i->control && i->letter == 'A') {
      e.anchor = 0;
      e.caret = e.text.size();
      return true;
    } else if (i->control && (i->letter == 'C' || i->letter == 'X')) {
      if (!look.password && from != to && copy) copy(e.text.substr(from, to - from));
      if (i->letter == 'X' && !look.password && from != to) erase(e, from, to);
    } else if (i->control && i->letter == 'V') {
      if (paste) insert(e, cleaned(paste(), look.multiline));
    } else if (i->control && (i->letter == 'Z' || i->letter == 'Y')) {
      auto& source = i->letter == 'Z' && !i->shift ? e.undo : e.redo;
      auto& target = &source == &e.undo ? e.redo : e.undo;
      if (!source.empty()) {
        target.emplace_back(e.text, e.caret);
        e.text = source.back().first;
        e.caret = e.anchor = std::min(source.back().second, e.text.size());
        source.pop_back();
      }
    } else {
      // A key that makes a character will come as one.
      if (i->key == Key::digit && !i->control) e.digit = i->digit;
      return i->key == Key::space || (i->key == Key::digit && !i->control) ||
             (i->key == Key::letter && !i->control);
    }
  } else {
    return false;
  }
  result.changed = e.text != before;
  return true;
}

FieldResult Kit::field(const std::string& id, Rect r, const std::string& value, const FieldLook& look,
                       std::string& out) {
  Editing& e = fields_[id];
  if (e.seen != value) {  // changed from outside: another question, or another value
    if (e.text != value) {
      e.text = value;
      e.caret = e.anchor = value.size();
      e.undo.clear();
      e.redo.clear();
    }
    e.seen = value;
  }
  enter(id, look.placeholder, r, true, true, true);
  bool focused = focus_ == id;
  fill(r, theme_->card, 14);
  stroke(r, focused ? theme_->accent : theme_->line, 14, focused ? 2.f : 1.f);
  std::string shown = e.text;
  if (look.password) {
    shown.clear();
    for (size_t i = 0; i < base::length(e.text); ++i) shown += "•";
  }
  text::Style style{.size = look.size * scale_,
                    .wrap = look.multiline ? (r.w - 2 * padding) * scale_ : 0,
                    .line = look.size * 1.7f * scale_};
  FieldResult result;
  const text::Paragraph* p = &shaper_.layout(shown, style);
  auto origin = [&]() -> std::pair<float, float> {
    Rect m = mirrored(r);
    float x = (m.x + padding) * scale_;
    if (!look.multiline && (p->right_to_left || (e.text.empty() && rtl_)))
      x = (m.x + m.w - padding) * scale_ - p->width;
    float y = look.multiline ? (m.y + padding) * scale_ - e.scroll : (m.y + m.h / 2) * scale_ - p->height / 2;
    return {x, y};
  };
  auto as_shown = [&](size_t index) {
    return look.password ? base::length(std::string_view(e.text).substr(0, index)) * 3 : index;
  };
  if (const Input* i = input()) {
    bool press = i->kind == Input::Kind::press && hovered(r);
    if (press) {
      focus_ = id;
      dragging_ = id;
      focused = true;
    }
    if (press || (i->kind == Input::Kind::move && dragging_ == id)) {
      auto [x, y] = origin();
      if (!look.password) e.caret = std::min(p->hit(i->x * scale_ - x, i->y * scale_ - y), e.text.size());
      if (press && !i->shift) e.anchor = e.caret;
      if (press && i->clicks == 2) {
        e.anchor = p->word(e.caret, -1);
        e.caret = p->word(e.caret, 1);
      }
      consumed_ = true;
    } else if (focused && edit(e, *p, look, result)) {
      consumed_ = true;
    }
    out = e.text;
    if (result.changed) e.seen = value;
    return result;
  }
  out = e.text;
  if (!drawing()) return result;
  Rect m = mirrored(r);
  if (e.text.empty() && !look.placeholder.empty())
    text({r.x + padding, r.y, r.w - 2 * padding, look.multiline ? look.size * 3 : r.h}, look.placeholder,
         theme_->quiet, {.size = look.size, .wrap = false, .middle = true});
  mark_text({m.x + padding, m.y, std::min(p->width / scale_, m.w - 2 * padding), m.h},
            look.password ? "" : shown, theme_->ink, {.size = look.size, .may_cut = true}, false, p->missing);
  if (!list_) return result;
  list_->PushClipRect(ImVec2((m.x + 2) * scale_, (m.y + 2) * scale_),
                      ImVec2((m.x + m.w - 2) * scale_, (m.y + m.h - 2) * scale_), true);
  text::Box caret = p->caret(as_shown(e.caret));
  float inner = (r.h - 2 * padding) * scale_;
  if (look.multiline) {
    if (caret.y < e.scroll) e.scroll = caret.y;
    if (caret.y + caret.height > e.scroll + inner) e.scroll = caret.y + caret.height - inner;
  }
  auto [x, y] = origin();
  if (focused && e.caret != e.anchor)
    for (const text::Box& b :
         p->selection(as_shown(std::min(e.caret, e.anchor)), as_shown(std::max(e.caret, e.anchor))))
      list_->AddRectFilled(ImVec2(x + b.x, y + b.y), ImVec2(x + b.x + b.width, y + b.y + b.height),
                           (theme_->accent & 0x00ffffff) | 0x40000000, 3);
  glyphs(*p, x, y, theme_->ink);
  if (focused)
    list_->AddRectFilled(ImVec2(std::floor(x + caret.x) - scale_, y + caret.y + 3),
                         ImVec2(std::floor(x + caret.x) + scale_, y + caret.y + caret.height - 3),
                         theme_->accent);
  list_->PopClipRect();
  return result;
}

}  // namespace window
