// Chart: places of the earth on a flat sheet: what a sketch map is drawn from. No tiles, no network: a scale.
//
//   Geometry g = read_geometry("33.97 -6.85 0 0; 34.02 -6.83 0 0");     // a line of two points
//   Chart chart({g.points…}, 400, 300, 40);                             // all of them in it, 40 pixels from its edges
//   Chart::Spot at = chart.spot(g.points[0]);                           // from its left and top, north above
//
// Equirectangular: a degree of longitude is as long as it is at the middle's latitude, so lengths are true there
// and within 1.6 % over the north of Morocco (chart_test). Places on both sides of the 180th meridian lie together.
// Source: Snyder, Map Projections: A Working Manual (1987), p. 90. Pure; a sphere of 6,371 km.
#pragma once

#include <string_view>
#include <vector>

namespace window {

struct Degrees {
  double latitude = 0, longitude = 0;
};

struct Geometry {
  enum class Kind { none, point, line, area } kind = Kind::none;
  std::vector<Degrees> points;  // of an area without the last, which is the first
  Degrees middle() const;       // of an area its centroid, of a line half its way
};
// As ODK stores it: points joined by ";", each latitude, longitude and what may follow; an area ends where it
// began. What cannot be read, or lies outside the earth, is left out.
Geometry read_geometry(std::string_view stored);

constexpr double metres_a_degree = 111194.93;

class Chart {
 public:
  struct Spot {
    float x = 0, y = 0;
  };
  Chart(const std::vector<Degrees>& points, float width, float height, float margin);
  void look(const Degrees& middle, double zoom);  // zoom 1: everything is in it
  const Degrees& middle() const { return middle_; }
  Spot spot(const Degrees& d) const;
  Degrees at(Spot s) const;
  double metres_a_pixel() const { return metres_a_degree / unit_; }
  double bar_metres(float most) const;  // 1, 2 or 5 times a power of ten, at most so many pixels long

 private:
  double aligned(double longitude) const;  // on the sheet's side of the 180th meridian
  float width_, height_;
  Degrees middle_;
  double narrowing_ = 1, whole_ = 1, unit_ = 1;  // pixels a degree of latitude
};

double metres_between(const Degrees& a, const Degrees& b);  // along the great circle
bool covers(const std::vector<Chart::Spot>& area, Chart::Spot s);
float distance_to_line(const std::vector<Chart::Spot>& line, Chart::Spot s);

}  // namespace window
