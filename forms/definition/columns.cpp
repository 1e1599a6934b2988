#include "forms/definition/columns.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include "forms/base/utf8.h"

namespace definition {
namespace {

struct Alias {
  std::string_view written, name;
};

constexpr Alias survey_aliases[] = {{"type", "type"},
                                    {"command", "type"},
                                    {"name", "name"},
                                    {"tag", "name"},
                                    {"value", "name"},
                                    {"label", "label"},
                                    {"caption", "label"},
                                    {"hint", "hint"},
                                    {"guidance_hint", "guidance_hint"},
                                    {"guidance", "guidance_hint"},
                                    {"required", "required"},
                                    {"required_message", "required_message"},
                                    {"requiredmsg", "required_message"},
                                    {"constraint", "constraint"},
                                    {"constraint_message", "constraint_message"},
                                    {"constraining_message", "constraint_message"},
                                    {"relevant", "relevant"},
                                    {"relevance", "relevant"},
                                    {"read_only", "read_only"},
                                    {"readonly", "read_only"},
                                    {"calculation", "calculation"},
                                    {"calculate", "calculation"},
                                    {"trigger", "trigger"},
                                    {"default", "default"},
                                    {"appearance", "appearance"},
                                    {"parameters", "parameters"},
                                    {"choice_filter", "choice_filter"},
                                    {"repeat_count", "repeat_count"},
                                    {"count", "repeat_count"},
                                    {"jr:count", "repeat_count"},
                                    {"image", "image"},
                                    {"media", "image"},
                                    {"big-image", "big-image"},
                                    {"audio", "audio"},
                                    {"video", "video"},
                                    {"media::image", "image"},
                                    {"media::big-image", "big-image"},
                                    {"media::audio", "audio"},
                                    {"media::video", "video"},
                                    {"autoplay", "autoplay"},
                                    {"rows", "rows"},
                                    {"save_to", "save_to"},
                                    {"no_app_error_string", "no_app_error_string"},
                                    {"noapperrorstring", "no_app_error_string"},
                                    {"compact_tag", "compact_tag"},
                                    {"note", "comment"},
                                    {"notes", "comment"},
                                    {"comments", "comment"},
                                    {"comment", "comment"},
                                    {"disabled", "disabled"},
                                    {"hxl", "hxl"},
                                    {"kuid", "kuid"},
                                    {"$kuid", "kuid"},
                                    {"$xpath", "kuid"},
                                    {"$autoname", "kuid"},
                                    {"$given_name", "kuid"},
                                    {"tag::hxl", "hxl"},
                                    {"intent", "intent"}};
constexpr Alias choices_aliases[] = {{"list_name", "list_name"},
                                     {"name", "name"},
                                     {"value", "name"},
                                     {"label", "label"},
                                     {"caption", "label"},
                                     {"image", "image"},
                                     {"audio", "audio"},
                                     {"video", "video"},
                                     {"big-image", "big-image"},
                                     {"media::image", "image"},
                                     {"media::audio", "audio"},
                                     {"media::video", "video"},
                                     {"media::big-image", "big-image"}};
constexpr Alias entities_aliases[] = {
    {"list_name", "list_name"}, {"dataset", "list_name"},   {"label", "label"},  {"entity_id", "entity_id"},
    {"create_if", "create_if"}, {"update_if", "update_if"}, {"repeat", "repeat"}};
constexpr Alias settings_aliases[] = {{"form_title", "form_title"},
                                      {"set_form_title", "form_title"},
                                      {"title", "form_title"},
                                      {"form_id", "form_id"},
                                      {"set_form_id", "form_id"},
                                      {"id_string", "form_id"},
                                      {"version", "version"},
                                      {"default_language", "default_language"},
                                      {"instance_name", "instance_name"},
                                      {"style", "style"},
                                      {"name", "name"},
                                      {"allow_choice_duplicates", "allow_choice_duplicates"},
                                      {"public_key", "public_key"},
                                      {"submission_url", "submission_url"},
                                      {"auto_send", "auto_send"},
                                      {"auto_delete", "auto_delete"},
                                      {"client_editable", "client_editable"},
                                      {"namespaces", "namespaces"},
                                      {"instance_xmlns", "instance_xmlns"},
                                      {"instance_id", "instance_id"},
                                      {"omit_instanceid", "omit_instanceID"},
                                      {"prefix", "prefix"},
                                      {"delimiter", "delimiter"},
                                      {"clean_text_values", "clean_text_values"},
                                      {"sms_keyword", "sms_keyword"},
                                      {"sms_separator", "sms_separator"}};
constexpr std::string_view translatable[] = {
    "label",     "hint",  "guidance_hint", "constraint_message", "required_message", "image",
    "big-image", "audio", "video",         "no_app_error_string"};
// What a bind and a control call our columns.
constexpr Alias bind_names[] = {{"relevant", "relevant"},
                                {"required", "required"},
                                {"readonly", "read_only"},
                                {"constraint", "constraint"},
                                {"calculate", "calculation"},
                                {"jr:constraintmsg", "constraint_message"},
                                {"jr:requiredmsg", "required_message"},
                                {"jr:noapperrorstring", "no_app_error_string"},
                                {"entities:saveto", "save_to"}};
constexpr Alias control_names[] = {{"appearance", "appearance"},
                                   {"jr:count", "repeat_count"},
                                   {"rows", "rows"},
                                   {"autoplay", "autoplay"},
                                   {"intent", "intent"}};

std::span<const Alias> aliases_of(std::string_view kind) {
  if (kind == "survey") return survey_aliases;
  if (kind == "settings") return settings_aliases;
  if (kind == "entities") return entities_aliases;
  return choices_aliases;
}

std::string folded(std::string_view text) {
  std::string out = base::lower(base::collapse(text));
  std::replace(out.begin(), out.end(), ' ', '_');
  return out;
}

std::string_view canonical(std::string_view folded_name, std::string_view kind) {
  for (const Alias& alias : aliases_of(kind))
    if (alias.written == folded_name) return alias.name;
  return {};
}

bool is_translatable(std::string_view name) {
  return std::find(std::begin(translatable), std::end(translatable), name) != std::end(translatable);
}

std::string_view alias_in(std::span<const Alias> aliases, std::string_view folded_name) {
  for (const Alias& alias : aliases)
    if (alias.written == folded_name) return alias.name;
  return {};
}

// "label::Français (fr)" in its parts; a single colon parts too, but not after the prefix jr.
std::vector<std::string> parts_of(std::string_view header) {
  std::string_view separator = header.find("::") != std::string_view::npos ? "::" : ":";
  std::vector<std::string> out;
  size_t from = 0;
  for (size_t at = header.find(separator);; at = header.find(separator, at + separator.size())) {
    std::string part = base::trim(header.substr(from, at == std::string_view::npos ? at : at - from));
    if (at != std::string_view::npos && separator == ":" && base::lower(part) == "jr") continue;
    out.push_back(std::move(part));
    if (at == std::string_view::npos) return out;
    from = at + separator.size();
  }
}

Column parse(const std::string& header, std::string_view kind) {
  Column column{header, base::trim(header), "", false};
  if (std::string_view name = canonical(folded(header), kind); !name.empty())
    return {header, std::string(name), "", true};
  std::vector<std::string> parts = parts_of(header);
  if (parts.size() < 2) return column;
  std::string first = folded(parts[0]);
  std::string second = folded(parts[1]);
  std::string third = parts.size() > 2 ? parts[2] : std::string();
  auto known = [&](std::string_view name, std::string language) -> Column {
    return {header, std::string(name), std::move(language), true};
  };
  if (first == "media") {
    std::string_view name = canonical("media::" + second, kind);
    return name.empty() ? column : known(name, third);
  }
  if (first == "bind" && kind == "survey") {
    std::string_view name = alias_in(bind_names, second);
    return name.empty() ? Column{header, "bind::" + parts[1], "", false} : known(name, third);
  }
  if ((first == "control" || first == "body") && kind == "survey") {
    std::string_view name = alias_in(control_names, second);
    return name.empty() ? Column{header, "body::" + parts[1], "", false} : known(name, "");
  }
  if (first == "instance" && kind == "survey")
    return second == "odk:tag" ? known("compact_tag", "")
                               : Column{header, "instance::" + parts[1], "", false};
  if (first == "attribute" && kind == "settings") return {header, "attribute::" + parts[1], "", false};
  // What follows the first separator is the language, colons and all.
  std::string_view name = canonical(first, kind);
  if (name.empty() || !is_translatable(name)) return column;
  size_t at = header.find(header.find("::") != std::string::npos ? "::" : ":");
  return known(name,
               base::trim(std::string_view(header).substr(at + (header.compare(at, 2, "::") == 0 ? 2 : 1))));
}

}  // namespace

Columns::Columns(const Sheet& sheet, std::string_view sheet_kind, std::vector<Diagnostic>& diagnostics)
    : sheet_(sheet.name) {
  if (sheet.rows.empty()) return;
  std::set<std::pair<std::string, std::string>> seen;
  std::vector<std::string> names;
  for (const Alias& alias : aliases_of(sheet_kind)) names.emplace_back(alias.name);
  for (size_t i = 0; i < sheet.rows[0].size(); ++i) {
    Column column = parse(sheet.rows[0][i], sheet_kind);
    Place place{sheet_, 1, column.header, static_cast<int>(i) + 1};
    if (!column.name.empty() && column.name != "comment" &&
        !seen.emplace(column.name, column.language).second) {
      if (sheet_kind == "settings" && column.known) {
        give_way(column, diagnostics, place);
      } else {
        diagnostics.push_back(
            {Severity::error, place, "duplicate_column", "this column stands twice; keep one of them"});
      }
    }
    bool ours = column.name.rfind("x_", 0) == 0 || column.name.find(':') != std::string::npos;
    if (!column.known && !column.name.empty() && !ours && sheet_kind == "survey") {
      std::string near = base::nearest(folded(column.name), names);
      if (!near.empty())
        diagnostics.push_back({Severity::warning, place, "unknown_column",
                               "this column is kept but not used; did you mean \"" + near + "\"?"});
    }
    columns_.push_back(std::move(column));
  }
  sort();
}

// A setting under its old name beside the new one, as servers write them: the new name counts.
void Columns::give_way(Column& column, std::vector<Diagnostic>& diagnostics, const Place& place) {
  Column& first = *std::find_if(columns_.begin(), columns_.end(), [&](const Column& c) {
    return c.name == column.name && c.language == column.language;
  });
  bool later_counts = folded(column.header) == column.name && folded(first.header) != column.name;
  Column& loser = later_counts ? first : column;
  const std::string& used = later_counts ? column.header : first.header;
  diagnostics.push_back({Severity::warning, place, "duplicate_column",
                         "this setting stands twice; the column \"" + used + "\" is used"});
  loser.name = "other " + folded(loser.header);
  loser.known = false;
}

void Columns::sort() {
  order_.resize(columns_.size());
  std::iota(order_.begin(), order_.end(), size_t{0});
  std::stable_sort(order_.begin(), order_.end(), [&](size_t x, size_t y) {
    return std::tie(columns_[x].name, columns_[x].language) <
           std::tie(columns_[y].name, columns_[y].language);
  });
}

int Columns::index(std::string_view name, std::string_view language) const {
  auto at =
      std::lower_bound(order_.begin(), order_.end(), std::pair(name, language), [&](size_t i, auto wanted) {
        return std::pair<std::string_view, std::string_view>(columns_[i].name, columns_[i].language) < wanted;
      });
  if (at == order_.end() || columns_[*at].name != name || columns_[*at].language != language) return -1;
  return static_cast<int>(*at);
}

std::string Columns::text(const std::vector<std::string>& row, std::string_view name,
                          std::string_view language) const {
  int at = index(name, language);
  if (at < 0 || static_cast<size_t>(at) >= row.size()) return {};
  return base::nfc(base::trim(row[static_cast<size_t>(at)]));
}

std::string Columns::text(const std::vector<std::string>& row, std::string_view name) const {
  return text(row, name, "");
}

std::string Columns::logic(const std::vector<std::string>& row, std::string_view name) const {
  return plain_logic(text(row, name));
}

Place Columns::place(int row, std::string_view name, std::string_view language) const {
  int at = index(name, language);
  for (size_t i = 0; at < 0 && i < columns_.size(); ++i)
    if (columns_[i].name == name) at = static_cast<int>(i);
  if (at < 0) return {sheet_, row, "", 0};
  return {sheet_, row, columns_[static_cast<size_t>(at)].header, at + 1};
}

std::vector<std::string> Columns::languages() const {
  std::vector<std::string> out;
  for (const Column& column : columns_)
    if (!column.language.empty() && std::find(out.begin(), out.end(), column.language) == out.end())
      out.push_back(column.language);
  return out;
}

std::string plain_logic(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return base::trim(text);
  std::string out;
  for (uint32_t c : base::code_points(text)) {
    if (c == 0x2018 || c == 0x2019 || c == 0x201a || c == 0x201b)
      out += '\'';
    else if (c == 0x201c || c == 0x201d || c == 0x201e || c == 0x201f)
      out += '"';
    else if (c == 0xa0 || c == 0x202f)
      out += ' ';
    else
      base::append_utf8(out, c);
  }
  return base::trim(out);
}

}  // namespace definition
