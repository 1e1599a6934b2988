// Dates as other calendars write them, against known days.
#include <doctest/doctest.h>

#include "collector/app/calendars.h"

using app::CalendarDate;
using base::Date;
using definition::Calendar;

TEST_CASE("calendars: known days") {
  struct Row {
    Calendar calendar;
    Date date;
    CalendarDate there;
  };
  const Row rows[] = {{Calendar::gregorian, {2026, 11, 24}, {2026, 11, 24}},
                      {Calendar::buddhist, {2026, 11, 24}, {2569, 11, 24}},
                      // The Ethiopian and the Coptic new year: 11 September, 12 before a leap year.
                      {Calendar::ethiopian, {2007, 9, 12}, {2000, 1, 1}},
                      {Calendar::ethiopian, {2023, 9, 12}, {2016, 1, 1}},
                      {Calendar::ethiopian, {2024, 9, 11}, {2017, 1, 1}},
                      {Calendar::ethiopian, {2023, 9, 11}, {2015, 13, 6}},
                      {Calendar::coptic, {2023, 9, 12}, {1740, 1, 1}},
                      {Calendar::coptic, {2024, 9, 11}, {1741, 1, 1}},
                      // The tabular calendar's own first days.
                      {Calendar::islamic, {622, 7, 19}, {1, 1, 1}},
                      {Calendar::islamic, {1979, 11, 21}, {1400, 1, 1}},
                      {Calendar::islamic, {2000, 1, 1}, {1420, 9, 24}},
                      // Nowruz.
                      {Calendar::persian, {2000, 3, 20}, {1379, 1, 1}},
                      {Calendar::persian, {2017, 3, 21}, {1396, 1, 1}},
                      {Calendar::persian, {2021, 3, 20}, {1399, 12, 30}},
                      {Calendar::persian, {2024, 3, 20}, {1403, 1, 1}},
                      {Calendar::persian, {2025, 3, 21}, {1404, 1, 1}},
                      // Independence: the ninth waning of Pyatho 1309.
                      {Calendar::myanmar, {1948, 1, 4}, {1309, 10, 24}},
                      {Calendar::bikram_sambat, {2026, 11, 24}, {0, 0, 0}}};
  for (const Row& row : rows) {
    CAPTURE(row.date.year);
    CAPTURE(static_cast<int>(row.calendar));
    CalendarDate there = app::in_calendar(row.calendar, row.date);
    CAPTURE(there.year);
    CAPTURE(there.month);
    CAPTURE(there.day);
    CHECK(there == row.there);
  }
}

TEST_CASE("calendars: two hundred years, day after day: each day follows the one before") {
  for (Calendar calendar :
       {Calendar::ethiopian, Calendar::coptic, Calendar::islamic, Calendar::persian, Calendar::myanmar}) {
    CAPTURE(static_cast<int>(calendar));
    CalendarDate last = app::in_calendar(calendar, {1900, 1, 1});
    int breaks = 0;
    for (int64_t day = base::days_from_civil({1900, 1, 2}); day < base::days_from_civil({2100, 1, 1});
         ++day) {
      CalendarDate now = app::in_calendar(calendar, base::civil_from_days(day));
      bool next_day = now.year == last.year && now.month == last.month &&
                      now.second_waso == last.second_waso && now.day == last.day + 1;
      // A Myanmar year turns within a month.
      bool turned = calendar == Calendar::myanmar && now.day == last.day + 1 && now.year == last.year + 1;
      bool new_month = now.day == 1 && last.day >= 5;
      if (!next_day && !turned && !new_month) ++breaks;
      last = now;
    }
    CHECK(breaks == 0);
  }
}

TEST_CASE("calendars: in words, each language with its names") {
  CHECK(app::calendar_words(Calendar::islamic, {2000, 1, 1}, "ar") == "24 رمضان 1420");
  CHECK(app::calendar_words(Calendar::islamic, {2000, 1, 1}, "tr") == "24 Ramazan 1420");
  CHECK(app::calendar_words(Calendar::islamic, {2000, 1, 1}, "nl") == "24 Ramadan 1420");
  CHECK(app::calendar_words(Calendar::ethiopian, {2024, 9, 11}, "en") == "1 Meskerem 2017");
  CHECK(app::calendar_words(Calendar::bikram_sambat, {2024, 9, 11}, "en").empty());
}
