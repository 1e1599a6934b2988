// Keys that work everywhere on a screen, shown as a picture and the key's name.
#include "collector/window/menu.h"

namespace window {

float sign_width(Kit& kit, const std::string& key) {
  return 30 + kit.cap_width(key) + 6;
}

bool draw_sign(Kit& kit, const std::string& id, const std::string& label, const std::string& key, Icon icon, Rect r) {
  const Theme& t = kit.look();
  if (kit.hovered(r)) kit.fill(r, t.hover, 9);
  float w = 26 + kit.cap_width(key);
  float x = r.x + (r.w - w) / 2;
  kit.icon(icon, x + 9, r.y + r.h / 2, 17, t.quiet);
  kit.key_cap(x + 26, r.y + r.h / 2, key);
  return kit.hit(id, r, label, true, false);
}

bool draw_back_sign(Kit& kit, const app::Strings& s, Rect r) {
  float w = sign_width(kit, "Esc");
  return draw_sign(kit, "back", tr(s, "keys.close.label"), "Esc", Icon::back, {r.right() - w, r.y + 3, w, 30}) ||
         kit.key(Key::escape);
}

float draw_keys_sign(Kit& kit, const app::Strings& s, float end, float y, Scratch& scratch) {
  float w = sign_width(kit, "F1");
  if (draw_sign(kit, "keys.open", tr(s, "keys.title.label"), "F1", Icon::keyboard, {end - w, y, w, 30}))
    open_menu(kit, scratch, Open::keys, "");
  return w;
}

}  // namespace window
