// Every byte of a sample ten times: each of its bits flipped, 0x00, 0xFF; every length it can be cut to; and up to 64
// bytes behind it.
#pragma once

#include <vector>

#include "tests/torture/mode.h"
#include "tests/torture/samples.h"

namespace torture {

struct Mutation {
  const Sample* sample = nullptr;
  size_t place = 0;  // of a byte; or how many bytes are left, or too many
  uint8_t how = 0;   // 0 to 7: a bit; 8: 0x00; 9: 0xFF; 10: cut; 11: longer
};

std::vector<Mutation> mutations_of(const Sample& sample);
// Tries `count` of them (all, where count is no less), and judges: accepted, or refused with another reason.
Tally try_all(const Options& options, std::vector<std::vector<Mutation>> samples);

}  // namespace torture
