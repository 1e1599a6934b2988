// Faults that were found once: each case names one.
#include "tests/forms/engine/interview.h"

using support::Form;
using support::Interview;

namespace {

constexpr const char* cascade = R"(
| survey  | type              | name   | label  | choice_filter | relevant |
|         | select_one region | region | Region |               | |
|         | select_one yn     | more   | More   |               | |
|         | begin group       | where  | Where  |               | ${more} != 'n' |
|         | select_one city   | city   | City   | region = ${region} | |
|         | select_multiple city | seen | Seen  | region = ${region} | |
|         | end group         |        |        | | |
| choices | list_name | name  | label | region |
|         | region    | north | North |  |
|         | region    | south | South |  |
|         | yn        | y     | Yes   |  |
|         | yn        | n     | No    |  |
|         | city      | tanger | Tanger | north |
|         | city      | fes   | Fes   | north |
|         | city      | agadir | Agadir | south |
)";

}  // namespace

TEST_CASE("choices: an answer that went stale while it was hidden is gone when it is shown again") {
  Form form(cascade);
  Interview it(form);
  it.set("region", "north");
  it.set("where/city", "fes");
  it.set("more", "n");
  it.set("region", "south");
  it.set("more", "y");
  CHECK(it.offered("where/city") == "agadir");
  CHECK(it.value("where/city") == "");
}

TEST_CASE("choices: a filter may look a value up in a file, by the file's own columns") {
  std::string csv = "name,label,code,rung\nx1,X1,k1,1\nx2,X2,k2,2\n";
  Form form(R"(
| survey  | type           | name | label | choice_filter |
|         | select_one kind | kind | Kind |               |
|         | select_one_from_file steps.csv | s | S |    |
|         | select_one act | act  | Act   | level = instance('steps')/root/item[code = ${kind}]/rung |
| choices | list_name | name | label | level |
|         | kind      | k1   | K1    |       |
|         | kind      | k2   | K2    |       |
|         | act       | a1   | A1    | 1     |
|         | act       | a2   | A2    | 2     |
)",
            {{"steps.csv", base::Bytes(csv.begin(), csv.end())}});
  Interview it(form);
  it.set("kind", "k2");
  CHECK(it.offered("act") == "a2");
}

TEST_CASE("choices: several answers of a roster stay chosen") {
  Form form(R"(
| survey | type         | name   | label | calculation |
|        | begin repeat | person | Person | |
|        | text         | first  | First | |
|        | end repeat   |        | | |
|        | select_multiple ${first} | went | Went | |
|        | text         | other  | Other | |
)");
  Interview it(form);
  it.set("person[1]/first", "Amal");
  it.add("", "person");
  it.set("person[2]/first", "Ali");
  it.set("went", "Amal Ali");
  CHECK(it.value("went") == "Amal Ali");
  it.add("", "person");
  it.set("person[3]/first", "Zeynep");
  CHECK(it.value("went") == "Amal Ali");
  it.remove("person[2]");
  CHECK(it.value("went") == "Amal");
}

TEST_CASE("choices: a roster inside its own repeat offers everybody") {
  Form form(R"(
| survey | type         | name   | label |
|        | begin repeat | person | Person |
|        | text         | first  | First |
|        | select_one ${first} | mother | Mother |
|        | end repeat   |        | |
)");
  Interview it(form);
  it.set("person[1]/first", "Amal");
  it.add("", "person");
  it.set("person[2]/first", "Ali");
  CHECK(it.offered("person[2]/mother") == "Amal Ali");
  it.set("person[2]/mother", "Amal");
  CHECK(it.value("person[2]/mother") == "Amal");
}

TEST_CASE("choices: a roster obeys its choice_filter") {
  Form form(R"(
| survey | type         | name   | label | choice_filter |
|        | begin repeat | person | Person | |
|        | text         | first  | First | |
|        | integer      | age    | Age   | |
|        | end repeat   |        | | |
|        | select_one ${first} | head | Head | ${age} >= 18 |
)");
  Interview it(form);
  it.set("person[1]/first", "Amal");
  it.set("person[1]/age", "40");
  it.add("", "person");
  it.set("person[2]/first", "Ali");
  it.set("person[2]/age", "4");
  CHECK(it.offered("head") == "Amal");
}

