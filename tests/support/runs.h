// How often a property is tried: rarely in `sh tests/run`, often with --long (RIHLA_LONG).
//
//   support::property("edits commute", 2000, 100'000, [](uint64_t seed) { return fault_or_empty; });
//
// Each run has a seed of its own; a fault is told with its seed, and RIHLA_SEED=n tries that one alone.
#pragma once

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <string>

namespace support {

inline bool long_runs() { return std::getenv("RIHLA_LONG") != nullptr; }

template <class Holds>  // Holds(seed) → what is wrong; "" where all is well
void property(const char* name, uint64_t runs, uint64_t long_count, Holds holds) {
  if (const char* seed = std::getenv("RIHLA_SEED")) {
    std::string fault = holds(std::strtoull(seed, nullptr, 10));
    CHECK_MESSAGE(fault.empty(), name, ", seed ", seed, ": ", fault);
    return;
  }
  constexpr uint64_t cases = 100;  // rapidcheck's own number
  uint64_t each = ((long_runs() ? long_count : runs) + cases - 1) / cases;
  CHECK(rc::check(name, [&] {
    const auto first = *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<uint64_t>());
    for (uint64_t i = 0; i < each; ++i) {
      std::string fault = holds(first + i);
      if (!fault.empty()) RC_FAIL("RIHLA_SEED=" + std::to_string(first + i) + ": " + fault);
    }
  }));
}

}  // namespace support
