// One question as any screen shows it, in text ready to be shown. Same rules as views.h, which includes this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "forms/definition/question_type.h"

namespace app {

struct ChoiceView {
  std::string value, label, second;  // second: in the language beside
  bool chosen = false;
  int rank = 0;  // ranking: 1-based place, 0 not placed
};

struct QuestionView {
  std::string id;
  std::string label, hint, second_label;
  bool right_to_left = false, second_right_to_left = false;
  definition::Control control;
  std::string value;  // as stored: "34", "fr nl"
  std::string shown;  // as the interview's language shows it
  std::vector<ChoiceView> choices;
  bool required = false, read_only = false, answered = false;
  bool saved = true;       // the tick: on disk and sealed
  bool free_text = false;  // its list is missing or empty: say so, take text
  std::string remark;      // "not yet", "this list is empty", …: neutral
  std::string problem;     // why it cannot stay so
};

}  // namespace app
