// Help, one page a task, and what this program is.
#include <algorithm>

#include "collector/window/screen.h"

namespace window {

namespace {

struct Run {
  std::string text;
  bool key = false, strong = false;
};

// "`F9` opens *the languages*" as it is read; a key or a command keeps together in a line of the other direction.
std::string plain(const std::string& text) {
  std::string out;
  bool inside = false;
  for (char c : text) {
    if (c == '`') out += (inside = !inside) ? "\u2068" : "\u2069";
    if (c != '`' && c != '*') out += c;
  }
  return out;
}

// The keys a line names, for the caps before it.
std::vector<std::string> keys_of(const std::string& text) {
  std::vector<std::string> keys;
  for (size_t at = text.find('`'); at != std::string::npos; at = text.find('`', at)) {
    size_t end = text.find('`', at + 1);
    if (end == std::string::npos) break;
    keys.push_back(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return keys;
}

}  // namespace

Events draw_help(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::HelpView& view,
                 Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "help") {
    scratch.shown = "help";
    kit.focus("help." + std::to_string(view.selected));
  }
  Rect r = draw_places(kit, s, frame, app::Go::help, events);
  kit.text({r.x, r.y, r.w - 70, 36}, tr(s, "help.title.label"), t.ink, {.size = 24, .bold = true, .wrap = false});
  if (draw_back_sign(kit, s, r)) events.push_back(app::Visit{app::Go::back});
  float lw = std::clamp(r.w * 0.32f, 200.f, 300.f);
  Rect list{r.x - 6, r.y + 50, lw, r.bottom() - r.y - 40};
  float& titles = scratch.heights["help.titles"];
  float offset = kit.scroll_area("help.titles", list, titles);
  kit.clip(list);
  float y = list.y + 6 - offset;
  float arrows = kit.cap_width("↑  ↓") + 4;
  for (size_t i = 0; i < view.titles.size(); ++i) {
    bool now = static_cast<int>(i) == view.selected;
    TextLook look{.size = 15.5f, .bold = now, .middle = true};
    float h = std::max(40.f, kit.text_height(lw - 36 - (now ? arrows : 0), view.titles[i], look) + 16);
    Rect c{list.x + 4, y, lw - 12, h};
    if (now || kit.hovered(c)) kit.fill(c, now ? t.soft : t.hover, 10);
    if (now) kit.key_cap(c.right() - 8, y + h / 2, "↑  ↓", true);
    kit.text({c.x + 12, y, lw - 36 - (now ? arrows : 0), h}, view.titles[i], now ? t.accent : t.ink, look);
    if (kit.hit("help." + std::to_string(i), c, view.titles[i]))
      events.push_back(app::SelectHelp{static_cast<int>(i)});
    y += h + 4;
  }
  kit.unclip();
  titles = y + offset - list.y;
  // Up and Down turn the pages.
  int step = kit.key(Key::down) ? 1 : kit.key(Key::up) ? -1 : 0;
  int next = view.selected + step;
  if (step != 0 && next >= 0 && static_cast<size_t>(next) < view.titles.size()) {
    events.push_back(app::SelectHelp{next});
    kit.focus("help." + std::to_string(next));
    kit.reveal("help." + std::to_string(next));
  }
  Rect card{list.right() + 20, r.y + 50, r.right() - list.right() - 20, r.bottom() - r.y - 40};
  kit.card(card, 16);
  float x = card.x + 30;
  float w = std::min(card.w - 60, 640.f);
  Rect area{card.x + 4, card.y + 8, card.w - 8, card.h - 16};
  float& content = scratch.heights["help.page" + std::to_string(view.selected)];
  float down = kit.scroll_area("help.page" + std::to_string(view.selected), area, content);
  kit.clip(area);
  y = card.y + 26 - down;
  if (static_cast<size_t>(view.selected) < view.titles.size())
    y += kit.text({x, y, w, 80}, view.titles[static_cast<size_t>(view.selected)], t.ink,
                  {.size = 21, .bold = true}) +
         12;
  if (!view.remark.empty()) y += kit.text({x, y, w, 60}, view.remark, t.quiet, {.size = 13.5f}) + 10;
  for (const app::HelpLineView& line : view.lines) {
    float in = line.point ? 22.f : 0.f;
    if (line.point) kit.circle(x + 7, y + 12, 3, t.accent, true);
    float lx = x + in;
    float height = kit.text({lx, y, w - in, 600}, plain(line.text), t.ink, {.size = 16});
    y += height + (line.point ? 8.f : 12.f);
    std::vector<std::string> keys = line.point ? keys_of(line.text) : std::vector<std::string>();
    if (!keys.empty()) {
      float kx = lx;
      for (const std::string& key : keys) kx += kit.key_cap(kx, y + 6, key) + 8;
      y += 28;
    }
  }
  kit.unclip();
  content = y + down - card.y + 20;
  return events;
}

Events draw_about(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::AboutView& view,
                  Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "about") {
    scratch.shown = "about";
    kit.focus("");
  }
  Rect r = draw_places(kit, s, frame, app::Go::about, events);
  kit.text({r.x, r.y, r.w - 70, 36}, tr(s, "about.title.label"), t.ink, {.size = 24, .bold = true, .wrap = false});
  if (draw_back_sign(kit, s, r)) events.push_back(app::Visit{app::Go::back});
  Rect area{r.x - 8, r.y + 50, r.w + 16, r.bottom() - r.y - 40};
  float& content = scratch.heights["about"];
  float offset = kit.scroll_area("about", area, content);
  kit.clip(area);
  float w = std::min(r.w, 720.f);
  float y = area.y + 8 - offset;
  for (const app::Fact& fact : view.facts) {
    y += kit.text({r.x, y, w, 30}, fact.label, t.quiet, {.size = 14, .bold = true}) + 2;
    y += kit.text({r.x, y, w, 200}, fact.text, t.ink, {.size = 16}) + 16;
  }
  kit.unclip();
  content = y + offset - area.y;
  return events;
}

}  // namespace window
