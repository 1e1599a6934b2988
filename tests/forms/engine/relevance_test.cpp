// Relevance, calculations, defaults: what follows from an answer.
#include "tests/forms/engine/interview.h"
#include "tests/support/xforms.h"

using engine::Judgement;
using engine::Origin;
using support::Form;
using support::Interview;

TEST_CASE("relevance: a hidden answer is kept, reads as blank, and returns") {
  Form form(R"(
| survey | type    | name  | label | relevant     | calculation |
|        | integer | age   | Age   |              |             |
|        | text    | job   | Job   | ${age} >= 18 |             |
|        | calculate | said |      |              | concat('job: ', ${job}) |
)");
  Interview it(form);
  CHECK_FALSE(it.relevant("job"));
  it.set("age", "30");
  CHECK(it.relevant("job"));
  it.set("job", "smith");
  CHECK(it.value("said") == "job: smith");
  it.set("age", "3");
  CHECK(it.value("said") == "job: ");
  CHECK(it.session().value(it.at("job")) == "smith");
  it.set("age", "40");
  CHECK(it.value("said") == "job: smith");
}

TEST_CASE("relevance: a group hides everything inside it, nested groups too") {
  Form form(R"(
| survey | type        | name  | label | relevant     | calculation |
|        | text        | open  | Open  |              | |
|        | begin group | outer | Outer | ${open} = 'y' | |
|        | begin group | inner | Inner |              | |
|        | text        | deep  | Deep  |              | |
|        | end group   |       |       |              | |
|        | text        | side  | Side  | ${deep} = 'x' | |
|        | end group   |       |       |              | |
|        | calculate   | seen  |       |              | concat(${deep}, '-', ${side}) |
)");
  Interview it(form);
  it.set("open", "y");
  it.set("outer/inner/deep", "x");
  it.set("outer/side", "s");
  CHECK(it.value("seen") == "x-s");
  it.set("outer/inner/deep", "z");
  CHECK(it.value("seen") == "z-");
  it.set("open", "n");
  CHECK(it.value("seen") == "-");
  CHECK_FALSE(it.relevant("outer/inner/deep"));
  it.set("open", "y");
  CHECK(it.value("seen") == "z-");
}

TEST_CASE("calculation: a chain follows its head, whatever the order of the rows") {
  Form form(R"(
| survey | type      | name | label | calculation |
|        | calculate | d    |       | ${c} + 1    |
|        | calculate | c    |       | ${b} * 2    |
|        | calculate | b    |       | ${a} - 1    |
|        | integer   | a    | A     |             |
)");
  Interview it(form);
  CHECK(it.value("d").empty());  // NaN is stored as blank
  it.set("a", "5");
  CHECK(it.value("d") == "9");
  it.set("a", "");
  CHECK(it.value("d").empty());
}

TEST_CASE(
    "calculation: what is calculated and shown may be put right, until what it is calculated from changes") {
  Form form(R"(
| survey | type      | name  | label | calculation   | read_only | required |
|        | integer   | a     | A     |               |           |          |
|        | integer   | twice | Twice | ${a} * 2      |           | yes      |
|        | integer   | own   | Own   | once(${a})    |           | yes      |
|        | integer   | still | Still | ${a}          | yes       |          |
|        | calculate | plus  |       | ${twice} + 1  |           |          |
|        | text      | fixed | Fixed |               | yes       |          |
)");
  Interview it(form);
  CHECK_FALSE(it.set("fixed", "7").accepted);
  CHECK_FALSE(it.set("still", "7").accepted);
  CHECK_FALSE(it.set("plus", "7").accepted);
  it.set("a", "4");
  CHECK(it.value("twice") == "8");
  CHECK(it.set("twice", "9").accepted);
  CHECK(it.value("plus") == "10");
  CHECK(it.session().origin(it.at("twice")) == Origin::given);
  engine::Session again = it.resumed();
  CHECK(again.value(it.at("twice")) == "9");
  CHECK(again.value(it.at("plus")) == "10");
  it.set("twice", "");
  CHECK(it.value("twice") == "8");  // cleared: as it was calculated
  it.set("twice", "9");
  it.set("a", "5");
  CHECK(it.value("twice") == "10");
  CHECK(it.value("own") == "4");
}

