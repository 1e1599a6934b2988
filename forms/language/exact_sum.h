// ExactSum: a sum of doubles that forgets nothing, so that it is the same in any order and a summand can be
// taken out again.
//
//   ExactSum s;  s.add(0.1);  s.add(0.2);  s.add(-0.1);  s.value()  →  0.2
//
// A fixed-point number as wide as all doubles, in limbs of 32 bits; value() rounds once, to the nearest double.
// Infinities are counted beside it: one sign of them is the value, both are NaN. Cost: add() touches three limbs;
// value() all 68. Source: Kulisch, "Computer Arithmetic and Validity" (2013), ch. 8: the long accumulator.
#pragma once

#include <array>
#include <cstdint>

namespace language {

class ExactSum {
 public:
  void add(double number) { put(number, 1); }
  void take_out(double number) { put(number, -1); }
  double value() const;

 private:
  void put(double number, int sign);
  static constexpr int limbs = 68;  // 2,098 bits from the smallest double to the largest, and room to carry
  void carry();
  std::array<int64_t, limbs> digits_{};
  uint32_t since_carry_ = 0;
  int64_t infinities_[2] = {0, 0};  // negative, positive
};

}  // namespace language
