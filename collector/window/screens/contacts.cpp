// Contacts: who was reached and who was not, and when to come back.
#include <algorithm>

#include "collector/window/screen.h"

namespace window {

using app::ContactRow;
using app::ContactsView;
using app::Outcome;

namespace {

std::pair<Icon, std::string> outcome_of(const app::Strings& s, Outcome outcome) {
  switch (outcome) {
    case Outcome::absent:
      return {Icon::dot, tr(s, "contacts.absent.button")};
    case Outcome::refused:
      return {Icon::close, tr(s, "contacts.refused.button")};
    case Outcome::postponed:
      return {Icon::clock, tr(s, "contacts.postponed.button")};
    case Outcome::held:
      return {Icon::saved, tr(s, "contacts.held.state")};
  }
  return {Icon::none, ""};
}

float labelled(Kit& kit, const char* id, const std::string& label, const std::string& placeholder,
               std::string& value, Rect r, bool numeric = false) {
  const Theme& t = kit.look();
  float h = kit.text({r.x, r.y, r.w, 40}, label, t.quiet, {.size = 14}) + 4;
  std::string out;
  (void)kit.field(id, {r.x, r.y + h, r.w, 46}, value,
                  {.placeholder = placeholder, .size = 16.5f, .numeric = numeric, .label = label}, out);
  value = out;
  return h + 46;
}

float draw_entry(Kit& kit, const app::Strings& s, const ContactsView& view, Rect r, Scratch& scratch,
                 Events& events) {
  const Theme& t = kit.look();
  ContactScratch& entry = scratch.contact;
  float x = r.x + 28;
  float w = r.w - 56;
  float y = r.y + 22;
  float third = (w - 32) / 3;
  float h = labelled(kit, "contacts.code", tr(s, "contacts.code.label"), "", entry.code, {x, y, third, 0});
  h = std::max(h, labelled(kit, "contacts.day", tr(s, "contacts.day.label"), tr(s, "interview.date.placeholder"),
                           entry.day, {x + third + 16, y, third, 0}, true));
  h = std::max(h, labelled(kit, "contacts.hour", tr(s, "contacts.hour.label"),
                           tr(s, "interview.time.placeholder"), entry.hour,
                           {x + 2 * third + 32, y, third, 0}, true));
  y += h + 12;
  y += labelled(kit, "contacts.note", tr(s, "contacts.note.label"), "", entry.note, {x, y, w, 0}) + 14;
  if (!view.problem.empty()) {
    kit.icon(Icon::alert, x + 10, y + 10, 18, t.warn);
    y += kit.text({x + 28, y, w - 28, 40}, view.problem, t.warn, {.size = 14.5f}) + 8;
  }
  float bx = x;
  for (Outcome outcome : {Outcome::absent, Outcome::refused, Outcome::postponed}) {
    auto [icon, label] = outcome_of(s, outcome);
    float bw = kit.text_width(label, {.size = 16}) + 66;
    if (bx > x && bx + bw > x + w) {
      bx = x;
      y += 54;
    }
    if (kit.button("contacts.outcome." + std::to_string(static_cast<int>(outcome)), {bx, y, bw, 46}, label,
                   Look::plain, true, icon)) {
      events.push_back(app::NoteContact{entry.code, outcome, entry.day, entry.hour, entry.note});
      entry.sent = true;
    }
    bx += bw + 10;
  }
  return y + 46 + 22 - r.y;
}

float draw_row(Kit& kit, const app::Strings& s, const ContactRow& row, bool due, Rect r, Events& events) {
  const Theme& t = kit.look();
  auto [icon, state] = outcome_of(s, row.outcome);
  std::string head = app::joined({row.code, row.when});
  std::string attempts =
      row.attempts > 1 ? s.tr("contacts.attempts.label", {{"count", s.number(row.attempts)}}, row.attempts) : "";
  std::string second = due ? row.note : app::joined({state, row.note, attempts});
  std::string begin = tr(s, "contacts.begin.button");
  std::string done = due ? tr(s, "contacts.over.button") : tr(s, "contacts.drop.button");
  float bw = due ? kit.text_width(begin, {.size = 16}) + 36 : 0;
  float dw = kit.text_width(done, {.size = 16}) + 36;
  float tw = r.w - 60 - bw - dw - 24;
  float first = kit.text_height(tw, head, {.size = 16, .bold = true});
  float below = second.empty() ? 0 : kit.text_height(tw, second, {.size = 14}) + 2;
  float h = std::max(56.f, first + below + 18);
  Rect c{r.x, r.y, r.w, h};
  kit.fill(c, due ? t.soft : t.card, 12);
  kit.stroke(c, t.line, 12);
  kit.icon(due ? Icon::calendar : icon, c.x + 28, c.y + h / 2, 21, due ? t.accent : t.quiet);
  float y = c.y + (h - first - below) / 2;
  kit.text({c.x + 52, y, tw, first}, head, t.ink, {.size = 16, .bold = true});
  if (below > 0) kit.text({c.x + 52, y + first + 2, tw, below}, second, t.quiet, {.size = 14});
  float by = c.y + (h - 40) / 2;
  if (due && kit.button("contacts.begin." + row.id, {c.right() - bw - dw - 18, by, bw, 40}, begin, Look::plain)) {
    events.push_back(app::SettleContact{row.id, Outcome::held, false});
    events.push_back(app::Visit{app::Go::home});
  }
  if (kit.button("contacts.drop." + row.id, {c.right() - dw - 10, by, dw, 40}, done, Look::quiet))
    events.push_back(app::SettleContact{row.id, Outcome::held, !due});
  return h + 8;
}

}  // namespace

Events draw_contacts(Kit& kit, const app::Strings& s, const app::Frame& frame, const ContactsView& view,
                     Scratch& scratch) {
  Events events;
  const Theme& t = kit.look();
  if (scratch.shown != "contacts") {
    scratch.shown = "contacts";
    scratch.contact = {};
    kit.forget_fields();
    kit.focus("contacts.code");
  }
  if (scratch.contact.sent && view.problem.empty()) {  // it was taken: the next one
    scratch.contact = {};
    kit.forget_fields();
    kit.focus("contacts.code");
  }
  scratch.contact.sent = false;
  Rect r = draw_places(kit, s, frame, app::Go::contacts, events);
  kit.text({r.x, r.y, r.w, 36}, tr(s, "contacts.title.label"), t.ink, {.size = 24, .bold = true, .wrap = false});
  Rect area{r.x - 8, r.y + 48, r.w + 16, r.bottom() - r.y - 38};
  float& content = scratch.heights["contacts"];
  float offset = kit.scroll_area("contacts", area, content);
  kit.clip(area);
  float y = area.y + 8 - offset;
  float& card = scratch.heights["contacts.entry"];
  if (card < 10) card = 260;
  kit.card({r.x, y, r.w, card}, 16);
  card = draw_entry(kit, s, view, {r.x, y, r.w, 0}, scratch, events);
  y += card + 22;
  auto heading = [&](const std::string& words) {
    y += kit.text({r.x, y, r.w, 30}, words, t.ink, {.size = 18, .bold = true, .wrap = false}) + 8;
  };
  if (!view.due.empty()) heading(tr(s, "contacts.due.label"));
  for (const ContactRow& row : view.due) y += draw_row(kit, s, row, true, {r.x, y, r.w, 0}, events);
  if (!view.past.empty()) {
    y += 10;
    heading(tr(s, "contacts.past.label"));
  }
  for (const ContactRow& row : view.past) y += draw_row(kit, s, row, false, {r.x, y, r.w, 0}, events);
  if (view.due.empty() && view.past.empty())
    y += kit.text({r.x, y, r.w, 60}, tr(s, "contacts.none.text"), t.quiet, {.size = 15.5f});
  kit.unclip();
  content = y + offset - area.y + 10;
  return events;
}

}  // namespace window
