// What an answer is stored as, by its question's type; what the type cannot hold is not stored.
#include "tests/forms/engine/interview.h"
#include "tests/support/xforms.h"

using support::Form;
using support::Interview;

TEST_CASE("cast: an answer is stored as its type holds it") {
  struct Case {
    std::string type, given, stored;
  };
  const Case cases[] = {
      {"int", "34", "34"},
      {"int", " 34 ", "34"},
      {"int", "34.9", "34"},
      {"int", "-0", "0"},
      {"int", "2147483647", "2147483647"},
      {"int", "2147483648", ""},
      {"int", "many", ""},
      {"int", "1e3", ""},
      {"decimal", "3.50", "3.50"},
      {"decimal", "1e-3", ""},
      {"decimal", "x", ""},
      {"decimal", "99999999999999999999", "99999999999999999999"},
      {"date", "2026-11-24", "2026-11-24"},
      {"date", "2026-02-30", ""},
      {"date", "24.11.2026", ""},
      {"date", "2026-11-24T10:00:00.000+01:00", ""},
      {"dateTime", "2026-11-24T10:00:00.000+01:00", "2026-11-24T10:00:00.000+01:00"},
      {"dateTime", "2026-11-24", "2026-11-24"},
      {"dateTime", "2026-11-24T25:00:00", ""},
      {"time", "14:30:00.000+01:00", "14:30:00.000+01:00"},
      {"time", "14:30:00", "14:30:00"},
      {"time", "14:30", ""},
      {"time", "24:30:00", ""},
      {"geopoint", "34.02 -6.83 0 0", "34.02 -6.83 0 0"},
      {"geopoint", "34.02 -6.83", "34.02 -6.83"},
      {"geopoint", "91 0", ""},
      {"geopoint", "34.02", ""},
      {"geotrace", "34 -6 0 0;35 -6 0 0", "34 -6 0 0;35 -6 0 0"},
      {"geotrace", "34 -6 0 0;north", ""},
      {"geoshape", "34 -6 0 0;35 -6 0 0;34 -5 0 0;34 -6 0 0", "34 -6 0 0;35 -6 0 0;34 -5 0 0;34 -6 0 0"},
      {"string", "  kept as typed\n", "  kept as typed\n"},
      {"string", "مرحبا", "مرحبا"},
      {"boolean", "true", "true"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.type);
    CAPTURE(c.given);
    Form form(support::xform("<a/>", "<bind nodeset='/data/a' type='" + c.type + "'/>",
                             "<input ref='/data/a'><label>A</label></input>"));
    Interview it(form);
    it.set("a", c.given);
    CHECK(it.value("a") == c.stored);
  }
}

TEST_CASE("cast: what a calculation gives is cut to the type, and a moment to its day") {
  struct Case {
    std::string type, calculation, stored;
  };
  const Case cases[] = {
      {"int", "7 div 2", "3"},
      {"int", "-7 div 2", "-3"},
      {"int", "'x'", ""},
      {"decimal", "7 div 2", "3.5"},
      {"decimal", "1 div 0", "Infinity"},
      {"decimal", "0 div 0", ""},
      {"date", "today()", "2026-11-24"},
      {"date", "now()", "2026-11-24"},
      {"date", "date('2026-11-24') + 1", "2026-11-25"},
      {"dateTime", "date('2026-11-24')", "2026-11-24"},
      {"string", "7 div 2", "3.5"},
      {"string", "true()", "true"},
      {"string", "100000 * 100000 * 100000", "1000000000000000"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.type);
    CAPTURE(c.calculation);
    Form form(support::xform(
        "<a/>", "<bind nodeset='/data/a' type='" + c.type + "' calculate=\"" + c.calculation + "\"/>",
        "<input ref='/data/a'><label>A</label></input>"));
    Interview it(form);
    CHECK(it.value("a") == c.stored);
  }
}
