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
    all.push_back({"interview.switch", s.tr(view.other_records ? app::Key("interview.switch_recording.button") : app::Key("interview.switch.button"),
                        {{"name", view.other}}), "Ctrl Tab",
                   Icon::swap, app::SwitchInterview{}});
  if (!view.focus.empty())
    all.push_back({"interview.note", tr(s, "note.title.label"), "F2", Icon::note, app::WriteNote{view.focus, ""}});
  if (view.newer)
    all.push_back({"interview.newer", tr(s, "interview.newer.button"), "Ctrl U", Icon::form, app::MoveToNewest{}});
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

std::vector<Sign> small_of(const app::Strings& s, const InterviewView& view) {
  std::vector<Sign> all = {{"interview.keys", tr(s, "keys.title.label"), "F1", Icon::keyboard},
                            {"interview.sections", tr(s, "keys.sections.label"), "F4", Icon::list},
                            {"interview.aloud", tr(s, "keys.aloud.label"), "F11", Icon::speaker},
                            {"interview.lock", tr(s, "keys.lock.label"), "F12", Icon::lock},
                            {"interview.turning", tr(s, "keys.turning.label"), "Ctrl G", Icon::form}};
  if (view.other.empty()) all.push_back({"interview.second", tr(s, "keys.beside.label"), "Ctrl N", Icon::twin});
  return all;
}

constexpr float small_height = 30;
constexpr float least_outline = 170;  // four sections or so

// Signs and keys in as many lines as they need, each line filled evenly. `draw` gets each one's place.
template <class Draw>
float lay_small(Kit& kit, const std::vector<std::string>& keys, Rect r, Draw draw) {
  float y = r.y;
  for (size_t from = 0; from < keys.size();) {
    size_t to = from;
    float used = 0;
    for (; to < keys.size() && used + sign_width(kit, keys[to]) <= r.w; ++to) used += sign_width(kit, keys[to]);
    to = std::max(to, from + 1);
    float spare = std::max(0.f, r.w - used) / static_cast<float>(to - from);
    float x = r.x;
    for (; from < to; ++from) {
      float w = sign_width(kit, keys[from]) + spare;
      draw(from, Rect{x, y, w, small_height});
      x += w;
    }
    y += small_height;
  }
  return y - r.y;
}

float action_height(Kit& kit, const Action& action) {
  float w = interview_side(kit).w - 24 - 40 - cap_width;
  return std::max(33.f, kit.text_height(w, action.label, {.size = 14}) + 8);
}

constexpr TextLook title_look{.size = 15.5f, .bold = true, .may_cut = true, .most_lines = 2};
constexpr TextLook subtitle_look{.size = 13, .may_cut = true, .most_lines = 2};

float head_height(Kit& kit, const InterviewView& view, float w) {
  return std::max(84.f, 34 + kit.text_height(w - 92, view.title, title_look) +
                            kit.text_height(w - 92, view.subtitle, subtitle_look) + 12);
}

// What stands below the outline: actions with their words, or, where those would leave no room for the sections, as
// signs and keys.
struct Below {
  bool small = false;
  float height = 0;     // with the recording's
  float recording = 0;  // above them
};

