// Text and numbers, typed.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "collector/window/controls/control.h"

namespace window {

using definition::ControlKind;

std::string field_id(const app::QuestionView& q) {
  return "field." + q.id;
}

FieldResult typed_field(Asked& a, Rect r, FieldLook look) {
  std::string id = field_id(a.q);
  auto waiting = a.scratch.pending.find(id);
  look.label = a.q.label;
  look.sensitive = a.q.sensitive;
  look.read_only = !a.can();
  std::string out;
  // As it was typed, until the field is left: "1." is not made "1" under the fingers.
  FieldResult result = a.kit.field(id, r, waiting == a.scratch.pending.end() ? a.q.shown : waiting->second, look, out);
  if (result.withheld) a.events.push_back(app::Say{app::Say::What::not_copied});
  if (result.changed) {  // with the caret: an interruption comes back to it
    a.scratch.pending[id] = out;
    a.events.push_back(app::Answer{a.q.id, out, static_cast<int>(a.kit.editing(id).caret), true});
  }
  if (result.entered) {
    if (waiting != a.scratch.pending.end()) {
      a.answer(waiting->second);
      a.scratch.pending.erase(waiting);
    }
    a.events.push_back(app::NextPage{});
  }
  return result;
}

namespace {

// What stands in the field now, as a number; `fallback` when it is none.
double number_in(Asked& a, double fallback) {
  std::string text = a.q.value;
  double value = fallback;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? value : fallback;
}

std::string written(double value) {
  char text[64];
  if (std::fabs(value) < 1e-12) value = 0;
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

// Up and Down in a field, and the two buttons beside it.
float stepped(Asked& a) {
  const Input* i = a.kit.input();
  bool here = a.kit.focus() == field_id(a.q) || (a.active && !a.kit.field_has_focus());
  if (!a.can() || !here || !i || i->kind != Input::Kind::key || i->control || i->alt) return 0;
  float by = i->key == Key::up ? 1.f : i->key == Key::down ? -1.f : 0.f;
  if (by != 0) a.kit.consume();
  return by;
}

void answer_number(Asked& a, double value) {
  a.scratch.pending.erase(field_id(a.q));
  a.answer(written(value));
}

// A needle on a rose: where the degrees point.
void draw_compass(Asked& a, float cx, float cy, float radius, double degrees, bool known) {
  const Theme& t = a.look();
  a.kit.circle(cx, cy, radius, t.line, false, 2);
  for (int n = 0; n < 8; ++n) {
    float angle = static_cast<float>(n) * 3.14159265f / 4;
    float x = std::sin(angle);
    float y = -std::cos(angle);
    float inner = radius * (n % 2 ? 0.9f : 0.82f);
    a.kit.line({cx + x * inner, cy + y * inner}, {cx + x * radius, cy + y * radius}, t.quiet,
               n == 0 ? 3.f : 1.5f);
  }
  if (!known) return;
  auto angle = static_cast<float>(degrees * 3.14159265 / 180);
  if (a.kit.is_rtl()) angle = -angle;  // east is on the right in every language
  float x = std::sin(angle);
  float y = -std::cos(angle);
  a.kit.polygon({{cx + x * radius * .78f, cy + y * radius * .78f},
                 {cx - y * radius * .16f, cy + x * radius * .16f},
                 {cx + y * radius * .16f, cy - x * radius * .16f}},
                t.accent);
  a.kit.line({cx, cy}, {cx - x * radius * .6f, cy - y * radius * .6f}, t.quiet, 2);
}

}  // namespace

float draw_text_entry(Asked& a, Rect r) {
  const definition::Control& c = a.q.control;
  FieldLook look{.multiline = c.multiline && !c.masked, .password = c.masked, .size = 18.5f};
  if (c.barcode) {
    a.kit.icon(Icon::barcode, r.x + 22, r.y + 28, 26, a.look().quiet);
    look.placeholder = tr(a.s, "barcode.placeholder");
    typed_field(a, {r.x + 48, r.y, std::min(r.w - 48, 460.f), 56}, look);
    return 66;
  }
  float line = look.size * 1.7f;
  float h = look.multiline ? (c.rows > 0 ? static_cast<float>(std::max(2, c.rows)) * line + 28 : 170) : 56;
  h = std::min(h, std::max(120.f, a.kit.height() - 330));
  typed_field(a, {r.x, r.y, r.w, h}, look);
  if (!look.multiline) return h + 8;
  a.kit.text({r.x, r.y + h + 6, r.w, 20}, tr(a.s, "interview.multiline.text"), a.look().quiet,
             {.size = 13, .wrap = false});
  return h + 30;
}

float draw_number_entry(Asked& a, Rect r) {
  const definition::Control& c = a.q.control;
  FieldLook look{.placeholder = tr(a.s, "interview.number.placeholder"), .size = 18.5f, .numeric = true};
  float w = std::min(r.w, 360.f);
  if (c.bearing) {
    look.unit = "°";
    typed_field(a, {r.x, r.y + 14, std::min(r.w - 110, 240.f), 56}, look);
    double now = number_in(a, 0);
    if (float by = stepped(a); by != 0) answer_number(a, std::fmod(std::round(now) + by + 360, 360));
    draw_compass(a, r.x + std::min(r.w - 110, 240.f) + 62, r.y + 42, 38, now, a.q.answered);
    return 90;
  }
  if (!c.counter) {
    typed_field(a, {r.x, r.y, w, 56}, look);
    return 64;
  }
  float by = stepped(a);
  if (a.kit.button(a.id("less"), {r.x, r.y, 56, 56}, "\u2212", Look::plain, a.can() && number_in(a, 0) > 0))
    by = -1;
  typed_field(a, {r.x + 66, r.y, 160, 56}, look);
  if (a.kit.button(a.id("more"), {r.x + 236, r.y, 56, 56}, "+", Look::plain, a.can())) by = 1;
  // A count does not fall below nothing.
  if (by != 0) answer_number(a, std::max(0.0, std::round(number_in(a, by < 0 ? 1 : 0)) + by));
  return 64;
}

float draw_acknowledge(Asked& a, Rect r) {
  const std::string words = tr(a.s, "interview.acknowledge.button");
  float w = std::min(r.w, std::max(260.f, a.kit.text_width(words, {.size = 17.5f, .bold = true}) + 90));
  bool pressed = a.kit.button(a.id("ack"), {r.x, r.y, w, 54}, words,
                              a.q.answered ? Look::primary : Look::plain, a.can(), Icon::check);
  if (a.q.answered) a.kit.state("chosen");
  if (const Input* i = a.free_key();
      !pressed && i && (i->key == Key::space || (i->key == Key::digit && i->digit == 1))) {
    a.kit.consume();
    pressed = true;
  }
  if (pressed) a.answer(a.q.answered ? "" : "OK");
  return 64;
}

}  // namespace window
