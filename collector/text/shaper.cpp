#include "collector/text/shaper.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "collector/text/fonts.h"
#include "collector/text/layout.h"

namespace text {
namespace {

constexpr const char* family =
    "Noto Sans,Noto Sans Arabic,Noto Sans Tifinagh,Noto Sans Math,Noto Sans Symbols,Noto Sans Symbols2";
constexpr const char* icon_family = "Material Design Icons";
constexpr int kept_frames = 240;
constexpr size_t longest_code = 24;
constexpr size_t most_slots = 20'000, most_faces = 120;

constexpr float line_factor = 1.5f;
// From the middle of a line to its baseline, in sizes: half of Noto Sans's ascent less its descent.
constexpr float below_middle = 0.388f;

struct Asked {  // a paragraph's name, without a copy of its text
  Style style;
  std::string_view text;
};
struct Known {
  Style style;
  std::string text;
};
struct Hash {
  using is_transparent = void;
  static size_t of(const Style& s, std::string_view text) {
    size_t h = std::hash<std::string_view>()(text);
    auto mix = [&](size_t v) { h ^= v + 0x9e3779b97f4a7c15u + (h << 6) + (h >> 2); };
    mix(std::hash<float>()(s.size));
    mix(std::hash<float>()(s.wrap));
    mix(std::hash<float>()(s.line));
    mix(static_cast<size_t>(s.bold) | static_cast<size_t>(s.centre) << 1 | static_cast<size_t>(s.icons) << 2 |
        static_cast<size_t>(s.cut) << 3 | static_cast<size_t>(s.rtl) << 4 |
        static_cast<size_t>(s.screen) << 5 | static_cast<size_t>(s.most_lines) << 6);
    return h;
  }
  size_t operator()(const Asked& a) const { return of(a.style, a.text); }
  size_t operator()(const Known& k) const { return of(k.style, k.text); }
};
struct Same {
  using is_transparent = void;
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return a.style == b.style && std::string_view(a.text) == std::string_view(b.text);
  }
};

}  // namespace

struct Shaper::State {
  std::unique_ptr<Fonts> fonts;
  Atlas atlas;
  std::unordered_map<Known, std::unique_ptr<Paragraph>, Hash, Same> paragraphs;
  size_t bytes = 0;
  int frame = 0;

  State(std::unique_ptr<Fonts> f, int side)
      : fonts(std::move(f)), atlas(side, side, [this](const GlyphName& g) { return fonts->rasterise(g); }) {}
  ~State() { paragraphs.clear(); }  // before the fonts

  void collect(Paragraph& p, const Style& style);
  void lay_out(Paragraph& p, const Style& style);
};

// Names every glyph of a layout, with its place.
void Shaper::State::collect(Paragraph& p, const Style& style) {
  PangoLayoutIter* at = pango_layout_get_iter(p.layout_->pango_layout);
  int line = 0;
  do {
    PangoLayoutRun* run = pango_layout_iter_get_run_readonly(at);
    if (!run) {  // a line's end
      ++line;
      continue;
    }
    PangoRectangle extents;
    pango_layout_iter_get_run_extents(at, nullptr, &extents);
    uint32_t face = fonts->face_of(run->item->analysis.font);
    bool embolden = style.bold && !style.icons && !fonts->is_bold(face);
    float baseline = style.icons
                         ? std::floor(static_cast<float>(pango_layout_iter_get_baseline(at)) / pango + 0.5f)
                         : std::floor(static_cast<float>(line) * p.line_height + p.line_height / 2 +
                                      style.size * below_middle + 0.5f);
    int x = extents.x;
    for (int i = 0; i < run->glyphs->num_glyphs; ++i) {
      const PangoGlyphInfo& info = run->glyphs->glyphs[i];
      float gx = static_cast<float>(x + info.geometry.x_offset) / pango;
      float gy = baseline + std::floor(static_cast<float>(info.geometry.y_offset) / pango + 0.5f);
      x += info.geometry.width;
      if (info.glyph == PANGO_GLYPH_EMPTY) continue;
      if (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) {
        gunichar c = info.glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
        if (!g_unichar_isgraph(c)) continue;  // joiners and the like have no look
        ++p.missing;
        float advance = static_cast<float>(info.geometry.width) / pango;
        p.glyphs.push_back(
            {gx, baseline - style.size * 0.75f, no_slot, std::max(6.f, advance - 2), style.size * 0.8f});
        continue;
      }
      float whole = std::floor(gx);
      auto quarter = static_cast<uint8_t>((gx - whole) * 4);
      p.glyphs.push_back({whole, gy, atlas.slot({face, info.glyph, quarter, embolden})});
    }
  } while (pango_layout_iter_next_run(at));
  pango_layout_iter_free(at);
}

namespace {

// A code is not broken at its hyphens: "MA12-S147-5" stands on one line, where there is room for it.
void keep_codes_whole(PangoLayout* l, std::string_view text) {
  PangoAttrList* attributes = nullptr;
  auto is_part = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-'; };
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    bool hyphen = false;
    bool digit = false;
    for (; end < text.size() && is_part(text[end]); ++end) {
      hyphen = hyphen || text[end] == '-';
      digit = digit || (text[end] >= '0' && text[end] <= '9');
    }
    if (hyphen && digit && end - at <= longest_code) {
      if (!attributes) attributes = pango_attr_list_new();
      PangoAttribute* whole = pango_attr_allow_breaks_new(FALSE);
      whole->start_index = static_cast<guint>(at);
      whole->end_index = static_cast<guint>(end);
      pango_attr_list_insert(attributes, whole);
    }
    at = std::max(end, at + 1);
  }
  if (!attributes) return;
  pango_layout_set_attributes(l, attributes);
  pango_attr_list_unref(attributes);
}

