// A point on a sketch of the towns around it: is it where it is meant to be, and a way to move it there. It shows
// once there is a point, typed or taken from the list: before that there is nothing to place it against.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "collector/window/controls/chart_sheet.h"

namespace window {

namespace {

constexpr size_t towns_around = 5;
constexpr float stride = 10;  // pixels, by an arrow key

struct Town {
  Degrees at;
  size_t place = 0;  // in the list, the largest first
};

std::vector<Town> read_towns(const std::vector<app::ChoiceView>& places) {
  std::vector<Town> out;
  for (size_t n = 0; n < places.size(); ++n) {
    std::string value = places[n].value;  // as it is typed: "33.59, -7.61"
    std::replace(value.begin(), value.end(), ',', ' ');
    if (Geometry g = read_geometry(value); !g.points.empty()) out.push_back({g.points.front(), n});
  }
  return out;
}

std::vector<Town> nearest(std::vector<Town> towns, const Degrees& to) {
  size_t count = std::min(towns_around, towns.size());
  std::partial_sort(towns.begin(), towns.begin() + static_cast<long>(count), towns.end(), [&](const Town& a, const Town& b) {
    return metres_between(a.at, to) < metres_between(b.at, to);
  });
  towns.resize(count);
  return towns;
}

std::string typed(const Degrees& d, int decimals) {
  std::string out;
  for (double value : {d.latitude, d.longitude}) {
    char text[48];
    auto [end, error] = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, decimals);
    out += (out.empty() ? "" : ", ") + std::string(text, end);
  }
  return out;
}

// Dots, and the names there is room for, the largest town's first.
void draw_towns(Asked& a, Rect panel, const ChartSheet& sheet, const std::vector<Town>& towns, Kit::Spot mark) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  std::vector<Rect> taken = {{panel.x, panel.y, 46, 62},
                             {panel.right() - 54, panel.y, 54, 98},
                             {panel.x, panel.bottom() - 52, 190, 52},
                             {mark.x - 16, mark.y - 16, 32, 32}};
  constexpr TextLook look{.size = 13, .wrap = false, .middle = true};
  for (const Town& town : towns) {
    if (!sheet.shows(town.at, 6)) continue;
    Kit::Spot s = sheet.spot(town.at);
    kit.circle(s.x, s.y, 3.5f, t.quiet, true);
    const std::string& name = a.q.places[town.place].label;
    Rect box{s.x + 7, s.y - 10, kit.text_width(name, look) + 4, 20};
    bool room = box.right() < panel.right() - 4 && std::none_of(taken.begin(), taken.end(), [&](const Rect& o) {
      return box.x < o.right() && o.x < box.right() && box.y < o.bottom() && o.y < box.bottom();
    });
    if (!room || box.y < panel.y + 2 || box.bottom() > panel.bottom() - 2) continue;
    taken.push_back(box);
    kit.text(box, name, t.ink, look);
  }
}

}  // namespace

float draw_place_map(Asked& a, Rect r) {
  Kit& kit = a.kit;
  const Theme& t = a.look();
  if (const Input* i = kit.input(); i && i->kind == Input::Kind::key)
    a.scratch.controls.digit_down = i->key == Key::digit;
  Geometry point = read_geometry(a.q.value);
  if (point.points.empty() || a.q.places.empty()) return 0;
  Degrees at = point.points.front();
  std::vector<Town> towns = read_towns(a.q.places);
  ChartScratch& look = a.scratch.controls.charts[a.q.id];
  std::string words;
  if (std::vector<Town> next = nearest(towns, at); !next.empty()) {
    const std::string& name = a.q.places[next[0].place].label;
    double far = metres_between(next[0].at, at);
    bool there = far < metres_a_degree * std::pow(10.0, -a.q.control.decimals);  // as near as it is kept
    words = there ? name : a.s.tr("place.from.text", {{"distance", distance_text(a.s, far)}, {"place", name}});
  }
  float top = kit.text({r.x, r.y, r.w, 60}, words, t.ink, {.size = 15, .bold = true}) + 8;
  Rect panel{r.x, r.y + top, std::min(r.w, 560.f), std::min(300.f, r.w * 0.7f)};
  auto around = [&] {
    std::vector<Degrees> points = {look.anchor};
    for (const Town& town : nearest(towns, look.anchor)) points.push_back(town.at);
    return points;
  };
  // The sheet stays while the mark moves on it, and is laid anew where it has left it.
  if (!look.anchored || !ChartSheet(a, panel, around(), 60).whole_shows(at, 14)) {
    look.anchor = at;
    look.anchored = true;
    look.zoom = 1;
  }
  ChartSheet sheet(a, panel, around(), 60);
  sheet.bring(at);
  sheet.keys();
  Kit::Spot mark = sheet.spot(at);
  sheet.draw_ground();
  draw_towns(a, panel, sheet, towns, mark);
  kit.circle(mark.x, mark.y, 11, t.card, true);
  kit.circle(mark.x, mark.y, 10, t.accent, false, 2.5f);
  kit.circle(mark.x, mark.y, 4, t.accent, true);
  sheet.draw_rim();
  std::string id = a.id("map");
  std::optional<Degrees> to;
  if (kit.hit(id, panel, tr(a.s, "place.map.label"), a.can())) {
    auto mouse = sheet.mouse();
    if (kit.was_keyed())
      a.events.push_back(app::NextPage{});  // Enter goes on, as everywhere
    else if (mouse)
      to = sheet.chart().at(*mouse);
  }
  kit.state(a.q.shown);
  if (const Input* i = kit.input(); i && a.can() && kit.focus() == id && i->kind == Input::Kind::key && !i->control && !i->alt) {
    double finest = std::pow(10.0, -a.q.control.decimals);
    double north = i->key == Key::up ? 1 : i->key == Key::down ? -1 : 0;
    double east = i->key == Key::right ? 1 : i->key == Key::left ? -1 : 0;
    if (north != 0 || east != 0) {
      double step = std::max(finest, std::round(static_cast<double>(stride) * sheet.chart().metres_a_pixel() / metres_a_degree / finest) * finest);
      double narrowing = std::max(0.05, std::cos(at.latitude * 3.14159265 / 180));
      double wide = std::max(finest, std::round(step / narrowing / finest) * finest);
      to = Degrees{std::clamp(at.latitude + north * step, -90.0, 90.0), std::clamp(at.longitude + east * wide, -180.0, 180.0)};
      kit.consume();
    }
  }
  if (to) {
    a.scratch.pending.erase(field_id(a.q));
    a.answer(typed(*to, a.q.control.decimals));
  }
  float y = panel.bottom() + 8;
  y += kit.text({panel.x, y, panel.w, 60}, tr(a.s, "place.move.text") + " " + tr(a.s, "map.sketch.text"), t.quiet, {.size = 14}) + 10;
  return y - r.y;
}

}  // namespace window
