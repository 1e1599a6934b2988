// The side of an interview: its sections with their state above, and what one can do, with its key, below.
#include <algorithm>

#include "collector/window/menu.h"

namespace window {

using app::InterviewView;
using app::SectionState;

namespace {

constexpr float cap_width = 74;  // of the keys' names

struct Action {
  const char* id;
  std::string label, key;
  Icon icon;
  app::Event event;
};

std::vector<Action> actions_of(const app::Strings& s, const InterviewView& view) {
  std::vector<Action> all;
  if (view.back_to >= 0)
    all.push_back({"interview.return",
                   s.tr("interview.return.button", {{"number", s.number(view.back_to + 1)}}), "Ctrl J",
                   Icon::undo, app::GoBackTo{}});
  if (!view.other.empty())
    all.push_back({"interview.switch", s.tr("interview.switch.button", {{"name", view.other}}), "Ctrl Tab",
                   Icon::swap, app::SwitchInterview{}});
  if (!view.focus.empty())
    all.push_back({"interview.note", tr(s, "note.title.label"), "F2", Icon::note, app::WriteNote{view.focus, ""}});
  all.push_back({"interview.find", tr(s, "interview.find.button"), "Ctrl F", Icon::search, app::Find{}});
  all.push_back(
      {"interview.blank", tr(s, "interview.blank.button"), "F3", Icon::next_blank, app::NextUnanswered{}});
  all.push_back({"interview.submit", tr(s, "interview.submit.button"), "F5", Icon::saved,
                 app::Visit{app::Go::submit}});
  all.push_back(
      {"interview.pause", tr(s, "interview.pause.button"), "Esc", Icon::home, app::Visit{app::Go::home}});
  return all;
}

void draw_state(Kit& kit, const app::SectionView& section, float x, float y) {
  const Theme& t = kit.look();
  if (section.state == SectionState::done) {
    kit.circle(x, y, 12, t.accent, true);
    kit.icon(Icon::check, x, y, 16, t.on_accent);
    return;
  }
  bool begun = section.current || section.state == SectionState::partial;
  bool problem = section.state == SectionState::problem;
  kit.circle(x, y, 11.5f, problem ? t.warn : begun ? t.accent : t.line, false, 2);
  if (problem)
    kit.icon(Icon::alert, x, y, 15, t.warn);
  else if (section.current)
    kit.circle(x, y, 5, t.accent, true);
  else if (begun)  // half a ring of another shape: not by colour alone
    kit.icon(Icon::minus, x, y, 14, t.accent);
}

float action_height(Kit& kit, const Action& action) {
  float w = interview_side(kit).w - 24 - 40 - cap_width;
  return std::max(33.f, kit.text_height(w, action.label, {.size = 14}) + 8);
}

float head_height(Kit& kit, const InterviewView& view, float w) {
  return 34 + kit.text_height(w - 92, view.title, {.size = 15.5f, .bold = true}) +
         kit.text_height(w - 92, view.subtitle, {.size = 13}) + 12;
}

}  // namespace

Rect interview_side(const Kit& kit) {
  return {0, 0, std::clamp(kit.width() * 0.225f, 236.f, 288.f), kit.height()};
}

void draw_outline(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch,
                  Events& events) {
  const Theme& t = kit.look();
  Rect side = interview_side(kit);
  kit.fill(side, t.side);
  kit.fill({side.w, 0, 1, side.h}, t.line);
  kit.fill({20, 24, 42, 42}, t.accent, 12);
  kit.icon(Icon::form, 41, 45, 23, t.on_accent);
  float y = 22;
  y += kit.text({74, y, side.w - 92, 80}, view.title, t.ink, {.size = 15.5f, .bold = true});
  y += kit.text({74, y, side.w - 92, 40}, view.subtitle, t.quiet, {.size = 13});
  float below = 24;
  for (const Action& action : actions_of(s, view)) below += action_height(kit, action);
  below += recording_height(kit, s, view, side.w - 24);
  float top = std::max(84.f, head_height(kit, view, side.w));
  Rect area{0, top, side.w, std::max(60.f, side.h - top - below)};
  float& content = scratch.heights["outline"];
  bool walking = scratch.open == Open::outline;
  if (walking) {  // F4: arrows lead through the sections
    auto last = static_cast<int>(view.outline.size()) - 1;
    int step = kit.key(Key::down) ? 1 : kit.key(Key::up) ? -1 : 0;
    if (step != 0) scratch.highlighted = std::clamp(scratch.highlighted + step, 0, std::max(0, last));
    if (scratch.highlighted <= last && last >= 0) {
      const std::string& id = view.outline[static_cast<size_t>(scratch.highlighted)].id;
      kit.focus("section." + id);
      if (step != 0) kit.reveal("section." + id);
    }
  }
  float offset = kit.scroll_area("outline", area, content);
  kit.clip(area);
  float row = area.y + 4 - offset;
  float label_w = side.w - 66 - 58;
  for (const app::SectionView& section : view.outline) {
    TextLook look{.size = 15, .bold = section.current};
    float text = kit.text_height(label_w, section.label, look);
    Rect r{12, row, side.w - 24, std::max(38.f, text + 14)};
    row += r.h + 4;
    bool far = r.bottom() < area.y - area.h || r.y > area.bottom() + area.h;
    if (far && !walking && !section.current) continue;  // a form of hundreds of sections costs those that are seen
    if (section.current || kit.hovered(r)) kit.fill(r, section.current ? t.soft : t.hover, 10);
    float cy = r.y + r.h / 2;
    draw_state(kit, section, 36, cy);
    Colour ink = section.current ? t.accent : section.state == SectionState::untouched ? t.quiet : t.ink;
    look.middle = true;
    kit.text({60, r.y, label_w, r.h}, section.label, ink, look);
    if (section.total > 0)
      kit.text({side.w - 76, r.y, 54, r.h}, s.number(section.answered) + "/" + s.number(section.total), t.quiet,
               {.size = 12.5f, .align = Align::end, .wrap = false, .middle = true});
    if (kit.hit("section." + section.id, r, section.label, true, walking)) {
      events.push_back(app::JumpTo{section.id});
      if (walking) close_menu(kit, scratch);
    }
  }
  kit.unclip();
  content = row + offset - area.y + 6;
  if (walking && (kit.key(Key::escape) || kit.key(Key::f4))) close_menu(kit, scratch);
}

void open_note(Kit& kit, const InterviewView& view, Scratch& scratch) {
  for (const app::QuestionView& q : view.questions)
    if (q.id == view.focus) {
      scratch.note = q.note;
      open_menu(kit, scratch, Open::note, "note.words");
    }
}

void draw_actions(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch,
                  Events& events) {
  const Theme& t = kit.look();
  Rect side = interview_side(kit);
  std::vector<Action> actions = actions_of(s, view);
  float y = side.h - 12;
  for (const Action& action : actions) y -= action_height(kit, action);
  float recording = recording_height(kit, s, view, side.w - 24);
  kit.fill({16, y - recording - 8, side.w - 32, 1}, t.line);
  draw_recording(kit, s, view, {12, y - recording, side.w - 24, recording}, events);
  for (Action& action : actions) {
    Rect r{12, y, side.w - 24, action_height(kit, action)};
    if (kit.hovered(r)) kit.fill(r, t.hover, 9);
    kit.icon(action.icon, 34, y + r.h / 2, 18, t.quiet);
    kit.key_cap(r.right() - 8, y + r.h / 2, action.key, true);
    kit.text({52, y, r.w - 40 - cap_width, r.h}, action.label, t.ink, {.size = 14, .middle = true});
    if (kit.hit(action.id, r, action.label)) {
      if (std::holds_alternative<app::WriteNote>(action.event)) {
        open_note(kit, view, scratch);
      } else {
        if (std::holds_alternative<app::Find>(action.event)) open_menu(kit, scratch, Open::find, "find.words");
        events.push_back(std::move(action.event));
      }
    }
    y += r.h;
  }
}

}  // namespace window
