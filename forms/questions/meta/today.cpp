// today: the day the interview began.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType today_question;
const QuestionType today_question{
    .words = {"today"}, .data = DataType::date, .capture = Capture::today, .control = hidden};

}  // namespace questions
