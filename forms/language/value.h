// Value: what an expression gives: a number, a text, a truth, or a set of nodes in document order; and how one
// becomes another.
//
//   number_text(0.1 + 0.2)  →  "0.30000000000000004";   text_number(" 12.50 ")  →  12.5
//
// Conversions are XPath 1.0's with ODK's dates: a text that is an ISO date or dateTime counts, as a number,
// days since 1970-01-01T00:00Z. Numbers print without exponent, shortest, NaN as "NaN". Source:
// https://www.w3.org/TR/1999/REC-xpath-19991116/#numbers; the differences are rows of forms/FORMS.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "forms/base/time.h"

namespace language {

class World;

// Where days begin. A bare date counts from local midnight by one offset, the zone's of this January, so that the
// difference of two dates is whole whatever the summer time; a dateTime is an instant.
struct Zone {
  const base::Clock* clock = nullptr;
  int date_offset = 0;  // minutes
  static Zone of(base::Clock& clock);
};

// A node an expression can hold: of the interview (document 0), or of one of World's other documents.
struct Ref {
  static constexpr uint32_t text_of = 0x80000000;  // set in `node`: the text inside a question, not itself
  uint32_t document = 0;
  uint32_t node = 0;
  auto operator<=>(const Ref&) const = default;
};

struct Value {
  enum class Kind : uint8_t { text, number, truth, nodes };
  Kind kind = Kind::text;
  std::string text;
  double number = 0;
  bool truth = false;
  std::vector<Ref> nodes;
};

std::string number_text(double number);  // "3", "-0.5", "NaN", "Infinity"
void append_number(std::string& out, double number);
double text_number(std::string_view text, const Zone& zone = {});  // NaN where it is neither number nor date
bool is_iso_date(std::string_view text);                           // a date, or a dateTime

// A value on its own, outside an evaluation.
std::string to_text(const Value& value, const World& world);
double to_number(const Value& value, const World& world);
bool to_truth(const Value& value);

}  // namespace language
