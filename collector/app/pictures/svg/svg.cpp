// rihla-svg: draws one SVG and says where its named parts lie; a program of its own (vector.h says why).
//
// Nothing of the picture's asking is opened: without a base file librsvg takes no reference but to data in it.
// Its filters, the one thing whose cost no size bounds, are off. Text is set in the fonts beside the program.
#include <fontconfig/fontconfig.h>
#include <librsvg/rsvg.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>

#include "collector/app/pictures/vector.h"

namespace {

using app::Picture;
using app::VectorRequest;

constexpr const char* as_painted = "* { filter: none !important; }";
// What can be pointed at: all that an element encloses, whatever it is painted with.
constexpr const char* as_pointed =
    "* { filter: none !important; fill: #000 !important; fill-opacity: 1 !important; stroke-opacity: 1 !important; "
    "opacity: 1 !important; }";

void bound() {
  rlimit none{0, 0};
  rlimit seconds{3, 3};
  [[maybe_unused]] rlimit memory{1 << 30, 1 << 30};
  (void)setrlimit(RLIMIT_CORE, &none);
  (void)setrlimit(RLIMIT_FSIZE, &none);
  (void)setrlimit(RLIMIT_CPU, &seconds);
#ifndef __SANITIZE_ADDRESS__
  (void)setrlimit(RLIMIT_AS, &memory);
#endif
}

void own_fonts() {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  FcConfig* config = FcConfigCreate();  // no cache is written
  for (fs::directory_iterator at(folder / "../share/fonts", error), end; !error && at != end; at.increment(error))
    if (at->path().extension() == ".ttf") FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(at->path().c_str()));
  FcConfigSetCurrent(config);
}

base::Bytes read_all() {
  base::Bytes out;
  uint8_t block[64 << 10];
  while (out.size() < app::largest_svg + (1 << 20)) {
    ssize_t n = read(0, block, sizeof block);
    if (n <= 0) break;
    out.insert(out.end(), block, block + n);
  }
  return out;
}

struct Handle {
  RsvgHandle* svg = nullptr;
  ~Handle() {
    if (svg) g_object_unref(svg);
  }
};

bool open(base::ByteView bytes, std::string_view style, Handle& into) {
  GInputStream* stream = g_memory_input_stream_new_from_data(bytes.data(), static_cast<gssize>(bytes.size()), nullptr);
  into.svg = rsvg_handle_new_from_stream_sync(stream, nullptr, RSVG_HANDLE_FLAGS_NONE, nullptr, nullptr);
  g_object_unref(stream);
  if (!into.svg) return false;
  rsvg_handle_set_dpi(into.svg, 96);
  return rsvg_handle_set_stylesheet(into.svg, reinterpret_cast<const guint8*>(style.data()), style.size(), nullptr);
}

// The document's own size; where it says none, its view box, and at last what is painted.
bool size_of(RsvgHandle* svg, RsvgRectangle& place, RsvgRectangle& viewport) {
  gboolean has_width = FALSE, has_height = FALSE, has_box = FALSE;
  RsvgLength width, height;
  RsvgRectangle box;
  rsvg_handle_get_intrinsic_dimensions(svg, &has_width, &width, &has_height, &height, &has_box, &box);
  double w = 0, h = 0;
  if (rsvg_handle_get_intrinsic_size_in_pixels(svg, &w, &h) && w > 0 && h > 0) {
    place = {0, 0, w, h};
  } else if (has_box) {
    place = {0, 0, box.width, box.height};
  } else {
    viewport = {0, 0, 1000, 1000};
    if (!rsvg_handle_get_geometry_for_layer(svg, nullptr, &viewport, &place, nullptr, nullptr)) return false;
    return std::isfinite(place.x) && std::isfinite(place.y) && place.width > 0 && place.height > 0;
  }
  viewport = place;
  return std::isfinite(place.width) && std::isfinite(place.height) && place.width > 0 && place.height > 0;
}

struct Sheet {
  cairo_surface_t* surface;
  cairo_t* pen;
  int w, h;
  Sheet(int width, int height)
      : surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height)), pen(cairo_create(surface)), w(width), h(height) {}
  ~Sheet() {
    cairo_destroy(pen);
    cairo_surface_destroy(surface);
  }
  const uint32_t* row(int y) {
    return reinterpret_cast<const uint32_t*>(cairo_image_surface_get_data(surface) +
                                             static_cast<ptrdiff_t>(y) * cairo_image_surface_get_stride(surface));
  }
};

struct View {
  RsvgRectangle place, viewport;
  double unit = 1;  // pixels one of the document's
  int w = 0, h = 0;
};

