#include <algorithm>
#include <cstdlib>

#include "collector/window/screen.h"

namespace window {

using app::InterviewView;
using app::SectionState;
using definition::ControlKind;

namespace {

constexpr float bar = 288;

void draw_outline(Kit& kit, const app::Strings& s, const InterviewView& view, Events& events) {
  const Theme& t = kit.look();
  kit.fill({0, 0, bar, kit.height()}, t.side);
  kit.fill({bar, 0, 1, kit.height()}, t.line);
  kit.fill({24, 26, 44, 44}, t.accent, 12);
  kit.icon(Icon::form, 46, 48, 24, t.on_accent);
  kit.clip({76, 20, bar - 84, 60});
  kit.text({80, 24, bar - 92, 26}, view.title, t.ink, {.size = 17, .bold = true, .wrap = false});
  kit.text({80, 50, bar - 92, 20}, view.subtitle, t.quiet, {.size = 13, .wrap = false});
  kit.unclip();
  Rect area{0, 96, bar, kit.height() - 110};
  float step =
      std::clamp((area.h - 8) / std::max<float>(1, static_cast<float>(view.outline.size())), 40.f, 54.f);
  float offset = kit.scroll_area("outline", area, static_cast<float>(view.outline.size()) * step + 8);
  kit.clip(area);
  for (size_t i = 0; i < view.outline.size(); ++i) {
    const app::SectionView& section = view.outline[i];
    Rect r{14, area.y + 4 + static_cast<float>(i) * step - offset, bar - 28, step - 4};
    bool done = section.state == SectionState::done;
    if (section.current || kit.hovered(r)) kit.fill(r, section.current ? t.soft : t.hover, 10);
    float cy = r.y + r.h / 2;
    if (done) {
      kit.circle(40, cy, 13, t.accent, true);
      kit.icon(Icon::check, 40, cy, 17, t.on_accent);
    } else {
      kit.circle(40, cy, 12.5f,
                 section.state == SectionState::problem                      ? t.warn
                 : section.current || section.state == SectionState::partial ? t.accent
                                                                             : t.line,
                 false, 2);
      if (section.current) kit.circle(40, cy, 5, t.accent, true);
      if (section.state == SectionState::problem) kit.icon(Icon::alert, 40, cy, 16, t.warn);
    }
    kit.clip({66, r.y, bar - 66 - 62, r.h});
    kit.text({68, r.y, bar - 132, r.h}, section.label,
             section.current ? t.accent
             : done          ? t.ink
                             : t.quiet,
             {.size = 15.5f, .bold = section.current, .wrap = false, .middle = true});
    kit.unclip();
    if (section.total > 0)
      kit.text({bar - 82, r.y, 56, r.h}, s.number(section.answered) + "/" + s.number(section.total), t.quiet,
               {.size = 13, .align = Align::end, .wrap = false, .middle = true});
    if (kit.hit("section." + section.id, r, section.label, true, false))
      events.push_back(app::JumpTo{section.id});
  }
  kit.unclip();
}

// Several questions on a page: an answer or Enter leads to the next of them, and from the last one on.
void forward(const InterviewView& view, size_t index, Events& asked) {
  bool chose = false;
  bool entered = false;
  for (const app::Event& e : asked) {
    chose |= std::holds_alternative<app::ToggleChoice>(e) &&
             view.questions[index].control.kind == ControlKind::choice_one;
    entered |= std::holds_alternative<app::NextPage>(e);
  }
  size_t next = index + 1;
  while (next < view.questions.size() && (view.questions[next].control.kind == ControlKind::note ||
                                          view.questions[next].control.kind == ControlKind::not_yet))
    ++next;
  if (next >= view.questions.size()) return;
  std::erase_if(asked, [](const app::Event& e) { return std::holds_alternative<app::NextPage>(e); });
  if (chose || entered) asked.push_back(app::Focus{view.questions[next].id});
}

void draw_languages(Kit& kit, const app::Strings& s, const InterviewView& view, Scratch& scratch,
                    Events& events) {
  const Theme& t = kit.look();
  float h = 84 + 44 * static_cast<float>(view.languages.size());
  Rect r{kit.width() - 480, 74, 440, h};
  kit.card(r, 16);
  kit.text({r.x + 24, r.y + 16, 180, 24}, tr(s, "interview.read_in.label"), t.quiet,
           {.size = 14, .wrap = false});
  kit.text({r.x + 232, r.y + 16, 190, 24}, tr(s, "interview.beside.label"), t.quiet,
           {.size = 14, .wrap = false});
  for (size_t i = 0; i < view.languages.size(); ++i) {
    auto n = static_cast<int>(i);
    float y = r.y + 46 + 44 * static_cast<float>(i);
    if (kit.button("read." + std::to_string(i), {r.x + 16, y, 196, 40}, view.languages[i],
                   n == view.language_index ? Look::primary : Look::quiet)) {
      events.push_back(app::ReadIn{n, view.second_index});
      scratch.languages_open = false;
    }
    bool beside = n == view.second_index;
    if (kit.button("beside." + std::to_string(i), {r.x + 228, y, 196, 40}, view.languages[i],
                   beside ? Look::primary : Look::quiet)) {
      events.push_back(app::ReadIn{view.language_index, beside ? -1 : n});
      scratch.languages_open = false;
    }
  }
  if (kit.key(Key::escape) || kit.letter('L', true, false)) scratch.languages_open = false;
  // Arrows walk through the languages: down and up, and between the two columns.
  if (const Input* i = kit.input(); i && i->kind == Input::Kind::key) {
    const std::string& at = kit.focus();
    size_t dot = at.find('.');
    size_t row = dot == std::string::npos ? 0 : static_cast<size_t>(std::atoi(at.c_str() + dot + 1));
    std::string column = at.starts_with("beside.") ? "beside." : "read.";
    if (i->key == Key::down && row + 1 < view.languages.size()) kit.focus(column + std::to_string(row + 1));
    if (i->key == Key::up && row > 0) kit.focus(column + std::to_string(row - 1));
    if (i->key == Key::left || i->key == Key::right)
      kit.focus((column == "read." ? "beside." : "read.") + std::to_string(row));
    kit.consume();
  }
  if (const Input* i = kit.input(); i && i->kind == Input::Kind::press && !kit.hovered(r)) {
    scratch.languages_open = false;
    kit.consume();
  }
}

}  // namespace

Events draw_interview(Kit& kit, const app::Strings& s, const app::Frame& frame, const InterviewView& view,
                      Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (view.questions.empty() && !view.repeat) return {app::Visit{app::Go::submit}};
  // A page is new when its first question is another: the caret goes where it belongs.
  std::string page =
      "interview." + (view.repeat ? view.repeat->parent + "+" + view.repeat->id : view.questions.front().id);
  auto field_of = [&](const app::QuestionView& q) { return first_widget(q, view.questions.size() == 1); };
  if (scratch.shown != page) {
    scratch.shown = page;
    scratch.controls = {};
    scratch.digits.clear();
    scratch.pending.clear();
    scratch.focused.clear();
    scratch.removing.clear();
    kit.forget_fields();
    std::string focus;
    for (const app::QuestionView& q : view.questions)
      if (q.id == view.focus) focus = field_of(q);
    if (focus.empty() && !view.grid && view.questions.size() > 1)
      for (const app::QuestionView& q : view.questions)
        if (focus.empty() && !q.answered) focus = field_of(q);
    kit.focus(focus);
  }
  if (scratch.languages_open && kit.input()) {
    draw_languages(kit, s, view, scratch, events);
    if (!scratch.languages_open) kit.focus(scratch.under_menu);  // the caret goes back to where it was
    return events;
  }
  draw_outline(kit, s, view, events);
  float x = bar + 56;
  float w = kit.width() - bar - 96;
  // Above: where we are, and that everything is kept.
  std::string number =
      s.tr("interview.page.label", {{"number", s.number(view.page + 1)}, {"of", s.number(view.pages)}});
  kit.text({x, 24, 200, 40}, number, t.quiet, {.size = 14.5f, .bold = true, .wrap = false, .middle = true});
  float nw = kit.text_width(number, {.size = 14.5f, .bold = true}) + 26;
  std::string saved = frame.practice ? tr(s, "practice.mark.short")
                      : view.saved   ? tr(s, "interview.saved.label")
                                     : tr(s, "interview.unsaved.label");
  float sw = kit.text_width(saved, {.size = 14}) + 40;
  float lw = kit.text_width(view.language, {.size = 16}) + 68;
  kit.progress({x + nw, 40, std::max(40.f, w - nw - sw - lw - 56), 8},
               view.pages ? static_cast<float>(view.page + 1) / static_cast<float>(view.pages) : 0);
  float sx = x + w - lw - sw - 20;
  kit.icon(view.saved && !frame.practice ? Icon::saved : Icon::dot, sx + 10, 44, 19,
           view.saved ? t.good : t.quiet);
  kit.text({sx + 26, 24, sw, 40}, saved, t.quiet, {.size = 14, .wrap = false, .middle = true});
  if (kit.button("interview.language", {x + w - lw, 24, lw, 40}, view.language, Look::chip, true,
                 Icon::translate) ||
      kit.letter('L', true, false)) {
    scratch.languages_open = true;
    scratch.under_menu = kit.focus() == "interview.language" ? "" : kit.focus();
    kit.focus("read." + std::to_string(view.language_index));
  }
  if (kit.letter('B', true, false)) {
    int next = view.second_index + 1;
    if (next == view.language_index) ++next;
    events.push_back(
        app::ReadIn{view.language_index, next < static_cast<int>(view.languages.size()) ? next : -1});
  }
  // The page.
  Rect card{x, 82, w, kit.height() - 82 - 110};
  kit.card(card, 18);
  Rect inner{card.x + 40, card.y + 30, card.w - 80, card.h - 44};
  bool alone = view.questions.size() == 1;
  float& content = scratch.heights[page];
  bool own_scroll = alone && scrolls_by_itself(view.questions[0]);
  Rect area{card.x + 4, card.y + 8, card.w - 8, card.h - 16};
  float offset = own_scroll ? 0 : kit.scroll_area(page, area, content);
  kit.clip(area);
  float y = inner.y - offset;
  y += kit.text({inner.x, y, inner.w, 20}, view.section, t.accent,
                {.size = 13.5f, .bold = true, .wrap = false}) +
       10;
  if (view.repeat) {
    y += draw_repeat(kit, s, *view.repeat, {inner.x, y, inner.w, 0}, scratch, events);
  } else if (view.grid) {
    for (const app::QuestionView& q : view.questions)
      if (q.choices.empty())
        y += draw_question(kit, s, q, {inner.x, y, inner.w, 80}, false, false, scratch, events) + 10;
    y += draw_grid(kit, view, {inner.x, y, inner.w, 0}, events);
  } else {
    for (size_t i = 0; i < view.questions.size(); ++i) {
      const app::QuestionView& q = view.questions[i];
      bool active = alone || q.id == view.focus;
      Events asked;
      float top = y;
      y += draw_question(kit, s, q, {inner.x, y, inner.w, inner.bottom() - y}, alone, active, scratch, asked);
      if (!alone && active) kit.fill({inner.x - 18, top, 4, y - top}, t.accent, 2);
      if (!alone && !asked.empty()) forward(view, i, asked);
      events.insert(events.end(), asked.begin(), asked.end());
      // Tab or the mouse put the caret into another question's field: the keyboard speaks to that one.
      if (!alone && !active && kit.input() && !field_of(q).empty() && kit.focus() == field_of(q))
        events.push_back(app::Focus{q.id});
      if (!alone && active && scratch.focused != page + q.id) {  // the keyboard came here: so does the eye
        kit.show_in_area(page, area, top + offset - area.y - 20, y - top + 60);
        kit.focus(field_of(q));
        scratch.focused = page + q.id;
        scratch.digits.clear();
      }
      if (!alone) y += 26;
    }
  }
  content = y + offset - card.y + 24;
  kit.unclip();
  // Below: back and on.
  float by = kit.height() - 84;
  if (kit.button("interview.back", {x, by, 150, 54}, tr(s, "interview.back.button"), Look::plain,
                 view.can_go_back, Icon::back) ||
      kit.key(Key::page_up) || kit.key(Key::left, false, true))
    events.push_back(app::PreviousPage{});
  bool next = kit.button("interview.next", {x + w - 190, by, 190, 54},
                         view.is_last ? tr(s, "interview.last.button") : tr(s, "interview.next.button"),
                         Look::primary, true, Icon::forward, true);
  if (kit.button("interview.submit", {x + 170, by, 200, 54}, tr(s, "interview.submit.button"), Look::quiet))
    events.push_back(app::Visit{app::Go::submit});
  if (kit.button("interview.pause", {x + 380, by, 200, 54}, tr(s, "interview.pause.button"), Look::quiet))
    events.push_back(app::Visit{app::Go::home});
  if (!view.removable.empty()) {
    bool sure = scratch.removing == view.removable;
    if (kit.button("interview.remove", {x + 590, by, 190, 54},
                   sure ? tr(s, "repeat.sure.button") : tr(s, "repeat.this.button"),
                   sure ? Look::plain : Look::quiet)) {
      if (sure) events.push_back(app::RemoveInstance{view.removable});
      scratch.removing = sure ? "" : view.removable;
    }
  }
  next |= kit.key(Key::page_down) || kit.key(Key::right, false, true);
  if (kit.key(Key::enter, true)) events.push_back(app::Visit{app::Go::submit});
  // Up and Down lead to the question above and below, on a page of several.
  if (!alone && !view.grid)
    if (int step = kit.key(Key::down) ? 1 : kit.key(Key::up) ? -1 : 0; step != 0) {
      std::vector<std::string> ids;
      for (const app::QuestionView& q : view.questions)
        if (q.control.kind != ControlKind::note && q.control.kind != ControlKind::not_yet)
          ids.push_back(q.id);
      auto at = std::find(ids.begin(), ids.end(), view.focus) - ids.begin();
      if (at + step >= 0 && static_cast<size_t>(at + step) < ids.size())
        events.push_back(app::Focus{ids[static_cast<size_t>(at + step)]});
    }
  // One digit of two was typed: going on means it.
  auto mean_digit = [&] {
    size_t n = scratch.digits.empty() ? 0 : static_cast<size_t>(scratch.digits[0] - '0');
    for (const app::QuestionView& q : view.questions)
      if ((alone || q.id == view.focus) && n >= 1 && n <= q.choices.size())
        events.push_back(app::ToggleChoice{q.id, q.choices[n - 1].value});
    scratch.digits.clear();
  };
  // Enter goes on when nothing else took it: to the next question of the page, then to the next page.
  if (kit.key(Key::enter)) {
    Events step = {app::NextPage{}};
    for (size_t i = 0; i < view.questions.size(); ++i)
      if (!alone && !view.grid && view.questions[i].id == view.focus) forward(view, i, step);
    if (std::holds_alternative<app::NextPage>(step[0])) {
      next = true;
    } else {
      mean_digit();
      events.push_back(step[0]);
    }
  }
  if (next) mean_digit();
  if (kit.key(Key::escape)) events.push_back(app::Visit{app::Go::home});
  bool leaving = next || std::any_of(events.begin(), events.end(), [](const app::Event& e) {
                   return !std::holds_alternative<app::Answer>(e) && !std::holds_alternative<app::Focus>(e) &&
                          !std::holds_alternative<app::Consider>(e) && !std::holds_alternative<app::Say>(e);
                 });
  if (leaving && !scratch.pending.empty()) {  // what is typed becomes an answer before the page is left
    Events first;
    for (auto& [id, typed] : scratch.pending) first.push_back(app::Answer{id.substr(6), typed});
    scratch.pending.clear();
    events.insert(events.begin(), first.begin(), first.end());
  }
  if (next) events.push_back(app::NextPage{});
  if (scratch.languages_open) draw_languages(kit, s, view, scratch, events);
  return events;
}

}  // namespace window
