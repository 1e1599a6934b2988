// One choice as a card, and what keys do to a list of them.
#include <algorithm>
#include <charconv>

#include "collector/window/controls/control.h"

namespace window {

namespace {

constexpr float least_height = 60, least_tight = 50;

TextLook label_look(const app::ChoiceView& choice, const CardLook& look) {
  return {.size = look.tight ? 16.f : 17.5f, .bold = choice.chosen, .middle = true};
}

constexpr float highest_picture = 110, widest_picture = 150, beside_picture = 12;

// The form's picture of a choice, before its words, in a card of this width; never larger than it is.
Rect picture_size(const app::ChoiceView& choice, float card, float most_height) {
  if (!choice.picture || choice.picture->width < 1 || choice.picture->height < 1) return {};
  auto w = static_cast<float>(choice.picture->width);
  auto h = static_cast<float>(choice.picture->height);
  float part = std::min({1.f, std::min(widest_picture, card * 0.35f) / w, most_height / h});
  return {0, 0, w * part, h * part};
}

// From the card's edge to its picture, and from its words to its end.
float before(const CardLook& look) {
  return look.marks ? (look.tight ? 50.f : 60.f) : 18.f;
}
float behind(const CardLook& look) {
  return look.number > 0 ? (look.tight ? 50.f : 66.f) : 16.f;
}

}  // namespace

const Input* Asked::free_key() const {
  const Input* i = kit.input();
  bool key = active && can() && i && i->kind == Input::Kind::key && !i->control && !i->alt;
  return key && !kit.field_has_focus() ? i : nullptr;
}

float choice_picture_room(const app::ChoiceView& choice, float card) {
  float w = picture_size(choice, card, highest_picture).w;
  return w > 0 ? w + beside_picture : 0;
}

float choice_card_height(Asked& a, const app::ChoiceView& choice, float width, const CardLook& look) {
  float w = width - before(look) - behind(look) - choice_picture_room(choice, width);
  TextLook label = label_look(choice, look);
  label.bold = true;  // so that choosing does not move what stands below
  float h = a.kit.text_height(w, choice.label, label);
  if (!choice.second.empty()) h += a.kit.text_height(w, choice.second, {.size = 13.5f});
  float picture = picture_size(choice, width, highest_picture).h;
  return std::max({look.tight ? least_tight : least_height, h + (look.tight ? 20.f : 26.f), picture > 0 ? picture + 16 : 0});
}

void draw_choice_card(Asked& a, const app::ChoiceView& choice, Rect c, const CardLook& look) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  bool on = choice.chosen;
  kit.fill(c, on ? t.soft : look.highlighted ? t.hover : t.card, 14);
  kit.stroke(c, on || look.highlighted ? t.accent : t.line, 14, on ? 2.5f : 1.5f);
  float cy = c.y + c.h / 2;
  float cx = c.x + (look.tight ? 26 : 31);
  if (look.marks && look.box) {
    Rect box{cx - 11, cy - 11, 22, 22};
    on ? kit.fill(box, t.accent, 6) : kit.stroke(box, t.quiet, 6, 1.5f);
  } else if (look.marks) {
    kit.circle(cx, cy, 11, on ? t.accent : t.quiet, on, 1.5f);
  }
  if (look.marks && on) kit.icon(Icon::check, cx, cy, 15, t.on_accent);
  float x = c.x + before(look);
  float w = c.w - before(look) - behind(look);
  if (Rect size = picture_size(choice, c.w, std::min(highest_picture, c.h - 12)); size.w > 0) {
    kit.picture({x, cy - size.h / 2, size.w, size.h}, choice.picture);
    x += size.w + beside_picture;
    w -= size.w + beside_picture;
  }
  TextLook label = label_look(choice, look);
  if (choice.second.empty()) {
    kit.text({x, c.y, w, c.h}, choice.label, t.ink, label);
  } else {
    label.middle = false;
    float h = kit.text_height(w, choice.label, label);
    float second = kit.text_height(w, choice.second, {.size = 13.5f});
    kit.text({x, cy - (h + second) / 2, w, h}, choice.label, t.ink, label);
    kit.text({x, cy - (h + second) / 2 + h, w, second}, choice.second, t.quiet, {.size = 13.5f});
  }
  if (look.number == 0) return;
  float side = look.tight ? 26 : 30;
  Rect chip{c.right() - side - (look.tight ? 14 : 20), cy - side / 2, side, side};
  kit.fill(chip, on ? t.accent : t.ground, 8);
  if (!on) kit.stroke(chip, t.line, 8);
  kit.text(chip, std::to_string(look.number), on ? t.on_accent : t.quiet,
           {.size = 14, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
}

void choose(Asked& a, const app::ChoiceView& choice) {
  if (!a.can()) return;
  a.events.push_back(app::ToggleChoice{a.q.id, choice.value});
  if (a.q.control.advances && a.q.control.kind == definition::ControlKind::choice_one)
    a.events.push_back(app::NextPage{});
}

void choice_widget(Asked& a, const app::ChoiceView& choice, Rect r) {
  if (a.kit.hit("choice." + a.q.id + "." + choice.value, r, choice.label, a.can())) choose(a, choice);
  if (choice.chosen) a.kit.state("chosen");
}

void keyed_choices(Asked& a, const std::vector<size_t>& visible, int columns) {
  const Input* i = a.free_key();
  if (!i || visible.empty()) return;
  auto widget = [&](size_t n) { return "choice." + a.q.id + "." + a.q.choices[visible[n]].value; };
  auto take = [&](size_t n) {
    if (n >= 1 && n <= visible.size()) {
      choose(a, a.q.choices[visible[n - 1]]);
      a.kit.reveal(widget(n - 1));  // what was chosen is seen
    }
    a.scratch.digits.clear();
    a.kit.consume();
  };
  if (i->key == Key::digit) {
    if (visible.size() <= 9) return take(static_cast<size_t>(i->digit));
    a.scratch.digits += static_cast<char>('0' + i->digit);
    size_t n = 0;
    std::from_chars(a.scratch.digits.data(), a.scratch.digits.data() + a.scratch.digits.size(), n);
    if (a.scratch.digits.size() >= 2 || n * 10 > visible.size()) return take(n);
    a.kit.consume();
    return;
  }
  if ((i->key == Key::erase || i->key == Key::backspace) && a.q.answered) {
    a.answer("");
    a.kit.consume();
    return;
  }
  // Arrows walk from choice to choice; on a page of several, only once the focus is among them.
  bool sideways = columns > 1 && (i->key == Key::left || i->key == Key::right);
  if (!sideways && i->key != Key::up && i->key != Key::down) return;
  size_t at = 0;
  while (at < visible.size() && a.kit.focus() != widget(at)) ++at;
  bool within = at < visible.size();
  if (!within && !a.alone) return;
  bool on = i->key == Key::down || (i->key == Key::right) != a.kit.is_rtl();
  if (i->key == Key::up) on = false;
  long step = sideways ? 1 : std::max(1, columns);
  long next = !within ? (on ? 0 : static_cast<long>(visible.size()) - 1)
                      : static_cast<long>(at) + (on ? step : -step);
  if (next < 0 || next >= static_cast<long>(visible.size())) {
    if (!a.alone) return;  // beyond the ends: the page's own
    next = std::clamp<long>(next, 0, static_cast<long>(visible.size()) - 1);
    if (within) next = static_cast<long>(at);
  }
  a.kit.focus(widget(static_cast<size_t>(next)));
  a.kit.reveal(widget(static_cast<size_t>(next)));
  a.kit.consume();
}

}  // namespace window
