#include "collector/window/screen.h"

namespace window {

Events draw_central(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::CentralView& view,
                    Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "file") {
    scratch.shown = "file";
    scratch.folder = view.folder;
    kit.focus("file.folder");
  }
  Rect r = draw_places(kit, s, frame, app::Go::central_file, events);
  kit.text({r.x, r.y, r.w, 36}, tr(s, "file.title.label"), t.ink, {.size = 24, .bold = true, .wrap = false});
  Rect card{r.x, r.y + 60, std::min(r.w, 760.f), r.h - 60};
  kit.card(card);
  float x = card.x + 32, w = card.w - 64, y = card.y + 24;
  kit.text({x, y, w, 20}, tr(s, "file.place.label"), t.quiet, {.size = 14, .wrap = false});
  kit.text({x, y + 22, w, 26}, view.place, t.ink, {.size = 16, .wrap = false, .may_cut = true});
  y += 60;
  kit.text({x, y, w, 20}, tr(s, "file.folder.label"), t.quiet, {.size = 14, .wrap = false});
  std::string out;
  (void)kit.field("file.folder", {x, y + 24, w, 48}, scratch.folder, {.size = 17}, out);
  scratch.folder = out;
  y += 88;
  float third = (w - 24) / 3;
  bool free = frame.working.empty();
  if (kit.button("file.backup", {x, y, third, 50}, tr(s, "file.backup.button"), Look::primary, free))
    events.push_back(app::BackUpTo{scratch.folder});
  if (kit.button("file.verify", {x + third + 12, y, third, 50}, tr(s, "file.verify.button"), Look::plain,
                 free))
    events.push_back(app::VerifyCentral{});
  if (kit.button("file.move", {x + 2 * (third + 12), y, third, 50}, tr(s, "file.move.button"), Look::plain,
                 free))
    events.push_back(app::MoveCentral{scratch.folder});
  y += 66;
  float end = card.y + card.h - 16;
  auto line = [&](Icon icon, const auto& ink, const std::string& text) {
    if (y + 26 > end) return;
    kit.icon(icon, x + 12, y + 12, 20, ink);
    kit.text({x + 32, y, w - 32, 24}, text, t.ink,
             {.size = 15, .wrap = false, .middle = true, .may_cut = true});
    y += 28;
  };
  if (view.results.empty() && view.problems.empty())
    y += kit.text({x, y, w, 66}, tr(s, "file.note.text"), t.quiet, {.size = 14.5f}) + 12;
  for (const std::string& one : view.results) line(Icon::saved, t.good, one);
  for (const std::string& one : view.problems) line(Icon::alert, t.warn, one);
  if (!view.copies.empty() && y + 54 < end) {
    kit.text({x, y, w, 20}, tr(s, "file.copies.label"), t.quiet, {.size = 14, .wrap = false});
    y += 26;
    for (const std::string& one : view.copies) line(Icon::disk, t.quiet, one);
  }
  return events;
}

}  // namespace window
