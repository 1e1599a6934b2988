// select_one: one choice of a list, or of a roster of the same form.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node& node) {
  bool search = has_word(node.appearance, "autocomplete") || has_word(node.appearance, "minimal") ||
                has_word(node.appearance, "search") || node.appearance.find("search(") != std::string::npos;
  return {.kind = ControlKind::choice_one, .searchable = search};
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
