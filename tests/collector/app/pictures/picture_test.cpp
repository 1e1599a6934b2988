// Pictures: what a camera wrote beside the pixels is gone, what it meant by its sides is kept, and no file harms.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>

#include "collector/app/pictures/picture.h"
#include "forms/base/random.h"

using app::Picture;
using base::Bytes;

namespace {

// Red above on the left, green above on the right, blue below on the left, white below on the right.
Picture four(int width, int height) {
  Picture p = app::blank_picture(width, height, 0xff0000ff);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      uint8_t* at =
          &p.rgba[(static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)) * 4];
      bool right = x >= width / 2;
      bool below = y >= height / 2;
      at[0] = !right && !below ? 250 : right && below ? 255 : 0;
      at[1] = right ? 250 : 0;
      at[2] = below ? 250 : 0;
    }
  return p;
}

char colour_at(const Picture& p, double x, double y) {
  auto px = static_cast<size_t>(x * p.width);
  auto py = static_cast<size_t>(y * p.height);
  const uint8_t* at = &p.rgba[(py * static_cast<size_t>(p.width) + px) * 4];
  if (at[0] > 150 && at[1] > 150 && at[2] > 150) return 'w';
  if (at[0] > 150) return 'r';
  if (at[1] > 150) return 'g';
  return at[2] > 150 ? 'b' : 'k';
}

// A JPEG with an EXIF part as cameras write it: the way it was held, and a place and an owner to be hunted for.
Bytes photograph(int orientation) {
  Bytes jpeg = *app::encode_jpeg(four(64, 32), 95);
  Bytes exif = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 2};
  auto entry = [&](uint16_t tag, uint16_t type, uint32_t count, uint32_t value) {
    for (int s : {8, 0}) exif.push_back(static_cast<uint8_t>(tag >> s));
    for (int s : {8, 0}) exif.push_back(static_cast<uint8_t>(type >> s));
    for (int s : {24, 16, 8, 0}) exif.push_back(static_cast<uint8_t>(count >> s));
    for (int s : {24, 16, 8, 0}) exif.push_back(static_cast<uint8_t>(value >> s));
  };
  entry(0x0112, 3, 1, static_cast<uint32_t>(orientation) << 16);
  entry(0x013b, 2, 24, 38);
  for (int i = 0; i < 4; ++i) exif.push_back(0);
  for (char c : std::string("GPS 33.97159 Amina B.  ")) exif.push_back(static_cast<uint8_t>(c));
  size_t length = exif.size() + 2;
  Bytes out = {0xff, 0xd8, 0xff, 0xe1, static_cast<uint8_t>(length >> 8), static_cast<uint8_t>(length)};
  out.insert(out.end(), exif.begin(), exif.end());
  out.insert(out.end(), jpeg.begin() + 2, jpeg.end());
  return out;
}

bool holds(const Bytes& bytes, const char* words) {
  return std::search(bytes.begin(), bytes.end(), words, words + std::strlen(words)) != bytes.end();
}

}  // namespace

TEST_CASE("picture: what a camera wrote beside the pixels is not carried over") {
  Bytes before = photograph(1);
  REQUIRE(holds(before, "Amina"));  // the control
  auto clean = app::clean_picture(before);
  REQUIRE(clean);
  CHECK_FALSE(holds(clean->bytes, "Amina"));
  CHECK_FALSE(holds(clean->bytes, "Exif"));
  CHECK_FALSE(holds(clean->bytes, "33.97"));
  CHECK(clean->extension == "jpg");
  CHECK(clean->width == 64);
}

TEST_CASE("picture: the way the camera was held is applied") {
  // Above left, above right, below left, below right, as a viewer should see them. Source: Exif 2.32, 4.6.4.
  const std::pair<int, const char*> rows[] = {{1, "rgbw"}, {2, "grwb"}, {3, "wbgr"}, {4, "bwrg"},
                                              {5, "rbgw"}, {6, "brwg"}, {7, "wgbr"}, {8, "gwrb"}};
  for (const auto& [orientation, seen] : rows) {
    CAPTURE(orientation);
    auto p = app::decode_picture(photograph(orientation), 1000);
    REQUIRE(p);
    CHECK(p->width == (orientation >= 5 ? 32 : 64));
    std::string corners;
    for (auto [x, y] : {std::pair{0.2, 0.2}, {0.8, 0.2}, {0.2, 0.8}, {0.8, 0.8}})
      corners += colour_at(*p, x, y);
    CHECK(corners == seen);
  }
}

