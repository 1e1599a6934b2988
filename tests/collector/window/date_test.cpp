// Dates by the calendar's panel, with keys and with the mouse, on a real interview.
#include "tests/collector/window/held.h"

using namespace support;

TEST_CASE("calendar: opening it stores nothing, on an empty date and on an answered one (it stored 1970-01-01)") {
  for (const std::string id : {"date", "month", "islamic", "moment"}) {
    CAPTURE(id);
    Held held;
    held.go(id);
    held.key(Key::down, true);
    CHECK(held.value(id).empty());
    CHECK(kit_focus_is(*held.kit, "calendar." + id));  // it stays open, the keyboard is in it
    held.key(Key::escape);
    CHECK(held.value(id).empty());
    held.stage->apply(app::Answer{id, id == "moment" ? "2026-11-24 10:15" : "2026-11-24"});
    std::string stored = held.value(id);
    REQUIRE(stored.starts_with("2026-11"));
    held.stage->draw();
    held.kit->focus("calendar.open." + id);
    held.key(Key::space);
    CHECK(held.value(id) == stored);
    held.click("calendar.open." + id);  // closed by the mouse, and opened
    held.click("calendar.open." + id);
    CHECK(held.value(id) == stored);
    CHECK(held.widget("calendar." + id));
  }
}

TEST_CASE("calendar: a day is taken by arrows and Enter, and Ctrl+Z brings the one before back") {
  Held held;
  held.go("date");
  held.stage->apply(app::Answer{"date", "2026-11-20"});
  held.clock.advance_ms(5000);
  held.key(Key::down, true);
  held.key(Key::right);
  held.key(Key::down);
  held.key(Key::enter);
  CHECK(held.value("date") == "2026-11-28");
  CHECK(!held.widget("calendar.date"));
  CHECK(kit_focus_is(*held.kit, "field.date"));
  held.letter('Z');
  CHECK(held.value("date") == "2026-11-20");
}

TEST_CASE("calendar: a day, a month and another month's arrow are pressed with the mouse") {
  for (const char* language : {"en", "ar"}) {
    CAPTURE(language);
    Held held(language);
    held.go("date");
    held.click("calendar.open.date");
    held.click("calendar.before.date");
    CHECK(held.value("date").empty());
    held.click("day.date.2026-10-09");
    CHECK(held.value("date") == "2026-10-09");
    held.go("month");
    held.click("calendar.open.month");
    held.click("day.month.2026-03-01");
    CHECK(held.value("month").starts_with("2026-03"));
    held.go("islamic");
    held.click("calendar.open.islamic");
    held.click("calendar.today.islamic");
    CHECK(held.value("islamic") == "2026-11-24");
  }
}
