#include "collector/text/sheet.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

namespace {

constexpr double width = 595.28, height = 841.89;  // A4, points
constexpr double margin = 56, edge = 40;           // beside the text; above and below it

cairo_status_t append(void* to, const unsigned char* bytes, unsigned count) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

// Draws a half, or only measures it where `page` is null; returns its height.
double draw_half(cairo_t* page, PangoContext* const contexts[2], const text::Sheet& sheet, double top, double part) {
  double y = top;
  for (const text::SheetLine& line : sheet.lines) {
    PangoLayout* layout = pango_layout_new(contexts[line.right_to_left ? 1 : 0]);
    double size = static_cast<double>(line.size) * part;
    PangoFontDescription* font = pango_font_description_from_string("Noto Sans,Noto Sans Arabic,Noto Sans Tifinagh");
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    if (line.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_auto_dir(layout, FALSE);
    // Pango turns the sides only for a direction it has found itself.
    pango_layout_set_alignment(layout, line.right_to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    pango_layout_set_width(layout, static_cast<int>((width - 2 * margin) * PANGO_SCALE));
    pango_layout_set_text(layout, line.words.data(), static_cast<int>(line.words.size()));
    if (page) {
      cairo_move_to(page, margin, y);
      pango_cairo_show_layout(page, layout);
    }
    int used = 0;
    pango_layout_get_size(layout, nullptr, &used);
    y += static_cast<double>(used) / PANGO_SCALE + size * 0.6;
    g_object_unref(layout);
  }
  return y - top;
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
  PangoContext* contexts[2];
  for (int n = 0; n < 2; ++n) {
    contexts[n] = pango_font_map_create_context(map);
    pango_context_set_base_dir(contexts[n], n == 1 ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_cairo_update_context(page, contexts[n]);
  }
  double part = 1;
  while (part > 0.5 && draw_half(nullptr, contexts, sheet, 0, part) > height / 2 - 2 * edge) part -= 0.04;
  draw_half(page, contexts, sheet, edge, part);
  draw_half(page, contexts, sheet, height / 2 + edge, part);
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
  for (PangoContext* context : contexts) g_object_unref(context);
  g_object_unref(map);
  FcConfigDestroy(config);
  return done;
}
