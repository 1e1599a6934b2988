// rank: all choices of a list in an order.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node& node) {
  bool search = has_word(node.appearance, "autocomplete") || has_word(node.appearance, "minimal") ||
                has_word(node.appearance, "search");
  return {.kind = ControlKind::ranking, .searchable = search};
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
