#include "collector/window/screen.h"

namespace window {

Events draw_sync(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::SyncView& view,
                 Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "sync") {
    scratch.shown = "sync";
    scratch.place = view.place;
    kit.focus(view.place.empty() ? "sync.place" : "sync.start");
  }
  if (choosing_folder(kit, s, view.browser, scratch, scratch.place, events)) return events;
  Rect r = draw_places(kit, s, frame, app::Go::sync, events);
  kit.text({r.x, r.y, r.w, 36}, tr(s, "sync.title.label"), t.ink, {.size = 24, .bold = true, .wrap = false});
  Rect card{r.x, r.y + 60, std::min(r.w, 760.f), 330};
  kit.card(card);
  float x = card.x + 32;
  float w = card.w - 64;
  float y = card.y + 26;
  if (!frame.coordinator) {
    kit.text({x, y, w, 26},
             view.left == 0 ? tr(s, "home.all_received.label")
                            : s.tr("sync.waiting.label", {{"count", s.number(view.left)}}, view.left),
             t.ink, {.size = 17, .bold = true, .wrap = false});
    y += 42;
  }
  kit.text({x, y, w, 20}, tr(s, "sync.place.label"), t.quiet, {.size = 14, .wrap = false});
  std::string out;
  std::string browse = tr(s, "folder.browse.button");
  float bw = kit.text_width(browse, {.size = 16}) + 60;
  FieldResult field = kit.field("sync.place", {x, y + 24, w - bw - 12, 48}, scratch.place,
                                {.placeholder = tr(s, "sync.place.placeholder"), .size = 17}, out);
  scratch.place = out;
  if (kit.button("sync.browse", {x + w - bw, y + 24, bw, 48}, browse, Look::plain, !view.running, Icon::folder))
    events.push_back(app::BrowseFolders{scratch.place});
  y += 80;
  float cx = x;
  for (size_t i = 0; i < view.offered.size() && !view.running; ++i) {  // likely places, one press each
    if (view.offered[i] == scratch.place) continue;
    float cw = std::min(w, kit.text_width(view.offered[i], {.size = 14}) + 34);
    if (cx > x && cx + cw > x + w) break;
    if (kit.button("sync.way." + std::to_string(i), {cx, y, cw, 34}, view.offered[i], Look::chip))
      scratch.place = view.offered[i];
    cx += cw + 8;
  }
  y += cx > x ? 46.f : 12.f;
  bool go = field.entered;
  if (view.running) {
    kit.progress({x, y + 8, w, 10},
                 view.bytes_total ? static_cast<float>(view.bytes_done) / static_cast<float>(view.bytes_total)
                                  : 0.05f);
    kit.text({x, y + 28, w, 24}, view.step, t.quiet, {.size = 15, .wrap = false});
    if (kit.button("sync.stop", {x, y + 64, 180, 48}, tr(s, "sync.stop.button"), Look::plain))
      events.push_back(app::CancelTask{});
  } else {
    go |= kit.button("sync.start", {x, y, 240, 52}, tr(s, "sync.start.button"), Look::primary, true,
                     Icon::sync, false,
                     kit.focus() == "sync.start" || kit.focus() == "sync.place" ? "Enter" : nullptr);
    float ry = y + 68;
    for (const std::string& line : view.results) {
      kit.icon(Icon::saved, x + 12, ry + 12, 20, t.good);
      kit.text({x + 32, ry, w - 32, 24}, line, t.ink, {.size = 16, .wrap = false, .middle = true});
      ry += 28;
    }
    for (const std::string& line : view.problems) {
      kit.icon(Icon::alert, x + 12, ry + 12, 20, t.warn);
      ry += std::max(26.f, kit.text({x + 32, ry, w - 32, 48}, line, t.ink, {.size = 15}));
    }
  }
  if (go) {
    if (scratch.place != view.place) events.push_back(app::ChoosePlace{scratch.place});
    events.push_back(app::StartSync{});
  }
  if (view.browser) draw_browser(kit, s, *view.browser, scratch, events);
  return events;
}

}  // namespace window
