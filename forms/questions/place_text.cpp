#include "forms/questions/place_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "forms/base/utf8.h"

namespace questions {
namespace {

using base::Fault;
using base::Result;

struct Angle {
  double degrees = 0;
  char side = 0;  // N S E W, or 0
};

std::string fixed(double value, int decimals) {
  decimals = std::clamp(decimals, 0, 8);
  double scale = std::pow(10.0, decimals);
  double rounded = std::round(value * scale) / scale;
  if (rounded == 0) rounded = 0;  // no minus before nothing
  char text[64];
  auto [end, error] = std::to_chars(text, text + sizeof text, rounded, std::chars_format::fixed, decimals);
  std::string out(text, end);
  if (decimals > 0) {
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
  }
  return out;
}

// %2C and + in the address of a link.
std::string unescaped(std::string_view s) {
  std::string out;
  for (size_t i = 0; i < s.size(); ++i) {
    unsigned code = 0;
    if (s[i] == '%' && i + 2 < s.size() &&
        std::from_chars(s.data() + i + 1, s.data() + i + 3, code, 16).ptr == s.data() + i + 3) {
      out += static_cast<char>(code);
      i += 2;
    } else {
      out += s[i] == '+' && i > 0 ? ' ' : s[i];
    }
  }
  return out;
}

// Reads a plain decimal number at `at`; moves behind it.
std::optional<double> number_at(std::string_view s, size_t& at) {
  double value = 0;
  const char* from = s.data() + at;
  if (at < s.size() && *from == '+') ++from;
  auto [end, error] = std::from_chars(from, s.data() + s.size(), value, std::chars_format::fixed);
  if (error != std::errc() || !std::isfinite(value)) return {};
  at = static_cast<size_t>(end - s.data());
  return value;
}

// Two numbers behind a mark of a link: "@33.97,-6.85", "?q=33.97,-6.85", "!3d33.97!4d-6.85".
std::optional<Point> pair_after(const std::string& link, std::string_view mark, std::string_view between,
                                bool longitude_first = false) {
  for (size_t at = link.find(mark); at != std::string::npos; at = link.find(mark, at + 1)) {
    size_t i = at + mark.size();
    auto a = number_at(link, i);
    if (!a || link.compare(i, between.size(), between) != 0) continue;
    i += between.size();
    while (i < link.size() && link[i] == ' ') ++i;
    auto b = number_at(link, i);
    if (!b) continue;
    return longitude_first ? Point{*b, *a, 0, 0} : Point{*a, *b, 0, 0};
  }
  return {};
}

std::optional<Point> of_link(const std::string& link) {
  // The marked place before the middle of the map.
  if (auto p = pair_after(link, "!3d", "!4d")) return p;
  if (auto p = pair_after(link, "mlat=", "&mlon=")) return p;
  for (const char* mark : {"?q=loc:", "&q=loc:", "?q=", "&q=", "query=", "destination=", "ll=", "center=",
                           "sll=", "daddr=", "/search/", "/place/", "/dir//", "geo:", "cp="})
    for (const char* between : {",", "~"})
      if (auto p = pair_after(link, mark, between)) return p;
  if (auto p = pair_after(link, "pt=", ",", true)) return p;  // Yandex: longitude first
  if (auto p = pair_after(link, "@", ",")) return p;
  if (size_t map = link.find("map="); map != std::string::npos)  // #map=15/33.97/-6.85
    if (size_t slash = link.find('/', map); slash != std::string::npos)
      return pair_after(link.substr(slash), "/", "/");
  return {};
}

bool is_link(const std::string& s) {
  return s.find("://") != std::string::npos || s.rfind("geo:", 0) == 0 || s.rfind("www.", 0) == 0 ||
         s.find("maps.app.goo.gl") != std::string::npos;
}

// Degrees, minutes and seconds by whatever marks them; the side by its letter in any of our languages.
class Angles {
 public:
  explicit Angles(std::string_view typed) : code_(base::code_points(base::ascii_digits(typed))) {}

  std::vector<Angle> all() {
    while (at_ < code_.size()) {
      uint32_t c = code_[at_];
      if (is_number(at_)) {
        if (!angle()) return {};
      } else if (char side = side_of(c); side != 0 && !part_of_word()) {
        // "N 33.97": before its number; "33.97 N": behind it.
        if (!out_.empty() && out_.back().side == 0 && behind_)
          out_.back().side = side;
        else
          waiting_ = side;
        ++at_;
      } else if (c == ' ' || c == ',' || c == ';' || c == '/' || c == '(' || c == ')' || c == 0xa0 ||
                 c == 0x60c || c == '\t' || c == ':') {
        ++at_;
      } else if (is_letter(c)) {
        word();  // "lat", "longitude": said, not needed
      } else {
        return {};
      }
    }
    return std::move(out_);
  }

