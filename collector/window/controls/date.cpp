// Dates and times by keyboard, in the language's order; a calendar beside them, opened by Alt and Down or its button.
#include <algorithm>
#include <charconv>
#include <optional>

#include "collector/app/locale.h"
#include "collector/window/controls/control.h"

namespace window {

using base::Date;
using definition::DateParts;

namespace {

constexpr float cell_w = 46, cell_h = 38;

int days_in(int year, int month) {
  Date first{year, month, 1};
  Date next = month == 12 ? Date{year + 1, 1, 1} : Date{year, month + 1, 1};
  return static_cast<int>(base::days_from_civil(next) - base::days_from_civil(first));
}

// Monday 0 … Sunday 6.
int weekday(Date date) {
  auto days = base::days_from_civil(date);  // 1970-01-01 was a Thursday
  return static_cast<int>(((days + 3) % 7 + 7) % 7);
}

Date moved_days(Date date, int by) {
  return base::civil_from_days(base::days_from_civil(date) + by);
}

Date moved_months(Date date, int by) {
  int month = date.year * 12 + date.month - 1 + by;
  month = std::clamp(month, 1000 * 12, 9999 * 12 + 11);
  Date out{month / 12, month % 12 + 1, 1};
  out.day = std::min(date.day, days_in(out.year, out.month));
  return out;
}

bool read(const std::string& value, Date& out) {
  if (value.size() < 10) return false;
  Date d;
  auto part = [&](size_t at, size_t n, int& to) {
    return std::from_chars(value.data() + at, value.data() + at + n, to).ptr == value.data() + at + n;
  };
  if (!part(0, 4, d.year) || !part(5, 2, d.month) || !part(8, 2, d.day) || !base::is_valid(d)) return false;
  out = d;
  return true;
}

// The month's name and year, without the day.
std::string month_title(const std::string& language, Date date) {
  std::string whole = app::write_date(language, date, app::DateLook::whole);
  return whole.substr(whole.find(' ') + 1);
}

class Panel {
 public:
  Panel(Asked& a, Rect r) : a_(a), kit_(a.kit), r_(r), mark_(a.scratch.controls.day) {}

  // The day that was chosen in this pass.
  std::optional<Date> draw() {
    keys();
    kit_.card(r_, 16);
    const Theme& t = a_.look();
    float x = r_.x + 16;
    float y = r_.y + 12;
    auto arrow = [&](const char* id, float at, const std::string& label, Icon icon, int months) {
      if (kit_.button(a_.id(id), {at, y, 38, 38}, "", Look::quiet, true, icon))
        mark_ = moved_months(mark_, months);
      kit_.relabel(label);
    };
    arrow("calendar.before", x, tr(a_.s, "calendar.before.label"), Icon::back, -1);
    arrow("calendar.after", r_.right() - 54, tr(a_.s, "calendar.after.label"), Icon::forward, 1);
    kit_.text({x + 40, y, r_.w - 112, 38}, month_title(language(), mark_), t.ink,
              {.size = 16.5f, .bold = true, .align = Align::centre, .wrap = false, .middle = true});
    y += 44;
    return a_.q.control.parts == DateParts::day ? days(x, y) : months(x, y);
  }

  static float height(const app::QuestionView& q) {
    return q.control.parts == DateParts::day ? 372.f : 240.f;
  }

 private:
  std::string language() const { return a_.s.language(); }

