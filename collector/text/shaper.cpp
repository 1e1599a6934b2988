#include "collector/text/shaper.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <pango/pango.h>
#include <pango/pangofc-font.h>
#include <pango/pangoft2.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <climits>
#include <cmath>
#include <map>
#include <unordered_map>

namespace text {
namespace {

constexpr const char* family =
    "Noto Sans,Noto Sans Arabic,Noto Sans Tifinagh,Noto Sans Math,Noto Sans Symbols,Noto Sans Symbols2";
constexpr const char* icon_family = "Material Design Icons";
constexpr int kept_frames = 240;
constexpr float pango = PANGO_SCALE;

// Fonts in Pango's default look for Arabic are taller: one line height keeps mixed paragraphs even.
constexpr float line_factor = 1.5f;

}  // namespace

struct Paragraph::Layout {
  PangoLayout* pango_layout = nullptr;
  std::string text;
  int used = 0;
  ~Layout() {
    if (pango_layout) g_object_unref(pango_layout);
  }
};

Paragraph::~Paragraph() = default;

struct Shaper::State {
  FT_Library freetype = nullptr;
  FcConfig* config = nullptr;
  PangoFontMap* map = nullptr;
  PangoContext* context = nullptr;
  Atlas atlas{1400, 1400};
  struct Face {
    FT_Face face = nullptr;
    bool bold = false;
  };
  std::unordered_map<PangoFont*, Face> faces;
  std::map<std::string, FT_Face> files;
  std::unordered_map<std::string, std::unique_ptr<Paragraph>> paragraphs;
  int frame = 0, generation = 0;

  ~State() {
    paragraphs.clear();
    for (auto& [font, face] : faces) g_object_unref(font);
    for (auto& [file, face] : files) FT_Done_Face(face);
    if (context) g_object_unref(context);
    if (map) g_object_unref(map);
    if (config) FcConfigDestroy(config);
    if (freetype) FT_Done_FreeType(freetype);
  }

  Face face_of(PangoFont* font) {
    if (auto at = faces.find(font); at != faces.end()) return at->second;
    FcPattern* pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
    FcChar8* file = nullptr;
    int index = 0;
    int weight = 0;
    double size = 16;
    FcPatternGetString(pattern, FC_FILE, 0, &file);
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    FcPatternGetInteger(pattern, FC_WEIGHT, 0, &weight);
    FcPatternGetDouble(pattern, FC_PIXEL_SIZE, 0, &size);
    std::string name = file ? reinterpret_cast<const char*>(file) : "";
    std::string key = name + ":" + std::to_string(index) + ":" + std::to_string(std::lround(size * 64));
    FT_Face& face = files[key];
    if (!face && FT_New_Face(freetype, name.c_str(), index, &face) == 0)
      FT_Set_Char_Size(face, 0, std::lround(size * 64), 72, 72);
    g_object_ref(font);
    return faces[font] = {face, name.find("Bold") != std::string::npos};
  }

  void collect(Paragraph& p, const Style& style) {
    p.glyphs.clear();
    p.missing = 0;
    PangoLayoutIter* at = pango_layout_get_iter(p.layout_->pango_layout);
    do {
      PangoLayoutRun* run = pango_layout_iter_get_run_readonly(at);
      if (!run) continue;
      PangoRectangle extents;
      pango_layout_iter_get_run_extents(at, nullptr, &extents);
      Face face = face_of(run->item->analysis.font);
      float baseline = std::floor(static_cast<float>(pango_layout_iter_get_baseline(at)) / pango + 0.5f);
      int x = extents.x;
      for (int i = 0; i < run->glyphs->num_glyphs; ++i) {
        const PangoGlyphInfo& info = run->glyphs->glyphs[i];
        float gx = static_cast<float>(x + info.geometry.x_offset) / pango;
        float gy = baseline + std::floor(static_cast<float>(info.geometry.y_offset) / pango + 0.5f);
        float advance = static_cast<float>(info.geometry.width) / pango;
        x += info.geometry.width;
        if (info.glyph == PANGO_GLYPH_EMPTY) continue;
        if (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) {
          gunichar c = info.glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
          if (!g_unichar_isgraph(c)) continue;  // joiners and the like have no look
          ++p.missing;
          Glyph box{gx, baseline - style.size * 0.75f, {}, true};
          box.place.width = std::max(6, static_cast<int>(advance) - 2);
          box.place.height = static_cast<int>(style.size * 0.8f);
          p.glyphs.push_back(box);
          continue;
        }
        if (!face.face) continue;
        float whole = std::floor(gx);
        Place place = atlas.place(face.face, info.glyph, static_cast<int>((gx - whole) * 4),
                                  style.bold && !face.bold && !style.icons);
        if (place.width > 0)
          p.glyphs.push_back(
              {whole + static_cast<float>(place.left), gy - static_cast<float>(place.top), place, false});
      }
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
  }
};

Shaper::Shaper(std::unique_ptr<State> state) : state_(std::move(state)) {}
Shaper::~Shaper() = default;
Atlas& Shaper::atlas() {
  return state_->atlas;
}

base::Result<std::unique_ptr<Shaper>> Shaper::open(const std::filesystem::path& fonts) {
  auto state = std::make_unique<State>();
  if (FT_Init_FreeType(&state->freetype) != 0)
    return base::fail(base::Fault::unsupported, "FreeType", "The font library does not start.");
  state->config = FcConfigCreate();
  int added = 0;
  std::error_code error;
  std::filesystem::directory_iterator at(fonts, error);
  for (; !error && at != std::filesystem::directory_iterator(); at.increment(error))
    if (at->path().extension() == ".ttf" &&
        FcConfigAppFontAddFile(state->config, reinterpret_cast<const FcChar8*>(at->path().c_str())))
      ++added;
  if (added == 0)
    return base::fail(base::Fault::missing, fonts.string(),
                      "The fonts that come with the program are not there. Install the program again.");
  state->map = pango_ft2_font_map_new();
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(state->map), state->config);
  pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(state->map), 96, 96);
  state->context = pango_font_map_create_context(state->map);
  pango_context_set_round_glyph_positions(state->context, FALSE);
  pango_context_set_base_dir(state->context, PANGO_DIRECTION_WEAK_LTR);
  return std::unique_ptr<Shaper>(new Shaper(std::move(state)));
}

