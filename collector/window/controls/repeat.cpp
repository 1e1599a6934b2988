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
  y += kit.text({r.x, y, r.w, 80}, title, t.ink, {.size = 27, .bold = true}) + 20;
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
    float room = r.w - 64 - aw - cw - 24;
    kit.text({r.x + 64, y, room, 50}, one.label.empty() ? tr(s, "repeat.blank.label") : one.label,
             one.label.empty() ? t.quiet : t.ink, {.size = 16.5f, .wrap = false, .middle = true, .may_cut = true});
    if (kit.hit("repeat.go." + one.id, {r.x, y, room + 60, 50}, one.label, true, false))
      events.push_back(app::JumpTo{one.id});
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
