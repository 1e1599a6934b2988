// CSV, RFC 4180 with LF and a byte-order mark, one file a table. A choice has two columns: its code under the
// question's name and its label under name.label. A cell that a spreadsheet would run as a formula gets an
// apostrophe in front; numbers keep their sign.
#include <algorithm>
#include <charconv>
#include <set>

#include "collector/export/format.h"
#include "forms/base/utf8.h"
#include "forms/definition/workbook.h"

namespace exports {
namespace {

constexpr const char* byte_order_mark = "\xef\xbb\xbf";

bool is_number(const std::string& text) {
  double value = 0;
  auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return end.ec == std::errc() && end.ptr == text.data() + text.size();
}

// Source: OWASP, CSV injection.
bool is_formula(const std::string& text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos &&
         !is_number(text);
}
std::string safe(const std::string& text) {
  return is_formula(text) ? "'" + text : text;
}

// Quoted only where needed, as definition::write_csv().
void append_field(std::string& out, std::string_view field) {
  bool is_plain = std::none_of(field.begin(), field.end(),
                               [](char c) { return c == ',' || c == '"' || c == '\n' || c == '\r'; });
  if (is_plain) {
    out += field;
    return;
  }
  out += '"';
  for (char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string text_of(const Table& table) {
  std::string out = byte_order_mark;
  for (const Column& column : table.columns) {
    if (&column != &table.columns.front()) out += ',';
    append_field(out, column.name);
    if (!column.has_labels) continue;
    out += ',';
    append_field(out, column.name + ".label");
  }
  out += '\n';
  auto put = [&](const std::string& text) {
    if (is_formula(text))
      append_field(out, "'" + text);
    else
      append_field(out, text);
  };
  for (const std::vector<Cell>& row : table.rows) {
    for (size_t c = 0; c < row.size(); ++c) {
      if (c) out += ',';
      put(row[c].code);
      if (!table.columns[c].has_labels) continue;
      out += ',';
      put(row[c].label);
    }
    out += '\n';
  }
  return out;
}

base::Result<std::vector<std::string>> write(const Tables& tables, const std::filesystem::path& folder) {
  std::vector<NewFile> files;
  std::set<std::string> taken = {"codebook", "about"};
  auto put = [&](const std::string& name, const definition::Sheet& sheet) {
    files.push_back({name + ".csv", byte_order_mark + definition::write_csv(sheet)});
  };
  for (const Table& table : tables.tables) {
    // A form's and a repeat's name become a file's: it stays in the folder, and no two share one.
    std::string plain = plain_name(table.name);
    std::string name = plain;
    for (int n = 2; !taken.insert(base::lower(name)).second; ++n) name = plain + "-" + std::to_string(n);
    files.push_back({name + ".csv", text_of(table)});
  }
  definition::Sheet book{"codebook", {{"table", "column", "type", "type.label", "question", "code", "label"}}};
  for (const CodebookRow& row : tables.codebook)
    book.rows.push_back({row.table, safe(row.column), row.type, safe(row.type_label), safe(row.question),
                         safe(row.code), safe(row.label)});
  put("codebook", book);
  definition::Sheet notes{"about", {{"name", "value", "label"}}};
  for (const Note& note : tables.notes) notes.rows.push_back({note.name, safe(note.value), safe(note.label)});
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
