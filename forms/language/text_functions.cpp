// Functions on text. Lengths and places count code points.
#include <re2/re2.h>

#include <algorithm>
#include <cmath>

#include "forms/base/bytes.h"
#include "forms/base/utf8.h"
#include "forms/language/digest.h"
#include "forms/language/function.h"

namespace language {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Byte at which the code point of that number begins; the end where there are fewer.
size_t byte_of(Str text, size_t point) {
  size_t at = 0;
  while (at < text.size() && point-- > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) ++at;
  }
  return at;
}

Str own_or(const Call& call) {
  return call.count() ? call.text(0) : call.evaluator.text_of(call.here.node);
}

Str concat(const Call& call) {
  std::string out;
  spread(call, 0, [&](const Dyn& part) {
    if (out.size() <= Scratch::most_text) out += call.evaluator.text_of(part);
  });
  return call.keep(out);
}

Str join(const Call& call) {
  std::string separator(call.text(0));
  std::string out;
  bool first = true;
  spread(call, 1, [&](const Dyn& part) {
    if (out.size() > Scratch::most_text) return;
    if (!first) out += separator;
    first = false;
    out += call.evaluator.text_of(part);
  });
  return call.keep(out);
}

bool contains(const Call& call) {
  Str whole = call.text(0);
  return whole.find(call.text(1)) != Str::npos;
}
bool starts_with(const Call& call) {
  Str whole = call.text(0);
  Str start = call.text(1);
  return whole.substr(0, start.size()) == start;
}
bool ends_with(const Call& call) {
  Str whole = call.text(0);
  Str end = call.text(1);
  return whole.size() >= end.size() && whole.substr(whole.size() - end.size()) == end;
}
Str substring_before(const Call& call) {
  Str whole = call.text(0);
  size_t at = whole.find(call.text(1));
  return at == Str::npos ? Str() : whole.substr(0, at);
}
Str substring_after(const Call& call) {
  Str whole = call.text(0);
  Str mark = call.text(1);
  size_t at = whole.find(mark);
  return at == Str::npos ? Str() : whole.substr(at + mark.size());
}

// XPath: 1-based, rounded, by length.
Str substring(const Call& call) {
  Str whole = call.text(0);
  double from = std::floor(call.number(1) + 0.5);
  double to = call.count() > 2 ? from + std::floor(call.number(2) + 0.5) : INFINITY;
  auto points = static_cast<double>(base::length(whole));
  // The places p from 1 to the length for which p >= from and p < to; with NaN, none.
  if (!(to > 1) || !(from <= points) || !(from < to)) return {};
  double first = std::max(1.0, from);
  double last = std::min(points + 1, to);
  if (last <= first) return {};
  size_t begin = byte_of(whole, static_cast<size_t>(first) - 1);
  size_t end = byte_of(whole, static_cast<size_t>(last) - 1);
  return whole.substr(begin, end - begin);
}

// ODK: 0-based, end excluded, negatives from the end.
Str substr(const Call& call) {
  Str whole = call.text(0);
  auto size = static_cast<double>(base::length(whole));
  auto place = [&](double wanted) {
    if (std::isnan(wanted)) return 0.0;
    return std::min(size, std::max(0.0, wanted < 0 ? size + std::trunc(wanted) : std::trunc(wanted)));
  };
  double from = place(call.number(1));
  double to = call.count() > 2 ? place(call.number(2)) : size;
  if (to <= from) return {};
  size_t begin = byte_of(whole, static_cast<size_t>(from));
  size_t end = byte_of(whole, static_cast<size_t>(to));
  return whole.substr(begin, end - begin);
}

Str translate(const Call& call) {
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
  return call.keep(out);
}

Str normalize_space(const Call& call) {
  std::string out;
  bool gap = false;
  for (char c : own_or(call)) {
    if (is_space(c)) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += c;
  }
  return call.keep(out);
}

double string_length(const Call& call) {
  return static_cast<double>(base::length(own_or(call)));
}

RE2::Options pattern_options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  return options;
}

// The whole text must match, as Collect does; linear in the text.
bool regex(const Call& call) {
  Str text = call.text(0);
  if (const auto* ready = static_cast<const RE2*>(call.item.extra.get()))
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *ready);
  Str pattern = call.text(1);
  RE2 made(re2::StringPiece(pattern.data(), pattern.size()), pattern_options());
  return made.ok() && RE2::FullMatch(re2::StringPiece(text.data(), text.size()), made);
}

Str digest(const Call& call) {
  std::string text(call.text(0));
  std::string algorithm(call.text(1));
  return call.keep(
      digest_text(text, algorithm, call.count() > 2 ? std::string(call.text(2)) : std::string("base64")));
}
Str base64_decode(const Call& call) {
  return call.keep(base64_text(std::string(call.text(0))));
}
// extract-signed(what, key): the text that stands behind an Ed25519 signature, or "" where the key did not sign it.
Str extract_signed(const Call& call) {
  std::string what(call.text(0));
  return call.keep(signed_text(what, std::string(call.text(1))));
}

Str uuid(const Call& call) {
  if (call.count()) {
    static constexpr char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    std::string out;
    double wanted = call.number(0);
    if (std::isnan(wanted)) return call.evaluator.fail("uuid() wants a number of characters");
    for (int i = 0; i < std::min(wanted, 1024.0); ++i) out += letters[call.world().random->below(62)];
    return call.keep(out);
  }
  uint8_t raw[16];
  call.world().random->fill(raw);
  raw[6] = static_cast<uint8_t>((raw[6] & 0x0f) | 0x40);
  raw[8] = static_cast<uint8_t>((raw[8] & 0x3f) | 0x80);
  std::string hex = base::to_hex(raw);
  return call.keep(hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
                   hex.substr(16, 4) + "-" + hex.substr(20));
}

constexpr Function table[] = {
    text_row("string", 0, 1, own_or),
    text_row("concat", 1, -1, concat, all_instances),
    text_row("join", 1, -1, join, all_instances),
    truth_row("contains", 2, 2, contains),
    truth_row("starts-with", 2, 2, starts_with),
    truth_row("ends-with", 2, 2, ends_with),
    text_row("substring", 2, 3, substring),
    text_row("substring-before", 2, 2, substring_before),
    text_row("substring-after", 2, 2, substring_after),
    text_row("substr", 2, 3, substr),
    text_row("translate", 3, 3, translate),
    text_row("normalize-space", 0, 1, normalize_space),
    number_row("string-length", 0, 1, string_length),
    truth_row("regex", 2, 2, regex),
    text_row("digest", 2, 3, digest),
    text_row("base64-decode", 1, 1, base64_decode),
    text_row("extract-signed", 2, 2, extract_signed),
    text_row("uuid", 0, 1, uuid, fresh),
};

}  // namespace

std::shared_ptr<const void> pattern_of(std::string_view pattern, std::string& problem) {
  auto made = std::make_shared<RE2>(re2::StringPiece(pattern.data(), pattern.size()), pattern_options());
  if (!made->ok()) {
    problem = made->error();
    return nullptr;
  }
  return made;
}

std::span<const Function> text_functions() {
  return table;
}

}  // namespace language
