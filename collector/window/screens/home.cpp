#include "collector/window/screen.h"

namespace window {

namespace {

std::pair<Icon, std::string> state_of(const app::Strings& s, app::Safety safety) {
  switch (safety) {
    case app::Safety::open:
      return {Icon::pencil, tr(s, "home.open.state")};
    case app::Safety::on_laptop:
      return {Icon::dot, tr(s, "home.on_laptop.state")};
    case app::Safety::handed_over:
      return {Icon::sync, tr(s, "home.handed_over.state")};
    case app::Safety::received:
      return {Icon::saved, tr(s, "home.received.state")};
    case app::Safety::withdrawn:
      return {Icon::dot, tr(s, "home.withdrawn.state")};
  }
  return {Icon::none, ""};
}

}  // namespace

Events draw_home(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::HomeView& view,
                 Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "home") {
    scratch.shown = "home";
    kit.focus(view.forms.empty() ? "" : "form." + view.forms.front().id);
  }
  Rect r = draw_places(kit, s, frame, app::Go::home, events);
  kit.text({r.x, r.y, r.w, 36}, frame.practice ? tr(s, "home.practice.title") : tr(s, "home.new.title"),
           t.ink, {.size = 24, .bold = true, .wrap = false});
  float y = r.y + 52;
  if (view.forms.empty()) {
    kit.card({r.x, y, r.w, 96});
    kit.text({r.x + 28, y, r.w - 56, 96},
             frame.project.empty() ? tr(s, "home.not_enrolled.text") : tr(s, "home.no_forms.text"), t.quiet,
             {.size = 16, .middle = true});
    y += 120;
  }
  float w = (r.w - 32) / 3;
  for (size_t i = 0; i < view.forms.size(); ++i) {
    const app::FormCard& form = view.forms[i];
    Rect c{r.x + static_cast<float>(i % 3) * (w + 16), y + static_cast<float>(i / 3) * 192, w, 176};
    kit.card(c);
    if (kit.hovered(c)) kit.stroke(c, t.accent, 18, 2);
    kit.fill({c.x + 20, c.y + 20, 36, 36}, t.soft, 10);
    kit.icon(Icon::form, c.x + 38, c.y + 38, 20, t.accent);
    kit.clip({c.x + 8, c.y, c.w - 16, c.h});
    kit.text({c.x + 20, c.y + 64, c.w - 40, 80}, form.title, t.ink, {.size = 16.5f, .bold = true});
    kit.unclip();
    kit.text({c.x + 20, c.bottom() - 30, c.w - 40, 20}, form.version, t.quiet,
             {.size = 12.5f, .wrap = false});
    if (kit.hit("form." + form.id, c, form.title)) events.push_back(app::NewInterview{form.id});
  }
  y += static_cast<float>((view.forms.size() + 2) / 3) * 192 + 12;
  if (frame.practice) return events;
  if (!frame.coordinator) {
    bool safe = view.waiting == 0;
    Rect line{r.x, y, r.w, 60};
    kit.fill(line, t.soft, 16);
    kit.icon(safe ? Icon::saved : Icon::sync, r.x + 34, y + 30, 26, t.accent);
    std::string text = safe ? tr(s, "home.all_received.label")
                            : s.tr("sync.waiting.label", {{"count", s.number(view.waiting)}}, view.waiting);
    kit.text({r.x + 62, y, r.w - 260, 60}, text, t.ink,
             {.size = 16.5f, .bold = true, .wrap = false, .middle = true});
    if (kit.button("home.sync", {line.right() - 176, y + 9, 160, 42}, tr(s, "go.sync.button"), Look::plain))
      events.push_back(app::Visit{app::Go::sync});
    y += 84;
  }
  if (view.interviews.empty()) return events;
  kit.text({r.x, y, r.w, 30}, tr(s, "home.mine.title"), t.ink, {.size = 19, .bold = true, .wrap = false});
  y += 42;
  Rect area{r.x - 8, y, r.w + 16, r.bottom() - y + 20};
  float offset = kit.scroll_area("home.list", area, static_cast<float>(view.interviews.size()) * 64 + 8);
  kit.clip(area);
  float row = area.y + 4 - offset;
  for (const app::InterviewCard& one : view.interviews) {
    Rect c{r.x, row, r.w, 54};
    if (c.bottom() > area.y && c.y < area.bottom()) {
      kit.fill(c, kit.hovered(c) ? t.hover : t.card, 12);
      kit.stroke(c, t.line, 12);
      auto [icon, state] = state_of(s, one.safety);
      kit.icon(icon, c.x + 30, c.y + 27, 22, one.safety == app::Safety::received ? t.good : t.quiet);
      kit.text({c.x + 56, c.y, 250, 54}, one.name.empty() ? tr(s, "home.no_name.label") : one.name, t.ink,
               {.size = 16, .bold = true, .wrap = false, .middle = true});
      kit.clip({c.x + 300, c.y, c.w - 640, 54});
      kit.text({c.x + 300, c.y, c.w - 640, 54}, one.title, t.quiet,
               {.size = 14.5f, .wrap = false, .middle = true});
      kit.unclip();
      kit.text({c.right() - 320, c.y, 110, 54}, one.when, t.quiet,
               {.size = 14, .wrap = false, .middle = true});
      kit.text({c.right() - 200, c.y, 180, 54}, state, t.quiet,
               {.size = 14, .align = Align::end, .wrap = false, .middle = true});
    }
    if (kit.hit("interview." + one.id, c, one.name)) events.push_back(app::OpenInterview{one.id});
    row += 64;
  }
  kit.unclip();
  return events;
}

}  // namespace window
