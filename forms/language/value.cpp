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
  bool negative = !text.empty() && text.front() == '-';
  std::string_view digits = negative ? text.substr(1) : text;
  bool seen = false;
  bool point = false;
  for (char c : digits) {
    if (c == '.' && !point)
      point = true;
    else if (c >= '0' && c <= '9')
      seen = true;
    else
      return NAN;
  }
  if (!seen) return NAN;
  double value = 0;
  std::string leading;
  if (digits.front() == '.') digits = leading = "0" + std::string(digits);
  std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
  return negative ? -value : value;
}

}  // namespace

Value Value::of(std::string text) {
  Value v;
  v.text = std::move(text);
  return v;
}
Value Value::of(double number) {
  Value v;
  v.kind = Kind::number;
  v.number = number;
  return v;
}
Value Value::of(bool truth) {
  Value v;
  v.kind = Kind::truth;
  v.truth = truth;
  return v;
}
Value Value::of(std::vector<Ref> nodes) {
  Value v;
  v.kind = Kind::nodes;
  v.nodes = std::move(nodes);
  return v;
}

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  if (number == 0) return "0";
  char text[400];
  auto end = std::to_chars(text, text + sizeof text, number, std::chars_format::fixed);
  return {text, end.ptr};
}

bool is_iso_date(std::string_view text) {
  return text.size() >= 10 && text[4] == '-' && base::parse_instant(text, 0).has_value();
}

double text_number(std::string_view text, int offset_minutes) {
  std::string_view inner = trimmed(text);
  if (inner.empty()) return NAN;
  double value = plain_number(inner);
  if (!std::isnan(value)) return value;
  if (inner.size() < 10 || inner[4] != '-') return NAN;
  if (inner.size() == 10) {
    auto date = base::parse_date(inner);
    return date ? static_cast<double>(base::days_from_civil(*date)) : NAN;
  }
  auto at = base::parse_instant(inner, offset_minutes);
  return at ? static_cast<double>(at->ms + offset_minutes * 60000LL) / 86400000.0 : NAN;
}

std::string text_of(const Ref& ref, const Instance& instance) {
  switch (ref.space) {
    case Ref::Space::node:
      return std::string(instance.text_of(ref.node));
    case Ref::Space::cell:
      return std::string(instance.cell(static_cast<int>(ref.node), ref.row, static_cast<int>(ref.column)));
    case Ref::Space::list:
    case Ref::Space::row:
      return {};
  }
  return {};
}

std::string to_text(const Value& value, const Instance& instance) {
  switch (value.kind) {
    case Value::Kind::text:
      return value.text;
    case Value::Kind::number:
      return number_text(value.number);
    case Value::Kind::truth:
      return value.truth ? "true" : "false";
    case Value::Kind::nodes:
      return value.nodes.empty() ? std::string() : text_of(value.nodes.front(), instance);
  }
  return {};
}

double to_number(const Value& value, const Instance& instance) {
  switch (value.kind) {
    case Value::Kind::number:
      return value.number;
    case Value::Kind::truth:
      return value.truth ? 1 : 0;
    case Value::Kind::text:
      return text_number(value.text, instance.clock().offset_minutes());
    case Value::Kind::nodes:
      return text_number(to_text(value, instance), instance.clock().offset_minutes());
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
