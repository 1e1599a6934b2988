// Trial: a whole interview held by a simulated respondent, to try a form before the field does.
//
//   Trial t = try_form(*form.read.survey, language, seed);
//   for (const TrialFinding& f : t.unmet) print(f.question, f.text);
//
// Every question that opens is answered in document order; repeats get a second instance where people may add
// one; what stands in the way of finishing is gone back to, as an interviewer would. What could not be met is
// listed by question. The same seed, form and language give the same interview. Nothing is stored. Bounded:
// `most` answers. Cost: a session's for each answer. Source: the design's rule for simulated respondents.
#pragma once

#include <string>
#include <vector>

#include "forms/engine/session.h"

namespace app {

struct TrialFinding {
  std::string question;  // its identity
  std::string text;      // English: why it was not met
  bool operator==(const TrialFinding&) const = default;
};

struct Trial {
  int shown = 0, answered = 0, left = 0;  // questions; left: on purpose, and allowed
  bool ended = false;                     // the last question was passed
  std::vector<TrialFinding> unmet;  // required questions left, constraints not met, bounds met; each once
};

Trial try_form(const definition::Survey& survey, int language, uint64_t seed, int most = 20'000);

// In the words of the interface: a question whose logic met a bound, and what to do.
std::string describe(const engine::Fault& fault, const definition::Survey& survey,
                     const std::string& language);

}  // namespace app
