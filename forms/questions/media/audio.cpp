// audio: recorded here, or from a file.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  return media_control(node, MediaKind::audio);
}

}  // namespace

extern const QuestionType audio_question;
const QuestionType audio_question{.words = {"audio"}, .data = DataType::attachment, .control = control};

}  // namespace questions
