// Fonts: the files that come with the program, as Pango and FreeType want them. Internal to collector/text.
//
//   auto fonts = Fonts::open(folder);
//   PangoLayout* l = pango_layout_new(fonts->context(Direction::right_to_left));
//   uint32_t face = fonts->face_of(run_font);                     // a font at a size, for the atlas
//   Atlas atlas(1024, 1024, [&](const GlyphName& g) { return fonts->rasterise(g); });
//
// A private fontconfig set: the same glyphs on every machine, and no look at the system's fonts. A glyph of a
// font without bold is made bolder by its outline. Source: https://docs.gtk.org/PangoFc/
#pragma once

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <pango/pango.h>
#include FT_FREETYPE_H

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "collector/text/atlas.h"
#include "forms/base/error.h"

namespace text {

class Fonts {
 public:
  static base::Result<std::unique_ptr<Fonts>> open(const std::filesystem::path& folder);
  ~Fonts();
  // `strong`: whatever the text's own first letter is.
  PangoContext* context(bool right_to_left, bool strong = false) const {
    return contexts_[(right_to_left ? 1 : 0) + (strong ? 2 : 0)];
  }
  uint32_t face_of(PangoFont* font);
  bool is_bold(uint32_t face) const { return faces_[face].bold; }
  size_t faces() const { return faces_.size(); }
  GlyphImage rasterise(const GlyphName& glyph);
  void forget();  // sizes, and what Pango keeps of texts

 private:
  Fonts() = default;
  struct Face {  // one file at one size
    FT_Face file = nullptr;
    long size = 0;  // 26.6 pixels
    bool bold = false;
  };
  FT_Library freetype_ = nullptr;
  FcConfig* config_ = nullptr;
  PangoFontMap* map_ = nullptr;
  PangoContext* contexts_[4] = {};
  std::map<std::string, FT_Face> files_;  // by path and index
  std::vector<Face> faces_;
  std::unordered_map<PangoFont*, uint32_t> known_;  // each holds a reference
};

}  // namespace text
