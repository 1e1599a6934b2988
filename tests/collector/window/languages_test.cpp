// Messages beside a question follow the language: they stayed in the one they were first said in.
#include "tests/collector/window/held.h"

using namespace support;

namespace {

const Sheets form{
    "type,name,label::English (en),label::Français (fr),required,constraint,constraint_message::English (en),"
    "constraint_message::Français (fr),required_message::English (en),required_message::Français (fr)\n"
    "integer,age,Age?,Âge ?,,. >= 18,Eighteen or more.,Dix-huit ans ou plus.,,\n"
    "text,name,Name?,Nom ?,yes,,,,Please give a name.,Donnez un nom.\n"
    "integer,children,Children?,Enfants ?,yes,. >= 0,,,,\n",
    "list_name,name,label::English (en)\nyn,yes,Yes\n"};

}  // namespace

TEST_CASE("the message beside a question changes with the language of the questions (it stayed in the old one)") {
  Held held(form);
  held.stage->apply(app::Answer{"age", "7"});
  CHECK(held.question("age").problem == "Eighteen or more.");
  held.stage->apply(app::ReadIn{1, -1});
  CHECK(held.question("age").problem == "Dix-huit ans ou plus.");
  held.stage->apply(app::ReadIn{0, -1});
  CHECK(held.question("age").problem == "Eighteen or more.");
  held.go("name");
  held.key(Key::enter);
  CHECK(held.question("name").problem == "Please give a name.");
  held.stage->apply(app::ReadIn{1, -1});
  CHECK(held.question("name").problem == "Donnez un nom.");
  CHECK(held.shows("Donnez un nom."));
}

TEST_CASE("the program's own message changes with the interface's language (it stayed in the old one)") {
  Held held(form);
  app::Strings english("en"), turkish("tr"), arabic("ar");
  held.go("children");
  held.key(Key::enter);
  CHECK(held.question("children").problem == english.tr("interview.required.problem"));
  held.stage->apply(app::ChangeInterface{"tr"});
  CHECK(held.question("children").problem == turkish.tr("interview.required.problem"));
  held.stage->apply(app::Answer{"children", "many"});
  CHECK(held.question("children").problem == turkish.tr("interview.whole_number.problem"));
  held.stage->apply(app::ChangeInterface{"ar"});
  CHECK(held.question("children").problem == arabic.tr("interview.whole_number.problem"));
  held.stage->apply(app::Answer{"children", "-1"});
  CHECK(held.question("children").problem == arabic.tr("interview.rule.problem"));
  held.stage->apply(app::ChangeInterface{"en"});
  CHECK(held.question("children").problem == english.tr("interview.rule.problem"));
}
