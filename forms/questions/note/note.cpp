// note: text to read aloud or to keep in mind.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

namespace {
Control control(const Node&) {
  return {.kind = ControlKind::note};
}
}  // namespace

extern const QuestionType note_question;
const QuestionType note_question{.words = {"note"}, .data = DataType::none, .control = control};

}  // namespace questions
