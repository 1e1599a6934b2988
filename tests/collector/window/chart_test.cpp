// The sketch map's arithmetic: geometry as it is stored, the projection, its scale.
#include "collector/window/controls/chart.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace window;
using Kind = Geometry::Kind;

TEST_CASE("geometry: points, lines and areas are read as ODK stores them; what cannot be read is left out") {
  struct Row {
    const char* stored;
    Kind kind;
    size_t points;
  };
  const Row rows[] = {
      {"", Kind::none, 0},
      {"33.97 -6.85 0 0", Kind::point, 1},
      {"33.97 -6.85", Kind::point, 1},
      {"  33.97   -6.85  12.5 4 ;", Kind::point, 1},
      {"33.97 -6.85 0 0;34.02 -6.83 0 0", Kind::line, 2},
      {"33 -6 0 0; 34 -6 0 0; 34 -5 0 0", Kind::line, 3},
      {"33 -6 0 0; 34 -6 0 0; 34 -5 0 0; 33 -6 0 0", Kind::area, 3},
      {"33 -6;34 -6;33 -6", Kind::line, 3},  // to and back encloses nothing
      {"33.97, -6.85", Kind::none, 0},
      {"33.97", Kind::none, 0},
      {"91 0", Kind::none, 0},
      {"0 181", Kind::none, 0},
      {"nan inf", Kind::none, 0},
      {"33 -6;rabbit;34 -6", Kind::line, 2},
      {"POINT (-6 33)", Kind::none, 0},
      {"1e1 2", Kind::none, 0},
      {";;;", Kind::none, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.stored);
    Geometry g = read_geometry(row.stored);
    CHECK(g.kind == row.kind);
    CHECK(g.points.size() == row.points);
  }
}

TEST_CASE("geometry: the middle of an area is its centroid, of a line half its way") {
  Degrees square = read_geometry("10 10;10 12;12 12;12 10;10 10").middle();
  CHECK(square.latitude == doctest::Approx(11));
  CHECK(square.longitude == doctest::Approx(11));
  Degrees el = read_geometry("0 0;0 4;1 4;1 1;4 1;4 0;0 0").middle();  // an L: nearer to its corner
  CHECK(el.latitude < 1.5);
  CHECK(el.longitude < 1.5);
  Degrees way = read_geometry("0 0;0 1;0 4").middle();
  CHECK(way.longitude == doctest::Approx(2).epsilon(0.001));
  Degrees nothing = read_geometry("5 5;5 6;5 7;5 5").middle();  // an area that is flat
  CHECK(nothing.latitude == doctest::Approx(5));
}

TEST_CASE("chart: north is above, east on the right, everything within the margin, and back again") {
  std::vector<Degrees> places = {{34.03, -5}, {33.89, -5.55}, {34.01, -6.83}, {34.26, -6.58}};
  for (auto [w, h] : {std::pair{400.f, 300.f}, {300.f, 500.f}, {60.f, 60.f}}) {
    Chart chart(places, w, h, 20);
    for (const Degrees& d : places) {
      Chart::Spot s = chart.spot(d);
      CHECK(s.x >= 19.5f);
      CHECK(s.x <= w - 19.5f);
      CHECK(s.y >= 19.5f);
      CHECK(s.y <= h - 19.5f);
      Degrees back = chart.at(s);
      CHECK(back.latitude == doctest::Approx(d.latitude).epsilon(0.0001));
      CHECK(back.longitude == doctest::Approx(d.longitude).epsilon(0.0001));
    }
    CHECK(chart.spot(places[0]).x > chart.spot(places[2]).x);
    CHECK(chart.spot(places[3]).y < chart.spot(places[1]).y);
  }
}

