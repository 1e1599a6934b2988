// Real forms from public repositories: each is opened, or refused with a place. Read from ../shared/corpus
// (or RIHLA_SHARED), never copied.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "forms/definition/xform.h"
#include "forms/definition/xform_writer.h"
#include "forms/definition/xlsform_writer.h"
#include "tests/forms/definition/forms.h"

namespace fs = std::filesystem;

namespace {

fs::path corpus() {
  const char* shared = std::getenv("RIHLA_SHARED");
  return fs::path(shared && *shared ? shared : RIHLA_SOURCE "/../shared") / "corpus";
}

base::Bytes bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> files(const std::set<std::string>& endings) {
  std::vector<fs::path> out;
  std::error_code error;
  fs::recursive_directory_iterator at(corpus(), error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error))
    if (endings.count(at->path().extension().string())) out.push_back(at->path());
  std::sort(out.begin(), out.end());
  if (out.empty()) std::printf("SKIPPED: corpus: no forms in %s\n", corpus().c_str());
  return out;
}

// The first error, as a reason to count by.
std::string reason(const definition::ReadSurvey& read) {
  for (const definition::Diagnostic& d : read.diagnostics)
    if (d.severity == definition::Severity::error) return d.code;
  return "none";
}

// Forms that no server of this language takes either, by a part of their file's name, and why.
const std::map<std::string, std::string> refused_elsewhere = {
    {"covid19_rdt_capture", "functions, types and files of one platform only"},
    {"covid19_rdt_provision", "functions, types and files of one platform only"},
    {"app_death_report", "functions, types and files of one platform only"},
    {"app_delivery", "functions, types and files of one platform only"},
    {"pnc_danger_sign_follow_up_baby", "functions, types and files of one platform only"},
    {"pnc_danger_sign_follow_up_mother", "functions, types and files of one platform only"},
    {"forms_app_pregnancy", "functions, types and files of one platform only"},
    {"contact_PLACE_TYPE-edit", "functions, types and files of one platform only"},
    {"contact_person-create", "functions, types and files of one platform only"},
    {"phone_widget", "functions, types and files of one platform only"},
    {"with-extension-libs", "functions, types and files of one platform only"},
    {"xl_date_ambiguous.xlsx", "an axis that XPath does not have"},
    {"cascading_selects_duplicate_choice_form.xlsx", "a choice twice in its list"},
    {"unhcr-americas+LAPOP-SMA/data-raw_form1.xlsx", "names with blanks and quotes"},
    {"unhcr-americas+XlsFormUtil/inst_demo.xlsx", "choices twice in their lists"},
    {"tests_testthat_wt_xlsform_in_survey.xlsx", "questions that are not there"},
    {"transportation.no_choices.xlsx", "lists that are not there"},
    {"inst_SurveyDesigner_Referential.xlsx", "questions without label or hint"}};

bool is_refused_elsewhere(const std::string& name) {
  return std::any_of(refused_elsewhere.begin(), refused_elsewhere.end(),
                     [&](const auto& one) { return name.find(one.first) != std::string::npos; });
}

}  // namespace

TEST_CASE("corpus: every .xlsx form opens, or is refused with a place and a reason") {
  std::map<std::string, int> reasons;
  int opened = 0;
  int refused = 0;
  double slowest = 0;
  std::string slowest_name;
  for (const fs::path& path : files({".xlsx", ".xlsm"})) {
    std::string name = fs::relative(path, corpus()).string();
    CAPTURE(name);
    base::Bytes bytes = bytes_of(path);
    std::clock_t from = std::clock();  // of this program alone: the machine may be busy
    auto book = definition::read_xlsx(bytes, path.filename().string());
    if (!book) {
      ++refused;
      ++reasons[std::string("not .xlsx inside: ") + std::string(base::fault_name(book.error().fault))];
      CHECK(book.error().fault == base::Fault::unsupported);  // an old .xls under a new name
      continue;
    }
    auto read = definition::read_xlsform(*book, {}, questions::table());
    double ms = 1e3 * static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
    if (ms > slowest) {
      slowest = ms;
      slowest_name = name;
    }
    if (read.survey) {
      ++opened;
      CHECK_FALSE(definition::has_errors(read.diagnostics));
      continue;
    }
    ++refused;
    ++reasons[reason(read)];
    CHECK_MESSAGE(is_refused_elsewhere(name), "opens elsewhere, and must here:\n", support::texts_of(read));
    for (const definition::Diagnostic& d : read.diagnostics)
      if (d.severity == definition::Severity::error) {
        CHECK_MESSAGE(!d.place.sheet.empty(), definition::describe(d));
        CHECK_MESSAGE(d.place.row > 0, definition::describe(d));
        CHECK_FALSE(d.text.empty());
      }
  }
  if (opened + refused == 0) return;
  std::printf("corpus: %d opened, %d refused; slowest %.1f ms (%s)\n", opened, refused, slowest,
              slowest_name.c_str());
  for (const auto& [code, count] : reasons) std::printf("corpus:   %3d %s\n", count, code.c_str());
#ifndef __SANITIZE_ADDRESS__
  CHECK(slowest < 1000);
#endif
  CHECK(opened > 3 * refused);
}

