// What a person typed, made into what is stored: shared by the families. Header only, pure.
//
//   Result<std::string> stored = typed_number("١٢٫٥", true);   // "12.5"
//
// Digits of any of our scripts and a decimal comma are taken; what cannot be meant is refused with a
// sentence.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "forms/base/time.h"
#include "forms/base/utf8.h"
#include "forms/questions/appearance.h"

namespace questions {

using base::Result;

// NFC, without control characters but line breaks and tabs.
inline Result<std::string> typed_text(std::string_view typed) {
  if (!base::is_utf8(typed)) return base::fail(base::Fault::invalid, "answer", "This text is not UTF-8.");
  std::string out;
  for (uint32_t c : base::code_points(typed))
    if (c >= 0x20 || c == '\n' || c == '\t') base::append_utf8(out, c);
  return base::nfc(out);
}

// Groups of three are taken where they cannot be meant otherwise: 12 500, 1.660.000, 1,234.5; a single mark
// is the decimal one, but in a whole number before exactly three digits.
inline Result<std::string> typed_number(std::string_view typed, bool decimal) {
  std::string text;
  for (uint32_t c : base::code_points(base::ascii_digits(base::trim(typed)))) {
    bool space =
        c == ' ' || c == 0xa0 || c == 0x202f || c == 0x2009 || c == 0x66c || c == '\'' || c == 0x2019;
    if (space) continue;                    // 12 500, 12'500
    if (c == 0x60c || c == 0x66b) c = ',';  // the commas of Arabic
    base::append_utf8(text, c == 0x2212 || c == 0x2013 ? '-' : c);
  }
  bool has_sign = !text.empty() && (text[0] == '-' || text[0] == '+');
  bool minus = has_sign && text[0] == '-';
  std::string digits = text.substr(has_sign ? 1 : 0);
  size_t last = digits.find_last_of(".,");
  if (last != std::string::npos) {
    char mark = digits[last];
    auto count = std::count_if(digits.begin(), digits.end(), [](char c) { return c == '.' || c == ','; });
    bool same = std::count(digits.begin(), digits.end(), mark) == count;
    bool groups_only = (count > 1 && same) || (!decimal && count == 1 && digits.size() - last == 4 &&
                                               last <= 3 && last > 0 && digits[0] != '0');
    // In front of the decimal mark, and in groups only, every mark stands before three digits.
    std::string whole;
    size_t end = groups_only ? digits.size() : last;
    size_t since = 0;
    bool grouped = false;
    bool good = true;
    for (size_t i = 0; i < end; ++i) {
      if (digits[i] == '.' || digits[i] == ',') {
        good =
            good && (grouped ? since == 3 : since >= 1 && since <= 3) && (groups_only || digits[i] != mark);
        grouped = true;
        since = 0;
      } else {
        whole += digits[i];
        ++since;
      }
    }
    if (grouped && since != 3) good = false;
    if (good) digits = groups_only ? whole : whole + "." + digits.substr(last + 1);
  }
  bool good =
      !digits.empty() && digits.size() <= 30 &&
      std::count(digits.begin(), digits.end(), '.') <= (decimal ? 1 : 0) &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); }) &&
      digits != ".";
  if (!good)
    return base::fail(base::Fault::invalid, "answer",
                      decimal ? "Type a number, such as 12.5." : "Type a whole number, such as 12.");
  if (digits.front() == '.') digits.insert(0, "0");
  if (digits.back() == '.') digits.pop_back();
  size_t zeros = 0;
  while (zeros + 1 < digits.size() && digits[zeros] == '0' && digits[zeros + 1] != '.') ++zeros;
  digits.erase(0, zeros);
  bool is_zero = digits.find_first_not_of("0.") == std::string::npos;
  return (minus && !is_zero ? "-" : "") + digits;
}

// The runs of digits of a date, separated by one mark each; empty when something else stands there.
inline std::vector<std::string> date_parts(std::string_view typed) {
  std::vector<std::string> parts(1);
  for (uint32_t c : base::code_points(base::ascii_digits(base::trim(typed)))) {
    bool mark = c == '/' || c == '-' || c == '.' || c == ' ' || c == 0x2010 || c == 0x2011 || c == 0x2212;
    if (c >= '0' && c <= '9')
      parts.back() += static_cast<char>(c);
    else if (mark && !parts.back().empty())
      parts.emplace_back();
    else
      return {};
  }
  if (parts.back().empty()) return {};
  return parts;
}

