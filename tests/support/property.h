// property("P6", [] { … RC_ASSERT(…); }): tried on many random inputs, shrunk where it fails; prints its seed.
// `share`: a program whose properties are dear tries them so many times less (its first one's counts for all).
// RIHLA_LONG tries 50 times as often; RC_PARAMS overrules ("seed=…", "max_success=…", "reproduce=…").
#pragma once

#include <rapidcheck.h>

#include <cstdlib>
#include <string>

namespace support {

template <class Testable>
bool property(const std::string& name, Testable testable, int share = 1) {
#if defined(__SANITIZE_ADDRESS__)
  int tries = 15;
#else
  int tries = 200;
#endif
  if (std::getenv("RIHLA_LONG")) tries *= 50;
  setenv("RC_PARAMS", ("max_success=" + std::to_string(tries / share)).c_str(), 0);
  return rc::check(name, testable);
}

}  // namespace support
