#include "collector/window/screen.h"

namespace window {

Events draw_submit(Kit& kit, const app::Strings& s, const app::SubmitView& view, Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "submit") {
    scratch.shown = "submit";
    kit.focus(view.may_finish ? "submit.finish" : view.findings.empty() ? "submit.back" : "finding.0");
  }
  Rect card{kit.width() / 2 - 400, 40, 800, kit.height() - 150};
  kit.card(card);
  float x = card.x + 44;
  float w = card.w - 88;
  float y = card.y + 36;
  kit.text({x, y, w, 22}, view.title, t.accent, {.size = 13.5f, .bold = true, .wrap = false});
  y += 28;
  kit.text({x, y, w, 40}, view.may_finish ? tr(s, "submit.ready.title") : tr(s, "submit.open.title"), t.ink,
           {.size = 27, .bold = true, .wrap = false});
  y += 50;
  if (!view.refused) {
    std::string counts =
        s.tr("submit.answered.label", {{"count", s.number(view.answered)}}, view.answered) + "   ·   " +
        s.tr("submit.unanswered.label", {{"count", s.number(view.unanswered)}}, view.unanswered);
    kit.text({x, y, w, 24}, counts, t.quiet, {.size = 16, .wrap = false});
    y += 40;
  }
  y += kit.text({x, y, w, 60}, view.meaning, t.ink, {.size = 17}) + 16;
  if (!view.card.empty() && view.may_finish) {
    Rect c{x, y, w, 118};
    kit.fill(c, t.soft, 16);
    kit.text({x + 24, y + 14, w - 48, 22}, tr(s, "submit.card.title"), t.accent,
             {.size = 14.5f, .bold = true, .wrap = false});
    kit.text({x + 24, y + 38, w - 48, 34}, view.card, t.ink, {.size = 24, .bold = true, .wrap = false});
    kit.text({x + 24, y + 78, w - 48, 36}, tr(s, "submit.card.text"), t.quiet, {.size = 14});
    y += 134;
  }
  Rect area{x - 8, y, w + 16, card.bottom() - y - 16};
  float offset = kit.scroll_area("submit.list", area, static_cast<float>(view.findings.size()) * 76);
  kit.clip(area);
  float row = area.y + 4 - offset;
  for (size_t i = 0; i < view.findings.size(); ++i) {
    const app::FindingView& f = view.findings[i];
    Rect c{x, row, w, 66};
    if (c.bottom() > area.y && c.y < area.bottom()) {
      kit.fill(c, kit.hovered(c) ? t.hover : t.ground, 12);
      kit.icon(Icon::alert, x + 28, row + 33, 22, t.warn);
      kit.clip({x + 54, row, w - 60, 66});
      kit.text({x + 54, row + 9, w - 70, 24}, f.label, t.ink, {.size = 16, .bold = true, .wrap = false});
      kit.text({x + 54, row + 35, w - 70, 24}, f.text, t.quiet, {.size = 14, .wrap = false});
      kit.unclip();
    }
    std::string id = "finding." + std::to_string(i);
    if (kit.hit(id, c, f.label)) events.push_back(app::JumpTo{f.id});
    row += 76;
  }
  kit.unclip();
  float by = kit.height() - 84;
  if (kit.button("submit.back", {card.x, by, 180, 54}, tr(s, "submit.back.button"), Look::plain, true,
                 Icon::back) ||
      kit.key(Key::escape) || kit.key(Key::page_up))
    events.push_back(app::Visit{app::Go::back_to_interview});
  if (kit.button("submit.home", {card.x + 200, by, 220, 54}, tr(s, "submit.later.button"), Look::quiet))
    events.push_back(app::Visit{app::Go::home});
  if (kit.button("submit.finish", {card.right() - 220, by, 220, 54}, tr(s, "submit.finish.button"),
                 Look::primary, view.may_finish, Icon::check))
    events.push_back(app::Finish{});
  return events;
}

}  // namespace window
