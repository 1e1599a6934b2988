#include "forms/questions/table.h"

#include "all_question.inc"

namespace questions {

definition::QuestionTypes table() {
  return all_question;
}

}  // namespace questions
