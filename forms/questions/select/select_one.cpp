// select_one: one choice of a list, or of a roster of the same form.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node& node) {
  return choice_control(node, ControlKind::choice_one);
}

Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_text(typed);
}
}  // namespace

extern const QuestionType select_one_question;
const QuestionType select_one_question{.words = {"select_one", "select_one_external"},
                                       .data = DataType::choice,
                                       .takes_list = true,
                                       .control = control,
                                       .accept = accept};

}  // namespace questions
