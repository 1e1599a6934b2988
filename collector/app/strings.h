// Strings: every word the interface shows, by key, in every language. assets/strings/en.json is the source
// (text and a note for the translator); fr.json, ar.json … hold the same keys.
//
//   Strings strings("fr");
//   strings.tr("home.waiting.label", {{"count", "7"}}, 7)   // plural by CLDR class; placeholders by name
//
// An unknown key does not compile. A key missing in a language falls back to English. Numbers in placeholders
// are written by number(). A value is put in as it is: braces in it mean nothing. "xx" is the
// pseudo-language: longer, marked. Immutable, cheap to copy.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace app {

inline constexpr std::string_view key_names[] = {
#include "string_keys.inc"
};

struct Key {  // an unknown key does not compile
  consteval Key(const char* name) : index(0) {
    auto at = std::lower_bound(std::begin(key_names), std::end(key_names), std::string_view(name));
    if (at == std::end(key_names) || *at != std::string_view(name))
      throw "no such key in assets/strings/en.json";
    index = static_cast<size_t>(at - std::begin(key_names));
  }
  size_t index;
};

class Strings {
 public:
  explicit Strings(std::string_view language = "en");
  const std::string& language() const { return language_; }
  bool right_to_left() const;
  using Values = std::vector<std::pair<std::string_view, std::string>>;
  std::string tr(Key key, const Values& values = {}, long count = -1) const;
  // With the digits people write: 0-9 in every language we have, Arabic as in Morocco among them (CLDR ar-MA:
  // default numbering system latn). Arabic-Indic digits are taken wherever a number is typed.
  std::string number(long value) const;

 private:
  std::string language_;
  const std::vector<std::string>* table_ = nullptr;  // built once per language, program lifetime
};

const std::vector<std::string>& interface_languages();  // codes, English first
std::string language_name(std::string_view code);       // in itself: "العربية"
// CLDR cardinal class of an integer: "zero", "one", "two", "few", "many", "other".
std::string_view plural_class(std::string_view language, long count);
// Keys of English that `language` lacks, for the test and the translator.
std::vector<std::string> missing_keys(std::string_view language);

}  // namespace app
