// acknowledge: one tick; stored as OK, as ODK does.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node&) {
  return {.kind = ControlKind::acknowledge};
}
Result<std::string> accept(const Node&, std::string_view) {
  return std::string("OK");
}
}  // namespace

extern const QuestionType acknowledge_question;
const QuestionType acknowledge_question{
    .words = {"acknowledge", "trigger"}, .data = DataType::text, .control = control, .accept = accept};

}  // namespace questions
