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

#include "forms/base/time.h"
#include "forms/base/utf8.h"
#include "forms/definition/survey.h"

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

inline Result<std::string> typed_number(std::string_view typed, bool decimal) {
  std::string text;
  for (uint32_t c : base::code_points(base::ascii_digits(base::trim(typed)))) {
    if (c == ' ' || c == 0xa0 || c == 0x202f) continue;  // 12 500
    base::append_utf8(text, c == ',' ? '.' : c == 0x2212 ? '-' : c);
  }
  bool has_sign = !text.empty() && (text[0] == '-' || text[0] == '+');
  std::string digits = text.substr(has_sign ? 1 : 0);
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
  return (text[0] == '-' && !is_zero ? "-" : "") + digits;
}

// 2026-11-24, or day first: 24/11/2026, 24-11-2026, 24.11.2026, 24 11 2026.
inline Result<std::string> typed_date(std::string_view typed) {
  std::array<int, 3> part{};
  size_t at = 0;
  std::string text = base::ascii_digits(base::trim(typed));
  size_t i = 0;
  bool year_first = false;
  bool good = true;
  for (; i < text.size() && at < 3; ++at) {
    size_t start = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    if (i == start || i - start > 4) break;
    std::from_chars(text.data() + start, text.data() + i, part[at]);
    if (at == 0) year_first = i - start == 4;
    if (at == 2 && i != text.size()) good = false;
    if (i < text.size() && at < 2) {
      if (std::string_view("/-. ").find(text[i]) == std::string_view::npos) good = false;
      ++i;
    }
  }
  base::Date date =
      year_first ? base::Date{part[0], part[1], part[2]} : base::Date{part[2], part[1], part[0]};
  if (at != 3 || !good || date.year < 1000 || !base::is_valid(date))
    return base::fail(base::Fault::invalid, "answer", "Type a date as day, month, year: 24/11/2026.");
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

// A row of buttons holds few steps; longer ranges, and ends that are no numbers, are typed.
inline definition::Control scale(double low, double high, double step, bool decimal) {
  bool fits = std::isfinite(low) && std::isfinite(high) && std::isfinite(step) && low < high && step > 0 &&
              (high - low) / step <= 20;
  if (!fits) return {.kind = definition::ControlKind::number_entry, .decimal = decimal};
  return {.kind = definition::ControlKind::scale,
          .decimal = decimal,
          .scale_min = low,
          .scale_max = high,
          .scale_step = step};
}

inline bool has_word(std::string_view appearance, std::string_view word) {
  size_t at = appearance.find(word);
  return at != std::string_view::npos && (at == 0 || appearance[at - 1] == ' ') &&
         (at + word.size() == appearance.size() || appearance[at + word.size()] == ' ');
}

inline definition::Control hidden(const definition::Node&) {
  return {};
}
inline definition::Control not_yet(const definition::Node&) {
  return {.kind = definition::ControlKind::not_yet};
}

}  // namespace questions
