// A place: coordinates typed, a link from a map pasted, or a place of a list; lines and areas point by point,
// with a sketch of what they look like.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "collector/window/controls/control.h"

namespace window {

using definition::PlaceShape;

namespace {

struct Degrees {
  double latitude = 0, longitude = 0;
};

// Of a stored value: "33.97 -6.85 0 0; …".
std::vector<Degrees> points_of(const std::string& value) {
  std::vector<Degrees> out;
  for (size_t at = 0; at < value.size();) {
    size_t end = std::min(value.find(';', at), value.size());
    Degrees d;
    const char* from = value.data() + at;
    const char* to = value.data() + end;
    while (from < to && *from == ' ') ++from;
    auto first = std::from_chars(from, to, d.latitude);
    if (first.ec == std::errc() && first.ptr < to &&
        std::from_chars(first.ptr + 1, to, d.longitude).ec == std::errc())
      out.push_back(d);
    at = end + 1;
  }
  return out;
}

std::string distance(const app::Strings& s, double metres) {
  if (metres >= 1000) return s.tr("distance.kilometres.text", {{"number", s.number(std::lround(metres / 1000))}});
  return s.tr("distance.metres.text", {{"number", s.number(std::max(1L, std::lround(metres)))}});
}

// A sketch to scale, north up and east on the right in every language; a bar says how long a length is.
void draw_sketch(Asked& a, Rect r, const std::vector<Degrees>& points, bool area) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  kit.fill(r, t.ground, 14);
  if (points.empty()) return;
  Degrees low = points[0];
  Degrees high = points[0];
  for (const Degrees& d : points) {
    low = {std::min(low.latitude, d.latitude), std::min(low.longitude, d.longitude)};
    high = {std::max(high.latitude, d.latitude), std::max(high.longitude, d.longitude)};
  }
  double narrowing = std::max(0.05, std::cos((low.latitude + high.latitude) / 2 * 3.14159265 / 180));
  double span = std::max({high.latitude - low.latitude, (high.longitude - low.longitude) * narrowing, 1e-6});
  double unit = static_cast<double>(std::min(r.w, r.h) - 56) / span;  // pixels a degree of latitude
  auto spot = [&](const Degrees& d) {
    auto x = static_cast<float>((d.longitude - (low.longitude + high.longitude) / 2) * narrowing * unit);
    auto y = static_cast<float>((d.latitude - (low.latitude + high.latitude) / 2) * unit);
    if (kit.is_rtl()) x = -x;
    return Kit::Spot{r.x + r.w / 2 + x, r.y + r.h / 2 - 8 - y};
  };
  std::vector<Kit::Spot> spots;
  for (const Degrees& d : points) spots.push_back(spot(d));
  if (area && spots.size() > 3) spots.pop_back();  // it ends where it began
  if (area) kit.polygon(spots, (t.accent & 0x00ffffff) | 0x30000000);
  kit.path(spots, t.accent, 2.5f, area);
  for (size_t i = 0; i < spots.size(); ++i)
    kit.circle(spots[i].x, spots[i].y, i == 0 ? 6.f : 4.f, t.accent, true);
  double metres_a_pixel = 111195 / unit;
  double bar = std::pow(10.0, std::floor(std::log10(metres_a_pixel * 120)));
  for (double factor : {2.0, 2.5, 2.0})
    if (bar * factor <= metres_a_pixel * 120) bar *= factor;
  auto w = static_cast<float>(bar / metres_a_pixel);
  kit.fill({r.x + 18, r.bottom() - 18, w, 3}, t.quiet);
  kit.text({r.x + 18, r.bottom() - 40, 160, 20}, distance(a.s, bar), t.quiet, {.size = 13, .wrap = false});
}

// How far off a rounded place may be, in words a person knows.
std::string kept_to(Asked& a) {
  double metres = 111195 * std::pow(10.0, -a.q.control.decimals);
  return a.s.tr("place.rounded.text", {{"distance", distance(a.s, metres)}});
}

}  // namespace

float draw_place(Asked& a, Rect r) {
  Kit& kit = a.kit;
  const definition::Control& c = a.q.control;
  bool point = c.shape == PlaceShape::point;
  float y = r.y;
  std::vector<Degrees> points = points_of(a.q.value);
  float sketch = point ? 0 : std::min(220.f, r.w * 0.34f);
  float w = point ? std::min(r.w, 560.f) : r.w - sketch - 16;
  FieldLook look{.multiline = !point, .size = 18, .numeric = true, .degrees = true, .left_to_right = true};
  look.placeholder = point ? tr(a.s, "place.point.placeholder") : tr(a.s, "place.points.placeholder");
  float h = point ? 56 : 200;
  kit.icon(point ? Icon::marker : Icon::area, r.x + 18, y + 28, 26, a.look().quiet);
  typed_field(a, {r.x + 42, y, w - 42, h}, look);
  if (!point) draw_sketch(a, {r.x + w + 16, y, sketch, h}, points, c.shape == PlaceShape::shape);
  y += h + 8;
  std::string words = kept_to(a);
  if (point) words += " " + tr(a.s, "place.link.text");
  if (!point) words = tr(a.s, "place.points.text") + " " + words;
  y += kit.text({r.x + 42, y, r.w - 42, 60}, words, a.look().quiet, {.size = 14}) + 10;
  if (!point || a.q.places.empty()) return y - r.y;
  // Places of a list: the nearest thing to a map without one.
  app::QuestionView list = a.q;
  list.id = a.q.id + "/places";
  list.control = {.kind = definition::ControlKind::choice_one};
  list.control.look = definition::ChoiceLook::minimal;
  list.control.searchable = true;
  list.choices = a.q.places;
  list.label = tr(a.s, "place.list.button");
  list.answered = false;
  Events chosen;
  Asked b{a.kit, a.s, list, a.alone, false, a.scratch, chosen};
  y += draw_choice_search(b, {r.x + 42, y, std::min(r.w - 42, 560.f), std::max(320.f, r.bottom() - y)});
  for (const app::Event& event : chosen)
    if (const auto* toggle = std::get_if<app::ToggleChoice>(&event)) {
      a.scratch.pending.erase(field_id(a.q));
      a.answer(toggle->value);
    }
  return y - r.y;
}

}  // namespace window
