// video: shown, can be skipped, not yet answered.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType video_question;
const QuestionType video_question{.words = {"video"},
                                  .data = DataType::attachment,
                                  .not_yet = "not yet supported: it is shown and can be skipped",
                                  .control = not_yet};

}  // namespace questions
