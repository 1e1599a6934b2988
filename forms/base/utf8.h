// Text is UTF-8 in std::string, validated once where bytes enter, stored NFC; an answer is never folded.
// Nothing here obeys the locale.
//
//   if (!is_utf8(bytes)) …;  std::string stored = nfc(typed);  bool found = contains_folded(label, "sale");
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace base {

bool is_utf8(std::string_view text);      // strict: no surrogates, no overlong forms; NUL is allowed
std::string nfc(std::string_view text);   // invalid bytes are returned unchanged
std::string trim(std::string_view text);  // ASCII and no-break white space at both ends
std::string_view trim_view(std::string_view text);  // the same, of what lives long enough
std::string collapse(std::string_view text);        // trim, and inner runs of white space to one space
std::string lower(std::string_view text);           // Unicode simple case folding, not for answers
// For searching only: case, accents, Arabic letter variants, tatweel, harakat and Turkish dotless i fold away.
std::string search_fold(std::string_view text);
bool contains_folded(std::string_view text, std::string_view wanted);
void append_utf8(std::string& out, uint32_t code_point);
std::vector<uint32_t> code_points(std::string_view text);  // U+FFFD for what is not UTF-8
size_t length(std::string_view text);                      // in code points
// Arabic-Indic (٠-٩), extended Arabic-Indic (۰-۹) digits and the Arabic decimal separator to ASCII.
std::string ascii_digits(std::string_view text);
// Edit distance in code points, at most `limit` + 1; for "did you mean".
size_t distance(std::string_view a, std::string_view b, size_t limit);
// The nearest of `names` to `wanted` within a third of its length; empty when none is near.
std::string nearest(std::string_view wanted, const std::vector<std::string>& names);

}  // namespace base
