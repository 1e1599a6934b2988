// Repeats: counted and added, nested, and what reads across their instances.
#include "tests/forms/engine/interview.h"

using support::Form;
using support::Interview;

TEST_CASE("repeat: one that a person adds to starts with one instance") {
  Form form(R"(
| survey | type         | name | label | calculation |
|        | begin repeat | p    | P     | |
|        | text         | a    | A     | |
|        | end repeat   |      |       | |
|        | calculate    | n    |       | count(${p}) |
|        | calculate    | all  |       | join(',', ${a}) |
)");
  Interview it(form);
  CHECK(it.value("n") == "1");
  it.set("p[1]/a", "x");
  it.add("", "p");
  it.set("p[2]/a", "y");
  it.add("", "p");
  CHECK(it.value("n") == "3");
  CHECK(it.value("all") == "x,y,");
  it.remove("p[1]");
  CHECK(it.value("n") == "2");
  CHECK(it.value("all") == "y,");
}

TEST_CASE("repeat: removing one in the middle renumbers position(..)") {
  Form form(R"(
| survey | type         | name | label | calculation |
|        | begin repeat | p    | P     | |
|        | calculate    | no   |       | position(..) |
|        | text         | a    | A     | |
|        | end repeat   |      |       | |
)");
  Interview it(form);
  it.add("", "p");
  it.add("", "p");
  engine::NodeId third = it.at("p[3]");
  CHECK(it.value("p[3]/no") == "3");
  it.remove("p[2]");
  CHECK(it.at("p[2]") == third);
  CHECK(it.value("p[2]/no") == "2");
}

TEST_CASE(
    "repeat: a count follows its question; a smaller one puts the last aside, a larger brings them back") {
  Form form(R"(
| survey | type         | name | label | repeat_count | calculation |
|        | integer      | n    | N     |              | |
|        | calculate    | twice |      |              | ${n} * 2 |
|        | begin repeat | p    | P     | ${twice}     | |
|        | text         | a    | A     |              | |
|        | end repeat   |      |       |              | |
|        | calculate    | all  |       |              | join(',', ${a}) |
)");
  Interview it(form);
  CHECK(it.at("p") == engine::no_id);
  it.set("n", "2");
  it.set("p[1]/a", "a");
  it.set("p[4]/a", "d");
  CHECK(it.value("all") == "a,,,d");
  engine::Change change = it.set("n", "1");
  CHECK(change.removed.size() == 2);
  CHECK(it.value("all") == "a,");
  CHECK(it.session().saved_values().size() == 4);  // n, twice, a, all
  it.set("n", "2");
  CHECK(it.value("all") == "a,,,d");
  CHECK_FALSE(it.session().may_add(0, form.survey().by_identity("p")));
}

TEST_CASE("repeat: a count of 4 from the start, nested, each with its own") {
  Form form(R"(
| survey | type         | name | label | repeat_count | calculation |
|        | begin repeat | p    | P     | 2            | |
|        | integer      | kids | Kids  |              | |
|        | begin repeat | k    | K     | ${kids}      | |
|        | integer      | age  | Age   |              | |
|        | end repeat   |      |       |              | |
|        | calculate    | sum  |       |              | sum(${age}) |
|        | end repeat   |      |       |              | |
|        | calculate    | total |      |              | sum(${age}) |
|        | calculate    | kidsum |     |              | sum(${kids}) |
)");
  Interview it(form);
  it.set("p[1]/kids", "2");
  it.set("p[2]/kids", "1");
  it.set("p[1]/k[1]/age", "1");
  it.set("p[1]/k[2]/age", "2");
  it.set("p[2]/k[1]/age", "10");
  CHECK(it.value("p[1]/sum") == "3");
  CHECK(it.value("p[2]/sum") == "10");
  CHECK(it.value("total") == "13");
  CHECK(it.value("kidsum") == "3");
  it.set("p[1]/kids", "1");
  CHECK(it.value("p[1]/sum") == "1");
  CHECK(it.value("total") == "11");
}

TEST_CASE("repeat: what is read is the nearest instance") {
  Form form(R"(
| survey | type         | name | label | calculation | relevant |
|        | begin repeat | p    | P     | | |
|        | integer      | a    | A     | | |
|        | calculate    | b    |       | ${a} * 10 | |
|        | calculate    | c    |       | /data/p/a * 100 | |
|        | text         | d    | D     | | ${a} = 2 |
|        | end repeat   |      |       | | |
|        | calculate    | first |      | ${a} | |
)");
  Interview it(form);
  it.add("", "p");
  it.set("p[1]/a", "1");
  it.set("p[2]/a", "2");
  CHECK(it.value("p[1]/b") == "10");
  CHECK(it.value("p[2]/b") == "20");
  CHECK(it.value("p[2]/c") == "200");
  CHECK_FALSE(it.relevant("p[1]/d"));
  CHECK(it.relevant("p[2]/d"));
  CHECK(it.value("first") == "1");
  it.remove("p[1]");
  CHECK(it.value("first") == "2");
}

TEST_CASE("repeat: a relevance on the repeat hides each instance by its own answers") {
  Form form(R"(
| survey | type         | name | label | relevant | calculation |
|        | text         | show | Show  | | |
|        | begin repeat | p    | P     | ${show} = 'y' | |
|        | text         | a    | A     | | |
|        | end repeat   |      |       | | |
|        | calculate    | n    |       | | count(${p}) |
|        | calculate    | all  |       | | join(',', ${a}) |
)");
  Interview it(form);
  it.set("p[1]/a", "x");
  CHECK(it.value("n") == "0");
  CHECK(it.value("all") == "");
  it.set("show", "y");
  CHECK(it.value("n") == "1");
  CHECK(it.value("all") == "x");
}

TEST_CASE("repeat: a path is for good: it finds its node after others went") {
  Form form(R"(
| survey | type         | name | label |
|        | begin repeat | p    | P     |
|        | text         | a    | A     |
|        | end repeat   |      |       |
)");
  Interview it(form);
  it.add("", "p");
  it.set("p[2]/a", "second");
  engine::Path path = it.session().path(it.at("p[2]/a"));
  it.remove("p[1]");
  CHECK(it.session().find(path) == it.at("p[1]/a"));
  CHECK(it.value("p[1]/a") == "second");
  engine::Session again = it.resumed();
  CHECK(again.value(again.find(path)) == "second");
}
