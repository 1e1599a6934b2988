#include "collector/export/spreadsheet.h"

#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <vector>

#include "collector/export/format.h"
#include "forms/base/utf8.h"

namespace exports {
namespace {

// The library prints what goes wrong beside what it returns; people get one sentence, ours.
class NoChatter {
 public:
  NoChatter() : kept_(::dup(STDERR_FILENO)) {
    std::fflush(stderr);
    int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (kept_ >= 0 && nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
    if (nowhere >= 0) ::close(nowhere);
  }
  ~NoChatter() {
    if (kept_ < 0) return;
    std::fflush(stderr);
    ::dup2(kept_, STDERR_FILENO);
    ::close(kept_);
  }
  NoChatter(const NoChatter&) = delete;
  NoChatter& operator=(const NoChatter&) = delete;

 private:
  int kept_;
};

}  // namespace

struct Spreadsheet::Book {
  std::filesystem::path folder, part, target;
  std::string part_text, folder_text;  // libxlsxwriter keeps the pointers
  lxw_workbook* book = nullptr;
  lxw_format* bold = nullptr;
  std::vector<lxw_worksheet*> sheets;
  std::set<std::string> names;

  ~Book() {
    if (!book) return;
    NoChatter quiet;
    workbook_close(book);
    ::unlink(part_text.c_str());
  }
};

namespace {

constexpr size_t longest_cell = 32767;  // characters; Excel's limit

// Excel: at most 31 characters, none of []:*?/\ in a sheet's name, case-insensitively unique.
std::string sheet_name(const std::string& wanted, std::set<std::string>& taken) {
  std::string clean;
  for (uint32_t c : base::code_points(wanted)) {
    if (base::length(clean) == 28) break;
    base::append_utf8(
        clean, c < 128 && std::string_view("[]:*?/\\'").find(static_cast<char>(c)) != std::string_view::npos
                   ? '-'
                   : c);
  }
  if (clean.empty()) clean = "sheet";
  std::string tried = clean;
  for (int n = 2; !taken.insert(base::lower(tried)).second; ++n) tried = clean + "-" + std::to_string(n);
  return tried;
}

std::string fitted(const std::string& value) {
  if (value.size() <= longest_cell) return value;
  std::string cut;
  size_t count = 0;
  for (uint32_t c : base::code_points(value)) {
    if (++count > longest_cell) break;
    base::append_utf8(cut, c);
  }
  return cut;
}

}  // namespace

Spreadsheet::Spreadsheet(std::unique_ptr<Book> book) : book_(std::move(book)) {}
Spreadsheet::~Spreadsheet() = default;

base::Result<std::unique_ptr<Spreadsheet>> Spreadsheet::begin(const std::filesystem::path& folder,
                                                              const std::string& name) {
  auto book = std::make_unique<Book>();
  book->folder = folder;
  book->target = folder / name;
  book->part = folder / (name + ".part");
  book->part_text = book->part.string();
  book->folder_text = folder.string();
  // The library reports a folder that refuses writing only when it closes: ask first.
  if (base::Status can = write_file(folder, name + ".part", {}); !can) return base::pass(can.error());
  lxw_workbook_options options{};
  options.constant_memory = LXW_FALSE;
  options.tmpdir = book->folder_text.data();
  book->book = workbook_new_opt(book->part_text.c_str(), &options);
  if (!book->book)
    return base::fail(base::Fault::full, book->target.string(),
                      "There is not enough memory to write this workbook.");
  book->bold = workbook_add_format(book->book);
  format_set_bold(book->bold);
  format_set_text_wrap(book->bold);
  format_set_align(book->bold, LXW_ALIGN_VERTICAL_TOP);
  return std::unique_ptr<Spreadsheet>(new Spreadsheet(std::move(book)));
}

int Spreadsheet::add_sheet(const std::string& name) {
  book_->sheets.push_back(workbook_add_worksheet(book_->book, sheet_name(name, book_->names).c_str()));
  return static_cast<int>(book_->sheets.size()) - 1;
}

void Spreadsheet::text(int sheet, int row, int column, const std::string& value) {
  if (!value.empty())
    worksheet_write_string(book_->sheets[static_cast<size_t>(sheet)], static_cast<lxw_row_t>(row),
                           static_cast<lxw_col_t>(column), fitted(value).c_str(), nullptr);
}

void Spreadsheet::heading(int sheet, int row, int column, const std::string& value) {
  worksheet_write_string(book_->sheets[static_cast<size_t>(sheet)], static_cast<lxw_row_t>(row),
                         static_cast<lxw_col_t>(column), fitted(value).c_str(), book_->bold);
}

void Spreadsheet::number(int sheet, int row, int column, double value) {
  worksheet_write_number(book_->sheets[static_cast<size_t>(sheet)], static_cast<lxw_row_t>(row),
                         static_cast<lxw_col_t>(column), value, nullptr);
}

void Spreadsheet::width(int sheet, int column, double characters) {
  worksheet_set_column(book_->sheets[static_cast<size_t>(sheet)], static_cast<lxw_col_t>(column),
                       static_cast<lxw_col_t>(column), std::clamp(characters, 6.0, 60.0), nullptr);
}

void Spreadsheet::freeze_top(int sheet, int rows) {
  worksheet_freeze_panes(book_->sheets[static_cast<size_t>(sheet)], static_cast<lxw_row_t>(rows), 0);
}

base::Status Spreadsheet::finish() {
  lxw_error error = LXW_NO_ERROR;
  {
    NoChatter quiet;
    error = workbook_close(book_->book);
  }
  book_->book = nullptr;
  bool renamed = error == LXW_NO_ERROR && ::rename(book_->part.c_str(), book_->target.c_str()) == 0;
  if (renamed) return {};
  ::unlink(book_->part.c_str());
  return base::fail(
      base::Fault::full, book_->target.string(),
      "The workbook could not be written: the disk is full, or the folder refuses it. Make room, or "
      "choose another folder; nothing was changed.");
}

}  // namespace exports
