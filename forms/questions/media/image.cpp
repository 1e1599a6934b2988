// image: shown, can be skipped, not yet answered.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType image_question;
const QuestionType image_question{.words = {"image", "photo"},
                                  .data = DataType::attachment,
                                  .not_yet = "not yet supported: it is shown and can be skipped",
                                  .control = not_yet};

}  // namespace questions
