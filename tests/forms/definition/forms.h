// Forms of a few CSV lines, and what the reader says of them.
//
//   auto read = read_form({{"survey", "type,name,label\nnote,a,A\n"}});   says(read)  →  "survey!B2
//   bad_name\n"
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "forms/definition/xlsform.h"
#include "forms/questions/table.h"

namespace support {

using SheetTexts = std::vector<std::pair<std::string, std::string>>;

inline definition::Workbook workbook(const SheetTexts& sheets) {
  definition::Workbook book{"test.xlsx", {}};
  for (const auto& [name, text] : sheets) {
    auto sheet = definition::read_csv(base::view_of(text), name);
    REQUIRE(sheet);
    book.sheets.push_back(std::move(*sheet));
  }
  return book;
}

inline definition::ReadSurvey read_form(const SheetTexts& sheets, const definition::SideFiles& files = {}) {
  return definition::read_xlsform(workbook(sheets), files, questions::table());
}

inline definition::SideFiles side_file(const std::string& name, std::string_view text) {
  return {{name, base::Bytes(text.begin(), text.end())}};
}

// One line a diagnostic, in the order told: place and code; notes only when asked.
inline std::string says(const definition::ReadSurvey& read, bool notes = false) {
  std::string out;
  for (const definition::Diagnostic& d : read.diagnostics)
    if (notes || d.severity != definition::Severity::note)
      out += definition::address(d.place) + " " + d.code + "\n";
  return out;
}

inline std::string texts_of(const definition::ReadSurvey& read) {
  std::string out;
  for (const definition::Diagnostic& d : read.diagnostics) out += definition::describe(d) + "\n";
  return out;
}

// The canonical bytes with what is no letter as a line break, so that a difference shows what it is in.
inline std::string readable(const definition::Survey& survey) {
  std::string out;
  for (uint8_t b : definition::canonical_bytes(survey))
    if (b >= ' ')
      out += static_cast<char>(b);
    else if (!out.empty() && out.back() != '\n')
      out += '\n';
  return out;
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace support
