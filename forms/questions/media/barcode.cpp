// barcode: shown, can be skipped, not yet answered.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType barcode_question;
const QuestionType barcode_question{.words = {"barcode"},
                                    .data = DataType::text,
                                    .not_yet = "not yet supported: it is shown and can be skipped",
                                    .control = not_yet};

}  // namespace questions
