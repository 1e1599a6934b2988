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
  return value;
}
Control control(const Node& node) {
  Control c{.kind = ControlKind::scale, .decimal = true};
  c.scale_min = parameter(node, "start", 1);
  c.scale_max = parameter(node, "end", 10);
  c.scale_step = parameter(node, "step", 1);
  if ((c.scale_max - c.scale_min) / (c.scale_step > 0 ? c.scale_step : 1) > 20)
    c.kind = ControlKind::number_entry;
  return c;
}
Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_number(typed, true);
}
}  // namespace

extern const QuestionType range_question;
const QuestionType range_question{
    .words = {"range"}, .data = DataType::decimal, .control = control, .accept = accept};

}  // namespace questions
