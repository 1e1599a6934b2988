#include <doctest/doctest.h>

#include "forms/base/time.h"

TEST_CASE("time: days and dates are each other's reverse") {
  for (int64_t day = -800000; day < 800000; day += 997)
    CHECK(base::days_from_civil(base::civil_from_days(day)) == day);
  CHECK(base::days_from_civil({1970, 1, 1}) == 0);
  CHECK(base::days_from_civil({2026, 11, 24}) == 20781);
}

TEST_CASE("time: dates are read strictly") {
  CHECK(base::parse_date("2024-02-29"));
  for (const char* bad :
       {"2023-02-29", "2024-13-01", "2024-1-1", "24-01-01", "2024/01/01", "", "2024-01-01x"})
    CHECK_FALSE(base::parse_date(bad));
  CHECK(base::parse_date("2024-01-01T10:00").value() == base::Date{2024, 1, 1});
}

TEST_CASE("time: instants keep their offset") {
  auto at = base::parse_instant("2026-11-24T11:05:00.250+01:00", 0);
  REQUIRE(at);
  CHECK(base::format_iso(*at, 60) == "2026-11-24T11:05:00.250+01:00");
  CHECK(base::format_iso(*at, -210) == "2026-11-24T06:35:00.250-03:30");
  CHECK(base::parse_instant("2026-11-24T10:05:00Z", 99)->ms + 250 == at->ms);
  CHECK(base::parse_instant("2026-11-24", 60)->ms ==
        base::days_from_civil({2026, 11, 24}) * 86400000 - 3600000);
  for (const char* bad : {"2026-11-24T", "2026-11-24T25:00:00", "2026-11-24T10:00:00+99:00", "x"})
    CHECK_FALSE(base::parse_instant(bad, 0));
}

TEST_CASE("time: the local date turns at local midnight, before 1970 too") {
  CHECK(base::local_date({0}, -60) == base::Date{1969, 12, 31});
  CHECK(base::local_date({-1}, 0) == base::Date{1969, 12, 31});
  CHECK(base::local_date({86400000 - 1}, 60) == base::Date{1970, 1, 2});
}
