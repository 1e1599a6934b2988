// Choices as a list of cards, or side by side as tiles.
#include <algorithm>

#include "collector/window/controls/control.h"
#include "forms/base/utf8.h"

namespace window {

using definition::ChoiceLook;
using definition::ControlKind;

namespace {

constexpr float row_gap = 10, column_gap = 12;

std::vector<size_t> all_of_them(const app::QuestionView& q) {
  std::vector<size_t> all(q.choices.size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = i;
  return all;
}

}  // namespace

float draw_choice_list(Asked& a, Rect r) {
  const app::QuestionView& q = a.q;
  keyed_choices(a, all_of_them(q), 1);
  CardLook look{.box = q.control.kind == ControlKind::choice_many, .marks = q.control.marks};
  bool two_columns = q.choices.size() > 6 && r.w > 700 &&
                     std::all_of(q.choices.begin(), q.choices.end(),
                                 [](const app::ChoiceView& c) { return base::length(c.label) < 34 && !c.picture; });
  float w = two_columns ? (r.w - column_gap) / 2 : r.w;
  size_t half = (q.choices.size() + 1) / 2;
  float y = r.y;
  float lowest = r.y;
  for (size_t n = 0; n < q.choices.size(); ++n) {
    bool second = two_columns && n >= half;
    if (second && n == half) y = r.y;
    look.number = n + 1;
    float h = choice_card_height(a, q.choices[n], w, look);
    Rect c{r.x + (second ? w + column_gap : 0), y, w, h};
    draw_choice_card(a, q.choices[n], c, look);
    choice_widget(a, q.choices[n], c);
    y += h + row_gap;
    lowest = std::max(lowest, y);
  }
  return lowest - r.y;
}

float draw_choice_tiles(Asked& a, Rect r) {
  const app::QuestionView& q = a.q;
  CardLook look{.box = q.control.kind == ControlKind::choice_many, .marks = q.control.marks, .tight = true};
  look.number = 1;
  bool pack = q.control.look == ChoiceLook::pack;
  float room = (look.marks ? 50.f : 18.f) + 50.f;
  auto natural = [&](const app::ChoiceView& c) {
    float second = a.kit.text_width(c.second, {.size = 13.5f});
    return std::min(r.w, std::max(second, a.kit.text_width(c.label, {.size = 16, .bold = true})) + choice_picture_room(c) + room + 4);
  };
  // As many columns as the widest label allows, unless the form says how many.
  float widest = 120;
  for (const app::ChoiceView& c : q.choices) widest = std::max(widest, natural(c));
  auto fitting = static_cast<int>((r.w + column_gap) / (std::min(widest, r.w) + column_gap));
  int columns = std::clamp(q.control.columns > 0 ? q.control.columns : std::min(fitting, 4), 1,
                           std::max(1, static_cast<int>(r.w / 110)));
  keyed_choices(a, all_of_them(q), pack ? 2 : columns);
  float w = (r.w - column_gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  float x = r.x;
  float y = r.y;
  float row = 0;
  for (size_t n = 0; n < q.choices.size();) {
    // A row of tiles is as high as its highest.
    size_t end = n;
    std::vector<float> widths;
    float used = 0;
    row = 0;
    while (end < q.choices.size()) {
      float tile = pack ? natural(q.choices[end]) : w;
      bool fits =
          pack ? widths.empty() || used + tile <= r.w + 0.5f : static_cast<int>(widths.size()) < columns;
      if (!fits) break;
      row = std::max(row, choice_card_height(a, q.choices[end], tile, look));
      widths.push_back(tile);
      used += tile + column_gap;
      ++end;
    }
    x = r.x;
    for (float tile : widths) {
      look.number = n + 1;
      Rect c{x, y, tile, row};
      draw_choice_card(a, q.choices[n], c, look);
      choice_widget(a, q.choices[n], c);
      x += tile + column_gap;
      ++n;
    }
    y += row + row_gap;
  }
  return y - r.y;
}

// Along a line, its ends apart: agreement, frequency. Where the words have no room, a list.
float draw_likert(Asked& a, Rect r) {
  const app::QuestionView& q = a.q;
  const Theme& t = a.look();
  Kit& kit = a.kit;
  size_t count = q.choices.size();
  if (count == 0) return 0;
  float w = r.w / static_cast<float>(count);
  TextLook words{.size = 15, .align = Align::centre};
  constexpr TextLook second{.size = 13, .align = Align::centre};
  float high = 0;
  float longest = 0;
  auto widest_word = [&](const std::string& label, const TextLook& look) {
    for (size_t at = 0; at < label.size();) {
      size_t end = std::min(label.find(' ', at), label.size());
      longest = std::max(longest, kit.text_width(label.substr(at, end - at), look));
      at = end + 1;
    }
  };
  for (const app::ChoiceView& c : q.choices) {
    float h = kit.text_height(w - 12, c.label, {.size = 15, .bold = true});  // chosen: as high as it will be
    if (!c.second.empty()) h += kit.text_height(w - 12, c.second, second);
    high = std::max(high, h);
    widest_word(c.label, words);
    widest_word(c.second, second);
  }
  if (w < 76 || longest > w - 10) return draw_choice_list(a, r);
  keyed_choices(a, all_of_them(q), static_cast<int>(count));
  float cy = r.y + 30;
  kit.fill({r.x + w / 2, cy - 1, r.w - w, 2}, t.line);
  for (size_t n = 0; n < count; ++n) {
    const app::ChoiceView& c = q.choices[n];
    Rect cell{r.x + static_cast<float>(n) * w, r.y, w, 64 + high + 18};
    float cx = cell.x + w / 2;
    if (c.chosen) kit.fill(cell.inset(3), t.soft, 12);
    kit.circle(cx, cy, 15, t.card, true);
    kit.circle(cx, cy, 14, c.chosen ? t.accent : t.quiet, c.chosen, 1.5f);
    if (c.chosen)
      kit.icon(Icon::check, cx, cy, 17, t.on_accent);
    else
      kit.text({cx - 14, cy - 12, 28, 24}, std::to_string(n + 1), t.quiet,
               {.size = 13, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
    words.bold = c.chosen;
    float below = kit.text({cell.x + 6, cy + 26, w - 12, high}, c.label, c.chosen ? t.accent : t.ink, words);
    if (!c.second.empty())
      kit.text({cell.x + 6, cy + 26 + below, w - 12, high - below}, c.second, t.quiet, second);
    choice_widget(a, c, cell);
  }
  return 64 + high + 28;
}

}  // namespace window
