#include "collector/app/calendars.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "collector/app/locale.h"

namespace app {
namespace {

using base::Date;
using definition::Calendar;

int64_t floor_div(int64_t a, int64_t b) {
  return a / b - ((a % b != 0) && ((a < 0) != (b < 0)) ? 1 : 0);
}

constexpr int64_t julian_day_1970 = 2440588;
constexpr int64_t fixed_1970 = 719163;  // days since the day before 1 January of year 1

// Twelve months of thirty days, and five or six days more.
CalendarDate alexandrian(int64_t fixed, int64_t epoch) {
  auto first = [&](int64_t year) { return epoch + 365 * (year - 1) + floor_div(year, 4); };
  int64_t year = floor_div(4 * (fixed - epoch) + 1463, 1461);
  int64_t month = floor_div(fixed - first(year), 30) + 1;
  return {static_cast<int>(year), static_cast<int>(month),
          static_cast<int>(fixed - first(year) - 30 * (month - 1)) + 1};
}

CalendarDate islamic(int64_t fixed) {
  constexpr int64_t epoch = 227015;
  auto of = [&](int64_t y, int64_t m) {
    return 29 * (m - 1) + floor_div(6 * m - 1, 11) + (y - 1) * 354 + floor_div(3 + 11 * y, 30) + epoch;
  };
  int64_t year = floor_div(30 * (fixed - epoch) + 10646, 10631);
  int64_t month = floor_div(11 * (fixed - of(year, 1)) + 330, 325);
  return {static_cast<int>(year), static_cast<int>(month), static_cast<int>(fixed - of(year, month)) + 1};
}

CalendarDate persian(int64_t julian_day) {
  constexpr int64_t epoch = 1948320;
  int64_t days = julian_day - epoch;
  int64_t year = 1 + floor_div(33 * days + 3, 12053);
  int64_t of_year = days - (365 * (year - 1) + floor_div(8 * year + 21, 33));
  int64_t month = of_year < 216 ? of_year / 31 : (of_year - 6) / 30;
  int64_t before = month < 6 ? 31 * month : 30 * month + 6;
  return {static_cast<int>(year), static_cast<int>(month) + 1, static_cast<int>(of_year - before) + 1};
}

// The Myanmar calendar: years of the sun, months of the moon, a thirteenth in long years.
constexpr double solar_year = 1577917828.0 / 4320000.0;
constexpr double lunar_month = 1577917828.0 / 53433336.0;
constexpr double beginning = 1954168.050623;

struct Moon {
  int64_t full = 0;  // Julian day of Second Waso's full moon, or of Waso's
  bool is_long = false;
};

Moon moon_of(int64_t year) {
  // Two eras: how months were put in, and the years where history differs from the rule.
  bool third = year >= 1312;
  double offset = third ? -0.5 : -1;
  double spare = third ? 8 : 4;
  if (year == 1377 || year == 1234) offset += 1;
  if (year == 1261) offset -= 1;
  double excess = std::fmod(solar_year * static_cast<double>(year + 3739), lunar_month);
  if (excess < (solar_year / 12 - lunar_month) * (12 - spare)) excess += lunar_month;
  Moon out;
  out.full =
      std::llround(solar_year * static_cast<double>(year) + beginning - excess + 4.5 * lunar_month + offset);
  out.is_long = excess >= lunar_month - (solar_year / 12 - lunar_month) * spare;
  if (year == 1344 || year == 1345 || year == 1263 || year == 1264) out.is_long = !out.is_long;
  return out;
}

CalendarDate myanmar(int64_t julian_day) {
  auto year =
      static_cast<int64_t>(std::floor((static_cast<double>(julian_day) - 0.5 - beginning) / solar_year));
  if (year < 1217) return {};  // before the rule of moon_of()
  Moon now = moon_of(year);
  Moon before;
  int64_t back = 0;
  do before = moon_of(year - ++back);
  while (!before.is_long && back < 3);
  int64_t kind =
      now.is_long ? (now.full - before.full) % 354 / 31 + 1 : 0;  // 0 plain, 1 long, 2 longer by a day
  int64_t first = before.full + 354 * back - 102;
  int64_t day = julian_day - first + 1;
  int64_t b = kind / 2;
  int64_t c = kind == 0 ? 1 : 0;
  int64_t length = 354 + (1 - c) * 30 + b;
  int64_t late = floor_div(day - 1, length);  // 1: the months after the year's end
  day -= late * length;
  int64_t a = floor_div(day + 423, 512);
  auto month =
      static_cast<int64_t>(std::floor((static_cast<double>(day - b * a + c * a * 30) + 29.26) / 29.544));
  int64_t e = (month + 12) / 16;
  int64_t f = (month + 11) / 16;
  day = day - static_cast<int64_t>(std::floor(29.544 * static_cast<double>(month) - 29.26)) - b * e +
        c * f * 30;
  month += f * 3 - e * 4 + 12 * late;
  CalendarDate out{static_cast<int>(year), static_cast<int>(month), static_cast<int>(day), false};
  if (month == 0) out.month = 4;  // First Waso of a long year
  if (month == 4 && now.is_long) out.second_waso = true;
  return out;
}

using Names = std::array<std::string_view, 13>;
struct Months {
  Calendar calendar;
  std::string_view language;  // "": every other one
  Names names;
};
constexpr Months all_months[] = {
    {Calendar::islamic,
     "ar",
     {"محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان",
      "شوال", "ذو القعدة", "ذو الحجة"}},
    {Calendar::islamic,
     "tr",
     {"Muharrem", "Safer", "Rebiülevvel", "Rebiülahir", "Cemaziyelevvel", "Cemaziyelahir", "Recep", "Şaban",
      "Ramazan", "Şevval", "Zilkade", "Zilhicce"}},
    {Calendar::islamic,
     "fr",
     {"mouharram", "safar", "rabia al awal", "rabia ath-thani", "joumada al oula", "joumada ath-thania",
      "rajab", "chaabane", "ramadan", "chawwal", "dhou al qi`da", "dhou al-hijja"}},
    {Calendar::islamic,
     "",
     {"Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II", "Rajab", "Shaaban", "Ramadan",
      "Shawwal", "Dhul-Qidah", "Dhul-Hijjah"}},
    {Calendar::coptic,
     "ar",
     {"توت", "بابه", "هاتور", "كيهك", "طوبة", "أمشير", "برمهات", "برمودة", "بشنس", "بؤونة", "أبيب", "مسرى",
      "نسيء"}},
    {Calendar::coptic,
     "",
     {"Tout", "Baba", "Hator", "Kiahk", "Toba", "Amshir", "Baramhat", "Baramouda", "Bashans", "Paona", "Epep",
      "Mesra", "Nasie"}},
    {Calendar::ethiopian,
     "",
     {"Meskerem", "Tekemt", "Hedar", "Tahsas", "Ter", "Yekatit", "Megabit", "Miazia", "Genbot", "Sene",
      "Hamle", "Nehasse", "Pagumen"}},
    {Calendar::persian,
     "ar",
     {"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"}},
    {Calendar::persian,
     "",
     {"Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey",
      "Bahman", "Esfand"}},
    {Calendar::myanmar,
     "",
     {"Tagu", "Kason", "Nayon", "Waso", "Wagaung", "Tawthalin", "Thadingyut", "Tazaungmon", "Nadaw", "Pyatho",
      "Tabodwe", "Tabaung", "Late Tagu"}}};

}  // namespace

CalendarDate in_calendar(Calendar calendar, Date date) {
  int64_t since_1970 = base::days_from_civil(date);
  int64_t fixed = since_1970 + fixed_1970;
  int64_t julian_day = since_1970 + julian_day_1970;
  switch (calendar) {
    case Calendar::gregorian:
      return {date.year, date.month, date.day};
    case Calendar::buddhist:
      return {date.year + 543, date.month, date.day};
    case Calendar::coptic:
      return alexandrian(fixed, 103605);
    case Calendar::ethiopian:
      return alexandrian(fixed, 2796);
    case Calendar::islamic:
      return islamic(fixed);
    case Calendar::persian:
      return persian(julian_day);
    case Calendar::myanmar:
      return myanmar(julian_day);
    case Calendar::bikram_sambat:
      return {};
  }
  return {};
}

std::string calendar_words(Calendar calendar, Date date, std::string_view language) {
  CalendarDate there = in_calendar(calendar, date);
  if (there.year == 0) return {};
  if (calendar == Calendar::gregorian || calendar == Calendar::buddhist)
    return write_date(language, {there.year, there.month, there.day}, DateLook::whole);
  for (const Months& months : all_months) {
    if (months.calendar != calendar || (!months.language.empty() && months.language != language)) continue;
    auto index = static_cast<size_t>(std::clamp(there.month, 1, 13)) - 1;
    std::string name(months.names[index]);
    if (there.second_waso) name = "2 " + name;
    return std::to_string(there.day) + " " + name + " " + std::to_string(there.year);
  }
  return {};
}

}  // namespace app
