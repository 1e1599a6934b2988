#include "collector/window/screen.h"

namespace window {

Events draw_table(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::TableView& view,
                  Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "table") {
    scratch.shown = "table";
    kit.focus("");
  }
  Rect r = draw_places(kit, s, frame, app::Go::table, events);
  kit.text({r.x, r.y, r.w, 36}, tr(s, "table.title.label"), t.ink, {.size = 24, .bold = true, .wrap = false});
  std::string line =
      s.tr("table.rows.label", {{"count", s.number(view.total_rows)}}, view.total_rows) + "   ·   " +
      s.tr("table.conflicts.label", {{"count", s.number(view.conflicts)}}, view.conflicts) + "   ·   " +
      s.tr("table.unopened.label", {{"count", s.number(view.unopened)}}, view.unopened);
  kit.text({r.x, r.y + 40, r.w, 22}, line, t.quiet, {.size = 14.5f, .wrap = false});
  kit.text({r.x, r.y, r.w, 20}, tr(s, "table.fingerprint.label"), t.quiet,
           {.size = 12.5f, .align = Align::end, .wrap = false});
  kit.text({r.x, r.y + 20, r.w, 26}, view.fingerprint, t.ink,
           {.size = 17, .bold = true, .align = Align::end, .wrap = false});
  float x = r.x;
  float y = r.y + 74;
  for (size_t i = 0; i < view.tables.size(); ++i) {
    float w = kit.text_width(view.tables[i], {.size = 14.5f}) + 30;
    if (x + w > r.right() - 140) {
      x = r.x;
      y += 42;
    }
    bool now = static_cast<int>(i) == view.table;
    Rect c{x, y, w, 36};
    kit.fill(c, now ? t.accent : t.card, 18);
    kit.stroke(c, now ? t.accent : t.line, 18);
    kit.text(c, view.tables[i], now ? t.on_accent : t.ink,
             {.size = 14.5f, .align = Align::centre, .wrap = false, .middle = true});
    if (kit.hit("table." + view.tables[i], c, view.tables[i]))
      events.push_back(app::SelectTable{static_cast<int>(i)});
    x += w + 8;
  }
  if (kit.button("table.labels", {r.right() - 130, r.y + 74, 130, 36},
                 view.labels ? tr(s, "table.codes.button") : tr(s, "table.labels.button"), Look::chip))
    events.push_back(app::ShowLabels{!view.labels});
  y += 52;
  Rect area{r.x, y, r.w, r.bottom() - y - 50};
  kit.card({area.x, area.y, area.w, area.h}, 14);
  constexpr float cell = 180;
  float wide = static_cast<float>(view.columns.size()) * cell;
  float& left = scratch.heights["table.left"];
  if (const Input* i = kit.input(); i && i->kind == Input::Kind::key && !kit.field_has_focus()) {
    if (i->key == Key::right) left += kit.is_rtl() ? -cell : cell;
    if (i->key == Key::left) left += kit.is_rtl() ? cell : -cell;
    // As many rows as stand on the screen, so that none is passed over.
    int seen = std::max(1, static_cast<int>((area.h - 60) / 34));
    if (i->key == Key::page_down || i->key == Key::down)
      events.push_back(app::ScrollTable{
          std::min(view.first_row + (i->key == Key::down ? 1 : seen), std::max(0, view.total_rows - 1))});
    if (i->key == Key::page_up || i->key == Key::up)
      events.push_back(app::ScrollTable{std::max(0, view.first_row - (i->key == Key::up ? 1 : seen))});
  }
  left = std::clamp(left, 0.f, std::max(0.f, wide - area.w));
  float offset = kit.scroll_area("table.rows", {area.x, area.y + 52, area.w, area.h - 52},
                                 static_cast<float>(view.rows.size()) * 34 + 10);
  kit.clip(area);
  for (size_t c = 0; c < view.columns.size(); ++c) {
    float cx = area.x + static_cast<float>(c) * cell - left;
    if (cx + cell < area.x || cx > area.right()) continue;
    kit.clip({std::max(cx, area.x) + 4, area.y, cell - 8, 50});
    kit.text({cx + 12, area.y, cell - 20, 50}, view.columns[c], t.quiet,
             {.size = 13, .bold = true, .wrap = false, .middle = true, .may_cut = true});
    kit.unclip();
    kit.clip({area.x, area.y + 52, area.w, area.h - 54});
    for (size_t row = 0; row < view.rows.size(); ++row) {
      float ry = area.y + 54 + static_cast<float>(row) * 34 - offset;
      if (ry + 34 < area.y || ry > area.bottom() || c >= view.rows[row].size()) continue;
      kit.clip({cx + 6, ry, cell - 10, 34});
      kit.text({cx + 12, ry, cell - 20, 34}, view.rows[row][c], t.ink,
               {.size = 14, .wrap = false, .middle = true, .may_cut = true});
      kit.unclip();
    }
    kit.unclip();
  }
  kit.unclip();
  kit.fill({area.x + 1, area.y + 51, area.w - 2, 1}, t.line);
  float kx = r.x;
  auto key = [&](const char* name, const std::string& words) {
    kx += kit.key_cap(kx, r.bottom() - 28, name) + 8;
    kit.text({kx, r.bottom() - 40, r.right() - kx, 24}, words, t.quiet, {.size = 13.5f, .wrap = false, .middle = true});
    kx += kit.text_width(words, {.size = 13.5f}) + 22;
  };
  key("←  →", tr(s, "table.columns.label"));
  key("↑  ↓", tr(s, "table.rows_by_one.label"));
  key("PgUp  PgDn", tr(s, "table.rows_by_page.label"));
  return events;
}

}  // namespace window
