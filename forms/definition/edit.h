// Editing a form's sheets as a coordinator does: the texts of a question, in a language, and the version.
//
//   set_text(book, "age_years", "label", "Français (fr)", "Quel âge avez-vous ?");   set_version(book,
//   "2026112402");
//
// Only that cell changes; a column that is missing is added at the end. Errors: missing (no such question or
// sheet).
#pragma once

#include "forms/definition/workbook.h"

namespace definition {

base::Status set_text(Workbook& book, const std::string& question, const std::string& column,
                      const std::string& language, const std::string& text);
base::Status set_version(Workbook& book, const std::string& version);
// A key of the settings sheet; one that stands there stays, unless it is to be replaced.
base::Status set_setting(Workbook& book, const std::string& key, const std::string& value,
                         bool replace = true);
// 2026112401 → 2026112402; "3" → "4"; "v1" → "v1.1".
std::string next_version(const std::string& version);

}  // namespace definition
