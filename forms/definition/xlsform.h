// Reads an XLSForm (sheets survey, choices, settings) into a Survey; writes a Survey's sheets back.
//
//   ReadSurvey read = read_xlsform(book, files, questions::table());
//   if (!read.survey) show(read.diagnostics);     // errors: refused; else warnings and notes may remain
//
// Every fault is reported at once with sheet, row and column. A list or side file that is missing or empty is
// a warning; the question then takes free text, so that the interview can go on. Source: XLSForm reference
// (https://xlsform.org/en/ref-table/); FORMS.md has a row a feature.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "forms/definition/diagnostic.h"
#include "forms/definition/survey.h"
#include "forms/definition/workbook.h"

namespace definition {

struct ReadSurvey {
  std::unique_ptr<const Survey> survey;  // none when a diagnostic is an error
  std::vector<Diagnostic> diagnostics;
};

// `unread`: side files that are there but could not be taken, by lower-case name, each with why ("it has 70
// MiB …"); the diagnostic says it.
ReadSurvey read_xlsform(const Workbook& book, const SideFiles& files, QuestionTypes types,
                        const std::map<std::string, std::string>& unread = {});

// The side files this form's questions take their choices from, in lower case; others are no business of it.
std::set<std::string> side_files_of(const Workbook& book, QuestionTypes types);

}  // namespace definition
