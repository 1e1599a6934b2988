// username: the fieldworker who held it.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType username_question;
const QuestionType username_question{
    .words = {"username"}, .data = DataType::text, .capture = Capture::username, .control = hidden};

}  // namespace questions
