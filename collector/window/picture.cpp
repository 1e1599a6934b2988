#include "collector/window/picture.h"

#include <png.h>

namespace window {

bool write_picture(const std::filesystem::path& file, const std::vector<uint8_t>& rgba, int width,
                   int height) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGBA;
  std::vector<uint8_t> opaque = rgba;
  for (size_t i = 3; i < opaque.size(); i += 4) opaque[i] = 255;
  return png_image_write_to_file(&image, file.c_str(), 0, opaque.data(), -width * 4, nullptr) != 0;
}

}  // namespace window
