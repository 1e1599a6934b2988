// Unlock: whose profile, and its passphrase. The first screen.
#include <algorithm>

#include "collector/window/screen.h"

namespace window {

using app::UnlockView;

namespace {

void draw_head(Kit& kit, const app::Strings& s, Rect r, Scratch& scratch) {
  const Theme& t = kit.look();
  kit.fill({r.x, r.y, 48, 48}, t.accent, 14);
  kit.icon(Icon::form, r.x + 24, r.y + 24, 26, t.on_accent);
  float keys = draw_keys_sign(kit, s, r.x + r.w + 6, r.y - 2, scratch);
  kit.text({r.x + 64, r.y - 4, r.w - 64 - keys, 34}, tr(s, "app.name.title"), t.ink,
           {.size = 25, .bold = true, .wrap = false});
  kit.text({r.x + 64, r.y + 31, r.w - 64, 22}, tr(s, "unlock.motto.text"), t.quiet,
           {.size = 13.5f, .wrap = false});
}

void draw_profiles(Kit& kit, const UnlockView& view, Rect area, Scratch& scratch) {
  const Theme& t = kit.look();
  float offset =
      kit.scroll_area("unlock.profiles", area, static_cast<float>(view.profiles.size()) * 50 + 6);
  kit.clip(area);
  float y = area.y + 4 - offset;
  for (const std::string& name : view.profiles) {
    Rect r{area.x + 6, y, area.w - 16, 44};
    bool chosen = scratch.profile == name;
    kit.fill(r, chosen ? t.soft : kit.hovered(r) ? t.hover : t.card, 12);
    kit.stroke(r, chosen ? t.accent : t.line, 12, chosen ? 2.f : 1.f);
    kit.icon(chosen ? Icon::check : Icon::person, r.x + 26, y + 22, 21, chosen ? t.accent : t.quiet);
    float caps = chosen && view.profiles.size() > 1 ? kit.key_cap(r.right() - 12, y + 22, "↑  ↓", true) + 8 : 0;
    kit.text({r.x + 48, y, r.w - 60 - caps, 44}, name, t.ink,
             {.size = 16.5f, .bold = chosen, .wrap = false, .middle = true, .may_cut = true});
    if (kit.hit("unlock.profile." + name, r, name)) {
      scratch.profile = name;
      kit.focus("unlock.passphrase");
    }
    y += 50;
  }
  kit.unclip();
}

// Up and Down choose another person, wherever the caret is: the fields are of one line.
void walk_profiles(Kit& kit, const UnlockView& view, Scratch& scratch) {
  if (view.profiles.size() < 2) return;
  int step = kit.key(Key::down) ? 1 : kit.key(Key::up) ? -1 : 0;
  if (step == 0) return;
  auto last = static_cast<long>(view.profiles.size()) - 1;
  long at = std::find(view.profiles.begin(), view.profiles.end(), scratch.profile) - view.profiles.begin();
  scratch.profile = view.profiles[static_cast<size_t>(std::clamp(at > last ? 0 : at + step, 0L, last))];
  kit.reveal("unlock.profile." + scratch.profile);
  kit.focus("unlock.passphrase");
}

// The languages below the card, in as many lines as they need; returns their height.
float draw_languages(Kit& kit, const app::Strings& s, const UnlockView& view, Rect r, Events* events) {
  std::vector<std::pair<std::string, float>> names;
  float total = 0;
  for (const std::string& code : app::interface_languages()) {
    names.emplace_back(code, kit.text_width(app::language_name(code), {.size = 16}) + 30);
    total += names.back().second + 4;
  }
  float x = r.x + std::max(0.f, (r.w - total) / 2);
  float y = r.y;
  for (const auto& [code, w] : names) {
    if (x + w > r.right() + 1 && x > r.x) {
      x = r.x;
      y += 40;
    }
    if (events && kit.button("language." + code, {x, y, w, 36}, app::language_name(code),
                             code == s.language() ? Look::chip : Look::quiet))
      events->push_back(app::ChangeInterface{code});
    x += w + 4;
  }
  y += 40;
  if (!view.remark.empty()) {
    TextLook look{.size = 13, .align = Align::centre};
    if (events) kit.text({r.x, y, r.w, 40}, view.remark, kit.look().quiet, look);
    y += kit.text_height(r.w, view.remark, look);
  }
  return y - r.y;
}

}  // namespace

Events draw_unlock(Kit& kit, const app::Strings& s, const UnlockView& view, Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  bool making = scratch.making || view.profiles.empty();
  if (scratch.shown != (making ? "unlock.new" : "unlock")) {
    scratch.shown = making ? "unlock.new" : "unlock";
    wipe(scratch.passphrase);
    wipe(scratch.again);
    scratch.profile = view.chosen;
    kit.forget_fields();
    kit.focus(making ? "unlock.label" : "unlock.passphrase");
  }
  if (!making) walk_profiles(kit, view, scratch);
  bool low = kit.height() < 680;
  float w = std::min(500.f, kit.width() - 48);
  float in = w - 72;
  std::vector<std::string> labels;
  if (making)
    labels = {tr(s, "unlock.name.label"), tr(s, "unlock.new_passphrase.label"), tr(s, "unlock.again.label")};
  else
    labels = {tr(s, "unlock.passphrase.label")};
  float fields = 0;
  for (const std::string& label : labels) fields += kit.text_height(in, label, {.size = 14}) + 4 + 46 + (low ? 6 : 12);
  float problem = view.problem.empty() ? 0 : kit.text_height(in - 26, view.problem, {.size = 14.5f}) + 10;
  float strip = std::min(kit.width() - 48, 760.f);
  float below = draw_languages(kit, s, view, {0, 0, strip, 0}, nullptr) + (low ? 10.f : 22.f);
  bool repairs = view.broken && !making;  // a copy of the central file may take the damaged one's place
  if (repairs) problem += kit.text_height(in, tr(s, "unlock.copy.text"), {.size = 14}) + 60;
  float fixed = (low ? 86.f : 104.f) + fields + problem + 52 + 12 + 42 + (low ? 18 : 28);
  float room = kit.height() - fixed - below - (low ? 20 : 48);
  float list = making ? 0 : std::clamp(static_cast<float>(view.profiles.size()) * 50 + 6, 0.f, std::max(54.f, room));
  Rect card{(kit.width() - w) / 2, std::max(low ? 10.f : 20.f, (kit.height() - fixed - list - below) / 2), w,
            fixed + list};
  kit.card(card, 22);
  float x = card.x + 36;
  draw_head(kit, s, {x, card.y + (low ? 20.f : 30.f), in, 0}, scratch);
  float y = card.y + (low ? 84.f : 100.f);
  if (!making) {
    draw_profiles(kit, view, {x - 6, y, in + 12, list}, scratch);
    y += list + 4;
  }
  bool go = false;
  auto labelled = [&](const char* id, const std::string& label, std::string& value, bool secret) {
    y += kit.text({x, y, in, 40}, label, t.quiet, {.size = 14}) + 4;
    std::string out;
    FieldResult r = kit.field(id, {x, y, in, 46}, value, {.password = secret, .size = 17, .label = label}, out);
    value = out;
    go |= r.entered;
    y += 46 + (low ? 6 : 12);
  };
  if (making) labelled("unlock.label", labels[0], scratch.label, false);
  labelled("unlock.passphrase", labels[making ? 1 : 0], scratch.passphrase, true);
  if (making) labelled("unlock.again", labels[2], scratch.again, true);
  if (problem > 0) {
    kit.icon(Icon::alert, x + 9, y + 10, 18, t.warn);
    float said = kit.text({x + 26, y, in - 26, problem}, view.problem, t.warn, {.size = 14.5f});
    if (repairs) {
      float under = y + said + 8;
      under += kit.text({x, under, in, 80}, tr(s, "unlock.copy.text"), t.quiet, {.size = 14}) + 6;
      std::string label = tr(s, "unlock.copy.button");
      float bw = kit.text_width(label, {.size = 16}) + 32;
      std::string out;
      (void)kit.field("unlock.copy", {x, under, in - bw - 10, 44}, scratch.place,
                      {.size = 15, .label = tr(s, "unlock.copy.text")}, out);
      scratch.place = out;
      if (kit.button("unlock.restore", {x + in - bw, under, bw, 44}, label, Look::plain, !scratch.place.empty())) {
        events.push_back(app::RestoreCentral{scratch.profile, scratch.passphrase, scratch.place});
        wipe(scratch.passphrase);
        kit.forget_fields();
      }
    }
    y += problem;
  }
  go |= kit.button("unlock.go", {x, y, in, 52}, making ? tr(s, "unlock.make.button") : tr(s, "unlock.open.button"),
                   Look::primary, true, Icon::lock, false, "Enter");
  y += 60;
  float half = (in - 12) / 2;
  if (!view.profiles.empty() &&
      kit.button("unlock.other", {x, y, half, 42},
                 making ? tr(s, "unlock.known.button") : tr(s, "unlock.new.button"), Look::quiet))
    scratch.making = !making;
  if (kit.button("unlock.practise",
                 {view.profiles.empty() ? x : x + half + 12, y, view.profiles.empty() ? in : half, 42},
                 tr(s, "unlock.practise.button"), Look::quiet, true, Icon::practise))
    events.push_back(app::Practise{});
  (void)draw_languages(kit, s, view,
                       {(kit.width() - strip) / 2, card.bottom() + (low ? 6.f : 16.f), strip, 0}, &events);
  if (go) {
    if (making)
      events.push_back(app::CreateProfile{scratch.label, scratch.passphrase, scratch.again});
    else
      events.push_back(app::Unlock{scratch.profile, scratch.passphrase});
    wipe(scratch.passphrase);
    wipe(scratch.again);
    kit.forget_fields();
  }
  return events;
}

}  // namespace window
