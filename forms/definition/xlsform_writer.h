// Writes a Survey as the sheets of an XLSForm: survey, choices, settings, entities, external_choices, osm.
//
//   WrittenXlsform written = write_xlsform(survey);      // exports::write_workbook(written.book, …)
//   for (const std::string& one : written.lost) say(one);
//
// Read again, a survey that came from an XLSForm is the same form (canonical_bytes). One that was read from an XForm
// has its paths as ${name} and its itemsets as lists; what XLSForm has no words for is listed in `lost`, a sentence
// each. Cost: linear. Source: https://xlsform.org/en/ref-table/.
#pragma once

#include <string>
#include <vector>

#include "forms/definition/survey.h"
#include "forms/definition/workbook.h"

namespace definition {

struct WrittenXlsform {
  Workbook book;
  std::vector<std::string> lost;
};

WrittenXlsform write_xlsform(const Survey& survey);

}  // namespace definition
