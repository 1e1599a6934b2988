// text: one line, or several with the appearance multiline.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node& node) {
  bool several = has_word(node.appearance, "multiline") || node.parameters.count("rows") > 0;
  return {.kind = ControlKind::text_entry, .multiline = several};
}
Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_text(typed);
}
}  // namespace

extern const QuestionType text_question;
const QuestionType text_question{
    .words = {"text", "string"}, .data = DataType::text, .control = control, .accept = accept};

}  // namespace questions
