// One question's control: choices, fields, scale, ranking, notes.
#include <algorithm>
#include <charconv>

#include "collector/window/screen.h"
#include "forms/base/utf8.h"

namespace window {

using app::QuestionView;
using definition::ControlKind;

namespace {

constexpr float row_height = 60, row_gap = 10;
constexpr size_t long_list = 12;

void draw_choice(Kit& kit, const app::ChoiceView& choice, Rect c, size_t number, bool ranking, bool many,
                 bool highlighted) {
  const Theme& t = kit.look();
  bool on = choice.chosen;
  kit.fill(c, on ? t.soft : highlighted ? t.hover : t.card, 14);
  kit.stroke(c, on || highlighted ? t.accent : t.line, 14, on ? 2.5f : 1.5f);
  float cy = c.y + c.h / 2;
  if (many || ranking) {
    Rect box{c.x + 20, cy - 11, 22, 22};
    if (on)
      kit.fill(box, t.accent, ranking ? 11 : 6);
    else
      kit.stroke(box, t.quiet, ranking ? 11 : 6, 1.5f);
    if (on && ranking)
      kit.text(box, std::to_string(choice.rank), t.on_accent,
               {.size = 13, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
    if (on && !ranking) kit.icon(Icon::check, c.x + 31, cy, 15, t.on_accent);
  } else {
    kit.circle(c.x + 31, cy, 11, on ? t.accent : t.quiet, on, 1.5f);
    if (on) kit.icon(Icon::check, c.x + 31, cy, 15, t.on_accent);
  }
  float right = number > 0 ? 66 : 20;
  bool two = !choice.second.empty();
  kit.text({c.x + 60, two ? c.y + 6 : c.y, c.w - 60 - right, two ? 28 : c.h}, choice.label, t.ink,
           {.size = 17.5f, .bold = on, .middle = true});
  if (two)
    kit.text({c.x + 60, c.y + 33, c.w - 60 - right, 22}, choice.second, t.quiet,
             {.size = 13.5f, .wrap = false, .middle = true});
  if (number == 0) return;
  Rect chip{c.right() - 50, cy - 15, 30, 30};
  kit.fill(chip, on ? t.accent : t.ground, 8);
  if (!on) kit.stroke(chip, t.line, 8);
  kit.text(chip, std::to_string(number), on ? t.on_accent : t.quiet,
           {.size = 14, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
}

// Digits choose: at once up to nine choices, two digits beyond.
void keyed_choice(Kit& kit, const QuestionView& q, const std::vector<size_t>& visible, Scratch& scratch,
                  Events& events) {
  const Input* i = kit.input();
  if (!i || i->kind != Input::Kind::key || i->control || i->alt || kit.field_has_focus()) return;
  auto choose = [&](size_t n) {
    if (n >= 1 && n <= visible.size()) {
      const std::string& value = q.choices[visible[n - 1]].value;
      events.push_back(app::ToggleChoice{q.id, value});
      kit.reveal("choice." + q.id + "." + value);  // what was chosen is seen
    }
    scratch.digits.clear();
    kit.consume();
  };
  if (i->key == Key::digit) {
    if (visible.size() <= 9) return choose(static_cast<size_t>(i->digit));
    scratch.digits += static_cast<char>('0' + i->digit);
    size_t n = 0;
    std::from_chars(scratch.digits.data(), scratch.digits.data() + scratch.digits.size(), n);
    if (scratch.digits.size() >= 2 || n * 10 > visible.size()) return choose(n);
    kit.consume();
  }
}

float choices(Kit& kit, const app::Strings& s, const QuestionView& q, Rect r, bool active, Scratch& scratch,
              Events& events) {
  const Theme& t = kit.look();
  bool many = q.control.kind == ControlKind::choice_many;
  bool ranking = q.control.kind == ControlKind::ranking;
  bool search = q.choices.size() > long_list;
  float y = r.y;
  std::vector<size_t> visible;
  std::string wanted;
  bool marked = false;  // the mark moved: it is scrolled to
  if (search) {
    FieldResult field = kit.field("search." + q.id, {r.x, y, r.w, 50}, scratch.search,
                                  {.placeholder = tr(s, "interview.search.placeholder")}, wanted);
    if (field.changed) scratch.highlighted = 0;
    marked = field.changed;
    scratch.search = wanted;
    y += 60;
    std::string folded = base::search_fold(wanted);
    for (size_t i = 0; i < q.choices.size(); ++i)
      if (folded.empty() || base::search_fold(q.choices[i].label).find(folded) != std::string::npos ||
          base::search_fold(q.choices[i].second).find(folded) != std::string::npos)
        visible.push_back(i);
    // Typing finds, arrows go up and down, Enter takes what is marked; with nothing typed Enter goes on.
    if (const Input* i = kit.input(); i && i->kind == Input::Kind::key) {
      if (i->key == Key::down || i->key == Key::up) {
        scratch.highlighted = std::clamp(scratch.highlighted + (i->key == Key::down ? 1 : -1), 0,
                                         std::max(0, static_cast<int>(visible.size()) - 1));
        marked = true;
        kit.consume();
      }
    }
    if (field.entered) {
      bool chosen =
          std::any_of(q.choices.begin(), q.choices.end(), [](const app::ChoiceView& c) { return c.chosen; });
      if ((!wanted.empty() || !chosen) && static_cast<size_t>(scratch.highlighted) < visible.size() &&
          !(wanted.empty() && !q.required && scratch.highlighted == 0)) {
        events.push_back(
            app::ToggleChoice{q.id, q.choices[visible[static_cast<size_t>(scratch.highlighted)]].value});
        scratch.search.clear();
        if (!many) events.push_back(app::NextPage{});
      } else {
        events.push_back(app::NextPage{});
      }
    }
    if (visible.empty())
      kit.text({r.x + 8, y + 6, r.w, 26}, tr(s, "interview.nothing_found.text"), t.quiet, {.size = 15.5f});
  } else {
    for (size_t i = 0; i < q.choices.size(); ++i) visible.push_back(i);
    if (active) keyed_choice(kit, q, visible, scratch, events);
  }
  bool two_columns = !search && q.choices.size() > 6 && r.w > 700 &&
                     std::all_of(q.choices.begin(), q.choices.end(),
                                 [](const app::ChoiceView& c) { return base::length(c.label) < 34; });
  float w = two_columns ? (r.w - 12) / 2 : r.w;
  size_t half = (visible.size() + 1) / 2;
  float top = y;
  float lowest = y;
  float bottom = search ? r.bottom() : 1e9f;
  float offset = 0;
  if (search) {
    Rect area{r.x, y, r.w, std::max(120.f, bottom - y)};
    float content = static_cast<float>(visible.size()) * (row_height + row_gap);
    if (marked)
      kit.show_in_area("choices." + q.id, area,
                       static_cast<float>(scratch.highlighted) * (row_height + row_gap), row_height);
    offset = kit.scroll_area("choices." + q.id, area, content);
    kit.clip({area.x - 4, area.y - 2, area.w + 8, area.h});
  }
  for (size_t v = 0; v < visible.size(); ++v) {
    size_t column = two_columns && v >= half ? 1 : 0;
    float label_height = kit.text_height(w - 126, q.choices[visible[v]].label, {.size = 17.5f, .bold = true});
    float h = std::max(row_height, label_height + 26);
    if (column == 1 && v == half) y = top;
    Rect c{r.x + static_cast<float>(column) * (w + 12), y - offset, w, h};
    y += h + row_gap;
    lowest = std::max(lowest, y);
    if (search && (c.bottom() < top || c.y > bottom)) continue;
    const app::ChoiceView& choice = q.choices[visible[v]];
    draw_choice(kit, choice, c, search ? 0 : v + 1, ranking, many,
                search && static_cast<int>(v) == scratch.highlighted);
    if (kit.hit("choice." + q.id + "." + choice.value, c, choice.label))
      events.push_back(app::ToggleChoice{q.id, choice.value});
  }
  if (search) {
    kit.unclip();
    return bottom - r.y;
  }
  if (ranking) {
    kit.text({r.x, lowest, r.w, 22}, tr(s, "interview.ranking.text"), t.quiet, {.size = 14, .wrap = false});
    lowest += 26;
  }
  return lowest - r.y;
}

float entry(Kit& kit, const app::Strings& s, const QuestionView& q, Rect r, Scratch& scratch,
            Events& events) {
  const Theme& t = kit.look();
  bool multiline = q.control.kind == ControlKind::text_entry && q.control.multiline;
  bool text_like = q.control.kind == ControlKind::text_entry && !q.free_text;
  bool numeric = q.control.kind == ControlKind::number_entry || q.control.kind == ControlKind::date_entry;
  FieldLook look{.multiline = multiline, .size = 18.5f, .numeric = numeric};
  if (q.control.kind == ControlKind::date_entry)
    look.placeholder = !q.control.with_date  ? tr(s, "interview.time.placeholder")
                       : q.control.with_time ? tr(s, "interview.date_time.placeholder")
                                             : tr(s, "interview.date.placeholder");
  if (q.control.kind == ControlKind::number_entry) look.placeholder = tr(s, "interview.number.placeholder");
  float h = multiline ? 170 : 56;
  float w = multiline || q.control.kind == ControlKind::text_entry ? r.w : std::min(r.w, 360.f);
  std::string id = "field." + q.id;
  auto waiting = scratch.pending.find(id);
  std::string out;
  FieldResult result = kit.field(id, {r.x, r.y, w, h}, q.shown, look, out);
  if (result.changed) {
    // Text is kept with every keystroke; a number or a date when it is whole: at Enter, or on leaving.
    if (text_like)
      events.push_back(app::Answer{q.id, out});
    else
      scratch.pending[id] = out;
  }
  if (result.entered) {
    if (waiting != scratch.pending.end()) {
      events.push_back(app::Answer{q.id, waiting->second});
      scratch.pending.erase(waiting);
    }
    events.push_back(app::NextPage{});
  }
  if (multiline)
    kit.text({r.x, r.y + h + 6, r.w, 20}, tr(s, "interview.multiline.text"), t.quiet,
             {.size = 13, .wrap = false});
  return h + (multiline ? 30 : 0);
}

float scale(Kit& kit, const app::Strings& s, const QuestionView& q, Rect r, bool active, Scratch& scratch,
            Events& events) {
  const Theme& t = kit.look();
  int count = static_cast<int>((q.control.scale_max - q.control.scale_min) / q.control.scale_step) + 1;
  float w = std::min(70.f, (r.w - 8 * static_cast<float>(count - 1)) / static_cast<float>(count));
  for (int i = 0; i < count; ++i) {
    std::string value = std::to_string(static_cast<int>(q.control.scale_min + i * q.control.scale_step));
    Rect c{r.x + static_cast<float>(i) * (w + 8), r.y, w, 58};
    bool on = q.value == value;
    kit.fill(c, on ? t.accent : t.card, 12);
    kit.stroke(c, on ? t.accent : t.line, 12, 1.5f);
    kit.text(c, value, on ? t.on_accent : t.ink,
             {.size = 19, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
    if (kit.hit("scale." + q.id + "." + value, c, value)) events.push_back(app::Answer{q.id, value});
  }
  if (const Input* i = kit.input(); active && i && i->kind == Input::Kind::key && i->key == Key::digit &&
                                    !kit.field_has_focus() && !i->control) {
    std::string value =
        q.value == "1" && i->digit == 0 && q.control.scale_max >= 10 ? "10" : std::to_string(i->digit);
    events.push_back(app::Answer{q.id, value});
    kit.consume();
  }
  kit.text({r.x, r.y + 72, 260, 48}, tr(s, "interview.other_number.label"), t.quiet,
           {.size = 14.5f, .wrap = false, .middle = true});
  QuestionView other = q;
  other.control = {.kind = ControlKind::number_entry};
  bool on_scale = q.value.size() <= 2 && !q.value.empty() && q.value[0] != '-';
  if (on_scale) other.shown.clear();
  entry(kit, s, other, {r.x + 270, r.y + 68, 160, 56}, scratch, events);
  return 132;
}

}  // namespace

float draw_question(Kit& kit, const app::Strings& s, const QuestionView& q, Rect r, bool alone, bool active,
                    Scratch& scratch, Events& events) {
  const Theme& t = kit.look();
  float y = r.y;
  bool note = q.control.kind == ControlKind::note;
  TextLook label{.size = note ? 20.f : alone ? 26.f : 18.5f, .bold = !note};
  float asterisk = q.required ? 24 : 0;
  y += kit.text({r.x, y, r.w - asterisk, 400}, q.label, t.ink, label) + (alone ? 6 : 2);
  if (q.required)
    kit.text({r.right() - 20, r.y, 20, 30}, "*", t.accent, {.size = 22, .bold = true, .wrap = false});
  if (!q.hint.empty()) y += kit.text({r.x, y, r.w, 200}, q.hint, t.quiet, {.size = 15.5f}) + 6;
  if (!q.second_label.empty()) {
    float h = kit.text_height(r.w - 68, q.second_label, {.size = 15.5f}) + 22;
    kit.fill({r.x, y + 4, r.w, h}, t.ground, 12);
    kit.icon(Icon::translate, r.x + 26, y + 4 + h / 2, 20, t.quiet);
    kit.text({r.x + 50, y + 15, r.w - 68, h}, q.second_label, t.ink, {.size = 15.5f});
    y += h + 12;
  }
  y += alone ? 14 : 8;
  if (!q.remark.empty()) y += kit.text({r.x, y, r.w, 60}, q.remark, t.quiet, {.size = 15}) + 10;
  Rect body{r.x, y, r.w, std::max(60.f, r.bottom() - y)};
  switch (q.control.kind) {
    case ControlKind::choice_one:
    case ControlKind::choice_many:
    case ControlKind::ranking:
      y += choices(kit, s, q, body, active, scratch, events);
      break;
    case ControlKind::text_entry:
    case ControlKind::number_entry:
    case ControlKind::date_entry:
      y += entry(kit, s, q, body, scratch, events);
      break;
    case ControlKind::scale:
      y += scale(kit, s, q, body, active, scratch, events);
      break;
    case ControlKind::acknowledge:
      if (kit.button("ack." + q.id, {r.x, y, 260, 54}, tr(s, "interview.acknowledge.button"),
                     q.answered ? Look::primary : Look::plain, true, Icon::check) ||
          (active && kit.key(Key::space)))
        events.push_back(app::Answer{q.id, q.answered ? "" : "OK"});
      y += 64;
      break;
    case ControlKind::hidden:
    case ControlKind::note:
    case ControlKind::not_yet:
      break;
  }
  if (!q.problem.empty()) {
    float h = kit.text_height(r.w - 60, q.problem, {.size = 15.5f}) + 20;
    kit.fill({r.x, y + 8, r.w, h}, t.ground, 12);
    kit.icon(Icon::alert, r.x + 26, y + 8 + h / 2, 20, t.warn);
    kit.text({r.x + 48, y + 18, r.w - 60, h}, q.problem, t.ink, {.size = 15.5f});
    y += h + 14;
  }
  return y - r.y;
}

}  // namespace window
