// range: a number between start and end; long ranges are typed.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
double parameter(const Node& node, const char* name, double fallback) {
  auto at = node.parameters.find(name);
  double value = fallback;
  if (at != node.parameters.end())
    std::from_chars(at->second.data(), at->second.data() + at->second.size(), value);
  return std::isfinite(value) ? value : fallback;
}
std::string text_of(double value) {
  char text[64];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}
// A range may be written downwards: start 10, end 1, step -1.
Control control(const Node& node) {
  double start = parameter(node, "start", 1);
  double end = parameter(node, "end", 10);
  return scale(std::min(start, end), std::max(start, end), std::fabs(parameter(node, "step", 1)), true);
}
Result<std::string> accept(const Node& node, std::string_view typed) {
  auto stored = typed_number(typed, true);
  if (!stored) return stored;
  double value = 0;
  std::from_chars(stored->data(), stored->data() + stored->size(), value);
  double start = parameter(node, "start", 1);
  double end = parameter(node, "end", 10);
  if (value >= std::min(start, end) && value <= std::max(start, end)) return stored;
  return base::fail(
      base::Fault::invalid, "answer",
      "Type a number from " + text_of(std::min(start, end)) + " to " + text_of(std::max(start, end)) + ".");
}
}  // namespace

extern const QuestionType range_question;
const QuestionType range_question{
    .words = {"range"}, .data = DataType::decimal, .control = control, .accept = accept};

}  // namespace questions
