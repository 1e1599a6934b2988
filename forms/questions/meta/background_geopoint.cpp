// background-geopoint: read, kept, not yet filled.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType background_geopoint_question;
const QuestionType background_geopoint_question{.words = {"background-geopoint"},
                                                .data = DataType::text,
                                                .capture = Capture::audit,
                                                .not_yet = "it is read and stays empty; not yet supported",
                                                .control = hidden};

}  // namespace questions
