// XLSForm cases: sheets of cells, read and written as an XForm.
#include "forms/definition/xlsform.h"
#include "forms/questions/table.h"
#include "tests/conformance/conform.h"

namespace conform {

Json xlsform(const Json& asked) {
  definition::Workbook book;
  book.name = text_or(asked, "form_name", "data");
  for (const auto& [name, rows] : asked["sheets"].items()) {
    definition::Sheet sheet{name, {}};
    for (const Json& row : rows) {
      std::vector<std::string> cells;
      for (const Json& cell : row) cells.push_back(cell.is_string() ? cell.get<std::string>() : cell.is_null() ? "" : cell.dump());
      sheet.rows.push_back(std::move(cells));
    }
    book.sheets.push_back(std::move(sheet));
  }
  definition::ReadSurvey read = definition::read_xlsform(book, {}, questions::table());
  Json out;
  out["diagnostics"] = Json::array();
  for (const definition::Diagnostic& d : read.diagnostics) {
    if (d.severity == definition::Severity::note) continue;
    Json one;
    one["severity"] = d.severity == definition::Severity::error ? "error" : "warning";
    one["sheet"] = d.place.sheet;
    one["row"] = d.place.row;
    one["column"] = d.place.column;
    one["code"] = d.code;
    one["text"] = d.text;
    out["diagnostics"].push_back(one);
  }
  return out;
}

}  // namespace conform
