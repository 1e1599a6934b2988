#include "collector/app/form_files.h"

#include <chrono>
#include <fstream>
#include <system_error>

#include "collector/export/format.h"
#include "collector/export/workbook.h"
#include "forms/base/utf8.h"
#include "forms/questions/table.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using base::Fault;

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() &&
         base::lower(text).compare(text.size() - end.size(), end.size(), end) == 0;
}

base::Result<definition::Workbook> read_folder(const fs::path& folder) {
  definition::Workbook book;
  book.name = folder.filename().string();
  if (book.name.empty()) book.name = folder.parent_path().filename().string();
  for (const char* name : {"survey", "choices", "settings", "entities", "external_choices"}) {
    fs::path file = folder / (std::string(name) + ".csv");
    std::error_code ignored;
    if (!fs::exists(file, ignored)) continue;
    auto bytes = read_file(file);
    if (!bytes) return base::pass(bytes.error());
    auto sheet = definition::read_csv(*bytes, name);
    if (!sheet) return base::pass(sheet.error());
    book.sheets.push_back(std::move(*sheet));
  }
  if (book.sheets.empty())
    return base::fail(Fault::missing, folder.string(),
                      "This folder has no survey.csv. A form is an .xlsx file, or a folder with survey.csv, "
                      "choices.csv and settings.csv.");
  return book;
}

// Every CSV of a folder that is not a sheet of the form itself.
void add_side_files(const fs::path& folder, definition::SideFiles& files) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    std::string name = base::lower(entry.path().filename().string());
    bool wanted = ends_with(name, ".csv") || ends_with(name, ".geojson") || ends_with(name, ".xml");
    if (!wanted || !entry.is_regular_file(error) || files.count(name)) continue;
    if (name == "survey.csv" || name == "choices.csv" || name == "settings.csv" || name == "entities.csv")
      continue;
    if (auto bytes = read_file(entry.path())) files.emplace(name, std::move(*bytes));
  }
}

FormFile compile(definition::Workbook book, definition::SideFiles files,
                 std::chrono::steady_clock::time_point started) {
  FormFile form{std::move(book), std::move(files), {}, 0};
  form.read = definition::read_xlsform(form.book, form.files, questions::table());
  form.milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  return form;
}

}  // namespace

base::Result<base::Bytes> read_file(const fs::path& path, uint64_t at_most) {
  std::error_code error;
  uint64_t size = fs::file_size(path, error);
  if (error)
    return base::fail(error == std::errc::permission_denied ? Fault::locked : Fault::missing, path.string(),
                      "This file cannot be opened: " + error.message() + ".");
  if (size > at_most)
    return base::fail(Fault::full, path.string(),
                      "This file has " + std::to_string(size >> 20) + " MiB; at most " +
                          std::to_string(at_most >> 20) + " are read.");
  std::ifstream in(path, std::ios::binary);
  base::Bytes bytes(size);
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!in)
    return base::fail(Fault::locked, path.string(), "This file cannot be read. Check its permissions.");
  return bytes;
}

base::Result<FormFile> read_form(const fs::path& path, const std::vector<fs::path>& lists) {
  auto started = std::chrono::steady_clock::now();
  std::error_code error;
  definition::Workbook book;
  definition::SideFiles files;
  if (fs::is_directory(path, error)) {
    auto sheets = read_folder(path);
    if (!sheets) return base::pass(sheets.error());
    book = std::move(*sheets);
    add_side_files(path, files);
    add_side_files(path / "lists", files);
    add_side_files(path.parent_path() / "lists", files);
  } else {
    auto bytes = read_file(path);
    if (!bytes) return base::pass(bytes.error());
    if (ends_with(path.filename().string(), ".csv"))
      return base::fail(
          Fault::invalid, path.string(),
          "This is one sheet. Give the folder that holds survey.csv, choices.csv and settings.csv.");
    auto workbook = definition::read_xlsx(*bytes, path.filename().string());
    if (!workbook) return base::pass(workbook.error());
    book = std::move(*workbook);
    add_side_files(path.has_parent_path() ? path.parent_path() : fs::path("."), files);
    add_side_files(path.parent_path() / (path.stem().string() + "-media"), files);
  }
  for (const fs::path& folder : lists) add_side_files(folder, files);
  return compile(std::move(book), std::move(files), started);
}

FormFile form_from_sheets(definition::Workbook book, definition::SideFiles files) {
  return compile(std::move(book), std::move(files), std::chrono::steady_clock::now());
}

base::Status write_form(const definition::Workbook& book, const fs::path& target) {
  if (ends_with(target.filename().string(), ".xlsx"))
    return exports::write_workbook(book, target.has_parent_path() ? target.parent_path() : fs::path("."),
                                   target.filename().string());
  std::error_code error;
  fs::create_directories(target, error);
  if (error)
    return base::fail(Fault::locked, target.string(), "This folder cannot be made: " + error.message() + ".");
  for (const definition::Sheet& sheet : book.sheets) {
    // Every row as wide as the header: what a spreadsheet drops at the end of a row comes back.
    definition::Sheet even = sheet;
    for (std::vector<std::string>& row : even.rows)
      if (row.size() < even.rows[0].size()) row.resize(even.rows[0].size());
    std::string text = definition::write_csv(even);
    base::Status done = exports::write_file(target, base::lower(sheet.name) + ".csv", base::view_of(text));
    if (!done) return done;
  }
  return {};
}

}  // namespace app
