// time: hours and minutes.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node& node) {
  return with_width({.kind = ControlKind::date_entry, .with_date = false, .with_time = true},
                    folded_appearance(node));
}
Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_time(typed);
}
}  // namespace

extern const QuestionType time_question;
const QuestionType time_question{
    .words = {"time"}, .data = DataType::time, .control = control, .accept = accept};

}  // namespace questions