TEST_CASE("default: an expression without a number is stored as blank, not as NaN") {
  Form form(R"(
| survey | type    | name | label | default    |
|        | integer | a    | A     |            |
|        | integer | b    | B     | ${a} + 1   |
)");
  CHECK(Interview(form).value("b") == "");
}

TEST_CASE("language: a calculation that names a month follows the language") {
  Form form(R"(
| survey | type      | name | label::English (en) | label::Français (fr) | calculation |
|        | date      | day  | Day                 | Jour                 |             |
|        | calculate | said |                     |                      | format-date(${day}, '%e %b %Y') |
)");
  Interview it(form);
  it.set("day", "2026-08-03");
  CHECK(it.value("said") == "3 Aug 2026");
  it.session().set_language(1);
  CHECK(it.value("said") == "3 août 2026");
}

TEST_CASE("session: a node that is not there is refused, not read") {
  Form form(R"(
| survey | type | name | label |
|        | text | a    | A     |
)");
  Interview it(form);
  CHECK_FALSE(it.session().set(engine::no_id, "x").accepted);
  CHECK_FALSE(it.session().remove(engine::no_id).accepted);
}

TEST_CASE("repeat: a sum over the whole repeat from inside it follows every instance") {
  Form form(R"(
| survey | type         | name | label | calculation |
|        | begin repeat | p    | P     | |
|        | integer      | a    | A     | |
|        | calculate    | up   |       | sum(../../p/a) |
|        | calculate    | abs  |       | sum(/data/p/a) |
|        | end repeat   |      |       | |
)");
  Interview it(form);
  it.add("", "p");
  it.set("p[1]/a", "1");
  it.set("p[2]/a", "2");
  CHECK(it.value("p[1]/up") == "3");
  CHECK(it.value("p[2]/up") == "3");
  CHECK(it.value("p[1]/abs") == "3");
  CHECK(it.value("p[2]/abs") == "3");
}

TEST_CASE("repeat: the one before is read, and its change travels") {
  Form form(R"(
| survey | type         | name | label | calculation |
|        | begin repeat | p    | P     | |
|        | integer      | a    | A     | |
|        | calculate    | before |     | ../../p[position() = position(current()/..) - 1]/a |
|        | calculate    | indexed |    | indexed-repeat(${a}, ${p}, position(..) - 1) |
|        | end repeat   |      |       | |
)");
  Interview it(form);
  it.add("", "p");
  it.set("p[1]/a", "7");
  CHECK(it.value("p[2]/before") == "7");
  CHECK(it.value("p[2]/indexed") == "7");
  it.set("p[1]/a", "8");
  CHECK(it.value("p[2]/before") == "8");
  CHECK(it.value("p[2]/indexed") == "8");
}

TEST_CASE("repeat: a predicate over the siblings follows every one of them") {
  Form form(R"(
| survey | type         | name | label | calculation |
|        | begin repeat | p    | P     | |
|        | text         | sex  | Sex   | |
|        | calculate    | women |      | count(../../p[sex = 'f']) |
|        | end repeat   |      |       | |
|        | calculate    | all  |       | count(${p}[sex = 'f']) |
|        | calculate    | abs  |       | count(/data/p[sex = 'f']) |
)");
  Interview it(form);
  it.add("", "p");
  it.set("p[2]/sex", "f");
  CHECK(it.value("all") == "1");
  CHECK(it.value("abs") == "1");
  CHECK(it.value("p[1]/women") == "1");
  it.set("p[1]/sex", "f");
  CHECK(it.value("all") == "2");
  CHECK(it.value("p[2]/women") == "2");
}

