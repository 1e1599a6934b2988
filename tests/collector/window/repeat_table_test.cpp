// A repeat as a table, by keys alone, on a real interview: what is typed in a cell is the answer of its question.
#include "tests/collector/window/held.h"

using namespace support;

namespace {

const char* survey_sheet =
    "type,name,label::English (en),label::العربية (ar),relevant,constraint,required\n"
    "text,town,Which town?,أي مدينة؟,,,\n"
    "begin_repeat,person,Person,شخص,,,\n"
    "text,name,What is the name?,ما الاسم؟,,,yes\n"
    "integer,age,How old is ${name}?,كم عمر ${name}؟,,. < 120,\n"
    "select_one yn,works,Does ${name} work?,هل يعمل ${name}؟,${age} > 15,,\n"
    "date,since,Since when?,منذ متى؟,${works} = 'yes',,\n"
    "note,thanks,Thank you,شكرا,,,\n"
    "end_repeat,,,,,,\n"
    "text,last,Anything else?,شيء آخر؟,,,\n";

const char* choices_sheet =
    "list_name,name,label::English (en),label::العربية (ar)\nyn,yes,Yes,نعم\nyn,no,No,لا\n";

struct Table : Held {
  explicit Table(const std::string& language = "en") : Held({survey_sheet, choices_sheet}, nullptr, language) {}
  std::string column(const std::string& name) {  // of all rows
    std::string out;
    for (size_t n = 1; n <= view().repeat->instances.size(); ++n)
      out += (n > 1 ? "," : "") + value("person[" + std::to_string(n) + "]/" + name);
    return out;
  }
  // From the first page into the table with one row.
  void open() {
    key(Key::enter);
    letter('T');
    REQUIRE(view().repeat);
    REQUIRE(view().repeat->table);
  }
  void fill(const std::string& name, const std::string& age) {
    type(name);
    key(Key::enter);
    type(age);
    key(Key::enter);
  }
};

}  // namespace

TEST_CASE("repeat table: rows are filled from cell to cell, added and read, without the mouse") {
  for (const char* language : {"en", "ar"}) {
    CAPTURE(language);
    Table t(language);
    t.open();
    CHECK(kit_focus_is(*t.kit, "field.person[1]/name"));
    CHECK(t.view().repeat->columns.size() == 4);
    t.fill("Amal", "34");
    CHECK(t.view().focus == "person[1]/works");  // relevant once the age was said
    t.key(Key::digit, false, false, 1);
    CHECK(t.value("person[1]/works") == "yes");
    CHECK(t.view().focus == "person[1]/since");
    t.type("1/2/2020");
    t.key(Key::enter);
    CHECK(t.value("person[1]/since") == "2020-02-01");
    CHECK(kit_focus_is(*t.kit, "repeat.add"));
    t.key(Key::enter);
    REQUIRE(t.view().repeat->instances.size() == 2);
    t.stage->draw();
    CHECK(kit_focus_is(*t.kit, "field.person[2]/name"));
    t.fill("Bilal", "9");  // too young to be asked more
    CHECK(t.column("name") == "Amal,Bilal");
    CHECK(t.view().repeat->instances[1].cells[2] == -1);
    t.key(Key::page_down);
    CHECK(t.view().questions.front().id == "last");  // no page of thanks for each: all they were asked stands in the table
  }
}

TEST_CASE("repeat table: arrows walk, and leave a field at the end of its text") {
  Table t;
  t.open();
  t.fill("Amal", "34");
  t.key(Key::digit, false, false, 2);  // works: no
  t.key(Key::enter);
  t.fill("Bilal", "40");
  CHECK(t.view().focus == "person[2]/works");
  t.key(Key::up);
  CHECK(t.view().focus == "person[1]/works");
  t.key(Key::left);
  CHECK(t.view().focus == "person[1]/age");
  t.key(Key::home);
  t.key(Key::left);
  CHECK(t.view().focus == "person[1]/name");
  t.key(Key::home);
  t.key(Key::right);  // inside the text
  CHECK(t.view().focus == "person[1]/name");
  t.key(Key::end);
  t.key(Key::right);
  CHECK(t.view().focus == "person[1]/age");
  t.key(Key::down);
  t.type("5");  // typed where the caret came to stand
  t.key(Key::up);
  CHECK(t.value("person[2]/age").size() == 3);  // kept when its cell was left
  CHECK(t.view().repeat->columns[1] == "How old is Amal?");
  t.key(Key::tab);
  CHECK(t.view().focus == "person[1]/works");
}