  void keys() {
    const Input* i = kit_.input();
    if (!i || i->kind != Input::Kind::key || kit_.focus() != a_.id("calendar")) return;
    int along = kit_.is_rtl() ? -1 : 1;
    bool by_month = a_.q.control.parts != DateParts::day;
    Date before = mark_;
    auto step = [&](int days, int months) {
      mark_ = by_month ? moved_months(mark_, months) : moved_days(mark_, days);
    };
    switch (i->key) {
      case Key::left:
        step(-along, -along);
        break;
      case Key::right:
        step(along, along);
        break;
      case Key::up:
        step(-7, -3);
        break;
      case Key::down:
        step(7, 3);
        break;
      case Key::page_up:
        mark_ = moved_months(mark_, i->shift ? -12 : -1);
        break;
      case Key::page_down:
        mark_ = moved_months(mark_, i->shift ? 12 : 1);
        break;
      case Key::home:
        mark_.day = 1;
        break;
      case Key::end:
        mark_.day = days_in(mark_.year, mark_.month);
        break;
      default:
        return;
    }
    if (mark_.year < 1000 || mark_.year > 9999) mark_ = before;
    kit_.consume();
  }

  std::optional<Date> days(float x, float y) {
    const Theme& t = a_.look();
    std::optional<Date> chosen;
    std::string names = tr(a_.s, "calendar.weekdays.label");
    for (size_t at = 0, n = 0; n < 7 && at < names.size(); ++n) {
      size_t end = std::min(names.find(' ', at), names.size());
      kit_.text({x + static_cast<float>(n) * cell_w, y, cell_w, 24}, names.substr(at, end - at), t.quiet,
                {.size = 13, .align = Align::centre, .wrap = false, .middle = true});
      at = end + 1;
    }
    y += 28;
    Date answer{};
    bool answered = read(a_.q.value, answer);
    int first = weekday({mark_.year, mark_.month, 1});
    for (int day = 1; day <= days_in(mark_.year, mark_.month); ++day) {
      int at = first + day - 1;
      Rect cell{x + static_cast<float>(at % 7) * cell_w, y + static_cast<float>(at / 7) * cell_h, cell_w,
                cell_h};
      Date date{mark_.year, mark_.month, day};
      if (cell_of(cell, date, std::to_string(day), answered && date == answer, date == mark_)) chosen = date;
    }
    y += 6 * cell_h + 6;
    if (kit_.button(a_.id("calendar.today"), {x, y, 120, 40}, tr(a_.s, "calendar.today.button"), Look::quiet))
      chosen = a_.q.today;
    return chosen;
  }

  std::optional<Date> months(float x, float y) {
    std::optional<Date> chosen;
    Date answer{};
    bool answered = read(a_.q.value, answer);
    for (int month = 1; month <= 12; ++month) {
      float w = cell_w * 7 / 4;
      Rect cell{x + static_cast<float>((month - 1) % 4) * w, y + static_cast<float>((month - 1) / 4) * 46, w,
                44};
      Date date{mark_.year, month, 1};
      std::string name = month_title(language(), date);
      name = name.substr(0, name.rfind(' '));
      bool same = answered && answer.year == date.year && answer.month == month;
      if (cell_of(cell, date, name, same, month == mark_.month)) chosen = date;
    }
    return chosen;
  }

  // True: chosen in this pass.
  bool cell_of(Rect cell, Date date, const std::string& words, bool is_answer, bool marked) {
    const Theme& t = a_.look();
    Rect inner = cell.inset(3);
    if (is_answer) kit_.fill(inner, t.accent, 10);
    if (marked && !is_answer) kit_.fill(inner, t.soft, 10);
    if (marked) kit_.stroke(inner, t.accent, 10, 2);
    if (!marked && date == a_.q.today) kit_.stroke(inner, t.line, 10, 1.5f);
    TextLook look{
        .size = 15, .bold = is_answer || marked, .align = Align::centre, .wrap = false, .middle = true};
    while (look.size > 12 && kit_.text_width(words, look) > inner.w) look.size -= 0.5f;  // "September"
    kit_.text(inner, words, is_answer ? t.on_accent : t.ink, look);
    std::string id = "day." + a_.q.id + "." + base::format_date(date);
    bool chosen = kit_.hit(id, inner, app::write_date(language(), date, app::DateLook::whole), true, false);
    if (is_answer) kit_.state("chosen");
    return chosen;
  }

