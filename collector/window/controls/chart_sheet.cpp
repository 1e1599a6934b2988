#include "collector/window/controls/chart_sheet.h"

#include <algorithm>

namespace window {

namespace {

constexpr double step = 1.6, closest_m = 1;  // metres a pixel

}  // namespace

std::string distance_text(const app::Strings& s, double metres) {
  if (metres >= 1000) return s.tr("distance.kilometres.text", {{"number", s.number(std::lround(metres / 1000))}});
  return s.tr("distance.metres.text", {{"number", s.number(std::max(1L, std::lround(metres)))}});
}

ChartSheet::ChartSheet(Asked& a, Rect r, const std::vector<Degrees>& points, float margin)
    : a_(a), r_(r), chart_(points, r.w, r.h, margin), whole_(chart_), look_(a.scratch.controls.charts[a.q.id]) {
  if (look_.zoom > 1) chart_.look({look_.latitude, look_.longitude}, look_.zoom);
}

Kit::Spot ChartSheet::spot(const Degrees& d) const {
  Chart::Spot s = chart_.spot(d);
  return {a_.kit.is_rtl() ? r_.right() - s.x : r_.x + s.x, r_.y + s.y};
}

std::vector<Kit::Spot> ChartSheet::spots(const std::vector<Degrees>& points) const {
  std::vector<Kit::Spot> out;
  for (const Degrees& d : points) out.push_back(spot(d));
  return out;
}

bool ChartSheet::shows(const Degrees& d, float inset) const {
  Chart::Spot s = chart_.spot(d);
  return s.x >= inset && s.x <= r_.w - inset && s.y >= inset && s.y <= r_.h - inset;
}

bool ChartSheet::whole_shows(const Degrees& d, float inset) const {
  Chart::Spot s = whole_.spot(d);
  return s.x >= inset && s.x <= r_.w - inset && s.y >= inset && s.y <= r_.h - inset;
}

std::optional<Chart::Spot> ChartSheet::mouse() const {
  auto at = a_.kit.mouse_in(r_);
  return at ? std::optional<Chart::Spot>({at->x, at->y}) : std::nullopt;
}

bool ChartSheet::is_whole() const {
  return look_.zoom <= 1;
}

void ChartSheet::draw_ground() const {
  a_.kit.fill(r_, a_.look().ground, 14);
  a_.kit.stroke(r_, a_.look().line, 14);
  a_.kit.clip(r_.inset(1));
}

void ChartSheet::draw_scale() const {
  Kit& kit = a_.kit;
  const Theme& t = a_.look();
  double bar = chart_.bar_metres(std::min(140.f, r_.w * 0.4f));
  auto w = static_cast<float>(bar / chart_.metres_a_pixel());
  std::string words = distance_text(a_.s, bar);
  float words_w = kit.text_width(words, {.size = 13});
  Rect plate{r_.x + 8, r_.bottom() - 44, std::max(w, words_w) + 20, 38};
  kit.fill(plate, t.card, 8);
  kit.fill({plate.x + 10, plate.bottom() - 10, w, 3}, t.ink);
  for (float x : {plate.x + 10, plate.x + 10 + w - 2}) kit.fill({x, plate.bottom() - 14, 2, 7}, t.ink);
  kit.text({plate.x + 10, plate.y + 2, words_w + 4, 20}, words, t.ink, {.size = 13, .wrap = false});
  Rect north{r_.x + 8, r_.y + 8, 30, 46};
  kit.fill(north, t.card, 8);
  float x = north.x + north.w / 2;
  kit.polygon({{x, north.y + 5}, {x + 7, north.y + 20}, {x - 7, north.y + 20}}, t.ink);
  kit.text({north.x, north.y + 22, north.w, 22}, tr(a_.s, "map.north.label"), t.ink,
           {.size = 13, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
}

void ChartSheet::draw_rim() {
  Kit& kit = a_.kit;
  const Theme& t = a_.look();
  kit.unclip();
  draw_scale();
  Rect closer{r_.right() - 46, r_.y + 8, 38, 38};
  Rect farther{closer.x, closer.bottom() + 6, 38, 38};
  auto button = [&](const char* id, Rect place, Icon icon, const std::string& words_of, bool can) {
    kit.fill(place, kit.hovered(place) && can ? t.hover : t.card, 10);
    kit.stroke(place, t.line, 10);
    kit.icon(icon, place.x + 19, place.y + 19, 22, can ? t.ink : t.faint);
    return kit.hit(a_.id(id), place, words_of, can);
  };
  if (button("map.in", closer, Icon::plus, tr(a_.s, "map.in.button"), chart_.metres_a_pixel() > closest_m)) zoom(step);
  if (button("map.out", farther, Icon::minus, tr(a_.s, "map.out.button"), !is_whole())) zoom(1 / step);
}

// The signs themselves, wherever the layout has them; not the sign that a digit's key writes without Shift.
void ChartSheet::keys() {
  Kit& kit = a_.kit;
  const Input* i = kit.input();
  if (!i || !a_.active || i->kind != Input::Kind::character || i->control || kit.field_has_focus()) return;
  bool closer = i->character == '+' || i->character == '=';
  bool farther = i->character == '-' || i->character == 0x2212;
  if ((!closer && !farther) || a_.scratch.controls.digit_down) return;
  if (closer ? chart_.metres_a_pixel() > closest_m : !is_whole()) zoom(closer ? step : 1 / step);
  kit.consume();
}

void ChartSheet::zoom(double factor) {
  if (is_whole()) {
    look_.latitude = whole_.middle().latitude;
    look_.longitude = whole_.middle().longitude;
  }
  look_.zoom = std::max(1.0, look_.zoom * factor);
  if (look_.zoom < 1.01) look_.zoom = 1;
  look_.shown.clear();  // what the person is at stays in sight
  if (is_whole()) return;
  chart_.look({look_.latitude, look_.longitude}, look_.zoom);
}

void ChartSheet::hold() {
  if (is_whole()) return;
  Kit::Drag drag = a_.kit.drag(a_.id("map"), r_);
  if (!drag.begins && drag.goes) {
    float dx = drag.x - look_.held_x;
    if (a_.kit.is_rtl()) dx = -dx;
    Degrees to = chart_.at({r_.w / 2 - dx, r_.h / 2 - (drag.y - look_.held_y)});
    look_.latitude = to.latitude;
    look_.longitude = to.longitude;
  }
  look_.held_x = drag.x;
  look_.held_y = drag.y;
}

void ChartSheet::bring(const Degrees& d) {
  if (is_whole() || shows(d, 50)) return;
  look_.latitude = d.latitude;
  look_.longitude = d.longitude;
  chart_.look(d, look_.zoom);
}

}  // namespace window
