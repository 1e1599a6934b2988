// Spreadsheet: an .xlsx being written through libxlsxwriter, whose header stays in one file.
//
//   auto book = Spreadsheet::begin(folder, "tables.xlsx");
//   int sheet = book->add_sheet("staff");  book->text(sheet, 0, 0, "record");  Status done = book->finish();
//
// Temporary files stay inside `folder`; the workbook has its name only when it is whole. Sheet names are cut
// to what Excel takes and made unique. Errors: full, locked, missing; nothing is left behind.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "forms/base/error.h"

namespace exports {

class Spreadsheet {
 public:
  static base::Result<std::unique_ptr<Spreadsheet>> begin(const std::filesystem::path& folder,
                                                          const std::string& name);
  ~Spreadsheet();
  int add_sheet(const std::string& name);
  void text(int sheet, int row, int column, const std::string& value);     // never a formula
  void heading(int sheet, int row, int column, const std::string& value);  // bold, wrapped
  void number(int sheet, int row, int column, double value);
  void width(int sheet, int column, double characters);
  void freeze_top(int sheet, int rows);
  base::Status finish();

 private:
  struct Book;
  explicit Spreadsheet(std::unique_ptr<Book> book);
  std::unique_ptr<Book> book_;
};

}  // namespace exports
