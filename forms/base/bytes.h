// Bytes as they stand in files: little-endian, fixed width, no surprises.
//
//   Writer out; out.tag("SVB1"); out.u8(1); out.zeros(3); out.u64(7); Bytes file = out.take();
//   Reader in(file); in.tag("SVB1"); uint8_t suite = in.u8(); … ; if (!in.ok() || !in.at_end()) refuse();
//
// A Reader never reads past its end: it turns not-ok, returns zeros, and stays so; check once at the end of a
// fixed layout. Neither allocates by a length it has not seen bytes for.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
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
  void u16(uint16_t v) { little(v); }
  void u32(uint32_t v) { little(v); }
  void u64(uint64_t v) { little(v); }
  void zeros(size_t n) { out_.insert(out_.end(), n, 0); }
  void tag(std::string_view four) { bytes(view_of(four)); }
  void bytes(ByteView v) { out_.insert(out_.end(), v.data(), v.data() + v.size()); }
  void reserve(size_t n) { out_.reserve(n); }
  void text32(std::string_view v) {  // u32 length, then the bytes
    u32(static_cast<uint32_t>(v.size()));
    bytes(view_of(v));
  }
  size_t size() const { return out_.size(); }
  const Bytes& peek() const { return out_; }
  Bytes take() { return std::move(out_); }

 private:
  template <class T>
  void little(T v) {
    static_assert(std::endian::native == std::endian::little);
    const auto* at = reinterpret_cast<const uint8_t*>(&v);
    out_.insert(out_.end(), at, at + sizeof v);
  }
  Bytes out_;
};

class Reader {
 public:
  explicit Reader(ByteView in) : in_(in) {}
  uint8_t u8() { return little<uint8_t>(); }
  uint16_t u16() { return little<uint16_t>(); }
  uint32_t u32() { return little<uint32_t>(); }
  uint64_t u64() { return little<uint64_t>(); }
  bool tag(std::string_view four);  // false and not-ok when other bytes stand there
  bool zeros(size_t n);             // false and not-ok when one is not zero
  ByteView bytes(size_t n) {        // empty and not-ok when there are fewer
    if (!ok_ || n > left()) {
      ok_ = false;
      return {};
    }
    at_ += n;
    return in_.subspan(at_ - n, n);
  }
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
  template <class T>
  T little() {
    ByteView v = bytes(sizeof(T));
    T value = 0;
    if (v.size() == sizeof(T)) std::memcpy(&value, v.data(), sizeof(T));
    return value;
  }
  ByteView in_;
  size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace base
