#include "collector/text/atlas.h"

#include <algorithm>

namespace text {

Atlas::Atlas(int width, int height, Rasterise rasterise)
    : width_(width),
      height_(height),
      rasterise_(std::move(rasterise)),
      pixels_(static_cast<size_t>(width) * static_cast<size_t>(height)) {
  begin_anew();
  restarts_ = 0;
}

Slot Atlas::slot(const GlyphName& name) {
  auto [at, is_new] = slots_.try_emplace(name, static_cast<Slot>(names_.size()));
  if (is_new) {
    names_.push_back(name);
    places_.emplace_back();
  }
  return at->second;
}

const Place& Atlas::use(Slot slot) {
  static const Place nothing;
  if (slot >= places_.size()) return nothing;
  Where& where = places_[slot];
  if (where.shelf >= 0) {
    shelves_[static_cast<size_t>(where.shelf)].used = frame_;
    return where.place;
  }
  if (where.seen && where.place.width == 0) return nothing;
  GlyphImage image = rasterise_(names_[slot]);
  where.seen = true;
  where.place = {0, 0, image.width, image.height, image.left, image.top};
  if (image.width <= 0 || image.height <= 0) {
    where.place.width = where.place.height = 0;
    return nothing;
  }
  int found = room(image.width + 1, image.height + 1);
  if (found < 0) {
    ++undrawn_;
    return nothing;
  }
  Shelf& shelf = shelves_[static_cast<size_t>(found)];
  where.place.x = shelf.pen;
  where.place.y = shelf.y;
  where.shelf = found;
  shelf.pen += image.width + 1;
  shelf.used = frame_;
  shelf.slots.push_back(slot);
  for (int y = 0; y < image.height; ++y)
    std::copy_n(image.grey.begin() + static_cast<long>(y) * image.width, image.width,
                pixels_.begin() + static_cast<long>(where.place.y + y) * width_ + where.place.x);
  dirty_.push_back({where.place.x, where.place.y, image.width, image.height});
  return where.place;
}

// A shelf is as high as its first glyph asked for, rounded up; a glyph of three quarters of that may join it.
int Atlas::room(int width, int height) {
  if (width > width_ || height > height_ - white - 1) return -1;
  auto fits = [&](const Shelf& s) { return s.height >= height && s.pen + width <= width_; };
  int best = -1;
  for (size_t i = 0; i < shelves_.size(); ++i)
    if (fits(shelves_[i]) && shelves_[i].height * 3 <= height * 4 + 12 &&
        (best < 0 || shelves_[i].height < shelves_[static_cast<size_t>(best)].height))
      best = static_cast<int>(i);
  if (best >= 0) return best;
  int bottom = shelves_.empty() ? white + 1 : shelves_.back().y + shelves_.back().height;
  int wanted = std::min((height + 3) / 4 * 4, height_ - bottom);
  if (wanted >= height) {
    shelves_.push_back({bottom, wanted, 0, frame_, {}});
    return static_cast<int>(shelves_.size()) - 1;
  }
  // Full: the shelf that was unused longest gives way, the lowest that is high enough among equals.
  for (size_t i = 0; i < shelves_.size(); ++i) {
    const Shelf& s = shelves_[i];
    if (s.height < height || s.used >= frame_) continue;
    const Shelf* now = best < 0 ? nullptr : &shelves_[static_cast<size_t>(best)];
    if (!now || s.used < now->used || (s.used == now->used && s.height < now->height))
      best = static_cast<int>(i);
  }
  if (best >= 0) {
    clear_shelf(best);
    return best;
  }
  for (const Shelf& s : shelves_)  // even a high one, when it has room
    if (fits(s)) return static_cast<int>(&s - shelves_.data());
  // Everything is in use. Once a frame the picture may begin anew; what was drawn is drawn again.
  if (restarted_ == frame_) return -1;
  restarted_ = frame_;
  begin_anew();
  return room(width, height);
}

void Atlas::clear_shelf(int shelf) {
  Shelf& s = shelves_[static_cast<size_t>(shelf)];
  for (Slot one : s.slots) places_[one].shelf = -1;
  s.slots.clear();
  s.pen = 0;
  std::fill_n(pixels_.begin() + static_cast<long>(s.y) * width_, static_cast<long>(s.height) * width_,
              uint8_t{0});
  dirty_.push_back({0, s.y, width_, s.height});
}

void Atlas::begin_anew() {
  for (Where& where : places_) where.shelf = -1;
  shelves_.clear();
  std::fill(pixels_.begin(), pixels_.end(), uint8_t{0});
  for (int y = 0; y < white; ++y)
    std::fill_n(pixels_.begin() + static_cast<long>(y) * width_, white, uint8_t{255});
  dirty_ = {{0, 0, width_, height_}};
  ++restarts_;
}

void Atlas::forget() {
  begin_anew();
  names_.clear();
  places_.clear();
  slots_.clear();
}

}  // namespace text
