// What the appearance and the parameters of a question say, read in one place for every family.
//
//   if (has_word(node.appearance, "multiline")) …      Control c = choice_control(node,
//   ControlKind::choice_one);
//
// Words are separated by white space and matched whatever their case; unknown ones mean nothing. Header only,
// pure.
#pragma once

#include <charconv>
#include <cmath>
#include <optional>

#include "forms/base/utf8.h"
#include "forms/definition/survey.h"

namespace questions {

inline std::string folded_appearance(const definition::Node& node) {
  return " " + base::lower(base::collapse(node.appearance)) + " ";
}

inline bool has_word(std::string_view appearance, std::string_view word) {
  size_t at = appearance.find(word);
  while (at != std::string_view::npos) {
    bool begins = at == 0 || appearance[at - 1] == ' ';
    bool ends = at + word.size() == appearance.size() || appearance[at + word.size()] == ' ';
    if (begins && ends) return true;
    at = appearance.find(word, at + 1);
  }
  return false;
}

// The number behind a word that begins so: "columns-3" → 3; none, or no number: empty.
inline std::optional<int> number_after(std::string_view appearance, std::string_view beginning) {
  for (size_t at = appearance.find(beginning); at != std::string_view::npos;
       at = appearance.find(beginning, at + 1)) {
    if (at > 0 && appearance[at - 1] != ' ') continue;
    int value = 0;
    const char* from = appearance.data() + at + beginning.size();
    const char* to = appearance.data() + appearance.size();
    auto [end, error] = std::from_chars(from, to, value);
    if (error == std::errc() && (end == to || *end == ' ')) return value;
  }
  return {};
}

inline double parameter(const definition::Node& node, const char* name, double fallback) {
  auto at = node.parameters.find(name);
  if (at == node.parameters.end()) return fallback;
  double value = fallback;
  std::from_chars(at->second.data(), at->second.data() + at->second.size(), value);
  return std::isfinite(value) ? value : fallback;
}

inline std::string parameter(const definition::Node& node, const char* name) {
  auto at = node.parameters.find(name);
  return at == node.parameters.end() ? std::string() : base::trim(at->second);
}

// What every kind may say: its width on a page of several.
inline definition::Control with_width(definition::Control control, const std::string& appearance) {
  if (auto w = number_after(appearance, "w"); w && *w >= 1 && *w <= 12) control.width = *w;
  return control;
}

// `decimals` of a degree, or as many as the form's column x_decimals says.
inline definition::Control place_control(const definition::Node& node, definition::PlaceShape shape,
                                         int decimals) {
  auto asked = node.extra.find("x_decimals");
  if (asked != node.extra.end()) {
    std::string text = base::trim(asked->second);
    std::from_chars(text.data(), text.data() + text.size(), decimals);
  }
  definition::Control c{.kind = definition::ControlKind::place};
  c.shape = shape;
  std::string words = folded_appearance(node);
  c.charted = has_word(words, "maps") || has_word(words, "placement-map");
  c.decimals = decimals < 0 ? 0 : decimals > 8 ? 8 : decimals;
  return with_width(c, words);
}

inline definition::Control media_control(const definition::Node& node, definition::MediaKind kind) {
  using definition::Drawing;
  std::string words = folded_appearance(node);
  definition::Control c{.kind = definition::ControlKind::media};
  c.media = kind;
  if (has_word(words, "draw")) c.drawing = Drawing::draw;
  if (has_word(words, "signature")) c.drawing = Drawing::signature;
  if (has_word(words, "annotate")) c.drawing = Drawing::annotate;
  double most = parameter(node, "max-pixels", 0);
  c.most_pixels = most >= 1 && most <= 20000 ? static_cast<int>(most) : 0;
  std::string quality = parameter(node, "quality");
  c.voice_only = quality.empty() || quality == "voice-only" || quality == "low";
  return with_width(c, words);
}

inline definition::Calendar calendar_of(const std::string& words) {
  using definition::Calendar;
  constexpr std::pair<std::string_view, Calendar> all[] = {
      {"ethiopian", Calendar::ethiopian}, {"coptic", Calendar::coptic},
      {"islamic", Calendar::islamic},     {"bikram-sambat", Calendar::bikram_sambat},
      {"buddhist", Calendar::buddhist},   {"myanmar", Calendar::myanmar},
      {"persian", Calendar::persian}};
  for (const auto& [word, calendar] : all)
    if (has_word(words, word)) return calendar;
  return Calendar::gregorian;
}

inline definition::Control choice_control(const definition::Node& node, definition::ControlKind kind,
                                          bool long_list = false) {
  using definition::ChoiceLook;
  std::string words = folded_appearance(node);
  definition::Control c;
  c.kind = kind;
  bool search = words.find(" search(") != std::string::npos || has_word(words, "search") ||
                has_word(words, "autocomplete");
  c.searchable = search || long_list;
  if (has_word(words, "minimal") || has_word(words, "spinner")) c.look = ChoiceLook::minimal;
  if (search) c.look = ChoiceLook::search;
  for (const char* word : {"columns", "quickcompact", "compact", "horizontal"})
    if (has_word(words, word)) c.look = ChoiceLook::columns;
  for (const char* word : {"columns-", "quickcompact-", "compact-"})
    if (auto n = number_after(words, word); n && *n >= 1) {
      c.look = ChoiceLook::columns;
      c.columns = *n > 10 ? 10 : *n;
    }
  if (has_word(words, "columns-pack") || has_word(words, "horizontal-compact")) c.look = ChoiceLook::pack;
  if (has_word(words, "likert")) c.look = ChoiceLook::likert;
  if (has_word(words, "label")) c.look = ChoiceLook::heading;
  if (has_word(words, "list-nolabel") || has_word(words, "list")) c.look = ChoiceLook::cells;
  if (has_word(words, "image-map")) c.look = ChoiceLook::image_map;
  if (has_word(words, "map")) c.look = ChoiceLook::map;
  c.marks = !has_word(words, "no-buttons");
  c.advances = has_word(words, "quick") || words.find(" quickcompact") != std::string::npos;
  return with_width(c, words);
}

}  // namespace questions