bool paint(const Handle& handle, const View& v, Picture& out) {
  Sheet sheet(v.w, v.h);
  cairo_scale(sheet.pen, v.unit, v.unit);
  cairo_translate(sheet.pen, -v.place.x, -v.place.y);
  if (!rsvg_handle_render_document(handle.svg, sheet.pen, &v.viewport, nullptr)) return false;
  cairo_surface_flush(sheet.surface);
  out.width = v.w;
  out.height = v.h;
  for (int y = 0; y < v.h; ++y)
    for (int x = 0; x < v.w; ++x) {
      uint32_t c = sheet.row(y)[x];
      uint32_t alpha = c >> 24;
      for (int shift : {16, 8, 0}) {
        uint32_t part = c >> shift & 0xff;
        out.rgba.push_back(static_cast<uint8_t>(alpha == 0 ? 0 : std::min(255u, (part * 255 + alpha / 2) / alpha)));
      }
      out.rgba.push_back(static_cast<uint8_t>(alpha));
    }
  return true;
}

// Where two overlap the smaller one is meant: it could not be reached otherwise.
std::vector<uint16_t> find_parts(const Handle& handle, const View& v, const std::vector<std::string>& ids) {
  std::vector<uint16_t> part(static_cast<size_t>(v.w) * static_cast<size_t>(v.h));
  std::vector<size_t> size(ids.size() + 1);
  for (size_t n = 0; n < ids.size(); ++n) {
    std::string id = "#" + ids[n];
    RsvgRectangle ink;
    if (ids[n].empty() || !rsvg_handle_has_sub(handle.svg, id.c_str()) ||
        !rsvg_handle_get_geometry_for_layer(handle.svg, id.c_str(), &v.viewport, &ink, nullptr, nullptr))
      continue;
    auto pixel = [&](double at, double from, int most) {
      return static_cast<int>(std::clamp((at - from) * v.unit, -1.0, most + 1.0));
    };
    int left = std::max(0, pixel(ink.x, v.place.x, v.w) - 1);
    int top = std::max(0, pixel(ink.y, v.place.y, v.h) - 1);
    int right = std::min(v.w, pixel(ink.x + ink.width, v.place.x, v.w) + 2);
    int bottom = std::min(v.h, pixel(ink.y + ink.height, v.place.y, v.h) + 2);
    if (right <= left || bottom <= top) continue;
    Sheet sheet(right - left, bottom - top);
    cairo_translate(sheet.pen, -left, -top);
    cairo_scale(sheet.pen, v.unit, v.unit);
    cairo_translate(sheet.pen, -v.place.x, -v.place.y);
    if (!rsvg_handle_render_layer(handle.svg, sheet.pen, id.c_str(), &v.viewport, nullptr)) continue;
    cairo_surface_flush(sheet.surface);
    auto covered = [&](int x, int y) { return sheet.row(y)[x] >> 24 >= 96; };
    for (int y = 0; y < sheet.h; ++y)
      for (int x = 0; x < sheet.w; ++x) size[n + 1] += covered(x, y);
    for (int y = 0; y < sheet.h; ++y)
      for (int x = 0; x < sheet.w; ++x) {
        uint16_t& at = part[static_cast<size_t>(y + top) * static_cast<size_t>(v.w) + static_cast<size_t>(x + left)];
        if (covered(x, y) && (at == 0 || size[n + 1] <= size[at])) at = static_cast<uint16_t>(n + 1);
      }
  }
  return part;
}

}  // namespace

int main() {
  bound();
  base::Bytes bytes = read_all();
  auto request = app::read_vector_request(bytes);
  if (!request) return 2;
  own_fonts();
  Handle painted, pointed;
  View v;
  if (!open(request->svg, as_painted, painted) || !size_of(painted.svg, v.place, v.viewport)) return 1;
  v.unit = request->side / std::max(v.place.width, v.place.height);
  v.w = static_cast<int>(std::lround(v.place.width * v.unit));
  v.h = static_cast<int>(std::lround(v.place.height * v.unit));
  if (v.w < 1 || v.h < 1) return 1;  // a line
  Picture picture;
  if (!paint(painted, v, picture)) return 1;
  std::vector<uint16_t> part(static_cast<size_t>(v.w) * static_cast<size_t>(v.h));
  if (!request->ids.empty() && open(request->svg, as_pointed, pointed)) part = find_parts(pointed, v, request->ids);
  base::Bytes answer = app::vector_answer(picture, part);
  for (size_t at = 0; at < answer.size();) {
    ssize_t n = write(1, answer.data() + at, answer.size() - at);
    if (n <= 0) return 1;
    at += static_cast<size_t>(n);
  }
  return 0;
}
