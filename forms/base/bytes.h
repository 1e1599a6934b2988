// Bytes as they stand in files: little-endian, fixed width, no surprises.
//
//   Writer out; out.tag("SVB1"); out.u8(1); out.zeros(3); out.u64(7); Bytes file = out.take();
//   Reader in(file); in.tag("SVB1"); uint8_t suite = in.u8(); … ; if (!in.ok() || !in.at_end()) refuse();
//
// A Reader never reads past its end: it turns not-ok, returns zeros, and stays so; check once at the end of a
// fixed layout. Neither allocates by a length it has not seen bytes for.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "forms/base/error.h"

namespace base {

using Bytes = std::vector<uint8_t>;
using ByteView = std::span<const uint8_t>;

inline ByteView view_of(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
std::string to_hex(ByteView bytes);             // lower case
Result<Bytes> from_hex(std::string_view text);  // either case; refuses odd length and other characters

class Writer {
 public:
  void u8(uint8_t v) { out_.push_back(v); }
  void u16(uint16_t v) { little(v, 2); }
  void u32(uint32_t v) { little(v, 4); }
  void u64(uint64_t v) { little(v, 8); }
  void zeros(size_t n) { out_.insert(out_.end(), n, 0); }
  void tag(std::string_view four) { bytes(view_of(four)); }
  void bytes(ByteView v) { out_.insert(out_.end(), v.begin(), v.end()); }
  void text32(std::string_view v) {  // u32 length, then the bytes
    u32(static_cast<uint32_t>(v.size()));
    bytes(view_of(v));
  }
  size_t size() const { return out_.size(); }
  const Bytes& peek() const { return out_; }
  Bytes take() { return std::move(out_); }

 private:
  void little(uint64_t v, int n) {
    for (int i = 0; i < n; ++i) out_.push_back(static_cast<uint8_t>(v >> (8 * i)));
  }
  Bytes out_;
};

class Reader {
 public:
  explicit Reader(ByteView in) : in_(in) {}
  uint8_t u8() { return static_cast<uint8_t>(little(1)); }
  uint16_t u16() { return static_cast<uint16_t>(little(2)); }
  uint32_t u32() { return static_cast<uint32_t>(little(4)); }
  uint64_t u64() { return little(8); }
  bool tag(std::string_view four);  // false and not-ok when other bytes stand there
  bool zeros(size_t n);             // false and not-ok when one is not zero
  ByteView bytes(size_t n);         // empty and not-ok when there are fewer
  std::string_view text32();        // the reverse of Writer::text32
  template <size_t N>
  std::array<uint8_t, N> array() {
    std::array<uint8_t, N> a{};
    ByteView v = bytes(N);
    if (v.size() == N) std::copy(v.begin(), v.end(), a.begin());
    return a;
  }
  void refuse() { ok_ = false; }
  bool ok() const { return ok_; }
  bool at_end() const { return at_ == in_.size(); }
  size_t offset() const { return at_; }
  size_t left() const { return in_.size() - at_; }

 private:
  uint64_t little(size_t n);
  ByteView in_;
  size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace base
