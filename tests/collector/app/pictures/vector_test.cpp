// What a picture's drawer is asked and answers, and where the parts of a picture lie.
#include "collector/app/pictures/vector.h"

#include <doctest/doctest.h>

using namespace app;

namespace {

// A picture of 12 × 6: the left half is the first part but for a hole, a corner of the right one the second.
base::Bytes some_answer() {
  Picture picture = blank_picture(12, 6, 0xffffffff);
  std::vector<uint16_t> part(12 * 6);
  for (size_t y = 0; y < 6; ++y)
    for (size_t x = 0; x < 12; ++x) part[y * 12 + x] = x < 6 ? 1 : x > 9 && y < 2 ? 2 : 0;
  part[2 * 12 + 1] = 0;
  return vector_answer(picture, part);
}

}  // namespace

TEST_CASE("vector: what is asked arrives as it was asked") {
  base::Bytes request = vector_request(base::view_of("<svg/>"), 900, {"hand", "left foot", ""});
  auto read = read_vector_request(request);
  REQUIRE(read);
  CHECK(read->side == 900);
  CHECK(read->ids == std::vector<std::string>{"hand", "left foot", ""});
  CHECK(base::text_of(read->svg) == "<svg/>");
  for (size_t n = 0; n < 12; ++n) CHECK_FALSE(read_vector_request(base::ByteView(request).first(n)));
}

TEST_CASE("vector: an answer says where each part lies, and a pixel of it far from every edge, near its middle") {
  auto drawn = read_vector(some_answer(), 3);
  REQUIRE(drawn);
  REQUIRE(drawn->parts.size() == 3);
  const VectorPicture::Part& first = drawn->parts[0];
  CHECK(first.left == 0);
  CHECK(first.right == 6);
  CHECK(first.bottom == 6);
  CHECK(drawn->part[static_cast<size_t>(first.y) * 12 + static_cast<size_t>(first.x)] == 1);
  CHECK((first.x == 3 || first.x == 4));
  CHECK(first.y >= 2);
  CHECK(first.y <= 4);
  CHECK(drawn->parts[1].left == 10);
  CHECK_FALSE(drawn->parts[2].is_there());
  CHECK(drawn->part_at(0.01, 0.01) == 1);
  CHECK(drawn->part_at(0.99, 0.01) == 2);
  CHECK(drawn->part_at(0.6, 0.9) == 0);
  for (auto [x, y] : {std::pair{-0.1, 0.5}, {1.0, 0.5}, {0.5, 1.0}, {0.0 / 0.0, 0.5}}) CHECK(drawn->part_at(x, y) == 0);
}

TEST_CASE("vector: an answer that is cut, too long, too large or speaks of other parts is refused") {
  base::Bytes good = some_answer();
  for (size_t n = 0; n < good.size(); ++n) CHECK_FALSE(read_vector(base::ByteView(good).first(n), 3));
  base::Bytes longer = good;
  longer.push_back(0);
  CHECK_FALSE(read_vector(longer, 3));
  CHECK_FALSE(read_vector(good, 1));  // the second part was not asked for
  for (size_t at : {size_t{5}, size_t{7}, size_t{9}, size_t{11}}) {
    base::Bytes wide = good;
    wide[at] = 0x7f;
    CHECK_FALSE(read_vector(wide, 3));
  }
}

TEST_CASE("vector: an SVG is told by its beginning") {
  for (const char* yes : {"<svg xmlns='…'/>", "<?xml version=\"1.0\"?>\n<svg/>", "\xef\xbb\xbf\n<!-- by hand --><svg>",
                          "<?xml version='1.0'?><s:svg xmlns:s='…'>", "\x1f\x8b\x08"})
    CHECK_MESSAGE(looks_like_svg(base::view_of(yes)), yes);
  for (const char* no : {"", "GIF89a", "\x89PNG", "svg", "<html><body/></html>"})
    CHECK_MESSAGE(!looks_like_svg(base::view_of(no)), no);
}