bool is_from_right(gunichar c) {
  return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfefc);
}

// The direction of its first letter; nothing for digits and punctuation alone.
std::optional<bool> begins_from_right(const std::string& text) {
  for (const char* at = text.c_str(); *at; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char_validated(at, -1);
    if (c == gunichar(-1) || c == gunichar(-2)) return std::nullopt;
    if (is_from_right(c) || g_unichar_isalpha(c)) return is_from_right(c);
  }
  return std::nullopt;
}

// Whether this text takes the window's direction instead of that of its first letter.
bool takes_direction(std::string_view text, const Style& style) {
  if (!style.screen) return false;
  bool from_right = false;
  for (const char* at = text.data(); at < text.data() + text.size(); at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char_validated(at, static_cast<gssize>(text.data() + text.size() - at));
    if (c >= 0x2066 && c <= 0x2069) return true;  // parts that we joined
    if (c == gunichar(-1) || c == gunichar(-2)) return false;
    from_right = from_right || is_from_right(c);
  }
  return style.rtl && from_right;
}

}  // namespace

void Shaper::State::lay_out(Paragraph& p, const Style& style) {
  bool own = !takes_direction(p.layout_->text, style);
  PangoLayout* l = p.layout_->pango_layout = pango_layout_new(fonts->context(style.rtl, !own));
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
  if (style.cut && style.most_lines > 1) pango_layout_set_height(l, -style.most_lines);
  if (!style.icons) keep_codes_whole(l, p.layout_->text);
  pango_layout_set_auto_dir(l, own ? TRUE : FALSE);
  // With it each paragraph stands at the side its own direction begins on: Pango swaps left and right where
  // that is not the context's. Words of a screen stand at the window's side: swapped once more.
  bool at_right = style.rtl;
  if (own && style.screen) {
    std::optional<bool> first = begins_from_right(p.layout_->text);
    if (first && *first != style.rtl) at_right = !at_right;
  }
  pango_layout_set_alignment(l, style.centre ? PANGO_ALIGN_CENTER
                                : at_right   ? PANGO_ALIGN_RIGHT
                                             : PANGO_ALIGN_LEFT);
  PangoRectangle logical;
  pango_layout_get_extents(l, nullptr, &logical);
  p.width = static_cast<float>(logical.width) / pango;
  p.left = static_cast<float>(logical.x) / pango;
  p.lines = pango_layout_get_line_count(l);
  // Pango's lines are as high as the fonts in them; ours are even, so that nothing jumps while typing.
  float high = static_cast<float>(logical.height) / pango / static_cast<float>(p.lines);
  p.line_height = style.icons ? high : style.line > 0 ? style.line : style.size * line_factor;
  p.height = p.line_height * static_cast<float>(p.lines);
  p.right_to_left =
      pango_layout_line_get_resolved_direction(pango_layout_get_line_readonly(l, 0)) == PANGO_DIRECTION_RTL;
  collect(p, style);
}

Shaper::Shaper(std::unique_ptr<State> state) : state_(std::move(state)) {}
Shaper::~Shaper() = default;
Atlas& Shaper::atlas() {
  return state_->atlas;
}
size_t Shaper::paragraphs() const {
  return state_->paragraphs.size();
}

base::Result<std::unique_ptr<Shaper>> Shaper::open(const std::filesystem::path& folder, int atlas_side) {
  auto fonts = Fonts::open(folder);
  if (!fonts) return base::pass(fonts.error());
  return std::unique_ptr<Shaper>(new Shaper(std::make_unique<State>(std::move(*fonts), atlas_side)));
}

const Paragraph& Shaper::layout(std::string_view source, const Style& style) {
  if (source.size() > longest) {
    size_t end = longest;  // at a character's beginning
    while (end > 0 && (source[end] & 0xC0) == 0x80) --end;
    source = source.substr(0, end);
  }
  if (auto at = state_->paragraphs.find(Asked{style, source}); at != state_->paragraphs.end()) {
    at->second->layout_->used = state_->frame;
    return *at->second;
  }
  auto made = std::make_unique<Paragraph>();
  Paragraph& p = *made;
  p.layout_ = std::make_unique<Paragraph::Layout>();
  p.layout_->text = source;
  p.layout_->used = state_->frame;
  state_->lay_out(p, style);
  state_->bytes += source.size();
  state_->paragraphs.emplace(Known{style, std::string(source)}, std::move(made));
  return p;
}

void Shaper::forget_unused() {
  State& s = *state_;
  ++s.frame;
  s.atlas.next_frame();
  // Fonts in many sizes, glyphs without end: a fresh start costs one frame.
  if (s.atlas.slots() > most_slots || s.fonts->faces() > most_faces) return forget_all();
  bool many = s.paragraphs.size() > most_paragraphs || s.bytes > most_bytes;
  if (s.frame % 60 != 0 && !many) return;
  // Of too many only those of the last frame stay.
  int oldest = s.frame - (many ? 1 : kept_frames);
  std::erase_if(s.paragraphs, [&](const auto& one) {
    bool goes = one.second->layout_->used < oldest;
    if (goes) s.bytes -= one.first.text.size();
    return goes;
  });
}

void Shaper::forget_all() {
  state_->paragraphs.clear();
  state_->bytes = 0;
  state_->atlas.forget();
  state_->fonts->forget();
}

}  // namespace text
