#include "forms/base/bytes.h"

#include <algorithm>

namespace base {

std::string to_hex(ByteView bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (uint8_t b : bytes) {
    text.push_back(digits[b >> 4]);
    text.push_back(digits[b & 15]);
  }
  return text;
}

Result<Bytes> from_hex(std::string_view text) {
  auto nibble = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  if (text.size() % 2 != 0) return fail(Fault::invalid, "hex", "An even number of hex digits is needed.");
  Bytes out;
  out.reserve(text.size() / 2);
  for (size_t i = 0; i < text.size(); i += 2) {
    int high = nibble(text[i]);
    int low = nibble(text[i + 1]);
    if (high < 0 || low < 0)
      return fail(Fault::invalid, "hex, character " + std::to_string(i + 1),
                  "Only 0-9 and a-f may stand here.");
    out.push_back(static_cast<uint8_t>(high << 4 | low));
  }
  return out;
}

bool Reader::tag(std::string_view four) {
  ByteView v = bytes(four.size());
  if (v.size() != four.size() || !std::equal(v.begin(), v.end(), view_of(four).begin())) ok_ = false;
  return ok_;
}

bool Reader::zeros(size_t n) {
  ByteView v = bytes(n);
  if (std::any_of(v.begin(), v.end(), [](uint8_t b) { return b != 0; })) ok_ = false;
  return ok_;
}

std::string_view Reader::text32() {
  uint32_t n = u32();
  return text_of(bytes(n));
}

}  // namespace base
