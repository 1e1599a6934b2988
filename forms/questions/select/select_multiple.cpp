// select_multiple: several choices of a list or of a roster.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node& node) {
  return choice_control(node, ControlKind::choice_many);
}

Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_text(typed);
}
}  // namespace

extern const QuestionType select_multiple_question;
const QuestionType select_multiple_question{.words = {"select_multiple"},
                                            .data = DataType::choices,
                                            .takes_list = true,
                                            .control = control,
                                            .accept = accept};

}  // namespace questions
