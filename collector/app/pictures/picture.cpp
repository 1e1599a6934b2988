#include "collector/app/pictures/picture.h"

#include <png.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace app {
namespace {

using base::Bytes;
using base::ByteView;
using base::Fault;
using base::Result;

constexpr int64_t most_jpeg_pixels = 64'000'000, most_png_pixels = 24'000'000;
constexpr size_t small_png = 1 << 20;  // a PNG up to this stays one; larger, it is a photograph

base::Result<Picture> too_large() {
  return base::fail(Fault::full, "picture", "This picture is larger than the program takes.");
}
base::Result<Picture> damaged() {
  return base::fail(Fault::corrupt, "picture", "This picture is damaged.");
}

bool is_jpeg(ByteView f) {
  return f.size() > 3 && f[0] == 0xff && f[1] == 0xd8 && f[2] == 0xff;
}
bool is_png(ByteView f) {
  constexpr uint8_t mark[] = {0x89, 'P', 'N', 'G', 13, 10, 26, 10};
  return f.size() > 8 && std::equal(std::begin(mark), std::end(mark), f.begin());
}

// How the camera was held, 1 to 8, from the EXIF part of a JPEG; 1 where nothing readable says so.
// Source: CIPA DC-008 (Exif 2.32), tag 0x0112.
int orientation_of(ByteView f) {
  for (size_t at = 2; at + 4 <= f.size() && f[at] == 0xff;) {
    uint8_t marker = f[at + 1];
    if (marker == 0xda || marker == 0xd9) return 1;  // the picture itself
    size_t length = static_cast<size_t>(f[at + 2] << 8 | f[at + 3]);
    if (length < 2 || at + 2 + length > f.size()) return 1;
    ByteView part = f.subspan(at + 4, length - 2);
    at += 2 + length;
    if (marker != 0xe1 || part.size() < 14 || !std::equal(part.begin(), part.begin() + 6, "Exif\0\0"))
      continue;
    ByteView tiff = part.subspan(6);
    bool little = tiff[0] == 'I';
    auto u16 = [&](size_t i) -> uint32_t {
      if (i + 2 > tiff.size()) return 0;
      return little ? static_cast<uint32_t>(tiff[i] | tiff[i + 1] << 8)
                    : static_cast<uint32_t>(tiff[i] << 8 | tiff[i + 1]);
    };
    auto u32 = [&](size_t i) { return little ? u16(i) | u16(i + 2) << 16 : u16(i) << 16 | u16(i + 2); };
    size_t directory = u32(4);
    size_t count = std::min<size_t>(u16(directory), 200);
    for (size_t n = 0; n < count; ++n) {
      size_t entry = directory + 2 + n * 12;
      if (u16(entry) != 0x0112) continue;
      auto value = static_cast<int>(u16(entry + 8));
      return value >= 1 && value <= 8 ? value : 1;
    }
  }
  return 1;
}

Picture turned(const Picture& p, int orientation) {
  if (orientation <= 1) return p;
  bool swaps = orientation >= 5;
  Picture out;
  out.width = swaps ? p.height : p.width;
  out.height = swaps ? p.width : p.height;
  out.rgba.resize(p.rgba.size());
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x) {
      int sx = swaps ? y : x;
      int sy = swaps ? x : y;
      if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) sx = p.width - 1 - sx;
      if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
        sy = p.height - 1 - sy;
      std::copy_n(p.rgba.begin() + (static_cast<long>(sy) * p.width + sx) * 4, 4,
                  out.rgba.begin() + (static_cast<long>(y) * out.width + x) * 4);
    }
  return out;
}

