// An answer as a language shows it: what stands in its field, and what it means in words beside it.
//
//   shown_value(control, "166.65", "fr")       // "166,65": typed again as it stands, it is the same answer
//   in_words(control, "2026-11-24", "fr")      // "24 novembre 2026"; with its other calendar
//
// Pure. What cannot be read as its kind comes back as it is: an answer is never hidden.
#pragma once

#include <string>
#include <string_view>

#include "forms/definition/control.h"

namespace app {

std::string shown_value(const definition::Control& control, std::string_view value,
                        std::string_view language);
std::string in_words(const definition::Control& control, std::string_view value, std::string_view language);

// An answer that names an attachment, "id/name": its two parts.
std::string attachment_id(std::string_view value);
std::string attachment_name(std::string_view value);

}  // namespace app
