// start: when the interview began.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType start_question;
const QuestionType start_question{
    .words = {"start"}, .data = DataType::date_time, .capture = Capture::start, .control = hidden};

}  // namespace questions
