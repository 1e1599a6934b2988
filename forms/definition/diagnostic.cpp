#include "forms/definition/diagnostic.h"

#include <algorithm>

#include "forms/definition/workbook.h"

namespace definition {

std::string address(const Place& place) {
  std::string out = place.sheet;
  if (place.row == 0) return out;
  out += "!";
  if (place.column_index > 0) out += column_letters(place.column_index);
  return out + std::to_string(place.row);
}

std::string describe(const Diagnostic& diagnostic) {
  std::string out = address(diagnostic.place);
  if (!out.empty()) out += ": ";
  if (!diagnostic.place.column.empty()) out += diagnostic.place.column + ": ";
  return out + diagnostic.text;
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

}  // namespace definition
