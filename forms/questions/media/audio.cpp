// audio: shown, can be skipped, not yet answered.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType audio_question;
const QuestionType audio_question{.words = {"audio"},
                                  .data = DataType::attachment,
                                  .not_yet = "not yet supported: it is shown and can be skipped",
                                  .control = not_yet};

}  // namespace questions
