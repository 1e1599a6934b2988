// XLSForm cases: sheets of cells, read and written as an XForm.
#include "forms/definition/edit.h"
#include "forms/definition/xform_writer.h"
#include "forms/definition/xlsform.h"
#include "forms/questions/table.h"
#include "tests/conformance/conform.h"

namespace conform {

Json xlsform(const Json& asked) {
  definition::Workbook book;
  book.name = "data";
  for (const auto& [name, rows] : asked["sheets"].items()) {
    definition::Sheet sheet{name, {}};
    for (const Json& row : rows) {
      std::vector<std::string> cells;
      for (const Json& cell : row) cells.push_back(cell.is_string() ? cell.get<std::string>() : cell.is_null() ? "" : cell.dump());
      sheet.rows.push_back(std::move(cells));
    }
    book.sheets.push_back(std::move(sheet));
  }
  // The name of the form's root, as a setting says it.
  if (std::string root = text_or(asked, "form_name"); !root.empty())
    (void)definition::set_setting(book, "name", root, false);
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
  if (read.survey) out["xform"] = definition::write_xform(*read.survey);
  return out;
}

}  // namespace conform
