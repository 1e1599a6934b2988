// geopoint: shown, can be skipped, not yet answered.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType geopoint_question;
const QuestionType geopoint_question{.words = {"geopoint", "gps", "location"},
                                     .data = DataType::place,
                                     .not_yet = "not yet supported: it is shown and can be skipped",
                                     .control = not_yet};

}  // namespace questions
