// One question as any screen shows it, in text ready to be shown. Same rules as views.h, which includes this.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collector/app/pictures/vector.h"
#include "collector/app/views_media.h"
#include "forms/base/time.h"
#include "forms/definition/question_type.h"

namespace app {

struct ChoiceView {
  std::string value, label, second;  // second: in the language beside
  bool chosen = false;
  bool alone = false;  // stands alone: choosing it takes the others back, and they it
  int rank = 0;        // ranking: 1-based place, 0 not placed
  std::shared_ptr<const Picture> picture = nullptr;  // the form's, beside the label
  std::string place = {};                            // map: where it is, as a place is stored
};

struct TickView {  // of a scale: where, and what it is called
  double at = 0;
  std::string label, second = {};  // second: in the language beside
};

// What a person may say instead of an answer, where the form has a place for it.
struct PromptView {
  std::string language;  // as the form writes it; what PlayPrompt takes
  std::string name;      // as people say it: "Tarifit"
};

enum class NoAnswer : uint8_t { dont_know, refused, not_applicable };

struct QuestionView {
  std::string id;
  std::string label, hint, second_label;
  bool right_to_left = false, second_right_to_left = false;
  definition::Control control;
  std::string value;     // as stored: "34", "fr nl"
  std::string shown;     // as the interview's language shows it, and as it may be typed again
  std::string in_words;  // what it means: a date written out; "" where that says nothing more
  std::vector<ChoiceView> choices;
  std::vector<TickView> ticks;             // scale: the named ones
  std::vector<ChoiceView> places;          // place: to choose from; the value is a place as it is typed
  base::Date today{};                      // date: what the calendar opens on
  std::optional<MediaView> media;          // media: what is attached
  std::shared_ptr<const Picture> picture;  // the form's, under the label
  std::shared_ptr<const VectorPicture> areas;  // image-map: the n-th choice is its n-th part; null: it cannot be shown
  std::vector<PromptView> prompts;         // the question as it was recorded, by language or dialect
  bool required = false, read_only = false, answered = false;
  bool sensitive = false;  // not copied to the clipboard
  std::string note;        // the interviewer's, beside the answer
  bool saved = true;       // the tick: on disk and sealed
  bool free_text = false;  // its list is missing or empty: say so, take text
  std::string remark;      // "not yet", "this list is empty", …: neutral
  std::string problem;     // why it cannot stay so
  std::vector<NoAnswer> no_answers;   // the ones this question takes
  std::optional<NoAnswer> no_answer;  // … and what was said
};

}  // namespace app
