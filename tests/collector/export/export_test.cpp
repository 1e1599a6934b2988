#include <doctest/doctest.h>

#include <set>

#include "collector/export/format.h"
#include "collector/export/submission.h"
#include "collector/export/workbook.h"
#include "forms/definition/xlsform.h"
#include "forms/questions/table.h"
#include "tests/support/folder.h"

namespace {

using base::InstanceId;

const char* survey_csv =
    "type,name,label::English (en),label::Français (fr)\n"
    "text,case_code,Code,Code\n"
    "select_one yn,agree,Do you agree?,Êtes-vous d'accord ?\n"
    "select_multiple lang,langs,Languages,Langues\n"
    "integer,age,Age,Âge\n"
    "begin_repeat,actor,Actor,Acteur\n"
    "text,act_name,Name,Nom\n"
    "begin_repeat,tie,Tie,Lien\n"
    "text,to,To,Vers\n"
    "end_repeat,,,\n"
    "end_repeat,,,\n";
const char* choices_csv =
    "list_name,name,label::English (en),label::Français (fr)\n"
    "yn,yes,Yes,Oui\nyn,no,No,Non\n"
    "lang,fr,French,Français\nlang,ar,Arabic,Arabe\n";

definition::ReadSurvey survey() {
  definition::Workbook book{"test", {}};
  book.sheets.push_back(*definition::read_csv(base::view_of(survey_csv), "survey"));
  book.sheets.push_back(*definition::read_csv(base::view_of(choices_csv), "choices"));
  return definition::read_xlsform(book, {}, questions::table());
}

InstanceId instance(uint8_t n) {
  InstanceId id;
  id.bytes[0] = n;
  return id;
}

exports::Case one_case(const definition::Survey& s) {
  exports::Case c;
  c.record.bytes[0] = 7;
  c.form_version = "1";
  c.state = "finished";
  auto node = [&](const char* identity) { return s.by_identity(identity); };
  c.answers = {{node("case_code"), {}, "=1+1", ""},
               {node("agree"), {}, "yes", ""},
               {node("langs"), {}, "ar fr", ""},
               {node("age"), {}, "-98", ""},
               {node("actor/act_name"), {instance(2)}, "club", ""},
               {node("actor/tie/to"), {instance(2), instance(3)}, "school", ""}};
  c.instances = {{node("actor"), {instance(1)}},
                 {node("actor"), {instance(2)}},
                 {node("actor/tie"), {instance(2), instance(3)}}};
  return c;
}

const exports::Cell& cell(const exports::Table& t, size_t row, const std::string& column) {
  for (size_t c = 0; c < t.columns.size(); ++c)
    if (t.columns[c].name == column) return t.rows[row][c];
  FAIL("no column " << column << " in " << t.name);
  return t.rows[0][0];
}

// Words that no table of strings holds, so that it shows where they come from.
exports::Words test_words() {
  exports::Words w;
  w.record = "<record>";
  w.form_version = "<form_version>";
  w.state = "<state>";
  w.interviewer = "<interviewer>";
  w.device = "<device>";
  w.finished = "<finished>";
  w.open_conflicts = "<open_conflicts>";
  w.needs_review = "<needs_review>";
  w.same_as = "<same_as>";
  w.position = "N° de {name}";
  w.unknown = "{name} <unknown>";
  w.states = {{"finished", "terminé"}, {"refused", "refusé"}};
  w.types = {{"select_one", "un choix"}, {"text", "texte"}};
  return w;
}

exports::Tables tables() {
  auto read = survey();
  REQUIRE(read.survey);
  exports::Tables all;
  int french = read.survey->language_index("fr");
  all.tables = exports::tabulate(*read.survey, "staff", {one_case(*read.survey)}, french, test_words());
  all.codebook = exports::codebook(*read.survey, all.tables, french, test_words());
  all.notes = {{"fingerprint", "1234 5678"}};
  all.values = [](const auto& use) { return use("{}"); };
  return all;
}

}  // namespace

TEST_CASE("tabulate: a form gives one table, and each repeat one more with its parents' keys") {
  exports::Tables all = tables();
  REQUIRE(all.tables.size() == 3);
  CHECK(all.tables[0].name == "staff");
  CHECK(all.tables[1].name == "staff-actor");
  CHECK(all.tables[2].name == "staff-actor-tie");
  CHECK(all.tables[0].rows.size() == 1);
  CHECK(all.tables[1].rows.size() == 2);
  REQUIRE(all.tables[2].rows.size() == 1);
  CHECK(cell(all.tables[1], 1, "act_name").code == "club");
  CHECK(cell(all.tables[2], 0, "actor_no").code == "2");
  CHECK(cell(all.tables[2], 0, "tie_no").code == "1");
  CHECK(cell(all.tables[2], 0, "to").code == "school");
}

