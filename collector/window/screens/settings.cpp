// Settings: how a person likes the window, and how they come back after a lock.
#include <algorithm>

#include "collector/window/screen.h"

namespace window {

using app::SettingsView;

namespace {

struct Choice {
  std::string id, label;
  bool now = false;
  app::Event event;
};

// One setting: its name, what it means, and its values side by side, in as many lines as they need.
float draw_setting(Kit& kit, const std::string& label, const std::string& remark, std::vector<Choice> choices,
                   Rect r, Events& events) {
  const Theme& t = kit.look();
  float y = r.y;
  y += kit.text({r.x, y, r.w, 40}, label, t.ink, {.size = 16.5f, .bold = true}) + 2;
  if (!remark.empty()) y += kit.text({r.x, y, r.w, 60}, remark, t.quiet, {.size = 14}) + 2;
  y += 6;
  float x = r.x;
  for (Choice& choice : choices) {
    float w = kit.text_width(choice.label, {.size = 15.5f, .bold = choice.now}) + (choice.now ? 58.f : 34.f);
    if (x > r.x && x + w > r.right()) {
      x = r.x;
      y += 46;
    }
    Rect c{x, y, w, 40};
    kit.fill(c, choice.now ? t.soft : kit.hovered(c) ? t.hover : t.card, 20);
    kit.stroke(c, choice.now ? t.accent : t.line, 20, choice.now ? 2.f : 1.f);
    if (choice.now) kit.icon(Icon::check, x + 20, y + 20, 18, t.accent);
    kit.text({x + (choice.now ? 36.f : 17.f), y, w, 40}, choice.label, t.ink,
             {.size = 15.5f, .bold = choice.now, .wrap = false, .middle = true});
    if (kit.hit(choice.id, c, choice.label)) events.push_back(choice.event);
    x += w + 10;
  }
  return y + 40 + 24 - r.y;
}

std::vector<Choice> language_choices(const SettingsView& view) {
  std::vector<Choice> all;
  for (const app::LanguageRow& row : view.languages)
    all.push_back({"language." + row.code, row.name, row.code == view.language, app::ChangeInterface{row.code}});
  return all;
}

float draw_code(Kit& kit, const app::Strings& s, const SettingsView& view, Rect r, Scratch& scratch,
                Events& events) {
  const Theme& t = kit.look();
  float y = r.y;
  y += kit.text({r.x, y, r.w, 40}, tr(s, "settings.code.label"), t.ink, {.size = 16.5f, .bold = true}) + 2;
  y += kit.text({r.x, y, r.w, 80}, view.has_code ? tr(s, "settings.code_set.text") : tr(s, "settings.code.text"),
                t.quiet, {.size = 14}) +
       8;
  std::string out;
  FieldResult field = kit.field("settings.code", {r.x, y, 220, 46}, scratch.passphrase,
                                {.password = true, .size = 17, .numeric = true, .label = tr(s, "settings.code.label")}, out);
  scratch.passphrase = out;
  float w = kit.text_width(tr(s, "settings.code.button"), {.size = 16}) + 54 + kit.cap_width("Enter");
  const char* enter = kit.focus() == "settings.code" ? "Enter" : nullptr;
  bool set = kit.button("settings.set_code", {r.x + 232, y, w, 46}, tr(s, "settings.code.button"), Look::plain, true,
                        Icon::none, false, enter) ||
             field.entered;
  if (view.has_code) {
    float cw = kit.text_width(tr(s, "settings.no_code.button"), {.size = 16}) + 36;
    bool below = r.x + 232 + w + 12 + cw > r.right();
    Rect place{below ? r.x : r.x + 244 + w, below ? y + 54 : y, cw, 46};
    if (kit.button("settings.no_code", place, tr(s, "settings.no_code.button"), Look::quiet))
      events.push_back(app::SetCode{});
    if (below) y += 54;
  }
  y += 52;
  if (!view.code_problem.empty())
    y += kit.text({r.x, y, r.w, 40}, view.code_problem, t.warn, {.size = 14.5f}) + 6;
  if (set && !scratch.passphrase.empty()) {
    events.push_back(app::SetCode{scratch.passphrase});
    wipe(scratch.passphrase);
    kit.forget_fields();
  }
  return y + 18 - r.y;
}

}  // namespace

Events draw_settings(Kit& kit, const app::Strings& s, const app::Frame& frame, const SettingsView& view,
                     Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "settings") {
    scratch.shown = "settings";
    wipe(scratch.passphrase);
    kit.focus("language." + view.language);
  }
  Rect r = draw_places(kit, s, frame, app::Go::settings, events);
  kit.text({r.x, r.y, r.w - 60, 36}, tr(s, "settings.title.label"), t.ink, {.size = 24, .bold = true, .wrap = false});
  if (draw_back_sign(kit, s, r)) events.push_back(app::Visit{app::Go::back});
  float& content = scratch.heights["settings"];
  Rect area{r.x - 8, r.y + 50, r.w + 16, r.bottom() - r.y - 40};
  float offset = kit.scroll_area("settings", area, content);
  kit.clip(area);
  float w = std::min(r.w, 760.f);
  float y = area.y + 8 - offset;
  auto setting = [&](const std::string& label, const std::string& remark, std::vector<Choice> choices) {
    y += draw_setting(kit, label, remark, std::move(choices), {r.x, y, w, 0}, events);
  };
  std::string remark;
  for (const app::LanguageRow& row : view.languages)
    if (row.code == view.language) remark = row.remark;
  setting(tr(s, "settings.language.label"), remark, language_choices(view));
  auto theme = [&](const char* name, const std::string& label) {
    return Choice{std::string("theme.") + name, label, view.theme == name, app::ChangeLook{name, view.text_size}};
  };
  setting(tr(s, "settings.theme.label"), "",
          {theme("light", tr(s, "settings.light.button")), theme("dark", tr(s, "settings.dark.button")),
           theme("contrast", tr(s, "settings.contrast.button"))});
  auto size = [&](int n, const std::string& label) {
    return Choice{"size." + std::to_string(n), label, view.text_size == n, app::ChangeLook{view.theme, n}};
  };
  setting(tr(s, "settings.size.label"), "",
          {size(0, tr(s, "settings.size_0.button")), size(1, tr(s, "settings.size_1.button")),
           size(2, tr(s, "settings.size_2.button"))});
  auto turning = [&](app::Turning how, const std::string& label) {
    return Choice{"turning." + std::to_string(static_cast<int>(how)), label, view.turning == how,
                  app::TurnBy{how}};
  };
  setting(tr(s, "settings.turning.label"), "",
          {turning(app::Turning::question, tr(s, "settings.turning_question.button")),
           turning(app::Turning::group, tr(s, "settings.turning_group.button")),
           turning(app::Turning::all, tr(s, "settings.turning_all.button"))});
  setting(tr(s, "settings.advance.label"), tr(s, "settings.advance.text"),
          {{"advance.no", tr(s, "settings.no.button"), !view.advances, app::Advance{false}},
           {"advance.yes", tr(s, "settings.yes.button"), view.advances, app::Advance{true}}});
  if (view.has_profile) {
    std::vector<Choice> minutes;
    for (int n : {2, 5, 10, 20, 0})
      minutes.push_back({"lock." + std::to_string(n),
                         n == 0 ? tr(s, "settings.never.button")
                                : s.tr("settings.minutes.button", {{"count", s.number(n)}}, n),
                         view.lock_minutes == n, app::LockAfter{n}});
    setting(tr(s, "settings.lock.label"), tr(s, "settings.lock.text"), std::move(minutes));
    y += draw_code(kit, s, view, {r.x, y, w, 0}, scratch, events);
  }
  kit.unclip();
  content = y + offset - area.y;
  return events;
}

}  // namespace window
