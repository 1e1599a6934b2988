#include "collector/app/help.h"

namespace app {
namespace {

struct Text {
  std::string_view language, pages;
};

// Written by CMake from assets/help/*.md.
constexpr Text texts[] = {
#include "help_texts.inc"
};

std::string_view pages_of(std::string_view language) {
  for (const Text& text : texts)
    if (text.language == language) return text.pages;
  return {};
}

// {go.sync.button} → the word on that button.
std::string with_words(std::string_view line, const Strings& strings) {
  std::string out;
  for (size_t at = 0; at < line.size();) {
    size_t open = line.find('{', at);
    size_t close = open == std::string_view::npos ? open : line.find('}', open);
    if (close == std::string_view::npos) return out + std::string(line.substr(at));
    out += line.substr(at, open - at);
    std::string_view name = line.substr(open + 1, close - open - 1);
    if (std::optional<Key> key = key_named(name))
      out += "*" + strings.tr(*key) + "*";
    else
      out += line.substr(open, close - open + 1);
    at = close + 1;
  }
  return out;
}

}  // namespace

std::string help_language(std::string_view language) {
  if (!pages_of(language).empty()) return std::string(language);
  std::string fallback = catalogue_state(language).fallback;
  return pages_of(fallback).empty() ? "en" : fallback;
}

std::vector<HelpPage> help_pages(const Strings& strings) {
  std::vector<HelpPage> pages;
  std::string_view rest = pages_of(help_language(strings.language()));
  while (!rest.empty()) {
    size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with("## ")) {
      size_t bar = line.find(" | ");
      if (bar == std::string_view::npos) continue;
      pages.push_back({std::string(line.substr(3, bar - 3)), std::string(line.substr(bar + 3)), {}});
    } else if (!line.empty() && !pages.empty()) {
      bool point = line.starts_with("- ");
      pages.back().lines.push_back({with_words(point ? line.substr(2) : line, strings), point});
    }
  }
  return pages;
}

}  // namespace app
