// What is typed is stored while it is typed, as far as it is whole; the sign at the top says the truth about it.
#include "collector/app/interview.h"
#include "tests/collector/window/held.h"

using namespace support;

namespace {

const Sheets typed_form{
    "type,name,label::English (en),constraint,constraint_message::English (en),repeat_count,appearance,parameters\n"
    "integer,age,How old are you?,. >= 18,Eighteen or more.,,,\n"
    "text,code,Which code?,\"regex(., '[A-Z]{2}[0-9]{2}')\",Two letters and two digits.,,,\n"
    "integer,members,How many members?,,,,,\n"
    "begin_repeat,member,Member,,,${members},,\n"
    "text,called,What is the name?,,,,,\n"
    "end_repeat,,,,,,,\n"
    "begin_group,both,Both,,,,field-list,\n"
    "integer,rooms,How many rooms?,. > 2,More than two.,,,\n"
    "text,other,Anything else?,,,,,\n"
    "end_group,,,,,,,\n"};

bool is_ticked(Held& held) {
  return held.view().saved;
}

}  // namespace

TEST_CASE("typing: a number, a date, a time, a place and a scale's number are stored with each key (the tick lied)") {
  struct Case {
    std::string id, half, rest, stored;
  };
  for (const Case& one : std::vector<Case>{{"age", "", "16", "16"},
                                           {"cost", "12", ".5", "12.5"},
                                           {"date", "24/11/20", "26", "2026-11-24"},
                                           {"month", "11/20", "26", "2026-11"},
                                           {"time", "10", ":15", "10:15"},
                                           {"point", "33.97", " -6.85", "33.97 -6.85"},
                                           {"picker", "3", "5", "35"}}) {
    CAPTURE(one.id);
    Held held;
    held.go(one.id);
    REQUIRE(kit_focus_is(*held.kit, "field." + one.id));
    held.type(one.half + one.rest);
    CHECK(held.value(one.id).starts_with(one.stored));
    CHECK(is_ticked(held));
    CHECK(held.kit->editing("field." + one.id).text == one.half + one.rest);  // as it was typed
    CHECK(held.question(one.id).problem.empty());
  }
}

TEST_CASE("typing: half a date is kept in the field, has no tick and no warning, and is refused once it is left") {
  Held held;
  held.go("date");
  held.type("24/11");
  CHECK(held.value("date").empty());
  CHECK(!is_ticked(held));
  CHECK(held.question("date").problem.empty());
  CHECK(held.question("date").in_words.empty());
  held.key(Key::enter);
  CHECK(held.view().focus == "date");
  CHECK(!held.question("date").problem.empty());
  CHECK(held.kit->editing("field.date").text == "24/11");
  held.type("/2026");
  CHECK(held.value("date") == "2026-11-24");
  CHECK(held.question("date").problem.empty());
  CHECK(is_ticked(held));
  held.key(Key::enter);
  CHECK(held.view().questions.front().id == "month");
}

TEST_CASE("typing: 1 of 18 is no wrong answer yet; what is wrong is said when the field is left") {
  Held held(typed_form);
  held.type("1");
  CHECK(held.value("age") == "1");
  CHECK(held.question("age").problem.empty());
  held.key(Key::enter);
  CHECK(held.question("age").problem == "Eighteen or more.");
  held.type("8");
  CHECK(held.question("age").problem.empty());
  held.key(Key::enter);
  REQUIRE(held.view().focus == "code");
  held.type("MA");
  CHECK(held.value("code") == "MA");
  CHECK(held.question("code").problem.empty());
  held.key(Key::enter);
  CHECK(held.question("code").problem == "Two letters and two digits.");
}

TEST_CASE("typing: on a page of several, a field that is left by Tab or the mouse is judged") {
  for (bool mouse : {false, true}) {
    CAPTURE(mouse);
    Held held(typed_form);
    held.go("rooms");
    held.type("1");
    CHECK(held.question("rooms").problem.empty());
    if (mouse)
      held.click("field.other");
    else
      held.key(Key::tab);
    CHECK(kit_focus_is(*held.kit, "field.other"));
    CHECK(held.question("rooms").problem == "More than two.");
    held.type("x");
    CHECK(held.value("other") == "x");
    CHECK(kit_focus_is(*held.kit, "field.other"));
  }
}

TEST_CASE("typing: a count on its way from 3 to 12 takes no instance away with what was answered in it") {
  Held held(typed_form);
  held.go("members");
  held.type("3");
  held.key(Key::enter);
  for (const char* name : {"Amal", "Bilal", "Cemil"}) {
    held.type(name);
    held.key(Key::enter);
  }
  held.go("members");
  held.letter('A');
  held.type("1");
  CHECK(held.value("members") == "3");
  CHECK(!is_ticked(held));
  held.type("2");
  CHECK(held.value("members") == "12");
  CHECK(is_ticked(held));
  held.go("member[3]/called");
  CHECK(held.value("member[3]/called") == "Cemil");
  held.go("members");
  held.letter('A');
  held.type("1");
  held.key(Key::enter);  // meant
  held.go("members");
  CHECK(held.value("members") == "1");
}

TEST_CASE("typing: taking back a number takes back all its digits, and an earlier answer stays") {
  Held held(typed_form);
  held.type("34");
  held.key(Key::enter);
  held.clock.advance_ms(10'000);
  held.go("age");
  held.letter('A');
  held.type("57");
  held.key(Key::enter);
  CHECK(held.view().focus == "code");
  held.letter('Z');
  held.go("age");
  CHECK(held.value("age") == "34");
}
