// Writes a definition::Workbook (a form's sheets) as .xlsx, so that a coordinator can edit it; reading it
// back gives the same form.
//
//   write_workbook(book, folder, "staff.xlsx");
//
// Every cell is text: "007" and "1.50" come back as written. Widths fit, headers stand fixed, right-to-left
// text needs nothing. Errors: full, locked (no permission), and nothing is left behind.
#pragma once

#include <filesystem>

#include "forms/definition/workbook.h"

namespace exports {

base::Status write_workbook(const definition::Workbook& book, const std::filesystem::path& folder,
                            const std::string& name);

}  // namespace exports
