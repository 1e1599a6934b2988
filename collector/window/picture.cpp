#include "collector/window/picture.h"

#include <fstream>

#include "collector/app/pictures/picture.h"

namespace window {

bool write_picture(const std::filesystem::path& file, const std::vector<uint8_t>& rgba, int width,
                   int height) {
  app::Picture picture{width, height, std::vector<uint8_t>(rgba.size())};
  size_t row = static_cast<size_t>(width) * 4;
  for (size_t y = 0; y < static_cast<size_t>(height); ++y) {
    const uint8_t* from = rgba.data() + (static_cast<size_t>(height) - 1 - y) * row;
    uint8_t* to = picture.rgba.data() + y * row;
    for (size_t i = 0; i < row; ++i) to[i] = i % 4 == 3 ? 255 : from[i];
  }
  auto png = app::encode_png(picture);
  if (!png) return false;
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(png->data()), static_cast<std::streamsize>(png->size()));
  return out.good();
}

}  // namespace window
