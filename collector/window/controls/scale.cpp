// A number from a range: a row of buttons while they are few, stars, or a line with a thumb; typed in any case.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "collector/app/locale.h"
#include "collector/window/controls/control.h"

namespace window {

using definition::Control;
using definition::ControlKind;
using definition::ScaleLook;

namespace {

constexpr int most_buttons = 21;

std::string written(double value) {
  char text[64];
  value = std::round(value * 1e9) / 1e9;
  if (value == 0) value = 0;
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

struct Range {
  double low, high, step;
  explicit Range(const Control& c) : low(c.scale_min), high(c.scale_max), step(c.scale_step) {}
  int steps() const { return static_cast<int>(std::floor((high - low) / step + 1e-9)); }
  double at(int n) const { return low + n * step; }
  int nearest(double value) const {
    return std::clamp(static_cast<int>(std::lround((value - low) / step)), 0, steps());
  }
};

bool answer_of(const app::QuestionView& q, double& value) {
  auto [end, error] = std::from_chars(q.value.data(), q.value.data() + q.value.size(), value);
  return error == std::errc() && end == q.value.data() + q.value.size();
}

void take(Asked& a, const Range& range, int n) {
  a.scratch.pending.erase(field_id(a.q));
  a.answer(written(range.at(std::clamp(n, 0, range.steps()))));
}

// The digits of a number up to the range's end, typed without a field: 1 and 0 make 10.
void keyed_digits(Asked& a, const Range& range) {
  const Input* i = a.free_key();
  if (!i) return;
  if ((i->key == Key::erase || i->key == Key::backspace) && a.q.answered) {
    a.answer("");
    a.kit.consume();
    return;
  }
  if (i->key != Key::digit) return;
  std::string digit = std::to_string(i->digit);
  std::string joined = a.q.value == "1" && i->digit == 0 && range.high >= 10 ? "10" : digit;
  double value = 0;
  std::from_chars(joined.data(), joined.data() + joined.size(), value);
  a.kit.consume();
  if (value >= range.low && value <= range.high) a.answer(joined);
}

// A field for what no button says: -98, a number between.
void other_number(Asked& a, Rect r, bool shown) {
  app::QuestionView other = a.q;
  other.control = {.kind = ControlKind::number_entry};
  if (!shown) other.shown.clear();
  Asked b{a.kit, a.s, other, a.alone, a.active, a.scratch, a.events};
  draw_number_entry(b, r);
}

// The name of a step, under it, and in the language beside; returns the height used.
float tick_words(Kit& kit, const app::TickView& tick, Rect place, Align align) {
  float h = kit.text(place, tick.label, kit.look().quiet, {.size = 13.5f, .align = align});
  if (!tick.second.empty())
    h += kit.text({place.x, place.y + h, place.w, place.h}, tick.second, kit.look().quiet, {.size = 13, .align = align});
  return h;
}

float draw_buttons(Asked& a, Rect r, const Range& range) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  int count = range.steps() + 1;
  float gap = count > 12 ? 5.f : 8.f;
  float w = std::min(70.f, (r.w - gap * static_cast<float>(count - 1)) / static_cast<float>(count));
  double value = 0;
  bool answered = answer_of(a.q, value);
  bool on_scale = false;
  std::string language = a.s.language();
  std::vector<std::string> words;
  float widest = 0;
  for (int n = 0; n < count; ++n) {
    words.push_back(app::write_ungrouped(language, written(range.at(n))));
    widest = std::max(widest, kit.text_width(words.back(), {.size = 19, .bold = true}));
  }
  float size = std::min(19.f, 19.f * (w - 6) / std::max(1.f, widest));
  for (int n = 0; n < count; ++n) {
    Rect c{r.x + static_cast<float>(n) * (w + gap), r.y, w, 58};
    bool on = answered && std::fabs(value - range.at(n)) < 1e-9;
    on_scale = on_scale || on;
    kit.fill(c, on ? t.accent : t.card, 12);
    kit.stroke(c, on ? t.accent : t.line, 12, 1.5f);
    kit.text(c, words[static_cast<size_t>(n)], on ? t.on_accent : t.ink,
             {.size = size, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
    std::string id = "scale." + a.q.id + "." + written(range.at(n));
    if (kit.hit(id, c, words[static_cast<size_t>(n)], a.can())) take(a, range, n);
    if (on) kit.state("chosen");
  }
  float y = r.y + 66;
  // Named steps under their buttons; the ends' names may reach inwards.
  float high = 0;
  for (const app::TickView& tick : a.q.ticks) {
    int n = range.nearest(tick.at);
    float x = r.x + static_cast<float>(n) * (w + gap);
    float room = std::max(w + gap, 130.f);
    bool last = n == count - 1 && count > 1;
    Rect place{n == 0 ? x : last ? x + w - room : x + w / 2 - room / 2, y, room, 40};
    Align align = n == 0 ? Align::start : last ? Align::end : Align::centre;
    high = std::max(high, tick_words(kit, tick, place, align));
  }
  keyed_digits(a, range);
  y += high + 8;
  // Every whole number has its button, and a range takes nothing beyond its ends: there is no other number.
  bool all = std::fabs(range.step - 1) < 1e-9 && (!answered || on_scale);
  if (all) return y - r.y;
  std::string label = tr(a.s, "interview.other_number.label");
  float lw = kit.text_width(label, {.size = 14.5f}) + 14;
  kit.text({r.x, y, lw, 56}, label, t.quiet, {.size = 14.5f, .wrap = false, .middle = true});
  other_number(a, {r.x + lw, y, 170, 56}, !on_scale);
  return y - r.y + 64;
}

float draw_stars(Asked& a, Rect r, const Range& range) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  int count = range.steps() + 1;
  double value = 0;
  bool answered = answer_of(a.q, value);
  float w = std::min(64.f, r.w / static_cast<float>(count));
  for (int n = 0; n < count; ++n) {
    Rect c{r.x + static_cast<float>(n) * w, r.y, w, 60};
    bool on = answered && range.at(n) <= value + 1e-9;
    kit.icon(on ? Icon::star : Icon::no_star, c.x + w / 2, c.y + 30, std::min(44.f, w - 6),
             on ? t.accent : t.quiet);
    std::string id = "scale." + a.q.id + "." + written(range.at(n));
    if (kit.hit(id, c, app::write_ungrouped(a.s.language(), written(range.at(n))), a.can()))
      take(a, range, n);
    if (answered && std::fabs(value - range.at(n)) < 1e-9) kit.state("chosen");
  }
  keyed_digits(a, range);
  if (answered)
    kit.text({r.x + static_cast<float>(count) * w + 14, r.y, 120, 60},
             a.q.shown + " / " + app::write_ungrouped(a.s.language(), written(range.high)), t.quiet,
             {.size = 16, .wrap = false, .middle = true});
  return 70;
}

// Where ticks stand, and what they say: the form's names, else numbers where there is room.
std::vector<app::TickView> ticks_of(Asked& a, const Range& range, float room) {
  if (!a.q.ticks.empty()) return a.q.ticks;
  std::vector<app::TickView> out;
  if (!a.q.control.ticks) return out;
  double every = a.q.control.tick_every;
  if (every <= 0 || (range.high - range.low) / every > 40) {
    // 1, 2, 5 × a power of ten, at least 60 pixels apart and never between two steps.
    double least = (range.high - range.low) * 60 / std::max(60.f, room);
    every = std::pow(10.0, std::floor(std::log10(std::max(least, 1e-9))));
    for (double factor : {2.0, 2.5, 2.0})
      if (every < least) every *= factor;
    every = std::max(every, range.step);
  }
  for (int n = 0; range.low + n * every <= range.high + 1e-9 && n < 60; ++n) {
    double at = range.low + n * every;
    out.push_back({at, app::write_decimal(a.s.language(), written(at))});
  }
  return out;
}

float draw_slider(Asked& a, Rect r, const Range& range) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  const Control& c = a.q.control;
  double value = c.rests_at;
  bool answered = answer_of(a.q, value);
  bool thumb = answered || c.rests;
  bool vertical = c.vertical;
  float length = vertical ? 260.f : std::min(r.w, 640.f) - 32;
  Kit::Spot low = vertical ? Kit::Spot{r.x + 28, r.y + 14 + length} : Kit::Spot{r.x + 16, r.y + 28};
  auto spot = [&](double at) {
    auto part = static_cast<float>((at - range.low) / (range.high - range.low)) * length;
    return vertical ? Kit::Spot{low.x, low.y - part} : Kit::Spot{low.x + part, low.y};
  };
  Rect track = vertical ? Rect{low.x - 3, low.y - length, 6, length} : Rect{low.x, low.y - 3, length, 6};
  kit.fill(track, t.line, 3);
  if (answered) {
    Kit::Spot s = spot(value);
    kit.fill(vertical ? Rect{track.x, s.y, 6, low.y - s.y} : Rect{track.x, track.y, s.x - low.x, 6}, t.accent,
             3);
  }
  float below = 0;
  std::vector<app::TickView> ticks = ticks_of(a, range, vertical ? length * 2 : length);
  float room = ticks.size() > 1 ? std::max(60.f, length / static_cast<float>(ticks.size() - 1)) : 200.f;
  for (const app::TickView& tick : ticks) {
    Kit::Spot s = spot(tick.at);
    if (vertical) {
      if (c.ticks) kit.fill({s.x + 8, s.y - 1, 8, 2}, t.quiet);
      TextLook look{.size = 13.5f, .wrap = false, .middle = true};
      float label = kit.text_width(tick.label, look);
      kit.text({s.x + 24, s.y - 12, 300, 24}, tick.label, t.quiet, look);
      if (!tick.second.empty()) kit.text({s.x + 36 + label, s.y - 12, 300, 24}, tick.second, t.quiet, {.size = 13, .wrap = false, .middle = true});
      continue;
    }
    if (c.ticks) kit.fill({s.x - 1, s.y + 8, 2, 8}, t.quiet);
    float left = std::clamp(s.x - room / 2, r.x, std::max(r.x, r.right() - room));
    Align align = left > s.x - room / 2 + 1   ? Align::start
                  : left < s.x - room / 2 - 1 ? Align::end
                                              : Align::centre;
    below = std::max(below, tick_words(kit, tick, {left, s.y + 18, room - 4, 40}, align));
  }
  if (thumb) {
    Kit::Spot s = spot(std::clamp(value, range.low, range.high));
    kit.circle(s.x, s.y + 1, 14, t.shadow, true);
    kit.circle(s.x, s.y, 13, answered ? t.accent : t.card, true);
    kit.circle(s.x, s.y, 13, t.accent, false, 2);
  }
  // The whole of it is one widget: arrows move the thumb, the mouse holds it.
  Rect hold = vertical ? Rect{track.x - 18, track.y - 12, 42, length + 24}
                       : Rect{track.x - 14, track.y - 18, length + 28, 42};
  if (a.can()) {
    Kit::Drag drag = kit.drag(a.id("slider"), hold);
    if (drag.begins) kit.focus(a.id("slider"));
    if (drag.begins || drag.goes) {
      float part = vertical ? (low.y - drag.y) / length : (drag.x - low.x) / length;
      int n = range.nearest(range.low + static_cast<double>(part) * (range.high - range.low));
      if (!answered || n != range.nearest(value)) take(a, range, n);
    }
  }
  kit.hit(a.id("slider"), hold, a.q.label, a.can());
  kit.state(a.q.shown);
  const Input* i = kit.input();
  if (i && i->kind == Input::Kind::key && kit.focus() == a.id("slider") && a.can() && !i->alt) {
    bool forward = i->key == Key::up || (i->key == Key::right) != (kit.is_rtl() && i->key != Key::up);
    int by = i->control ? std::max(1, range.steps() / 10) : 1;
    int n = range.nearest(answered ? value : c.rests ? c.rests_at : range.low);
    if (i->key == Key::home || i->key == Key::end) {
      take(a, range, i->key == Key::home ? 0 : range.steps());
      kit.consume();
    } else if (i->key == Key::left || i->key == Key::right || i->key == Key::up || i->key == Key::down) {
      if (i->key == Key::left) forward = kit.is_rtl();
      if (i->key == Key::down) forward = false;
      take(a, range, answered || c.rests ? n + (forward ? by : -by) : n);
      kit.consume();
    }
  }
  float y = vertical ? r.y + length + 36 : r.y + 50 + below + 8;
  other_number(a, {vertical ? r.x + 200 : r.x, vertical ? r.y + length / 2 : y, 170, 56}, true);
  return (vertical ? y : y + 64) - r.y;
}

}  // namespace

float draw_scale(Asked& a, Rect r) {
  Range range(a.q.control);
  bool few = range.steps() < most_buttons;
  switch (a.q.control.scale_look) {
    case ScaleLook::stars:
      return range.steps() < 11 ? draw_stars(a, r, range) : draw_slider(a, r, range);
    case ScaleLook::slider:
      return draw_slider(a, r, range);
    case ScaleLook::picker: {
      // A field with one more and one less.
      Asked b{a.kit, a.s, a.q, a.alone, a.active, a.scratch, a.events};
      double value = range.low;
      bool answered = answer_of(a.q, value);
      int n = range.nearest(value);
      float by = 0;
      if (a.kit.button(a.id("less"), {r.x, r.y, 56, 56}, "\u2212", Look::plain, a.can())) by = -1;
      typed_field(b, {r.x + 66, r.y, 160, 56},
                    {.placeholder = tr(a.s, "interview.number.placeholder"), .size = 18.5f, .numeric = true});
      if (a.kit.button(a.id("more"), {r.x + 236, r.y, 56, 56}, "+", Look::plain, a.can())) by = 1;
      const Input* i = a.kit.input();
      bool here = a.kit.focus() == field_id(a.q);
      if (here && i && i->kind == Input::Kind::key && (i->key == Key::up || i->key == Key::down)) {
        by = i->key == Key::up ? 1.f : -1.f;
        a.kit.consume();
      }
      if (by != 0 && a.can()) take(a, range, answered ? n + static_cast<int>(by) : n);
      return 64;
    }
    case ScaleLook::automatic:
      return few && r.w / static_cast<float>(range.steps() + 1) > 26 ? draw_buttons(a, r, range)
                                                                     : draw_slider(a, r, range);
  }
  return 0;
}

}  // namespace window
