// Consent: a screen of its own, in large type, to be turned towards the respondent. What is agreed to is ticked
// one by one; the card is handed over at the end.
#include <algorithm>

#include "collector/window/screen.h"

namespace window {

using app::QuestionView;
using definition::ControlKind;

namespace {

struct Sizes {
  float text, question, choice;
};
constexpr Sizes sizes[] = {{27, 25, 21}, {24, 23, 20}, {21.5f, 21, 18.5f}, {19, 19, 17.5f}};

float choice_width(Kit& kit, const app::ChoiceView& choice, const Sizes& size, float room) {
  return std::min(room, kit.text_width(choice.label, {.size = size.choice, .bold = true}) + 112);
}

float choice_height(Kit& kit, const app::ChoiceView& choice, const Sizes& size, float w) {
  float h = kit.text_height(w - 100, choice.label, {.size = size.choice, .bold = true});
  if (!choice.second.empty()) h += kit.text_height(w - 100, choice.second, {.size = size.choice - 4}) + 2;
  return std::max(60.f, h + 24);
}

void draw_choice(Kit& kit, const app::ChoiceView& choice, size_t number, Rect r, const Sizes& size, bool active) {
  const Theme& t = kit.look();
  bool on = choice.chosen;
  kit.fill(r, on ? t.soft : kit.hovered(r) ? t.hover : t.card, 16);
  kit.stroke(r, on ? t.accent : t.quiet, 16, on ? 3.f : 1.5f);
  float cy = r.y + r.h / 2;
  kit.circle(r.x + 32, cy, 13, on ? t.accent : t.quiet, on, 2);
  if (on) kit.icon(Icon::check, r.x + 32, cy, 18, t.on_accent);
  float w = r.w - 100;
  float label = kit.text_height(w, choice.label, {.size = size.choice, .bold = true});
  float second = choice.second.empty() ? 0 : kit.text_height(w, choice.second, {.size = size.choice - 4}) + 2;
  float y = cy - (label + second) / 2;
  kit.text({r.x + 58, y, w, label}, choice.label, t.ink, {.size = size.choice, .bold = true});
  if (second > 0)
    kit.text({r.x + 58, y + label + 2, w, second}, choice.second, t.quiet, {.size = size.choice - 4});
  if (active) kit.key_cap(r.right() - 12, cy, std::to_string(number), true);
}

// What stands on the page, in one of the sizes; returns its height. `events` null: only measured.
float draw_items(Kit& kit, const app::InterviewView& view, Rect r, const Sizes& size, Events* events) {
  const Theme& t = kit.look();
  float y = r.y;
  auto words = [&](const std::string& s, Colour c, const TextLook& look, float gap) {
    if (s.empty()) return;
    y += (events ? kit.text({r.x, y, r.w, 2000}, s, c, look) : kit.text_height(r.w, s, look)) + gap;
  };
  for (size_t i = 0; i < view.questions.size(); ++i) {
    const QuestionView& q = view.questions[i];
    float top = y;
    bool active = q.id == view.focus;
    bool text = q.control.kind == ControlKind::note;
    words(q.label, t.ink, {.size = text ? size.text : size.question, .bold = !text}, text ? 14.f : 8.f);
    words(q.second_label, t.quiet, {.size = (text ? size.text : size.question) - 5}, 14);
    words(q.hint, t.quiet, {.size = 16}, 8);
    float x = r.x;
    float row = 0;
    for (size_t c = 0; c < q.choices.size(); ++c) {
      float w = choice_width(kit, q.choices[c], size, r.w);
      float h = choice_height(kit, q.choices[c], size, w);
      if (x > r.x && x + w > r.right()) {
        x = r.x;
        y += row + 10;
        row = 0;
      }
      if (events) {
        Rect place{x, y, w, h};
        draw_choice(kit, q.choices[c], c + 1, place, size, active);
        if (kit.hit("choice." + q.id + "." + q.choices[c].value, place, q.choices[c].label)) {
          Events asked = {app::ToggleChoice{q.id, q.choices[c].value}};
          lead_on(view, i, asked);
          events->insert(events->end(), asked.begin(), asked.end());
        }
      }
      x += w + 12;
      row = std::max(row, h);
    }
    if (!q.choices.empty()) y += row + 8;
    words(q.problem, t.warn, {.size = 16.5f, .bold = true}, 6);
    if (events && active && !text && view.questions.size() > 1)
      kit.fill({r.x - 18, top, 4, y - top - 8}, t.accent, 2);
    y += text ? 10.f : 18.f;
  }
  return y - r.y;
}

// The card, printing it, and that the respondent has the code: said once, with a key. Returns the height.
float draw_card(Kit& kit, const app::Strings& s, const app::ConsentView& view, Rect r, Events& events) {
  const Theme& t = kit.look();
  bool practice = view.code.empty();
  std::string code = practice ? "····  ····  ····  ····  ··" : view.code;
  std::string text;  // what the respondent keeps, in their language
  if (!view.words.empty())
    for (const std::string& line : view.words.front().lines) text += (text.empty() ? "" : "\n") + line;
  float h = 78 + kit.text_height(r.w - 56, text, {.size = 16});
  Rect c{r.x, r.y, r.w, h};
  kit.fill(c, t.soft, 18);
  kit.stroke(c, t.accent, 18, 2);
  kit.text({c.x + 28, c.y + 16, c.w - 56, 44}, code, t.ink, {.size = 29, .bold = true, .wrap = false});
  kit.text({c.x + 28, c.y + 62, c.w - 56, h}, text, t.ink, {.size = 16});
  // Below the card: what is to be done with it.
  float told = c.bottom() + 12;
  auto tell = [&](const std::string& words) {
    told += kit.text({r.x, told, r.w, 200}, words, t.quiet, {.size = 14.5f}) + 4;
  };
  tell(practice ? tr(s, "consent.card_practice.text") : tr(s, "submit.card.text"));
  if (view.by_hand) tell(tr(s, "card.by_hand.text"));
  if (practice) return told - r.y;
  float y = told + 10;
  if (kit.button("card.print", {r.x, y, 330, 54}, tr(s, "consent.print.button"), Look::plain, true, Icon::printer, false,
                 "Ctrl P") ||
      kit.letter('P', true, false))
    events.push_back(app::PrintCard{});
  if (kit.button("card.keep", {r.x + 346, y, 300, 54}, tr(s, "consent.print_file.button"), Look::quiet, true,
                 Icon::disk))
    events.push_back(app::PrintCard{.to_file = true});
  y += 66;
  if (view.printed) {
    kit.icon(Icon::saved, r.x + 12, y + 12, 20, t.good);
    kit.text({r.x + 32, y, r.w - 32, 24}, tr(s, "consent.printed.label"), t.ink,
             {.size = 16, .wrap = false, .middle = true});
    y += 36;
  }
  std::string done = tr(s, "consent.handed.button");
  float label = kit.text_height(r.w - 120, done, {.size = 18, .bold = true});
  Rect tick{r.x, y, r.w, std::max(60.f, label + 26)};
  kit.fill(tick, view.handed ? t.soft : kit.hovered(tick) ? t.hover : t.card, 16);
  kit.stroke(tick, view.handed ? t.accent : t.quiet, 16, view.handed ? 3.f : 1.5f);
  Rect box{tick.x + 20, tick.y + tick.h / 2 - 13, 26, 26};
  view.handed ? kit.fill(box, t.accent, 7) : kit.stroke(box, t.quiet, 7, 2);
  if (view.handed) kit.icon(Icon::check, box.x + 13, box.y + 13, 18, t.on_accent);
  kit.text({tick.x + 60, tick.y, r.w - 120, tick.h}, done, t.ink, {.size = 18, .bold = true, .middle = true});
  kit.key_cap(tick.right() - 12, tick.y + tick.h / 2, "1", true);
  bool pressed = kit.hit("card.handed", tick, done);
  if (view.handed) kit.state("chosen");
  const Input* i = kit.input();
  if (i && i->kind == Input::Kind::key && i->key == Key::digit && i->digit == 1 && !i->control && !i->alt) {
    pressed = true;
    kit.consume();
  }
  if (pressed) events.push_back(app::HandOverCard{!view.handed});
  return tick.bottom() - r.y;
}

}  // namespace

void draw_consent(Kit& kit, const app::Strings& s, const app::InterviewView& view, Rect r, Scratch& scratch,
                  Events& events) {
  const Theme& t = kit.look();
  Rect inner{r.x + 48, r.y + 30, r.w - 96, r.h - 44};
  const Sizes* size = &sizes[0];
  for (const Sizes& one : sizes) {  // the largest that stands on the screen whole
    size = &one;
    if (draw_items(kit, view, inner, one, nullptr) + (view.consent->card ? 310 : 0) < inner.h - 30) break;
  }
  std::string id = "consent." + view.questions.front().id;
  float& content = scratch.heights[id];
  Rect area{r.x + 4, r.y + 8, r.w - 8, r.h - 16};
  float offset = kit.scroll_area(id, area, content);
  kit.clip(area);
  float y = inner.y - offset;
  y += kit.text({inner.x, y, inner.w, 30}, view.consent->title, t.accent, {.size = 17, .bold = true}) + 12;
  if (!view.remark.empty()) y += kit.text({inner.x, y, inner.w, 60}, view.remark, t.quiet, {.size = 14.5f}) + 10;
  y += draw_items(kit, view, {inner.x, y, inner.w, inner.h}, *size, &events);
  if (view.consent->card) {
    y += draw_card(kit, s, *view.consent, {inner.x, y, inner.w, 0}, events) + 20;
  }
  kit.unclip();
  content = y + offset - r.y + 20;
  // Digits answer the question that the keyboard speaks to, by its physical key.
  const Input* i = kit.input();
  if (!i || i->kind != Input::Kind::key || i->key != Key::digit || i->control || i->alt) return;
  for (size_t n = 0; n < view.questions.size(); ++n) {
    const QuestionView& q = view.questions[n];
    if (q.id != view.focus || i->digit < 1 || static_cast<size_t>(i->digit) > q.choices.size()) continue;
    const std::string& value = q.choices[static_cast<size_t>(i->digit) - 1].value;
    Events asked = {app::ToggleChoice{q.id, value}};
    kit.reveal("choice." + q.id + "." + value);
    lead_on(view, n, asked);
    events.insert(events.end(), asked.begin(), asked.end());
    kit.consume();
    return;
  }
}

}  // namespace window
