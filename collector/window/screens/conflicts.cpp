#include "collector/window/screen.h"

namespace window {

Events draw_conflicts(Kit& kit, const app::Strings& s, const app::Frame& frame,
                      const app::ConflictsView& view, Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "conflicts") {
    scratch.shown = "conflicts";
    kit.focus("");
  }
  Rect r = draw_places(kit, s, frame, app::Go::conflicts, events);
  kit.text({r.x, r.y, r.w, 36},
           s.tr("conflicts.title.label", {{"count", s.number(static_cast<long>(view.conflicts.size()))}},
                static_cast<long>(view.conflicts.size())),
           t.ink, {.size = 24, .bold = true, .wrap = false});
  if (view.conflicts.empty()) {
    kit.text({r.x, r.y + 60, r.w, 30}, tr(s, "conflicts.none.text"), t.quiet, {.size = 17});
    return events;
  }
  Rect list{r.x, r.y + 60, 320, r.h - 60};
  float offset = kit.scroll_area("conflicts.list", list, static_cast<float>(view.conflicts.size()) * 74);
  kit.clip(list);
  for (size_t i = 0; i < view.conflicts.size(); ++i) {
    Rect c{list.x, list.y + static_cast<float>(i) * 74 - offset, list.w - 10, 66};
    bool now = static_cast<int>(i) == view.selected;
    kit.fill(c, now ? t.soft : t.card, 12);
    kit.stroke(c, now ? t.accent : t.line, 12);
    kit.clip({c.x + 12, c.y, c.w - 24, c.h});
    float arrows = now && view.conflicts.size() > 1 ? kit.key_cap(c.right() - 14, c.y + 21, "↑  ↓", true) + 8 : 0;
    kit.text({c.x + 16, c.y + 10, c.w - 32 - arrows, 22}, view.conflicts[i].case_code, t.ink,
             {.size = 15, .bold = true, .wrap = false, .may_cut = true});
    kit.text({c.x + 16, c.y + 34, c.w - 32, 22}, view.conflicts[i].label, t.quiet,
             {.size = 13.5f, .wrap = false, .may_cut = true});
    kit.unclip();
    if (kit.hit("conflict." + std::to_string(i), c, view.conflicts[i].label)) {
      events.push_back(app::SelectConflict{static_cast<int>(i)});
      scratch.reason.clear();
    }
  }
  kit.unclip();
  const app::ConflictView& one = view.conflicts[static_cast<size_t>(view.selected)];
  Rect card{r.x + 344, r.y + 60, r.w - 344, r.h - 60};
  kit.card(card);
  float& content = scratch.heights["conflicts.card"];
  Rect area{card.x + 4, card.y + 8, card.w - 8, card.h - 16};
  float down = kit.scroll_area("conflicts.card", area, content);
  kit.clip(area);
  float x = card.x + 32;
  float w = card.w - 64;
  kit.text({x, card.y + 26 - down, w, 22}, one.case_code, t.accent, {.size = 13.5f, .bold = true, .wrap = false});
  float y = card.y + 54 - down;
  y += kit.text({x, y, w, 60}, one.label, t.ink, {.size = 20, .bold = true}) + 18;
  for (size_t i = 0; i < one.sides.size(); ++i) {
    std::string given = app::joined({one.sides[i].who, one.sides[i].when,
                                     static_cast<int>(i) == one.shown_side ? tr(s, "conflicts.shown.label") : ""});
    float below = kit.text_height(w - 130, given, {.size = 13.5f});
    Rect c{x, y, w, 54 + below};
    bool chosen = static_cast<int>(i) == view.chosen_side;
    kit.fill(c, chosen ? t.soft : t.card, 14);
    kit.stroke(c, chosen ? t.accent : t.line, 14, chosen ? 2.5f : 1.5f);
    kit.circle(x + 30, y + 37, 11, chosen ? t.accent : t.quiet, chosen);
    if (chosen) kit.icon(Icon::check, x + 30, y + 37, 15, t.on_accent);
    kit.text({x + 56, y + 12, w - 130, 26}, one.sides[i].shown, t.ink,
             {.size = 18, .bold = true, .wrap = false, .may_cut = true});
    kit.text({x + 56, y + 42, w - 130, below}, given, t.quiet, {.size = 13.5f});
    if (i < 9) kit.key_cap(c.right() - 20, y + 37, std::to_string(i + 1), true);
    if (kit.hit("side." + std::to_string(i), c, one.sides[i].shown))
      events.push_back(app::ChooseSide{static_cast<int>(i)});
    y += c.h + 12;
  }
  kit.text({x, y + 6, w, 20}, tr(s, "conflicts.reason.label"), t.quiet, {.size = 14, .wrap = false});
  std::string reason;
  FieldResult field = kit.field("conflicts.reason", {x, y + 30, w, 48}, scratch.reason, {.size = 17}, reason);
  scratch.reason = reason;
  y += 92;
  float bw = std::max(240.f, kit.text_width(tr(s, "conflicts.settle.button"), {.size = 17.5f, .bold = true}) + 104 + kit.cap_width("Enter"));
  bool settled = kit.button("conflicts.settle", {x, y + 6, bw, 50}, tr(s, "conflicts.settle.button"),
                            Look::primary, view.chosen_side >= 0, Icon::check, false,
                            view.chosen_side >= 0 ? "Enter" : nullptr);
  settled |= field.entered && view.chosen_side >= 0;
  kit.unclip();
  content = y + 76 + down - area.y;
  if (const Input* i = kit.input(); i && i->kind == Input::Kind::key && !kit.field_has_focus()) {
    if (i->key == Key::digit && i->digit >= 1 && static_cast<size_t>(i->digit) <= one.sides.size())
      events.push_back(app::ChooseSide{i->digit - 1});
    int next = view.selected + (i->key == Key::down ? 1 : i->key == Key::up ? -1 : 0);
    if (next != view.selected && next >= 0 && static_cast<size_t>(next) < view.conflicts.size()) {
      events.push_back(app::SelectConflict{next});
      scratch.reason.clear();
      kit.show_in_area("conflicts.list", list, static_cast<float>(next) * 74, 74);
    }
    if (i->key == Key::enter && view.chosen_side >= 0) settled = true;
  }
  if (settled) {
    events.push_back(app::Settle{scratch.reason});
    scratch.reason.clear();
  }
  return events;
}

}  // namespace window
