// The question types this build knows: written by CMake from the files in forms/questions/<family>/.
#pragma once

#include "forms/definition/question_type.h"

namespace questions {

definition::QuestionTypes table();

}  // namespace questions
