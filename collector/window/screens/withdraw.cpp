// A respondent takes their interview back: looked up by card or case code, said before it happens, carried out; and
// what waits for a person's word at this centre.
#include <algorithm>

#include "collector/window/screen.h"

namespace window {
namespace {

using app::Withdraw;
using app::WithdrawView;

// Which of several, by the mouse or by Tab and Enter.
float draw_cases(Kit& kit, const app::Strings& s, const WithdrawView& view, Rect r, Events& events) {
  const Theme& t = kit.look();
  float y = r.y + kit.text({r.x, r.y, r.w, 44}, tr(s, "withdraw.which.text"), t.ink, {.size = 16, .bold = true}) + 10;
  for (size_t n = 0; n < view.cases.size(); ++n) {
    bool on = static_cast<int>(n) == view.chosen;
    float h = std::max(46.f, kit.text_height(r.w - 70, view.cases[n], {.size = 15.5f, .bold = on}) + 20);
    Rect c{r.x, y, r.w, h};
    kit.fill(c, on ? t.soft : kit.hovered(c) ? t.hover : t.ground, 12);
    kit.stroke(c, on ? t.accent : t.line, 12, on ? 2.f : 1.f);
    kit.icon(on ? Icon::check : Icon::dot, c.x + 24, c.y + h / 2, 19, on ? t.accent : t.quiet);
    kit.text({c.x + 46, c.y, r.w - 70, h}, view.cases[n], t.ink, {.size = 15.5f, .bold = on, .middle = true});
    if (kit.hit("withdraw.case." + std::to_string(n), c, view.cases[n]))
      events.push_back(Withdraw{.step = Withdraw::Step::choose, .index = static_cast<int>(n)});
    if (on) kit.state("chosen");
    y += h + 8;
  }
  return y + 6 - r.y;
}

// A sign and words, in a soft panel.
float draw_words(Kit& kit, Icon icon, Colour ink, const std::string& words, Rect r) {
  const Theme& t = kit.look();
  float text = kit.text_height(r.w - 70, words, {.size = 16});
  float h = text + 28;
  kit.fill({r.x, r.y, r.w, h}, t.soft, 14);
  kit.icon(icon, r.x + 28, r.y + 24, 22, ink);
  kit.text({r.x + 52, r.y + 14, r.w - 70, text}, words, t.ink, {.size = 16});
  return h + 14;
}

float draw_pending(Kit& kit, const app::Strings& s, const WithdrawView& view, Rect r, Scratch& scratch, Events& events) {
  const Theme& t = kit.look();
  float y = r.y + kit.text({r.x, r.y, r.w, 44}, tr(s, "withdraw.pending.title"), t.ink, {.size = 18, .bold = true}) + 10;
  for (const app::PendingView& one : view.pending) {
    bool sure = scratch.removing == one.id;
    std::string label = sure ? tr(s, "withdraw.sure.button") : tr(s, "withdraw.confirm.button");
    float bw = kit.text_width(label, {.size = 16}) + 40;
    float h = std::max(54.f, kit.text_height(r.w - bw - 70, one.label, {.size = 15.5f}) + 20);
    kit.fill({r.x, y, r.w, h}, t.ground, 12);
    kit.icon(Icon::clock, r.x + 24, y + h / 2, 20, t.quiet);
    kit.text({r.x + 46, y, r.w - bw - 70, h}, one.label, t.ink, {.size = 15.5f, .middle = true});
    if (kit.button("withdraw.confirm." + one.id, {r.right() - bw - 10, y + h / 2 - 20, bw, 40}, label,
                   sure ? Look::plain : Look::quiet)) {
      if (sure) events.push_back(Withdraw{.step = Withdraw::Step::confirm, .words = one.id});
      scratch.removing = sure ? "" : one.id;
    }
    y += h + 8;
  }
  return y - r.y;
}

}  // namespace

Events draw_withdraw(Kit& kit, const app::Strings& s, const app::Frame& frame, const WithdrawView& view,
                     Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "withdraw") {
    scratch.shown = "withdraw";
    scratch.removing.clear();
    wipe(scratch.place);
    kit.forget_fields();
    kit.focus("withdraw.words");
  }
  Rect r = draw_places(kit, s, frame, app::Go::withdraw, events);
  float& content = scratch.heights["withdraw"];
  Rect area{r.x - 10, r.y - 6, r.w + 20, r.h + 30};
  float offset = kit.scroll_area("withdraw", area, content);
  kit.clip(area);
  float w = std::min(r.w, 760.f);
  float top = r.y - offset;
  float y = top;
  y += kit.text({r.x, y, w, 70}, tr(s, "withdraw.title.label"), t.ink, {.size = 24, .bold = true}) + 6;
  y += kit.text({r.x, y, w, 60}, tr(s, "withdraw.text"), t.quiet, {.size = 15.5f}) + 20;
  std::string label = tr(s, "withdraw.words.label");
  y += kit.text({r.x, y, w, 44}, label, t.quiet, {.size = 14}) + 4;
  std::string look = tr(s, "withdraw.look.button");
  float bw = kit.text_width(look, {.size = 17.5f, .bold = true}) + 84 + kit.cap_width("Enter");
  std::string out;
  FieldResult field = kit.field("withdraw.words", {r.x, y, w - bw - 12, 50}, scratch.place,
                                {.size = 18, .left_to_right = true, .sensitive = true, .label = label}, out);
  scratch.place = out;
  bool here = kit.focus() == "withdraw.words";
  bool go = kit.button("withdraw.look", {r.x + w - bw, y, bw, 50}, look, Look::primary, !scratch.place.empty(), Icon::search,
                       false, here && !scratch.place.empty() ? "Enter" : nullptr);
  if ((go || field.entered) && !scratch.place.empty()) events.push_back(Withdraw{.words = scratch.place});
  y += 66;
  if (!view.problem.empty()) y += draw_words(kit, Icon::alert, t.warn, view.problem, {r.x, y, w, 0});
  if (!view.cases.empty()) y += draw_cases(kit, s, view, {r.x, y, w, 0}, events);
  if (!view.meaning.empty()) {
    std::string words = view.found.empty() ? view.meaning : view.found + "\n" + view.meaning;
    y += draw_words(kit, Icon::info, t.accent, words, {r.x, y, w, 0});
    std::string now = tr(s, "withdraw.now.button");
    float nw = kit.text_width(now, {.size = 16}) + 84;
    if (kit.button("withdraw.now", {r.x, y, nw, 50}, now, Look::plain, true, Icon::withdrawn)) {
      events.push_back(Withdraw{.step = Withdraw::Step::carry_out});
      wipe(scratch.place);
      kit.forget_fields();
    }
    y += 70;
  }
  if (!view.result.empty()) {
    std::string words = view.result;
    if (!view.number.empty()) words += "\n" + s.tr("withdraw.number.label", {{"number", view.number}});
    y += draw_words(kit, Icon::saved, t.good, words, {r.x, y, w, 0});
  }
  if (!view.pending.empty()) y += draw_pending(kit, s, view, {r.x, y + 10, w, 0}, scratch, events);
  kit.unclip();
  content = y - top + 30;
  return events;
}

}  // namespace window