const Paragraph& Shaper::layout(const std::string& source, const Style& style) {
  if (state_->atlas.generation() != state_->generation) {
    state_->generation = state_->atlas.generation();
    state_->paragraphs.clear();
  }
  char head[96];
  std::snprintf(head, sizeof head, "%d|%d|%d|%d|%d|%d|%d|", static_cast<int>(style.size * 8), style.bold,
                static_cast<int>(style.wrap), static_cast<int>(style.line * 4), style.centre, style.icons,
                style.cut);
  std::unique_ptr<Paragraph>& slot = state_->paragraphs[head + source];
  if (slot) {
    slot->layout_->used = state_->frame;
    return *slot;
  }
  slot = std::make_unique<Paragraph>();
  Paragraph& p = *slot;
  p.layout_ = std::make_unique<Paragraph::Layout>();
  p.layout_->text = source;
  p.layout_->used = state_->frame;
  PangoLayout* l = p.layout_->pango_layout = pango_layout_new(state_->context);
  pango_layout_set_text(l, p.layout_->text.c_str(), static_cast<int>(p.layout_->text.size()));
  PangoFontDescription* font = pango_font_description_from_string(style.icons ? icon_family : family);
  pango_font_description_set_absolute_size(font, static_cast<double>(style.size) * PANGO_SCALE);
  pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(l, font);
  pango_font_description_free(font);
  if (style.wrap > 0) {
    pango_layout_set_width(l, static_cast<int>(style.wrap * pango));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
  }
  if (style.cut) pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
  pango_layout_set_auto_dir(l, TRUE);
  if (style.centre) pango_layout_set_alignment(l, PANGO_ALIGN_CENTER);
  if (!style.icons) {
    PangoAttrList* attributes = pango_attr_list_new();
    float height = style.line > 0 ? style.line : style.size * line_factor;
    pango_attr_list_insert(attributes, pango_attr_line_height_new_absolute(static_cast<int>(height * pango)));
    pango_layout_set_attributes(l, attributes);
    pango_attr_list_unref(attributes);
  }
  PangoRectangle logical;
  pango_layout_get_extents(l, nullptr, &logical);
  p.width = static_cast<float>(logical.width) / pango;
  p.height = static_cast<float>(logical.height) / pango;
  p.left = static_cast<float>(logical.x) / pango;
  p.lines = pango_layout_get_line_count(l);
  p.right_to_left = pango_layout_get_direction(l, 0) == PANGO_DIRECTION_RTL;
  state_->collect(p, style);
  return p;
}

void Shaper::forget_unused() {
  ++state_->frame;
  if (state_->frame % 60 != 0 && state_->paragraphs.size() < 4000) return;
  std::erase_if(state_->paragraphs,
                [&](const auto& one) { return state_->frame - one.second->layout_->used > kept_frames; });
}

void Shaper::forget_all() {
  state_->paragraphs.clear();
}

