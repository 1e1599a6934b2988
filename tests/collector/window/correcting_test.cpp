// Correcting a finished interview: what is typed is not sealed until its field is left, and is never lost unsaid.
#include "tests/collector/window/sat.h"

using namespace support;

namespace {


std::string sealed_sign() {
  return app::Strings("en").tr("interview.saved.label");
}
std::string unsealed_sign() {
  return app::Strings("en").tr("interview.unsaved.label");
}

// Types an age over the one that stands there, and stays in the field.
void type_age(Sat& sat, const std::string& age) {
  sat.go("age");
  REQUIRE(sat.kit->focus() == "field.age");
  for (int n = 0; n < 3; ++n) sat.key(Key::backspace);
  sat.type(age);
  sat.stage->draw();
}

}  // namespace

TEST_CASE("a correction: while it is typed the sign says that it is not sealed, and Enter seals it") {
  Sat sat;
  sat.correct();
  sat.go("age");
  CHECK(sat.shows(sealed_sign()));
  type_age(sat, "41");
  CHECK(!sat.view().saved);
  CHECK(sat.shows(unsealed_sign()));
  CHECK(!sat.shows(sealed_sign()));
  sat.key(Key::enter);
  sat.go("age");
  CHECK(sat.view().saved);
  CHECK(sat.value("age") == "41");
  sat.unlock();
  sat.reopen();
  CHECK(sat.at("age").value == "41");
}

TEST_CASE("a correction: leaving by Esc, F12, a menu, another interview or the end of the program seals what was typed") {
  struct Way {
    const char* name;
    std::function<void(Sat&)> leave;
  };
  const Way ways[] = {{"Esc", [](Sat& s) { s.key(Key::escape); }},
                      {"F12", [](Sat& s) { s.key(Key::f12); }},
                      {"F5", [](Sat& s) { s.key(Key::f5); }},
                      {"help", [](Sat& s) { s.apply(app::Visit{app::Go::help}); }},
                      {"a second interview, out of its menu", [](Sat& s) { s.apply(app::OpenBeside{"visit", ""}); }},
                      {"a found question, out of the menu", [](Sat& s) { s.apply(app::JumpTo{"case_code"}); }},
                      {"the window is closed", [](Sat& s) { s.stage->keep_pending(); }}};
  for (const Way& way : ways) {
    CAPTURE(way.name);
    Sat sat;
    sat.correct();
    type_age(sat, "52");
    way.leave(sat);
    sat.unlock();
    sat.reopen();
    CHECK(sat.at("age").value == "52");
    CHECK(sat.view().saved);
  }
}

TEST_CASE("a correction: a machine that goes out while one types loses nothing; it stands there again, not yet sealed") {
  Sat sat;
  sat.correct();
  type_age(sat, "63");
  sat.unlock();
  sat.reopen();
  CHECK(sat.view().focus == "age");
  CHECK(sat.question("age").value == "34");
  CHECK(sat.question("age").shown == "63");
  CHECK(!sat.view().saved);
  CHECK(sat.shows(app::Strings("en").tr("correction.typed_again.notice")));
  sat.apply(app::Answer{"age", "63"});
  CHECK(sat.view().saved);
  sat.unlock();
  sat.reopen();
  CHECK(sat.at("age").value == "63");
  CHECK(sat.view().saved);
}

TEST_CASE("a correction: what was typed and not sealed is not kept longer than the interview can be read") {
  Sat sat;
  sat.correct();
  type_age(sat, "77");
  sat.campaign.clock().advance_ms(int64_t{40} * 24 * 3600 * 1000);
  sat.unlock();
  auto profile = app::Profile::open(sat.campaign.workspace(), "amina", words, sat.campaign.world());
  if (profile) CHECK((*profile)->vault().setting("correction.typed").empty());
}