TEST_CASE("repeat table: a row is moved, copied and removed by keys, and the keyboard goes along") {
  Table t;
  t.open();
  t.fill("Amal", "34");
  t.key(Key::digit, false, false, 2);
  t.key(Key::enter);
  t.fill("Bilal", "9");
  t.key(Key::enter);
  t.fill("Chafik", "7");
  CHECK(t.column("name") == "Amal,Bilal,Chafik");
  t.key(Key::tab);  // from the button back into the table
  for (int n = 0; n < 40 && !kit_focus_is(*t.kit, "field.person[3]/name"); ++n) t.key(Key::tab);
  CHECK(t.view().focus == "person[3]/name");
  t.key(Key::up, true);
  CHECK(t.column("name") == "Amal,Chafik,Bilal");
  CHECK(t.column("age") == "34,7,9");
  CHECK(t.view().focus == "person[2]/name");
  CHECK(kit_focus_is(*t.kit, "field.person[2]/name"));
  t.key(Key::up, true);
  t.key(Key::up, true);  // no further than the first
  CHECK(t.column("name") == "Chafik,Amal,Bilal");
  t.key(Key::erase, false, true);
  CHECK(t.view().repeat->instances.size() == 3);  // asked once more
  t.key(Key::erase, false, true);
  CHECK(t.column("name") == "Amal,Bilal");
  CHECK(t.view().focus == "person[1]/name");
  t.letter('Z');
}

TEST_CASE("repeat table: a required cell keeps the page, with its reason, and one goes back to pages where one was") {
  Table t;
  t.open();
  t.key(Key::enter);
  t.type("200");
  t.key(Key::enter);
  CHECK(t.view().questions[1].problem.empty() == false);
  t.key(Key::page_up);
  t.key(Key::enter);
  REQUIRE(t.view().repeat);
  for (const Widget& w : t.kit->registry())
    if (w.id == "interview.next") CHECK(w.enabled);
  t.desk->apply(app::NextPage{});
  REQUIRE(t.view().repeat);  // the name is required
  CHECK(t.view().focus == "person[1]/name");
  CHECK(!t.view().questions[0].problem.empty());
  t.letter('T');
  CHECK(!t.view().repeat);
  CHECK(t.view().questions.front().id == "person[1]/name");
  t.letter('T');
  CHECK(t.view().repeat->table);
}

TEST_CASE("repeat list: one of several is moved by its buttons and by Alt and an arrow") {
  Table t;
  t.key(Key::enter);
  for (const char* name : {"Amal", "Bilal"}) {
    t.type(name);
    for (int n = 0; n < 9 && !t.view().repeat; ++n) t.key(Key::page_down);
    REQUIRE(t.view().repeat);
    if (std::string(name) == "Amal") t.key(Key::digit, false, false, 1);
  }
  auto names = [&] { return t.view().repeat->instances[0].label + t.view().repeat->instances[1].label; };
  CHECK(names() == "AmalBilal");
  for (int n = 0; n < 40 && !kit_focus_is(*t.kit, "repeat.up.person[2]"); ++n) t.key(Key::tab);
  t.key(Key::enter);
  CHECK(names() == "BilalAmal");
  CHECK(kit_focus_is(*t.kit, "repeat.down.person[1]"));
  t.key(Key::down, true);
  CHECK(names() == "AmalBilal");
}
