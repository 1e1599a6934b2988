// Mist: what the quick lock leaves of a screen: colours averaged over cells wider than any letter.
#include <imgui.h>

#include <algorithm>

#include "collector/window/kit.h"

namespace window {
namespace {

constexpr int cell = 56;  // pixels: at least two lines of text

}  // namespace

Mist mist_of(const std::vector<uint8_t>& rgba, int width, int height) {
  Mist mist;
  if (width < cell || height < cell || rgba.size() < static_cast<size_t>(width) * static_cast<size_t>(height) * 4)
    return mist;
  mist.columns = std::max(1, width / cell);
  mist.rows = std::max(1, height / cell);
  for (int row = 0; row <= mist.rows; ++row)
    for (int column = 0; column <= mist.columns; ++column) {
      int cx = column * width / mist.columns;
      int cy = row * height / mist.rows;
      uint64_t sum[3] = {0, 0, 0};
      uint64_t count = 0;
      for (int y = std::max(0, cy - cell); y < std::min(height, cy + cell); ++y)
        for (int x = std::max(0, cx - cell); x < std::min(width, cx + cell); ++x) {
          size_t at = (static_cast<size_t>(height - 1 - y) * static_cast<size_t>(width) + static_cast<size_t>(x)) * 4;
          for (size_t part = 0; part < 3; ++part) sum[part] += rgba[at + part];
          ++count;
        }
      count = std::max<uint64_t>(count, 1);
      mist.corners.push_back(rgb(static_cast<uint32_t>(sum[0] / count), static_cast<uint32_t>(sum[1] / count),
                                 static_cast<uint32_t>(sum[2] / count)));
    }
  return mist;
}

void Kit::mist() {
  fill({0, 0, width_, height_}, theme_->ground);
  if (list_ && drawing() && mist_.columns > 0) {
    float w = width_ * scale_ / static_cast<float>(mist_.columns);
    float h = height_ * scale_ / static_cast<float>(mist_.rows);
    for (int row = 0; row < mist_.rows; ++row)
      for (int column = 0; column < mist_.columns; ++column) {
        auto corner = [&](int x, int y) {
          return mist_.corners[static_cast<size_t>(row + y) * static_cast<size_t>(mist_.columns + 1) +
                               static_cast<size_t>(column + x)];
        };
        ImVec2 a(static_cast<float>(column) * w, static_cast<float>(row) * h);
        list_->AddRectFilledMultiColor(a, ImVec2(a.x + w + 1, a.y + h + 1), corner(0, 0), corner(1, 0),
                                       corner(1, 1), corner(0, 1));
      }
  }
  fill({0, 0, width_, height_}, theme_->veil);
}

}  // namespace window
