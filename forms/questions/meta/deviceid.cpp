// deviceid: the device that held the interview.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType deviceid_question;
const QuestionType deviceid_question{
    .words = {"deviceid", "imei"}, .data = DataType::text, .capture = Capture::device_id, .control = hidden};

}  // namespace questions
