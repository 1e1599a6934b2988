// Aloud: what is read out of a page of an interview, in the interview's language.
//
//   std::string words = words_aloud(view);   // the question the keyboard speaks to, its hint and its choices
//
// On a page of consent all of it: what somebody agrees to is heard whole.
#pragma once

#include <string>

#include "collector/app/views.h"

namespace window {

std::string words_aloud(const app::InterviewView& view);

}  // namespace window
