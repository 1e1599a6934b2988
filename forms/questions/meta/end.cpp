// end: when it was finished.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType end_question;
const QuestionType end_question{
    .words = {"end"}, .data = DataType::date_time, .capture = Capture::end, .control = hidden};

}  // namespace questions
