#include "collector/app/answer_text.h"

#include <charconv>
#include <optional>

#include "collector/app/calendars.h"
#include "collector/app/locale.h"

namespace app {
namespace {

using definition::Control;
using definition::ControlKind;
using definition::DateParts;

std::optional<base::Date> date_of(std::string_view value) {
  base::Date date;
  int* parts[] = {&date.year, &date.month, &date.day};
  const char* at = value.data();
  const char* end = at + std::min<size_t>(value.size(), 10);
  for (int i = 0; i < 3; ++i) {
    auto [next, error] = std::from_chars(at, end, *parts[i]);
    if (error != std::errc() || (i < 2 && (next == end || *next != '-'))) return {};
    at = next + 1;
  }
  if (!base::is_valid(date)) return {};
  return date;
}

std::string date_digits(const Control& control, base::Date date, std::string_view language) {
  std::string digits = write_date(language, date, DateLook::digits);
  if (control.parts == DateParts::month) return digits.substr(3);
  if (control.parts == DateParts::year) return digits.substr(6);
  return digits;
}

// "33.97 -6.85 0 0" → "33.97, -6.85"; a line of them one below the other.
std::string places(std::string_view value, std::string_view between) {
  std::string out;
  for (size_t at = 0; at < value.size();) {
    size_t end = std::min(value.find(';', at), value.size());
    std::string_view one = value.substr(at, end - at);
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    size_t first = one.find(' ');
    size_t second = first == std::string_view::npos ? first : one.find(' ', first + 1);
    std::string point(one.substr(0, first));
    if (first != std::string_view::npos)
      point += ", " + std::string(one.substr(first + 1, second - first - 1));
    out += (out.empty() ? "" : std::string(between)) + point;
    at = end + 1;
  }
  return out;
}

}  // namespace

std::string shown_value(const Control& control, std::string_view value, std::string_view language) {
  switch (control.kind) {
    case ControlKind::number_entry:
      return control.grouped ? write_decimal(language, value) : write_ungrouped(language, value);
    case ControlKind::scale:
      return write_ungrouped(language, value);
    case ControlKind::date_entry: {
      // "14:30:00.000+01:00": hours and minutes; seconds when there are some.
      auto clock = [](std::string_view time) {
        std::string text(time.substr(0, std::min<size_t>(time.size(), 8)));
        if (text.size() == 8 && text.substr(5) == ":00") text.resize(5);
        return text;
      };
      if (!control.with_date) return clock(value);
      auto date = date_of(value);
      if (!date) return std::string(value);
      std::string out = date_digits(control, *date, language);
      size_t t = value.find('T');
      if (control.with_time && t != std::string_view::npos) out += " " + clock(value.substr(t + 1));
      return out;
    }
    case ControlKind::place:
      return places(value, "\n");
    case ControlKind::media:
      return attachment_name(value);
    default:
      return std::string(value);
  }
}

std::string in_words(const Control& control, std::string_view value, std::string_view language) {
  if (control.kind != ControlKind::date_entry || !control.with_date) return {};
  auto date = date_of(value);
  if (!date) return {};
  std::string out;
  if (control.parts == DateParts::day) out = write_date(language, *date, DateLook::whole);
  if (control.parts == DateParts::month) {
    std::string whole = write_date(language, *date, DateLook::whole);
    out = whole.substr(whole.find(' ') + 1);
  }
  if (control.calendar != definition::Calendar::gregorian)
    if (std::string there = calendar_words(control.calendar, *date, language); !there.empty())
      out += (out.empty() ? "" : "  ·  ") + there;
  return out;
}

std::string attachment_id(std::string_view value) {
  return std::string(value.substr(0, value.find('/')));
}

std::string attachment_name(std::string_view value) {
  size_t slash = value.find('/');
  return std::string(slash == std::string_view::npos ? value : value.substr(slash + 1));
}

}  // namespace app
