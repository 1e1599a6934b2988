// date: day, month, year by keyboard; stored as ISO 8601.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node&) {
  return {.kind = ControlKind::date_entry};
}
Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_date(typed);
}
}  // namespace

extern const QuestionType date_question;
const QuestionType date_question{
    .words = {"date"}, .data = DataType::date, .control = control, .accept = accept};

}  // namespace questions
