#include "collector/window/screen.h"

namespace window {

Events draw_unlock(Kit& kit, const app::Strings& s, const app::UnlockView& view, Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  bool making = scratch.making || view.profiles.empty();
  if (scratch.shown != (making ? "unlock.new" : "unlock")) {
    scratch.shown = making ? "unlock.new" : "unlock";
    scratch.passphrase.clear();
    scratch.again.clear();
    scratch.profile = view.chosen;
    kit.forget_fields();
    kit.focus(making ? "unlock.label" : "unlock.passphrase");
  }
  float rows = making ? 0 : static_cast<float>(std::min<size_t>(view.profiles.size(), 8));
  float h = making ? 520 : 380 + rows * 52;
  Rect card{kit.width() / 2 - 240, std::max(24.f, (kit.height() - h) / 2), 480, h};
  kit.card(card, 22);
  float x = card.x + 40;
  float w = card.w - 80;
  kit.fill({x, card.y + 32, 48, 48}, t.accent, 14);
  kit.icon(Icon::form, x + 24, card.y + 56, 26, t.on_accent);
  kit.text({x + 64, card.y + 30, w - 64, 34}, tr(s, "app.name.title"), t.ink,
           {.size = 26, .bold = true, .wrap = false});
  kit.text({x + 64, card.y + 62, w - 64, 22}, tr(s, "unlock.motto.text"), t.quiet,
           {.size = 13.5f, .wrap = false});
  float y = card.y + 108;
  bool go = false;
  auto labelled = [&](const char* id, const std::string& label, std::string& value, bool secret) {
    kit.text({x, y, w, 20}, label, t.quiet, {.size = 14, .wrap = false});
    std::string out;
    FieldResult r = kit.field(id, {x, y + 22, w, 48}, value, {.password = secret, .size = 17}, out);
    value = out;
    go |= r.entered;
    y += 86;
  };
  if (making) {
    labelled("unlock.label", tr(s, "unlock.name.label"), scratch.label, false);
    labelled("unlock.passphrase", tr(s, "unlock.new_passphrase.label"), scratch.passphrase, true);
    labelled("unlock.again", tr(s, "unlock.again.label"), scratch.again, true);
  } else {
    for (size_t i = 0; i < view.profiles.size() && i < 8; ++i) {
      const std::string& name = view.profiles[i];
      Rect r{x, y, w, 46};
      bool chosen = scratch.profile == name;
      kit.fill(r, chosen ? t.soft : t.card, 12);
      kit.stroke(r, chosen ? t.accent : t.line, 12, chosen ? 2.f : 1.f);
      kit.icon(Icon::person, x + 26, y + 23, 22, chosen ? t.accent : t.quiet);
      kit.text({x + 48, y, w - 60, 46}, name, t.ink,
               {.size = 17, .bold = chosen, .wrap = false, .middle = true});
      if (kit.hit("unlock.profile." + name, r, name)) {
        scratch.profile = name;
        kit.focus("unlock.passphrase");
      }
      y += 52;
    }
    y += 8;
    labelled("unlock.passphrase", tr(s, "unlock.passphrase.label"), scratch.passphrase, true);
  }
  if (!view.problem.empty()) kit.text({x, y - 10, w, 40}, view.problem, t.warn, {.size = 14});
  y += 34;
  go |= kit.button("unlock.go", {x, y, w, 52},
                   making ? tr(s, "unlock.make.button") : tr(s, "unlock.open.button"), Look::primary, true,
                   Icon::lock);
  y += 66;
  float half = (w - 12) / 2;
  if (!view.profiles.empty() &&
      kit.button("unlock.other", {x, y, half, 44},
                 making ? tr(s, "unlock.known.button") : tr(s, "unlock.new.button"), Look::quiet))
    scratch.making = !making;
  if (kit.button("unlock.practise",
                 {view.profiles.empty() ? x : x + half + 12, y, view.profiles.empty() ? w : half, 44},
                 tr(s, "unlock.practise.button"), Look::quiet))
    events.push_back(app::Practise{});
  float lx = card.x;
  for (const std::string& code : app::interface_languages()) {
    std::string name = app::language_name(code);
    float lw = kit.text_width(name, {.size = 14}) + 36;
    if (kit.button("language." + code, {lx, card.bottom() + 16, lw, 36}, name,
                   code == s.language() ? Look::chip : Look::quiet))
      events.push_back(app::ChangeInterface{code});
    lx += lw + 6;
  }
  if (go) {
    if (making)
      events.push_back(app::CreateProfile{scratch.label, scratch.passphrase, scratch.again});
    else
      events.push_back(app::Unlock{scratch.profile, scratch.passphrase});
    scratch.passphrase.clear();
    scratch.again.clear();
    kit.forget_fields();
  }
  return events;
}

}  // namespace window
