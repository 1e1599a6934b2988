// Value: what an expression gives: a number, a text, a truth, or a set of nodes in document order.
//
//   Value v = Value::number(3);   to_text(v, instance)  →  "3"
//
// Conversions are XPath 1.0's with ODK's dates: a text that is an ISO date or dateTime counts, as a number,
// days since 1970-01-01 (local). Numbers print without exponent, shortest, NaN as "NaN". Source:
// https://www.w3.org/TR/1999/REC-xpath-19991116/#numbers; the differences are rows of forms/FORMS.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace language {

class Instance;

// A node an expression can hold: of the interview, or a row or cell of a list.
struct Ref {
  enum class Space : uint8_t { node, list, row, cell };
  Space space = Space::node;
  uint32_t node = 0;  // node id; list index
  uint32_t row = 0, column = 0;
  auto operator<=>(const Ref&) const = default;
};

struct Value {
  enum class Kind : uint8_t { text, number, truth, nodes };
  Kind kind = Kind::text;
  std::string text;
  double number = 0;
  bool truth = false;
  std::vector<Ref> nodes;

  static Value of(std::string text);
  static Value of(double number);
  static Value of(bool truth);
  static Value of(std::vector<Ref> nodes);
};

std::string number_text(double number);                         // "3", "-0.5", "NaN", "Infinity"
double text_number(std::string_view text, int offset_minutes);  // NaN where it is neither number nor date
bool is_iso_date(std::string_view text);                        // a date, or a dateTime

std::string to_text(const Value& value, const Instance& instance);
double to_number(const Value& value, const Instance& instance);
bool to_truth(const Value& value);
std::string text_of(const Ref& ref, const Instance& instance);

}  // namespace language
