// A ranking: what is placed stands above in its order, the rest below. Digits place the next; Alt with Up and
// Down, or the mouse, moves what is placed; Delete takes it out.
#include <algorithm>

#include "collector/window/controls/control.h"

namespace window {

namespace {

constexpr float row_gap = 8;
constexpr TextLook second_look{.size = 13.5f};

struct Row {
  const app::ChoiceView* choice;
  size_t number;  // the digit
  float y = 0, h = 0;
};

void draw_row(Asked& a, const Row& row, Rect c, bool held) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  bool placed = row.choice->rank > 0;
  if (held) kit.card(c, 14);
  kit.fill(c, placed ? t.soft : t.card, 14);
  kit.stroke(c, placed ? t.accent : t.line, 14, held ? 2.5f : 1.5f);
  float cy = c.y + c.h / 2;
  if (placed) {
    kit.circle(c.x + 31, cy, 13, t.accent, true);
    kit.text({c.x + 18, cy - 13, 26, 26}, a.s.number(row.choice->rank), t.on_accent,
             {.size = 14, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
  } else {
    kit.circle(c.x + 31, cy, 12, t.quiet, false, 1.5f);
  }
  float behind = placed ? 100 : 66;
  Rect words{c.x + 60, c.y, c.w - 60 - behind, c.h};
  TextLook label{.size = 17, .bold = placed};
  float h = kit.text_height(words.w, row.choice->label, label);
  float second = row.choice->second.empty() ? 0 : kit.text_height(words.w, row.choice->second, second_look);
  float top = cy - (h + second) / 2;
  kit.text({words.x, top, words.w, h}, row.choice->label, t.ink, label);
  if (second > 0) kit.text({words.x, top + h, words.w, second}, row.choice->second, t.quiet, second_look);
  if (placed) kit.icon(Icon::grip, c.right() - 74, cy, 22, t.quiet);
  Rect chip{c.right() - 46, cy - 14, 28, 28};
  kit.fill(chip, t.ground, 8);
  kit.stroke(chip, t.line, 8);
  kit.text(chip, std::to_string(row.number), t.quiet,
           {.size = 13.5f, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
}

// Where a placed row would fall if it were let go at `y`.
int place_at(const std::vector<Row>& placed, float y) {
  int place = 1;
  for (const Row& row : placed)
    if (y > row.y + row.h / 2) ++place;
  return place;
}

void keyed(Asked& a, const std::vector<Row>& placed) {
  const Input* i = a.kit.input();
  if (!a.active || !a.can() || !i || i->kind != Input::Kind::key || !i->alt || i->control) return;
  if (i->key != Key::up && i->key != Key::down) return;
  for (const Row& row : placed)
    if (a.kit.focus() == "choice." + a.q.id + "." + row.choice->value) {
      a.events.push_back(app::MoveRank{a.q.id, row.choice->value, i->key == Key::up ? -1 : 1});
      a.kit.reveal(a.kit.focus());
      a.kit.consume();
      return;
    }
}

}  // namespace

float draw_ranking(Asked& a, Rect r) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  ControlScratch& keep = a.scratch.controls;
  std::vector<Row> placed;
  std::vector<Row> rest;
  for (size_t n = 0; n < a.q.choices.size(); ++n) {
    const app::ChoiceView& c = a.q.choices[n];
    (c.rank > 0 ? placed : rest).push_back({&c, n + 1});
  }
  std::sort(placed.begin(), placed.end(),
            [](const Row& x, const Row& y) { return x.choice->rank < y.choice->rank; });
  float y = r.y;
  kit.text({r.x, y, r.w, 44}, tr(a.s, "ranking.keys.text"), t.quiet, {.size = 14});
  y += kit.text_height(r.w, tr(a.s, "ranking.keys.text"), {.size = 14}) + 8;
  // The widgets in the order they are seen: arrows and Tab walk so.
  std::vector<size_t> order;
  for (const Row& row : placed) order.push_back(row.number - 1);
  for (const Row& row : rest) order.push_back(row.number - 1);
  std::vector<size_t> by_digit(a.q.choices.size());
  for (size_t n = 0; n < by_digit.size(); ++n) by_digit[n] = n;
  keyed(a, placed);
  // Digits count as the list is written, arrows as it is seen.
  const Input* i = a.free_key();
  bool digit = i && i->key == Key::digit;
  keyed_choices(a, digit ? by_digit : order, 1);
  for (auto* rows : {&placed, &rest}) {
    for (Row& row : *rows) {
      row.y = y;
      float words = kit.text_height(r.w - 160, row.choice->label, {.size = 17, .bold = true});
      if (!row.choice->second.empty()) words += kit.text_height(r.w - 160, row.choice->second, second_look);
      row.h = std::max(52.f, words + 22);
      y += row.h + row_gap;
    }
    if (rows == &placed && !placed.empty() && !rest.empty()) {
      kit.fill({r.x, y + 3, r.w, 1}, t.line);
      y += 16;
    }
  }
  for (const auto* rows : {&placed, &rest})
    for (const Row& row : *rows) {
      std::string id = "choice." + a.q.id + "." + row.choice->value;
      Rect c{r.x, row.y, r.w, row.h};
      bool is_placed = row.choice->rank > 0;
      // The mouse: pressed and let go chooses, dragged moves.
      Kit::Drag drag =
          is_placed && a.can() ? kit.drag(a.id("rank") + "." + row.choice->value, c) : Kit::Drag{};
      if (drag.begins) {
        keep.held = row.choice->value;
        keep.held_y = drag.y - row.y;
        kit.focus(id);
      }
      bool held = keep.held == row.choice->value;
      if (held && drag.goes) keep.drag_y = drag.y;
      if (held && drag.ends) {
        float middle = drag.y - keep.held_y + row.h / 2;
        int to = place_at(placed, middle);
        if (to > row.choice->rank) --to;
        bool still = std::fabs(drag.y - keep.held_y - row.y) < 6;
        if (still)
          choose(a, *row.choice);
        else if (to != row.choice->rank)
          a.events.push_back(app::MoveRank{a.q.id, row.choice->value, to - row.choice->rank});
        keep.held.clear();
      }
      if (keep.held != row.choice->value) draw_row(a, row, c, false);
      if (kit.hit(id, c, row.choice->label, a.can())) choose(a, *row.choice);
      kit.state(is_placed ? a.s.number(row.choice->rank) : "");
    }
  // What is held lies on top, where the mouse is.
  for (const Row& row : placed)
    if (keep.held == row.choice->value)
      draw_row(a, row, {r.x + 6, std::clamp(keep.drag_y - keep.held_y, r.y, y), r.w, row.h}, true);
  return y - r.y;
}

}  // namespace window
