#include "sync/record/value.h"

#include <algorithm>

#include "forms/base/time.h"
#include "forms/base/utf8.h"

namespace record {
namespace {

using base::Fault;

constexpr size_t longest_text = size_t{1} << 20;
constexpr size_t most_items = 10000;

tl::unexpected<base::Error> refuse(std::string sentence) {
  return base::fail(Fault::invalid, "value", std::move(sentence));
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  size_t at = 0;
  while (at < text.size()) {
    size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Shortest exact decimal text: no exponent, no leading or trailing zeros, "0" for every zero.
base::Result<std::string> decimal_text(std::string_view text, bool whole) {
  bool negative = !text.empty() && text[0] == '-';
  std::string_view digits = text.substr(negative ? 1 : 0);
  size_t point = digits.find('.');
  std::string before(digits.substr(0, point));
  std::string after(point == std::string_view::npos ? "" : digits.substr(point + 1));
  auto all_digits = [](const std::string& s) {
    return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if ((before.empty() && after.empty()) || !all_digits(before) || !all_digits(after) ||
      (whole && point != std::string_view::npos))
    return refuse(std::string("\"") + std::string(text) + "\" is not a " +
                  (whole ? "whole number." : "number."));
  before.erase(0, std::min(before.find_first_not_of('0'), before.size()));
  while (!after.empty() && after.back() == '0') after.pop_back();
  if (before.empty()) before = "0";
  std::string out = after.empty() ? before : before + "." + after;
  return negative && out != "0" ? "-" + out : out;
}

bool is_time(std::string_view text) {
  auto at = base::parse_instant("1970-01-01T" + std::string(text), 0);
  return text.size() >= 5 && at.has_value();
}

// Its id in hexadecimal, '/', and the name that people know it by, which is a name and never a path.
bool is_attachment(std::string_view text) {
  auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() > 33 && text.size() <= 33 + 200 && text[32] == '/' &&
         std::all_of(text.begin(), text.begin() + 32, is_hex) &&
         text.find('/', 33) == std::string_view::npos && text.find('\0') == std::string_view::npos;
}

// Canonical as it stands: ASCII of a kind that has no form of its own. Most answers are.
bool is_plain(const Value& v) {
  bool has_form = v.tag != Tag::text && v.tag != Tag::choice && v.tag != Tag::place &&
                  v.tag != Tag::boolean && v.tag != Tag::consent;
  return !has_form && v.text.size() <= longest_text && std::all_of(v.text.begin(), v.text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
}

}  // namespace

base::Result<Value> make_value(Tag tag, std::string_view text) {
  if (!base::is_utf8(text)) return refuse("This answer is not UTF-8 text.");
  if (text.size() > longest_text)
    return base::fail(Fault::full, "value",
                      "This answer is longer than 1 MiB, about a million letters, and was not taken. Put the rest "
                      "into a note or a file.");
  Value v;
  v.tag = tag;
  std::string clean = base::nfc(text);
  switch (tag) {
    case Tag::cleared:
      if (!clean.empty()) return refuse("A cleared answer has no text.");
      return v;
    case Tag::text:
    case Tag::choice:
    case Tag::place:
      v.text = clean;
      return v;
    case Tag::attachment:
      if (!is_attachment(clean)) return refuse("This does not name an attachment.");
      v.text = clean;
      return v;
    case Tag::boolean:
    case Tag::consent:
      v.text = clean;
      return v;
    case Tag::integer:
    case Tag::decimal: {
      auto number = decimal_text(clean, tag == Tag::integer);
      if (!number) return base::pass(number.error());
      v.text = *number;
      return v;
    }
    case Tag::date:
      if (clean.size() != 10 || !base::parse_date(clean))
        return refuse("\"" + clean + "\" is not an ISO date.");
      v.text = clean;
      return v;
    case Tag::time:
      if (!is_time(clean)) return refuse("\"" + clean + "\" is not an ISO time.");
      v.text = clean;
      return v;
    case Tag::date_time:
      if (!base::parse_instant(clean, 0)) return refuse("\"" + clean + "\" is not an ISO date and time.");
      v.text = clean;
      return v;
    case Tag::choices:
      v.items = words(clean);
      std::sort(v.items.begin(), v.items.end());
      v.items.erase(std::unique(v.items.begin(), v.items.end()), v.items.end());
      return v;
    case Tag::ranking:
      v.items = words(clean);
      return v;
    case Tag::present: {
      auto number = decimal_text(clean, true);
      if (!number) return base::pass(number.error());
      v.text = *number;
      return v;
    }
  }
  return refuse("This kind of value is not known.");
}

base::Bytes canonical(const Value& value) {
  base::Writer out;
  out.u8(static_cast<uint8_t>(value.tag));
  if (value.tag == Tag::choices || value.tag == Tag::ranking) {
    out.u32(static_cast<uint32_t>(value.items.size()));
    for (const std::string& item : value.items) out.text32(item);
  } else if (value.tag != Tag::cleared) {
    out.text32(value.text);
  }
  return out.take();
}

base::Result<Value> parse_value(base::ByteView bytes) {
  base::Reader in(bytes);
  uint8_t tag = in.u8();
  if (tag > static_cast<uint8_t>(Tag::present))
    return base::fail(Fault::unsupported, "value", "This kind of value was made by a newer version.");
  Value v;
  v.tag = static_cast<Tag>(tag);
  if (v.tag == Tag::choices || v.tag == Tag::ranking) {
    uint32_t count = in.u32();
    if (count > most_items) in.refuse();
    for (uint32_t i = 0; i < count && in.ok(); ++i) v.items.emplace_back(in.text32());
  } else if (v.tag != Tag::cleared) {
    v.text = in.text32();
  }
  if (in.ok() && in.at_end() && is_plain(v)) return v;
  // What make_value would not write is not a value: one encoding an answer.
  auto again = in.ok() && in.at_end() ? make_value(v.tag, display(v)) : base::Result<Value>(refuse(""));
  if (!again || !(*again == v)) return base::fail(Fault::corrupt, "value", "It is not in canonical form.");
  return v;
}

std::string display(const Value& value) {
  if (value.items.empty()) return value.text;
  std::string out;
  for (const std::string& item : value.items) out += (out.empty() ? "" : " ") + item;
  return out;
}

}  // namespace record
