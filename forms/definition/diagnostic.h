// What is wrong with a form, and where: never one at a time, always with the cell.
//
//   survey!F12: relevant: no question named "agee"; did you mean "age"?
//
// A reader returns every Diagnostic it finds and opens what is left; only errors refuse the form.
#pragma once

#include <string>
#include <vector>

namespace definition {

enum class Severity { error, warning, note };

struct Place {
  std::string sheet;     // "survey", "choices", a side file's name; empty: the whole form
  int row = 0;           // as the sheet counts, header = 1; 0: none
  std::string column;    // header as written; empty: the whole row
  int column_index = 0;  // 1 = A; 0: none
};

struct Diagnostic {
  Severity severity = Severity::error;
  Place place;
  std::string code;  // stable, snake_case: "unknown_name", "missing_list", "not_yet_type" …
  std::string text;  // English, says what to do
};

std::string address(const Place& place);             // "survey!F12"
std::string describe(const Diagnostic& diagnostic);  // "survey!F12: relevant: no question named …"
bool has_errors(const std::vector<Diagnostic>& diagnostics);

}  // namespace definition
