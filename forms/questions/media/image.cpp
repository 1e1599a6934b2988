// image: a picture from a file, or drawn: a drawing, a signature, marks on a picture.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  return media_control(node, MediaKind::image);
}

}  // namespace

extern const QuestionType image_question;
const QuestionType image_question{
    .words = {"image", "photo"}, .data = DataType::attachment, .control = control};

}  // namespace questions
