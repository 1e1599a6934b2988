// Picture: a photograph or a drawing as pixels; read from files nobody vouches for, written without anything
// but pixels.
//
//   auto clean = clean_picture(file_bytes, 2048);       // JPEG or PNG in; JPEG or PNG out, its metadata gone
//   auto shown = decode_picture(clean->bytes, 900);     // for the screen, from memory
//
// What a camera wrote beside the pixels (place, time, owner, thumbnail) is not carried over; the way it was
// held is applied. A picture is scaled down so that its longer side is at most so many pixels, never up.
// Bounds: a file of 64 MB, 64 megapixels of JPEG (decoded at the size that is needed), 24 of PNG, 500 scans.
// Errors: unsupported (neither JPEG nor PNG), full (beyond the bounds), corrupt. Thread-safe. Cost: a
// photograph of 12 megapixels takes about 60 ms and 12 MB at 2048.
#pragma once

#include <string>
#include <vector>

#include "forms/base/bytes.h"
#include "forms/base/error.h"

namespace app {

struct Picture {
  int width = 0, height = 0;
  std::vector<uint8_t> rgba;  // top row first
};

struct CleanPicture {
  base::Bytes bytes;
  std::string extension;  // "jpg", "png"
  int width = 0, height = 0;
};

inline constexpr size_t largest_picture_file = 64 << 20;
inline constexpr int usual_longer_side = 2048;

base::Result<Picture> decode_picture(base::ByteView file, int most_side);
base::Result<CleanPicture> clean_picture(base::ByteView file, int most_side = usual_longer_side);
base::Result<base::Bytes> encode_png(const Picture& picture);
base::Result<base::Bytes> encode_jpeg(const Picture& picture,
                                      int quality = 85);  // what is clear becomes white

// A pen's way over a picture: x, y, x, y … as parts of its width and height; `width` as a part of its width.
struct Stroke {
  std::vector<float> way;
  float width = 0.004f;
  uint32_t colour = 0xff2e1e16;  // 0xAABBGGRR
};
Picture blank_picture(int width, int height, uint32_t colour);
void draw_stroke(Picture& picture, const Stroke& stroke);

}  // namespace app
