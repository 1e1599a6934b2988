// calculate: a value the form computes; hidden: one it carries.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType calculate_question;
const QuestionType calculate_question{
    .words = {"calculate", "hidden"}, .data = DataType::text, .control = hidden};

}  // namespace questions
