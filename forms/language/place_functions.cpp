// Functions on places: points are "latitude longitude altitude accuracy", traces and shapes points between ";".
// Source: xforms-spec for the radius; Shimrat, "Algorithm 112: position of point relative to polygon", for
// geofence().
#include <algorithm>
#include <cmath>

#include "forms/language/function.h"

namespace language {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double earth_radius_m = 6378100.0;

struct Point {
  double latitude = 0, longitude = 0;
  bool operator==(const Point&) const = default;
};

bool read_points(Str text, std::vector<Point>& out) {
  size_t at = 0;
  while (at <= text.size()) {
    size_t end = std::min(text.find(';', at), text.size());
    Str part = text.substr(at, end - at);
    at = end + 1;
    if (part.find_first_not_of(" \n\t") == Str::npos) continue;
    double numbers[2] = {NAN, NAN};
    size_t from = part.find_first_not_of(" \n\t");
    for (double& n : numbers) {
      if (from == Str::npos) break;
      size_t to = std::min(part.find(' ', from), part.size());
      n = text_number(part.substr(from, to - from));
      from = part.find_first_not_of(' ', to);
    }
    if (std::isnan(numbers[0]) || std::isnan(numbers[1]) || std::fabs(numbers[0]) > 90 ||
        std::fabs(numbers[1]) > 180)
      return false;
    out.push_back({numbers[0], numbers[1]});
  }
  return true;
}

bool points_of(const Call& call, size_t from, std::vector<Point>& out) {
  bool good = true;
  spread(call, from,
         [&](const Dyn& value) { good = good && read_points(call.evaluator.text_of(value), out); });
  return good;
}

double radians(double degrees) {
  return degrees * pi / 180.0;
}

double distance(const Call& call) {
  std::vector<Point> points;
  if (!points_of(call, 0, points) || points.empty()) return NAN;
  double total = 0;
  for (size_t i = 1; i < points.size(); ++i) {
    double d_lon = radians(points[i].longitude - points[i - 1].longitude);
    double a = radians(points[i - 1].latitude);
    double b = radians(points[i].latitude);
    double cosine = std::sin(a) * std::sin(b) + std::cos(a) * std::cos(b) * std::cos(d_lon);
    total += std::acos(std::clamp(cosine, -1.0, 1.0)) * earth_radius_m;
  }
  return std::round(total * 100) / 100;  // to the centimetre, as Enketo and Web Forms do
}

double area(const Call& call) {
  std::vector<Point> points;
  bool good = points_of(call, 0, points);
  Str text = call.text(0);
  auto stops = std::count(text.begin(), text.end(), ';') + (text.find_last_not_of(" ;") != Str::npos);
  if (stops > 0 && stops < 3 && call.type(0) != Type::nodes) return 0;
  if (!good || points.empty()) return NAN;
  if (points.size() < 3) return 0;
  if (points.front() != points.back()) points.push_back(points.front());
  double total = 0;
  for (size_t i = 1; i < points.size(); ++i)
    total += radians(points[i].longitude - points[i - 1].longitude) *
             (2 + std::sin(radians(points[i - 1].latitude)) + std::sin(radians(points[i].latitude)));
  return std::round(std::fabs(total * earth_radius_m * earth_radius_m / 2) * 100) / 100;
}

// Whether a point lies in a shape, which closes. On its border: below and left are in, above and right are out.
bool geofence(const Call& call) {
  std::vector<Point> point;
  std::vector<Point> shape;
  if (!read_points(call.text(0), point) || point.size() != 1) return false;
  if (!read_points(call.text(1), shape) || shape.size() < 4 || shape.front() != shape.back()) return false;
  bool inside = false;
  double x = point[0].longitude;
  double y = point[0].latitude;
  for (size_t i = 0, j = shape.size() - 1; i < shape.size(); j = i++) {
    const Point& a = shape[i];
    const Point& b = shape[j];
    if ((a.latitude > y) == (b.latitude > y)) continue;
    double crossing =
        (b.longitude - a.longitude) * (y - a.latitude) / (b.latitude - a.latitude) + a.longitude;
    if (x < crossing) inside = !inside;
  }
  return inside;
}

double turn(const Point& a, const Point& b, const Point& c) {
  return (b.longitude - a.longitude) * (c.latitude - a.latitude) -
         (b.latitude - a.latitude) * (c.longitude - a.longitude);
}

bool within_box(const Point& a, const Point& b, const Point& p) {
  return std::min(a.longitude, b.longitude) <= p.longitude &&
         p.longitude <= std::max(a.longitude, b.longitude) &&
         std::min(a.latitude, b.latitude) <= p.latitude && p.latitude <= std::max(a.latitude, b.latitude);
}

bool cross(const Point& a, const Point& b, const Point& c, const Point& d) {
  double abc = turn(a, b, c);
  double abd = turn(a, b, d);
  double cda = turn(c, d, a);
  double cdb = turn(c, d, b);
  if (((abc > 0) != (abd > 0)) && abc != 0 && abd != 0 && ((cda > 0) != (cdb > 0)) && cda != 0 && cdb != 0)
    return true;
  return (abc == 0 && within_box(a, b, c)) || (abd == 0 && within_box(a, b, d)) ||
         (cda == 0 && within_box(c, d, a)) || (cdb == 0 && within_box(c, d, b));
}

// Whether a trace or a shape crosses itself. Neighbouring stretches share an end, and so do first and last of a
// shape that closes.
bool intersects(const Call& call) {
  std::vector<Point> raw;
  if (!read_points(call.text(0), raw)) return false;
  std::vector<Point> points;
  for (const Point& p : raw)
    if (points.empty() || points.back() != p) points.push_back(p);
  if (points.size() < 3) return false;
  bool closed = points.front() == points.back();
  size_t stretches = points.size() - 1;
  for (size_t i = 0; i < stretches; ++i)
    for (size_t j = i + 1; j < stretches; ++j) {
      if (call.evaluator.spent()) return false;
      bool neighbours = j == i + 1;
      bool ends_meet = closed && i == 0 && j == stretches - 1;
      if (neighbours || ends_meet) {
        // They may still lie on each other: a way back over itself.
        const Point& shared = neighbours ? points[j] : points[0];
        const Point& a = neighbours ? points[i] : points[1];
        const Point& b = neighbours ? points[j + 1] : points[j];
        if (turn(a, shared, b) == 0 && (within_box(shared, a, b) || within_box(shared, b, a))) return true;
        continue;
      }
      if (cross(points[i], points[i + 1], points[j], points[j + 1])) return true;
    }
  return false;
}

constexpr Function table[] = {
    number_row("distance", 1, -1, distance, all_instances),
    number_row("area", 1, 1, area),
    number_row("enclosed-area", 1, 1, area),  // its old name
    truth_row("geofence", 2, 2, geofence),
    truth_row("intersects", 1, 1, intersects),
};

}  // namespace

std::span<const Function> place_functions() {
  return table;
}

}  // namespace language
