// Choices that have a place, on a map drawn from their coordinates alone: to scale, without tiles.
#include <algorithm>

#include "collector/window/controls/chart_sheet.h"
#include "collector/window/controls/pointed.h"

namespace window {

namespace {

constexpr float aspect = 1.15f, near_enough = 9;

std::vector<Chart::Spot> on_sheet(const Chart& chart, const std::vector<Degrees>& points) {
  std::vector<Chart::Spot> out;
  for (const Degrees& d : points) out.push_back(chart.spot(d));
  return out;
}

// The choice under the mouse: a marker before a line, a line before an area.
std::optional<size_t> under_mouse(const ChartSheet& sheet, const std::vector<Geometry>& places) {
  auto mouse = sheet.mouse();
  std::optional<size_t> best;
  float least = 1e9f;
  for (size_t n = 0; mouse && n < places.size(); ++n) {
    const Geometry& g = places[n];
    if (g.kind == Geometry::Kind::none) continue;
    Chart::Spot marker = sheet.chart().spot(g.middle());
    float far = std::hypot(marker.x - mouse->x, marker.y - mouse->y) - badge_radius;
    float cost = far < 4 ? far : 1e9f;
    if (g.kind == Geometry::Kind::line && distance_to_line(on_sheet(sheet.chart(), g.points), *mouse) < near_enough)
      cost = std::min(cost, 100.f);
    if (g.kind == Geometry::Kind::area && covers(on_sheet(sheet.chart(), g.points), *mouse)) cost = std::min(cost, 200.f);
    if (cost >= least) continue;
    least = cost;
    best = n;
  }
  return best;
}

// What the person is at, by its name, beside its marker.
void draw_name(Asked& a, Rect panel, Kit::Spot at, const std::string& name) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  TextLook look{.size = 14, .bold = true, .wrap = false, .middle = true, .may_cut = true};
  float w = std::min(kit.text_width(name, look) + 20, panel.w - 24);
  float x = at.x + badge_radius + 6;
  if (x + w > panel.right() - 6) x = at.x - badge_radius - 6 - w;
  x = std::clamp(x, panel.x + 6, panel.right() - 6 - w);
  bool beside = x > at.x || x + w < at.x;
  float y = std::clamp(at.y - 15 + (beside ? 0.f : 32.f), panel.y + 4, panel.bottom() - 34);
  Rect box{x, y, w, 30};
  kit.fill(box, t.card, 8);
  kit.stroke(box, t.accent, 8, 1.5f);
  kit.text({x + 10, y, w - 20, 30}, name, t.ink, look);
}

}  // namespace

float draw_choice_map(Asked& a, Rect r) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  const app::QuestionView& q = a.q;
  if (const Input* i = kit.input(); i && i->kind == Input::Kind::key)
    a.scratch.controls.digit_down = i->key == Key::digit;
  std::vector<Geometry> places;
  std::vector<Degrees> all;
  long without = 0;
  for (const app::ChoiceView& c : q.choices) {
    places.push_back(read_geometry(c.place));
    all.insert(all.end(), places.back().points.begin(), places.back().points.end());
    without += places.back().points.empty();
  }
  std::string words = tr(a.s, "map.sketch.text");
  if (without > 0) words += " " + a.s.tr("map.none.text", {{"count", a.s.number(without)}});
  Halves at = halves_of(a, r, aspect, 50);
  ChartSheet sheet(a, at.panel, all);
  sheet.keys();
  std::optional<size_t> over = under_mouse(sheet, places);
  std::optional<size_t> now = draw_pointed_list(a, at.list, over);
  // Where the keyboard goes, the map goes with it.
  ChartScratch& look = a.scratch.controls.charts[q.id];
  if (now && !over && look.shown != q.choices[*now].value && !places[*now].points.empty()) {
    look.shown = q.choices[*now].value;
    sheet.bring(places[*now].middle());
  }
  sheet.draw_ground();
  std::vector<size_t> order;  // what has the numbers where there is no room for all: this one, then what is chosen
  for (size_t n = 0; n < places.size(); ++n) {
    const Geometry& g = places[n];
    if (g.kind == Geometry::Kind::none) continue;
    bool marked = q.choices[n].chosen || now == n;
    if (g.kind != Geometry::Kind::point) {
      bool area = g.kind == Geometry::Kind::area;
      std::vector<Kit::Spot> spots = sheet.spots(g.points);
      if (area) kit.polygon(spots, (t.accent & 0x00ffffff) | (marked ? 0x50000000u : 0x20000000u));
      kit.path(spots, marked ? t.accent : t.quiet, marked ? 5.f : 2.5f, area);
    }
    if (sheet.shows(g.middle(), 2)) order.push_back(n);
  }
  auto weight = [&](size_t n) { return now == n ? 0 : q.choices[n].chosen ? 1 : 2; };
  std::stable_sort(order.begin(), order.end(), [&](size_t x, size_t y) { return weight(x) < weight(y); });
  std::vector<Kit::Spot> taken;
  std::vector<size_t> numbered;
  for (size_t n : order) {
    Kit::Spot s = sheet.spot(places[n].middle());
    bool room = std::none_of(taken.begin(), taken.end(), [&](const Kit::Spot& o) {
      return std::hypot(o.x - s.x, o.y - s.y) < 2 * badge_radius + 3;
    });
    if (room) {
      taken.push_back(s);
      numbered.push_back(n);
    } else {
      kit.circle(s.x, s.y, 6, t.card, true);
      kit.circle(s.x, s.y, 4.5f, t.accent, true);
    }
  }
  for (size_t n : numbered) {
    Kit::Spot s = sheet.spot(places[n].middle());
    draw_badge(a, s.x, s.y, n, now == n, t);
  }
  if (now && !places[*now].points.empty() && sheet.shows(places[*now].middle(), 2))
    draw_name(a, at.panel, sheet.spot(places[*now].middle()), q.choices[*now].label);
  sheet.draw_rim();
  for (size_t n : order) {
    Kit::Spot s = sheet.spot(places[n].middle());
    Rect place{s.x - badge_radius, s.y - badge_radius, 2 * badge_radius, 2 * badge_radius};
    if (kit.part("area." + q.id + "." + q.choices[n].value, place, q.choices[n].label, over == n, a.can()))
      choose_pointed(a, n);
    if (q.choices[n].chosen) kit.state("chosen");
    else if (now == n) kit.state("pointed");
  }
  sheet.hold();
  kit.text({at.panel.x + 2, at.panel.bottom() + 6, at.panel.w, 44}, words, t.quiet, {.size = 13.5f});
  float list = at.list.y + pointed_list_height(a, at.list.w) - r.y;
  return std::max(list, at.panel.bottom() + 56 - r.y);
}

}  // namespace window
