#include "collector/app/strings.h"

#include <map>
#include <nlohmann/json.hpp>

#include "forms/base/utf8.h"

namespace app {
namespace {

struct Catalogue {
  std::string_view language, json;
};

// Written by CMake from assets/strings/*.json: the texts travel inside the program.
constexpr Catalogue catalogues[] = {
#include "string_catalogues.inc"
};

using Json = nlohmann::json;

// A text is a string, an object with "text", or an object of plural classes; plurals are kept as one string
// with the classes behind separators that no text holds.
std::string flatten(const Json& entry) {
  if (entry.is_string()) return entry.get<std::string>();
  if (!entry.is_object()) return {};
  if (auto text = entry.find("text"); text != entry.end()) return flatten(*text);
  std::string out;
  for (const auto& [name, text] : entry.items())
    if (name != "note" && text.is_string()) out += '\x1f' + name + '\x1e' + text.get<std::string>();
  return out;
}

const Json& catalogue_of(std::string_view language) {
  static const std::map<std::string, Json, std::less<>> all = [] {
    std::map<std::string, Json, std::less<>> read;
    for (const Catalogue& catalogue : catalogues)
      read[std::string(catalogue.language)] = Json::parse(catalogue.json, nullptr, false);
    return read;
  }();
  static const Json none = Json::object();
  auto at = all.find(language);
  return at == all.end() || !at->second.is_object() ? none : at->second;
}

std::vector<std::string> load(std::string_view language) {
  std::vector<std::string> table(std::size(key_names));
  const Json& json = catalogue_of(language);
  for (size_t i = 0; i < table.size(); ++i)
    if (auto entry = json.find(std::string(key_names[i])); entry != json.end()) table[i] = flatten(*entry);
  return table;
}

std::string fallback_of(std::string_view language) {
  const Json& json = catalogue_of(language);
  auto about = json.find("@language");
  return about == json.end() ? std::string("en") : about->value("fallback", std::string("en"));
}

// Doubles vowels and brackets the text, so that a label that cannot grow or is not translated shows.
std::string pseudo(const std::string& text) {
  std::string out = "[";
  int inside = 0;  // a placeholder or the name of a plural class stays as it is
  for (char c : text) {
    if (c == '\x1f' && out.size() > 1) out += ']';
    if (c == '{' || c == '\x1f') ++inside;
    if (c == '}' || c == '\x1e') --inside;
    if (c == '\x1f' && out == "[") out.clear();
    out += c;
    if (c == '\x1e') out += '[';
    if (inside == 0 && std::string_view("aeiou").find(c) != std::string_view::npos) out += c;
  }
  return out + "]";
}

using Table = std::vector<Strings::Text>;

const Table& table_of(std::string_view language) {
  static const std::map<std::string, Table, std::less<>> tables = [] {
    std::map<std::string, std::vector<std::string>> own;
    for (const Catalogue& catalogue : catalogues) own[std::string(catalogue.language)] = load(catalogue.language);
    std::map<std::string, Table, std::less<>> all;
    for (const auto& [code, texts] : own) {
      Table& table = all[code];
      for (size_t i = 0; i < texts.size(); ++i) {
        std::string from = code;
        if (own[from][i].empty()) from = fallback_of(code);
        if (own[from][i].empty()) from = "en";
        table.push_back({own[from][i], from});
      }
    }
    for (const std::string& text : own["en"]) all["xx"].push_back({pseudo(text), "en"});
    return all;
  }();
  auto at = tables.find(language);
  return at == tables.end() ? tables.find("en")->second : at->second;
}

std::string pick_plural(const std::string& text, std::string_view wanted) {
  std::string fallback;
  for (size_t at = text.find('\x1f'); at != std::string::npos;) {
    size_t middle = text.find('\x1e', at);
    size_t end = text.find('\x1f', middle);
    std::string name = text.substr(at + 1, middle - at - 1);
    std::string body = text.substr(middle + 1, end == std::string::npos ? end : end - middle - 1);
    if (name == wanted) return body;
    if (name == "other") fallback = body;
    at = end;
  }
  return fallback;
}

}  // namespace

std::optional<Key> key_named(std::string_view name) {
  auto at = std::lower_bound(std::begin(key_names), std::end(key_names), name);
  if (at == std::end(key_names) || *at != name) return std::nullopt;
  return Key(static_cast<size_t>(at - std::begin(key_names)));
}

namespace {

// A telephone number between Arabic words would be read group by group from the other end.
bool is_row_of_numbers(std::string_view text) {
  bool digit = std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digit && text.find_first_of("+ ()") != std::string_view::npos && !has_right_to_left(text);
}

}  // namespace

Strings::Strings(std::string_view language) : language_(language), table_(&table_of(language)) {}

bool Strings::right_to_left() const {
  return language_ == "ar" || language_ == "xx";
}

std::string Strings::tr(Key key, const Values& values, long count) const {
  const Text& found = (*table_)[key.index];
  std::string text = found.text;
  if (text.find('\x1f') != std::string::npos) text = pick_plural(text, plural_class(found.language, count));
  // In one pass: a value that holds "{name}" is an answer or a file's name, and stays as it is.
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t open = text.find('{', at);
    size_t close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) return out + text.substr(at);
    std::string_view name = std::string_view(text).substr(open + 1, close - open - 1);
    auto value = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
    out.append(text, at, open - at);
    if (value == values.end()) {
      out += '{';
      at = open + 1;
    } else {
      bool other = right_to_left() ? has_left_to_right(value->second) || is_row_of_numbers(value->second)
                                   : has_right_to_left(value->second);
      out += other ? isolated(value->second) : value->second;
      at = close + 1;
    }
  }
  return out;
}