Box Paragraph::caret(size_t index) const {
  PangoRectangle r;
  pango_layout_get_cursor_pos(layout_->pango_layout, static_cast<int>(std::min(index, layout_->text.size())),
                              &r, nullptr);
  return {static_cast<float>(r.x) / pango, static_cast<float>(r.y) / pango, 0,
          static_cast<float>(r.height) / pango};
}

namespace {

size_t with_trailing(const std::string& text, int index, int trailing) {
  const char* at = text.c_str() + std::max(index, 0);
  while (trailing-- > 0 && *at) at = g_utf8_next_char(at);
  return static_cast<size_t>(at - text.c_str());
}

}  // namespace

size_t Paragraph::hit(float x, float y) const {
  int index = 0;
  int trailing = 0;
  pango_layout_xy_to_index(layout_->pango_layout, static_cast<int>(x * pango), static_cast<int>(y * pango),
                           &index, &trailing);
  return with_trailing(layout_->text, index, trailing);
}

size_t Paragraph::move(size_t index, int direction) const {
  int to = 0;
  int trailing = 0;
  pango_layout_move_cursor_visually(layout_->pango_layout, TRUE, static_cast<int>(index), 0, direction, &to,
                                    &trailing);
  if (to < 0 || to == G_MAXINT) return index;
  return with_trailing(layout_->text, to, trailing);
}

size_t Paragraph::line(size_t index, int direction) const {
  Box now = caret(index);
  float y = now.y + now.height / 2 + static_cast<float>(direction) * now.height;
  if (y < 0) return 0;
  if (y > height) return layout_->text.size();
  return hit(now.x, y);
}

size_t Paragraph::word(size_t index, int direction) const {
  int count = 0;
  const PangoLogAttr* attributes = pango_layout_get_log_attrs_readonly(layout_->pango_layout, &count);
  const char* text = layout_->text.c_str();
  long at = g_utf8_pointer_to_offset(text, text + index) + direction;
  while (at > 0 && at < count - 1 &&
         !(direction < 0 ? attributes[at].is_word_start : attributes[at].is_word_end))
    at += direction;
  return static_cast<size_t>(g_utf8_offset_to_pointer(text, std::clamp<long>(at, 0, count - 1)) - text);
}

size_t Paragraph::grapheme(size_t index, int direction) const {
  int count = 0;
  const PangoLogAttr* attributes = pango_layout_get_log_attrs_readonly(layout_->pango_layout, &count);
  const char* text = layout_->text.c_str();
  long at = g_utf8_pointer_to_offset(text, text + index) + direction;
  while (at > 0 && at < count - 1 && !attributes[at].is_cursor_position) at += direction;
  return static_cast<size_t>(g_utf8_offset_to_pointer(text, std::clamp<long>(at, 0, count - 1)) - text);
}

size_t Paragraph::line_edge(size_t index, bool end) const {
  int number = 0;
  pango_layout_index_to_line_x(layout_->pango_layout, static_cast<int>(index), 0, &number, nullptr);
  PangoLayoutLine* found = pango_layout_get_line_readonly(layout_->pango_layout, number);
  if (!found) return index;
  return static_cast<size_t>(found->start_index + (end ? found->length : 0));
}

size_t Paragraph::erase_from(size_t index) const {
  if (index == 0) return 0;
  int count = 0;
  const PangoLogAttr* attributes = pango_layout_get_log_attrs_readonly(layout_->pango_layout, &count);
  const char* text = layout_->text.c_str();
  long at = g_utf8_pointer_to_offset(text, text + index);
  if (at < count && attributes[at].backspace_deletes_character)
    return static_cast<size_t>(g_utf8_offset_to_pointer(text, at - 1) - text);
  return grapheme(index, -1);
}

std::vector<Box> Paragraph::selection(size_t from, size_t to) const {
  std::vector<Box> out;
  PangoLayoutIter* at = pango_layout_get_iter(layout_->pango_layout);
  do {
    PangoLayoutLine* one = pango_layout_iter_get_line_readonly(at);
    int first = std::max(static_cast<int>(from), one->start_index);
    int last = std::min(static_cast<int>(to), one->start_index + one->length);
    if (first >= last) continue;
    PangoRectangle extents;
    pango_layout_iter_get_line_extents(at, nullptr, &extents);
    int* ranges = nullptr;
    int count = 0;
    pango_layout_line_get_x_ranges(one, first, last, &ranges, &count);
    for (int i = 0; i < count; ++i)
      out.push_back({static_cast<float>(ranges[2 * i]) / pango, static_cast<float>(extents.y) / pango,
                     static_cast<float>(ranges[2 * i + 1] - ranges[2 * i]) / pango,
                     static_cast<float>(extents.height) / pango});
    g_free(ranges);
  } while (pango_layout_iter_next_line(at));
  pango_layout_iter_free(at);
  return out;
}

}  // namespace text
