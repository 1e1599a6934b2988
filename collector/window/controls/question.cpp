// One question: what is asked, in one language or two, its control, and what stands in the way.
#include <algorithm>

#include "collector/window/controls/pointed.h"

namespace window {

using app::QuestionView;
using definition::ChoiceLook;
using definition::ControlKind;

namespace {

constexpr size_t long_list = 12;

bool is_choice(const QuestionView& q) {
  return q.control.kind == ControlKind::choice_one || q.control.kind == ControlKind::choice_many;
}

// In a picture or on a map, where there is one to point at.
bool is_pointed(const QuestionView& q) {
  if (!is_choice(q)) return false;
  if (q.control.look == ChoiceLook::image_map) return q.areas != nullptr;
  return q.control.look == ChoiceLook::map &&
         std::any_of(q.choices.begin(), q.choices.end(), [](const app::ChoiceView& c) { return !c.place.empty(); });
}

// A field that finds, for long lists. Short ones are chosen by a digit, whatever the form asks for.
bool is_searched(const QuestionView& q) {
  ChoiceLook look = q.control.look;
  bool has_look = look == ChoiceLook::columns || look == ChoiceLook::pack || look == ChoiceLook::likert ||
                  look == ChoiceLook::heading || look == ChoiceLook::cells;
  if (q.control.kind == ControlKind::ranking) return false;
  if (is_pointed(q)) return q.choices.size() > most_numbered;
  return is_choice(q) && (look == ChoiceLook::minimal || (!has_look && q.choices.size() > long_list));
}

bool is_slider(const QuestionView& q) {
  double steps = (q.control.scale_max - q.control.scale_min) / q.control.scale_step;
  return q.control.scale_look == definition::ScaleLook::slider ||
         (q.control.scale_look == definition::ScaleLook::automatic && steps > 20);
}

float draw_choices(Asked& a, Rect r) {
  if (is_pointed(a.q)) return a.q.control.look == ChoiceLook::map ? draw_choice_map(a, r) : draw_image_map(a, r);
  if (is_searched(a.q)) return draw_choice_search(a, r);
  switch (a.q.control.look) {
    case ChoiceLook::columns:
    case ChoiceLook::pack:
      return draw_choice_tiles(a, r);
    case ChoiceLook::likert:
      return draw_likert(a, r);
    default:
      return draw_choice_list(a, r);
  }
}

float draw_control(Asked& a, Rect r) {
  switch (a.q.control.kind) {
    case ControlKind::choice_one:
    case ControlKind::choice_many:
      return draw_choices(a, r);
    case ControlKind::ranking:
      return draw_ranking(a, r);
    case ControlKind::text_entry:
      return draw_text_entry(a, r);
    case ControlKind::number_entry:
      return draw_number_entry(a, r);
    case ControlKind::date_entry:
      return draw_date_entry(a, r);
    case ControlKind::scale:
      return draw_scale(a, r);
    case ControlKind::place:
      return draw_place(a, r);
    case ControlKind::acknowledge:
      return draw_acknowledge(a, r);
    case ControlKind::media:
      return draw_media(a, r);
    case ControlKind::hidden:
    case ControlKind::note:
    case ControlKind::not_yet:
      return 0;
  }
  return 0;
}

}  // namespace

bool scrolls_by_itself(const QuestionView& q) {
  return is_searched(q) && q.control.look != ChoiceLook::minimal && !is_pointed(q);
}

std::string first_widget(const QuestionView& q, bool alone) {
  if (q.read_only) return "";
  switch (q.control.kind) {
    case ControlKind::text_entry:
    case ControlKind::number_entry:
    case ControlKind::date_entry:
    case ControlKind::place:
      return field_id(q);
    case ControlKind::scale:
      if (q.control.scale_look == definition::ScaleLook::picker) return field_id(q);
      return is_slider(q) ? "slider." + q.id : "";
    case ControlKind::choice_one:
    case ControlKind::choice_many:
      if (!is_searched(q)) return "";
      return (alone && q.control.look != ChoiceLook::minimal ? "search." : "open.") + q.id;
    default:
      return "";
  }
}

float draw_question(Kit& kit, const app::Strings& s, const QuestionView& q, Rect r, bool alone, bool active,
                    Scratch& scratch, Events& events) {
  const Theme& t = kit.look();
  Asked a{kit, s, q, alone, active, scratch, events};
  if (is_choice(q) && q.control.look == ChoiceLook::heading) return draw_grid_heading(a, r);
  // Alone on its page a row has no heading: its choices have their words.
  if (is_choice(q) && q.control.look == ChoiceLook::cells && !alone && !q.choices.empty()) return draw_grid_row(a, r);
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
  if (q.picture && q.picture->width > 0) {
    float scale = std::min(
        {1.f, r.w / static_cast<float>(q.picture->width), 300.f / static_cast<float>(q.picture->height)});
    Rect place{r.x, y + 6, static_cast<float>(q.picture->width) * scale,
               static_cast<float>(q.picture->height) * scale};
    kit.picture(place, q.picture);
    y += place.h + 14;
  }
  if (!q.prompts.empty()) y += draw_prompts(a, {r.x, y + 8, r.w, 52}) + 4;
  y += alone ? 14 : 8;
  if (!q.remark.empty()) y += kit.text({r.x, y, r.w, 60}, q.remark, t.quiet, {.size = 15}) + 10;
  y += draw_control(a, {r.x, y, r.w, std::max(60.f, r.bottom() - y)});
  if (!q.note.empty()) {
    float h = kit.text_height(r.w - 60, q.note, {.size = 15}) + 16;
    kit.icon(Icon::note, r.x + 26, y + 10 + h / 2, 19, t.quiet);
    kit.text({r.x + 48, y + 18, r.w - 60, h}, q.note, t.quiet, {.size = 15});
    y += h + 10;
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