  Asked& a_;
  Kit& kit_;
  Rect r_;
  Date& mark_;
};

void open_panel(Asked& a) {
  ControlScratch& keep = a.scratch.controls;
  keep.open = a.q.id;
  if (!read(a.q.value, keep.day)) keep.day = a.q.today;
  a.kit.focus(a.id("calendar"));
}

}  // namespace

float draw_date_entry(Asked& a, Rect r) {
  const definition::Control& c = a.q.control;
  Kit& kit = a.kit;
  FieldLook look{.size = 18.5f, .numeric = true};
  look.placeholder = !c.with_date                  ? tr(a.s, "interview.time.placeholder")
                     : c.with_time                 ? tr(a.s, "interview.date_time.placeholder")
                     : c.parts == DateParts::month ? tr(a.s, "interview.month.placeholder")
                     : c.parts == DateParts::year  ? tr(a.s, "interview.year.placeholder")
                                                   : tr(a.s, "interview.date.placeholder");
  bool panel = c.with_date && c.panel && c.parts != DateParts::year && a.can();
  float w = std::min(panel ? r.w - 70 : r.w, c.with_time && c.with_date ? 420.f : 300.f);
  typed_field(a, {r.x, r.y, w, 56}, look);
  float y = r.y + 64;
  if (!a.q.in_words.empty()) {  // written out while it is typed: a wrong month is seen at once
    kit.text({r.x + 2, y, r.w, 24}, a.q.in_words, a.look().accent, {.size = 15.5f, .wrap = false});
    y += 30;
  }
  if (!panel) return y - r.y;
  bool open = a.scratch.controls.open == a.q.id;
  bool here = kit.focus() == field_id(a.q) || kit.focus() == a.id("calendar") || (a.active && a.alone);
  Rect opener{r.x + w + 12, r.y, 56, 56};
  bool toggled = kit.button(a.id("calendar.open"), opener, "", Look::plain);
  kit.icon(Icon::calendar, opener.x + 28, r.y + (here ? 19.f : 28.f), here ? 22.f : 26.f, a.look().ink);
  if (here) kit.key_cap(opener.x + (56 - kit.cap_width("Alt ↓")) / 2, r.y + 41, "Alt ↓");
  kit.relabel(tr(a.s, "calendar.open.button"));
  kit.state(open ? "open" : "");
  if (here && kit.key(Key::down, false, true)) toggled = true;
  if (toggled && open) {
    a.scratch.controls.open.clear();
    kit.focus(field_id(a.q));
    open = false;
  } else if (toggled) {
    open_panel(a);
    open = true;
  }
  if (!open) return y - r.y;
  if (kit.key(Key::escape)) {
    a.scratch.controls.open.clear();
    kit.focus(field_id(a.q));
    return y - r.y;
  }
  Rect place{r.x, y + 4, cell_w * 7 + 32, Panel::height(a.q)};
  // The panel itself is one widget: arrows move its mark, Enter takes it. Its days have the mouse first.
  std::optional<Date> chosen = Panel(a, place).draw();
  bool entered = kit.hit(a.id("calendar"), place, tr(a.s, "calendar.open.button")) && kit.was_keyed();
  kit.state(app::write_date(a.s.language(), a.scratch.controls.day, app::DateLook::whole));
  if (entered) chosen = a.scratch.controls.day;
  if (chosen) {
    a.scratch.pending.erase(field_id(a.q));
    // A moment keeps its time of day.
    size_t t = a.q.value.find('T');
    std::string time = !c.with_time             ? ""
                       : t == std::string::npos ? " 00:00"
                                                : " " + a.q.value.substr(t + 1, 5);
    a.answer(base::format_date(*chosen) + time);
    a.scratch.controls.open.clear();
    kit.focus(field_id(a.q));
  }
  return y - r.y + place.h + 16;
}

}  // namespace window
