// Lines, paths and areas, and the mouse held down: what drawings, sketches and sliders are made of.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "collector/window/kit.h"

namespace window {
namespace {

float cross(Kit::Spot a, Kit::Spot b, Kit::Spot c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool covers(Kit::Spot p, Kit::Spot a, Kit::Spot b, Kit::Spot c) {
  return cross(a, b, p) >= 0 && cross(b, c, p) >= 0 && cross(c, a, p) >= 0;
}

}  // namespace

void Kit::line(Spot from, Spot to, Colour c, float thickness) {
  path({from, to}, c, thickness);
}

void Kit::path(const std::vector<Spot>& spots, Colour c, float thickness, bool closed) {
  if (!drawing() || !list_ || spots.size() < 2) return;
  std::vector<ImVec2> points;
  for (const Spot& s : spots) points.emplace_back((rtl_ ? width_ - s.x : s.x) * scale_, s.y * scale_);
  list_->AddPolyline(points.data(), static_cast<int>(points.size()), c, closed ? ImDrawFlags_Closed : 0,
                     thickness * scale_);
}

// Cut into triangles, an ear at a time: ImGui of old fills convex areas only. Cost: the square of its corners.
void Kit::polygon(const std::vector<Spot>& spots, Colour c) {
  if (!drawing() || !list_ || spots.size() < 3) return;
  std::vector<Spot> rest = spots;
  float area = 0;
  for (size_t i = 0; i < rest.size(); ++i) {
    const Spot& a = rest[i];
    const Spot& b = rest[(i + 1) % rest.size()];
    area += a.x * b.y - b.x * a.y;
  }
  if (area < 0) std::reverse(rest.begin(), rest.end());
  auto seen = [&](Spot s) { return ImVec2((rtl_ ? width_ - s.x : s.x) * scale_, s.y * scale_); };
  while (rest.size() >= 3) {
    bool cut = false;
    for (size_t i = 0; i < rest.size() && !cut; ++i) {
      size_t before = (i + rest.size() - 1) % rest.size();
      size_t after = (i + 1) % rest.size();
      if (cross(rest[before], rest[i], rest[after]) <= 0) continue;
      bool empty = true;
      for (size_t k = 0; k < rest.size() && empty; ++k)
        if (k != before && k != i && k != after) empty = !covers(rest[k], rest[before], rest[i], rest[after]);
      if (!empty) continue;
      list_->AddTriangleFilled(seen(rest[before]), seen(rest[i]), seen(rest[after]), c);
      rest.erase(rest.begin() + static_cast<long>(i));
      cut = true;
    }
    if (!cut) return;  // crosses itself: what is left has no inside
  }
}

void Kit::picture(Rect r, const std::shared_ptr<const app::Picture>& picture) {
  if (!drawing() || !picture) return;
  Rect m = mirrored(r);
  mark(Mark::Kind::fill, m, 0xff808080);
  if (!list_ || !texture) return;
  uint64_t id = texture(picture);
  if (id == 0) return;
  list_->AddImage((ImTextureID)(uintptr_t)id, ImVec2(m.x * scale_, m.y * scale_),
                  ImVec2((m.x + m.w) * scale_, (m.y + m.h) * scale_));
}

void Kit::state(const std::string& words) {
  if (!widgets_.empty()) widgets_.back().state = words;
}

void Kit::relabel(const std::string& words) {
  if (!widgets_.empty()) widgets_.back().label = words;
}

Kit::Drag Kit::drag(const std::string& id, Rect r) {
  Drag out;
  const Input* i = input_;
  if (!i) return out;
  bool press = i->kind == Input::Kind::press && !consumed_ && hovered(r);
  bool held = dragging_ == id;
  if (press) dragging_ = id;
  out.begins = press;
  out.goes = press || (held && i->kind == Input::Kind::move);
  out.ends = held_ == id && i->kind == Input::Kind::release;
  out.x = rtl_ ? width_ - i->x : i->x;
  out.y = i->y;
  if (out.begins || out.goes || out.ends) consumed_ = true;
  return out;
}

}  // namespace window
