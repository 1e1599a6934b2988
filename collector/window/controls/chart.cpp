#include "collector/window/controls/chart.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace window {
namespace {

constexpr double radians = 3.14159265358979323846 / 180;
constexpr double least_span = 0.02;  // degrees: a single place has some country around it

bool read_point(std::string_view s, Degrees& d) {
  auto number = [&](double& into) {
    size_t first = s.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) return false;
    s.remove_prefix(first);
    auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), into, std::chars_format::fixed);
    if (error != std::errc()) return false;
    s.remove_prefix(static_cast<size_t>(end - s.data()));
    return s.empty() || s.front() == ' ' || s.front() == '\t' || s.front() == '\n';
  };
  return number(d.latitude) && number(d.longitude) && std::fabs(d.latitude) <= 90 && std::fabs(d.longitude) <= 180;
}

}  // namespace

Geometry read_geometry(std::string_view stored) {
  Geometry out;
  for (size_t at = 0; at <= stored.size();) {
    size_t end = std::min(stored.find(';', at), stored.size());
    Degrees d;
    if (read_point(stored.substr(at, end - at), d)) out.points.push_back(d);
    at = end + 1;
  }
  auto& p = out.points;
  bool closed = p.size() > 3 && p.front().latitude == p.back().latitude && p.front().longitude == p.back().longitude;
  if (closed) p.pop_back();
  if (!p.empty()) out.kind = closed ? Geometry::Kind::area : p.size() == 1 ? Geometry::Kind::point : Geometry::Kind::line;
  return out;
}

Degrees Geometry::middle() const {
  if (points.empty()) return {};
  if (kind == Kind::line) {
    double whole = 0;
    for (size_t i = 1; i < points.size(); ++i) whole += metres_between(points[i - 1], points[i]);
    double way = 0;
    for (size_t i = 1; i < points.size(); ++i) {
      const Degrees& a = points[i - 1];
      const Degrees& b = points[i];
      double step = metres_between(a, b);
      if (way + step >= whole / 2 && step > 0) {
        double t = (whole / 2 - way) / step;
        return {a.latitude + t * (b.latitude - a.latitude), a.longitude + t * (b.longitude - a.longitude)};
      }
      way += step;
    }
    return points.front();
  }
  double area = 0, x = 0, y = 0;
  const Degrees& o = points.front();  // near it, so that small areas keep their digits
  for (size_t i = 0; i < points.size(); ++i) {
    const Degrees& a = points[i];
    const Degrees& b = points[(i + 1) % points.size()];
    double ax = a.longitude - o.longitude, ay = a.latitude - o.latitude;
    double bx = b.longitude - o.longitude, by = b.latitude - o.latitude;
    double c = ax * by - bx * ay;
    area += c;
    x += (ax + bx) * c;
    y += (ay + by) * c;
  }
  if (std::fabs(area) < 1e-15) return o;
  return {o.latitude + y / (3 * area), o.longitude + x / (3 * area)};
}

Chart::Chart(const std::vector<Degrees>& points, float width, float height, float margin)
    : width_(width), height_(height) {
  if (points.empty()) return;
  Degrees low = points[0], high = points[0];
  double low_east = 360, high_east = 0;  // … counted eastward from 0 to 360
  for (const Degrees& d : points) {
    low = {std::min(low.latitude, d.latitude), std::min(low.longitude, d.longitude)};
    high = {std::max(high.latitude, d.latitude), std::max(high.longitude, d.longitude)};
    double east = d.longitude < 0 ? d.longitude + 360 : d.longitude;
    low_east = std::min(low_east, east);
    high_east = std::max(high_east, east);
  }
  if (high_east - low_east < high.longitude - low.longitude) {
    low.longitude = low_east;
    high.longitude = high_east;
  }
  middle_ = {(low.latitude + high.latitude) / 2, (low.longitude + high.longitude) / 2};
  narrowing_ = std::max(0.05, std::cos(middle_.latitude * radians));
  double tall = std::max(high.latitude - low.latitude, least_span);
  double wide = std::max((high.longitude - low.longitude) * narrowing_, least_span);
  whole_ = std::min(std::max(1.0, static_cast<double>(width - 2 * margin)) / wide,
                    std::max(1.0, static_cast<double>(height - 2 * margin)) / tall);
  unit_ = whole_;
}

void Chart::look(const Degrees& middle, double zoom) {
  middle_ = {middle.latitude, aligned(middle.longitude)};
  unit_ = whole_ * zoom;
}

double Chart::aligned(double longitude) const {
  while (longitude - middle_.longitude > 180) longitude -= 360;
  while (longitude - middle_.longitude < -180) longitude += 360;
  return longitude;
}

Chart::Spot Chart::spot(const Degrees& d) const {
  return {width_ / 2 + static_cast<float>((aligned(d.longitude) - middle_.longitude) * narrowing_ * unit_),
          height_ / 2 - static_cast<float>((d.latitude - middle_.latitude) * unit_)};
}

Degrees Chart::at(Spot s) const {
  double latitude = middle_.latitude - static_cast<double>(s.y - height_ / 2) / unit_;
  double longitude = middle_.longitude + static_cast<double>(s.x - width_ / 2) / unit_ / narrowing_;
  if (longitude > 180) longitude -= 360;
  if (longitude < -180) longitude += 360;
  return {std::clamp(latitude, -90.0, 90.0), longitude};
}

double Chart::bar_metres(float most) const {
  double longest = metres_a_pixel() * static_cast<double>(most);
  double bar = std::pow(10.0, std::floor(std::log10(longest)));
  return bar * 5 <= longest ? bar * 5 : bar * 2 <= longest ? bar * 2 : bar;
}

double metres_between(const Degrees& a, const Degrees& b) {
  double north = std::sin((b.latitude - a.latitude) / 2 * radians);
  double east = std::sin((b.longitude - a.longitude) / 2 * radians);
  double h = north * north + std::cos(a.latitude * radians) * std::cos(b.latitude * radians) * east * east;
  return 2 * metres_a_degree / radians * std::asin(std::min(1.0, std::sqrt(h)));
}

bool covers(const std::vector<Chart::Spot>& area, Chart::Spot s) {
  bool inside = false;
  for (size_t i = 0, j = area.size() - 1; i < area.size(); j = i++) {
    const Chart::Spot& a = area[i];
    const Chart::Spot& b = area[j];
    if ((a.y > s.y) != (b.y > s.y) && s.x < (b.x - a.x) * (s.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

float distance_to_line(const std::vector<Chart::Spot>& line, Chart::Spot s) {
  float least = 1e9f;
  for (size_t i = 0; i < line.size(); ++i) {
    const Chart::Spot& a = line[i == 0 ? 0 : i - 1];
    const Chart::Spot& b = line[i];
    float dx = b.x - a.x, dy = b.y - a.y;
    float length = dx * dx + dy * dy;
    float t = length > 0 ? std::clamp(((s.x - a.x) * dx + (s.y - a.y) * dy) / length, 0.f, 1.f) : 0;
    least = std::min(least, std::hypot(s.x - a.x - t * dx, s.y - a.y - t * dy));
  }
  return least;
}

}  // namespace window