TEST_CASE("chart: lengths on it are those of the earth within 1 % over the north of Morocco") {
  std::vector<Degrees> places = {{34.03, -5}, {33.89, -5.55}, {34.01, -6.83}, {35.77, -5.8}, {33.59, -7.61}};
  Chart chart(places, 800, 800, 40);
  for (const Degrees& a : places)
    for (const Degrees& b : places) {
      double true_m = metres_between(a, b);
      if (true_m < 1) continue;
      Chart::Spot s = chart.spot(a), t = chart.spot(b);
      double drawn_m = std::hypot(static_cast<double>(s.x - t.x), static_cast<double>(s.y - t.y)) * chart.metres_a_pixel();
      CHECK(std::fabs(drawn_m - true_m) / true_m < 0.016);
    }
  CHECK(metres_between({34.02, -6.83}, {34.03, -5.0}) == doctest::Approx(168'700).epsilon(0.01));  // Rabat to Fès
}

TEST_CASE("chart: the bar is 1, 2 or 5 times a power of ten, and no longer than it may be") {
  for (double span : {0.001, 0.03, 0.4, 5.0, 60.0}) {
    Chart chart({{30, 0}, {30 + span, span}}, 400, 400, 40);
    for (float most : {60.f, 100.f, 140.f}) {
      double bar = chart.bar_metres(most);
      double digits = bar / std::pow(10.0, std::floor(std::log10(bar * 1.0001)));
      bool plain = std::fabs(digits - 1) < 0.001 || std::fabs(digits - 2) < 0.001 || std::fabs(digits - 5) < 0.001;
      CHECK_MESSAGE(plain, bar);
      CHECK(bar / chart.metres_a_pixel() <= static_cast<double>(most) + 0.01);
      CHECK(bar / chart.metres_a_pixel() >= static_cast<double>(most) / 2.6);
    }
  }
}

TEST_CASE("chart: one place has country around it, none is no trouble, both sides of the date line lie together") {
  Chart one({{33.97, -6.85}}, 300, 300, 40);
  CHECK(one.spot({33.97, -6.85}).x == doctest::Approx(150));
  CHECK(one.metres_a_pixel() > 5);
  CHECK(one.metres_a_pixel() < 50);
  Chart none({}, 300, 300, 40);
  CHECK(std::isfinite(none.spot({1, 1}).x));
  Chart pacific({{-17, 179}, {-18, -178}}, 300, 300, 40);
  float gap = pacific.spot({-18, -178}).x - pacific.spot({-17, 179}).x;
  CHECK(gap > 0);
  CHECK(gap < 300);
  Degrees east = pacific.at(pacific.spot({-18, -178}));
  CHECK(east.longitude == doctest::Approx(-178));
  Chart pole({{90, 0}, {89, 120}}, 300, 300, 40);
  CHECK(std::isfinite(pole.spot({90, 0}).x));
}

TEST_CASE("chart: closer keeps its middle and lengthens everything") {
  Chart chart({{33, -7}, {35, -5}}, 400, 400, 40);
  double before = chart.metres_a_pixel();
  chart.look({33.5, -6.5}, 4);
  CHECK(chart.metres_a_pixel() == doctest::Approx(before / 4));
  CHECK(chart.spot({33.5, -6.5}).x == doctest::Approx(200));
  CHECK(chart.spot({33.5, -6.5}).y == doctest::Approx(200));
}

TEST_CASE("chart: a spot lies in an area of any form, and so far from a line") {
  std::vector<Chart::Spot> el = {{0, 0}, {4, 0}, {4, 1}, {1, 1}, {1, 4}, {0, 4}};
  CHECK(covers(el, {3, 0.5f}));
  CHECK(covers(el, {0.5f, 3}));
  CHECK_FALSE(covers(el, {3, 3}));
  CHECK_FALSE(covers({}, {0, 0}));
  CHECK(distance_to_line({{0, 0}, {10, 0}}, {5, 3}) == doctest::Approx(3));
  CHECK(distance_to_line({{0, 0}, {10, 0}}, {14, 3}) == doctest::Approx(5));
  CHECK(distance_to_line({{2, 2}, {2, 2}}, {2, 5}) == doctest::Approx(3));
}
