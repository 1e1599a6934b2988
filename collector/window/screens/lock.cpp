// Quickly locked: what stood here is dimmed and blurred beyond reading; a short code brings back to the same place.
#include <algorithm>

#include "collector/window/screen.h"

namespace window {

Events draw_lock(Kit& kit, const app::Strings& s, const app::LockView& view, Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "lock") {
    scratch.shown = "lock";
    kit.forget_fields();
    kit.focus("lock.words");
  }
  kit.mist();
  std::string words = view.by_code ? tr(s, "lock.code.label") : tr(s, "unlock.passphrase.label");
  std::string meaning = view.waits ? tr(s, "lock.waits.text") : tr(s, "lock.nothing.text");
  float w = std::min(460.f, kit.width() - 48);
  float text = kit.text_height(w - 72, meaning, {.size = 15});
  float problem = view.problem.empty() ? 0 : kit.text_height(w - 72, view.problem, {.size = 14.5f}) + 8;
  float h = 312 + text + problem;
  Rect card{(kit.width() - w) / 2, std::max(24.f, (kit.height() - h) / 2), w, h};
  kit.card(card, 22);
  float x = card.x + 36;
  float inner = w - 72;
  float y = card.y + 30;
  kit.circle(x + 22, y + 22, 22, t.accent, true);
  kit.icon(Icon::lock, x + 22, y + 22, 24, t.on_accent);
  float keys = draw_keys_sign(kit, s, x + inner + 6, y + 7, scratch);
  kit.text({x + 60, y, inner - 60 - keys, 44}, view.profile, t.ink,
           {.size = 20, .bold = true, .wrap = false, .middle = true, .may_cut = true});
  y += 60;
  y += kit.text({x, y, inner, text}, meaning, t.quiet, {.size = 15}) + 16;
  y += kit.text({x, y, inner, 20}, words, t.quiet, {.size = 14, .wrap = false}) + 4;
  std::string out;
  FieldResult field =
      kit.field("lock.words", {x, y, inner, 50}, scratch.passphrase, {.password = true, .size = 18}, out);
  scratch.passphrase = out;
  y += 60;
  if (problem > 0) {
    kit.icon(Icon::alert, x + 9, y + 10, 18, t.warn);
    y += kit.text({x + 26, y, inner - 26, problem}, view.problem, t.warn, {.size = 14.5f}) + 8;
  }
  bool go = kit.button("lock.open", {x, y, inner, 50}, tr(s, "unlock.open.button"), Look::primary, true, Icon::none,
                       false, "Enter") ||
            field.entered;
  y += 58;
  if (kit.button("lock.close", {x, y, inner, 40}, tr(s, "lock.close.button"), Look::quiet))
    events.push_back(app::Visit{app::Go::lock});
  if (go) {
    events.push_back(app::Reveal{scratch.passphrase});
    wipe(scratch.passphrase);
    kit.forget_fields();
  }
  return events;
}

}  // namespace window
