// Names of months and weekdays in the interview's language, for format-date(). English where it has none.
// Source: Unicode CLDR, gregorian calendar; ar is written as in Morocco.
#pragma once

#include <string_view>

namespace language {

std::string_view month_name(std::string_view language, int month, bool brief);      // month 1 to 12
std::string_view weekday_name(std::string_view language, int weekday, bool brief);  // Sunday is 0

}  // namespace language
