#include "collector/app/pictures/vector.h"

#include <algorithm>
#include <cstring>

namespace app {
namespace {

using base::Fault;

// Steps to the nearest pixel of another part, going straight or aslant (chamfer 3-4, in thirds of a pixel).
// Source: Borgefors, Distance transformations in digital images (1986).
void find_middles(VectorPicture& drawn) {
  int w = drawn.picture.width;
  int h = drawn.picture.height;
  std::vector<int> far(static_cast<size_t>(w) * static_cast<size_t>(h), 0);
  auto index = [&](int x, int y) { return static_cast<size_t>(y) * static_cast<size_t>(w) + static_cast<size_t>(x); };
  auto step = [&](int x, int y, int dx, int dy, int cost) {
    size_t here = index(x, y);
    bool outside = x + dx < 0 || x + dx >= w || y + dy < 0 || y + dy >= h;
    bool same = !outside && drawn.part[index(x + dx, y + dy)] == drawn.part[here];
    far[here] = std::min(far[here], cost + (same ? far[index(x + dx, y + dy)] : 0));
  };
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      size_t here = index(x, y);
      if (drawn.part[here] == 0) continue;
      far[here] = 3 * (w + h);
      for (auto [dx, dy, cost] : {std::array{-1, 0, 3}, {0, -1, 3}, {-1, -1, 4}, {1, -1, 4}}) step(x, y, dx, dy, cost);
    }
  for (int y = h - 1; y >= 0; --y)
    for (int x = w - 1; x >= 0; --x) {
      size_t here = index(x, y);
      if (drawn.part[here] == 0) continue;
      for (auto [dx, dy, cost] : {std::array{1, 0, 3}, {0, 1, 3}, {1, 1, 4}, {-1, 1, 4}}) step(x, y, dx, dy, cost);
      VectorPicture::Part& p = drawn.parts[drawn.part[here] - 1u];
      if (p.is_there()) {
        p.left = std::min(p.left, x);
        p.top = std::min(p.top, y);
        p.right = std::max(p.right, x + 1);
        p.bottom = std::max(p.bottom, y + 1);
      } else {
        p = {x, y, x + 1, y + 1, x, y, 0};
      }
      p.room = std::max(p.room, far[here] / 3);
    }
  // Of the pixels that are nearly as far from every edge, the one nearest to the middle.
  std::vector<long> best(drawn.parts.size(), -1);
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      size_t here = index(x, y);
      if (drawn.part[here] == 0) continue;
      VectorPicture::Part& p = drawn.parts[drawn.part[here] - 1u];
      if (far[here] / 3 * 10 < p.room * 8) continue;
      long dx = 2L * x - p.left - p.right, dy = 2L * y - p.top - p.bottom;
      long& least = best[drawn.part[here] - 1u];
      if (least >= 0 && dx * dx + dy * dy >= least) continue;
      least = dx * dx + dy * dy;
      p.x = x;
      p.y = y;
    }
  for (VectorPicture::Part& p : drawn.parts) p.room = p.room * 8 / 10;
}

base::Result<VectorPicture> damaged() {
  return base::fail(Fault::corrupt, "picture", "This picture could not be drawn.");
}

}  // namespace

size_t VectorPicture::part_at(double across, double down) const {
  if (!(across >= 0 && across < 1 && down >= 0 && down < 1) || part.empty()) return 0;
  auto x = static_cast<size_t>(across * picture.width);
  auto y = static_cast<size_t>(down * picture.height);
  return part[y * static_cast<size_t>(picture.width) + x];
}

bool looks_like_svg(base::ByteView file) {
  bool packed = file.size() > 2 && file[0] == 0x1f && file[1] == 0x8b;  // svgz
  std::string_view head = base::text_of(file.first(std::min<size_t>(file.size(), 4096)));
  size_t first = head.find_first_not_of("\xef\xbb\xbf \t\r\n");
  return packed || (first != std::string_view::npos && head[first] == '<' && head.find("<svg") != std::string_view::npos) ||
         (head.rfind("<?xml", 0) == 0 && head.find(":svg") != std::string_view::npos);
}

base::Bytes vector_request(base::ByteView svg, int longer_side, const std::vector<std::string>& ids) {
  base::Writer out;
  out.tag("RSVG");
  out.u32(static_cast<uint32_t>(longer_side));
  size_t count = std::min(ids.size(), most_parts);
  out.u32(static_cast<uint32_t>(count));
  for (size_t n = 0; n < count; ++n) out.text32(ids[n]);
  out.bytes(svg);
  return out.take();
}

base::Result<VectorRequest> read_vector_request(base::ByteView request) {
  base::Reader in(request);
  in.tag("RSVG");
  VectorRequest out;
  out.side = static_cast<int>(std::min<uint32_t>(in.u32(), largest_svg_side));
  uint32_t count = in.u32();
  if (!in.ok() || count > most_parts || out.side < 1) return base::fail(Fault::corrupt, "request", "Not a request.");
  for (uint32_t n = 0; n < count; ++n) out.ids.emplace_back(in.text32());
  out.svg = in.bytes(in.left());
  if (!in.ok() || out.svg.size() > largest_svg) return base::fail(Fault::full, "picture", "This picture is too large.");
  return out;
}

base::Bytes vector_answer(const Picture& picture, const std::vector<uint16_t>& part) {
  base::Writer out;
  out.reserve(12 + picture.rgba.size() + part.size() * 2);
  out.tag("RPIX");
  out.u32(static_cast<uint32_t>(picture.width));
  out.u32(static_cast<uint32_t>(picture.height));
  out.bytes(picture.rgba);
  for (uint16_t p : part) out.u16(p);
  return out.take();
}

base::Result<VectorPicture> read_vector(base::ByteView answer, size_t ids) {
  base::Reader in(answer);
  in.tag("RPIX");
  uint32_t w = in.u32();
  uint32_t h = in.u32();
  if (!in.ok() || w < 1 || h < 1 || w > largest_svg_side || h > largest_svg_side) return damaged();
  size_t pixels = static_cast<size_t>(w) * h;
  if (in.left() != pixels * 6) return damaged();
  VectorPicture out;
  out.picture.width = static_cast<int>(w);
  out.picture.height = static_cast<int>(h);
  base::ByteView rgba = in.bytes(pixels * 4);
  out.picture.rgba.assign(rgba.begin(), rgba.end());
  out.part.resize(pixels);
  std::memcpy(out.part.data(), in.bytes(pixels * 2).data(), pixels * 2);  // little-endian, as the machine
  out.parts.resize(std::min(ids, most_parts));
  for (uint16_t p : out.part)
    if (p > out.parts.size()) return damaged();
  find_middles(out);
  return out;
}

}  // namespace app
