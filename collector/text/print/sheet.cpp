#include "collector/text/sheet.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

namespace {

constexpr double width = 595.28, height = 841.89;  // A4, points
constexpr double margin = 56;

cairo_status_t append(void* to, const unsigned char* bytes, unsigned count) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

void draw_half(cairo_t* page, PangoContext* context, const text::Sheet& sheet, double top) {
  double y = top + margin;
  for (const text::SheetLine& line : sheet.lines) {
    PangoLayout* layout = pango_layout_new(context);
    PangoFontDescription* font = pango_font_description_from_string("Noto Sans,Noto Sans Arabic,Noto Sans Tifinagh");
    pango_font_description_set_absolute_size(font, static_cast<double>(line.size) * PANGO_SCALE);
    if (line.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, static_cast<int>((width - 2 * margin) * PANGO_SCALE));
    pango_layout_set_text(layout, line.words.data(), static_cast<int>(line.words.size()));
    cairo_move_to(page, margin, y);
    pango_cairo_show_layout(page, layout);
    int used = 0;
    pango_layout_get_size(layout, nullptr, &used);
    y += static_cast<double>(used) / PANGO_SCALE + static_cast<double>(line.size) * 0.7;
    g_object_unref(layout);
  }
}

}  // namespace

extern "C" __attribute__((visibility("default"))) bool rihla_sheet(const text::Sheet& sheet, std::string& pdf) {
  pdf.clear();
  cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(append, &pdf, width, height);
  cairo_t* page = cairo_create(surface);
  FcConfig* config = FcConfigCreate();
  std::error_code error;
  for (std::filesystem::directory_iterator at(sheet.fonts, error), end; !error && at != end; at.increment(error))
    if (at->path().extension() == ".ttf")
      FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(at->path().c_str()));
  PangoFontMap* map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
  PangoContext* context = pango_font_map_create_context(map);
  pango_context_set_base_dir(context, sheet.right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_cairo_update_context(page, context);
  draw_half(page, context, sheet, 0);
  draw_half(page, context, sheet, height / 2);
  const double dashes[] = {4, 4};
  cairo_set_dash(page, dashes, 2, 0);
  cairo_set_line_width(page, 0.6);
  cairo_move_to(page, margin / 2, height / 2);  // where the sheet is cut
  cairo_line_to(page, width - margin / 2, height / 2);
  cairo_stroke(page);
  cairo_show_page(page);
  cairo_destroy(page);
  cairo_surface_finish(surface);
  bool done = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy(surface);
  g_object_unref(context);
  g_object_unref(map);
  FcConfigDestroy(config);
  return done;
}
