#include "collector/window/controls/pointed.h"

#include <algorithm>

namespace window {

using definition::ControlKind;

namespace {

constexpr float gap = 16, row_gap = 8, narrow = 560;

CardLook card_look(Asked& a, size_t n) {
  return {.number = n + 1,
          .box = a.q.control.kind == ControlKind::choice_many,
          .marks = a.q.control.marks,
          .tight = true};
}

std::string card_id(Asked& a, size_t n) {
  return "choice." + a.q.id + "." + a.q.choices[n].value;
}

}  // namespace

float pointed_list_height(Asked& a, float width) {
  if (a.q.choices.size() > most_numbered) return 420;
  float h = 0;
  for (size_t n = 0; n < a.q.choices.size(); ++n)
    h += choice_card_height(a, a.q.choices[n], width, card_look(a, n)) + row_gap;
  return h;
}

Halves halves_of(Asked& a, Rect r, float aspect, float below) {
  Rect sight = a.kit.in_sight();
  float most = std::min(a.alone ? std::max(300.f, r.h - 10) : 380.f, sight.h - 24) - below;
  Halves out;
  if (r.w < narrow) {
    float h = std::min(r.w / aspect, most);
    out.panel = {r.x, r.y, h * aspect, h};
    out.list = {r.x, r.y + h + below + gap, r.w, 0};
    return out;
  }
  float list = std::clamp(r.w * 0.4f, 240.f, 360.f);
  float h = std::min((r.w - list - gap) / aspect, most);
  out.panel = {r.x, r.y, h * aspect, h};
  out.list = {r.x + out.panel.w + gap, r.y, r.w - out.panel.w - gap, 0};
  float end = r.y + pointed_list_height(a, out.list.w) - row_gap;
  out.panel.y = std::clamp(sight.y + 12, r.y, std::max(r.y, end - h - below));
  return out;
}

std::optional<size_t> draw_pointed_list(Asked& a, Rect r, std::optional<size_t> over) {
  const app::QuestionView& q = a.q;
  std::optional<size_t> at = over;
  if (q.choices.size() > most_numbered) {
    r.h = 420;
    draw_choice_search(a, r);
    ListScratch& list = a.scratch.controls.lists[q.id];
    const std::vector<size_t>& found = list.finder.find(q, list.search);
    if (!at && a.kit.focus() == "search." + q.id && static_cast<size_t>(list.highlighted) < found.size())
      at = found[static_cast<size_t>(list.highlighted)];
    return at;
  }
  std::vector<size_t> all(q.choices.size());
  for (size_t n = 0; n < all.size(); ++n) all[n] = n;
  keyed_choices(a, all, 1);
  float y = r.y;
  std::optional<size_t> under, focused;
  for (size_t n = 0; n < q.choices.size(); ++n) {
    CardLook look = card_look(a, n);
    Rect c{r.x, y, r.w, choice_card_height(a, q.choices[n], r.w, look)};
    if (a.kit.hovered(c)) under = n;
    if (a.kit.focus() == card_id(a, n)) focused = n;
    look.highlighted = over == n || (!over && under == n);
    draw_choice_card(a, q.choices[n], c, look);
    choice_widget(a, q.choices[n], c);
    y += c.h + row_gap;
  }
  return at ? at : under ? under : focused;
}

void choose_pointed(Asked& a, size_t n) {
  choose(a, a.q.choices[n]);
  if (a.q.choices.size() > most_numbered) return;
  a.kit.focus(card_id(a, n));
  a.kit.reveal(card_id(a, n));
}

void draw_badge(Asked& a, float x, float y, size_t n, bool pointed, const Theme& on) {
  Kit& kit = a.kit;
  bool chosen = a.q.choices[n].chosen;
  kit.circle(x, y, badge_radius + 2, on.card, true);
  kit.circle(x, y, badge_radius, chosen || pointed ? on.accent : on.card, true);
  kit.circle(x, y, badge_radius, chosen || pointed ? on.accent : on.ink, false, 1.5f);
  if (chosen)
    kit.icon(Icon::check, x, y, 17, on.on_accent);
  else if (n < most_numbered && a.q.choices.size() <= most_numbered)
    kit.text({x - badge_radius, y - 10, 2 * badge_radius, 20}, std::to_string(n + 1), pointed ? on.on_accent : on.ink,
             {.size = 13, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
}

}  // namespace window
