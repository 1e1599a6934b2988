// Picture: pixels as a PNG file, for shots.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace window {

// RGBA, bottom row first, as OpenGL reads them. False when the file cannot be written.
bool write_picture(const std::filesystem::path& file, const std::vector<uint8_t>& rgba, int width,
                   int height);

}  // namespace window
