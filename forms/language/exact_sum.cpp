#include "forms/language/exact_sum.h"

#include <cmath>
#include <limits>

namespace language {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr int lowest = -1074;  // exponent of the smallest double's one bit
constexpr int64_t base = int64_t{1} << 32;

// Brings every limb but the last into [0, 2^32); the last carries the sign.
template <class Digits>
void normalize(Digits& digits) {
  int64_t over = 0;
  for (size_t i = 0; i + 1 < digits.size(); ++i) {
    int64_t now = digits[i] + over;
    over = now >> 32;  // towards minus infinity
    digits[i] = now - over * base;
  }
  digits.back() += over;
}

}  // namespace

void ExactSum::carry() {
  normalize(digits_);
  since_carry_ = 0;
}

void ExactSum::put(double number, int sign) {
  if (std::isnan(number) || number == 0) return;
  if (std::isinf(number)) {
    infinities_[number > 0 ? 1 : 0] += sign;
    return;
  }
  int exponent = 0;
  double fraction = std::frexp(number, &exponent);  // in [0.5, 1)
  auto mantissa = static_cast<int64_t>(std::ldexp(fraction, 53));
  exponent -= 53;
  if (exponent < lowest) {  // below the normal ones: its last bits are zero
    mantissa >>= lowest - exponent;
    exponent = lowest;
  }
  if (sign < 0) mantissa = -mantissa;
  bool negative = mantissa < 0;
  auto bits = static_cast<Wide>(negative ? -mantissa : mantissa);
  int place = exponent - lowest;
  bits <<= place % 32;
  for (auto limb = static_cast<size_t>(place / 32); bits != 0; ++limb, bits >>= 32) {
    auto part = static_cast<int64_t>(static_cast<uint64_t>(bits) & 0xffffffffu);
    digits_[limb] += negative ? -part : part;
  }
  if (++since_carry_ == (1u << 30)) carry();
}

double ExactSum::value() const {
  if (infinities_[0] > 0 && infinities_[1] > 0) return NAN;
  if (infinities_[0] > 0) return -std::numeric_limits<double>::infinity();
  if (infinities_[1] > 0) return std::numeric_limits<double>::infinity();
  auto digits = digits_;
  normalize(digits);
  bool negative = digits.back() < 0;
  if (negative) {
    for (int64_t& digit : digits) digit = -digit;
    normalize(digits);
  }
  int top = limbs - 1;
  while (top >= 0 && digits[static_cast<size_t>(top)] == 0) --top;
  if (top < 0) return 0;
  // The leading three limbs hold at least 65 bits; what is below only decides a tie.
  Wide head = 0;
  int low = top - 2;
  for (int i = top; i >= low; --i)
    head = head << 32 | static_cast<Wide>(i >= 0 ? digits[static_cast<size_t>(i)] : 0);
  bool rest = false;
  for (int i = low - 1; i >= 0 && !rest; --i) rest = digits[static_cast<size_t>(i)] != 0;
  int bits = 0;
  for (Wide h = head; h != 0; h >>= 1) ++bits;
  int exponent = lowest + low * 32;  // of head's last bit
  int drop = bits - 53;
  if (exponent + drop < lowest) drop = lowest - exponent;  // below the normal ones there are fewer bits
  if (drop > 0) {
    Wide gone = head & ((static_cast<Wide>(1) << drop) - 1);
    Wide half = static_cast<Wide>(1) << (drop - 1);
    head >>= drop;
    exponent += drop;
    if (gone > half || (gone == half && (rest || (head & 1) != 0))) ++head;
  }
  double value = std::ldexp(static_cast<double>(static_cast<uint64_t>(head)), exponent);
  return negative ? -value : value;
}

}  // namespace language
