// Forms made by mistake or by malice: a bound is met, the question is named, and the interview goes on.
#include "tests/forms/engine/interview.h"

using engine::Fault;
using support::Form;
using support::Interview;

namespace {

std::string head(const std::string& columns) {
  return "| survey | type | name | label | " + columns + " |\n";
}

std::string told(const Interview& it) {
  std::string out;
  for (const Fault& fault : it.session().faults()) {
    const char* why[] = {"too_long", "too_much_text", "too_many_instances", "never_rests", "no_function"};
    out += it.session().survey().nodes[fault.definition].name + " " + why[static_cast<int>(fault.why)] + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("bounds: a text that doubles at every step ends, blank, and is named") {
  std::string rows = head("calculation") + "| | text | t0 | T | |\n";
  for (int i = 1; i < 60; ++i) {
    std::string before = "${t" + std::to_string(i - 1) + "}";
    rows += "| | calculate | t" + std::to_string(i) + " | | concat(" + before + ", " + before + ") |\n";
  }
  Form form(rows);
  Interview it(form);
  it.set("t0", "abcd");
  CHECK(told(it) == "t21 too_much_text\n");
  CHECK(it.value("t20").size() == size_t{4} << 20);
  CHECK(it.value("t21") == "");
  it.set("t0", "");
  CHECK(it.value("t20") == "");
}

TEST_CASE("bounds: a count beyond reason makes as many as may be, and the repeat is named") {
  Form form(head("repeat_count") +
            "| | integer | n | N | |\n"
            "| | begin repeat | r | R | ${n} |\n| | text | a | A | |\n| | end repeat | | | |\n");
  Interview it(form);
  it.set("n", "2147483647");
  CHECK(told(it) == "r too_many_instances\n");
  CHECK(it.session().instances(0, form.survey().by_identity("r")).size() == engine::limits::instances);
  it.set("n", "2");
  CHECK(it.session().instances(0, form.survey().by_identity("r")).size() == 2);
}

TEST_CASE("bounds: repeats in repeats in repeats stop before memory does") {
  std::string rows = head("repeat_count");
  for (const char* name : {"a", "b", "c"})
    rows += "| | begin repeat | " + std::string(name) + " | R | 9000 |\n";
  rows += "| | text | q | Q | |\n";
  for (int i = 0; i < 3; ++i) rows += "| | end repeat | | | |\n";
  Form form(rows);
  Interview it(form);
  CHECK(told(it).find("too_many_instances") != std::string::npos);
  CHECK(it.session().exists(0));
}

TEST_CASE("bounds: a rule that looks at everything for everything is blank and named") {
  Form form(head("calculation | repeat_count") +
            "| | begin repeat | r | R | | 2000 |\n| | integer | a | A | | |\n| | end repeat | | | | |\n"
            "| | calculate | c | | count(/data/r[count(/data/r[a > 1]) > count(/data/r[a > 2])]) | |\n"
            "| | integer | after | A | | |\n"
            "| | calculate | d | | ${after} + 1 | |\n");
  Interview it(form);
  CHECK(told(it) == "c too_long\n");
  CHECK(it.value("c") == "");
  it.set("after", "4");
  CHECK(it.value("d") == "5");
}

TEST_CASE("bounds: triggers that call each other are stopped and named") {
  Form form(head("calculation | trigger") +
            "| | decimal | a | A | random() | ${b} |\n"
            "| | decimal | b | B | random() | ${a} |\n");
  Interview it(form);
  it.set("a", "1");
  CHECK(told(it).find("never_rests") != std::string::npos);
}

TEST_CASE("bounds: a constraint that takes too long stands in nobody's way") {
  Form form(head("constraint | repeat_count") +
            "| | begin repeat | r | R | | 2000 |\n| | integer | a | A | | |\n| | end repeat | | | | |\n"
            "| | integer | q | Q | count(/data/r[count(/data/r[a > 1]) = 7]) > 0 | |\n");
  Interview it(form);
  CHECK(it.set("q", "4").judgement == engine::Judgement::fine);
  CHECK(told(it) == "q too_long\n");
  CHECK(it.session().check().empty());
}
