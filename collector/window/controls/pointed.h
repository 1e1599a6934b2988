// Choices that are pointed at in a picture or on a map, and stand in a list beside it: the list is the whole
// question, with its digits, arrows, Space and Enter; the picture is the short way.
//
//   Halves at = halves_of(a, r, 1.5f);                      // picture and list, side by side or one above the other
//   std::optional<size_t> n = draw_pointed_list(a, at.list, over);   // the choice that the person is at, if any
//
// While a long list scrolls the picture stays in sight. Lists mirror; pictures and maps do not.
#pragma once

#include <optional>

#include "collector/window/controls/control.h"

namespace window {

constexpr size_t most_numbered = 99;  // beyond: a field that finds, and nothing on the picture has a number

struct Halves {
  Rect panel, list;
};
// `aspect`: the panel's width by its height; `below`: what its own words need under it.
Halves halves_of(Asked& a, Rect r, float aspect, float below = 0);
float pointed_list_height(Asked& a, float width);
std::optional<size_t> draw_pointed_list(Asked& a, Rect r, std::optional<size_t> over);
// By the mouse, in the picture: chosen, and the keyboard goes on from there.
void choose_pointed(Asked& a, size_t n);
// The number of a choice in a picture, or its tick; as wide as 2 · badge_radius.
constexpr float badge_radius = 12;
void draw_badge(Asked& a, float x, float y, size_t n, bool pointed, const Theme& on);

}  // namespace window