TEST_CASE("repeat: document order holds after an instance is added in an earlier repeat") {
  Form form(R"(
| survey | type         | name | label | calculation |
|        | begin repeat | p    | P     | |
|        | text         | a    | A     | |
|        | end repeat   |      |       | |
|        | begin group  | g    | G     | |
|        | text         | a    | A     | |
|        | end group    |      |       | |
|        | calculate    | all  |       | join(',', //a) |
)");
  Interview it(form);
  it.add("", "p");
  it.set("p[1]/a", "1");
  it.set("p[2]/a", "2");
  it.set("g/a", "3");
  CHECK(it.value("all") == "1,2,3");
}

TEST_CASE("repeat: a counted repeat in a hidden group keeps its answers through saving and resuming") {
  Form form(R"(
| survey | type         | name | label | repeat_count | relevant |
|        | text         | show | Show  |              | |
|        | begin group  | g    | G     |              | ${show} != 'n' |
|        | integer      | n    | N     |              | |
|        | begin repeat | p    | P     | ${n}         | |
|        | text         | a    | A     |              | |
|        | end repeat   |      |       |              | |
|        | end group    |      |       |              | |
)");
  Interview it(form);
  it.set("g/n", "2");
  it.set("g/p[2]/a", "kept");
  it.set("show", "n");
  engine::Session again = it.resumed();
  again.set(again.find({form.survey().by_identity("show"), {}}), "y");
  size_t found = 0;
  for (const engine::SavedValue& value : again.saved_values()) found += value.text == "kept";
  CHECK(found == 1);
}

TEST_CASE("repeat: what is too long to count is blank, never a wrong number") {
  Form form(R"(
| survey | type         | name | label | repeat_count | calculation |
|        | begin repeat | p    | P     | 1500         | |
|        | integer      | b    | B     |              | |
|        | end repeat   |      |       |              | |
|        | calculate    | n    |       |              | count(${p}[count(${p}[b = 1]) = 0]) |
)");
  Interview it(form);
  CHECK((it.value("n") == "" || it.value("n") == "1500"));
}

TEST_CASE("circles: a form that turns in one is refused") {
  const char* forms[] = {R"(
| survey | type      | name | label | calculation |
|        | calculate | z    |       | ${z} + 1    |
)",
                         R"(
| survey | type         | name | label | repeat_count  |
|        | begin repeat | p    | P     | count(${p}) + 1 |
|        | integer      | b    | B     |               |
|        | end repeat   |      |       |               |
)"};
  for (const char* form : forms)
    CHECK(definition::read_xlsform(support::workbook_from_markdown(form), {}, questions::table()).survey ==
          nullptr);
}

TEST_CASE("circles: a group that hides by an answer inside it opens with a warning, and stays bounded") {
  definition::ReadSurvey read = definition::read_xlsform(support::workbook_from_markdown(R"(
| survey | type        | name | label | relevant     |
|        | begin group | g    | G     | ${q} != 'x' |
|        | text        | q    | Q     |              |
|        | end group   |      |       |              |
)"),
                                                         {}, questions::table());
  REQUIRE(read.survey);
  bool warned = false;
  for (const definition::Diagnostic& d : read.diagnostics) warned |= d.code == "hides_itself";
  CHECK(warned);
}

TEST_CASE("language: another language does not take away what was chosen from a roster of labels") {
  Form form(R"(
| survey  | type           | name  | label::English (en) | label::Français (fr) | calculation |
|         | begin repeat   | actor | Actor               | Acteur               | |
|         | select_one org | ref   | Which               | Lequel               | |
|         | calculate      | said  |                     |                      | jr:choice-name(${ref}, '${ref}') |
|         | end repeat     |       |                     |                      | |
|         | select_one ${said} | first | Who first       | Qui                  | |
| choices | list_name | name | label::English (en) | label::Français (fr) |
|         | org       | town | Town                | Commune              |
|         | org       | uni  | University          | Université           |
)");
  Interview it(form);
  it.set("actor[1]/ref", "town");
  it.set("first", "Town");
  it.session().set_language(1);
  CHECK(it.value("first") != "");
}

TEST_CASE("choices: a roster answer equals the answer it was taken from") {
  Form form(R"(
| survey | type         | name   | label | calculation |
|        | begin repeat | person | Person | |
|        | text         | first  | First | |
|        | end repeat   |        | | |
|        | select_one ${first} | head | Head | |
|        | calculate    | age_row |  | count(${person}[first = ${head}]) |
)");
  Interview it(form);
  it.set("person[1]/first", "Ali Can");
  it.set("head", it.offered("head"));
  CHECK(it.value("age_row") == "1");
}

TEST_CASE("choices: of two equal roster labels, removing the first does not hand its answers to the second") {
  Form form(R"(
| survey | type         | name   | label |
|        | begin repeat | person | Person |
|        | text         | first  | First |
|        | end repeat   |        | |
|        | select_one ${first} | head | Head |
)");
  Interview it(form);
  it.add("", "person");
  it.set("person[1]/first", "Ali");
  it.set("person[2]/first", "Ali");
  it.set("head", "Ali");  // the first of them
  it.remove("person[1]");
  CHECK(it.value("head") == "");
}
