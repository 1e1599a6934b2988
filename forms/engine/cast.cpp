// What an answer is stored as: by its question's type. What the type cannot hold is not stored.
#include <algorithm>
#include <cmath>

#include "forms/base/utf8.h"
#include "forms/engine/state.h"

namespace engine {
namespace {

using definition::DataType;

bool are_digits(std::string_view text, size_t from, size_t count) {
  if (from + count > text.size()) return false;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from),
                     text.begin() + static_cast<std::ptrdiff_t>(from + count),
                     [](char c) { return c >= '0' && c <= '9'; });
}

// A fraction has digits, an offset a colon, as XML Schema writes them.
bool is_well_written(std::string_view time) {
  size_t point = time.find('.');
  if (point != std::string_view::npos && !are_digits(time, point + 1, 1)) return false;
  size_t sign = time.find_last_of("+-");
  return sign == std::string_view::npos || (time.size() == sign + 6 && time[sign + 3] == ':');
}

// "14:30:00.000+01:00": hours, minutes and seconds; fraction and offset as they are.
bool is_time(std::string_view text) {
  if (!are_digits(text, 0, 2) || !are_digits(text, 3, 2) || !are_digits(text, 6, 2)) return false;
  if (text[2] != ':' || text[5] != ':') return false;
  auto written = base::parse_written("1970-01-01T" + std::string(text));
  return written && written->has_time && is_well_written(text);
}

// "latitude longitude altitude accuracy", the last two where they are known.
bool is_place(std::string_view text) {
  double numbers[4] = {0, 0, 0, 0};
  size_t count = 0;
  size_t at = text.find_first_not_of(' ');
  while (at != std::string_view::npos) {
    size_t end = std::min(text.find(' ', at), text.size());
    if (count == 4) return false;
    numbers[count] = language::text_number(text.substr(at, end - at));
    if (std::isnan(numbers[count])) return false;
    ++count;
    at = text.find_first_not_of(' ', end);
  }
  return count >= 2 && std::fabs(numbers[0]) <= 90 && std::fabs(numbers[1]) <= 180;
}

bool is_trace(std::string_view text) {
  size_t points = 0;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find(';', at), text.size());
    std::string_view part = text.substr(at, end - at);
    at = end + 1;
    if (part.find_first_not_of(" \n\t") == std::string_view::npos) continue;
    if (!is_place(part)) return false;
    ++points;
  }
  return points > 0;
}

}  // namespace

std::string Session::State::cast(NodeId node, std::string_view text) const {
  if (text.empty()) return {};
  switch (survey.data_of(definition(node))) {
    case DataType::integer: {
      double number = language::text_number(text);
      if (std::isnan(number) || std::fabs(number) > 2147483648.0) return {};
      number = std::trunc(number);
      if (number > 2147483647.0) return {};  // 32 bits, as everywhere forms are read
      return language::number_text(number);
    }
    case DataType::decimal: {
      double number = language::text_number(text);
      if (std::isnan(number)) return {};
      std::string plain = base::trim(text);
      bool written = plain.find_first_not_of("-.0123456789") == std::string::npos;
      return written ? plain : language::number_text(number);
    }
    case DataType::date: {
      auto written = base::parse_written(text);
      return written && !written->has_time ? std::string(text) : std::string();
    }
    case DataType::date_time: {
      auto written = base::parse_written(text);
      bool good = written && (text.size() <= 10 || is_well_written(text.substr(11)));
      return good ? std::string(text) : std::string();
    }
    case DataType::time:
      return is_time(text) ? std::string(text) : std::string();
    case DataType::place:
      return is_place(text) ? std::string(text) : std::string();
    case DataType::trace:
    case DataType::shape:
      return is_trace(text) ? std::string(text) : std::string();
    case DataType::none:
    case DataType::text:
    case DataType::boolean:
    case DataType::choice:
    case DataType::choices:
    case DataType::ranking:
    case DataType::attachment:
      return std::string(text);
  }
  return std::string(text);
}

}  // namespace engine
