// The judge of the screens is judged: each fault that it must find is planted once, beside a screen without any.
#include "tests/collector/window/judge.h"

#include <doctest/doctest.h>

#include <filesystem>

using namespace window;

namespace {

struct Sheet {
  std::unique_ptr<text::Shaper> shaper;
  std::unique_ptr<Kit> kit;
  std::vector<Mark> marks;
  explicit Sheet(bool right_to_left = false) {
    auto opened = text::Shaper::open(std::filesystem::path(RIHLA_BINARY) / "share/fonts");
    REQUIRE(opened);
    shaper = std::move(*opened);
    kit = std::make_unique<Kit>(*shaper, light);
    kit->size(640, 400, 1);
    kit->direction(right_to_left);
  }
  std::string complaints(const std::function<void(Kit&)>& draw) {
    marks.clear();
    kit->record(&marks);
    kit->begin(nullptr);
    kit->fill({0, 0, 640, 400}, light.ground);
    kit->card({40, 40, 400, 200});
    kit->text({60, 60, 300, 30}, "Whole, and well seen", light.ink, {.size = 16});
    draw(*kit);
    kit->end();
    kit->record(nullptr);
    std::string all;
    for (const std::string& one : judge::complaints(marks, {0, 0, 640, 400})) all += one + "\n";
    return all;
  }
};

struct Planted {
  const char* complaint;
  std::function<void(Kit&)> draw;
};

}  // namespace

TEST_CASE("judge: a screen without a fault gets no complaint, in either direction") {
  for (bool right_to_left : {false, true}) CHECK(Sheet(right_to_left).complaints([](Kit&) {}) == "");
}

TEST_CASE("judge: every planted fault is found, in either direction") {
  const std::string words = "A string that is far too long for the place that it was given here";
  const std::vector<Planted> all = {
      {"cut", [&](Kit& kit) { kit.text({60, 100, 90, 24}, words, light.ink, {.size = 16, .wrap = false}); }},
      {"leaves its panel", [&](Kit& kit) { kit.text({300, 100, 320, 24}, "Beyond the edge of its card", light.ink, {.size = 16}); }},
      {"low contrast", [&](Kit& kit) { kit.text({60, 100, 300, 24}, "Pale", 0xffd0d0d0, {.size = 16}); }},
      {"too small", [&](Kit& kit) { kit.text({60, 100, 300, 24}, "Tiny", light.ink, {.size = 9}); }},
      {"over", [&](Kit& kit) { kit.text({60, 62, 300, 24}, "On top of the other", light.ink, {.size = 16}); }},
      {"a character without a glyph", [&](Kit& kit) { kit.text({60, 100, 300, 24}, "a\xF0\x93\x80\x80", light.ink, {.size = 16}); }},
      {"out of sight", [&](Kit& kit) { kit.text({700, 100, 100, 24}, "Nobody sees this", light.ink, {.size = 16}); }},
      {"clipped", [&](Kit& kit) {
         kit.clip({60, 100, 60, 24});
         kit.text({60, 100, 300, 24}, "Half of this is seen", light.ink, {.size = 16});
         kit.unclip();
       }}};
  for (const Planted& one : all)
    for (bool right_to_left : {false, true}) {
      CAPTURE(one.complaint);
      std::string found = Sheet(right_to_left).complaints(one.draw);
      CAPTURE(found);
      CHECK(found.find(one.complaint) != std::string::npos);
    }
}