TEST_CASE("picture: scaled down to the longer side asked for, never up") {
  Bytes jpeg = *app::encode_jpeg(four(400, 100));
  Bytes png = *app::encode_png(four(400, 100));
  for (const Bytes* file : {&jpeg, &png})
    for (int most : {50, 123, 400, 4000}) {
      CAPTURE(most);
      auto p = app::decode_picture(*file, most);
      REQUIRE(p);
      CHECK(std::max(p->width, p->height) == std::min(most, 400));
      CHECK(std::abs(p->width - 4 * p->height) <= 4);
      CHECK(colour_at(*p, 0.2, 0.2) == 'r');
      CHECK(colour_at(*p, 0.8, 0.8) == 'w');
    }
}

TEST_CASE("picture: a PNG stays one while it is small; what is clear becomes white in a JPEG") {
  auto png = app::clean_picture(*app::encode_png(four(60, 60)));
  REQUIRE(png);
  CHECK(png->extension == "png");
  base::SeededRandom random(5);
  Picture noise = app::blank_picture(900, 900, 0);
  for (uint8_t& byte : noise.rgba) byte = static_cast<uint8_t>(random.below(256));
  auto photo = app::clean_picture(*app::encode_png(noise));
  REQUIRE(photo);
  CHECK(photo->extension == "jpg");
  auto clear = app::decode_picture(*app::encode_jpeg(app::blank_picture(8, 8, 0x00000000)), 100);
  REQUIRE(clear);
  CHECK(colour_at(*clear, 0.5, 0.5) == 'w');
}

TEST_CASE("picture: what is no picture, or too much of one, gets a word for it") {
  auto fault = [](const Bytes& file) {
    auto p = app::decode_picture(file, 500);
    REQUIRE_FALSE(p);
    return p.error().fault;
  };
  CHECK(fault({}) == base::Fault::unsupported);
  CHECK(fault({'G', 'I', 'F', '8', '9', 'a', 0, 0, 0, 0, 0, 0}) == base::Fault::unsupported);
  Bytes bomb = *app::encode_png(four(8, 8));
  bomb[16] = bomb[17] = bomb[20] = bomb[21] = 0x10;  // 268 million pixels on a side, says the header
  auto claimed = app::decode_picture(bomb, 500);
  REQUIRE_FALSE(claimed);
  CHECK((claimed.error().fault == base::Fault::full || claimed.error().fault == base::Fault::corrupt));
  Bytes wide = *app::encode_jpeg(four(16, 16));
  for (size_t i = 0; i + 9 < wide.size(); ++i)
    if (wide[i] == 0xff && wide[i + 1] == 0xc0) wide[i + 5] = wide[i + 6] = wide[i + 7] = wide[i + 8] = 0x60;
  CHECK(fault(wide) == base::Fault::full);
}

TEST_CASE("picture: files cut short and changed at random end in a picture or a word, never otherwise") {
  base::SeededRandom random(7);
  int taken = 0;
  for (const Bytes& whole :
       {photograph(6), *app::encode_png(four(40, 40)), *app::encode_jpeg(four(200, 120), 60)}) {
    for (size_t cut = 0; cut < whole.size(); cut += 1 + whole.size() / 60) {
      auto p = app::decode_picture(base::ByteView(whole).first(cut), 100);
      taken += p.has_value();
    }
    for (int round = 0; round < 400; ++round) {
      Bytes bad = whole;
      for (size_t n = 0; n < 1 + random.below(6); ++n)
        bad[random.below(bad.size())] = static_cast<uint8_t>(random.below(256));
      auto p = app::clean_picture(bad, 100);
      if (p) CHECK(std::max(p->width, p->height) <= 100);
      taken += p.has_value();
    }
  }
  CHECK(taken > 100);
}

TEST_CASE("picture: a pen leaves its colour on its way and nowhere else") {
  Picture p = app::blank_picture(100, 50, 0xffffffff);
  app::draw_stroke(p, {{0.1f, 0.5f, 0.9f, 0.5f}, 0.06f, 0xff0000ff});
  CHECK(colour_at(p, 0.5, 0.5) == 'r');
  CHECK(colour_at(p, 0.5, 0.2) == 'w');
  CHECK(colour_at(p, 0.02, 0.5) == 'w');
  app::draw_stroke(p, {{0.5f, 0.9f}, 0.1f, 0xffff0000});  // a point
  CHECK(colour_at(p, 0.5, 0.9) == 'b');
  app::draw_stroke(p, {{-5.f, -5.f, 5.f, 5.f}, 0.02f, 0xff00ff00});  // from outside to outside
  app::draw_stroke(p, {{}, 0.02f, 0xff00ff00});
}
