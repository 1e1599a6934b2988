// The program's version, as exports and journals name it.
#pragma once

#include <string_view>

namespace app {

inline constexpr std::string_view version = "rihla 0.1.0";

}  // namespace app
