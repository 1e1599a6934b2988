// What is around the screens: the side bar, the notice line, and which screen is drawn.
#include <algorithm>
#include <cmath>

#include "collector/window/menu.h"

namespace window {

using app::Go;

namespace {

struct Line {
  Go go;
  Icon icon;
  const char* id;
  std::string label;
  bool coordinator = false, enrolled = true;
};

void draw_place(Kit& kit, const Line& line, bool now, Rect r, bool small, Events& events, const char* key = nullptr) {
  const Theme& t = kit.look();
  if (now || kit.hovered(r)) kit.fill(r, now ? t.soft : t.hover, 12);
  kit.icon(line.icon, r.x + 26, r.y + r.h / 2, small ? 19.f : 22.f, now ? t.accent : t.quiet);
  TextLook look{.size = small ? 14.5f : 16, .bold = now, .wrap = false, .middle = true};
  float cap = key ? kit.key_cap(r.right() - 8, r.y + r.h / 2, key, true) + 12 : 0;
  while (look.size > 12.5f && kit.text_width(line.label, look) > r.w - 56 - cap) look.size -= 0.5f;
  kit.text({r.x + 52, r.y, r.w - 54, r.h}, line.label, now ? t.accent : t.ink, look);
  if (kit.hit(line.id, r, line.label)) events.push_back(app::Visit{line.go});
}

}  // namespace

Rect draw_places(Kit& kit, const app::Strings& s, const app::Frame& frame, Go here, Events& events) {
  const Theme& t = kit.look();
  float bar = std::clamp(kit.width() * 0.19f, 216.f, 244.f);
  bool low = kit.height() < 680;
  kit.fill({0, 0, bar, kit.height()}, t.side);
  kit.fill({bar, 0, 1, kit.height()}, t.line);
  float top = low ? 16.f : 26.f;
  kit.fill({22, top, 44, 44}, t.accent, 12);
  kit.icon(Icon::form, 44, top + 22, 24, t.on_accent);
  kit.text({78, top - 2, bar - 86, 26}, frame.practice || frame.project.empty() ? tr(s, "app.name.title") : frame.project,
           t.ink, {.size = 18, .bold = true, .wrap = false, .may_cut = true});
  kit.text({78, top + 24, bar - 86, 20}, frame.profile, t.quiet, {.size = 13, .wrap = false, .may_cut = true});
  bool inside = !frame.profile.empty();
  const Line lines[] = {
      {Go::home, Icon::home, "go.home", tr(s, "go.home.button")},
      {Go::contacts, Icon::calendar, "go.contacts", tr(s, "go.contacts.button")},
      {Go::sync, Icon::sync, "go.sync", tr(s, "go.sync.button")},
      {Go::withdraw, Icon::withdrawn, "go.withdraw", tr(s, "go.withdraw.button")},
      {Go::conflicts, Icon::merge, "go.conflicts", tr(s, "go.conflicts.button"), true},
      {Go::table, Icon::table, "go.table", tr(s, "go.table.button"), true},
      {Go::export_tables, Icon::out, "go.export", tr(s, "go.export.button"), true},
      {Go::central_file, Icon::disk, "go.file", tr(s, "go.file.button"), true},
      {Go::editor, Icon::pencil, "go.editor", tr(s, "go.editor.button"), true}};
  float y = top + 62;
  float h = low ? 38.f : 44.f;
  for (const Line& line : lines) {
    if (!inside || (line.coordinator && !frame.coordinator)) continue;
    if (frame.practice && line.go != Go::home) continue;
    draw_place(kit, line, line.go == here, {12, y, bar - 24, h}, false, events);
    y += h + (low ? 2.f : 5.f);
  }
  const Line below[] = {{Go::settings, Icon::settings, "go.settings", tr(s, "go.settings.button")},
                        {Go::help, Icon::help, "go.help", tr(s, "go.help.button")},
                        {Go::about, Icon::info, "go.about", tr(s, "go.about.button")}};
  y = kit.height() - (low ? 50.f : 62.f) - 3 * 34 - 8;
  for (const Line& line : below) {
    draw_place(kit, line, line.go == here, {12, y, bar - 24, 33}, true, events, line.go == Go::help ? "F1" : nullptr);
    y += 34;
  }
  if (kit.button("go.lock", {12, y + 6, bar - 24, low ? 36.f : 44.f},
                 frame.practice ? tr(s, "practice.end.button") : tr(s, "go.lock.button"), Look::chip, true,
                 Icon::lock, false, frame.practice ? nullptr : "F12"))
    events.push_back(app::Visit{Go::lock});
  float margin = kit.width() < 1150 ? 24.f : 34.f;
  if (frame.practice) {
    kit.fill({bar + 1, 0, kit.width() - bar - 1, 40}, t.soft);
    kit.icon(Icon::practise, bar + margin + 10, 20, 20, t.accent);
    kit.text({bar + margin + 30, 0, kit.width() - bar - 2 * margin - 30, 40}, tr(s, "practice.mark.label"), t.accent,
             {.size = 15.5f, .bold = true, .wrap = false, .middle = true});
    return {bar + margin, 56, kit.width() - bar - 2 * margin, kit.height() - 96};
  }
  float in = low ? 20.f : 30.f;
  return {bar + margin, in, kit.width() - bar - 2 * margin, kit.height() - in - 40};
}

namespace {

Events draw_screen(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::Screen& screen,
                   Scratch& scratch) {
  return std::visit(
      [&](const auto& view) -> Events {
        using View = std::decay_t<decltype(view)>;
        if constexpr (std::is_same_v<View, app::UnlockView>) return draw_unlock(kit, s, view, scratch);
        if constexpr (std::is_same_v<View, app::LockView>) return draw_lock(kit, s, view, scratch);
        if constexpr (std::is_same_v<View, app::HomeView>) return draw_home(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::ContactsView>)
          return draw_contacts(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::WithdrawView>)
          return draw_withdraw(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::SettingsView>)
          return draw_settings(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::HelpView>) return draw_help(kit, s, frame, view, scratch);
        if constexpr (std::is_same_v<View, app::AboutView>) return draw_about(kit, s, frame, view, scratch);
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
}

// Height of the row of buttons at the window's end: nothing lies over it.
float bottom_row(const Kit& kit, const app::Screen& screen) {
  bool low = kit.height() < 680;
  if (std::holds_alternative<app::InterviewView>(screen)) return low ? 66.f : 86.f;
  if (std::holds_alternative<app::SubmitView>(screen)) return low ? 72.f : 92.f;
  return 0;
}

// One line that the last action left, or what a task is doing.
void draw_notice(Kit& kit, const app::Frame& frame, const app::Screen& screen, const Scratch& scratch) {
  const Theme& t = kit.look();
  if (!frame.working.empty() && !std::holds_alternative<app::SyncView>(screen)) {
    float w = std::min(440.f, kit.width() - 60);
    Rect r{(kit.width() - w) / 2, kit.height() - 84 - bottom_row(kit, screen), w, 64};
    kit.card(r, 18);
    kit.text({r.x + 28, r.y + 10, r.w - 56, 26}, frame.working, t.ink, {.size = 15.5f, .wrap = false});
    kit.fill({r.x + 28, r.y + 44, r.w - 56, 6}, t.soft, 3);
    float way = std::fmod(scratch.seconds, 1.6f) / 1.6f;
    kit.fill({r.x + 28 + way * (r.w - 56 - 96), r.y + 44, 96, 6}, t.accent, 3);
  } else if (!frame.notice.empty()) {
    float most = std::min(760.f, kit.width() - 60);
    float w = std::min(most, kit.text_width(frame.notice, {.size = 15.5f}) + 88);
    float h = std::max(44.f, kit.text_height(w - 84, frame.notice, {.size = 15.5f}) + 20);
    Rect r{(kit.width() - w) / 2, kit.height() - h - 18 - bottom_row(kit, screen), w, h};
    kit.card(r, 20);
    kit.stroke(r, t.line, 20);
    kit.icon(frame.notice_is_problem ? Icon::alert : Icon::info, r.x + 28, r.y + h / 2, 22,
             frame.notice_is_problem ? t.warn : t.quiet);
    kit.text({r.x + 54, r.y, w - 82, h}, frame.notice, t.ink, {.size = 15.5f, .middle = true});
  }
}

}  // namespace

Events draw(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::Screen& screen,
            Scratch& scratch) {
  kit.fill({0, 0, kit.width(), kit.height()}, kit.look().ground);
  if (scratch.open == Open::keys && kit.input()) {
    Events events;
    draw_keys(kit, s, screen, scratch, events);
    return events;
  }
  bool locked = std::holds_alternative<app::LockView>(screen) || std::holds_alternative<app::UnlockView>(screen);
  if (scratch.open == Open::nothing && kit.key(Key::f1)) open_menu(kit, scratch, Open::keys, "");
  if (!locked && kit.key(Key::f12)) return {app::Hide{}};
  Events events = draw_screen(kit, s, frame, screen, scratch);
  draw_notice(kit, frame, screen, scratch);
  if (scratch.open == Open::keys) draw_keys(kit, s, screen, scratch, events);
  return events;
}

}  // namespace window
