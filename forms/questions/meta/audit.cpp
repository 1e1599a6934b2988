// audit: read, kept, not yet filled.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType audit_question;
const QuestionType audit_question{
    .words = {"audit"},
    .data = DataType::text,
    .capture = Capture::audit,
    .not_yet =
        "the journal keeps times and changes already; the audit file of other tools is not yet written",
    .control = hidden};

}  // namespace questions
