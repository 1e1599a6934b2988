// Control: what every kind of control is given. One file a kind; draw_question() in question.cpp chooses.
//
//   float draw_ranking(Asked& a, Rect r);        // draws into the rectangle's width; returns the height used
//
// A control draws the view, handles this pass's input where it concerns it, and asks by events. It keeps what
// it must between two passes in a.scratch.controls. `active`: the keyboard speaks to this question.
#pragma once

#include <cmath>

#include "collector/window/screen.h"

namespace window {

struct Asked {
  Kit& kit;
  const app::Strings& s;
  const app::QuestionView& q;
  bool alone, active;
  Scratch& scratch;
  Events& events;
  const Theme& look() const { return kit.look(); }
  bool can() const { return !q.read_only; }
  std::string id(const char* part) const { return std::string(part) + "." + q.id; }
  void answer(const std::string& typed) { events.push_back(app::Answer{q.id, typed}); }
  // This pass's key, when the keyboard speaks to this question and to no field.
  const Input* free_key() const;
};

float draw_choice_list(Asked& a, Rect r);
float draw_choice_search(Asked& a, Rect r);  // long lists, autocomplete, minimal
float draw_choice_tiles(Asked& a, Rect r);   // columns, pack
float draw_likert(Asked& a, Rect r);
float draw_image_map(Asked& a, Rect r);   // areas of a picture
float draw_choice_map(Asked& a, Rect r);  // places
float draw_ranking(Asked& a, Rect r);
float draw_grid_heading(Asked& a, Rect r);  // `label` and `list-nolabel`: whole questions, with their words
float draw_grid_row(Asked& a, Rect r);
float draw_text_entry(Asked& a, Rect r);
float draw_number_entry(Asked& a, Rect r);
float draw_date_entry(Asked& a, Rect r);
float draw_scale(Asked& a, Rect r);
float draw_place(Asked& a, Rect r);
float draw_place_map(Asked& a, Rect r);  // … on a sketch, under it; nothing while there is no point
float draw_acknowledge(Asked& a, Rect r);
float draw_media(Asked& a, Rect r);
float draw_sound(Asked& a, Rect r);    // an answer that is recorded
float draw_prompts(Asked& a, Rect r);  // the question as it was recorded; nothing when it was not

// Shared by the kinds.
struct CardLook {
  size_t number = 0;  // the digit that chooses it; 0: none
  bool box = false, highlighted = false, marks = true, tight = false;
};
void draw_choice_card(Asked& a, const app::ChoiceView& choice, Rect r, const CardLook& look);
float choice_card_height(Asked& a, const app::ChoiceView& choice, float width, const CardLook& look);
float choice_picture_room(const app::ChoiceView& choice, float card = 1000);  // the width its picture takes of a card
// The widget of a choice: chosen by the mouse, by Space and Enter on it. Its state is entered.
void choice_widget(Asked& a, const app::ChoiceView& choice, Rect r);
void choose(Asked& a, const app::ChoiceView& choice);
// Digits choose: at once up to nine choices, two digits beyond. Arrows walk, Delete takes the answer back.
void keyed_choices(Asked& a, const std::vector<size_t>& visible, int columns);
// A field of an answer. What is a whole value is stored with each key; at Enter, or when the field is left, it is
// judged: until then nothing is said against it.
FieldResult typed_field(Asked& a, Rect r, FieldLook look);
std::string field_id(const app::QuestionView& q);  // "field." + id

}  // namespace window
