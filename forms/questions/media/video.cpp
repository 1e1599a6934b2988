// video: from a file.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  return media_control(node, MediaKind::video);
}

}  // namespace

extern const QuestionType video_question;
const QuestionType video_question{.words = {"video"}, .data = DataType::attachment, .control = control};

}  // namespace questions
