// Vector pictures: an SVG of a form as pixels, and where in it the parts lie whose ids are choices.
//
//   base::Bytes asked = vector_request(svg, 900, {"hand", "foot"});   // to the program rihla-svg, on its standard input
//   auto drawn = read_vector(*run_part("rihla-svg", asked), 2);       // … and what it wrote
//   size_t n = drawn->part_at(0.4, 0.7);                              // 1: "hand"; 0: none of them
//
// librsvg draws, in a program of its own that is started for each picture: it is heavy, it knows no bound of
// time, and a picture that somebody else made must neither hold up nor end an interview. The program has three
// seconds of processor, a gigabyte, no file and no network of the picture's asking (references to outside and
// filters are passed over). Where it is absent, or fails, there is no picture, and the choices stand as a list.
// Errors of read_vector: corrupt. Pure; the transport is run_part (devices.h).
#pragma once

#include <string>
#include <vector>

#include "collector/app/pictures/picture.h"

namespace app {

inline constexpr size_t largest_svg = 8 << 20, most_parts = 2000;
inline constexpr int largest_svg_side = 2048;

struct VectorPicture {
  Picture picture;
  std::vector<uint16_t> part;  // of each pixel: 0 none, n the n-th id that was asked for
  struct Part {
    int left = 0, top = 0, right = 0, bottom = 0;  // pixels, half open; all 0: no such id, or nothing to see of it
    int x = 0, y = 0;                              // a pixel far from its edges, near its middle: for a mark
    int room = 0;                                  // … and how far at least, pixels
    bool is_there() const { return right > left; }
  };
  std::vector<Part> parts;  // by id, as they were asked for

  size_t part_at(double across, double down) const;  // parts of its width and height, from its left and top
};

bool looks_like_svg(base::ByteView file);
base::Bytes vector_request(base::ByteView svg, int longer_side, const std::vector<std::string>& ids);
base::Result<VectorPicture> read_vector(base::ByteView answer, size_t ids);

// Both ends: tag "RSVG", u32 side, u32 ids, each a text, then the SVG; back: "RPIX", u32 width, u32 height, its
// RGBA rows from the top, then the u16 of each pixel.
struct VectorRequest {
  int side = 0;
  std::vector<std::string> ids;
  base::ByteView svg;
};
base::Result<VectorRequest> read_vector_request(base::ByteView request);
base::Bytes vector_answer(const Picture& picture, const std::vector<uint16_t>& part);

}  // namespace app