TEST_CASE("default: literal, expression, and per new instance of a repeat") {
  Form form(R"(
| survey | type         | name  | label | default       |
|        | text         | city  | City  | Rabat         |
|        | date         | day   | Day   | today()       |
|        | begin repeat | p     | P     |               |
|        | integer      | no    | No    | position(..)  |
|        | text         | from  | From  | ${city}       |
|        | end repeat   |       |       |               |
)");
  Interview it(form);
  CHECK(it.value("city") == "Rabat");
  CHECK(it.value("day") == "2026-11-24");
  CHECK(it.session().origin(it.at("day")) == Origin::captured);
  it.set("city", "Fes");
  it.add("", "p");
  CHECK(it.value("p[2]/no") == "2");
  CHECK(it.value("p[1]/from") == "Rabat");
  CHECK(it.value("p[2]/from") == "Fes");
}

TEST_CASE("once: keeps its first value") {
  Form form(R"(
| survey | type      | name | label | calculation      |
|        | text      | a    | A     |                  |
|        | calculate | id   |       | once(concat('id-', ${a})) |
)");
  Interview it(form);
  std::string first = it.value("id");
  it.set("a", "x");
  CHECK(first == "id-");
  CHECK(it.value("id") == first);
}

TEST_CASE("volatile: a random value stays while nothing it reads changes, and on resuming") {
  Form form(R"(
| survey | type      | name | label | calculation |
|        | text      | a    | A     |             |
|        | calculate | dice |       | random()    |
)");
  Interview it(form);
  std::string first = it.value("dice");
  CHECK_FALSE(first.empty());
  it.set("a", "x");
  CHECK(it.value("dice") == first);
  engine::Session again = it.resumed();
  CHECK(again.value(again.find(it.session().path(it.at("dice")))) == first);
}

TEST_CASE("judgement: what has no screen never stands in the way of finishing") {
  Form form(support::xform("<a/><b/><c/>",
                           "<bind nodeset='/data/a' type='int'/>"
                           "<bind nodeset='/data/b' required='true()' type='string'/>"
                           "<bind nodeset='/data/c' type='int' calculate='/data/a' constraint='. &gt; 5'/>",
                           "<input ref='/data/a'><label>A</label></input>"));
  Interview it(form);
  it.set("a", "3");
  CHECK(it.value("c") == "3");
  CHECK(it.session().check().empty());
}

TEST_CASE("judgement: constraint not on blank, required by expression, never on what is hidden") {
  Form form(R"(
| survey | type    | name | label | constraint          | required    | relevant  | constraint_message |
|        | text    | who  | Who   |                     |             |           | |
|        | integer | age  | Age   | . >= 0 and . < 120  | ${who} != '' |          | Between 0 and 120, ${who} |
|        | text    | more | More  |                     | yes         | ${age} > 5 | |
)");
  Interview it(form);
  CHECK(it.session().check().empty());
  it.set("who", "Amal");
  REQUIRE(it.session().check().size() == 1);
  CHECK(it.session().check()[0].judgement == Judgement::required_missing);
  CHECK(it.set("age", "130").judgement == Judgement::constraint_failed);
  CHECK(it.value("age") == "130");
  REQUIRE(it.session().check().size() == 2);
  CHECK(it.session().check()[0].message == "Between 0 and 120, Amal");
  CHECK(it.session().judge(it.at("age"), "7") == Judgement::fine);
  CHECK(it.session().judge(it.at("age"), "-1") == Judgement::constraint_failed);
  it.set("age", "4");
  CHECK(it.session().check().empty());
}

TEST_CASE("texts: ${} is put in the asked language, which falls back to the default one, then to any") {
  Form form(R"(
| survey  | type | name | label::English (en) | label::Français (fr) | label::Türkçe (tr) |
|         | text | who  | Name                | Nom                  |    |
|         | note | hi   | Hello ${who}        | Bonjour ${who}       |    |
|         | note | tr   |                     |                      | Merhaba |
| settings | default_language |
|          | Français (fr)    |
)");
  Interview it(form);
  it.set("who", "Amal");
  const auto& s = it.session();
  auto text = [&](const char* place, int language) {
    return s.text(form.survey().nodes[s.definition_of(it.at(place))].label, it.at(place), language);
  };
  CHECK(text("hi", 0) == "Hello Amal");
  CHECK(text("hi", 2) == "Bonjour Amal");
  CHECK(text("tr", 0) == "Merhaba");
}
