#include "collector/app/form_files.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <set>
#include <system_error>

#include "collector/export/format.h"
#include "collector/export/workbook.h"
#include "forms/base/utf8.h"
#include "forms/definition/xform.h"
#include "forms/definition/xform_writer.h"
#include "forms/definition/xlsform_writer.h"
#include "forms/questions/table.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using base::Fault;

constexpr const char* sheet_names[] = {"survey", "choices", "settings", "entities", "external_choices", "osm"};

// Case counts for nothing in ASCII; other letters are bytes like any other.
bool ends_with(std::string_view text, std::string_view end) {
  auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return text.size() >= end.size() &&
         std::equal(end.begin(), end.end(), text.end() - static_cast<long>(end.size()),
                    [&](char a, char b) { return a == low(b); });
}

// The folder around a form: "staff/" and "." stand in one as well.
fs::path around(const fs::path& path) {
  std::error_code ignored;
  fs::path whole = fs::absolute(path, ignored).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  return whole.parent_path();
}

base::Result<definition::Workbook> read_folder(const fs::path& folder) {
  definition::Workbook book;
  std::error_code none;
  fs::path whole = fs::absolute(folder, none).lexically_normal();
  book.name = (whole.has_filename() ? whole : whole.parent_path()).filename().string();
  for (const char* name : sheet_names) {
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

// What the form's questions name, found beside it or in the folders of lists.
class Side {
 public:
  explicit Side(std::set<std::string> wanted) : wanted_(std::move(wanted)) {}

  // The first folder that has a file counts.
  void look_in(const fs::path& folder) {
    std::error_code error;
    fs::directory_iterator at(folder, error);
    for (; !error && at != fs::directory_iterator(); at.increment(error)) {
      std::string name = base::lower(at->path().filename().string());
      std::error_code gone;
      if (!wanted_.count(name) || files.count(name) || !at->is_regular_file(gone)) continue;
      if (auto bytes = read_file(at->path())) {
        files.emplace(name, std::move(*bytes));
        unread.erase(name);
      } else {
        unread.emplace(name, bytes.error().detail);
      }
    }
  }

  definition::SideFiles files;
  std::map<std::string, std::string> unread;

 private:
  std::set<std::string> wanted_;
};

FormFile compile(definition::Workbook book, definition::SideFiles files,
                 std::chrono::steady_clock::time_point started,
                 const std::map<std::string, std::string>& unread = {}) {
  FormFile form{std::move(book), std::move(files), {}, {}, 0};
  form.read = definition::read_xlsform(form.book, form.files, questions::table(), unread);
  form.milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  return form;
}

// An XForm: its sheets are those an XLSForm would have, and what has no words there is said.
FormFile read_xform(const base::Bytes& bytes, const fs::path& path, const std::vector<fs::path>& lists) {
  auto started = std::chrono::steady_clock::now();
  Side side(definition::side_files_of_xform(bytes));
  side.look_in(around(path));
  side.look_in(around(path) / (path.stem().string() + "-media"));
  for (const fs::path& folder : lists) side.look_in(folder);
  FormFile form;
  form.files = std::move(side.files);
  form.read = definition::read_xform(bytes, path.filename().string(), form.files, questions::table());
  if (form.read.survey) {
    definition::WrittenXlsform written = definition::write_xlsform(*form.read.survey);
    form.book = std::move(written.book);
    form.not_in_sheets = std::move(written.lost);
  }
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
  bool is_folder = fs::is_directory(path, error);
  definition::Workbook book;
  if (is_folder) {
    auto sheets = read_folder(path);
    if (!sheets) return base::pass(sheets.error());
    book = std::move(*sheets);
  } else {
    auto bytes = read_file(path);
    if (!bytes) return base::pass(bytes.error());
    if (ends_with(path.filename().string(), ".csv"))
      return base::fail(
          Fault::invalid, path.string(),
          "This is one sheet. Give the folder that holds survey.csv, choices.csv and settings.csv.");
    if (definition::looks_like_xml(*bytes)) return read_xform(*bytes, path, lists);
    auto workbook = definition::read_xlsx(*bytes, path.filename().string());
    if (!workbook) return base::pass(workbook.error());
    book = std::move(*workbook);
  }
  std::vector<fs::path> folders =
      is_folder ? std::vector<fs::path>{path, path / "lists", path / "media", around(path) / "lists"}
                : std::vector<fs::path>{around(path), around(path) / (path.stem().string() + "-media")};
  folders.insert(folders.end(), lists.begin(), lists.end());
  Side side(definition::side_files_of(book, questions::table()));
  for (const fs::path& folder : folders) side.look_in(folder);
  FormFile form = compile(std::move(book), std::move(side.files), started, side.unread);
  if (form.read.survey)
    if (std::set<std::string> named = media_files_of(*form.read.survey); !named.empty()) {
      Side media(std::move(named));
      for (const fs::path& folder : folders) media.look_in(folder);
      form.files.merge(media.files);
    }
  return form;
}

std::set<std::string> media_files_of(const definition::Survey& survey) {
  std::set<std::string> names;
  auto add = [&](std::string_view name) {
    if (!name.empty()) names.insert(base::lower(name));
  };
  for (const definition::Node& node : survey.nodes)
    for (const auto& [kind, text] : node.media)
      for (const std::string& name : text.source) add(name);
  for (const definition::ChoiceList& list : survey.lists)
    for (const auto& [kind, columns] : list.media)
      for (int column : columns)
        for (uint32_t row = 0; column >= 0 && row < list.size(); ++row) add(list.table.cell(row, column));
  return names;
}

FormFile form_from_sheets(definition::Workbook book, definition::SideFiles files) {
  return compile(std::move(book), std::move(files), std::chrono::steady_clock::now());
}

base::Status write_form(const FormFile& form, const fs::path& target) {
  if (!ends_with(target.filename().string(), ".xml")) return write_form(form.book, target);
  if (!form.read.survey)
    return base::fail(Fault::invalid, target.string(),
                      "Only a form that opens can be written as an XForm. `rihla form check` says what is wrong.");
  std::string xml = definition::write_xform(*form.read.survey);
  return exports::write_files(target.has_parent_path() ? target.parent_path() : fs::path("."),
                              {{target.filename().string(), std::move(xml)}});
}

base::Status write_form(const definition::Workbook& book, const fs::path& target) {
  if (ends_with(target.filename().string(), ".xlsx"))
    return exports::write_workbook(book, target.has_parent_path() ? target.parent_path() : fs::path("."),
                                   target.filename().string());
  std::vector<exports::NewFile> files;
  std::set<std::string> names;
  for (const definition::Sheet& sheet : book.sheets) {
    // Every row as wide as the header: what a spreadsheet drops at the end of a row comes back.
    definition::Sheet even = sheet;
    for (std::vector<std::string>& row : even.rows)
      if (row.size() < even.rows[0].size()) row.resize(even.rows[0].size());
    files.push_back({base::lower(base::trim(sheet.name)) + ".csv", definition::write_csv(even)});
    if (!exports::is_plain_name(files.back().name))
      return base::fail(Fault::invalid, sheet.name,
                        "This sheet's name cannot be a file's name. Give it letters, digits and _ only.");
    if (!names.insert(files.back().name).second)
      return base::fail(Fault::conflict, sheet.name,
                        "Two sheets have this name. Rename one, then convert again.");
  }
  // A sheet of another form would be read as this one's.
  for (const char* known : sheet_names) {
    std::string name = std::string(known) + ".csv";
    std::error_code ignored;
    if (!names.count(name) && fs::exists(target / name, ignored))
      return base::fail(
          Fault::conflict, (target / name).string(),
          "This sheet of another form stands in the folder, and the form has no such sheet. Take "
          "it away, or choose an empty folder.");
  }
  std::error_code error;
  fs::create_directories(target, error);
  if (error)
    return base::fail(Fault::locked, target.string(), "This folder cannot be made: " + error.message() + ".");
  return exports::write_files(target, files);
}

}  // namespace app
