// Lexer: an expression's text as tokens with their places. XPath's rule for `*`, `and`, `or`, `div`, `mod`:
// they are operators where an operand has just ended. Lexemes are views into the source, which must outlive
// them. Internal to forms/language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/language/expression.h"

namespace language {

enum class Token : uint8_t {
  end,
  number,
  text,
  name,
  question,
  op,
  open,
  close,
  square_open,
  square_close,
  comma,
  slash,
  double_slash,
  dot,
  double_dot,
  at,
  axis,
  star
};

struct Lexeme {
  Token token = Token::end;
  std::string_view text;  // name, operator, unquoted literal: a view into the source
  double number = 0;
  size_t offset = 0;
};

// Fills `out` anew. Adds a Problem and stops at what cannot stand in an expression.
void lex(std::string_view source, std::vector<Lexeme>& out, std::vector<Problem>& problems);

}  // namespace language
