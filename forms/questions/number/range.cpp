// range: a number between start and end, chosen or typed.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
std::string text_of(double value) {
  char text[64];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}
// A range may be written downwards: start 10, end 1, step -1.
Control control(const Node& node) {
  std::string words = folded_appearance(node);
  double start = parameter(node, "start", 1);
  double end = parameter(node, "end", 10);
  Control c = scale(std::min(start, end), std::max(start, end), std::fabs(parameter(node, "step", 1)), true);
  if (c.kind != ControlKind::scale) return with_width(c, words);
  c.vertical = has_word(words, "vertical");
  c.ticks = !has_word(words, "no-ticks");
  if (has_word(words, "rating")) c.scale_look = ScaleLook::stars;
  if (has_word(words, "picker")) c.scale_look = ScaleLook::picker;
  if (c.vertical || !c.ticks || node.parameters.count("placeholder")) c.scale_look = ScaleLook::slider;
  c.tick_every = std::fabs(parameter(node, "tick_interval", 0));
  c.tick_list = parameter(node, "tick_labelset");
  c.rests = node.parameters.count("placeholder") > 0;
  c.rests_at = parameter(node, "placeholder", c.scale_min);
  return with_width(c, words);
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
