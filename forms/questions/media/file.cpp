// file: any file, kept as it is.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {

Control control(const Node& node) {
  return media_control(node, MediaKind::file);
}

}  // namespace

extern const QuestionType file_question;
const QuestionType file_question{.words = {"file"}, .data = DataType::attachment, .control = control};

}  // namespace questions
