// Locale: numbers, dates and plurals as a language writes them. Nothing here asks the machine's locale.
//
//   write_number("fr", 1660)                              // "1 660", with a narrow no-break space
//   write_decimal("nl", "166.65")                         // "166,65"
//   write_date("tr", {2026, 11, 24}, DateLook::whole)     // "24 Kasım 2026"
//   plural_class("ar", 3)                                 // "few"
//
// Digits are 0-9 in every language we have, Arabic as in Morocco among them (CLDR ar-MA: numbering system
// latn). An unknown language writes as English does. Source: Unicode CLDR 45: en-GB, fr, ar-MA, tr, nl, zgh.
#pragma once

#include <string>
#include <string_view>

#include "forms/base/time.h"

namespace app {

std::string write_number(std::string_view language, long value);
// `exact`: digits, a point at most, a minus at most, as values are stored; anything else comes back as it is.
std::string write_decimal(std::string_view language, std::string_view exact);
std::string write_ungrouped(std::string_view language, std::string_view exact);  // "1660,5": years, codes, fields

enum class DateLook { brief, whole, digits };  // 24 nov. 2026; 24 novembre 2026; 24/11/2026, as it is typed
std::string write_date(std::string_view language, base::Date date, DateLook look = DateLook::brief);
std::string write_time(base::Instant at, int offset);  // "14:05"
std::string write_bytes(std::string_view language, uint64_t bytes);  // "3.4 MB", "3,4 Mo"

// CLDR cardinal class of an integer: "zero", "one", "two", "few", "many", "other".
std::string_view plural_class(std::string_view language, long count);

}  // namespace app
