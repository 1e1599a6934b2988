#include "collector/app/form_files.h"

#include <doctest/doctest.h>

#include "tests/support/folder.h"

namespace fs = std::filesystem;

namespace {

const char* survey_csv =
    "type,name,label\n"
    "select_one_from_file admin1.csv,region,Region\n"
    "select_one yn,agree,Agree?\n";
const char* choices_csv = "list_name,name,label\nyn,y,Yes\nyn,n,No\n";

void write_staff(const support::Folder& folder, const std::string& name = "staff") {
  folder.write(name + "/survey.csv", survey_csv);
  folder.write(name + "/choices.csv", choices_csv);
}

bool says(const definition::ReadSurvey& read, const std::string& code, const std::string& part) {
  for (const definition::Diagnostic& d : read.diagnostics)
    if (d.code == code && d.text.find(part) != std::string::npos) return true;
  return false;
}

definition::Workbook book_with(const std::string& sheet) {
  definition::Workbook book{"form", {}};
  book.sheets.push_back(*definition::read_csv(base::view_of(survey_csv), "survey"));
  book.sheets.push_back({sheet, {{"a"}, {"1"}}});
  return book;
}

}  // namespace

TEST_CASE("form files: only the side files that the form names are taken, the first folder counts") {
  support::Folder folder;
  write_staff(folder);
  folder.write("staff/secret.csv", "name\nnot for the form\n");
  folder.write("staff/Admin1.CSV", "name,label\nown,Own\n");
  folder.write("lists/admin1.csv", "name,label\nother,Other\n");
  folder.write("lists/payroll.csv", "name\nnobody's business\n");
  auto form = app::read_form(folder.path() / "staff", {folder.path() / "lists"});
  REQUIRE(form);
  REQUIRE(form->files.size() == 1);
  CHECK(base::text_of(form->files.at("admin1.csv")).find("own") != std::string_view::npos);

  // The same beside a workbook.
  REQUIRE(app::write_form(form->book, folder.path() / "staff" / "form.xlsx"));
  auto book = app::read_form(folder.path() / "staff" / "form.xlsx", {});
  REQUIRE(book);
  CHECK(book->files.size() == 1);
  CHECK(book->read.survey);
}

TEST_CASE("form files: names in letters that grow when lowered are passed over, not crashed on") {
  support::Folder folder;
  write_staff(folder);
  folder.write("staff/İİİ.csv", "name\nx\n");
  folder.write("staff/İ", "x");
  folder.write("staff/\xff.csv", "x");
  folder.write("staff/admin1.csv", "name,label\nown,Own\n");
  auto form = app::read_form(folder.path() / "staff", {});
  REQUIRE(form);
  CHECK(form->files.size() == 1);
  folder.write("İİİ.csv", "type,name\n");
  CHECK_FALSE(app::read_form(folder.path() / "İİİ.csv", {}));
  folder.write("İİİ.xlsx", "not a zip");
  CHECK_FALSE(app::read_form(folder.path() / "İİİ.xlsx", {}));
}

TEST_CASE("form files: a list that is too large is said at its question") {
  support::Folder folder;
  write_staff(folder);
  fs::path list = folder.write("staff/admin1.csv", "name,label\n");
  fs::resize_file(list, (uint64_t{64} << 20) + 1);
  auto form = app::read_form(folder.path() / "staff", {});
  REQUIRE(form);
  CHECK(form->read.survey);
  CHECK(says(form->read, "missing_file", "64 MiB"));
  CHECK_FALSE(says(form->read, "missing_file", "beside the form"));
}

TEST_CASE("form files: a folder finds the lists beside it, however it is written") {
  support::Folder folder;
  write_staff(folder);
  folder.write("lists/admin1.csv", "name,label\nown,Own\n");
  fs::path staff = folder.path() / "staff";
  for (const fs::path& path : {staff, staff / "", staff / ".", staff / ".." / "staff" / ""}) {
    CAPTURE(path);
    auto form = app::read_form(path, {});
    REQUIRE(form);
    CHECK(form->files.size() == 1);
    CHECK(form->book.name == "staff");
  }
}

TEST_CASE("form files: a sheet's name never leaves the folder") {
  for (const char* name : {"../../evil", "..", "a/b", "a\\b", "/etc/x", "", ".hidden", "a\nb", "C:x"}) {
    support::Folder folder;
    CAPTURE(name);
    auto done = app::write_form(book_with(name), folder.path() / "in" / "form");
    REQUIRE_FALSE(done);
    CHECK(done.error().fault == base::Fault::invalid);
    CHECK_FALSE(fs::exists(folder.path() / "in" / "form" / "survey.csv"));
    CHECK_FALSE(fs::exists(folder.path() / "evil.csv"));
  }
}

TEST_CASE("form files: two sheets of one name are refused, not written over each other") {
  support::Folder folder;
  auto done = app::write_form(book_with("Survey "), folder.path() / "form");
  REQUIRE_FALSE(done);
  CHECK(done.error().fault == base::Fault::conflict);
}

TEST_CASE("form files: a sheet that an earlier form left in the folder is not taken into this one") {
  support::Folder folder;
  fs::path target = folder.path() / "form";
  REQUIRE(app::write_form(book_with("choices"), target));
  folder.write("form/lists.txt", "the user's own");
  auto done = app::write_form(book_with("settings"), target);
  REQUIRE_FALSE(done);
  CHECK(done.error().fault == base::Fault::conflict);
  CHECK(done.error().where.find("choices.csv") != std::string::npos);
  CHECK_FALSE(fs::exists(target / "settings.csv"));
  REQUIRE(app::write_form(book_with("choices"), target));  // the same form again is fine
  CHECK(fs::exists(target / "lists.txt"));
}

TEST_CASE("form files: what is written to a folder and read again is the same form") {
  support::Folder folder;
  write_staff(folder);
  folder.write("lists/admin1.csv", "name,label\nown,Own\n");
  auto form = app::read_form(folder.path() / "staff", {});
  REQUIRE(form);
  REQUIRE(form->read.survey);
  for (const char* name : {"again", "again.xlsx"}) {
    CAPTURE(name);
    REQUIRE(app::write_form(form->book, folder.path() / name));
    auto again = app::read_form(folder.path() / name, {folder.path() / "lists"});
    REQUIRE(again);
    REQUIRE(again->read.survey);
    // The form's id is its file's name when settings give none.
    CHECK(again->read.survey->nodes.size() == form->read.survey->nodes.size());
    CHECK(again->read.survey->lists.size() == form->read.survey->lists.size());
  }
}