TEST_CASE("tabulate: a choice has its code and its label in the asked language") {
  exports::Tables all = tables();
  CHECK(cell(all.tables[0], 0, "agree").code == "yes");
  CHECK(cell(all.tables[0], 0, "agree").label == "Oui");
  CHECK(cell(all.tables[0], 0, "langs").label == "Arabe; Français");
  CHECK(cell(all.tables[0], 0, "langs/fr").code == "1");
}

// In a French interface the titles of keys, the states and the types stood in English.
TEST_CASE("tabulate: names of columns and values stay codes, every label is the caller's or the form's") {
  exports::Tables all = tables();
  const exports::Table& t = all.tables[0];
  size_t keys = 0;
  for (const exports::Column& column : t.columns)
    if (column.node == definition::no_node) {
      ++keys;
      CHECK(column.label == "<" + column.name + ">");
    }
  CHECK(keys == 9);
  CHECK(cell(t, 0, "state").code == "finished");
  CHECK(cell(t, 0, "state").label == "terminé");
  CHECK(all.tables[1].columns[1].name == "actor_no");
  CHECK(all.tables[1].columns[1].label == "N° de Acteur");
  bool type = false, state = false;
  for (const exports::CodebookRow& row : all.codebook) {
    type |= row.column == "agree" && row.type == "select_one" && row.type_label == "un choix";
    state |= row.column == "state" && row.code == "refused" && row.label == "refusé";
  }
  CHECK(type);
  CHECK(state);
}

TEST_CASE("codebook: every choice of every column stands in it with its label") {
  exports::Tables all = tables();
  bool found = false;
  for (const auto& row : all.codebook)
    found |= row.column == "agree" && row.code == "no" && row.label == "Non";
  CHECK(found);
}

TEST_CASE("csv: formulas are made harmless, numbers keep their sign, labels stand beside codes") {
  support::Folder folder;
  auto names = exports::find_format("csv")->write(tables(), folder.path());
  REQUIRE(names);
  std::string text = folder.read("staff.csv");
  CHECK(text.rfind("\xef\xbb\xbf", 0) == 0);
  CHECK(text.find("'=1+1") != std::string::npos);
  CHECK(text.find(",-98") != std::string::npos);
  CHECK(text.find("agree,agree.label") != std::string::npos);
  CHECK(text.find("yes,Oui") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "staff.csv.part"));
}

TEST_CASE("xlsx: what is written reads back with labels, codes and a codebook sheet") {
  support::Folder folder;
  REQUIRE(exports::find_format("xlsx")->write(tables(), folder.path()));
  std::string raw = folder.read("tables.xlsx");
  auto book = definition::read_xlsx(base::view_of(raw), "tables.xlsx");
  REQUIRE(book);
  const definition::Sheet* staff = book->find("staff");
  REQUIRE(staff);
  auto at = [&](const std::string& heading) {
    for (size_t c = 0; c < staff->rows[0].size(); ++c)
      if (staff->rows[0][c] == heading) return staff->rows[2].at(c);
    return std::string("absent");
  };
  CHECK(at("agree") == "Oui");
  CHECK(at("agree.code") == "yes");
  CHECK(at("case_code") == "=1+1");
  CHECK(at("age") == "-98");
  CHECK(book->find("codebook"));
  CHECK(book->find("about"));
}

TEST_CASE("export: a folder that is not there is a clear error and leaves nothing") {
  support::Folder folder;
  for (const exports::ExportFormat* format : exports::formats()) {
    auto done = format->write(tables(), folder.path() / "absent");
    REQUIRE_FALSE(done);
    CHECK(done.error().fault == base::Fault::missing);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "absent"));
  }
}

TEST_CASE("workbook: sheets written as xlsx read back cell for cell") {
  support::Folder folder;
  definition::Workbook book{"form", {}};
  book.sheets.push_back(*definition::read_csv(base::view_of(survey_csv), "survey"));
  book.sheets.push_back(
      {"choices", {{"list_name", "name"}, {"a", "007"}, {"", "1.50"}, {"ب", "a\nb"}, {"TRUE", " x"}}});
  REQUIRE(exports::write_workbook(book, folder.path(), "form.xlsx"));
  std::string raw = folder.read("form.xlsx");
  auto back = definition::read_xlsx(base::view_of(raw), "form.xlsx");
  REQUIRE(back);
  REQUIRE(back->sheets.size() == 2);
  for (size_t s = 0; s < 2; ++s) {
    REQUIRE(back->sheets[s].rows.size() == book.sheets[s].rows.size());
    for (size_t r = 0; r < book.sheets[s].rows.size(); ++r)
      for (size_t c = 0; c < book.sheets[s].rows[r].size(); ++c) {
        const auto& row = back->sheets[s].rows[r];
        CHECK((c < row.size() ? row[c] : std::string()) == book.sheets[s].rows[r][c]);
      }
  }
}

