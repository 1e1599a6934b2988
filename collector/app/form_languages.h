// Form languages: in which of its languages a form can be asked, and which one stands in where a text is missing.
//
//   if (has_questions_in(survey, 5)) …             // a language with nothing but a few translated choices is not one
//   int shown = shown_language(survey, text, 2);    // 0: what is shown is in the form's first language
//
// Pure. Cost: the form's questions, until the first text in that language.
#pragma once

#include "forms/definition/survey.h"

namespace app {

bool has_questions_in(const definition::Survey& survey, int language);
// The language that a text is really shown in when `wanted` is asked for, by the engine's rule; -1: it has none.
int shown_language(const definition::Survey& survey, const definition::Text& text, int wanted);
// The language that is read out first: the interface's, what stands in for it, else the form's own.
int first_language(const definition::Survey& survey, const std::string& interface_language);
std::string own_name(const std::string& language);  // "العربية (ar)" is "العربية"

}  // namespace app
