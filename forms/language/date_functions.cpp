// Functions on dates. Dates are ISO text; as numbers they are days since 1970-01-01, local.
#include <cmath>
#include <optional>

#include "forms/language/function.h"
#include "forms/language/month_names.h"

namespace language {
namespace {

constexpr double day_ms = 86400000.0;

struct Moment {
  base::Date date;
  int64_t ms_of_day = 0;
  bool has_time = false;
};

Moment local_moment(int64_t local_ms, bool has_time) {
  int64_t day = local_ms / 86400000 - (local_ms % 86400000 < 0 ? 1 : 0);
  return {base::civil_from_days(day), local_ms - day * 86400000, has_time};
}

// "1970-1-2" as "1970-01-02".
std::string with_zeros(Str text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    bool alone = text[i] >= '0' && text[i] <= '9' && i > 0 && text[i - 1] == '-' &&
                 (i + 1 == text.size() || text[i + 1] == '-' || text[i + 1] == 'T');
    if (alone) out += '0';
    out += text[i];
  }
  return out;
}

// From ISO text, or from days since the epoch: whole local days are a date, all else is a moment.
std::optional<Moment> moment(const Dyn& value, const Call& call) {
  if (value.type == Type::truth) return std::nullopt;
  const Zone& zone = call.world().zone;
  if (value.type != Type::number) {
    Str text = call.evaluator.text_of(value);
    auto written = base::parse_written(text.size() < 10 ? with_zeros(text) : std::string(text));
    if (written) {
      int64_t local = written->local_ms;
      if (written->offset) {
        base::Instant at{local - *written->offset * 60000LL};
        local = at.ms + zone.clock->offset_at(at) * 60000LL;
      }
      return local_moment(local, written->has_time);
    }
  }
  double days = call.evaluator.number_of(value);
  if (std::isnan(days) || std::fabs(days) > 3e6) return std::nullopt;
  int64_t ms = std::llround(days * day_ms);
  int64_t by_date = ms + zone.date_offset * 60000LL;
  if (by_date % 86400000 == 0) return local_moment(by_date, false);
  return local_moment(ms + zone.clock->offset_at({ms}) * 60000LL, true);
}

double days_of(const Moment& m, const Call& call) {
  int64_t local = base::days_from_civil(m.date) * 86400000 + m.ms_of_day;
  const Zone& zone = call.world().zone;
  int64_t at = m.has_time ? base::from_local(local, *zone.clock).ms : local - zone.date_offset * 60000LL;
  return static_cast<double>(at) / day_ms;
}

std::string iso(const Moment& m, const base::Clock& clock) {
  int64_t local = base::days_from_civil(m.date) * 86400000 + m.ms_of_day;
  base::Instant at = base::from_local(local, clock);
  return base::format_iso(at, clock.offset_at(at));
}

Str today(const Call& call) {
  base::Clock& clock = *call.world().clock;
  base::Instant now = clock.now();
  return call.keep(base::format_date(base::local_date(now, clock.offset_at(now))));
}
Str now(const Call& call) {
  base::Clock& clock = *call.world().clock;
  base::Instant now = clock.now();
  return call.keep(base::format_iso(now, clock.offset_at(now)));
}

// The date of a text; of a number the moment, where it is no date. What it counts as stays the moment.
Dyn date(const Call& call) {
  Dyn value = call.any(0);
  auto m = moment(value, call);
  if (!m) return Dyn::of(Str());
  bool whole = !m->has_time || value.type != Type::number;
  return Dyn::of_moment(call.keep(whole ? base::format_date(m->date) : iso(*m, *call.world().clock)),
                        days_of(*m, call));
}

Dyn date_time(const Call& call) {
  auto m = moment(call.any(0), call);
  if (!m) return Dyn::of(Str());
  return Dyn::of_moment(call.keep(m->has_time ? iso(*m, *call.world().clock) : base::format_date(m->date)),
                        days_of(*m, call));
}

std::string padded(int64_t n, size_t width) {
  std::string text = std::to_string(n);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

// One letter behind a %: Y y m n b B d e H h M S 3 a A W j.
std::string part_of(char letter, const Moment& m, std::string_view language) {
  int64_t day = base::days_from_civil(m.date);
  int weekday = static_cast<int>(((day % 7) + 11) % 7);  // Sunday 0; 1970-01-01 was a Thursday
  switch (letter) {
    case 'Y':
      return padded(m.date.year, 4);
    case 'y':
      return padded(m.date.year % 100, 2);
    case 'm':
      return padded(m.date.month, 2);
    case 'n':
      return std::to_string(m.date.month);
    case 'b':
    case 'B':
      return std::string(month_name(language, m.date.month, letter == 'b'));
    case 'd':
      return padded(m.date.day, 2);
    case 'e':
      return std::to_string(m.date.day);
    case 'H':
      return padded(m.ms_of_day / 3600000, 2);
    case 'h':
      return std::to_string(m.ms_of_day / 3600000);
    case 'M':
      return padded(m.ms_of_day / 60000 % 60, 2);
    case 'S':
      return padded(m.ms_of_day / 1000 % 60, 2);
    case '3':
      return padded(m.ms_of_day % 1000, 3);
    case 'a':
    case 'A':
      return std::string(weekday_name(language, weekday, letter == 'a'));
    case 'j':
      return padded(day - base::days_from_civil({m.date.year, 1, 1}) + 1, 3);
    case 'W': {  // ISO week
      int64_t thursday = day - (weekday + 6) % 7 + 3;
      base::Date of = base::civil_from_days(thursday);
      return padded((thursday - base::days_from_civil({of.year, 1, 1})) / 7 + 1, 2);
    }
    default:
      return std::string(1, letter);
  }
}

Str format_date(const Call& call) {
  auto m = moment(call.any(0), call);
  if (!m) return {};
  Str format = call.text(1);
  std::string out;
  for (size_t i = 0; i < format.size(); ++i)
    if (format[i] != '%' || i + 1 == format.size())
      out += format[i];
    else
      out += part_of(format[++i], *m, call.world().language_code);
  return call.keep(out);
}

double decimal_date_time(const Call& call) {
  Dyn value = call.any(0);
  if (value.type == Type::text && !value.dated && !is_iso_date(value.text)) return NAN;
  return call.evaluator.number_of(value);
}

double decimal_time(const Call& call) {
  Str text = call.text(0);
  bool whole = text.size() > 10 && text[4] == '-';
  auto written = base::parse_written(whole ? std::string(text) : "1970-01-01T" + std::string(text));
  if (!written || !written->has_time) return NAN;
  int64_t local = written->local_ms;
  if (written->offset) {
    base::Instant at{local - *written->offset * 60000LL};
    local = at.ms + call.world().clock->offset_at(at) * 60000LL;
  }
  double days = static_cast<double>(local) / day_ms;
  return days - std::floor(days);
}

constexpr Function table[] = {
    text_row("today", 0, 0, today, fresh),
    text_row("now", 0, 0, now, fresh),
    any_row("date", 1, 1, date),
    any_row("date-time", 1, 1, date_time),
    text_row("format-date", 2, 2, format_date, speaks),
    text_row("format-date-time", 2, 2, format_date, speaks),
    number_row("decimal-date-time", 1, 1, decimal_date_time),
    number_row("decimal-time", 1, 1, decimal_time),
};

}  // namespace

std::span<const Function> date_functions() {
  return table;
}

}  // namespace language
