// background-audio: the whole interview, recorded when a person says so; never by itself.
#include "forms/questions/typed.h"

namespace questions {

using namespace definition;

extern const QuestionType background_audio_question;
const QuestionType background_audio_question{
    .words = {"background-audio"}, .data = DataType::attachment, .control = hidden};

}  // namespace questions
