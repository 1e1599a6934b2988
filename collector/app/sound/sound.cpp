#include "collector/app/sound/sound.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace sound {

float peak_of(std::span<const int16_t> samples) {
  int most = 0;
  for (int16_t s : samples) most = std::max(most, std::abs(static_cast<int>(s)));
  return static_cast<float>(most) / 32768.f;
}

float meter_of(float peak) {
  if (peak <= 0.001f) return 0;
  return std::clamp(1 + std::log10(peak) / 3, 0.f, 1.f);
}

}  // namespace sound
