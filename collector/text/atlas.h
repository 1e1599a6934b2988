// Atlas: glyphs rasterised once, side by side in one grey picture that the window uploads to its texture.
//
//   Place p = atlas.place(face, glyph, quarter);      // pixels in the picture; rasterised on first use
//   for (const Dirty& d : atlas.take_dirty()) upload(d, atlas.pixels());
//
// When it is full it begins anew: generation() changes, and everything drawn from it must be drawn again.
// Not thread-safe. Memory: width × height bytes.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace text {

struct Place {
  int x = 0, y = 0, width = 0, height = 0;  // in the picture
  int left = 0, top = 0;                    // from the pen, pixels; top upwards
};
struct Dirty {
  int x = 0, y = 0, width = 0, height = 0;
};

class Atlas {
 public:
  Atlas(int width, int height);
  Place place(void* face, unsigned glyph, int quarter, bool embolden);  // face: FT_Face
  int width() const { return width_; }
  int height() const { return height_; }
  const std::vector<uint8_t>& pixels() const { return pixels_; }
  std::vector<Dirty> take_dirty() { return std::exchange(dirty_, {}); }
  int generation() const { return generation_; }

 private:
  int width_, height_, pen_x_ = 0, pen_y_ = 0, row_ = 0, generation_ = 0;
  std::vector<uint8_t> pixels_;
  std::vector<Dirty> dirty_;
  std::unordered_map<uint64_t, Place> places_;
  std::unordered_map<void*, uint64_t> faces_;
};

}  // namespace text
