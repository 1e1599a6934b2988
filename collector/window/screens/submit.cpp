// The end of an interview: what is missing, one key to each, and what finishing means before it happens.
#include <algorithm>
#include <charconv>

#include "collector/window/menu.h"

namespace window {

using app::FindingKind;
using app::SubmitView;

namespace {

std::string heading_of(const app::Strings& s, const SubmitView& view, FindingKind kind) {
  switch (kind) {
    case FindingKind::error:
      return s.tr("submit.errors.label", {{"count", s.number(view.errors)}}, view.errors);
    case FindingKind::warning:
      return s.tr("submit.warnings.label", {{"count", s.number(view.warnings)}}, view.warnings);
    case FindingKind::unanswered: {
      auto count = static_cast<long>(view.findings.size()) - view.errors - view.warnings;
      return s.tr("submit.blanks.label", {{"count", s.number(count)}}, count);
    }
  }
  return {};
}

Icon icon_of(FindingKind kind) {
  return kind == FindingKind::error ? Icon::alert : kind == FindingKind::warning ? Icon::info : Icon::dot;
}

void go(const SubmitView& view, size_t number, Scratch& scratch, Events& events) {
  scratch.digits.clear();
  if (number >= 1 && number <= view.findings.size())
    events.push_back(app::JumpTo{view.findings[number - 1].id});
}

// Digits go to a question: at once up to nine, two digits beyond.
void keyed(Kit& kit, const SubmitView& view, Scratch& scratch, Events& events) {
  const Input* i = kit.input();
  if (!i || i->kind != Input::Kind::key || i->key != Key::digit || i->control || i->alt) return;
  scratch.digits += static_cast<char>('0' + i->digit);
  scratch.focused = kit.focus();
  size_t n = 0;
  std::from_chars(scratch.digits.data(), scratch.digits.data() + scratch.digits.size(), n);
  if (scratch.digits.size() >= 2 || n * 10 > view.findings.size()) go(view, n, scratch, events);
  kit.consume();
}

// One digit of two was typed: Enter means it, not what has the focus. Another key, and Tab, begin anew.
void mean_digit(Kit& kit, const SubmitView& view, Scratch& scratch, Events& events) {
  if (kit.focus() != scratch.focused) scratch.digits.clear();
  const Input* i = kit.input();
  if (scratch.digits.empty() || !i || i->kind != Input::Kind::key || i->key == Key::digit || i->key == Key::none) return;
  if (kit.key(Key::enter))
    go(view, static_cast<size_t>(scratch.digits[0] - '0'), scratch, events);
  else
    scratch.digits.clear();
}

void draw_findings(Kit& kit, const app::Strings& s, const SubmitView& view, Rect area, Scratch& scratch,
                   Events& events) {
  const Theme& t = kit.look();
  float& content = scratch.heights["submit"];
  float offset = kit.scroll_area("submit.list", area, content);
  kit.clip(area);
  float x = area.x + 8;
  float w = area.w - 22;
  float y = area.y + 4 - offset;
  for (size_t i = 0; i < view.findings.size(); ++i) {
    const app::FindingView& f = view.findings[i];
    if (i == 0 || view.findings[i - 1].kind != f.kind)
      y += kit.text({x, y + 4, w, 24}, heading_of(s, view, f.kind), t.quiet, {.size = 14, .bold = true}) + 12;
    bool blank = f.kind == FindingKind::unanswered;
    float label = kit.text_height(w - 112, f.label, {.size = 15.5f, .bold = !blank});
    float text = blank ? 0 : kit.text_height(w - 112, f.text, {.size = 14}) + 2;
    Rect c{x, y, w, label + text + (blank ? 14.f : 20.f)};
    y += c.h + 6;
    if (c.bottom() > area.y - 300 && c.y < area.bottom() + 300) {
      kit.fill(c, kit.hovered(c) ? t.hover : t.ground, 12);
      float cy = c.y + c.h / 2;
      kit.icon(icon_of(f.kind), c.x + 26, cy, 20, blank ? t.quiet : t.warn);
      kit.text({c.x + 50, c.y + (blank ? 7.f : 10.f), w - 112, label}, f.label, t.ink,
               {.size = 15.5f, .bold = !blank});
      if (!blank)
        kit.text({c.x + 50, c.y + 12 + label, w - 112, text}, f.text, t.quiet, {.size = 14});
      if (i < 99) kit.key_cap(c.right() - 12, cy, s.number(static_cast<long>(i) + 1), true);
    }
    if (kit.hit("finding." + std::to_string(i), c, f.label)) events.push_back(app::JumpTo{f.id});
  }
  kit.unclip();
  content = y + offset - area.y + 8;
}

}  // namespace

Events draw_submit(Kit& kit, const app::Strings& s, const SubmitView& view, Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "submit") {
    scratch.shown = "submit";
    scratch.digits.clear();
    kit.focus(view.may_finish ? "submit.finish" : view.findings.empty() ? "submit.back" : "finding.0");
  }
  mean_digit(kit, view, scratch, events);
  float low = kit.height() < 680 ? 84.f : 104.f;
  float cw = std::min(860.f, kit.width() - 64);
  Rect card{(kit.width() - cw) / 2, 28, cw, kit.height() - 28 - low};
  kit.card(card);
  float x = card.x + 40;
  float w = card.w - 80;
  float y = card.y + 28;
  float end = card.right() - 22;  // what works everywhere
  auto sign = [&](const char* id, const std::string& label, const char* key, Icon icon) {
    float sw = sign_width(kit, key);
    end -= sw;
    return draw_sign(kit, id, label, key, icon, {end, card.y + 16, sw, 30});
  };
  if (sign("submit.lock", tr(s, "keys.lock.label"), "F12", Icon::lock)) events.push_back(app::Hide{});
  if (sign("submit.keys", tr(s, "keys.title.label"), "F1", Icon::keyboard)) open_menu(kit, scratch, Open::keys, "");
  y += kit.text({x, y, end - x - 12, 44}, view.title, t.accent, {.size = 13.5f, .bold = true}) + 6;
  y += kit.text({x, y, w, 80},
                view.refused      ? tr(s, "submit.refused.title")
                : view.may_finish ? tr(s, "submit.ready.title")
                                  : tr(s, "submit.open.title"),
                t.ink, {.size = 25, .bold = true}) +
       8;
  if (!view.refused) {
    std::string counts =
        s.tr("submit.answered.label", {{"count", s.number(view.answered)}}, view.answered) + "   ·   " +
        s.tr("submit.unanswered.label", {{"count", s.number(view.unanswered)}}, view.unanswered);
    y += kit.text({x, y, w, 24}, counts, t.quiet, {.size = 15.5f}) + 10;
  }
  y += kit.text({x, y, w, 60}, view.meaning, t.ink, {.size = 16.5f}) + 14;
  if (!view.card.empty() && view.may_finish) {
    float words = kit.text_height(w - 48, tr(s, "submit.card.text"), {.size = 14});
    float bw = kit.text_width(tr(s, "consent.print.button"), {.size = 16}) + 84 + kit.cap_width("Ctrl P");
    Rect c{x, y, w, 84 + words};
    kit.fill(c, t.soft, 16);
    kit.text({x + 24, y + 12, w - bw - 60, 22}, tr(s, "submit.card.title"), t.accent,
             {.size = 14.5f, .bold = true, .wrap = false});
    kit.text({x + 24, y + 34, w - bw - 60, 36}, view.card, t.ink, {.size = 22, .bold = true, .wrap = false});
    kit.text({x + 24, y + 74, w - 48, words}, tr(s, "submit.card.text"), t.quiet, {.size = 14});
    if (kit.button("card.print", {c.right() - bw - 16, y + 16, bw, 44}, tr(s, "consent.print.button"),
                   Look::plain, true, view.printed ? Icon::check : Icon::printer, false, "Ctrl P") ||
        kit.letter('P', true, false))
      events.push_back(app::PrintCard{});
    y += c.h + 14;
  }
  draw_findings(kit, s, view, {x - 8, y, w + 16, card.bottom() - y - 14}, scratch, events);
  keyed(kit, view, scratch, events);
  float by = kit.height() - low + 16;
  float bh = std::min(54.f, low - 30);
  auto width_of = [&](const std::string& label, float more) {
    return kit.text_width(label, {.size = 17.5f, .bold = true}) + more;
  };
  float back = width_of(tr(s, "submit.back.button"), 104 + kit.cap_width("Esc"));
  float later = width_of(tr(s, "submit.later.button"), 40);
  float finish = std::max(190.f, width_of(tr(s, "submit.finish.button"), 104 + kit.cap_width("Enter")));
  if (kit.button("submit.back", {card.x, by, back, bh}, tr(s, "submit.back.button"), Look::plain, true,
                 Icon::back, false, "Esc") ||
      kit.key(Key::escape) || kit.key(Key::page_up))
    events.push_back(app::Visit{app::Go::back_to_interview});
  if (kit.button("submit.home", {card.x + back + 14, by, later, bh}, tr(s, "submit.later.button"), Look::quiet))
    events.push_back(app::Visit{app::Go::home});
  if (kit.button("submit.finish", {card.right() - finish, by, finish, bh}, tr(s, "submit.finish.button"),
                 Look::primary, view.may_finish, Icon::check, false,
                 kit.focus() == "submit.finish" ? "Enter" : nullptr))
    events.push_back(app::Finish{});
  return events;
}

}  // namespace window
