// file: shown, can be skipped, not yet answered.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType file_question;
const QuestionType file_question{.words = {"file"},
                                 .data = DataType::attachment,
                                 .not_yet = "not yet supported: it is shown and can be skipped",
                                 .control = not_yet};

}  // namespace questions
