// What is around the screens: the side bar, the notice line, the key map.
#include <cmath>

#include "collector/window/menu.h"

namespace window {

using app::Go;

Rect draw_places(Kit& kit, const app::Strings& s, const app::Frame& frame, Go here, Events& events) {
  const Theme& t = kit.look();
  constexpr float bar = 240;
  kit.fill({0, 0, bar, kit.height()}, t.side);
  kit.fill({bar, 0, 1, kit.height()}, t.line);
  kit.fill({24, 26, 44, 44}, t.accent, 12);
  kit.icon(Icon::form, 46, 48, 24, t.on_accent);
  kit.text({80, 24, bar - 88, 26},
           frame.practice          ? tr(s, "app.name.title")
           : frame.project.empty() ? tr(s, "app.name.title")
                                   : frame.project,
           t.ink, {.size = 18, .bold = true, .wrap = false, .may_cut = true});
  kit.text({80, 50, bar - 88, 20}, frame.profile, t.quiet, {.size = 13, .wrap = false, .may_cut = true});
  struct Line {
    Go go;
    Icon icon;
    std::string id, label;
    bool coordinator;
  };
  const Line lines[] = {{Go::home, Icon::home, "go.home", tr(s, "go.home.button"), false},
                        {Go::sync, Icon::sync, "go.sync", tr(s, "go.sync.button"), false},
                        {Go::conflicts, Icon::merge, "go.conflicts", tr(s, "go.conflicts.button"), true},
                        {Go::table, Icon::table, "go.table", tr(s, "go.table.button"), true},
                        {Go::export_tables, Icon::out, "go.export", tr(s, "go.export.button"), true},
                        {Go::central_file, Icon::disk, "go.file", tr(s, "go.file.button"), true},
                        {Go::editor, Icon::pencil, "go.editor", tr(s, "go.editor.button"), true}};
  float y = 104;
  for (const Line& line : lines) {
    if (line.coordinator && !frame.coordinator) continue;
    Rect r{14, y, bar - 28, 46};
    bool now = line.go == here;
    if (now || kit.hovered(r)) kit.fill(r, now ? t.soft : t.hover, 12);
    kit.icon(line.icon, 40, y + 23, 22, now ? t.accent : t.quiet);
    kit.text({66, y, bar - 90, 46}, line.label, now ? t.accent : t.ink,
             {.size = 16, .bold = now, .wrap = false, .middle = true});
    if (kit.hit(line.id, r, line.label)) events.push_back(app::Visit{line.go});
    y += 52;
  }
  if (kit.button("go.lock", {14, kit.height() - 66, bar - 28, 46}, tr(s, "go.lock.button"), Look::chip, true,
                 Icon::lock))
    events.push_back(app::Visit{Go::lock});
  if (frame.practice) {
    kit.fill({bar + 1, 0, kit.width() - bar - 1, 40}, t.soft);
    kit.text({bar + 24, 0, kit.width() - bar - 48, 40}, tr(s, "practice.mark.label"), t.accent,
             {.size = 16, .bold = true, .wrap = false, .middle = true});
    return {bar + 32, 56, kit.width() - bar - 64, kit.height() - 96};
  }
  return {bar + 32, 32, kit.width() - bar - 64, kit.height() - 72};
}

Events draw(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::Screen& screen,
            Scratch& scratch) {
  const Theme& t = kit.look();
  kit.fill({0, 0, kit.width(), kit.height()}, t.ground);
  if (scratch.open == Open::keys && kit.input()) {
    Events events;
    draw_keys(kit, s, screen, scratch, events);
    return events;
  }
  if (scratch.open == Open::nothing && kit.key(Key::f1)) open_menu(kit, scratch, Open::keys, "");
  Events events = std::visit(
      [&](const auto& view) -> Events {
        using View = std::decay_t<decltype(view)>;
        if constexpr (std::is_same_v<View, app::UnlockView>) return draw_unlock(kit, s, view, scratch);
        if constexpr (std::is_same_v<View, app::HomeView>) return draw_home(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::InterviewView>)
          return draw_interview(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::SubmitView>) return draw_submit(kit, s, view, scratch);
        if constexpr (std::is_same_v<View, app::SyncView>) return draw_sync(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::ConflictsView>)
          return draw_conflicts(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::TableView>) return draw_table(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::ExportView>) return draw_export(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::EditorView>) return draw_editor(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::CentralView>) return draw_central(kit, s, frame, view, scratch);
      },
      screen);
  if (!frame.working.empty() && !std::holds_alternative<app::SyncView>(screen)) {
    Rect r{kit.width() / 2 - 220, kit.height() - 84, 440, 64};
    kit.card(r, 18);
    kit.text({r.x + 28, r.y + 10, r.w - 56, 26}, frame.working, t.ink, {.size = 15.5f, .wrap = false});
    kit.fill({r.x + 28, r.y + 44, r.w - 56, 6}, t.soft, 3);
    float way = std::fmod(scratch.seconds, 1.6f) / 1.6f;
    kit.fill({r.x + 28 + way * (r.w - 56 - 96), r.y + 44, 96, 6}, t.accent, 3);
  } else if (!frame.notice.empty()) {
    TextLook look{.size = 15.5f, .wrap = false};
    float w = std::min(kit.width() - 80, kit.text_width(frame.notice, look) + 84);
    Rect r{(kit.width() - w) / 2, kit.height() - 64, w, 44};
    kit.card(r, 22);
    kit.icon(frame.notice_is_problem ? Icon::alert : Icon::saved, r.x + 28, r.y + 22, 22,
             frame.notice_is_problem ? t.warn : t.good);
    kit.text({r.x + 52, r.y, r.w - 64, 44}, frame.notice, t.ink,
             {.size = 15.5f, .wrap = false, .middle = true});
  }
  if (scratch.open == Open::keys) draw_keys(kit, s, screen, scratch, events);
  return events;
}

}  // namespace window
