// A place: coordinates typed, a link from a map pasted, or a place of a list; lines and areas point by point,
// with a sketch of what they look like.
#include <algorithm>
#include <cmath>

#include "collector/window/controls/chart_sheet.h"

namespace window {

using definition::PlaceShape;

namespace {

// A sketch to scale of what is typed point by point.
void draw_sketch(Asked& a, Rect r, const Geometry& drawn) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  kit.fill(r, t.ground, 14);
  if (drawn.points.empty()) return;
  ChartSheet sheet(a, r, drawn.points, 28);
  std::vector<Kit::Spot> spots = sheet.spots(drawn.points);
  bool area = drawn.kind == Geometry::Kind::area;
  if (area) kit.polygon(spots, (t.accent & 0x00ffffff) | 0x30000000);
  kit.path(spots, t.accent, 2.5f, area);
  for (size_t i = 0; i < spots.size(); ++i)
    kit.circle(spots[i].x, spots[i].y, i == 0 ? 6.f : 4.f, t.accent, true);
  sheet.draw_scale();
}

// How far off a rounded place may be, in words a person knows.
std::string kept_to(Asked& a) {
  double metres = metres_a_degree * std::pow(10.0, -a.q.control.decimals);
  return a.s.tr("place.rounded.text", {{"distance", distance_text(a.s, metres)}});
}

}  // namespace

float draw_place(Asked& a, Rect r) {
  Kit& kit = a.kit;
  const definition::Control& c = a.q.control;
  bool point = c.shape == PlaceShape::point;
  float y = r.y;
  float sketch = point ? 0 : std::min(220.f, r.w * 0.34f);
  float w = point ? std::min(r.w, 560.f) : r.w - sketch - 16;
  FieldLook look{.multiline = !point, .size = 18, .numeric = true, .degrees = true, .left_to_right = true};
  look.placeholder = point ? tr(a.s, "place.point.placeholder") : tr(a.s, "place.points.placeholder");
  float h = point ? 56 : 200;
  kit.icon(point ? Icon::marker : Icon::area, r.x + 18, y + 28, 26, a.look().quiet);
  typed_field(a, {r.x + 42, y, w - 42, h}, look);
  if (!point) draw_sketch(a, {r.x + w + 16, y, sketch, h}, read_geometry(a.q.value));
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
  if (c.charted) y += draw_place_map(a, {r.x + 42, y + 4, r.w - 42, 0});
  return y - r.y;
}

}  // namespace window
