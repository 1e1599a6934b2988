// Cells and parts changed at random: a form is read or refused with places, never more. The seed is fixed.
#include "forms/base/random.h"
#include "tests/forms/definition/forms.h"
#include "tests/support/workbook_bytes.h"

using support::read_form;

namespace {

const support::SheetTexts household = {
    {"survey",
     "type,name,label::English (en),label::Français (fr),relevant,constraint,calculation,choice_filter,"
     "repeat_count,appearance,parameters,default\n"
     "integer,age,Age of ${who},Âge,,. > 0 and . < 120,,,,scale-0-10,,3\n"
     "text,who,Who,Qui,${age} > 17,\"regex(., '^[a-z]+$')\",,,,multiline,rows=3,today()\n"
     "begin_repeat,person,Person,Personne,,,,,${age},,,\n"
     "select_one yn or_other,ok,OK?,OK ?,,,,,,minimal,,\n"
     "select_one yn,fit,Fit?,Va ?,,,,part = ${who},,minimal,,\n"
     "select_multiple_from_file towns.csv,towns,Towns,Villes,,,,,,,value=code label=town,\n"
     "calculate,n,,,,,\"count(${person}) + indexed-repeat(${ok}, ${person}, 1)\",,,,,\n"
     "end_repeat,,,,,,,,,,,\n"
     "begin_group,g,G,G,\"selected(${ok}, 'y')\",,,,,field-list,,\n"
     "select_one ${ok},again,Again,Encore,,,,,,,,\n"
     "range,r,R,R,,,,,,,start=0 end=10 step=1,\n"
     "calculate,p,,,,,\"pulldata('towns', 'town', 'code', ${towns})\",,,,,\n"
     "end_group,,,,,,,,,,,\n"},
    {"choices",
     "list_name,name,label::English (en),label::Français (fr),part\nyn,y,Yes,Oui,a\nyn,n,No ${age},Non,b\n"},
    {"settings",
     "form_id,version,default_language,instance_name\nhh,1,English (en),\"concat(${who}, '-', ${age})\"\n"}};

}  // namespace

TEST_CASE("xlsform: any cell may be wrong: the form opens, or is refused with places") {
  const std::vector<std::string> words = {"",
                                          "${",
                                          "${age}",
                                          "${who",
                                          "}",
                                          "''",
                                          "'",
                                          "((((",
                                          "))))",
                                          "begin_group",
                                          "begin_repeat",
                                          "end_group",
                                          "end_repeat",
                                          "select_one",
                                          "select_one ${person}",
                                          "select_one yn",
                                          "select_multiple_from_file ../../x.csv",
                                          "rank yn",
                                          "calculate",
                                          "name",
                                          "label",
                                          "label::",
                                          "::",
                                          ":",
                                          "label::English (en)",
                                          "type",
                                          "a b",
                                          "İ",
                                          "\xc3",
                                          std::string("a\0b", 3),
                                          "${last-saved#age}",
                                          "jr:itext(",
                                          "jr:itext(a/itextId)",
                                          "pulldata('",
                                          "pulldata('x')",
                                          "search('towns')",
                                          "instance('towns')/root/item[code = current()/../age]/town",
                                          "position(..)",
                                          "../..",
                                          "/",
                                          "//*",
                                          ".",
                                          "..",
                                          "1 div 0",
                                          "-",
                                          "9999999999999999999999999",
                                          "repeat",
                                          "or_other",
                                          "start=nan end=inf step=0",
                                          "value= label=",
                                          "disabled",
                                          "yes",
                                          "#",
                                          std::string(3000, '('),
                                          std::string(3000, 'x')};
  definition::SideFiles files = support::side_file("towns.csv", "code,town\n1,Fès\n2,Rabat\n");
  auto whole = read_form(household, files);
  REQUIRE_MESSAGE(whole.survey, support::texts_of(whole));
  base::SeededRandom random(17);
  int opened = 0;
  for (int round = 0; round < 3000; ++round) {
    definition::Workbook book = support::workbook(household);
    for (size_t changes = 0; changes < 1 + random.below(4); ++changes) {
      auto& rows = book.sheets[random.below(book.sheets.size())].rows;
      auto& row = rows[random.below(rows.size())];
      switch (random.below(5)) {
        case 0:
          if (rows.size() > 1) rows.erase(rows.begin() + static_cast<long>(random.below(rows.size())));
          break;
        case 1:
          rows.insert(rows.begin() + static_cast<long>(random.below(rows.size())),
                      std::vector<std::string>(row));
          break;
        case 2:
          row.resize(random.below(row.size() + 3));
          break;
        default:
          if (!row.empty()) row[random.below(row.size())] = words[random.below(words.size())];
      }
    }
    CAPTURE(round);
    auto read = definition::read_xlsform(book, files, questions::table());
    CHECK(static_cast<bool>(read.survey) != definition::has_errors(read.diagnostics));
    for (const definition::Diagnostic& d : read.diagnostics) {
      CHECK_FALSE(d.text.empty());
      CHECK_FALSE(d.code.empty());
      CHECK_FALSE(definition::describe(d).empty());
    }
    if (!read.survey) continue;
    ++opened;
    CHECK_FALSE(definition::canonical_bytes(*read.survey).empty());
    for (const definition::Node& node : read.survey->nodes)
      if (node.type && node.type->control) (void)node.type->control(node);
  }
  CHECK(opened > 300);
  CHECK(opened < 2900);
}

TEST_CASE("xlsx: any part's text may be wrong: the workbook is read, or refused with a sentence") {
  support::Parts good = support::workbook_parts(
      {{"survey",
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
        "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>note</t></r></is></c><c r=\"B2\" "
        "s=\"1\"><v>46350</v></c></row>"},
       {"choices", "<row/>"}},
      {"type", "name"});
  good["xl/styles.xml"] =
      "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts><cellXfs><xf "
      "numFmtId=\"0\"/>"
      "<xf numFmtId=\"164\"/></cellXfs></styleSheet>";
  base::SeededRandom random(23);
  const std::string_view bits[] = {"<",           ">",    "\"",      "/",   "&#0;",  "&#xD800;", "-1",
                                   "99999999999", "ZZZ1", "_xD800_", "<c>", "</c>",  "<row>",    "]]>",
                                   "<!--",        "\xff", " ",       "0",   "1e999", "nan"};
  int opened = 0;
  for (int round = 0; round < 3000; ++round) {
    support::Parts parts = good;
    for (size_t changes = 0; changes < 1 + random.below(3); ++changes) {
      auto part = parts.begin();
      std::advance(part, static_cast<long>(random.below(parts.size())));
      std::string& text = part->second;
      size_t at = random.below(text.size() + 1);
      if (random.below(2) == 0)
        text.insert(at, bits[random.below(std::size(bits))]);
      else
        text.erase(at, random.below(12));
    }
    CAPTURE(round);
    auto book = definition::read_xlsx(support::zip(parts), "form.xlsx");
    if (!book) {
      CHECK(book.error().detail.size() > 10);
      continue;
    }
    ++opened;
    auto read = definition::read_xlsform(*book, {}, questions::table());
    CHECK(static_cast<bool>(read.survey) != definition::has_errors(read.diagnostics));
  }
  CHECK(opened > 300);
}