bool has_right_to_left(std::string_view text) {
  for (uint32_t c : base::code_points(text))
    if ((c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfefc)) return true;
  return false;
}

bool has_left_to_right(std::string_view text) {
  for (uint32_t c : base::code_points(text)) {
    bool latin = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xc0 && c < 0x590 && c != 0xd7 && c != 0xf7);
    if (latin || (c >= 0x2d30 && c <= 0x2d7f)) return true;  // Tifinagh
  }
  return false;
}

std::string isolated(std::string_view text) {
  // First strong isolate … pop. Parts joined before have no first letter of their own: they would read from the left.
  bool joined_before = text.find("\u2068") != std::string_view::npos;
  return (joined_before && has_right_to_left(text) ? "\u2067" : "\u2068") + std::string(text) + "\u2069";
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  bool mixed = parts.size() > 1 && std::any_of(parts.begin(), parts.end(), has_right_to_left);
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += between;
    out += mixed ? isolated(part) : part;
  }
  return out;
}

Strings strings_in(std::string_view form_language, const Strings& otherwise) {
  std::string_view code = form_language.substr(0, form_language.find_first_of("-_"));
  if (code == "ary") code = "ar";
  for (const std::string& one : interface_languages())
    if (one == code) return Strings(one);
  return otherwise;
}

const std::vector<std::string>& interface_languages() {
  static const std::vector<std::string> codes = [] {
    std::vector<std::string> all = {"en"};
    for (const Catalogue& catalogue : catalogues)
      if (catalogue.language != "en") all.emplace_back(catalogue.language);
    return all;
  }();
  return codes;
}

std::string language_name(std::string_view code) {
  static const std::map<std::string_view, std::string_view> names = {
      {"en", "English"},    {"fr", "Français"},  {"ar", "العربية"}, {"tr", "Türkçe"},
      {"nl", "Nederlands"}, {"zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ"}, {"xx", "[Pseudo]"}};
  auto at = names.find(code);
  return std::string(at == names.end() ? code : at->second);
}

std::vector<std::string> missing_keys(std::string_view language) {
  std::vector<std::string> table = load(language);
  std::vector<std::string> missing;
  for (size_t i = 0; i < table.size(); ++i)
    if (table[i].empty()) missing.emplace_back(key_names[i]);
  return missing;
}

CatalogueState catalogue_state(std::string_view language) {
  CatalogueState state;
  state.of = std::size(key_names);
  state.texts = state.of - missing_keys(language).size();
  const Json& json = catalogue_of(language);
  auto about = json.find("@language");
  state.checked = about != json.end() && about->value("checked", false);
  if (state.texts < state.of) state.fallback = fallback_of(language);
  return state;
}

}  // namespace app
