#include "forms/base/time.h"

#include <chrono>
#include <cstdio>
#include <ctime>

namespace base {
namespace {

// Reads `width` digits at `at`; -1 when something else stands there.
int digits(std::string_view text, size_t at, size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  for (size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// "+01:00", "-0530", "Z" → minutes; nothing when malformed.
std::optional<int> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  int hours = digits(text, 1, 2);
  int minutes = 0;
  if (text.size() > 3) {
    size_t at = text[3] == ':' ? 4 : 3;
    if (text.size() != at + 2) return std::nullopt;
    minutes = digits(text, at, 2);
  }
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return std::nullopt;
  int total = hours * 60 + minutes;
  return text[0] == '-' ? -total : total;
}

}  // namespace

Instant SystemClock::now() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

int SystemClock::offset_at(Instant at) const {
  auto t = static_cast<std::time_t>(at.ms / 1000);
  std::tm local{};
  localtime_r(&t, &local);
  return static_cast<int>(local.tm_gmtoff / 60);
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
int64_t days_from_civil(Date date) {
  int64_t y = date.year - (date.month <= 2 ? 1 : 0);
  int64_t era = (y >= 0 ? y : y - 399) / 400;
  int64_t yoe = y - era * 400;
  int64_t doy = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

Date civil_from_days(int64_t days) {
  days += 719468;
  int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  int64_t doe = days - era * 146097;
  int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int64_t mp = (5 * doy + 2) / 153;
  int64_t month = mp + (mp < 10 ? 3 : -9);
  return {static_cast<int32_t>(yoe + era * 400 + (month <= 2 ? 1 : 0)), static_cast<int32_t>(month),
          static_cast<int32_t>(doy - (153 * mp + 2) / 5 + 1)};
}

bool is_valid(Date date) {
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) return false;
  return civil_from_days(days_from_civil(date)) == date;
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (text.size() > 10 && text[10] != 'T') return std::nullopt;
  Date date{digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)};
  if (date.year < 0 || !is_valid(date)) return std::nullopt;
  return date;
}

std::optional<WrittenTime> parse_written(std::string_view text) {
  auto date = parse_date(text);
  if (!date) return std::nullopt;
  WrittenTime out;
  out.local_ms = days_from_civil(*date) * 86400000;
  if (text.size() <= 10) return out;
  out.has_time = true;
  int hour = digits(text, 11, 2);
  int minute = text.size() > 13 && text[13] == ':' ? digits(text, 14, 2) : -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  size_t at = 16;
  int64_t second_ms = 0;
  if (at < text.size() && text[at] == ':') {
    int second = digits(text, at + 1, 2);
    if (second < 0 || second > 59) return std::nullopt;
    second_ms = second * 1000;
    at += 3;
    if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
      int scale = 100;
      for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
        second_ms += (text[at] - '0') * scale;
    }
  }
  out.local_ms += hour * 3600000LL + minute * 60000LL + second_ms;
  if (at < text.size()) {
    out.offset = parse_offset(text.substr(at));
    if (!out.offset) return std::nullopt;
  }
  return out;
}

std::optional<Instant> parse_instant(std::string_view text, int offset_when_absent) {
  auto written = parse_written(text);
  if (!written) return std::nullopt;
  return Instant{written->local_ms - written->offset.value_or(offset_when_absent) * 60000LL};
}

Instant from_local(int64_t local_ms, const Clock& clock) {
  // The offset of an instant near by, looked at again from there: right but for the hour the clocks skip.
  Instant guess{local_ms - clock.offset_at({local_ms}) * 60000LL};
  return {local_ms - clock.offset_at(guess) * 60000LL};
}

std::string format_date(Date date) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
  return text;
}

std::string format_iso(Instant at, int offset) {
  int64_t local = at.ms + offset * 60000LL;
  int64_t days = local / 86400000 - (local % 86400000 < 0 ? 1 : 0);
  int64_t rest = local - days * 86400000;
  int away = offset < 0 ? -offset : offset;
  char text[64];
  std::snprintf(text, sizeof text, "%sT%02d:%02d:%02d.%03d%c%02d:%02d",
                format_date(civil_from_days(days)).c_str(), static_cast<int>(rest / 3600000),
                static_cast<int>(rest / 60000 % 60), static_cast<int>(rest / 1000 % 60),
                static_cast<int>(rest % 1000), offset < 0 ? '-' : '+', away / 60, away % 60);
  return text;
}

Date local_date(Instant at, int offset) {
  int64_t local = at.ms + offset * 60000LL;
  return civil_from_days(local / 86400000 - (local % 86400000 < 0 ? 1 : 0));
}

}  // namespace base
