#include "collector/window/menu.h"

#include <algorithm>

namespace window {
namespace {

constexpr float row_gap = 6;

std::string row_id(const Menu& menu, size_t i) {
  return menu.id + "." + menu.rows[i].id;
}

// Arrows lead from row to row, to the ends and round.
void walk(Kit& kit, const Menu& menu, Scratch& scratch) {
  const Input* i = kit.input();
  if (!i || i->kind != Input::Kind::key || menu.rows.empty()) return;
  auto last = static_cast<int>(menu.rows.size()) - 1;
  int& at = scratch.highlighted;
  int before = at;
  if (i->key == Key::down) at = at >= last ? 0 : at + 1;
  if (i->key == Key::up) at = at <= 0 ? last : at - 1;
  if (i->key == Key::page_down) at = std::min(last, at + 8);
  if (i->key == Key::page_up) at = std::max(0, at - 8);
  if (!menu.search && i->key == Key::home) at = 0;
  if (!menu.search && i->key == Key::end) at = last;
  if (at == before && i->key != Key::down && i->key != Key::up) return;
  if (!menu.search) kit.focus(row_id(menu, static_cast<size_t>(at)));
  kit.reveal(row_id(menu, static_cast<size_t>(at)));
  kit.consume();
}

}  // namespace

void open_menu(Kit& kit, Scratch& scratch, Open what, const std::string& focus) {
  scratch.open = what;
  scratch.under_menu = kit.focus();
  scratch.search.clear();
  scratch.highlighted = 0;
  kit.focus(focus);
}

void close_menu(Kit& kit, Scratch& scratch) {
  scratch.open = Open::nothing;
  scratch.search.clear();
  scratch.highlighted = 0;
  kit.focus(scratch.under_menu);
}

Rect draw_sheet(Kit& kit, const std::string& title, float width, float height) {
  const Theme& t = kit.look();
  kit.veil();
  float w = std::min(width, kit.width() - 48);
  float h = std::min(height, kit.height() - 48);
  Rect r{(kit.width() - w) / 2, std::max(24.f, (kit.height() - h) * 0.38f), w, h};
  kit.card(r, 20);
  float y = r.y + 24;
  if (!title.empty())
    y += kit.text({r.x + 32, y, r.w - 64, 60}, title, t.ink, {.size = 20, .bold = true}) + 14;
  return {r.x + 32, y, r.w - 64, r.bottom() - y - 24};
}

int draw_menu(Kit& kit, const app::Strings& s, const Menu& menu, Scratch& scratch) {
  const Theme& t = kit.look();
  auto height_of = [&](const MenuRow& row) {
    float w = std::min(menu.width, kit.width() - 48) - 64 - 70;
    float h = kit.text_height(w, row.label, {.size = 16.5f}) + 20;
    if (!row.detail.empty()) h += kit.text_height(w, row.detail, {.size = 13.5f}) + 2;
    return std::max(46.f, h);
  };
  float content = 0;
  for (const MenuRow& row : menu.rows) content += height_of(row) + row_gap;
  float remark = menu.remark.empty() ? 0 : kit.text_height(menu.width - 64, menu.remark, {.size = 14.5f}) + 14;
  float fixed = 92 + remark + (menu.search ? 66 : 0);
  Rect in = draw_sheet(kit, menu.title, menu.width,
                       menu.search ? 620 : fixed + std::max(content, 40.f) + 20);
  float y = in.y;
  if (remark > 0) y += kit.text({in.x, y, in.w, remark}, menu.remark, t.quiet, {.size = 14.5f}) + 14;
  int chosen = -1;
  walk(kit, menu, scratch);
  if (menu.search) {
    std::string out;
    FieldResult field = kit.field(menu.id + ".words", {in.x, y, in.w, 50}, scratch.search,
                                  {.placeholder = menu.placeholder}, out);
    if (field.changed) scratch.highlighted = 0;
    scratch.search = out;
    auto at = static_cast<size_t>(scratch.highlighted);
    if (field.entered && at < menu.rows.size()) chosen = scratch.highlighted;
    y += 64;
    if (menu.rows.empty())
      kit.text({in.x + 4, y, in.w, 26}, tr(s, "interview.nothing_found.text"), t.quiet, {.size = 15.5f});
  }
  Rect area{in.x - 8, y - 4, in.w + 16, in.bottom() - y + 8};
  float offset = kit.scroll_area("menu." + menu.id, area, content + 8);
  kit.clip(area);
  float row_y = y - offset;
  for (size_t i = 0; i < menu.rows.size(); ++i) {
    const MenuRow& row = menu.rows[i];
    float h = height_of(row);
    Rect r{in.x, row_y, in.w, h};
    row_y += h + row_gap;
    if (r.bottom() > area.y - 400 && r.y < area.bottom() + 400) {
      bool marked = menu.search && static_cast<int>(i) == scratch.highlighted;
      kit.fill(r, row.now ? t.soft : kit.hovered(r) || marked ? t.hover : t.card, 12);
      kit.stroke(r, row.now || marked ? t.accent : t.line, 12, marked ? 2.f : 1.f);
      float x = r.x + 18;
      if (!menu.search && i < 9) {
        kit.key_cap(r.right() - 14, r.y + h / 2, std::to_string(i + 1), true);
      }
      if (row.now || row.icon != Icon::none)
        kit.icon(row.now ? Icon::check : row.icon, x + 8, r.y + h / 2, 20, row.now ? t.accent : t.quiet);
      x += 32;
      float w = r.w - 50 - 56;
      float label = kit.text_height(w, row.label, {.size = 16.5f, .bold = row.now});
      float detail = row.detail.empty() ? 0 : kit.text_height(w, row.detail, {.size = 13.5f}) + 2;
      float ty = r.y + (h - label - detail) / 2;
      kit.text({x, ty, w, label}, row.label, t.ink, {.size = 16.5f, .bold = row.now});
      if (detail > 0) kit.text({x, ty + label + 2, w, detail}, row.detail, t.quiet, {.size = 13.5f});
    }
    if (kit.hit(row_id(menu, i), r, row.label, true, !menu.search)) chosen = static_cast<int>(i);
  }
  kit.unclip();
  if (const Input* i = kit.input()) {
    if (!menu.search && i->kind == Input::Kind::key && i->key == Key::digit && i->digit >= 1 &&
        static_cast<size_t>(i->digit) <= menu.rows.size())
      chosen = i->digit - 1;
    bool away = i->kind == Input::Kind::press &&
                !kit.hovered({in.x - 32, in.y - 90, in.w + 64, in.h + 120});
    if ((i->kind == Input::Kind::key && i->key == Key::escape) || away) close_menu(kit, scratch);
    kit.consume();
  }
  return chosen;
}

}  // namespace window