TEST_CASE("corpus: every form that opens is written and read again as the same form") {
  for (const fs::path& path : files({".xlsx", ".xlsm"})) {
    std::string name = fs::relative(path, corpus()).string();
    CAPTURE(name);
    auto book = definition::read_xlsx(bytes_of(path), path.filename().string());
    if (!book) continue;
    auto read = definition::read_xlsform(*book, {}, questions::table());
    if (!read.survey) continue;
    definition::Workbook again{book->name, {}};
    for (const definition::Sheet& sheet : book->sheets) {
      std::string text = definition::write_csv(sheet);
      auto back = definition::read_csv(base::view_of(text), sheet.name);
      REQUIRE(back);
      again.sheets.push_back(std::move(*back));
    }
    auto second = definition::read_xlsform(again, {}, questions::table());
    REQUIRE(second.survey);
    CHECK(definition::canonical_bytes(*second.survey) == definition::canonical_bytes(*read.survey));
    CHECK(support::texts_of(second) == support::texts_of(read));
  }
}

TEST_CASE("corpus: every form that opens is written as sheets and as an XForm, and both open") {
  int forms = 0, lost = 0;
  for (const fs::path& path : files({".xlsx", ".xlsm"})) {
    std::string name = fs::relative(path, corpus()).string();
    CAPTURE(name);
    auto book = definition::read_xlsx(bytes_of(path), path.filename().string());
    if (!book) continue;
    auto read = definition::read_xlsform(*book, {}, questions::table());
    if (!read.survey) continue;
    ++forms;
    definition::WrittenXlsform sheets = definition::write_xlsform(*read.survey);
    sheets.book.name = book->name;
    auto second = definition::read_xlsform(sheets.book, {}, questions::table());
    REQUIRE_MESSAGE(second.survey, support::texts_of(second));
    CHECK(support::readable(*second.survey) == support::readable(*read.survey));
    std::string xml = definition::write_xform(*read.survey);
    auto third = definition::read_xform(base::view_of(xml), "form.xml", {}, questions::table());
    if (!third.survey)
      std::printf("corpus: no XForm: %s: %s", name.c_str(), support::texts_of(third).c_str());
    lost += !third.survey;
  }
  CHECK(lost * 20 <= forms);
  if (forms > 0)
    std::printf("corpus: %d forms written as sheets and as XForms, %d of those do not open\n", forms, lost);
}

TEST_CASE("corpus: every XForm opens, or is refused with a reason, and is written as the same form") {
  std::map<std::string, int> reasons;
  int opened = 0, refused = 0, expressible = 0, identical = 0;
  double slowest = 0;
  for (const fs::path& path : files({".xml"})) {
    std::string name = fs::relative(path, corpus()).string();
    CAPTURE(name);
    base::Bytes bytes = bytes_of(path);
    std::string_view text = base::text_of(bytes);
    if (text.find("<h:html") == std::string_view::npos && text.find("xhtml") == std::string_view::npos)
      continue;
    auto from = std::chrono::steady_clock::now();
    auto read = definition::read_xform(bytes, path.filename().string(), {}, questions::table());
    slowest = std::max(
        slowest, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count());
    if (!read.survey) {
      ++refused;
      ++reasons[reason(read)];
      std::printf("corpus: refused: %s: %s\n", name.c_str(), support::texts_of(read).substr(0, 160).c_str());
      continue;
    }
    ++opened;
    std::string xml = definition::write_xform(*read.survey);
    auto again = definition::read_xform(base::view_of(xml), path.filename().string(), {}, questions::table());
    CHECK_MESSAGE(again.survey, support::texts_of(again));
    bool same = again.survey &&
                definition::canonical_bytes(*again.survey) == definition::canonical_bytes(*read.survey);
    identical += same;
    if (!same) std::printf("corpus: written otherwise: %s\n", name.c_str());
    definition::WrittenXlsform sheets = definition::write_xlsform(*read.survey);
    expressible += definition::read_xlsform(sheets.book, {}, questions::table()).survey != nullptr;
  }
  if (opened + refused == 0) return;
  std::printf(
      "corpus: XForms: %d opened, %d refused, slowest %.1f ms; %d written as the same form; %d open as "
      "sheets too\n",
      opened, refused, slowest, identical, expressible);
  CHECK(identical * 10 > opened * 9);
  for (const auto& [code, count] : reasons) std::printf("corpus:   %3d %s\n", count, code.c_str());
}

TEST_CASE("corpus: every .xls is answered with how to save it as .xlsx") {
  int told = 0;
  for (const fs::path& path : files({".xls"})) {
    std::string name = fs::relative(path, corpus()).string();
    CAPTURE(name);
    auto book = definition::read_xlsx(bytes_of(path), path.filename().string());
    if (book) continue;  // an .xlsx under an old name
    CHECK(book.error().fault == base::Fault::unsupported);
    CHECK(support::contains(book.error().detail, "save it as .xlsx"));
    ++told;
  }
  if (told > 0) std::printf("corpus: %d old .xls workbooks answered\n", told);
}
