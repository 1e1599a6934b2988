// geotrace: a line, point by point.
#include "forms/questions/place_text.h"
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  return place_control(node, PlaceShape::trace, 5);
}

Result<std::string> accept(const Node& node, std::string_view typed) {
  return typed_points(typed, control(node).decimals, false);
}

}  // namespace

extern const QuestionType geotrace_question;
const QuestionType geotrace_question{
    .words = {"geotrace"}, .data = DataType::trace, .control = control, .accept = accept};

}  // namespace questions
