// What `rihla form` does with whole interviews: try a form with simulated respondents, move answers to the next
// version. Each prints to the terminal and returns the exit code.
#pragma once

#include <string>
#include <vector>

#include "collector/app/form_files.h"
#include "collector/command/command.h"

namespace command {

// One simulated interview a language (or in the one that is named); exit 1 where something could not be met.
int try_form(const app::FormFile& form, const std::string& language, uint64_t seed, Terminal& terminal);

// `answers`: JSON lines as `rihla fill --script` takes them, of an interview begun with `before`. Prints the lines
// for `after`, then what has no place there any more ({"archived": …}); nothing is left out.
int migrate_answers(const app::FormFile& before, const app::FormFile& after, const std::string& answers,
                    Terminal& terminal);

}  // namespace command
