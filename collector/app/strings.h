// Strings: every word the interface shows, by key, in every language. assets/strings/en.json is the source
// (text and a note for the translator); fr.json, ar.json … hold the same keys. How they are written stands in
// assets/strings/STRINGS.md.
//
//   Strings strings("fr");
//   strings.tr("home.waiting.label", {{"count", "7"}}, 7)   // plural by CLDR class; placeholders by name
//
// An unknown key does not compile. A key missing in a language falls back to the language its catalogue names
// (Tamazight: French), then to English. Numbers in placeholders are written by number(), dates by locale.h. A
// value is put in as it is: braces in it mean nothing; of the other direction, it is isolated. "xx" is the pseudo-language: longer, marked, and read
// from right to left. Immutable, cheap to copy.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/app/locale.h"

namespace app {

inline constexpr std::string_view key_names[] = {
#include "string_keys.inc"
};

struct Key {  // an unknown key does not compile
  explicit constexpr Key(size_t at) : index(at) {}
  consteval Key(const char* name) : index(0) {
    auto at = std::lower_bound(std::begin(key_names), std::end(key_names), std::string_view(name));
    if (at == std::end(key_names) || *at != std::string_view(name))
      throw "no such key in assets/strings/en.json";
    index = static_cast<size_t>(at - std::begin(key_names));
  }
  size_t index;
};

std::optional<Key> key_named(std::string_view name);  // where a name comes from outside: the help's pages

// Text of another direction beside ours: kept together, so that dates, codes and names stay in order. joined() puts
// parts side by side, "code  ·  day", leaving out empty ones; isolated where one of them is written from the right.
std::string isolated(std::string_view text);
std::string joined(const std::vector<std::string>& parts, std::string_view between = "  ·  ");
bool has_right_to_left(std::string_view text);  // a letter that is written so
bool has_left_to_right(std::string_view text);

class Strings {
 public:
  explicit Strings(std::string_view language = "en");
  const std::string& language() const { return language_; }
  bool right_to_left() const;
  using Values = std::vector<std::pair<std::string_view, std::string>>;
  std::string tr(Key key, const Values& values = {}, long count = -1) const;
  std::string number(long value) const { return write_number(language_, value); }
  std::string date(base::Date date, DateLook look = DateLook::brief) const {
    return write_date(language_, date, look);
  }

  struct Text {
    std::string text, language;  // the language it is really in: plurals follow that one's rules
  };

 private:
  std::string language_;
  const std::vector<Text>* table_ = nullptr;  // built once, program lifetime
};

// In the language of a form, by its code, for whoever reads the form: "ar-MA" and "ary" read Arabic. `otherwise` where
// the interface does not have it.
Strings strings_in(std::string_view form_language, const Strings& otherwise);

const std::vector<std::string>& interface_languages();  // codes, English first
std::string language_name(std::string_view code);       // in itself: "العربية"
// Keys of English that `language` lacks, for the test and the translator.
std::vector<std::string> missing_keys(std::string_view language);

struct CatalogueState {      // what a person should know before they choose a language
  bool checked = false;      // a native reader has read all of it
  std::string fallback;      // the language that stands in where a text is missing; "" where none is missing
  size_t texts = 0, of = 0;  // how many of English's texts it has
};
CatalogueState catalogue_state(std::string_view language);

}  // namespace app