TEST_CASE("csv: a table's name is made a file's name of its own, inside the folder") {
  support::Folder folder;
  std::filesystem::create_directories(folder.path() / "out");
  exports::Tables all;
  for (const char* name : {"../evil", "a/b", "", ".hidden", "codebook", "about", "Staff", "staff", "C:\\x"})
    all.tables.push_back({name, "", {{"record", "", definition::DataType::text}}, {{{"1", ""}}}});
  auto names = exports::find_format("csv")->write(all, folder.path() / "out");
  REQUIRE(names);
  CHECK(names->size() == 11);
  CHECK(std::set<std::string>(names->begin(), names->end()).size() == 11);
  size_t there = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
    there += entry.is_regular_file() && entry.path().parent_path() == folder.path() / "out" ? 1 : 0;
  CHECK(there == 11);
  CHECK(folder.read("out/codebook.csv").find("table,column") != std::string::npos);
}

TEST_CASE("export: a name that would leave the folder is refused whoever writes") {
  support::Folder folder;
  for (const char* name : {"../x", "a/b", "", "..", ".x", "a\\b"}) {
    auto done = exports::write_file(folder.path(), name, {});
    REQUIRE_FALSE(done);
    CHECK(done.error().fault == base::Fault::invalid);
  }
}

TEST_CASE("csv: an export that fails midway leaves nothing, and what was there stays") {
  support::Folder folder;
  folder.write("staff.csv", "earlier");
  std::filesystem::create_directories(folder.path() / "codebook.csv");  // in the way
  auto done = exports::find_format("csv")->write(tables(), folder.path());
  REQUIRE_FALSE(done);
  CHECK(folder.read("staff.csv") == "earlier");
  size_t there = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    there += entry.exists() ? 1 : 0;
  CHECK(there == 2);
}

TEST_CASE("tabulate: keys, questions and the columns beside a choice never share a name") {
  definition::Workbook book{"test", {}};
  book.sheets.push_back(*definition::read_csv(
      base::view_of("type,name,label\ntext,record,R\ntext,state,S\ntext,agree.label,L\n"
                    "select_one yn,agree,A\n"
                    "begin_repeat,actor,Actor\ninteger,actor_no,N\ntext,record,R\nend_repeat,,\n"
                    "begin_group,g,G\nbegin_repeat,Actor,Actor\ntext,x,X\nend_repeat,,\nend_group,,\n"),
      "survey"));
  book.sheets.push_back(*definition::read_csv(base::view_of("list_name,name,label\nyn,y,Yes\n"), "choices"));
  auto read = definition::read_xlsform(book, {}, questions::table());
  REQUIRE(read.survey);
  auto all = exports::tabulate(*read.survey, "staff", std::vector<exports::Case>{}, 0, test_words());
  std::set<std::string> table_names;
  for (const exports::Table& table : all) {
    CHECK(table_names.insert(table.name).second);
    std::set<std::string> names;
    for (const exports::Column& column : table.columns) {
      CAPTURE(column.name);
      CHECK(names.insert(column.name).second);
      if (column.has_labels) CHECK(names.insert(column.name + ".label").second);
    }
  }
  CHECK(all[0].columns[0].name == "record");
  CHECK(all[1].columns[1].name == "actor_no");
}

TEST_CASE("submission: an interview stands in the elements of its form, repeats once an instance") {
  auto read = survey();
  REQUIRE(read.survey);
  CHECK(exports::submission_xml(*read.survey, one_case(*read.survey)) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<data id=\"test\" xmlns:orx=\"http://openrosa.org/xforms\" "
        "xmlns:jr=\"http://openrosa.org/javarosa\"><case_code>=1+1</case_code><agree>yes</agree><langs>ar fr</langs>"
        "<age>-98</age><actor></actor><actor><act_name>club</act_name><tie><to>school</to></tie></actor>"
        "<meta><instanceID>uuid:07000000-0000-0000-0000-000000000000</instanceID></meta></data>\n");
}

TEST_CASE("submission: what XML cannot hold is escaped or left out, a form's name with it") {
  auto read = survey();
  REQUIRE(read.survey);
  exports::Case one = one_case(*read.survey);
  one.instances.clear();
  one.answers = {{read.survey->by_identity("case_code"), {}, "a<b & \"c\"\x01>d", ""}};
  std::string xml = exports::submission_xml(*read.survey, one);
  CHECK(xml.find("<case_code>a&lt;b &amp; &quot;c&quot;&gt;d</case_code>") != std::string::npos);
}

TEST_CASE("odk: one file an interview; a refusal, which keeps no answers, has none") {
  auto read = survey();
  REQUIRE(read.survey);
  support::Folder folder;
  std::vector<exports::Case> cases = {one_case(*read.survey), one_case(*read.survey)};
  cases[1].record.bytes[0] = 8;
  cases[1].state = "refused";
  exports::Tables all;
  all.forms.push_back({"staff", read.survey.get(), [&](const auto& use) {
                         for (const exports::Case& each : cases) use(each);
                       }});
  auto written = exports::find_format("odk")->write(all, folder.path());
  REQUIRE(written);
  REQUIRE(written->size() == 1);
  CHECK(written->front().rfind("staff-07", 0) == 0);
}
