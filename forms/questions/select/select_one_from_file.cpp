// select_one_from_file: one choice of a side file; long lists are searched.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node& node) {
  return choice_control(node, ControlKind::choice_one, true);
}

Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_text(typed);
}
}  // namespace

extern const QuestionType select_one_from_file_question;
const QuestionType select_one_from_file_question{.words = {"select_one_from_file"},
                                                 .data = DataType::choice,
                                                 .takes_list = true,
                                                 .control = control,
                                                 .accept = accept};

}  // namespace questions
