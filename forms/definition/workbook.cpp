#include "forms/definition/workbook.h"

#include <algorithm>

#include "forms/base/utf8.h"

namespace definition {

const Sheet* Workbook::find(std::string_view sheet_name) const {
  std::string wanted = base::lower(base::trim(sheet_name));
  for (const Sheet& sheet : sheets)
    if (base::lower(base::trim(sheet.name)) == wanted) return &sheet;
  return nullptr;
}

std::string column_letters(int column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

}  // namespace definition
