#include "collector/text/fonts.h"

#include <pango/pangofc-font.h>
#include <pango/pangoft2.h>
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>

namespace text {

base::Result<std::unique_ptr<Fonts>> Fonts::open(const std::filesystem::path& folder) {
  std::unique_ptr<Fonts> out(new Fonts());
  if (FT_Init_FreeType(&out->freetype_) != 0)
    return base::fail(base::Fault::unsupported, "FreeType", "The font library does not start.");
  out->config_ = FcConfigCreate();
  int added = 0;
  std::error_code error;
  std::vector<std::filesystem::path> files;
  std::filesystem::directory_iterator at(folder, error);
  for (; !error && at != std::filesystem::directory_iterator(); at.increment(error))
    if (at->path().extension() == ".ttf") files.push_back(at->path());
  std::sort(files.begin(), files.end());
  for (const std::filesystem::path& file : files)
    added += FcConfigAppFontAddFile(out->config_, reinterpret_cast<const FcChar8*>(file.c_str())) ? 1 : 0;
  if (added == 0)
    return base::fail(base::Fault::missing, folder.string(),
                      "The fonts that come with the program are not there. Install the program again.");
  out->map_ = pango_ft2_font_map_new();
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(out->map_), out->config_);
  pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(out->map_), 96, 96);
  constexpr PangoDirection directions[] = {PANGO_DIRECTION_WEAK_LTR, PANGO_DIRECTION_WEAK_RTL, PANGO_DIRECTION_LTR,
                                           PANGO_DIRECTION_RTL};
  for (int i = 0; i < 4; ++i) {
    out->contexts_[i] = pango_font_map_create_context(out->map_);
    pango_context_set_round_glyph_positions(out->contexts_[i], FALSE);
    pango_context_set_base_dir(out->contexts_[i], directions[i]);
  }
  return out;
}

Fonts::~Fonts() {
  for (auto& [font, face] : known_) g_object_unref(font);
  for (auto& [name, file] : files_) FT_Done_Face(file);
  for (PangoContext* context : contexts_)
    if (context) g_object_unref(context);
  if (map_) g_object_unref(map_);
  if (config_) FcConfigDestroy(config_);
  if (freetype_) FT_Done_FreeType(freetype_);
}

uint32_t Fonts::face_of(PangoFont* font) {
  if (auto at = known_.find(font); at != known_.end()) return at->second;
  FcPattern* pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
  FcChar8* path = nullptr;
  int index = 0;
  double size = 16;
  FcPatternGetString(pattern, FC_FILE, 0, &path);
  FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
  FcPatternGetDouble(pattern, FC_PIXEL_SIZE, 0, &size);
  std::string name = path ? reinterpret_cast<const char*>(path) : "";
  auto [file, is_new] = files_.try_emplace(name + ":" + std::to_string(index), nullptr);
  if (is_new && FT_New_Face(freetype_, name.c_str(), index, &file->second) != 0) file->second = nullptr;
  Face face{file->second, std::lround(size * 64), name.find("Bold") != std::string::npos};
  auto same = std::find_if(faces_.begin(), faces_.end(),
                           [&](const Face& one) { return one.file == face.file && one.size == face.size; });
  auto number = static_cast<uint32_t>(same - faces_.begin());
  if (same == faces_.end()) faces_.push_back(face);
  g_object_ref(font);
  return known_[font] = number;
}

GlyphImage Fonts::rasterise(const GlyphName& glyph) {
  GlyphImage out;
  if (glyph.face >= faces_.size() || !faces_[glyph.face].file) return out;
  FT_Face file = faces_[glyph.face].file;
  if (FT_Set_Char_Size(file, 0, faces_[glyph.face].size, 72, 72) != 0) return out;
  if (FT_Load_Glyph(file, glyph.glyph, FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) != 0) return out;
  if (glyph.bold) FT_Outline_Embolden(&file->glyph->outline, file->size->metrics.y_ppem * 64 / 26);
  FT_Outline_Translate(&file->glyph->outline, glyph.quarter * 16, 0);
  if (FT_Render_Glyph(file->glyph, FT_RENDER_MODE_NORMAL) != 0) return out;
  const FT_Bitmap& bitmap = file->glyph->bitmap;
  out.width = static_cast<int>(bitmap.width);
  out.height = static_cast<int>(bitmap.rows);
  out.left = file->glyph->bitmap_left;
  out.top = file->glyph->bitmap_top;
  out.grey.resize(static_cast<size_t>(out.width) * static_cast<size_t>(out.height));
  for (int y = 0; y < out.height; ++y)
    std::copy_n(bitmap.buffer + static_cast<long>(y) * bitmap.pitch, out.width,
                out.grey.begin() + static_cast<long>(y) * out.width);
  return out;
}

void Fonts::forget() {
  for (auto& [font, face] : known_) g_object_unref(font);
  known_.clear();
  faces_.clear();
  pango_fc_font_map_cache_clear(PANGO_FC_FONT_MAP(map_));
}

}  // namespace text
