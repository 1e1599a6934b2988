// Workbook: sheets of cells with addresses, from .xlsx bytes or from CSV sheets. No formulas, no styles:
// cached values as text, as a coordinator sees them.
//
//   Result<Workbook> book = read_xlsx(bytes, "staff.xlsx");
//   Workbook book = workbook_from_csv({{"survey", bytes}, {"choices", bytes}});
//
// Bounded: 64 MiB unpacked, ratio 100:1, 2,000,000 cells, a cell of 1 MiB; beyond that Fault::full.
// DTDs are refused. .xls (OLE) bytes get Fault::unsupported with how to save them as .xlsx.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "forms/base/bytes.h"
#include "forms/base/error.h"

namespace definition {

struct Sheet {
  std::string name;
  std::vector<std::vector<std::string>> rows;  // rows[0] is sheet row 1; short rows are allowed
};

struct Workbook {
  std::string name;  // of the file, for messages
  std::vector<Sheet> sheets;
  const Sheet* find(std::string_view sheet_name) const;  // case-insensitive
};

// Side files by their lower-case name ("admin1.csv"), as bytes; the caller reads the disk.
using SideFiles = std::map<std::string, base::Bytes>;

base::Result<Workbook> read_xlsx(base::ByteView bytes, std::string name);
base::Result<Sheet> read_csv(base::ByteView bytes,
                             std::string name);  // RFC 4180 and tolerant: BOM, LF, CRLF, CR
std::string write_csv(const Sheet& sheet);       // LF, quoted only where needed

std::string column_letters(int column);  // 1 → "A", 28 → "AB"

}  // namespace definition
