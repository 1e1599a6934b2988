// Places as people have them: coordinates typed or copied, a link from a map, made into what ODK stores
// ("latitude longitude altitude accuracy", decimal degrees; lines and areas are points joined by "; ").
//
//   auto p = typed_point("33°58'12\"N 6°50'24\"W", 2);        // "33.97 -6.84 0 0"
//   auto q = typed_point("https://www.openstreetmap.org/#map=15/33.97159/-6.84981", 2);
//
// Rounded to so many decimals of a degree: a place is no more exact than the form needs. Links of Google
// Maps, OpenStreetMap, Apple, Bing, Yandex, Organic Maps and geo: (RFC 5870) are read as text, never opened;
// a short link has no coordinates in it and is refused with that word. Digits of any of our scripts. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/base/error.h"

namespace questions {

struct Point {
  double latitude = 0, longitude = 0, altitude = 0, accuracy = 0;  // degrees, metres
};

// Errors: invalid, with where "short_link", "no_coordinates", "latitude", "longitude", "side" (an O), or of a
// line "point N" (it cannot be read) and "points" (too few).
base::Result<std::string> typed_point(std::string_view typed, int decimals);
// Points joined by ";" or one a line. A line needs two, an area three; an area is closed by itself.
base::Result<std::string> typed_points(std::string_view typed, int decimals, bool area);

std::string stored_point(const Point& point, int decimals);
std::vector<Point> stored_points(
    std::string_view stored);  // of any of the three; what cannot be read is left out

}  // namespace questions
