// background-audio: read, kept, not yet filled.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType background_audio_question;
const QuestionType background_audio_question{.words = {"background-audio"},
                                             .data = DataType::text,
                                             .capture = Capture::audit,
                                             .not_yet = "it is read and stays empty; not yet supported",
                                             .control = hidden};

}  // namespace questions
