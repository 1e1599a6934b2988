// start-geopoint: read, kept, not yet filled.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType start_geopoint_question;
const QuestionType start_geopoint_question{.words = {"start-geopoint"},
                                           .data = DataType::text,
                                           .capture = Capture::audit,
                                           .not_yet = "it is read and stays empty; not yet supported",
                                           .control = hidden};

}  // namespace questions
