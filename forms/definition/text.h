// Text: a text in every language of a form, and the values of the interview it holds.
//
//   text.source[french]  →  "Bonjour ${name}";   text.pieces[french]  →  {"Bonjour ", {}}, {"", ${name}}
//
// Plain data; expressions are shared, so copies are cheap.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "forms/definition/diagnostic.h"
#include "forms/language/expression.h"

namespace definition {

struct Logic {  // one cell of logic
  std::string source;
  Place place;
  language::Expression compiled;
  explicit operator bool() const { return !compiled.empty(); }
};

struct TextPiece {  // literal text, or the value of an expression put in its place
  std::string literal;
  language::Expression value;
};

struct Text {
  std::vector<std::string> source;             // one a language; "" where there is none
  std::vector<std::vector<TextPiece>> pieces;  // the same, with values compiled; none where no text holds any
  bool untranslated = false;                   // one text for every language, in the default language's place
  bool empty() const {
    return std::all_of(source.begin(), source.end(), [](const std::string& one) { return one.empty(); });
  }
};

}  // namespace definition
