// rihla-svg, as the window asks it: pictures that people draw, and pictures made to do harm. Skips, saying so, where
// it was not built.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "collector/app/devices.h"
#include "collector/app/pictures/vector.h"
#include "tests/support/folder.h"

using namespace app;

namespace {

constexpr size_t most = size_t{largest_svg_side} * largest_svg_side * 6 + 64;

base::Result<VectorPicture> drawn(const std::string& svg, const std::vector<std::string>& ids, int side = 300) {
  auto answer = run_part("rihla-svg", vector_request(base::view_of(svg), side, ids), most, 8);
  if (!answer) return base::fail(base::Fault::missing, "picture", "");
  return read_vector(*answer, ids.size());
}

std::string svg(const std::string& head, const std::string& body) {
  return R"(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" )" + head + ">" + body + "</svg>";
}

bool skips() {
  if (has_part("rihla-svg")) return false;
  MESSAGE("SKIPPED: rihla-svg was not built (librsvg2-dev is absent)");
  return true;
}

}  // namespace

TEST_CASE("svg: the size is the document's own, its view box's, or that of what is drawn; scaled to what is asked") {
  if (skips()) return;
  struct Row {
    const char* head;
    const char* body;
    int width, height;
    double x, y;  // a place in #a
  };
  const Row rows[] = {
      {R"(width="200" height="100")", R"(<rect id="a" x="100" width="100" height="100"/>)", 300, 150, 0.75, 0.5},
      {R"(viewBox="100 100 50 50")", R"(<rect id="a" x="125" y="125" width="25" height="25"/>)", 300, 300, 0.75, 0.75},
      {R"(width="10cm" height="20cm" viewBox="0 0 10 20")", R"(<rect id="a" width="10" height="10"/>)", 150, 300, 0.5, 0.25},
      {R"(width="100%" height="100%" viewBox="0 0 40 20")", R"(<rect id="a" width="20" height="20"/>)", 300, 150, 0.25, 0.5},
      {"", R"(<rect id="a" x="50" y="50" width="100" height="50"/>)", 300, 150, 0.5, 0.5},
  };
  for (const Row& row : rows) {
    CAPTURE(row.head);
    auto picture = drawn(svg(row.head, row.body), {"a"});
    REQUIRE(picture);
    CHECK(picture->picture.width == row.width);
    CHECK(picture->picture.height == row.height);
    CHECK(picture->part_at(row.x, row.y) == 1);
  }
}

TEST_CASE("svg: a part is what it encloses, in a group too; the smaller lies above; ids that are no choices are nothing") {
  if (skips()) return;
  auto picture = drawn(svg(R"(width="100" height="100")",
                           R"x(<rect id="inner" x="40" y="40" width="20" height="20" fill="red"/>
                              <rect id="outer" x="10" y="10" width="80" height="80" fill="none" stroke="black"/>
                              <g id="group" transform="translate(0,90)"><g><rect width="10" height="10"/></g></g>
                              <rect id="decor" x="90" width="10" height="10"/>
                              <rect id="hidden" width="5" height="5" display="none"/>)x"),
                       {"outer", "inner", "group", "hidden", "nowhere", "", "a#b)"});
  REQUIRE(picture);
  CHECK(picture->part_at(0.2, 0.2) == 1);
  CHECK(picture->part_at(0.5, 0.5) == 2);
  CHECK(picture->part_at(0.05, 0.95) == 3);
  CHECK(picture->part_at(0.95, 0.05) == 0);
  for (size_t n : {size_t{3}, size_t{4}, size_t{5}, size_t{6}}) CHECK_FALSE(picture->parts[n].is_there());
}

TEST_CASE("svg: what is broken, empty or a line gives no picture") {
  if (skips()) return;
  for (const std::string& bad : {std::string(), std::string("<svg"), std::string("\x89PNG"), std::string("<svg/>"), svg("", "<rect id=\"a\" "),
                                 svg(R"(width="1000000000" height="1")", ""), svg(R"(width="0" height="0")", "")})
    CHECK_MESSAGE(!drawn(bad, {"a"}), bad);
}

