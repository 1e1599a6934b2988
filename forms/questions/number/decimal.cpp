// decimal: a number; a decimal comma is taken for a point.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node&) {
  return {.kind = ControlKind::number_entry, .decimal = true};
}
Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_number(typed, true);
}
}  // namespace

extern const QuestionType decimal_question;
const QuestionType decimal_question{
    .words = {"decimal"}, .data = DataType::decimal, .control = control, .accept = accept};

}  // namespace questions
