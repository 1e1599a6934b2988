// An interview: where one is above, the page in the middle, back and on below, sections and actions at the side.
#include <algorithm>

#include "collector/app/sound_marks.h"
#include "collector/window/menu.h"
#include "collector/window/stage.h"

namespace window {

using app::InterviewView;
using app::NoAnswer;
using definition::ControlKind;

namespace {

bool takes_keys(const app::QuestionView& q) {
  return q.control.kind != ControlKind::note && q.control.kind != ControlKind::not_yet &&
         q.control.look != definition::ChoiceLook::heading;
}

// Another page: the caret goes where it belongs, or back where an interruption left it.
void arrive(Kit& kit, const InterviewView& view, const std::string& page, Scratch& scratch) {
  scratch.shown = page;
  scratch.controls = {};
  scratch.digits.clear();
  scratch.pending.clear();
  scratch.focused.clear();
  scratch.removing.clear();
  scratch.open = Open::nothing;
  kit.forget_fields();
  for (const app::SectionView& section : view.outline)
    if (section.current) kit.reveal("section." + section.id);  // where one is stays in sight
  std::string focus;
  bool table = view.repeat && view.repeat->table;
  for (const app::QuestionView& q : view.questions)
    if (q.id == view.focus) {
      focus = table ? cell_widget(q) : first_widget(q, view.questions.size() == 1);
      if (view.caret >= 0 && focus.starts_with("field.")) {
        Editing& e = kit.editing(focus);
        e.set(q.shown);
        e.caret = e.anchor = std::min(static_cast<size_t>(view.caret), q.shown.size());
      }
    }
  if (focus.empty() && !view.grid && !table && view.questions.size() > 1)
    for (const app::QuestionView& q : view.questions)
      if (focus.empty() && !q.answered) focus = first_widget(q, view.questions.size() == 1);
  kit.focus(focus);
}

struct Places {
  Rect top, card, bottom;
};

Places places_of(const Kit& kit, const InterviewView& view) {
  float side = view.consent ? 0 : interview_side(kit).w;
  float margin = kit.width() < 1150 ? 24.f : 48.f;
  Rect main{side + margin, 0, kit.width() - side - 2 * margin, kit.height()};
  if (view.consent) {
    float w = std::min(main.w, 1040.f);
    main = {(kit.width() - w) / 2, 0, w, kit.height()};
  }
  float low = kit.height() < 680 ? 78.f : 98.f;
  float high = kit.height() < 680 ? 66.f : 80.f;
  return {{main.x, 0, main.w, high},
          {main.x, high, main.w, kit.height() - high - low},
          {main.x, kit.height() - low, main.w, low}};
}

// Above: where we are, that everything is kept, and the languages.
void draw_top(Kit& kit, const app::Strings& s, const app::Frame& frame, const InterviewView& view, Rect r,
              Scratch& scratch, Events& events) {
  const Theme& t = kit.look();
  float cy = r.h / 2 + 2;
  float end = r.right();
  auto chip = [&](const char* id, const std::string& label, Icon icon, const std::string& key, Open opens,
                  const std::string& focus) {
    float w = kit.text_width(label, {.size = 14.5f}) + 76 + kit.text_width(key, {.size = 12, .bold = true});
    Rect c{end - w, cy - 19, w, 38};
    kit.fill(c, kit.hovered(c) ? t.hover : t.card, 19);
    kit.stroke(c, t.line, 19);
    kit.icon(icon, c.x + 22, cy, 19, t.quiet);
    kit.text({c.x + 38, c.y, w - 40, c.h}, label, t.ink, {.size = 14.5f, .wrap = false, .middle = true});
    kit.key_cap(c.right() - 10, cy, key, true);
    if (kit.hit(id, c, label)) open_menu(kit, scratch, opens, focus);
    end -= w + 10;
  };
  std::string languages = app::joined({view.language, view.second_language}, " · ");
  chip("interview.language", languages, Icon::translate, "F9", Open::languages,
       "read." + std::to_string(view.language_index));
  std::string spoken;
  for (const app::SpokenView& one : view.spoken_choices)
    if (one.code == view.spoken) spoken = one.label;
  if (!view.consent || !spoken.empty())
    chip("interview.spoken", spoken.empty() ? tr(s, "spoken.title.button") : spoken, Icon::speaker, "F10",
         Open::spoken, "spoken.same");
  std::string saved = frame.practice ? tr(s, "practice.mark.short")
                      : view.saved   ? tr(s, "interview.saved.label")
                                     : tr(s, "interview.unsaved.label");
  float sw = kit.text_width(saved, {.size = 14}) + 30;
  bool counted = view.pages > 0;
  std::string number =
      counted ? s.tr("interview.page.label", {{"number", s.number(view.page + 1)}, {"of", s.number(view.pages)}})
              : s.tr("interview.uncounted.label", {{"number", s.number(view.page + 1)}});
  float nw = kit.text_width(number, {.size = 14.5f, .bold = true});
  float free = end - r.x - nw - sw - 24;
  bool room = free > -30;  // on the smallest windows the tick stands without its words
  float sx = end - (room ? sw : 24) - 6;
  kit.icon(view.saved && !frame.practice ? Icon::saved : Icon::dot, sx + 10, cy, 19,
           view.saved ? t.good : t.quiet);
  if (room) kit.text({sx + 24, cy - 19, sw, 38}, saved, t.quiet, {.size = 14, .wrap = false, .middle = true});
  if (view.consent) {  // the respondent looks at it: no count of pages, no words, the keys of what works everywhere
    float x = r.x;
    bool recording = view.sound.whole && (view.sound.state == app::SoundState::recording || view.sound.state == app::SoundState::paused);
    float told = recording ? 70 + kit.cap_width("Ctrl R") : 0;
    if (recording) {  // it goes on while consent is looked at again
      kit.icon(view.sound.state == app::SoundState::paused ? Icon::pause : Icon::record, sx - told + 4, cy, 19, t.ink);
      kit.text({sx - told + 18, cy - 15, 50, 30}, app::clock_text(view.sound.ms), t.ink,
               {.size = 14, .bold = true, .wrap = false, .middle = true});
      kit.key_cap(sx - 14, cy, "Ctrl R", true);
    }
    for (const auto& [id, label, key, icon] : consent_signs(s, view)) {
      float w = sign_width(kit, key);
      if (x + w > sx - 8 - told) break;
      if (draw_sign(kit, id, label, key, icon, {x, cy - 15, w, 30})) press_sign(kit, id, view, scratch, events);
      x += w;
    }
    return;
  }
  kit.text({r.x, cy - 19, nw + 2, 38}, number, t.quiet,
           {.size = 14.5f, .bold = true, .wrap = false, .middle = true});
  if (free > 60 && counted)
    kit.progress({r.x + nw + 18, cy - 4, free - 24, 8},
                 static_cast<float>(view.page + 1) / static_cast<float>(view.pages));
}

std::string name_of(const app::Strings& s, NoAnswer why) {
  switch (why) {
    case NoAnswer::dont_know:
      return tr(s, "interview.dont_know.button");
    case NoAnswer::refused:
      return tr(s, "interview.refused.button");
    case NoAnswer::not_applicable:
      return tr(s, "interview.not_applicable.button");
  }
  return {};
}

const app::QuestionView* question_at(const InterviewView& view) {
  for (const app::QuestionView& q : view.questions)
    if (view.questions.size() == 1 || q.id == view.focus) return &q;
  return nullptr;
}

// What may be said instead of an answer, where the form has a place for it.
void draw_no_answers(Kit& kit, const app::Strings& s, const InterviewView& view, Rect r, Events& events) {
  const Theme& t = kit.look();
  const app::QuestionView* q = question_at(view);
  constexpr Key keys[] = {Key::f6, Key::f7, Key::f8};
  constexpr const char* names[] = {"F6", "F7", "F8"};
  if (!q) return;
  auto width_of = [&](NoAnswer why) {
    auto n = static_cast<size_t>(why);
    bool on = q->no_answer == why;
    return kit.text_width(name_of(s, why), {.size = 14.5f, .bold = on}) + 48 + (on ? 22.f : 0.f) +
           kit.text_width(names[n], {.size = 12, .bold = true});
  };
  float total = 0;
  int lines = 1;
  for (NoAnswer why : q->no_answers) {
    if (total > 0 && total + width_of(why) > r.w) {
      total = 0;
      ++lines;
    }
    total += width_of(why) + 8;
  }
  float x = r.x;
  float step = std::min(35.f, r.h / static_cast<float>(lines));  // three lines stand closer
  float y = r.y + std::max(0.f, (r.h - step * static_cast<float>(lines - 1) - 32) / 2);
  for (NoAnswer why : q->no_answers) {
    std::string label = name_of(s, why);
    bool on = q->no_answer == why;
    auto n = static_cast<size_t>(why);
    float w = width_of(why);
    if (x > r.x && x + w > r.right()) {
      x = r.x;
      y += step;
    }
    Rect c{x, y, w, std::min(32.f, step)};
    if (on || kit.hovered(c)) kit.fill(c, on ? t.soft : t.hover, 16);
    kit.stroke(c, on ? t.accent : t.line, 16, on ? 2.f : 1.f);
    float tx = c.x + 14;
    if (on) {
      kit.icon(Icon::check, tx + 8, y + c.h / 2, 17, t.accent);
      tx += 22;
    }
    kit.text({tx, y, w, c.h}, label, t.ink, {.size = 14.5f, .bold = on, .wrap = false, .middle = true});
    kit.key_cap(c.right() - 9, y + c.h / 2, names[n], true);
    if (kit.hit("nothing." + std::to_string(n), c, label)) events.push_back(app::SayNothing{q->id, why});
    x += w + 8;
  }
  for (NoAnswer why : {NoAnswer::dont_know, NoAnswer::refused, NoAnswer::not_applicable})
    if (kit.key(keys[static_cast<size_t>(why)])) events.push_back(app::SayNothing{q->id, why});
}

constexpr float least_width = 230, beside = 36;  // of a question that shares its row
constexpr float first_above = 60;  // what stands above a page's first question: its heading, in two lines at most

// The questions of the page, one under another; those far out of sight are not drawn.
float draw_questions(Kit& kit, const app::Strings& s, const InterviewView& view, const std::string& page,
                     Rect area, Rect inner, float y, float offset, Scratch& scratch, Events& events) {
  const Theme& t = kit.look();
  bool alone = view.questions.size() == 1;
  // w1 … w12: twelfths of the page's width, side by side as long as each can be read.
  float along = 0, lowest = y;  // y is above the page where it is scrolled
  float row_top = y;
  const bool entered = kit.input() && kit.input()->kind == Input::Kind::key && kit.input()->key == Key::enter;
  for (size_t i = 0; i < view.questions.size(); ++i) {
    const app::QuestionView& q = view.questions[i];
    bool active = alone || q.id == view.focus;
    float wide = inner.w;
    if (!alone && q.control.width > 0 && q.control.width < 12)
      wide = std::min(inner.w, std::max(least_width, (inner.w + beside) * static_cast<float>(q.control.width) / 12 - beside));
    bool same_row = along > 0 && along + wide <= inner.w + 1;
    if (same_row) {
      y = row_top;
    } else {
      y = row_top = std::max(y, lowest);
      lowest = y;
      along = 0;
    }
    Rect place{inner.x + along, y, wide, inner.bottom() - y};
    along = wide < inner.w ? along + wide + beside : inner.w + 1;
    float& known = scratch.heights[page + " " + q.id];
    bool arrives = !alone && active && scratch.focused != page + q.id;
    if (!alone && !active && known > 0 && (y + known < area.y - area.h || y > area.bottom() + area.h)) {
      y += known;
      lowest = std::max(lowest, y);
      continue;
    }
    Events asked;
    float top = y;
    y += draw_question(kit, s, q, place, alone, active, scratch, asked);
    if (!alone && active) kit.fill({place.x - 18, top, 4, y - top}, t.accent, 2);
    if (alone && view.advances && q.control.kind == ControlKind::choice_one &&
        std::any_of(asked.begin(), asked.end(), [](const app::Event& e) {
          return std::holds_alternative<app::ToggleChoice>(e);
        }))
      asked.push_back(app::NextPage{});
    if (!alone && !asked.empty()) lead_on(view, i, asked);
    events.insert(events.end(), asked.begin(), asked.end());
    // Tab or the mouse put the caret into another question's field: the keyboard speaks to that one.
    if (!alone && !active && kit.input() && !first_widget(q, view.questions.size() == 1).empty() && kit.focus() == first_widget(q, view.questions.size() == 1))
      events.push_back(app::Focus{q.id});
    if (arrives) {  // the keyboard came here: so does the eye
      float above = top + offset - area.y - 20;
      kit.show_in_area(page, area, above, y - top + 60);
      if (above < first_above) kit.show_in_area(page, area, 0, 1);  // with the page's heading
      kit.focus(first_widget(q, view.questions.size() == 1));
      scratch.focused = page + q.id;
      scratch.digits.clear();
    }
    if (!alone) y += 26;
    // What is wrong with the answer is brought into sight: when it is said, and whenever Enter stays because of it.
    if (active) {
      bool first = top + offset - area.y - 20 < first_above;
      std::string told = q.problem.empty() ? "" : page + q.id + q.problem;
      if (!told.empty() && (told != scratch.told || entered))
        kit.show_in_area(page, area, first ? 0 : top + offset - area.y - 20, first ? y + offset - area.y + 10 : y - top + 30);
      scratch.told = told;
    }
    known = y - top;
    lowest = std::max(lowest, y);
  }
  return std::max(y, lowest);
}

// Which language stands in for texts that are missing, calmly; the height used.
float draw_stand_in(Kit& kit, const InterviewView& view, Rect r) {
  if (view.remark.empty()) return 0;
  const Theme& t = kit.look();
  kit.icon(Icon::translate, r.x + 9, r.y + 10, 17, t.quiet);
  return std::max(20.f, kit.text({r.x + 28, r.y, r.w - 28, 60}, view.remark, t.quiet, {.size = 14})) + 10;
}

void draw_page(Kit& kit, const app::Strings& s, const InterviewView& view, const std::string& page, Rect card,
               Scratch& scratch, Events& events) {
  const Theme& t = kit.look();
  kit.card(card, 18);
  if (view.consent) return draw_consent(kit, s, view, card, scratch, events);
  float side = card.w < 760 ? 26.f : 40.f;
  Rect inner{card.x + side, card.y + 26, card.w - 2 * side, card.h - 40};
  float& content = scratch.heights[page];
  bool own_scroll = view.questions.size() == 1 && scrolls_by_itself(view.questions[0]);
  Rect area{card.x + 4, card.y + 8, card.w - 8, card.h - 16};
  float offset = own_scroll ? 0 : kit.scroll_area(page, area, content);
  kit.clip(area);
  float y = inner.y - offset;
  y += kit.text({inner.x, y, inner.w, 40}, view.section, t.accent, {.size = 13.5f, .bold = true}) + 10;
  y += draw_stand_in(kit, view, {inner.x, y, inner.w, 0});
  if (view.repeat && view.repeat->table) {
    y += draw_repeat_table(kit, s, view, {inner.x, y, inner.w, 0}, scratch, events);
  } else if (view.repeat) {
    y += draw_repeat(kit, s, *view.repeat, {inner.x, y, inner.w, 0}, scratch, events);
  } else if (view.grid) {
    for (const app::QuestionView& q : view.questions)
      if (q.choices.empty())
        y += draw_question(kit, s, q, {inner.x, y, inner.w, 80}, false, false, scratch, events) + 10;
    y += draw_grid(kit, view, {inner.x, y, inner.w, 0}, events);
  } else {
    y = draw_questions(kit, s, view, page, area, inner, y, offset, scratch, events);
  }
  content = y + offset - card.y + 24;
  kit.unclip();
}

// Up and Down lead to the question above and below, on a page of several.
void walk_questions(Kit& kit, const InterviewView& view, Events& events) {
  if (view.questions.size() < 2 || view.grid || view.repeat) return;
  int step = kit.key(Key::down) ? 1 : kit.key(Key::up) ? -1 : 0;
  if (step == 0) return;
  std::vector<std::string> ids;
  for (const app::QuestionView& q : view.questions)
    if (takes_keys(q)) ids.push_back(q.id);
  auto at = std::find(ids.begin(), ids.end(), view.focus) - ids.begin();
  if (at + step >= 0 && static_cast<size_t>(at + step) < ids.size())
    events.push_back(app::Focus{ids[static_cast<size_t>(at + step)]});
}

// Keys that work anywhere in an interview.
void keyed(Kit& kit, const InterviewView& view, Scratch& scratch, Events& events) {
  if (kit.key(Key::f9) || kit.letter('L', true, false))
    open_menu(kit, scratch, Open::languages, "read." + std::to_string(view.language_index));
  if (kit.key(Key::f10)) open_menu(kit, scratch, Open::spoken, "spoken.same");
  if (kit.letter('F', true, false)) {
    open_menu(kit, scratch, Open::find, "find.words");
    events.push_back(app::Find{});
  }
  if (kit.key(Key::f4) && !view.consent) open_outline(kit, view, scratch);
  if (kit.key(Key::f2)) open_note(kit, view, scratch);
  if (kit.letter('N', true, false)) {
    open_menu(kit, scratch, Open::beside, "");
    events.push_back(app::OfferBeside{});
  }
  if (kit.key(Key::f3)) events.push_back(app::NextUnanswered{});
  if (kit.letter('T', true, false)) events.push_back(app::TabulateRepeats{!(view.repeat && view.repeat->table)});
  if (kit.letter('H', true, false) && !view.parts.empty()) open_recordings(kit, view, scratch);
  if (kit.letter('U', true, false) && view.newer) open_menu(kit, scratch, Open::newer, "newer.stay");
  if (kit.letter('J', true, false)) events.push_back(app::GoBackTo{});
  if (kit.letter('B', true, false)) {
    int next = view.second_index + 1;
    auto last = static_cast<int>(view.languages.size());
    while (next < last && (next == view.language_index || view.languages[static_cast<size_t>(next)].empty())) ++next;
    events.push_back(
        app::ReadIn{view.language_index, next < static_cast<int>(view.languages.size()) ? next : -1});
  }
  if (kit.letter('G', true, false))
    events.push_back(app::TurnBy{next_turning(view.turning)});
  const Input* i = kit.input();
  if (i && i->kind == Input::Kind::key && i->key == Key::tab && i->control) {
    events.push_back(app::SwitchInterview{});
    kit.consume();
  }
}

// One digit of two was typed: going on means it.
void mean_digit(const InterviewView& view, Scratch& scratch, Events& events) {
  size_t n = scratch.digits.empty() ? 0 : static_cast<size_t>(scratch.digits[0] - '0');
  const app::QuestionView* q = question_at(view);
  if (q && n >= 1 && n <= q->choices.size())
    events.push_back(app::ToggleChoice{q->id, q->choices[n - 1].value});
  scratch.digits.clear();
}

// Below: back and on. Enter goes on when nothing else took it: to the next question of the page, then on.
void draw_bottom(Kit& kit, const app::Strings& s, const InterviewView& view, Rect r, Scratch& scratch,
                 Events& events) {
  float h = std::min(54.f, r.h - 26);
  float y = r.y + 14;
  float back = std::max(130.f, kit.text_width(tr(s, "interview.back.button"), {.size = 16}) + 76 + kit.cap_width("PgUp"));
  std::string on = view.is_last ? tr(s, "interview.last.button") : tr(s, "interview.next.button");
  float next_w = std::max(170.f, kit.text_width(on, {.size = 17.5f, .bold = true}) + 84 + kit.cap_width("Enter"));
  if (kit.button("interview.back", {r.x, y, back, h}, tr(s, "interview.back.button"), Look::plain,
                 view.can_go_back, Icon::back, false, "PgUp") ||
      kit.key(Key::page_up) || kit.key(Key::left, false, true))
    events.push_back(app::PreviousPage{});
  bool next = kit.button("interview.next", {r.right() - next_w, y, next_w, h}, on, Look::primary, true,
                         Icon::forward, true, "Enter");
  float x = r.x + back + 20;
  if (!view.removable.empty()) {
    bool sure = scratch.removing == view.removable;
    std::string label = sure ? tr(s, "repeat.sure.button") : tr(s, "repeat.this.button");
    float w = kit.text_width(label, {.size = 16}) + 36;
    if (kit.button("interview.remove", {x, y, w, h}, label, sure ? Look::plain : Look::quiet)) {
      if (sure) events.push_back(app::RemoveInstance{view.removable});
      scratch.removing = sure ? "" : view.removable;
    }
    x += w + 12;
  }
  draw_no_answers(kit, s, view, {x, r.y + 4, r.right() - next_w - 16 - x, r.h - 8}, events);
  bool past = kit.key(Key::page_down) || kit.key(Key::right, false, true);  // even past a required blank
  if (kit.key(Key::f5)) events.push_back(app::Visit{app::Go::submit});
  walk_questions(kit, view, events);
  if (kit.key(Key::enter) || kit.key(Key::enter, true)) {  // with Ctrl the same: in a long text it is needed
    Events step = {app::NextPage{}};
    for (size_t i = 0; i < view.questions.size(); ++i)
      if (view.questions.size() > 1 && !view.grid && !view.repeat && view.questions[i].id == view.focus)
        lead_on(view, i, step);
    if (std::holds_alternative<app::NextPage>(step[0])) {
      next = true;
    } else {
      mean_digit(view, scratch, events);
      events.push_back(step[0]);
    }
  }
  if (next || past) {
    mean_digit(view, scratch, events);
    events.push_back(app::NextPage{past});
  }
  if (kit.key(Key::escape)) events.push_back(app::Visit{app::Go::home});
}

// What was typed is judged once its field is left, and before anything else happens.
void keep_pending(Kit& kit, Scratch& scratch, Events& events) {
  if (scratch.pending.empty() || !kit.has_input()) return;
  bool leaving = std::any_of(events.begin(), events.end(), [](const app::Event& e) { return !stays_in_field(e); });
  Events first;
  std::erase_if(scratch.pending, [&](const auto& one) {
    if (!leaving && kit.focus() == one.first) return false;
    first.push_back(app::Answer{one.first.substr(6), one.second});  // after "field."
    return true;
  });
  events.insert(events.begin(), first.begin(), first.end());
}

}  // namespace

void lead_on(const InterviewView& view, size_t index, Events& asked) {
  bool chose = false;
  bool entered = false;
  for (const app::Event& e : asked) {
    chose |= std::holds_alternative<app::ToggleChoice>(e) &&
             view.questions[index].control.kind == ControlKind::choice_one;
    entered |= std::holds_alternative<app::NextPage>(e);
  }
  size_t next = index + 1;
  while (next < view.questions.size() && !takes_keys(view.questions[next])) ++next;
  if (next >= view.questions.size()) return;
  std::erase_if(asked, [](const app::Event& e) { return std::holds_alternative<app::NextPage>(e); });
  if (chose || entered)     asked.push_back(app::Focus{view.questions[next].id, view.questions[index].id});
}

Events draw_interview(Kit& kit, const app::Strings& s, const app::Frame& frame, const InterviewView& view,
                      Scratch& scratch) {
  Events events;
  scratch.sound = view.sound;
  if (view.browser && kit.input()) {  // over everything, until a file is chosen
    draw_browser(kit, s, *view.browser, scratch, events);
    return events;
  }
  if (view.questions.empty() && !view.repeat) return {app::Visit{app::Go::submit}};
  // A page is new when its first question is another, or it is that of another interview.
  std::string page =
      "interview" + std::to_string(view.seat) + "." + (view.repeat ? view.repeat->parent + "+" + view.repeat->id : view.questions.front().id);
  if (view.repeat && view.repeat->table) page += ".table";
  if (scratch.shown != page) arrive(kit, view, page, scratch);
  if (view.newer && view.newer->offered && scratch.open == Open::nothing && !kit.has_input())
    open_menu(kit, scratch, Open::newer, "newer.stay");
  bool menu = scratch.open != Open::nothing && scratch.open != Open::outline && scratch.open != Open::keys;
  if (menu && kit.input()) {
    draw_interview_menu(kit, s, view, scratch, events);
    return events;
  }
  Places places = places_of(kit, view);
  if (!view.consent) draw_outline(kit, s, view, scratch, events);
  if (scratch.open == Open::outline && kit.input()) {  // the sections have the keyboard
    kit.consume();
    return events;
  }
  keyed(kit, view, scratch, events);
  // The respondent looks at a page of consent: nothing on it is in another language than the interview's.
  const app::Strings words = view.consent && !view.words_in.empty() ? app::Strings(view.words_in) : s;
  draw_top(kit, words, frame, view, places.top, scratch, events);
  draw_page(kit, words, view, page, places.card, scratch, events);
  if (kit.letter('Z', true, false)) events.push_back(app::Undo{});  // a field takes back its own typing first
  draw_bottom(kit, words, view, places.bottom, scratch, events);
  if (!view.consent)
    draw_actions(kit, s, view, scratch, events);
  else
    keyed_recording(kit, view, events);
  keep_pending(kit, scratch, events);
  draw_interview_menu(kit, s, view, scratch, events);
  if (view.browser) draw_browser(kit, s, *view.browser, scratch, events);
  return events;
}

}  // namespace window
