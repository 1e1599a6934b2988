// geoshape: shown, can be skipped, not yet answered.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType geoshape_question;
const QuestionType geoshape_question{.words = {"geoshape"},
                                     .data = DataType::shape,
                                     .not_yet = "not yet supported: it is shown and can be skipped",
                                     .control = not_yet};

}  // namespace questions
