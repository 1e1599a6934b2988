// CSV, RFC 4180 and tolerant: a byte-order mark, LF, CRLF or CR, a last line without its end, ragged rows.
#include "forms/base/utf8.h"
#include "forms/definition/workbook.h"

namespace definition {
namespace {

constexpr size_t most_cells = 2'000'000;

}  // namespace

base::Result<Sheet> read_csv(base::ByteView bytes, std::string name) {
  std::string_view in = base::text_of(bytes);
  if (in.substr(0, 3) == "\xef\xbb\xbf") in.remove_prefix(3);
  if (!base::is_utf8(in))
    return base::fail(base::Fault::corrupt, name, "This file is not UTF-8 text. Save it as CSV in UTF-8.");
  Sheet sheet;
  sheet.name = std::move(name);
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false;
  bool was_quoted = false;
  size_t cells = 0;
  auto end_cell = [&] {
    row.push_back(std::move(cell));
    cell.clear();
    was_quoted = false;
    ++cells;
  };
  auto end_row = [&] {
    end_cell();
    sheet.rows.push_back(std::move(row));
    row.clear();
  };
  for (size_t i = 0; i < in.size(); ++i) {
    char c = in[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < in.size() && in[i + 1] == '"') {
        cell += '"';
        ++i;
      } else {
        quoted = false;
      }
      continue;
    }
    if (c == '"' && cell.empty() && !was_quoted) {
      quoted = was_quoted = true;
    } else if (c == ',') {
      end_cell();
    } else if (c == '\n' || c == '\r') {
      if (c == '\r' && i + 1 < in.size() && in[i + 1] == '\n') ++i;
      end_row();
    } else {
      cell += c;
    }
    if (cells > most_cells)
      return base::fail(base::Fault::full, sheet.name, "This sheet has more than 2,000,000 cells.");
  }
  if (!cell.empty() || !row.empty() || was_quoted) end_row();
  return sheet;
}

std::string write_csv(const Sheet& sheet) {
  std::string out;
  for (const std::vector<std::string>& row : sheet.rows) {
    for (size_t c = 0; c < row.size(); ++c) {
      if (c) out += ',';
      if (row[c].find_first_of(",\"\n\r") == std::string::npos) {
        out += row[c];
        continue;
      }
      out += '"';
      for (char ch : row[c]) {
        if (ch == '"') out += '"';
        out += ch;
      }
      out += '"';
    }
    out += '\n';
  }
  return out;
}

}  // namespace definition
