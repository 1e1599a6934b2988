// Randomness and time are passed in, so that a demonstration or a test can be repeated from its seed.
//
//   SeededRandom random(1);  ManualClock clock(parse…);      // demo, tests
//   seal::SystemRandom random;  SystemClock clock;           // the field (libsodium is in sync/seal)
#pragma once

#include <cstdint>
#include <span>

namespace base {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<uint8_t> out) = 0;
  uint64_t u64();
  uint64_t below(uint64_t bound);  // uniform in [0, bound); bound > 0
  double unit();                   // uniform in [0, 1), 53 bits
};

// splitmix64: repeatable, not secret. Only for projects flagged demo, simulated respondents and tests.
class SeededRandom : public Random {
 public:
  explicit SeededRandom(uint64_t seed) : state_(seed) {}
  void fill(std::span<uint8_t> out) override;

 private:
  uint64_t state_;
};

}  // namespace base
