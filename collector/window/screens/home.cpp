// Home: what one can begin, what is due, and where one's interviews are.
#include <algorithm>

#include "collector/window/screen.h"

namespace window {

using app::HomeView;

namespace {

std::pair<Icon, std::string> state_of(const app::Strings& s, app::Safety safety) {
  switch (safety) {
    case app::Safety::open:
      return {Icon::pencil, tr(s, "home.open.state")};
    case app::Safety::on_laptop:
      return {Icon::disk, tr(s, "home.on_laptop.state")};
    case app::Safety::handed_over:
      return {Icon::sync, tr(s, "home.handed_over.state")};
    case app::Safety::received:
      return {Icon::saved, tr(s, "home.received.state")};
    case app::Safety::withdrawn:
      return {Icon::withdrawn, tr(s, "home.withdrawn.state")};
  }
  return {Icon::none, ""};
}

// A card a form: the card begins an interview, its small button practises.
float draw_forms(Kit& kit, const app::Strings& s, const app::Frame& frame, const HomeView& view, Rect r,
                 Events& events) {
  const Theme& t = kit.look();
  constexpr float gap = 16;
  size_t columns = r.w < 560 ? 1 : r.w < 860 ? 2 : 3;
  float w = (r.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  float title = 0;
  for (const app::FormCard& form : view.forms)
    title = std::max(title, kit.text_height(w - 84, form.title, {.size = 16, .bold = true}));
  float h = std::max(64.f, title + 30) + 42;
  std::string practise = tr(s, "home.practise.button");
  float pw = kit.text_width(practise, {.size = 16}) + 56;
  for (size_t i = 0; i < view.forms.size(); ++i) {
    const app::FormCard& form = view.forms[i];
    Rect c{r.x + static_cast<float>(i % columns) * (w + gap), r.y + static_cast<float>(i / columns) * (h + gap), w,
           h};
    Rect button{c.right() - pw - 10, c.bottom() - 44, pw, 36};
    kit.card(c);
    bool over_button = !frame.practice && kit.hovered(button);
    if (kit.hovered(c) && !over_button) kit.stroke(c, t.accent, 18, 2);
    kit.fill({c.x + 16, c.y + 16, 38, 38}, t.soft, 11);
    kit.icon(Icon::form, c.x + 35, c.y + 35, 21, t.accent);
    kit.text({c.x + 66, c.y + 16, w - 84, title}, form.title, t.ink, {.size = 16, .bold = true});
    float cap = 0;  // what Enter begins
    if (kit.focus() == "form." + form.id)
      cap = kit.key_cap(frame.practice ? c.right() - 16 : c.right() - pw - 18, c.bottom() - 26, "Enter", true) + 8;
    kit.text({c.x + 18, c.bottom() - 38, w - pw - 40 - cap, 24}, form.version, t.quiet,
             {.size = 12.5f, .wrap = false, .middle = true, .may_cut = true});
    const Input* input = kit.input();
    bool pressed_button = over_button && input && input->kind == Input::Kind::press;
    if (kit.hit("form." + form.id, c, form.title, !pressed_button)) events.push_back(app::NewInterview{form.id});
    if (!frame.practice && kit.button("practise." + form.id, button, practise, Look::quiet, true, Icon::practise))
      events.push_back(app::Practise{form.id});
  }
  size_t rows = (view.forms.size() + columns - 1) / columns;
  return static_cast<float>(rows) * (h + gap);
}

// One line with a sign, words and a button.
float draw_line(Kit& kit, Icon icon, const std::string& words, const char* id, const std::string& label, Rect r,
                bool& pressed, const char* key = nullptr) {
  const Theme& t = kit.look();
  float bw = kit.text_width(label, {.size = 16}) + 44;
  float tw = r.w - 62 - bw - (key ? 68.f : 28.f);
  float text = kit.text_height(tw, words, {.size = 16, .bold = true});
  float h = std::max(56.f, text + 22);
  Rect line{r.x, r.y, r.w, h};
  kit.fill(line, t.soft, 16);
  kit.icon(icon, r.x + 32, r.y + h / 2, 24, t.accent);
  kit.text({r.x + 60, r.y, tw, h}, words, t.ink, {.size = 16, .bold = true, .middle = true});
  if (key) kit.key_cap(line.right() - bw - 24, r.y + h / 2, key, true);
  pressed = kit.button(id, {line.right() - bw - 12, r.y + (h - 40) / 2, bw, 40}, label, Look::plain);
  return h + 12;
}

// What waits at the centre, and a key to each.
float draw_centre(Kit& kit, const app::Strings& s, const app::CentreCard& view, Rect r, Events& events) {
  float y = r.y;
  y += kit.text({r.x, y, r.w, 40}, tr(s, "home.centre.title"), kit.look().ink, {.size = 24, .bold = true}) + 12;
  struct Line {
    Icon icon;
    std::string words;
    const char* id;
    std::string label;
    app::Go where;
  };
  const Line lines[] = {
      {view.to_settle == 0 ? Icon::check : Icon::swap,
       view.to_settle == 0
           ? tr(s, "conflicts.none.text")
           : s.tr("conflicts.title.label", {{"count", s.number(view.to_settle)}}, view.to_settle),
       "home.conflicts", tr(s, "go.conflicts.button"), app::Go::conflicts},
      {Icon::disk, s.tr("home.held.label", {{"count", s.number(view.interviews)}}, view.interviews), "home.table",
       tr(s, "go.table.button"), app::Go::table},
      {Icon::sync,
       view.synced.empty() ? tr(s, "home.never_synced.label")
                           : s.tr("home.synced.label", {{"when", view.synced}, {"count", s.number(view.came)}},
                                  view.came),
       "home.sync", tr(s, "go.sync.button"), app::Go::sync}};
  constexpr const char* keys[] = {"1", "2", "3"};
  const Input* input = kit.input();
  int digit = input && input->kind == Input::Kind::key && input->key == Key::digit && !input->control && !input->alt
                  ? input->digit
                  : 0;
  for (int n = 0; n < 3; ++n) {
    const Line& line = lines[n];
    bool pressed = false;
    y += draw_line(kit, line.icon, line.words, line.id, line.label, {r.x, y, r.w, 0}, pressed, keys[n]);
    if (pressed || digit == n + 1) events.push_back(app::Visit{line.where});
  }
  return y + 16 - r.y;
}

float draw_interview_row(Kit& kit, const app::Strings& s, const app::InterviewCard& one, Rect r, Events& events) {
  const Theme& t = kit.look();
  auto [icon, state] = state_of(s, one.safety);
  float sw = kit.text_width(state, {.size = 14.5f}) + 16;
  float tw = r.w - 56 - sw - 16;
  std::string name = one.name.empty() ? tr(s, "home.no_name.label") : one.name;
  std::string second = app::joined({one.title, one.when});
  float below = kit.text_height(tw, second, {.size = 13.5f});
  float h = std::max(56.f, 24 + below + 18);
  Rect c{r.x, r.y, r.w, h};
  kit.fill(c, kit.hovered(c) ? t.hover : t.card, 12);
  kit.stroke(c, t.line, 12);
  kit.icon(icon, c.x + 28, c.y + h / 2, 21, one.safety == app::Safety::received ? t.good : t.quiet);
  float y = c.y + (h - 24 - below) / 2;
  kit.text({c.x + 54, y, tw, 24}, name, t.ink, {.size = 16, .bold = true, .wrap = false, .may_cut = true});
  kit.text({c.x + 54, y + 24, tw, below}, second, t.quiet, {.size = 13.5f});
  kit.text({c.right() - sw - 14, c.y, sw, h}, state, t.quiet,
           {.size = 14.5f, .align = Align::end, .wrap = false, .middle = true});
  if (kit.hit("interview." + one.id, c, name)) events.push_back(app::OpenInterview{one.id});
  return h + 8;
}

}  // namespace

Events draw_home(Kit& kit, const app::Strings& s, const app::Frame& frame, const HomeView& view,
                 Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "home") {
    scratch.shown = "home";
    kit.focus(view.forms.empty() ? "" : "form." + view.forms.front().id);
  }
  Rect r = draw_places(kit, s, frame, app::Go::home, events);
  float& content = scratch.heights["home"];
  Rect area{r.x - 10, r.y - 6, r.w + 20, r.h + 30};
  float offset = kit.scroll_area("home", area, content);
  kit.clip(area);
  float y = r.y - offset;
  if (view.centre && !frame.practice) y += draw_centre(kit, s, *view.centre, {r.x, y, r.w, 0}, events);
  y += kit.text({r.x, y, r.w, 40}, frame.practice ? tr(s, "home.practice.title") : tr(s, "home.new.title"), t.ink,
                {.size = 24, .bold = true}) +
       12;
  if (view.forms.empty()) {
    std::string words = frame.practice          ? tr(s, "practice.no_forms.text")
                        : frame.project.empty() ? tr(s, "home.not_enrolled.text")
                                                : tr(s, "home.no_forms.text");
    float h = kit.text_height(r.w - 56, words, {.size = 16}) + 44;
    kit.card({r.x, y, r.w, h});
    kit.text({r.x + 28, y, r.w - 56, h}, words, t.quiet, {.size = 16, .middle = true});
    y += h + 20;
  }
  y += draw_forms(kit, s, frame, view, {r.x, y, r.w, 0}, events) + 4;
  bool pressed = false;
  if (!frame.practice && !view.appointment.empty()) {
    y += draw_line(kit, Icon::calendar, view.appointment, "home.contacts", tr(s, "go.contacts.button"),
                   {r.x, y, r.w, 0}, pressed);
    if (pressed) events.push_back(app::Visit{app::Go::contacts});
  }
  if (!frame.practice && !frame.coordinator && !frame.project.empty()) {
    bool safe = view.waiting == 0;
    y += draw_line(kit, safe ? Icon::saved : Icon::sync,
                   safe ? tr(s, "home.all_received.label")
                        : s.tr("sync.waiting.label", {{"count", s.number(view.waiting)}}, view.waiting),
                   "home.sync", tr(s, "go.sync.button"), {r.x, y, r.w, 0}, pressed);
    if (pressed) events.push_back(app::Visit{app::Go::sync});
  }
  if (!view.interviews.empty()) {
    y += 8;
    y += kit.text({r.x, y, r.w, 30}, tr(s, "home.mine.title"), t.ink, {.size = 19, .bold = true}) + 10;
  }
  for (const app::InterviewCard& one : view.interviews) {
    float& known = scratch.heights["home." + one.id];
    if (known > 0 && (y + known < area.y - area.h || y > area.bottom() + area.h)) {
      y += known;
      continue;
    }
    float h = draw_interview_row(kit, s, one, {r.x, y, r.w, 0}, events);
    known = h;
    y += h;
  }
  if (!view.storage.empty())
    y += kit.text({r.x, y + 6, r.w, 40}, view.storage, t.quiet, {.size = 13.5f}) + 14;
  kit.unclip();
  content = y + offset - area.y + 12;
  return events;
}

}  // namespace window
