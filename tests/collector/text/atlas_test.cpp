// The atlas: a shelf gives way when the picture is full, never one that the frame uses, and every glyph comes
// back as it was.
#include <doctest/doctest.h>

#include "collector/text/atlas.h"

using namespace text;

namespace {

// A glyph of its own size and greys, so that one that lies in another's place is seen.
GlyphImage made(const GlyphName& name) {
  GlyphImage image{static_cast<int>(6 + name.glyph % 9), static_cast<int>(8 + name.glyph % 7), 1, 2, {}};
  for (int i = 0; i < image.width * image.height; ++i)
    image.grey.push_back(static_cast<uint8_t>(1 + (name.glyph * 31 + static_cast<unsigned>(i) * 7) % 255));
  return image;
}

bool stands(const Atlas& atlas, const GlyphName& name, const Place& place) {
  GlyphImage image = made(name);
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x)
      if (atlas.pixels()[static_cast<size_t>((place.y + y) * atlas.width() + place.x + x)] !=
          image.grey[static_cast<size_t>(y * image.width + x)])
        return false;
  return place.width == image.width && place.height == image.height;
}

}  // namespace

TEST_CASE("atlas: a hundred frames of other glyphs pass through a picture of four frames, each whole") {
  int rasterised = 0;
  Atlas atlas(160, 160, [&](const GlyphName& name) {
    ++rasterised;
    return made(name);
  });
  for (unsigned frame = 0; frame < 100; ++frame) {
    std::vector<std::pair<GlyphName, Slot>> drawn;
    for (unsigned n = 0; n < 40; ++n) {
      GlyphName name{0, frame * 17 + n, 0, false};
      Slot slot = atlas.slot(name);
      CHECK(atlas.slot(name) == slot);
      (void)atlas.use(slot);
      drawn.emplace_back(name, slot);
    }
    for (auto& [name, slot] : drawn) CHECK(stands(atlas, name, atlas.use(slot)));
    atlas.next_frame();
  }
  CHECK(atlas.undrawn() == 0);
  CHECK(atlas.restarts() == 0);  // old shelves gave way: never all at once
  // Neighbouring frames share 23 of 40: those were not made again.
  CHECK(rasterised < 100 * 40 - 99 * 10);
}

TEST_CASE("atlas: what a frame uses is not taken from it; where all is in use it begins anew and says so") {
  Atlas atlas(64, 64, made);
  std::vector<Slot> slots;
  for (unsigned n = 0; n < 12; ++n) slots.push_back(atlas.slot({0, n, 0, false}));
  for (Slot slot : slots) (void)atlas.use(slot);
  CHECK(atlas.restarts() == 0);
  // More than fits together with these, in the same frame.
  for (unsigned n = 100; n < 118; ++n) (void)atlas.use(atlas.slot({0, n, 0, false}));
  CHECK(atlas.restarts() == 1);
  // Drawn again, within the same frame: what there is no room for is not drawn and is counted.
  for (unsigned n = 100; n < 160; ++n) (void)atlas.use(atlas.slot({0, n, 0, false}));
  CHECK(atlas.restarts() == 1);
  CHECK(atlas.undrawn() > 0);
  atlas.next_frame();
  Slot one = atlas.slot({0, 3, 0, false});
  CHECK(stands(atlas, {0, 3, 0, false}, atlas.use(one)));
}

TEST_CASE("atlas: a white corner for shapes stays, an empty glyph takes no room, a huge one is not drawn") {
  Atlas atlas(64, 64, [](const GlyphName& name) {
    if (name.glyph == 1) return GlyphImage{};
    if (name.glyph == 2) return GlyphImage{80, 80, 0, 0, std::vector<uint8_t>(6400, 9)};
    return made(name);
  });
  CHECK(atlas.use(atlas.slot({0, 1, 0, false})).width == 0);
  CHECK(atlas.undrawn() == 0);
  CHECK(atlas.use(atlas.slot({0, 2, 0, false})).width == 0);
  CHECK(atlas.undrawn() == 1);
  CHECK(atlas.use(no_slot).width == 0);
  for (unsigned n = 10; n < 400; ++n) {
    (void)atlas.use(atlas.slot({0, n, 0, false}));
    atlas.next_frame();
  }
  for (int y = 0; y < Atlas::white; ++y)
    for (int x = 0; x < Atlas::white; ++x) CHECK(atlas.pixels()[static_cast<size_t>(y * 64 + x)] == 255);
  atlas.forget();
  CHECK(atlas.slots() == 0);
}

TEST_CASE("atlas: the rectangles to upload cover whatever changed") {
  Atlas atlas(96, 96, made);
  std::vector<uint8_t> texture(96 * 96);
  for (unsigned frame = 0; frame < 60; ++frame) {
    for (unsigned n = 0; n < 20; ++n) (void)atlas.use(atlas.slot({0, frame * 11 + n, 0, false}));
    for (const Dirty& d : atlas.take_dirty())
      for (int y = d.y; y < d.y + d.height; ++y)
        for (int x = d.x; x < d.x + d.width; ++x)
          texture[static_cast<size_t>(y * 96 + x)] = atlas.pixels()[static_cast<size_t>(y * 96 + x)];
    CHECK(texture == atlas.pixels());
    atlas.next_frame();
  }
}
