// Choices: filters, rosters, stale answers, labels.
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

TEST_CASE("choices: a filter offers what fits, and a stale answer goes at once") {
  Form form(cascade);
  Interview it(form);
  it.set("region", "north");
  CHECK(it.offered("where/city") == "tanger fes");
  it.set("where/city", "fes");
  it.set("where/seen", "tanger fes");
  it.set("region", "south");
  CHECK(it.offered("where/city") == "agadir");
  CHECK(it.value("where/city") == "");
  CHECK(it.value("where/seen") == "");
}

TEST_CASE("choices: an index and a scan offer the same rows") {
  std::string sheet = R"(
| survey  | type            | name | label | choice_filter |
|         | integer         | n    | N     |               |
|         | select_one many | one  | One   | part = ${n} and name != 'c3' |
|         | select_one many | two  | Two   | not(part != ${n}) and name != 'c3' |
| choices | list_name | name | label | part |
)";
  for (int i = 0; i < 60; ++i)
    sheet += "| | many | c" + std::to_string(i) + " | C | " + std::to_string(i % 4) + " |\n";
  Form form(sheet);
  Interview it(form);
  for (const char* n : {"", "0", "3", "3.0", "03", " 3", "9"}) {
    it.set("n", n);
    CAPTURE(n);
    CHECK(it.offered("one") == it.offered("two"));
  }
}

TEST_CASE("choices: a roster offers the answers of the repeat, blanks left out") {
  Form form(R"(
| survey | type         | name   | label |
|        | begin repeat | person | Person |
|        | text         | first  | First |
|        | end repeat   |        | |
|        | select_one ${first} | head | Head |
|        | select_multiple ${first} | went | Went |
)");
  Interview it(form);
  it.set("person[1]/first", "Amal");
  it.add("", "person");
  it.add("", "person");
  it.set("person[3]/first", "Ali Can");
  CHECK(it.offered("head") == "Amal Ali Can");
  CHECK(it.offered("went") == "Amal Ali\u00a0Can");  // one word, so that several can be chosen
  it.set("head", "Ali Can");
  it.remove("person[3]");
  CHECK(it.value("head") == "");
  it.set("head", "Amal");
  it.set("person[1]/first", "Amel");  // a name put right
  CHECK(it.value("head") == "Amel");
  it.set("person[1]/first", "");
  CHECK(it.value("head") == "");
}

TEST_CASE("choices: a missing file takes free text, which nothing drops") {
  Form form(R"(
| survey | type                          | name | label |
|        | select_one_from_file gone.csv | city | City  |
|        | text                          | a    | A     |
)");
  Interview it(form);
  CHECK(it.session().takes_free_text(it.at("city")));
  it.set("city", "Rabat");
  it.set("a", "x");
  CHECK(it.value("city") == "Rabat");
  engine::Session again = it.resumed();
  CHECK(again.value(again.find(it.session().path(it.at("city")))) == "Rabat");
}

TEST_CASE("choices: jr:choice-name gives the label in the session's language") {
  Form form(R"(
| survey  | type          | name | label::English (en) | label::Français (fr) | calculation |
|         | select_one yn | ok   | OK?                 | OK ?                 | |
|         | calculate     | said |                     |                      | jr:choice-name(${ok}, '${ok}') |
| choices | list_name | name | label::English (en) | label::Français (fr) |
|         | yn        | y    | Yes                 | Oui                  |
|         | yn        | n    | No                  | Non                  |
)");
  Interview it(form);
  it.set("ok", "y");
  CHECK(it.value("said") == "Yes");
  it.session().set_language(1);
  CHECK(it.value("said") == "Oui");
  it.set("ok", "n");
  CHECK(it.value("said") == "Non");
  CHECK(it.session().choice_label(it.at("ok"), "y", 0) == "Yes");
}
