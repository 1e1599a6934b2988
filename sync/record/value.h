// Value: one answer in its canonical form. Equal answers have equal bytes on every machine.
// Layout and examples: VALUES.md, whose examples are the test vectors.
//
//   Value v = Value::choices({"nl", "fr"});   Bytes b = canonical(v);   // sorted, each once
//   Result<Value> back = parse_value(b);      // refuses anything canonical() would not write
//
// Text is NFC UTF-8; decimals are shortest exact text; `cleared` is an answer that was taken away, which is
// not the same as one that was never given.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "forms/base/bytes.h"
#include "forms/base/ids.h"

namespace record {

enum class Tag : uint8_t {
  cleared = 0,
  text = 1,
  integer = 2,
  decimal = 3,
  boolean = 4,
  date = 5,
  time = 6,
  date_time = 7,
  choice = 8,
  choices = 9,
  ranking = 10,
  place = 11,
  attachment = 12,
  consent = 13,
  present = 14,  // an instance of a repeat exists; text is its display order as an integer
};

struct Value {
  Tag tag = Tag::cleared;
  std::string text;                // every tag but choices, ranking
  std::vector<std::string> items;  // choices (sorted set), ranking (in order)
  auto operator<=>(const Value&) const = default;
};

// Makers bring content into canonical form (NFC, sorted, shortest decimal); invalid content is
// Fault::invalid.
base::Result<Value> make_value(Tag tag, std::string_view text);  // choices, ranking: space-separated
base::Bytes canonical(const Value& value);
base::Result<Value> parse_value(base::ByteView bytes);
std::string display(const Value& value);  // ODK text form: items joined by a space

// Where an answer belongs: the question's identity and the instances of the repeats around it.
struct Key {
  std::string question;                     // "actor/act_name"
  std::vector<base::InstanceId> instances;  // outermost first; for Tag::present the last is its own id
  auto operator<=>(const Key&) const = default;
};

}  // namespace record
