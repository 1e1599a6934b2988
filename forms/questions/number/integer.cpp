// integer: a whole number; with the appearance scale-A-B a row of buttons.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
bool is_scale(const Node& node) {
  return node.appearance.rfind("scale-", 0) == 0;
}
Control control(const Node& node) {
  if (!is_scale(node)) return {.kind = ControlKind::number_entry};
  // "scale-0-10": its ends stand in the name; -98 and -99 can still be typed.
  double ends[2] = {0, 10};
  std::string_view text = std::string_view(node.appearance).substr(6);
  size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    std::from_chars(text.data(), text.data() + dash, ends[0]);
    std::from_chars(text.data() + dash + 1, text.data() + text.size(), ends[1]);
  }
  return scale(ends[0], ends[1], 1, false);
}
Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_number(typed, false);
}
}  // namespace

extern const QuestionType integer_question;
const QuestionType integer_question{
    .words = {"integer", "int"}, .data = DataType::integer, .control = control, .accept = accept};

}  // namespace questions
