// geotrace: shown, can be skipped, not yet answered.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType geotrace_question;
const QuestionType geotrace_question{.words = {"geotrace"},
                                     .data = DataType::trace,
                                     .not_yet = "not yet supported: it is shown and can be skipped",
                                     .control = not_yet};

}  // namespace questions
