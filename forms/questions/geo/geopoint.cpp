// geopoint: a place on the earth, typed, chosen from a list or pasted from a map; rounded to 0.01 degree, a
// kilometre, unless the form's column x_decimals says otherwise.
#include "forms/questions/place_text.h"
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  return place_control(node, PlaceShape::point, 2);
}

Result<std::string> accept(const Node& node, std::string_view typed) {
  return typed_point(typed, control(node).decimals);
}

}  // namespace

extern const QuestionType geopoint_question;
const QuestionType geopoint_question{
    .words = {"geopoint", "gps", "location"}, .data = DataType::place, .control = control, .accept = accept};

}  // namespace questions