// Smaller, each pixel the mean of those it stands for.
Picture scaled(Picture p, int most_side) {
  int longer = std::max(p.width, p.height);
  if (longer <= most_side) return p;
  Picture out;
  out.width = std::max(1, static_cast<int>(static_cast<int64_t>(p.width) * most_side / longer));
  out.height = std::max(1, static_cast<int>(static_cast<int64_t>(p.height) * most_side / longer));
  out.rgba.resize(static_cast<size_t>(out.width) * static_cast<size_t>(out.height) * 4);
  for (int y = 0; y < out.height; ++y) {
    int y0 = static_cast<int>(static_cast<int64_t>(y) * p.height / out.height);
    int y1 = std::max(y0 + 1, static_cast<int>(static_cast<int64_t>(y + 1) * p.height / out.height));
    for (int x = 0; x < out.width; ++x) {
      int x0 = static_cast<int>(static_cast<int64_t>(x) * p.width / out.width);
      int x1 = std::max(x0 + 1, static_cast<int>(static_cast<int64_t>(x + 1) * p.width / out.width));
      uint32_t sum[4] = {0, 0, 0, 0};
      for (int sy = y0; sy < y1; ++sy)
        for (int sx = x0; sx < x1; ++sx)
          for (int c = 0; c < 4; ++c)
            sum[c] +=
                p.rgba[(static_cast<size_t>(sy) * static_cast<size_t>(p.width) + static_cast<size_t>(sx)) *
                           4 +
                       static_cast<size_t>(c)];
      auto n = static_cast<uint32_t>((x1 - x0) * (y1 - y0));
      for (int c = 0; c < 4; ++c)
        out.rgba[(static_cast<size_t>(y) * static_cast<size_t>(out.width) + static_cast<size_t>(x)) * 4 +
                 static_cast<size_t>(c)] = static_cast<uint8_t>((sum[c] + n / 2) / n);
    }
  }
  return out;
}

using Turbo = std::unique_ptr<void, int (*)(void*)>;

Result<Picture> decode_jpeg(ByteView file, int most_side) {
  Turbo turbo(tjInitDecompress(), tjDestroy);
  int w = 0;
  int h = 0;
  int sampling = 0;
  int colours = 0;
  if (!turbo || tjDecompressHeader3(turbo.get(), file.data(), file.size(), &w, &h, &sampling, &colours) != 0)
    return damaged();
  if (w <= 0 || h <= 0 || static_cast<int64_t>(w) * h > most_jpeg_pixels) return too_large();
  // The smallest of the sizes it decodes to directly that is still large enough.
  int count = 0;
  const tjscalingfactor* factors = tjGetScalingFactors(&count);
  int sw = w;
  int sh = h;
  for (int i = 0; i < count; ++i) {
    if (factors[i].num > factors[i].denom) continue;
    int fw = TJSCALED(w, factors[i]);
    int fh = TJSCALED(h, factors[i]);
    if (std::max(fw, fh) >= std::min(most_side, std::max(w, h)) && fw < sw) {
      sw = fw;
      sh = fh;
    }
  }
  if (static_cast<int64_t>(sw) * sh > most_png_pixels) return too_large();
  Picture out{sw, sh, std::vector<uint8_t>(static_cast<size_t>(sw) * static_cast<size_t>(sh) * 4)};
  int result = tjDecompress2(turbo.get(), file.data(), file.size(), out.rgba.data(), sw, 0, sh, TJPF_RGBA,
                             TJFLAG_LIMITSCANS);
  // A warning is a file cut short or with a flaw: what there is of it is shown; nothing at all is refused.
  if (result != 0 && tjGetErrorCode(turbo.get()) != TJERR_WARNING) return damaged();
  return turned(scaled(std::move(out), most_side), orientation_of(file));
}

Result<Picture> decode_png(ByteView file, int most_side) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&image, file.data(), file.size())) return damaged();
  auto pixels = static_cast<int64_t>(image.width) * image.height;
  if (image.width == 0 || image.height == 0 || pixels > most_png_pixels) {
    png_image_free(&image);
    return too_large();
  }
  image.format = PNG_FORMAT_RGBA;
  Picture out{static_cast<int>(image.width), static_cast<int>(image.height),
              std::vector<uint8_t>(static_cast<size_t>(pixels) * 4)};
  if (!png_image_finish_read(&image, nullptr, out.rgba.data(), 0, nullptr)) return damaged();
  return scaled(std::move(out), most_side);
}

}  // namespace

Result<Picture> decode_picture(ByteView file, int most_side) {
  if (file.size() > largest_picture_file) return too_large();
  if (is_jpeg(file)) return decode_jpeg(file, most_side);
  if (is_png(file)) return decode_png(file, most_side);
  return base::fail(Fault::unsupported, "picture", "Only JPEG and PNG pictures are read.");
}

Result<Bytes> encode_png(const Picture& p) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(p.width);
  image.height = static_cast<png_uint_32>(p.height);
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  if (!png_image_write_get_memory_size(image, size, 0, p.rgba.data(), 0, nullptr))
    return base::fail(Fault::corrupt, "picture", "This picture cannot be written.");
  Bytes out(size);
  if (!png_image_write_to_memory(&image, out.data(), &size, 0, p.rgba.data(), 0, nullptr))
    return base::fail(Fault::corrupt, "picture", "This picture cannot be written.");
  out.resize(size);
  return out;
}

