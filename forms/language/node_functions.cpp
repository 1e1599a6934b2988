// Functions on nodes: positions, counts, lists, and distances on the globe.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "forms/language/digest.h"
#include "forms/language/function.h"

namespace language {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double earth_radius_m = 6378100.0;  // xforms-spec

Value nodes(std::vector<Ref> refs) {
  return Value::of(std::move(refs));
}

Value position(const Call& call) {
  if (!call.count()) return Value::of(static_cast<double>(call.scope.position));
  Value v = call.arg(0);
  if (v.nodes.empty()) return Value::of(NAN);
  const Ref& ref = v.nodes[0];
  if (ref.space == Ref::Space::row) return Value::of(static_cast<double>(ref.row) + 1);
  return Value::of(static_cast<double>(std::max(1, call.instance().position_of(ref.node))));
}

Value last(const Call& call) {
  return Value::of(static_cast<double>(call.scope.size));
}

Value count(const Call& call) {
  Value v = call.arg(0);
  double n = 0;
  for (const Ref& ref : v.nodes)
    n += ref.space != Ref::Space::node || call.instance().relevant(ref.node) ? 1 : 0;
  return Value::of(n);
}

Value count_non_empty(const Call& call) {
  Value v = call.arg(0);
  double n = 0;
  for (const Ref& ref : v.nodes) n += text_of(ref, call.instance()).empty() ? 0 : 1;
  return Value::of(n);
}

Value current(const Call& call) {
  return nodes({{Ref::Space::node, call.scope.current, 0, 0}});
}

Value instance(const Call& call) {
  int list = call.instance().list_named(call.text(0));
  return list < 0 ? nodes({}) : nodes({{Ref::Space::list, static_cast<uint32_t>(list), 0, 0}});
}

// indexed-repeat(node, repeat, index, …): the node in that instance. A blank index or one below 1 is the
// first.
Value indexed_repeat(const Call& call) {
  Value wanted = call.arg(0);
  for (size_t i = 1; i + 1 < call.count(); i += 2) {
    Value repeats = call.arg(i);
    double index = call.number(i + 1);
    auto place = static_cast<int>(std::isnan(index) || index < 1 ? 1 : index);
    std::erase_if(wanted.nodes, [&](const Ref& ref) {
      for (uint32_t at = ref.node; at != UINT32_MAX; at = call.instance().parent_of(at))
        for (const Ref& repeat : repeats.nodes)
          if (repeat.node == at) return call.instance().position_of(at) != place;
      return true;
    });
  }
  return Value::of(wanted.nodes.empty() ? std::string() : text_of(wanted.nodes[0], call.instance()));
}

// pulldata(list, column, key column, key): the first row whose key equals, as text.
Value pulldata(const Call& call) {
  int list = call.instance().list_named(call.text(0));
  if (list < 0) return Value::of(std::string());
  int column = call.instance().column_named(list, call.text(1));
  int key = call.instance().column_named(list, call.text(2));
  std::string wanted = call.text(3);
  if (column < 0 || key < 0) return Value::of(std::string());
  for (uint32_t row = 0; row < call.instance().row_count(list); ++row)
    if (call.instance().cell(list, row, key) == wanted)
      return Value::of(std::string(call.instance().cell(list, row, column)));
  return Value::of(std::string());
}

// Inside-out Fisher–Yates over Park–Miller, as the reference does; a text seed is hashed.
Value randomize(const Call& call) {
  Value v = call.arg(0);
  int64_t state = 0;
  if (call.count() > 1) {
    Value seed = call.arg(1);
    double n = to_number(seed, call.instance());
    std::string text = to_text(seed, call.instance());
    if (!std::isnan(n)) {
      state = static_cast<int64_t>(n);
    } else if (!text.empty()) {
      std::string hex = digest_text(text, "SHA-256", "hex");
      uint64_t first = 0;
      std::from_chars(hex.data(), hex.data() + 16, first, 16);
      std::memcpy(&state, &first, sizeof state);
    }
  } else {
    state = static_cast<int64_t>(call.instance().random().below(2147483646)) + 1;
  }
  constexpr int64_t modulus = 2147483647;
  state %= modulus;
  if (state <= 0) state += modulus - 1;
  std::vector<Ref> out(v.nodes.size());
  for (size_t i = 0; i < v.nodes.size(); ++i) {
    state = state * 16807 % modulus;
    double unit = static_cast<double>(state - 1) / static_cast<double>(modulus - 1);
    auto j = static_cast<size_t>(unit * static_cast<double>(i + 1));
    if (j != i) out[i] = out[j];
    out[j] = v.nodes[i];
  }
  return nodes(std::move(out));
}

struct Point {
  double latitude = 0, longitude = 0;
};

bool read_points(const std::string& text, std::vector<Point>& out) {
  size_t at = 0;
  while (at <= text.size()) {
    size_t end = std::min(text.find(';', at), text.size());
    std::string part = text.substr(at, end - at);
    at = end + 1;
    if (part.find_first_not_of(' ') == std::string::npos) continue;
    double numbers[2] = {NAN, NAN};
    size_t from = part.find_first_not_of(' ');
    for (double& n : numbers) {
      if (from == std::string::npos) break;
      size_t to = std::min(part.find(' ', from), part.size());
      n = text_number(std::string_view(part).substr(from, to - from), 0);
      from = part.find_first_not_of(' ', to);
    }
    if (std::isnan(numbers[0]) || std::isnan(numbers[1]) || std::fabs(numbers[0]) > 90 ||
        std::fabs(numbers[1]) > 180)
      return false;
    out.push_back({numbers[0], numbers[1]});
  }
  return true;
}

bool points_of(const Call& call, std::vector<Point>& out) {
  for (size_t i = 0; i < call.count(); ++i) {
    Value v = call.arg(i);
    if (v.kind != Value::Kind::nodes) {
      if (!read_points(to_text(v, call.instance()), out)) return false;
      continue;
    }
    for (const Ref& ref : v.nodes)
      if (!read_points(text_of(ref, call.instance()), out)) return false;
  }
  return true;
}

double radians(double degrees) {
  return degrees * pi / 180.0;
}

Value distance(const Call& call) {
  std::vector<Point> points;
  if (!points_of(call, points) || points.size() < 2) return Value::of(NAN);
  double total = 0;
  for (size_t i = 1; i < points.size(); ++i) {
    double d_lon = radians(points[i].longitude - points[i - 1].longitude);
    double a = radians(points[i - 1].latitude);
    double b = radians(points[i].latitude);
    double cosine = std::sin(a) * std::sin(b) + std::cos(a) * std::cos(b) * std::cos(d_lon);
    total += std::acos(std::clamp(cosine, -1.0, 1.0)) * earth_radius_m;
  }
  return Value::of(total);
}

Value area(const Call& call) {
  std::vector<Point> points;
  if (!points_of(call, points) || points.size() < 3) return Value::of(NAN);
  if (points.front().latitude != points.back().latitude ||
      points.front().longitude != points.back().longitude)
    points.push_back(points.front());
  double total = 0;
  for (size_t i = 1; i < points.size(); ++i)
    total += radians(points[i].longitude - points[i - 1].longitude) *
             (2 + std::sin(radians(points[i - 1].latitude)) + std::sin(radians(points[i].latitude)));
  return Value::of(std::fabs(total * earth_radius_m * earth_radius_m / 2));
}

Value version(const Call& call) {
  return Value::of(std::string(call.instance().form_version()));
}

constexpr Function table[] = {
    {"position", 0, 1, position},
    {"last", 0, 0, last},
    {"count", 1, 1, count, Trait::all_instances},
    {"count-non-empty", 1, 1, count_non_empty, Trait::all_instances},
    {"current", 0, 0, current},
    {"instance", 1, 1, instance},
    {"indexed-repeat", 3, 7, indexed_repeat, Trait::all_instances},
    {"pulldata", 4, 4, pulldata},
    {"randomize", 1, 2, randomize, Trait::fresh},
    {"distance", 1, -1, distance, Trait::all_instances},
    {"area", 1, 1, area},
    {"enclosed-area", 1, 1, area},  // its old name
    {"version", 0, 0, version},
};

}  // namespace

std::span<const Function> node_functions() {
  return table;
}

}  // namespace language
