// conform: answers recorded cases of the reference engines, one JSON line each, by the engine's public headers
// alone. The kinds are one file each; main.cpp reads and writes the lines.
#pragma once

#include <nlohmann/json.hpp>

namespace conform {

using Json = nlohmann::ordered_json;

// The answer to a case without its id; {"error": …} where it is refused.
Json xpath(const Json& asked);
Json xlsform(const Json& asked);
Json scenario(const Json& asked);

inline std::string text_or(const Json& object, const char* key, const std::string& otherwise = {}) {
  auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : otherwise;
}

}  // namespace conform
