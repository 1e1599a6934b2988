// Secret: N bytes that must not be seen: in guarded, locked memory where the system allows, wiped when
// dropped, never copied by accident, never printed.
//
//   Secret<32> key = Secret<32>::from(random);   use(key.view());
//
// Movable, not copyable; copy() says it aloud. An empty Secret (moved from) has no bytes.
#pragma once

#include <span>

#include "sync/seal/primitives.h"

namespace seal {

uint8_t* guarded_allocate(size_t size);  // secret.cpp; std::bad_alloc when there is none
void guarded_free(uint8_t* bytes, size_t size);
bool secrets_are_locked();            // false: this system may write keys to its swap; say so
void wipe(std::span<uint8_t> bytes);  // for ordinary buffers that held something secret
void wipe(std::string& text);

template <size_t N>
class Secret {
 public:
  Secret() : bytes_(guarded_allocate(N)) { std::fill_n(bytes_, N, uint8_t{0}); }
  explicit Secret(ByteView from) : Secret() {
    RIHLA_CHECK(from.size() == N);
    std::copy(from.begin(), from.end(), bytes_);
  }
  static Secret from(base::Random& random) {
    Secret s;
    random.fill(s.bytes());
    return s;
  }
  Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, nullptr)) {}
  Secret& operator=(Secret&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() {
    if (bytes_) guarded_free(bytes_, N);
  }
  Secret copy() const { return Secret(view()); }
  ByteView view() const { return {bytes_, N}; }
  std::span<uint8_t> bytes() { return {bytes_, N}; }

 private:
  uint8_t* bytes_ = nullptr;
};

using Key = Secret<32>;

}  // namespace seal
