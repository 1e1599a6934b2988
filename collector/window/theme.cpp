#include "collector/window/theme.h"

#include <algorithm>
#include <cmath>

namespace window {
namespace {

double luminance(Colour c) {
  auto part = [&](int shift) {
    double v = (c >> shift & 0xff) / 255.0;
    return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(0) + 0.7152 * part(8) + 0.0722 * part(16);
}

}  // namespace

double contrast_of(Colour a, Colour b) {
  double x = luminance(a);
  double y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

}  // namespace window
