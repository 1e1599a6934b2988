// Written and read again; edited in one cell.
#include "forms/definition/edit.h"

#include "tests/forms/definition/forms.h"

using support::read_form;

namespace {

const support::SheetTexts household = {
    {"survey",
     "type,name,label::English (en),label::Français (fr),relevant,x_role\n"
     "integer,age,\"Age, in \"\"years\"\"\",Âge,,\n"
     "select_one yn,ok,OK?,OK ?,${age} > 17,consent\n"
     "begin_group,g,G,,,\n"
     "note,n,\"two\nlines\",,,\n"
     "end_group,,,,,\n"},
    {"choices",
     "list_name,name,label::English (en),label::Français (fr),region\nyn,y,Yes,Oui,\nyn,n,No,Non,x\n"},
    {"settings", "form_id,version,default_language\nhh,2026112401,English (en)\n"}};

base::Bytes bytes_of(const definition::Workbook& book) {
  auto read = definition::read_xlsform(book, {}, questions::table());
  REQUIRE_MESSAGE(read.survey, support::texts_of(read));
  return definition::canonical_bytes(*read.survey);
}

}  // namespace

TEST_CASE("canonical bytes: order and spelling of columns, empty rows and sheets' order leave no trace") {
  base::Bytes wanted = bytes_of(support::workbook(household));
  definition::Workbook moved = support::workbook(household);
  std::swap(moved.sheets[0], moved.sheets[2]);
  definition::Sheet& survey = moved.sheets[2];
  for (auto& row : survey.rows) std::swap(row[0], row[2]);
  survey.rows[0][1] = " Name ";
  survey.rows[0][4] = "RELEVANCE";
  survey.rows.insert(survey.rows.begin() + 2, std::vector<std::string>{});
  survey.rows.push_back({"", "  "});
  CHECK(bytes_of(moved) == wanted);
}

TEST_CASE("canonical bytes: every change that changes the form changes them") {
  base::Bytes wanted = bytes_of(support::workbook(household));
  struct Change {
    size_t sheet, row, column;
    std::string text;
  };
  const Change changes[] = {{0, 1, 1, "years"}, {0, 1, 2, "How old"}, {0, 2, 4, ""},
                            {0, 2, 3, ""},      {0, 2, 5, "other"},   {1, 1, 1, "yes"},
                            {1, 1, 3, "Si"},    {1, 2, 4, "y"},       {2, 1, 1, "2"},
                            {2, 1, 0, "other"}, {0, 1, 0, "decimal"}, {0, 3, 0, "begin_repeat"}};
  for (const Change& c : changes) {
    definition::Workbook book = support::workbook(household);
    book.sheets[c.sheet].rows[c.row][c.column] = c.text;
    if (c.text == "begin_repeat") book.sheets[0].rows[5][0] = "end_repeat";
    if (c.text == "years") book.sheets[0].rows[2][4] = "${years} > 17";
    CAPTURE(c.text);
    CHECK(bytes_of(book) != wanted);
  }
}

TEST_CASE("edit: one text in one language changes, a missing column is added") {
  definition::Workbook book = support::workbook(household);
  REQUIRE(definition::set_text(book, "age", "label", "Français (fr)", "Quel âge ?"));
  CHECK(book.sheets[0].rows[1][3] == "Quel âge ?");
  CHECK(book.sheets[0].rows[1][2] == "Age, in \"years\"");
  REQUIRE(definition::set_text(book, "age", "hint", "Français (fr)", "En années"));
  CHECK(book.sheets[0].rows[0].back() == "hint::Français (fr)");
  auto read = definition::read_xlsform(book, {}, questions::table());
  REQUIRE(read.survey);
  CHECK(read.survey->nodes[1].hint.source[1] == "En années");
  auto gone = definition::set_text(book, "nobody", "label", "", "x");
  REQUIRE_FALSE(gone);
  CHECK(gone.error().fault == base::Fault::missing);
  definition::Workbook empty;
  CHECK_FALSE(definition::set_text(empty, "a", "label", "", "x"));
}

TEST_CASE("edit: a version goes on, whatever kind it is") {
  struct Row {
    std::string from, to;
  };
  for (const Row& row : {Row{"2026112401", "2026112402"}, Row{"3", "4"}, Row{"99", "100"}, Row{"", "2"},
                         Row{"v1", "v1.1"}, Row{"1.2", "1.2.1"}, Row{"009", "010"}})
    CHECK(definition::next_version(row.from) == row.to);
  definition::Workbook book = support::workbook(household);
  REQUIRE(definition::set_version(book, "7"));
  CHECK(definition::read_xlsform(book, {}, questions::table()).survey->version == "7");
  definition::Workbook bare = support::workbook({{"survey", "type,name,label\nnote,a,A\n"}});
  REQUIRE(definition::set_version(bare, "1"));
  CHECK(definition::read_xlsform(bare, {}, questions::table()).survey->version == "1");
}

TEST_CASE("canonical bytes: white space around a cell leaves no trace") {
  auto spaced = household;
  spaced[2].second = " form_id ,version,default_language\n hh , 2026112401 ,English (en)\n";
  CHECK(bytes_of(support::workbook(spaced)) == bytes_of(support::workbook(household)));
}
