// decimal: a number; a decimal comma is taken for a point.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  std::string words = folded_appearance(node);
  Control c{.kind = ControlKind::number_entry, .decimal = true};
  c.grouped = has_word(words, "thousands-sep");
  c.bearing = has_word(words, "bearing");
  c.counter = has_word(words, "counter");
  return with_width(c, words);
}

Result<std::string> accept(const Node&, std::string_view typed) {
  return typed_number(typed, true);
}

}  // namespace

extern const QuestionType decimal_question;
const QuestionType decimal_question{
    .words = {"decimal"}, .data = DataType::decimal, .control = control, .accept = accept};

}  // namespace questions
