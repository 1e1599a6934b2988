// geoshape: an area, point by point; closed by itself.
#include "forms/questions/place_text.h"
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  return place_control(node, PlaceShape::shape, 5);
}

Result<std::string> accept(const Node& node, std::string_view typed) {
  return typed_points(typed, control(node).decimals, true);
}

}  // namespace

extern const QuestionType geoshape_question;
const QuestionType geoshape_question{
    .words = {"geoshape"}, .data = DataType::shape, .control = control, .accept = accept};

}  // namespace questions
