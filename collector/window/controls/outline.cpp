#include "collector/window/controls/outline.h"

#include <algorithm>

namespace window {

app::Picture outline_of(const app::VectorPicture& of, size_t n, const OutlineLook& look) {
  const app::VectorPicture::Part& part = of.parts[n - 1];
  app::Picture out{part.right - part.left, part.bottom - part.top, {}};
  if (!part.is_there()) return out;
  auto inside = [&](int x, int y) {
    if (x < 0 || y < 0 || x >= of.picture.width || y >= of.picture.height) return false;
    return of.part[static_cast<size_t>(y) * static_cast<size_t>(of.picture.width) + static_cast<size_t>(x)] == n;
  };
  // Near an edge: one of twelve pixels around it, at this distance, is another part's.
  auto near_edge = [&](int x, int y, int far) {
    int slant = std::max(1, far * 7 / 10);
    int half = std::max(1, far / 2);
    for (auto [dx, dy] : {std::pair{far, 0}, {0, far}, {slant, slant}, {slant, -slant}, {half, 0}, {0, half}})
      if (!inside(x + dx, y + dy) || !inside(x - dx, y - dy)) return true;
    return false;
  };
  out.rgba.reserve(static_cast<size_t>(out.width) * static_cast<size_t>(out.height) * 4);
  auto put = [&](Colour c, uint32_t alpha) {
    for (int shift : {0, 8, 16}) out.rgba.push_back(static_cast<uint8_t>(c >> shift & 0xff));
    out.rgba.push_back(static_cast<uint8_t>(alpha));
  };
  for (int y = part.top; y < part.bottom; ++y)
    for (int x = part.left; x < part.right; ++x) {
      if (!inside(x, y))
        put(0, 0);
      else if (near_edge(x, y, look.thick))
        put(look.edge, 255);
      else if (near_edge(x, y, look.thick + std::max(1, look.thick / 2)))
        put(look.halo, 255);
      else
        put(look.tint, look.tint == 0 ? 0 : 70);
    }
  return out;
}

}  // namespace window
