#include "collector/text/atlas.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>

namespace text {

Atlas::Atlas(int width, int height)
    : width_(width), height_(height), pixels_(static_cast<size_t>(width) * static_cast<size_t>(height)) {}

Place Atlas::place(void* face_pointer, unsigned glyph, int quarter, bool embolden) {
  uint64_t face_number = faces_.try_emplace(face_pointer, faces_.size()).first->second;
  uint64_t key = face_number << 40 | static_cast<uint64_t>(glyph) << 4 | static_cast<uint64_t>(quarter) << 1 |
                 (embolden ? 1 : 0);
  if (auto at = places_.find(key); at != places_.end()) return at->second;
  auto face = static_cast<FT_Face>(face_pointer);
  Place out;
  if (FT_Load_Glyph(face, glyph, FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) == 0) {
    if (embolden) FT_Outline_Embolden(&face->glyph->outline, face->size->metrics.y_ppem * 64 / 26);
    FT_Outline_Translate(&face->glyph->outline, quarter * 16, 0);
    if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL) == 0) {
      const FT_Bitmap& bitmap = face->glyph->bitmap;
      out = {0,
             0,
             static_cast<int>(bitmap.width),
             static_cast<int>(bitmap.rows),
             face->glyph->bitmap_left,
             face->glyph->bitmap_top};
      if (out.width > 0 && out.height > 0 && out.width < width_ && out.height < height_) {
        if (pen_x_ + out.width + 1 > width_) {
          pen_x_ = 0;
          pen_y_ += row_ + 1;
          row_ = 0;
        }
        if (pen_y_ + out.height + 1 > height_) {  // full: begin anew
          places_.clear();
          std::fill(pixels_.begin(), pixels_.end(), uint8_t{0});
          dirty_ = {{0, 0, width_, height_}};
          pen_x_ = pen_y_ = row_ = 0;
          ++generation_;
        }
        out.x = pen_x_;
        out.y = pen_y_;
        for (int y = 0; y < out.height; ++y)
          std::copy_n(bitmap.buffer + static_cast<long>(y) * bitmap.pitch, out.width,
                      pixels_.begin() + static_cast<long>(out.y + y) * width_ + out.x);
        dirty_.push_back({out.x, out.y, out.width, out.height});
        pen_x_ += out.width + 1;
        row_ = std::max(row_, out.height);
      } else {
        out.width = out.height = 0;
      }
    }
  }
  places_[key] = out;
  return out;
}

}  // namespace text