 private:
  static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
  static bool is_letter(uint32_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
  // The initials of our languages. O is west in French and east in Dutch: it is not guessed.
  static char side_of(uint32_t c) {
    constexpr std::pair<uint32_t, char> all[] = {
        {'N', 'N'}, {'K', 'N'}, {0x634, 'N'},                // Turkish kuzey, Arabic shamal
        {'S', 'S'}, {'Z', 'S'}, {'G', 'S'},   {0x62c, 'S'},  // Dutch zuid, Turkish güney, Arabic janub
        {'E', 'E'}, {'D', 'E'}, {0x642, 'E'},                // Turkish doğu, Arabic sharq
        {'W', 'W'}, {'B', 'W'}, {0x63a, 'W'}, {'O', '?'}};   // Turkish batı, Arabic gharb
    uint32_t upper = c >= 'a' && c <= 'z' ? c - 32 : c;
    for (const auto& [letter, side] : all)
      if (letter == upper) return side;
    return 0;
  }
  bool part_of_word() const {
    auto letter = [&](size_t i) { return i < code_.size() && is_letter(code_[i]); };
    return letter(at_ + 1) || (at_ > 0 && letter(at_ - 1));
  }
  bool is_number(size_t i) const {
    uint32_t c = i < code_.size() ? code_[i] : 0;
    if (is_digit(c)) return true;
    bool sign = c == '-' || c == '+' || c == 0x2212 || c == '.';
    return sign && i + 1 < code_.size() && (is_digit(code_[i + 1]) || code_[i + 1] == '.');
  }
  // A comma with a digit on both sides and no space is the decimal one, when no point stands in the text.
  bool decimal_comma(size_t i) const {
    bool point = std::find(code_.begin(), code_.end(), '.') != code_.end();
    return code_[i] == ',' && !point && i + 1 < code_.size() && is_digit(code_[i + 1]) &&
           std::count(code_.begin(), code_.end(), ',') != 1;
  }
  double number() {
    std::string text;
    if (code_[at_] == 0x2212 || code_[at_] == '-') text = "-";
    if (!is_digit(code_[at_]) && code_[at_] != '.') ++at_;
    bool point = false;
    for (; at_ < code_.size(); ++at_) {
      uint32_t c = code_[at_];
      bool mark = !point && (c == '.' || decimal_comma(at_));
      if (!is_digit(c) && !mark) break;
      point = point || mark;
      text += mark ? '.' : static_cast<char>(c);
    }
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  bool mark(std::initializer_list<uint32_t> marks) {
    size_t i = at_;
    while (i < code_.size() && code_[i] == ' ') ++i;
    if (i >= code_.size() || std::find(marks.begin(), marks.end(), code_[i]) == marks.end()) return false;
    at_ = i + 1;
    while (at_ < code_.size() && code_[at_] == ' ' && is_number(at_ + 1)) ++at_;
    return true;
  }
  bool angle() {
    bool minus = code_[at_] == '-' || code_[at_] == 0x2212;
    double degrees = std::fabs(number());
    if (mark({0xb0, 0xba, 0x2da, 'd'})) {
      double part = 60;
      for (auto marks : {std::initializer_list<uint32_t>{'\'', 0x2032, 0x2019, 0xb4, 'm'},
                         std::initializer_list<uint32_t>{'"', 0x2033, 0x201d, '\'', 's'}}) {
        if (!is_number(at_)) break;
        size_t before = at_;
        double n = number();
        if (n < 0 || n >= 60) return false;
        if (!mark(marks)) {
          at_ = before;
          break;
        }
        mark({'\''});  // '' for "
        degrees += n / part;
        part *= 60;
      }
    }
    out_.push_back({minus ? -degrees : degrees, waiting_});
    waiting_ = 0;
    behind_ = true;
    return true;
  }
  void word() {
    while (at_ < code_.size() &&
           (is_letter(code_[at_]) || code_[at_] == '.' || code_[at_] == ':' || code_[at_] == '='))
      ++at_;
    behind_ = false;
  }

  std::vector<uint32_t> code_;
  size_t at_ = 0;
  std::vector<Angle> out_;
  char waiting_ = 0;
  bool behind_ = false;
};

// "33 58 12 N 6 50 24 W": degrees, minutes and seconds without their marks, when each ends in its side.
std::vector<Angle> joined(std::vector<Angle> a) {
  bool sides =
      a.size() >= 4 && a.size() % 2 == 0 && a.size() <= 6 && a.back().side && a[a.size() / 2 - 1].side;
  if (!sides) return a;
  std::vector<Angle> out;
  for (size_t at = 0; at < a.size(); at += a.size() / 2) {
    Angle one{0, a[at + a.size() / 2 - 1].side};
    double part = 1;
    for (size_t i = at; i < at + a.size() / 2; ++i, part *= 60) {
      if (a[i].degrees < 0 || (part > 1 && a[i].degrees >= 60) || (i + 1 < at + a.size() / 2 && a[i].side))
        return {};
      one.degrees += a[i].degrees / part;
    }
    out.push_back(one);
  }
  return out;
}

Result<Point> checked(const Point& p) {
  if (std::fabs(p.latitude) > 90)
    return base::fail(Fault::invalid, "latitude", "A latitude lies between -90 and 90 degrees.");
  if (std::fabs(p.longitude) > 180)
    return base::fail(Fault::invalid, "longitude", "A longitude lies between -180 and 180 degrees.");
  return p;
}

Result<Point> point_of(std::string_view typed) {
  std::string text = base::trim(typed);
  if (is_link(text)) {
    std::string link = unescaped(text);
    if (auto found = of_link(link)) return checked(*found);
    bool is_short = link.find("goo.gl") != std::string::npos ||
                    link.find("osm.org/go") != std::string::npos || link.size() < 45;
    if (is_short)
      return base::fail(
          Fault::invalid, "short_link",
          "A short link holds no coordinates. Open it, and copy the long address or the numbers.");
    return base::fail(Fault::invalid, "no_coordinates", "No coordinates stand in this link.");
  }
  std::vector<Angle> a = joined(Angles(text).all());
  if (std::any_of(a.begin(), a.end(), [](const Angle& one) { return one.side == '?'; }))
    return base::fail(Fault::invalid, "side", "O is west in French and east in Dutch: type W or E.");
  // As it is stored: latitude, longitude, altitude, accuracy.
  if (a.size() == 4 && a[0].side == 0)
    return checked({a[0].degrees, a[1].degrees, a[2].degrees, a[3].degrees});
  if (a.size() < 2 || a.size() > 3)
    return base::fail(Fault::invalid, "no_coordinates", "Type a latitude and a longitude: 33.97, -6.85.");
  auto east_west = [](char side) { return side == 'E' || side == 'W'; };
  auto signed_by = [](const Angle& one) {
    return one.side == 'S' || one.side == 'W' ? -std::fabs(one.degrees) : one.degrees;
  };
  bool swapped = east_west(a[0].side) && !east_west(a[1].side);
  if ((east_west(a[0].side) && east_west(a[1].side)) ||
      (!east_west(a[0].side) && a[0].side && a[1].side && !east_west(a[1].side)))
    return base::fail(Fault::invalid, "no_coordinates",
                      "One of the two must be north or south, the other east or west.");
  Point p{signed_by(a[swapped ? 1 : 0]), signed_by(a[swapped ? 0 : 1]), a.size() == 3 ? a[2].degrees : 0, 0};
  return checked(p);
}

}  // namespace

std::string stored_point(const Point& p, int decimals) {
  return fixed(p.latitude, decimals) + " " + fixed(p.longitude, decimals) + " " + fixed(p.altitude, 1) + " " +
         fixed(p.accuracy, 1);
}

Result<std::string> typed_point(std::string_view typed, int decimals) {
  auto point = point_of(typed);
  if (!point) return base::pass(point.error());
  return stored_point(*point, decimals);
}

Result<std::string> typed_points(std::string_view typed, int decimals, bool area) {
  std::vector<std::string> points;
  for (size_t at = 0; at <= typed.size();) {
    size_t end = std::min(typed.find_first_of(";\n", at), typed.size());
    std::string one = base::trim(typed.substr(at, end - at));
    at = end + 1;
    if (one.empty()) continue;
    auto point = typed_point(one, decimals);
    if (!point)
      return base::fail(Fault::invalid, "point " + std::to_string(points.size() + 1),
                        "Point " + std::to_string(points.size() + 1) + " cannot be read: " + one);
    points.push_back(*point);
  }
  if (area && points.size() > 3 && points.front() == points.back()) points.pop_back();
  if (points.size() < (area ? 3u : 2u))
    return base::fail(Fault::invalid, "points",
                      area ? "An area needs three points." : "A line needs two points.");
  if (area) points.push_back(points.front());
  std::string out;
  for (const std::string& one : points) out += (out.empty() ? "" : "; ") + one;
  return out;
}

std::vector<Point> stored_points(std::string_view stored) {
  std::vector<Point> out;
  for (size_t at = 0; at < stored.size();) {
    size_t end = std::min(stored.find(';', at), stored.size());
    std::string_view one = stored.substr(at, end - at);
    at = end + 1;
    std::array<double, 4> n{};
    size_t count = 0;
    for (size_t i = 0; i < one.size() && count < 4;) {
      if (one[i] == ' ') {
        ++i;
        continue;
      }
      auto value = number_at(one, i);
      if (!value) break;
      n[count++] = *value;
    }
    if (count >= 2) out.push_back({n[0], n[1], n[2], n[3]});
  }
  return out;
}

}  // namespace questions
