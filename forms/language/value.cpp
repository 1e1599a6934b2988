#include "forms/language/value.h"

#include <charconv>
#include <cmath>

#include "forms/base/time.h"
#include "forms/language/evaluate.h"

namespace language {
namespace {

std::string_view trimmed(std::string_view text) {
  auto space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

// XPath 1.0 Number: digits, a point, a minus; no exponent, no plus, no white space inside.
double plain_number(std::string_view text) {
  bool negative = text.front() == '-';
  std::string_view digits = negative ? text.substr(1) : text;
  bool seen = false;
  bool point = false;
  int64_t whole = 0;
  for (char c : digits) {
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      seen = true;
      if (digits.size() < 17) whole = whole * 10 + (c - '0');
    } else {
      return NAN;
    }
  }
  if (!seen) return NAN;
  if (!point && digits.size() < 17)
    return negative ? -static_cast<double>(whole) : static_cast<double>(whole);
  double value = 0;
  std::string leading;
  if (digits.front() == '.') digits = leading = "0" + std::string(digits);
  auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
  if (read.ec == std::errc::result_out_of_range) value = digits.size() > 300 ? INFINITY : 0;
  return negative ? -value : value;
}

}  // namespace

void append_number(std::string& out, double number) {
  if (std::isnan(number)) {
    out += "NaN";
  } else if (std::isinf(number)) {
    out += number > 0 ? "Infinity" : "-Infinity";
  } else if (number == 0) {
    out += '0';
  } else {
    char text[400];
    if (std::fabs(number) < 1e15 && number == std::trunc(number)) {
      auto end = std::to_chars(text, text + sizeof text, static_cast<int64_t>(number));
      out.append(text, end.ptr);
      return;
    }
    auto end = std::to_chars(text, text + sizeof text, number, std::chars_format::fixed);
    out.append(text, end.ptr);
  }
}

std::string number_text(double number) {
  std::string out;
  append_number(out, number);
  return out;
}

bool is_iso_date(std::string_view text) {
  return text.size() >= 10 && text[4] == '-' && base::parse_written(text).has_value();
}

Zone Zone::of(base::Clock& clock) {
  base::Instant now = clock.now();
  base::Date january{base::local_date(now, clock.offset_at(now)).year, 1, 1};
  return {&clock, clock.offset_at({base::days_from_civil(january) * 86400000})};
}

double text_number(std::string_view text, const Zone& zone) {
  std::string_view inner = trimmed(text);
  if (inner.empty()) return NAN;
  double value = plain_number(inner);
  if (!std::isnan(value)) return value;
  if (inner.size() < 10 || inner[4] != '-') return NAN;
  auto written = base::parse_written(inner);
  if (!written) return NAN;
  int64_t at = written->local_ms;
  if (written->offset)
    at -= *written->offset * 60000LL;
  else if (!written->has_time || !zone.clock)
    at -= zone.date_offset * 60000LL;
  else
    at = base::from_local(at, *zone.clock).ms;
  return static_cast<double>(at) / 86400000.0;
}

std::string to_text(const Value& value, const World& world) {
  switch (value.kind) {
    case Value::Kind::text:
      return value.text;
    case Value::Kind::number:
      return number_text(value.number);
    case Value::Kind::truth:
      return value.truth ? "true" : "false";
    case Value::Kind::nodes:
      return value.nodes.empty() ? std::string() : text_of(value.nodes.front(), world);
  }
  return {};
}

double to_number(const Value& value, const World& world) {
  switch (value.kind) {
    case Value::Kind::number:
      return value.number;
    case Value::Kind::truth:
      return value.truth ? 1 : 0;
    case Value::Kind::text:
    case Value::Kind::nodes:
      return text_number(to_text(value, world), world.zone);
  }
  return NAN;
}

bool to_truth(const Value& value) {
  switch (value.kind) {
    case Value::Kind::text:
      return !value.text.empty();
    case Value::Kind::number:
      return value.number != 0 && !std::isnan(value.number);
    case Value::Kind::truth:
      return value.truth;
    case Value::Kind::nodes:
      return !value.nodes.empty();
  }
  return false;
}

}  // namespace language
