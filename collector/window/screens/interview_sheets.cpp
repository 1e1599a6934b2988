// Sheets over an interview: its recordings, to be heard; a newer version of its form.
#include <algorithm>

#include "collector/window/controls/player.h"
#include "collector/window/menu.h"

namespace window {

using app::InterviewView;

void open_recordings(Kit& kit, const InterviewView& view, Scratch& scratch) {
  open_menu(kit, scratch, Open::recordings, "");
  scratch.highlighted = static_cast<int>(view.parts.size()) - 1;  // what was recorded last
}

// The keys speak to one part: PgUp and PgDn lead to another.
void draw_recordings(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch, Events& events) {
  const Theme& t = kit.look();
  auto last = static_cast<int>(view.parts.size()) - 1;
  int step = kit.key(Key::page_down) ? 1 : kit.key(Key::page_up) ? -1 : 0;
  int now = scratch.highlighted = std::clamp(scratch.highlighted + step, 0, std::max(0, last));
  float& content = scratch.heights["recordings"];
  Rect in = draw_sheet(kit, tr(s, "sound.recordings.title"), 720, content + 150);
  float end = in.right();
  auto sign = [&](const char* id, const std::string& label, const char* key, Icon icon) {
    float w = sign_width(kit, key);
    end -= w;
    return draw_sign(kit, id, label, key, icon, {end, in.y - 44, w, 30});
  };
  bool close = sign("recordings.close", tr(s, "keys.close.label"), "Esc", Icon::close);
  if (last > 0) kit.key_cap(end - 6, in.y - 29, "PgUp  PgDn", true);
  float y = in.y;
  y += kit.text({in.x, y, in.w, 60}, tr(s, "sound.while_open.text"), t.quiet, {.size = 14.5f}) + 12;
  Rect area{in.x - 8, y, in.w + 16, in.bottom() - y + 8};
  float offset = kit.scroll_area("recordings", area, content);
  kit.clip(area);
  float top = y + 6 - offset;
  float at = top;
  for (int n = 0; n <= last; ++n) {
    const app::RecordingView& part = view.parts[static_cast<size_t>(n)];
    const Input* i = kit.input();
    bool free = n == now && i && i->kind == Input::Kind::key && !i->control && !i->alt;
    float from = at;
    at += draw_player({kit, s, view.sound, events, part.id, part.label, part.marks, free ? i : nullptr, n == now},
                      {in.x, at, in.w, 0}) +
          8;
    if (n == now && step != 0) kit.show_in_area("recordings", area, from - top, at - from);
    if (view.sound.question == part.id && view.sound.state == app::SoundState::failed)
      at += kit.text({in.x, at, in.w, 60}, view.sound.problem, t.ink, {.size = 15}) + 10;
  }
  kit.unclip();
  content = at - top + 10;
  const Input* i = kit.input();
  if (!i) return;
  close |= kit.key(Key::escape) || kit.letter('H', true, false);
  close |= i->kind == Input::Kind::press && !kit.hovered({in.x - 32, in.y - 70, in.w + 64, in.h + 120});
  kit.consume();
  if (!close) return;
  events.push_back(app::StopPlaying{});
  close_menu(kit, scratch);
}

void draw_newer(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch, Events& events) {
  if (!view.newer) return close_menu(kit, scratch);
  const app::NewerView& newer = *view.newer;
  std::string words = s.tr("newer.versions.text", {{"before", newer.before}, {"after", newer.after}});
  auto count = [&](app::Key key, int n) {
    if (n > 0) words += "\n" + s.tr(key, {{"count", s.number(n)}}, n);
  };
  count("newer.added.text", newer.added);
  count("newer.changed.text", newer.changed);
  count("newer.gone.text", newer.gone);
  if (newer.added + newer.changed + newer.gone == 0) words += "\n" + tr(s, "newer.same.text");
  words += "\n" + tr(s, "newer.kept.text");
  Menu menu{.id = "newer", .title = tr(s, "newer.title.label"), .remark = words, .width = 600};
  menu.rows.push_back({"move", s.tr("newer.move.button", {{"after", newer.after}}), "", Icon::forward});
  menu.rows.push_back({"stay", tr(s, "newer.stay.button"), "", Icon::check});
  int chosen = draw_menu(kit, s, menu, scratch);
  if (chosen >= 0) close_menu(kit, scratch);
  if (scratch.open == Open::nothing && kit.has_input()) events.push_back(app::MoveToNewest{chosen == 0});
}

}  // namespace window