// 2026-11-24, or day first: 24/11/2026, 24-11-2026, 24.11.2026, 24 11 2026, 24112026. Where only a month or a
// year is asked: 11/2026, 2026-11, 112026; 2026; whole dates are taken too, for what was stored before.
inline Result<std::string> typed_date(std::string_view typed,
                                      definition::DateParts asked = definition::DateParts::day) {
  using definition::DateParts;
  std::vector<std::string> p = date_parts(typed);
  if (p.size() == 1 && p[0].size() == 8) p = {p[0].substr(0, 2), p[0].substr(2, 2), p[0].substr(4)};
  if (p.size() == 1 && p[0].size() == 6 && asked == DateParts::month) p = {p[0].substr(0, 2), p[0].substr(2)};
  std::array<int, 3> n{};
  bool good = !p.empty() && p.size() <= 3;
  for (size_t i = 0; good && i < p.size(); ++i) {
    good = p[i].size() <= 4;
    std::from_chars(p[i].data(), p[i].data() + p[i].size(), n[i]);
  }
  bool year_first = good && p[0].size() == 4;
  base::Date date{};
  if (good && p.size() == 3)
    date = year_first ? base::Date{n[0], n[1], n[2]} : base::Date{n[2], n[1], n[0]};
  else if (good && p.size() == 2 && asked == DateParts::month)
    date = year_first ? base::Date{n[0], n[1], 1} : base::Date{n[1], n[0], 1};
  else if (good && p.size() == 1 && asked == DateParts::year)
    date = base::Date{n[0], 1, 1};
  else
    good = false;
  if (asked != DateParts::day) date.day = 1;
  if (asked == DateParts::year) date.month = 1;
  if (!good || date.year < 1000 || !base::is_valid(date))
    return base::fail(base::Fault::invalid, "answer",
                      asked == DateParts::day     ? "Type a date as day, month, year: 24/11/2026."
                      : asked == DateParts::month ? "Type a month and a year: 11/2026."
                                                  : "Type a year: 2026.");
  return base::format_date(date);
}

// 14:30, 14.30, 14h30, 14h, with seconds or without; on 24 hours: "2:30 PM" is refused, not misread.
inline Result<std::string> typed_time(std::string_view typed) {
  std::string text = base::ascii_digits(base::trim(typed));
  std::array<int, 3> part{};
  size_t count = 0;
  size_t i = 0;
  bool good = true;
  while (i < text.size() && good) {
    size_t start = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    good = count < 3 && i > start && i - start <= 2;
    if (!good) break;
    std::from_chars(text.data() + start, text.data() + i, part[count++]);
    if (i == text.size()) break;
    bool hour_mark = text[i] == 'h' || text[i] == 'H';
    good = count < 3 && (text[i] == ':' || text[i] == '.' || (hour_mark && count == 1));
    if (++i == text.size()) good = good && hour_mark;  // "14h"
    if (hour_mark && i == text.size()) ++count;
  }
  if (!good || count < 2 || part[0] > 23 || part[1] > 59 || part[2] > 59)
    return base::fail(base::Fault::invalid, "answer", "Type a time as hours and minutes: 14:30.");
  auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(part[0]) + ":" + two(part[1]) + ":" + two(part[2]);
}

// A range that is one: two ends, and steps between them, a million at most. Otherwise the number is typed.
inline definition::Control scale(double low, double high, double step, bool decimal) {
  bool fits = std::isfinite(low) && std::isfinite(high) && std::isfinite(step) && low < high && step > 0 &&
              (high - low) / step <= 1e6;
  if (!fits) return {.kind = definition::ControlKind::number_entry, .decimal = decimal};
  return {.kind = definition::ControlKind::scale,
          .decimal = decimal,
          .scale_min = low,
          .scale_max = high,
          .scale_step = step};
}

inline definition::Control hidden(const definition::Node&) {
  return {};
}
inline definition::Control not_yet(const definition::Node&) {
  return {.kind = definition::ControlKind::not_yet};
}

}  // namespace questions
