// Functions on dates. Dates are ISO text; as numbers they are days since 1970-01-01, local.
#include <cmath>
#include <optional>

#include "forms/language/function.h"
#include "forms/language/month_names.h"

namespace language {
namespace {

struct Moment {
  base::Date date;
  int64_t ms_of_day = 0;
  bool has_time = false;
};

// From ISO text or from days since the epoch.
std::optional<Moment> moment(const Value& value, const Call& call) {
  double days = 0;
  bool has_time = false;
  if (value.kind == Value::Kind::number) {
    days = value.number;
    has_time = days != std::floor(days);
  } else {
    std::string text = to_text(value, call.instance());
    days = text_number(text, call.offset());
    has_time = text.size() > 10 && text[4] == '-';
    if (!is_iso_date(text) && !std::isnan(days)) has_time = days != std::floor(days);
  }
  if (std::isnan(days) || std::fabs(days) > 3e6) return std::nullopt;
  double whole = std::floor(days);
  return Moment{base::civil_from_days(static_cast<int64_t>(whole)), std::llround((days - whole) * 86400000.0),
                has_time};
}

std::string iso(const Moment& m, int offset) {
  int64_t local = base::days_from_civil(m.date) * 86400000 + m.ms_of_day;
  return base::format_iso({local - offset * 60000LL}, offset);
}

Value today(const Call& call) {
  return Value::of(base::format_date(base::local_date(call.instance().clock().now(), call.offset())));
}
Value now(const Call& call) {
  return Value::of(base::format_iso(call.instance().clock().now(), call.offset()));
}

Value date(const Call& call) {
  auto m = moment(call.arg(0), call);
  if (!m) return Value::of(std::string());
  return Value::of(m->has_time && call.arg(0).kind == Value::Kind::number ? iso(*m, call.offset())
                                                                          : base::format_date(m->date));
}

Value date_time(const Call& call) {
  Value v = call.arg(0);
  if (v.kind != Value::Kind::number)
    if (std::string text = to_text(v, call.instance()); base::parse_date(text) && text.size() == 10)
      return Value::of(text);
  auto m = moment(call.arg(0), call);
  return Value::of(m ? iso(*m, call.offset()) : std::string());
}

std::string padded(int64_t n, size_t width) {
  std::string text = std::to_string(n);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

// %Y %y %m %n %b %B %d %e %H %h %M %S %3 %a %A %W %j %%
Value format_date(const Call& call) {
  auto m = moment(call.arg(0), call);
  if (!m) return Value::of(std::string());
  std::string format = call.text(1);
  std::string_view language = call.instance().language_code();
  int64_t day = base::days_from_civil(m->date);
  int weekday = static_cast<int>(((day % 7) + 11) % 7);  // Sunday 0; 1970-01-01 was a Thursday
  std::string out;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      out += format[i];
      continue;
    }
    switch (format[++i]) {
      case 'Y':
        out += padded(m->date.year, 4);
        break;
      case 'y':
        out += padded(m->date.year % 100, 2);
        break;
      case 'm':
        out += padded(m->date.month, 2);
        break;
      case 'n':
        out += std::to_string(m->date.month);
        break;
      case 'b':
        out += month_name(language, m->date.month, true);
        break;
      case 'B':
        out += month_name(language, m->date.month, false);
        break;
      case 'd':
        out += padded(m->date.day, 2);
        break;
      case 'e':
        out += std::to_string(m->date.day);
        break;
      case 'H':
        out += padded(m->ms_of_day / 3600000, 2);
        break;
      case 'h':
        out += std::to_string(m->ms_of_day / 3600000);
        break;
      case 'M':
        out += padded(m->ms_of_day / 60000 % 60, 2);
        break;
      case 'S':
        out += padded(m->ms_of_day / 1000 % 60, 2);
        break;
      case '3':
        out += padded(m->ms_of_day % 1000, 3);
        break;
      case 'a':
        out += weekday_name(language, weekday, true);
        break;
      case 'A':
        out += weekday_name(language, weekday, false);
        break;
      case 'j':
        out += padded(day - base::days_from_civil({m->date.year, 1, 1}) + 1, 3);
        break;
      case 'W': {  // ISO week
        int64_t thursday = day - (weekday + 6) % 7 + 3;
        base::Date of = base::civil_from_days(thursday);
        out += padded((thursday - base::days_from_civil({of.year, 1, 1})) / 7 + 1, 2);
        break;
      }
      default:
        out += format[i];
    }
  }
  return Value::of(out);
}

// A moment counts in UTC, so that its offset is kept; a bare date is its local midnight.
Value decimal_date_time(const Call& call) {
  Value v = call.arg(0);
  if (v.kind != Value::Kind::number)
    if (auto at = base::parse_instant(to_text(v, call.instance()), call.offset()); at)
      return Value::of(static_cast<double>(at->ms) / 86400000.0);
  return Value::of(call.number(0));
}

Value decimal_time(const Call& call) {
  std::string text = call.text(0);
  if (text.size() > 10 && text[4] == '-') {
    double days = text_number(text, call.offset());
    return Value::of(days - std::floor(days));
  }
  auto at = base::parse_instant("1970-01-01T" + text, call.offset());
  if (!at) return Value::of(NAN);
  double days = static_cast<double>(at->ms + call.offset() * 60000LL) / 86400000.0;
  return Value::of(days - std::floor(days));
}

constexpr Function table[] = {
    {"today", 0, 0, today, Trait::fresh},
    {"now", 0, 0, now, Trait::fresh},
    {"date", 1, 1, date},
    {"date-time", 1, 1, date_time},
    {"format-date", 2, 2, format_date},
    {"format-date-time", 2, 2, format_date},
    {"decimal-date-time", 1, 1, decimal_date_time},
    {"decimal-time", 1, 1, decimal_time},
};

}  // namespace

std::span<const Function> date_functions() {
  return table;
}

}  // namespace language
