// Atlas: glyphs rasterised once, side by side in one grey picture that the window uploads to its texture.
//
//   Slot s = atlas.slot({face, glyph, quarter, bold});   // a name for a glyph: kept by paragraphs, cheap
//   const Place& p = atlas.use(s);                       // where it is now; rasterised when it is not there
//   for (const Dirty& d : atlas.take_dirty()) upload(d, atlas.pixels());
//   atlas.next_frame();
//
// The picture is cut into shelves. When it is full, the shelf that has been unused longest gives way, never
// one that this frame has used; where every shelf is in use it begins anew and restarts() says that what was
// drawn in this frame must be drawn again. A glyph for which even that leaves no room is not drawn and is
// counted. White pixels for shapes stand at (0, 0). Not thread-safe. Memory: width × height bytes, and 40
// bytes a glyph ever named, until forget().
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace text {

struct Place {
  int x = 0, y = 0, width = 0, height = 0;  // in the picture; width 0: nothing to see
  int left = 0, top = 0;                    // from the pen, pixels; top upwards
};
struct Dirty {
  int x = 0, y = 0, width = 0, height = 0;
};
struct GlyphName {
  uint32_t face = 0, glyph = 0;
  uint8_t quarter = 0;  // quarters of a pixel to the right
  bool bold = false;    // made bolder: its font has no bold
  bool operator==(const GlyphName&) const = default;
};
struct GlyphImage {
  int width = 0, height = 0, left = 0, top = 0;
  std::vector<uint8_t> grey;  // width × height
};

using Slot = uint32_t;
inline constexpr Slot no_slot = UINT32_MAX;

class Atlas {
 public:
  using Rasterise = std::function<GlyphImage(const GlyphName&)>;
  static constexpr int white = 3;  // the side of the white square

  Atlas(int width, int height, Rasterise rasterise);
  Slot slot(const GlyphName& name);
  const Place& use(Slot slot);
  int width() const { return width_; }
  int height() const { return height_; }
  const std::vector<uint8_t>& pixels() const { return pixels_; }
  std::vector<Dirty> take_dirty() { return std::exchange(dirty_, {}); }
  void next_frame() { ++frame_; }
  int restarts() const { return restarts_; }
  int undrawn() const { return undrawn_; }  // glyphs without room, ever
  size_t slots() const { return names_.size(); }
  void forget();  // every glyph and every slot

 private:
  struct Shelf {
    int y = 0, height = 0, pen = 0, used = 0;
    std::vector<Slot> slots;
  };
  struct Where {
    Place place;
    int shelf = -1;     // -1: not in the picture
    bool seen = false;  // rasterised once: its size is known
  };
  struct Hash {
    size_t operator()(const GlyphName& n) const {
      return (static_cast<size_t>(n.face) << 34) ^ (static_cast<size_t>(n.glyph) << 4) ^
             static_cast<size_t>(n.quarter << 1) ^ static_cast<size_t>(n.bold);
    }
  };
  int room(int width, int height);  // a shelf that has it; -1: none
  void clear_shelf(int shelf);
  void begin_anew();

  int width_, height_, frame_ = 1, restarted_ = 0, restarts_ = 0, undrawn_ = 0;
  Rasterise rasterise_;
  std::vector<uint8_t> pixels_;
  std::vector<Dirty> dirty_;
  std::vector<Shelf> shelves_;
  std::vector<GlyphName> names_;
  std::vector<Where> places_;
  std::unordered_map<GlyphName, Slot, Hash> slots_;
};

}  // namespace text
