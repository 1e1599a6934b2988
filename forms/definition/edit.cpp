#include "forms/definition/edit.h"

#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/columns.h"

namespace definition {
namespace {

Sheet* sheet_named(Workbook& book, std::string_view name) {
  for (Sheet& sheet : book.sheets)
    if (base::lower(base::trim(sheet.name)) == name) return &sheet;
  return nullptr;
}

// The column's index, made when it is not there. A text without a language stands in the default language's
// place.
size_t column_at(Sheet& sheet, std::string_view kind, const std::string& name, const std::string& language) {
  std::vector<Diagnostic> ignored;
  Columns columns(sheet, kind, ignored);
  for (const std::string& wanted : {language, std::string()})
    for (size_t i = 0; i < columns.all().size(); ++i)
      if (columns.all()[i].name == name && columns.all()[i].language == wanted &&
          (!wanted.empty() || language.empty() || columns.languages().empty()))
        return i;
  sheet.rows[0].push_back(language.empty() ? name : name + "::" + language);
  return sheet.rows[0].size() - 1;
}

void put(std::vector<std::string>& row, size_t at, const std::string& text) {
  if (row.size() <= at) row.resize(at + 1);
  row[at] = text;
}

}  // namespace

base::Status set_text(Workbook& book, const std::string& question, const std::string& column,
                      const std::string& language, const std::string& text) {
  Sheet* sheet = sheet_named(book, "survey");
  if (!sheet || sheet->rows.empty())
    return base::fail(base::Fault::missing, "survey", "This form has no survey sheet.");
  size_t name_at = column_at(*sheet, "survey", "name", "");
  for (size_t r = 1; r < sheet->rows.size(); ++r) {
    const std::vector<std::string>& row = sheet->rows[r];
    if (name_at >= row.size() || base::trim(row[name_at]) != question) continue;
    size_t at = column_at(*sheet, "survey", column, language);
    put(sheet->rows[r], at, text);
    return {};
  }
  return base::fail(base::Fault::missing, question, "The form has no such question.");
}

base::Status set_version(Workbook& book, const std::string& version) {
  return set_setting(book, "version", version);
}

base::Status set_setting(Workbook& book, const std::string& key, const std::string& value, bool replace) {
  Sheet* sheet = sheet_named(book, "settings");
  if (!sheet) {
    book.sheets.push_back({"settings", {{key}, {value}}});
    return {};
  }
  if (sheet->rows.empty()) sheet->rows.push_back({});
  size_t at = column_at(*sheet, "settings", key, "");
  if (sheet->rows.size() < 2) sheet->rows.push_back({});
  bool there = at < sheet->rows[1].size() && !base::trim(sheet->rows[1][at]).empty();
  if (!there || replace) put(sheet->rows[1], at, value);
  return {};
}

std::string next_version(const std::string& version) {
  bool digits = !version.empty() && version.size() < 40 &&
                std::all_of(version.begin(), version.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return version.empty() ? "2" : version + ".1";
  std::string out = version;
  for (size_t i = out.size(); i-- > 0;) {
    if (out[i] != '9') {
      ++out[i];
      return out;
    }
    out[i] = '0';
  }
  return "1" + out;
}

}  // namespace definition
