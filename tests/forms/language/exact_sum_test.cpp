#include "forms/language/exact_sum.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "forms/base/random.h"
#include "tests/support/runs.h"

namespace {

using language::ExactSum;

uint64_t word(base::Random& random) {
  uint64_t out = 0;
  random.fill({reinterpret_cast<uint8_t*>(&out), sizeof(out)});
  return out;
}

// Any finite double: every exponent is as likely as another.
double any_double(base::Random& random) {
  for (;;) {
    auto made = std::bit_cast<double>(word(random));
    if (std::isfinite(made)) return made;
  }
}

double sum_of(const std::vector<double>& numbers) {
  ExactSum sum;
  for (double n : numbers) sum.add(n);
  return sum.value();
}

bool same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

}  // namespace

TEST_CASE("exact sum: two numbers give what the machine's own addition rounds to") {
  support::property("a + b", 2000, 200'000, [](uint64_t seed) -> std::string {
    base::SeededRandom random(seed);
    double a = any_double(random);
    double b = any_double(random);
    if (word(random) % 2 == 0)  // near each other, where cancelling bites
      b = -std::nextafter(a, static_cast<double>(word(random) % 2) * 1e308);
    if (!std::isfinite(a + b)) return "";
    return same(sum_of({a, b}), a + b) ? "" : std::to_string(a) + " + " + std::to_string(b);
  });
}

TEST_CASE("exact sum: many numbers on a common grid give the sum of whole numbers") {
  support::property("grid", 300, 20'000, [](uint64_t seed) -> std::string {
    base::SeededRandom random(seed);
    int64_t whole = 0;
    ExactSum sum;
    for (int i = 0; i < 200; ++i) {
      auto one = static_cast<int64_t>(word(random) >> 24) - (int64_t{1} << 39);
      whole += one;
      sum.add(std::ldexp(static_cast<double>(one), -20));
      if (!same(sum.value(), std::ldexp(static_cast<double>(whole), -20)))
        return "after " + std::to_string(i);
    }
    return "";
  });
}

TEST_CASE("exact sum: the order of the summands does not matter, and what is taken out was never there") {
  support::property("order", 500, 50'000, [](uint64_t seed) -> std::string {
    base::SeededRandom random(seed);
    std::vector<double> numbers;
    for (uint64_t n = word(random) % 40; n > 0; --n) numbers.push_back(std::ldexp(any_double(random), -60));
    double expected = sum_of(numbers);
    std::vector<double> mixed = numbers;
    for (size_t i = mixed.size(); i > 1; --i) std::swap(mixed[i - 1], mixed[word(random) % i]);
    if (!same(sum_of(mixed), expected)) return "another order gives another sum";
    ExactSum sum;
    std::vector<double> strangers;
    for (double n : mixed) {
      sum.add(n);
      strangers.push_back(std::ldexp(any_double(random), -60));
      sum.add(strangers.back());
    }
    if (word(random) % 3 == 0) {
      strangers.push_back(std::numeric_limits<double>::infinity());
      sum.add(strangers.back());
    }
    for (double n : strangers) sum.take_out(n);
    return same(sum.value(), expected) ? "" : "what was taken out is still there";
  });
}

TEST_CASE("exact sum: what is no finite number") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  struct Row {
    std::vector<double> numbers;
    double expected;
  };
  const Row rows[] = {
      {{}, 0},
      {{inf, 1}, inf},
      {{1, -inf, -inf}, -inf},
      {{inf, -inf}, NAN},
      {{1e308, 1e308}, inf},
      {{-1e308, -1e308}, -inf},
      {{1e308, 1e308, -1e308}, 1e308},
      {{5e-324, 5e-324}, 1e-323},
      {{-0.0, 0.0}, 0},
  };
  for (const Row& row : rows) CHECK(same(sum_of(row.numbers), row.expected));
}
