// rank: all choices of a list in an order.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node& node) {
  return choice_control(node, ControlKind::ranking);
}

Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_text(typed);
}
}  // namespace

extern const QuestionType rank_question;
const QuestionType rank_question{.words = {"rank", "odk:rank"},
                                 .data = DataType::ranking,
                                 .takes_list = true,
                                 .control = control,
                                 .accept = accept};

}  // namespace questions
