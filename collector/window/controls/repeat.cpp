// The page after the last instance of a repeat.
#include "collector/window/screen.h"

namespace window {

// After the last instance of a repeat: another one? 1 adds, 2 or Enter goes on.
float draw_repeat(Kit& kit, const app::Strings& s, const app::RepeatView& view, Rect r, Scratch& scratch,
                  Events& events) {
  const Theme& t = kit.look();
  float y = r.y;
  std::string title = view.instances.empty() ? s.tr("repeat.first.title", {{"label", view.label}})
                                             : s.tr("repeat.more.title", {{"label", view.label}});
  std::string as_table = tr(s, "repeat.table.button");
  float tw = kit.text_width(as_table, {.size = 14.5f}) + 92;
  bool offers_table = view.may_be_table && !view.instances.empty();
  if (offers_table) {
    Rect chip{r.right() - tw, y, tw, 36};
    if (kit.button("repeat.table", chip, "", Look::chip)) events.push_back(app::TabulateRepeats{true});
    kit.relabel(as_table);
    kit.text({chip.x + 14, chip.y, tw, chip.h}, as_table, t.ink, {.size = 14.5f, .wrap = false, .middle = true});
    kit.key_cap(chip.right() - 10, chip.y + 18, "Ctrl T", true);
  }
  y += kit.text({r.x, y, r.w - (offers_table ? tw + 16 : 0), 80}, title, t.ink, {.size = 27, .bold = true}) + 20;
  for (size_t i = 0; i < view.instances.size(); ++i) {
    const app::RepeatView::Instance& one = view.instances[i];
    Rect row{r.x, y, r.w, 50};
    kit.fill(row, t.ground, 12);
    kit.text({r.x + 20, y, 44, 50}, s.number(static_cast<long>(i) + 1), t.accent,
             {.size = 16, .bold = true, .wrap = false, .middle = true});
    bool sure = scratch.removing == one.id;
    std::string away = sure ? tr(s, "repeat.sure.button") : tr(s, "repeat.remove.button");
    std::string copy = tr(s, "repeat.copy.button");
    float aw = kit.text_width(away, {.size = 16, .bold = sure}) + 40;
    float cw = kit.text_width(copy, {.size = 16}) + 62;
    bool moves = view.may_move && view.instances.size() > 1;
    float mw = moves ? 92.f : 0.f;
    float room = r.w - 64 - aw - cw - mw - 24;
    kit.text({r.x + 64, y, room, 50}, one.label.empty() ? tr(s, "repeat.blank.label") : one.label,
             one.label.empty() ? t.quiet : t.ink, {.size = 16.5f, .wrap = false, .middle = true, .may_cut = true});
    if (kit.hit("repeat.go." + one.id, {r.x, y, room + 60, 50}, one.label, true, false))
      events.push_back(app::JumpTo{one.id});
    if (moves) {
      float mx = r.right() - aw - cw - mw - 14;
      std::string up = "repeat.up." + one.id;
      std::string down = "repeat.down." + one.id;
      bool here = kit.focus().ends_with("." + one.id) && kit.focus().starts_with("repeat.");
      int by = kit.button(up, {mx, y + 5, 42, 40}, "", Look::quiet, i > 0, Icon::raise) ? -1 : 0;
      kit.relabel(tr(s, "repeat.raise.button"));
      if (kit.button(down, {mx + 46, y + 5, 42, 40}, "", Look::quiet, i + 1 < view.instances.size(), Icon::lower)) by = 1;
      kit.relabel(tr(s, "repeat.lower.button"));
      if (here && kit.key(Key::up, false, true)) by = -1;
      if (here && kit.key(Key::down, false, true)) by = 1;
      size_t to = i + static_cast<size_t>(by);
      if (by != 0 && to < view.instances.size()) {
        events.push_back(app::MoveInstance{one.id, by});
        // The focus goes along, where it can go further on the same button.
        bool further = by < 0 ? to > 0 : to + 1 < view.instances.size();
        kit.focus(((by < 0) == further ? "repeat.up." : "repeat.down.") + view.instances[to].id);
      }
    }
    if (kit.button("repeat.copy." + one.id, {r.right() - aw - cw - 14, y + 5, cw, 40}, copy, Look::quiet, true, Icon::copy))
      events.push_back(app::CopyInstance{one.id});
    if (kit.button("repeat.remove." + one.id, {r.right() - aw - 10, y + 5, aw, 40}, away,
                   sure ? Look::primary : Look::quiet)) {
      if (sure) events.push_back(app::RemoveInstance{one.id});
      scratch.removing = sure ? "" : one.id;
    }
    y += 58;
  }
  y += 12;
  const std::pair<const char*, std::string> ways[] = {{"repeat.add", tr(s, "repeat.add.button")},
                                                      {"repeat.on", tr(s, "repeat.on.button")}};
  int asked = 0;
  if (const Input* i = kit.input(); i && i->kind == Input::Kind::key && i->key == Key::digit && !i->control &&
                                    !i->alt && (i->digit == 1 || i->digit == 2)) {
    asked = i->digit;
    kit.consume();
  }
  for (int n = 1; n <= 2; ++n) {
    const auto& [id, label] = ways[n - 1];
    Rect row{r.x, y, r.w, 60};
    kit.fill(row, kit.hovered(row) ? t.hover : t.card, 14);
    kit.stroke(row, t.line, 14);
    kit.fill({r.x + 16, y + 14, 32, 32}, t.soft, 8);
    kit.text({r.x + 16, y + 14, 32, 32}, s.number(n), t.accent,
             {.size = 15, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
    kit.text({r.x + 66, y, r.w - 80, 60}, label, t.ink, {.size = 18, .wrap = false, .middle = true});
    if (kit.hit(id, row, label)) asked = n;
    y += 70;
  }
  if (asked == 1) events.push_back(app::AddInstance{view.id, view.parent});
  if (asked == 2) events.push_back(app::NextPage{});
  return y - r.y;
}

}  // namespace window
