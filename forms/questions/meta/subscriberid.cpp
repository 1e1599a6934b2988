// subscriberid: read, kept, not yet filled.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType subscriberid_question;
const QuestionType subscriberid_question{.words = {"subscriberid"},
                                         .data = DataType::text,
                                         .capture = Capture::audit,
                                         .not_yet = "it is read and stays empty; not yet supported",
                                         .control = hidden};

}  // namespace questions
