// A picture whose areas are choices. It lies on paper, whatever the theme: its colours were chosen for that.
#include <algorithm>

#include "collector/window/controls/outline.h"
#include "collector/window/controls/pointed.h"

namespace window {

using app::VectorPicture;

namespace {

constexpr const Theme& paper = light;
constexpr float margin = 10;
enum State { pointed = 1, chosen = 2 };

// Where pixels of the picture are, for the kit: the picture is not mirrored, its place is.
struct Lie {
  Rect place;
  float unit = 1;
  bool rtl = false;
  Rect of(float left, float top, float right, float bottom) const {
    float x = rtl ? place.right() - right * unit : place.x + left * unit;
    return {x, place.y + top * unit, (right - left) * unit, (bottom - top) * unit};
  }
};

void draw_outline(Asked& a, const VectorPicture& areas, size_t n, int state, const Lie& lie) {
  AreaScratch& kept = a.scratch.controls.areas[a.q.id];
  std::shared_ptr<const app::Picture>& lying = kept.outlines[{n, state}];
  if (!lying) {
    OutlineLook look;
    float thick = state == pointed ? 3.f : state == chosen ? 4.5f : 6.f;
    look.thick = std::max(1, static_cast<int>(thick / lie.unit));
    look.edge = state == pointed ? paper.ink : paper.accent;
    look.halo = paper.card;
    if (state & chosen) look.tint = paper.accent;
    lying = std::make_shared<const app::Picture>(outline_of(areas, n + 1, look));
  }
  const VectorPicture::Part& p = areas.parts[n];
  a.kit.picture(lie.of(static_cast<float>(p.left), static_cast<float>(p.top), static_cast<float>(p.right),
                       static_cast<float>(p.bottom)),
                lying);
}

}  // namespace

float draw_image_map(Asked& a, Rect r) {
  Kit& kit = a.kit;
  const VectorPicture& areas = *a.q.areas;
  AreaScratch& kept = a.scratch.controls.areas[a.q.id];
  if (kept.of != a.q.areas) kept = {a.q.areas, {}};
  auto w = static_cast<float>(areas.picture.width);
  auto h = static_cast<float>(areas.picture.height);
  Halves at = halves_of(a, r, std::clamp(w / h, 0.4f, 2.5f));
  Rect inner = at.panel.inset(margin);
  float unit = std::min(inner.w / w, inner.h / h);
  Lie lie{{inner.x + (inner.w - w * unit) / 2, inner.y + (inner.h - h * unit) / 2, w * unit, h * unit}, unit, kit.is_rtl()};
  size_t count = std::min(a.q.choices.size(), areas.parts.size());
  std::optional<size_t> over;
  if (auto mouse = kit.mouse_in(lie.place)) {
    size_t n = areas.part_at(static_cast<double>(mouse->x / lie.place.w), static_cast<double>(mouse->y / lie.place.h));
    if (n > 0 && n <= count) over = n - 1;
  }
  std::optional<size_t> now = draw_pointed_list(a, at.list, over);
  kit.fill(at.panel, paper.card, 14);
  kit.stroke(at.panel, a.look().line, 14);
  kit.picture(lie.place, std::shared_ptr<const app::Picture>(a.q.areas, &areas.picture));
  for (size_t n = 0; n < count; ++n) {
    const VectorPicture::Part& p = areas.parts[n];
    if (!p.is_there()) continue;  // on the list only
    const app::ChoiceView& choice = a.q.choices[n];
    int state = (now == n ? pointed : 0) | (choice.chosen ? chosen : 0);
    if (state != 0) draw_outline(a, areas, n, state, lie);
    Rect place = lie.of(static_cast<float>(p.left), static_cast<float>(p.top), static_cast<float>(p.right),
                        static_cast<float>(p.bottom));
    if (kit.part("area." + a.q.id + "." + choice.value, place, choice.label, over == n, a.can())) choose_pointed(a, n);
    if (choice.chosen) kit.state("chosen");
    else if (now == n) kit.state("pointed");
  }
  for (size_t n = 0; n < count; ++n) {  // above every outline; where there is room in the area itself
    const VectorPicture::Part& p = areas.parts[n];
    if (!p.is_there() || static_cast<float>(p.room) * unit < badge_radius + 2) continue;
    Rect spot = lie.of(static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.x), static_cast<float>(p.y));
    draw_badge(a, spot.x, spot.y, n, now == n, paper);
  }
  float list = at.list.y + pointed_list_height(a, at.list.w) - r.y;
  return std::max(list, at.panel.bottom() + 10 - r.y);
}

}  // namespace window