Below below_of(Kit& kit, const app::Strings& s, const InterviewView& view) {
  Rect side = interview_side(kit);
  std::vector<Action> actions = actions_of(s, view);
  std::vector<std::string> fixed;
  for (const Sign& one : small_of(s, view)) fixed.push_back(one.key);
  auto nothing = [](size_t, Rect) {};
  float row = lay_small(kit, fixed, {0, 0, side.w - 24, 0}, nothing);
  float recording = recording_height(kit, s, view, side.w - 24);
  Below out{false, 24 + row + recording, recording};
  for (const Action& action : actions) out.height += action_height(kit, action);
  if (side.h - head_height(kit, view, side.w) - out.height >= least_outline) return out;
  std::vector<std::string> all;
  for (const Action& action : actions) all.push_back(action.key);
  all.insert(all.end(), fixed.begin(), fixed.end());
  return {true, 24 + recording + lay_small(kit, all, {0, 0, side.w - 24, 0}, nothing), recording};
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
  y += kit.text({74, y, side.w - 92, 80}, view.title, t.ink, title_look);
  y += kit.text({74, y, side.w - 92, 40}, view.subtitle, t.quiet, subtitle_look);
  float below = below_of(kit, s, view).height;
  float top = head_height(kit, view, side.w);
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
    bool at = walking && kit.focus() == "section." + section.id;
    if (at)
      kit.key_cap(side.w - 22, cy, "Enter", true);
    else if (section.total > 0)
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

void open_outline(Kit& kit, const InterviewView& view, Scratch& scratch) {
  open_menu(kit, scratch, Open::outline, "");
  for (size_t i = 0; i < view.outline.size(); ++i)
    if (view.outline[i].current) scratch.highlighted = static_cast<int>(i);
}

app::Turning next_turning(app::Turning now) {
  return now == app::Turning::question ? app::Turning::group
         : now == app::Turning::group  ? app::Turning::all
                                       : app::Turning::question;
}

void open_note(Kit& kit, const InterviewView& view, Scratch& scratch) {
  for (const app::QuestionView& q : view.questions)
    if (q.id == view.focus) {
      scratch.note = q.note;
      open_menu(kit, scratch, Open::note, "note.words");
    }
}

std::vector<Sign> consent_signs(const app::Strings& s, const InterviewView& view) {
  std::vector<Sign> all = {{"interview.keys", tr(s, "keys.title.label"), "F1", Icon::keyboard},
                           {"interview.lock", tr(s, "keys.lock.label"), "F12", Icon::lock},
                           {"interview.aloud", tr(s, "keys.aloud.label"), "F11", Icon::speaker},
                           {"interview.pause", tr(s, "interview.pause.button"), "Esc", Icon::home}};
  if (!view.focus.empty()) all.push_back({"interview.note", tr(s, "note.title.label"), "F2", Icon::note});
  all.push_back({"interview.submit", tr(s, "interview.submit.button"), "F5", Icon::saved});
  return all;
}

void press_sign(Kit& kit, std::string_view id, const InterviewView& view, Scratch& scratch, Events& events) {
  if (id == "interview.keys") open_menu(kit, scratch, Open::keys, "");
  if (id == "interview.sections") open_outline(kit, view, scratch);
  if (id == "interview.aloud") scratch.read_aloud = true;
  if (id == "interview.pause") events.push_back(app::Visit{app::Go::home});
  if (id == "interview.submit") events.push_back(app::Visit{app::Go::submit});
  if (id == "interview.note") open_note(kit, view, scratch);
  if (id == "interview.lock") events.push_back(app::Hide{});
  if (id == "interview.turning") events.push_back(app::TurnBy{next_turning(view.turning)});
  if (id == "interview.second") {
    open_menu(kit, scratch, Open::beside, "");
    events.push_back(app::OfferBeside{});
  }
}

void draw_actions(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch,
                  Events& events) {
  const Theme& t = kit.look();
  Rect side = interview_side(kit);
  std::vector<Action> actions = actions_of(s, view);
  Below below = below_of(kit, s, view);
  float y = side.h - below.height + 12 + below.recording;
  kit.fill({16, y - below.recording - 8, side.w - 32, 1}, t.line);
  draw_recording(kit, s, view, {12, y - below.recording, side.w - 24, below.recording}, scratch, events);
  auto act = [&](Action& action) {
    if (std::holds_alternative<app::WriteNote>(action.event)) return open_note(kit, view, scratch);
    if (std::holds_alternative<app::MoveToNewest>(action.event)) return open_menu(kit, scratch, Open::newer, "newer.stay");
    if (std::holds_alternative<app::Find>(action.event)) open_menu(kit, scratch, Open::find, "find.words");
    events.push_back(std::move(action.event));
  };
  std::vector<Sign> fixed = small_of(s, view);
  std::vector<std::string> keys;
  if (below.small)
    for (const Action& action : actions) keys.push_back(action.key);
  for (const Sign& one : fixed) keys.push_back(one.key);
  auto draw_one = [&](size_t n, Rect r) {
    if (size_t before = below.small ? actions.size() : 0; n >= before) {
      const Sign& one = fixed[n - before];
      if (draw_sign(kit, one.id, one.label, one.key, one.icon, r)) press_sign(kit, one.id, view, scratch, events);
    } else if (draw_sign(kit, actions[n].id, actions[n].label, actions[n].key, actions[n].icon, r)) {
      act(actions[n]);
    }
  };
  if (below.small) {
    (void)lay_small(kit, keys, {12, y, side.w - 24, 0}, draw_one);
    return;
  }
  for (Action& action : actions) {
    Rect r{12, y, side.w - 24, action_height(kit, action)};
    if (kit.hovered(r)) kit.fill(r, t.hover, 9);
    kit.icon(action.icon, 34, y + r.h / 2, 18, t.quiet);
    kit.key_cap(r.right() - 8, y + r.h / 2, action.key, true);
    kit.text({52, y, r.w - 40 - cap_width, r.h}, action.label, t.ink, {.size = 14, .middle = true});
    if (kit.hit(action.id, r, action.label)) act(action);
    y += r.h;
  }
  (void)lay_small(kit, keys, {12, y, side.w - 24, 0}, draw_one);
}

}  // namespace window
