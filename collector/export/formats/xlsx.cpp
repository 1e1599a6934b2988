// XLSX: one sheet a table with a row of names and a row of questions on top, labels with their codes beside
// them, a codebook sheet, and a sheet that says what the dataset is.
#include <charconv>

#include "collector/export/format.h"
#include "collector/export/spreadsheet.h"

namespace exports {
namespace {

void put(Spreadsheet& book, int sheet, int row, int column, const std::string& value, bool number) {
  double as_number = 0;
  auto end = std::from_chars(value.data(), value.data() + value.size(), as_number);
  if (number && !value.empty() && end.ec == std::errc() && end.ptr == value.data() + value.size())
    book.number(sheet, row, column, as_number);
  else
    book.text(sheet, row, column, value);
}

void write_table(Spreadsheet& book, const Table& table) {
  int sheet = book.add_sheet(table.name);
  int at = 0;
  for (size_t c = 0; c < table.columns.size(); ++c) {
    const Column& column = table.columns[c];
    book.heading(sheet, 0, at, column.name);
    book.heading(sheet, 1, at, column.label);
    book.width(sheet, at, column.is_number ? 10 : 24);
    for (size_t r = 0; r < table.rows.size(); ++r) {
      const Cell& cell = table.rows[r][c];
      put(book, sheet, static_cast<int>(r) + 2, at, column.has_labels ? cell.label : cell.code,
          column.is_number);
      if (column.has_labels) book.text(sheet, static_cast<int>(r) + 2, at + 1, cell.code);
    }
    if (column.has_labels) {
      book.heading(sheet, 0, at + 1, column.name + ".code");
      book.width(sheet, at + 1, 12);
      ++at;
    }
    ++at;
  }
  book.freeze_top(sheet, 2);
}

base::Result<std::vector<std::string>> write(const Tables& tables, const std::filesystem::path& folder) {
  auto book = Spreadsheet::begin(folder, "tables.xlsx");
  if (!book) return base::pass(book.error());
  for (const Table& table : tables.tables) write_table(**book, table);
  int sheet = (*book)->add_sheet("codebook");
  const char* headings[] = {"table", "column", "type", "type.label", "question", "code", "label"};
  const double widths[] = {18, 24, 14, 18, 60, 14, 40};
  for (int c = 0; c < 7; ++c) {
    (*book)->heading(sheet, 0, c, headings[c]);
    (*book)->width(sheet, c, widths[c]);
  }
  int row = 0;
  for (const CodebookRow& line : tables.codebook) {
    ++row;
    const std::string* cells[] = {&line.table,    &line.column, &line.type, &line.type_label,
                                  &line.question, &line.code,   &line.label};
    for (int c = 0; c < 7; ++c) (*book)->text(sheet, row, c, *cells[c]);
  }
  (*book)->freeze_top(sheet, 1);
  int about = (*book)->add_sheet("about");
  (*book)->width(about, 0, 24);
  (*book)->width(about, 1, 60);
  (*book)->width(about, 2, 40);
  for (size_t i = 0; i < tables.notes.size(); ++i) {
    (*book)->heading(about, static_cast<int>(i), 0, tables.notes[i].name);
    (*book)->text(about, static_cast<int>(i), 1, tables.notes[i].value);
    (*book)->text(about, static_cast<int>(i), 2, tables.notes[i].label);
  }
  if (base::Status done = (*book)->finish(); !done) return base::pass(done.error());
  return std::vector<std::string>{"tables.xlsx"};
}

}  // namespace

extern const ExportFormat xlsx_format;
const ExportFormat xlsx_format{
    .name = "xlsx", .help = "one workbook: labels, codes beside them, a codebook", .write = write};

}  // namespace exports
