// Parser: tokens to a Program whose names are not yet resolved. Internal to forms/language.
#pragma once

#include "forms/language/lexer.h"
#include "forms/language/program.h"

namespace language {

// Depth of nesting that is accepted; deeper is a Problem, so no input overflows the stack.
inline constexpr int deepest_nesting = 120;

// Offsets of items, for problems found while resolving: offsets[i] is the byte where items[i] begins.
// `lenient`: an unknown function, or a call with the wrong number of arguments, is a warning and fails when it is
// evaluated, if ever.
Program parse(std::string_view source, std::vector<Problem>& problems, std::vector<size_t>& offsets,
              bool lenient = false);

}  // namespace language
