// select_multiple_from_file: several choices of a side file.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node& node) {
  return choice_control(node, ControlKind::choice_many, true);
}

Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_text(typed);
}
}  // namespace

extern const QuestionType select_multiple_from_file_question;
const QuestionType select_multiple_from_file_question{.words = {"select_multiple_from_file"},
                                                      .data = DataType::choices,
                                                      .takes_list = true,
                                                      .control = control,
                                                      .accept = accept};

}  // namespace questions
