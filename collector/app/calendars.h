// Calendars: a date of ours as another calendar writes it, for show beside it. Answers stay Gregorian.
//
//   CalendarDate d = in_calendar(Calendar::islamic, {2026, 11, 24});     // 14 / 6 / 1448
//   calendar_words(Calendar::islamic, {2026, 11, 24}, "fr");            // "14 Joumada al-thania 1448"
//
// Arithmetic only: islamic is the tabular calendar (leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of 30;
// a day away from sighting at times), persian the 33-year rule (right from 1799 to 2256). bikram_sambat needs
// tables of each year and is not computed: its words are empty. Source: Reingold and Dershowitz, Calendrical
// Calculations; Yan Naing Aye, The Myanmar calendar; ICU's PersianCalendar.
#pragma once

#include <string>
#include <string_view>

#include "forms/base/time.h"
#include "forms/definition/control.h"

namespace app {

struct CalendarDate {
  int year = 0, month = 0, day = 0;  // month from 1; year 0: not computed
  bool second_waso = false;          // myanmar: the month that a long year has twice
  bool operator==(const CalendarDate&) const = default;
};

CalendarDate in_calendar(definition::Calendar calendar, base::Date date);
std::string calendar_words(definition::Calendar calendar, base::Date date, std::string_view language);

}  // namespace app
