// Functions on text. Lengths and places count code points.
#include <re2/re2.h>

#include <cmath>

#include "forms/base/bytes.h"
#include "forms/base/utf8.h"
#include "forms/language/digest.h"
#include "forms/language/function.h"

namespace language {
namespace {

constexpr size_t longest_text = 64 << 10;

Value text(std::string value) {
  return Value::of(std::move(value));
}

std::string slice(const std::vector<uint32_t>& points, size_t from, size_t to) {
  std::string out;
  for (size_t i = from; i < to && i < points.size(); ++i) base::append_utf8(out, points[i]);
  return out;
}

// A node-set argument spreads to the texts of its nodes.
void spread(const Call& call, size_t i, std::vector<std::string>& out) {
  Value v = call.arg(i);
  if (v.kind != Value::Kind::nodes) return out.push_back(to_text(v, call.instance()));
  for (const Ref& ref : v.nodes)
    if (ref.space != Ref::Space::node || call.instance().relevant(ref.node))
      out.push_back(text_of(ref, call.instance()));
}

Value string(const Call& call) {
  return text(call.count() ? call.text(0) : text_of(call.scope.here, call.instance()));
}

Value concat(const Call& call) {
  std::vector<std::string> parts;
  for (size_t i = 0; i < call.count(); ++i) spread(call, i, parts);
  std::string out;
  for (const std::string& part : parts)
    if (out.size() + part.size() <= longest_text) out += part;
  return text(out);
}

Value join(const Call& call) {
  std::string separator = call.text(0);
  std::vector<std::string> parts;
  for (size_t i = 1; i < call.count(); ++i) spread(call, i, parts);
  std::string out;
  for (size_t i = 0; i < parts.size() && out.size() <= longest_text; ++i)
    out += (i ? separator : "") + parts[i];
  return text(out);
}

Value contains(const Call& call) {
  return Value::of(call.text(0).find(call.text(1)) != std::string::npos);
}
Value starts_with(const Call& call) {
  return Value::of(call.text(0).rfind(call.text(1), 0) == 0);
}
Value ends_with(const Call& call) {
  std::string whole = call.text(0);
  std::string end = call.text(1);
  return Value::of(whole.size() >= end.size() &&
                   whole.compare(whole.size() - end.size(), end.size(), end) == 0);
}
Value substring_before(const Call& call) {
  std::string whole = call.text(0);
  size_t at = whole.find(call.text(1));
  return text(at == std::string::npos ? "" : whole.substr(0, at));
}
Value substring_after(const Call& call) {
  std::string whole = call.text(0);
  std::string mark = call.text(1);
  size_t at = whole.find(mark);
  return text(at == std::string::npos ? "" : whole.substr(at + mark.size()));
}

// XPath: 1-based, rounded, by length.
Value substring(const Call& call) {
  std::vector<uint32_t> points = base::code_points(call.text(0));
  double from = std::floor(call.number(1) + 0.5);
  double to = call.count() > 2 ? from + std::floor(call.number(2) + 0.5) : INFINITY;
  std::string out;
  for (size_t i = 0; i < points.size(); ++i) {
    double place = static_cast<double>(i) + 1;
    if (place >= from && place < to) base::append_utf8(out, points[i]);
  }
  return text(out);
}

// ODK: 0-based, end excluded, negatives from the end.
Value substr(const Call& call) {
  std::vector<uint32_t> points = base::code_points(call.text(0));
  auto size = static_cast<double>(points.size());
  auto place = [&](double wanted) {
    if (std::isnan(wanted)) return 0.0;
    return std::min(size, std::max(0.0, wanted < 0 ? size + std::trunc(wanted) : std::trunc(wanted)));
  };
  double from = place(call.number(1));
  double to = call.count() > 2 ? place(call.number(2)) : size;
  return text(to <= from ? "" : slice(points, static_cast<size_t>(from), static_cast<size_t>(to)));
}

Value translate(const Call& call) {
  std::vector<uint32_t> from = base::code_points(call.text(1));
  std::vector<uint32_t> to = base::code_points(call.text(2));
  std::string out;
  for (uint32_t c : base::code_points(call.text(0))) {
    auto at = std::find(from.begin(), from.end(), c);
    if (at == from.end())
      base::append_utf8(out, c);
    else if (auto i = static_cast<size_t>(at - from.begin()); i < to.size())
      base::append_utf8(out, to[i]);
  }
  return text(out);
}

Value normalize_space(const Call& call) {
  std::string in = call.count() ? call.text(0) : text_of(call.scope.here, call.instance());
  std::string out;
  bool gap = false;
  for (char c : in) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += c;
  }
  return text(out);
}

Value string_length(const Call& call) {
  return Value::of(static_cast<double>(
      base::length(call.count() ? call.text(0) : text_of(call.scope.here, call.instance()))));
}

RE2::Options pattern_options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  return options;
}

// The whole text must match, as Collect does; linear in the text.
Value regex(const Call& call) {
  RE2 pattern(call.text(1), pattern_options());
  return Value::of(pattern.ok() && RE2::FullMatch(call.text(0), pattern));
}

Value digest(const Call& call) {
  return text(digest_text(call.text(0), call.text(1), call.count() > 2 ? call.text(2) : "base64"));
}
Value base64_decode(const Call& call) {
  return text(base64_text(call.text(0)));
}

Value uuid(const Call& call) {
  uint8_t raw[16];
  call.instance().random().fill(raw);
  if (call.count()) {
    static constexpr char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    std::string out;
    double wanted = call.number(0);
    for (int i = 0; i < std::min(wanted, 1024.0); ++i) out += letters[call.instance().random().below(62)];
    return text(out);
  }
  raw[6] = static_cast<uint8_t>((raw[6] & 0x0f) | 0x40);
  raw[8] = static_cast<uint8_t>((raw[8] & 0x3f) | 0x80);
  std::string hex = base::to_hex(raw);
  return text(hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) +
              "-" + hex.substr(20));
}

constexpr Function table[] = {
    {"string", 0, 1, string},
    {"concat", 1, -1, concat, Trait::all_instances},
    {"join", 1, -1, join, Trait::all_instances},
    {"contains", 2, 2, contains},
    {"starts-with", 2, 2, starts_with},
    {"ends-with", 2, 2, ends_with},
    {"substring", 2, 3, substring},
    {"substring-before", 2, 2, substring_before},
    {"substring-after", 2, 2, substring_after},
    {"substr", 2, 3, substr},
    {"translate", 3, 3, translate},
    {"normalize-space", 0, 1, normalize_space},
    {"string-length", 0, 1, string_length},
    {"regex", 2, 2, regex},
    {"digest", 2, 3, digest},
    {"base64-decode", 1, 1, base64_decode},
    {"uuid", 0, 1, uuid, Trait::fresh},
};

}  // namespace

std::string problem_of_pattern(const std::string& pattern) {
  RE2 compiled(pattern, pattern_options());
  return compiled.ok() ? std::string() : compiled.error();
}

std::span<const Function> text_functions() {
  return table;
}

}  // namespace language