Result<Bytes> encode_jpeg(const Picture& p, int quality) {
  std::vector<uint8_t> opaque(static_cast<size_t>(p.width) * static_cast<size_t>(p.height) * 3);
  for (size_t i = 0; i < opaque.size() / 3; ++i)
    for (size_t c = 0; c < 3; ++c) {
      unsigned a = p.rgba[i * 4 + 3];
      opaque[i * 3 + c] = static_cast<uint8_t>((p.rgba[i * 4 + c] * a + 255 * (255 - a) + 127) / 255);
    }
  Turbo turbo(tjInitCompress(), tjDestroy);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  int result = turbo ? tjCompress2(turbo.get(), opaque.data(), p.width, 0, p.height, TJPF_RGB, &bytes, &size,
                                   TJSAMP_420, quality, TJFLAG_ACCURATEDCT)
                     : -1;
  std::unique_ptr<unsigned char, void (*)(unsigned char*)> owner(bytes, tjFree);
  if (result != 0) return base::fail(Fault::corrupt, "picture", "This picture cannot be written.");
  return Bytes(bytes, bytes + size);
}

Result<CleanPicture> clean_picture(ByteView file, int most_side) {
  auto picture = decode_picture(file, most_side);
  if (!picture) return base::pass(picture.error());
  CleanPicture out{{}, "png", picture->width, picture->height};
  if (is_png(file)) {
    auto png = encode_png(*picture);
    if (!png) return base::pass(png.error());
    out.bytes = std::move(*png);
    if (out.bytes.size() <= small_png) return out;
  }
  auto jpeg = encode_jpeg(*picture);
  if (!jpeg) return base::pass(jpeg.error());
  out.bytes = std::move(*jpeg);
  out.extension = "jpg";
  return out;
}

Picture blank_picture(int width, int height, uint32_t colour) {
  Picture out{width, height,
              std::vector<uint8_t>(static_cast<size_t>(width) * static_cast<size_t>(height) * 4)};
  for (size_t i = 0; i < out.rgba.size(); ++i) out.rgba[i] = static_cast<uint8_t>(colour >> (8 * (i % 4)));
  return out;
}

// Every pixel near the way takes the pen's colour by how much of it the pen covers.
void draw_stroke(Picture& p, const Stroke& stroke) {
  auto w = static_cast<float>(p.width);
  auto h = static_cast<float>(p.height);
  float radius = std::max(0.6f, stroke.width * w / 2);
  auto one = [&](float ax, float ay, float bx, float by) {
    int x0 = std::max(0, static_cast<int>(std::floor(std::min(ax, bx) - radius - 1)));
    int x1 = std::min(p.width - 1, static_cast<int>(std::ceil(std::max(ax, bx) + radius + 1)));
    int y0 = std::max(0, static_cast<int>(std::floor(std::min(ay, by) - radius - 1)));
    int y1 = std::min(p.height - 1, static_cast<int>(std::ceil(std::max(ay, by) + radius + 1)));
    float dx = bx - ax;
    float dy = by - ay;
    float length = dx * dx + dy * dy;
    for (int y = y0; y <= y1; ++y)
      for (int x = x0; x <= x1; ++x) {
        float px = static_cast<float>(x) + 0.5f - ax;
        float py = static_cast<float>(y) + 0.5f - ay;
        float t = length > 0 ? std::clamp((px * dx + py * dy) / length, 0.f, 1.f) : 0.f;
        float far = std::hypot(px - t * dx, py - t * dy);
        float cover =
            std::clamp(radius + 0.5f - far, 0.f, 1.f) * static_cast<float>(stroke.colour >> 24) / 255;
        if (cover <= 0) continue;
        uint8_t* to =
            &p.rgba[(static_cast<size_t>(y) * static_cast<size_t>(p.width) + static_cast<size_t>(x)) * 4];
        for (int c = 0; c < 3; ++c)
          to[c] =
              static_cast<uint8_t>(std::lround(static_cast<float>(to[c]) * (1 - cover) +
                                               static_cast<float>(stroke.colour >> (8 * c) & 0xff) * cover));
        to[3] = static_cast<uint8_t>(std::max<long>(to[3], std::lround(cover * 255)));
      }
  };
  const std::vector<float>& s = stroke.way;
  if (s.size() == 2) one(s[0] * w, s[1] * h, s[0] * w, s[1] * h);
  for (size_t i = 0; i + 3 < s.size(); i += 2) one(s[i] * w, s[i + 1] * h, s[i + 2] * w, s[i + 3] * h);
}

}  // namespace app
