// CSV, RFC 4180 with LF and a byte-order mark, one file a table. A choice has two columns: its code under the
// question's name and its label under name.label. A cell that a spreadsheet would run as a formula gets an
// apostrophe in front; numbers keep their sign.
#include <charconv>
#include <set>

#include "collector/export/format.h"
#include "forms/base/utf8.h"
#include "forms/definition/workbook.h"

namespace exports {
namespace {

bool is_number(const std::string& text) {
  double value = 0;
  auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return end.ec == std::errc() && end.ptr == text.data() + text.size();
}

// Source: OWASP, CSV injection.
std::string safe(const std::string& text) {
  if (text.empty() || std::string_view("=+-@\t\r").find(text[0]) == std::string_view::npos || is_number(text))
    return text;
  return "'" + text;
}

definition::Sheet sheet_of(const Table& table) {
  definition::Sheet sheet;
  sheet.name = table.name;
  std::vector<std::string> header;
  for (const Column& column : table.columns) {
    header.push_back(column.name);
    if (column.has_labels) header.push_back(column.name + ".label");
  }
  sheet.rows.push_back(std::move(header));
  for (const std::vector<Cell>& row : table.rows) {
    std::vector<std::string> line;
    for (size_t c = 0; c < row.size(); ++c) {
      line.push_back(safe(row[c].code));
      if (table.columns[c].has_labels) line.push_back(safe(row[c].label));
    }
    sheet.rows.push_back(std::move(line));
  }
  return sheet;
}

base::Result<std::vector<std::string>> write(const Tables& tables, const std::filesystem::path& folder) {
  std::vector<NewFile> files;
  std::set<std::string> taken = {"codebook", "about"};
  auto put = [&](const std::string& name, const definition::Sheet& sheet) {
    files.push_back({name + ".csv", "\xef\xbb\xbf" + definition::write_csv(sheet)});
  };
  for (const Table& table : tables.tables) {
    // A form's and a repeat's name become a file's: it stays in the folder, and no two share one.
    std::string plain = plain_name(table.name);
    std::string name = plain;
    for (int n = 2; !taken.insert(base::lower(name)).second; ++n) name = plain + "-" + std::to_string(n);
    put(name, sheet_of(table));
  }
  definition::Sheet book{"codebook", {{"table", "column", "type", "question", "code", "label"}}};
  for (const CodebookRow& row : tables.codebook)
    book.rows.push_back(
        {row.table, safe(row.column), row.type, safe(row.question), safe(row.code), safe(row.label)});
  put("codebook", book);
  definition::Sheet notes{"about", {{"name", "value"}}};
  for (const Note& note : tables.notes) notes.rows.push_back({note.name, safe(note.value)});
  put("about", notes);
  if (base::Status done = write_files(folder, files); !done) return base::pass(done.error());
  std::vector<std::string> names;
  for (const NewFile& file : files) names.push_back(file.name);
  return names;
}

}  // namespace

extern const ExportFormat csv_format;
const ExportFormat csv_format{
    .name = "csv", .help = "one CSV file a table, codes and labels side by side", .write = write};

}  // namespace exports
