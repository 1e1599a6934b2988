#include "collector/export/workbook.h"

#include "collector/export/spreadsheet.h"
#include "forms/base/utf8.h"

namespace exports {

base::Status write_workbook(const definition::Workbook& book, const std::filesystem::path& folder,
                            const std::string& name) {
  auto out = Spreadsheet::begin(folder, name);
  if (!out) return base::pass(out.error());
  for (const definition::Sheet& sheet : book.sheets) {
    int index = (*out)->add_sheet(sheet.name);
    std::vector<double> widths;
    for (size_t r = 0; r < sheet.rows.size(); ++r) {
      for (size_t c = 0; c < sheet.rows[r].size(); ++c) {
        const std::string& value = sheet.rows[r][c];
        if (c >= widths.size()) widths.push_back(8);
        widths[c] = std::max(widths[c], static_cast<double>(base::length(value)) + 1);
        if (r == 0)
          (*out)->heading(index, 0, static_cast<int>(c), value);
        else
          (*out)->text(index, static_cast<int>(r), static_cast<int>(c), value);
      }
    }
    for (size_t c = 0; c < widths.size(); ++c) (*out)->width(index, static_cast<int>(c), widths[c]);
    (*out)->freeze_top(index, 1);
  }
  return (*out)->finish();
}

}  // namespace exports