TEST_CASE("svg: nothing outside the picture is read: no file, no address, no entity") {
  if (skips()) return;
  support::Folder folder;
  std::string red = svg(R"(width="10" height="10")", R"(<rect width="10" height="10" fill="#ff0000"/>)");
  folder.write("red.svg", red);
  std::string file = "file://" + (folder.path() / "red.svg").string();
  for (const std::string& address : {file, (folder.path() / "red.svg").string(), std::string("http://127.0.0.1:9/red.svg")}) {
    CAPTURE(address);
    auto picture = drawn(svg(R"(width="10" height="10")", "<image width=\"10\" height=\"10\" xlink:href=\"" + address +
                                                              "\"/><use xlink:href=\"" + address + "#x\"/><rect id=\"a\" width=\"1\" height=\"1\"/>"),
                         {"a"});
    if (!picture) continue;  // refused whole: as good
    CHECK(picture->parts[0].is_there());
    const std::vector<uint8_t>& rgba = picture->picture.rgba;
    CHECK(rgba[rgba.size() - 1] == 0);  // nothing was painted there
  }
  auto entity = drawn("<!DOCTYPE svg [<!ENTITY x SYSTEM \"" + file + "\">]>" + svg(R"(width="10" height="10")", "<text>&x;</text>"), {});
  if (entity) CHECK(std::all_of(entity->picture.rgba.begin(), entity->picture.rgba.end(), [](uint8_t v) { return v == 0; }));
}

TEST_CASE("svg: sizes beyond sense, filters without end and references to the power of ten hold nothing up") {
  if (skips()) return;
  auto huge = drawn(svg(R"(width="1000000000" height="1000000000")", R"(<rect id="a" width="500000000" height="1000000000"/>)"), {"a"}, 100000);
  if (huge) CHECK(huge->picture.width == largest_svg_side);
  auto filtered = drawn(svg(R"(width="100" height="100")", R"(<filter id="f"><feMorphology radius="90" operator="dilate"/>
      <feGaussianBlur stdDeviation="900"/></filter><rect id="a" width="50" height="50" style="filter:url(#f) !important"/>)"),
                        {"a"}, largest_svg_side);
  REQUIRE(filtered);
  CHECK(filtered->part_at(0.2, 0.2) == 1);
  CHECK(filtered->part_at(0.7, 0.7) == 0);
  std::string uses = R"(<defs><g id="u0"><circle r="50"/></g>)";
  for (int n = 1; n <= 16; ++n) {
    uses += "<g id=\"u" + std::to_string(n) + "\">";
    for (int i = 0; i < 10; ++i) uses += "<use xlink:href=\"#u" + std::to_string(n - 1) + "\"/>";
    uses += "</g>";
  }
  CHECK_FALSE(drawn(svg(R"(width="100" height="100")", uses + R"(</defs><use xlink:href="#u16"/>)"), {}));
  std::string laughs = "<!DOCTYPE svg [<!ENTITY e0 \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\">";
  for (int n = 1; n <= 12; ++n) {
    laughs += "<!ENTITY e" + std::to_string(n) + " \"";
    for (int i = 0; i < 10; ++i) laughs += "&e" + std::to_string(n - 1) + ";";
    laughs += "\">";
  }
  CHECK_FALSE(drawn(laughs + "]>" + svg(R"(width="100" height="100")", "<text>&e12;</text>"), {}));
}

TEST_CASE("parts of the program: one that is not there, says too much or takes too long gives nothing") {
  CHECK_FALSE(has_part("rihla-nothing"));
  CHECK_FALSE(run_part("rihla-nothing", base::view_of("x"), 100, 1));
  if (skips()) return;
  base::Bytes request = vector_request(base::view_of(svg(R"(width="10" height="10")", "")), 10, {});
  CHECK(run_part("rihla-svg", request, 10 * 10 * 6 + 12, 8));
  CHECK_FALSE(run_part("rihla-svg", request, 10 * 10 * 6 + 11, 8));
  CHECK_FALSE(run_part("rihla-svg", request, 10'000, 0));
}
