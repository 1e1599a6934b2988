// phonenumber: read, kept, not yet filled.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType phonenumber_question;
const QuestionType phonenumber_question{.words = {"phonenumber", "phone number"},
                                        .data = DataType::text,
                                        .capture = Capture::audit,
                                        .not_yet = "it is read and stays empty; not yet supported",
                                        .control = hidden};

}  // namespace questions
