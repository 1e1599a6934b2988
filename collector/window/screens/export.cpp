#include "collector/window/screen.h"

namespace window {

Events draw_export(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::ExportView& view,
                   Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "export") {
    scratch.shown = "export";
    scratch.folder = view.folder;
    kit.focus("export.folder");
  }
  if (choosing_folder(kit, s, view.browser, scratch, scratch.folder, events)) return events;
  Rect r = draw_places(kit, s, frame, app::Go::export_tables, events);
  kit.text({r.x, r.y, r.w, 36}, tr(s, "export.title.label"), t.ink,
           {.size = 24, .bold = true, .wrap = false});
  Rect card{r.x, r.y + 60, std::min(r.w, 760.f), 300};
  kit.card(card);
  float x = card.x + 32;
  float w = card.w - 64;
  kit.text({x, card.y + 28, w, 20}, tr(s, "export.folder.label"), t.quiet, {.size = 14, .wrap = false});
  std::string out;
  std::string browse = tr(s, "folder.browse.button");
  float bw = kit.text_width(browse, {.size = 16}) + 60;
  (void)kit.field("export.folder", {x, card.y + 52, w - bw - 12, 48}, scratch.folder, {.size = 17}, out);
  scratch.folder = out;
  if (kit.button("export.browse", {x + w - bw, card.y + 52, bw, 48}, browse, Look::plain, true, Icon::folder))
    events.push_back(app::BrowseFolders{scratch.folder});
  const std::pair<const char*, std::string> formats[] = {{"xlsx", tr(s, "export.xlsx.button")},
                                                         {"csv", tr(s, "export.csv.button")},
                                                         {"values", tr(s, "export.values.button")}};
  float bx = x;
  for (const auto& [name, label] : formats) {
    if (kit.button(std::string("export.") + name, {bx, card.y + 124, (w - 24) / 3, 50}, label,
                   std::string_view(name) == "xlsx" ? Look::primary : Look::plain))
      events.push_back(app::ExportTo{name, scratch.folder});
    bx += (w - 24) / 3 + 12;
  }
  kit.text({x, card.y + 196, w, 80}, view.result.empty() ? tr(s, "export.note.text") : view.result, t.quiet,
           {.size = 14.5f});
  if (view.browser) draw_browser(kit, s, *view.browser, scratch, events);
  return events;
}

}  // namespace window
