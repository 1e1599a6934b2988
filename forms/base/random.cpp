#include "forms/base/random.h"

namespace base {

uint64_t Random::u64() {
  uint8_t raw[8];
  fill(raw);
  uint64_t v = 0;
  for (int i = 0; i < 8; ++i) v |= static_cast<uint64_t>(raw[i]) << (8 * i);
  return v;
}

uint64_t Random::below(uint64_t bound) {
  const uint64_t limit = UINT64_MAX - UINT64_MAX % bound;  // rejection keeps it uniform
  uint64_t v = u64();
  while (v >= limit) v = u64();
  return v % bound;
}

double Random::unit() {
  return static_cast<double>(u64() >> 11) * 0x1.0p-53;
}

void SeededRandom::fill(std::span<uint8_t> out) {
  for (size_t i = 0; i < out.size();) {
    state_ += 0x9e3779b97f4a7c15ULL;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    z ^= z >> 31;
    for (int b = 0; b < 8 && i < out.size(); ++b, ++i) out[i] = static_cast<uint8_t>(z >> (8 * b));
  }
}

}  // namespace base
