#include "collector/app/locale.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "forms/language/month_names.h"

namespace app {
namespace {

struct Marks {
  std::string_view language, group, decimal;
};
constexpr Marks all[] = {{"en", ",", "."}, {"fr", "\u202f", ","}, {"ar", ".", ","},
                         {"tr", ".", ","}, {"nl", ".", ","},      {"zgh", "\u00a0", ","}};

const Marks& marks_of(std::string_view language) {
  for (const Marks& marks : all)
    if (marks.language == language) return marks;
  return all[0];
}

constexpr std::array<std::string_view, 12> zgh_months = {"ⵉⵏⵏⴰⵢⵔ",   "ⴱⵕⴰⵢⵕ", "ⵎⴰⵕⵚ",     "ⵉⴱⵔⵉⵔ",
                                                         "ⵎⴰⵢⵢⵓ",    "ⵢⵓⵏⵢⵓ", "ⵢⵓⵍⵢⵓⵣ",   "ⵖⵓⵛⵜ",
                                                         "ⵛⵓⵜⴰⵏⴱⵉⵔ", "ⴽⵜⵓⴱⵔ", "ⵏⵓⵡⴰⵏⴱⵉⵔ", "ⴷⵓⵊⴰⵏⴱⵉⵔ"};

std::string grouped(std::string_view digits, std::string_view mark) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += mark;
    out += digits[i];
  }
  return out;
}

}  // namespace

std::string write_number(std::string_view language, long value) {
  return write_decimal(language, std::to_string(value));
}

namespace {

std::string write_exact(std::string_view language, std::string_view exact, bool in_groups) {
  std::string_view rest = exact;
  bool minus = rest.starts_with('-');
  if (minus) rest.remove_prefix(1);
  size_t point = rest.find('.');
  std::string_view whole = rest.substr(0, point);
  std::string_view part = point == std::string_view::npos ? std::string_view() : rest.substr(point + 1);
  auto digits = [](std::string_view s) {
    return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (whole.empty() || !digits(whole) || !digits(part) || (point != std::string_view::npos && part.empty()))
    return std::string(exact);
  const Marks& marks = marks_of(language);
  std::string out = minus ? "-" : "";
  out += in_groups ? grouped(whole, marks.group) : std::string(whole);
  if (!part.empty()) out += std::string(marks.decimal) + std::string(part);
  return out;
}

}  // namespace

std::string write_decimal(std::string_view language, std::string_view exact) {
  return write_exact(language, exact, true);
}

std::string write_ungrouped(std::string_view language, std::string_view exact) {
  return write_exact(language, exact, false);
}

std::string write_date(std::string_view language, base::Date date, DateLook look) {
  if (date.month < 1 || date.month > 12) return base::format_date(date);
  if (look == DateLook::digits) {
    auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const char* mark = language == "tr" ? "." : language == "nl" ? "-" : "/";
    return two(date.day) + mark + two(date.month) + mark + std::to_string(date.year);
  }
  std::string month(language == "zgh" ? zgh_months[static_cast<size_t>(date.month - 1)]
                                      : language::month_name(language, date.month, look == DateLook::brief));
  return std::to_string(date.day) + " " + month + " " + std::to_string(date.year);
}

std::string write_time(base::Instant at, int offset) {
  return base::format_iso(at, offset).substr(11, 5);
}

// Source: CLDR 45, units, digital: short forms; Arabic's words are written out, its abbreviations differ by country.
std::string write_bytes(std::string_view language, uint64_t bytes) {
  using Units = std::array<const char*, 5>;
  static constexpr Units latin = {"B", "kB", "MB", "GB", "TB"};
  static constexpr Units french = {"o", "ko", "Mo", "Go", "To"};
  static constexpr Units arabic = {"بايت", "كيلوبايت", "ميغابايت", "غيغابايت", "تيرابايت"};
  const Units& units = language == "fr" || language == "zgh" ? french : language == "ar" ? arabic : latin;
  double size = static_cast<double>(bytes);
  size_t unit = 0;
  while (size >= 1000 && unit + 1 < units.size()) {
    size /= 1000;
    ++unit;
  }
  bool tenth = unit > 0 && size < 100;
  long value = std::lround(tenth ? size * 10 : size);
  std::string number =
      tenth ? std::to_string(value / 10) + "." + std::to_string(value % 10) : std::to_string(value);
  return write_decimal(language, number) + "\u00a0" + units[unit];
}

// Source: Unicode CLDR 45, plurals.xml, cardinal rules for integers.
std::string_view plural_class(std::string_view language, long count) {
  if (language == "ar") {
    if (count == 0) return "zero";
    if (count == 1) return "one";
    if (count == 2) return "two";
    if (count % 100 >= 3 && count % 100 <= 10) return "few";
    if (count % 100 >= 11) return "many";
    return "other";
  }
  if (language == "fr") {
    if (count == 0 || count == 1) return "one";
    return count % 1'000'000 == 0 ? "many" : "other";
  }
  if (language == "zgh") return "other";  // CLDR gives it no rules of its own
  return count == 1 ? "one" : "other";
}

}  // namespace app
