// The parameters column: which keys each type takes, and what their values may be.
// Source: https://docs.getodk.org/form-question-types/; pyxform 4.5, validators/pyxform.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"
#include "forms/definition/references.h"

namespace definition {
namespace {

using Keys = std::vector<std::string>;

Keys keys_of(const std::string& type) {
  if (type == "select_one" || type == "select_multiple" || type == "rank") return {"randomize", "seed"};
  if (type == "select_one_from_file" || type == "select_multiple_from_file")
    return {"randomize", "seed", "value", "label"};
  if (type == "range") return {"start", "end", "step", "tick_interval", "placeholder", "tick_labelset"};
  if (type == "text") return {"rows"};
  if (type == "image") return {"max-pixels", "app"};
  if (type == "audio" || type == "background-audio") return {"quality"};
  if (type == "geopoint")
    return {"allow-mock-accuracy", "capture-accuracy", "reference-geometry", "warning-accuracy"};
  if (type == "geotrace" || type == "geoshape")
    return {"allow-mock-accuracy", "incremental", "reference-geometry"};
  if (type == "audit")
    return {"location-priority", "location-min-interval", "location-max-age",
            "track-changes",     "identify-user",         "track-changes-reasons"};
  return {};
}

std::optional<double> number_of(const std::string& text) {
  double out = 0;
  const char* end = text.data() + text.size();
  auto [at, error] = std::from_chars(text.data() + (text.rfind('+', 0) == 0 ? 1 : 0), end, out);
  if (error != std::errc() || at != end || !std::isfinite(out)) return std::nullopt;
  return out;
}

bool is_whole(const std::string& text) {
  std::string digits = text.rfind('-', 0) == 0 ? text.substr(1) : text;
  return !digits.empty() &&
         std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Decimals that people write have few digits: a remainder this small is none.
bool is_multiple(double value, double of) {
  double times = value / of;
  return std::fabs(times - std::round(times)) < 1e-9 * std::max(1.0, std::fabs(times));
}

bool is_package(const std::string& name) {
  size_t parts = 0;
  for (size_t at = 0; at <= name.size(); ++parts) {
    size_t end = std::min(name.find('.', at), name.size());
    std::string part = name.substr(at, end - at);
    auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    bool good = !part.empty() && letter(part[0]) && std::all_of(part.begin(), part.end(), [&](char c) {
      return letter(c) || c == '_' || (c >= '0' && c <= '9');
    });
    if (!good) return false;
    at = end + 1;
  }
  return parts >= 2;
}

class Checks {
 public:
  Checks(Reading& reading, Node& node, Place place)
      : reading_(reading), node_(node), place_(std::move(place)) {}

  void unknown_keys(const Keys& keys) {
    for (const auto& [key, value] : node_.parameters) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      std::string all;
      for (const std::string& one : keys) all += (all.empty() ? "" : ", ") + one;
      std::string near = base::nearest(key, keys);
      refuse("unknown_parameter", "there is no parameter \"" + key + "\" for this type; it takes: " + all +
                                      (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
  }

  void one_of(const char* key, std::initializer_list<std::string_view> values) {
    auto at = node_.parameters.find(key);
    if (at == node_.parameters.end()) return;
    std::string low = base::lower(at->second);
    if (std::find(values.begin(), values.end(), low) != values.end()) {
      at->second = low;
      return;
    }
    std::string all;
    for (std::string_view one : values) all += (all.empty() ? "" : ", ") + std::string(one);
    refuse("bad_parameter", std::string(key) + " is \"" + at->second + "\"; it must be one of: " + all);
  }

  void number(const char* key) {
    if (has(key) && !number_of(value(key)))
      refuse("bad_parameter", std::string(key) + " is \"" + value(key) + "\"; it must be a number");
  }

  void whole(const char* key, bool may_be_negative = true) {
    if (has(key) && (!is_whole(value(key)) || (!may_be_negative && value(key)[0] == '-')))
      refuse("bad_parameter", std::string(key) + " is \"" + value(key) + "\"; it must be a whole number" +
                                  (may_be_negative ? "" : " of zero or more"));
  }

  void column_name(const char* key) {
    if (has(key) && !is_xml_name(value(key)))
      refuse("bad_name",
             std::string(key) + " is \"" + value(key) +
                 "\", which cannot be the name of a column: only letters, digits, _, - and . may stand in "
                 "it, and it begins with a letter or _");
  }

  void choices() {
    one_of("randomize", {"true", "false"});
    if (has("seed") && !has("randomize")) refuse("bad_parameter", "a seed needs randomize=true beside it");
    if (has("seed") && !is_reference(value("seed")) && !number_of(value("seed")))
      refuse("bad_parameter",
             "seed is \"" + value("seed") + "\"; it must be a number, or a question as ${name}");
    column_name("value");
    column_name("label");
  }

  void range();
  void audit();

  void image() {
    whole("max-pixels");
    bool used = node_.appearance.empty() || node_.appearance == "annotate";
    if (has("app") && used && !is_package(value("app")))
      refuse("bad_parameter",
             "app is \"" + value("app") +
                 "\"; it must be the package name of an Android app, such as org.example.camera");
  }

  void place(bool is_point) {
    one_of("allow-mock-accuracy", {"true", "false"});
    if (is_point) {
      number("capture-accuracy");
      number("warning-accuracy");
      return;
    }
    one_of("incremental", {"true", "yes", "true()"});
    if (auto at = node_.parameters.find("incremental"); at != node_.parameters.end()) at->second = "true";
  }

 private:
  bool has(const char* key) const { return node_.parameters.contains(key); }
  std::string value(const char* key) const {
    auto at = node_.parameters.find(key);
    return at == node_.parameters.end() ? std::string() : at->second;
  }
  void refuse(std::string code, std::string text) {
    reading_.say(Severity::error, place_, std::move(code), std::move(text));
  }
  double given(const char* key, double otherwise) const {
    return has(key) ? number_of(value(key)).value_or(otherwise) : otherwise;
  }
  void labels(double start, double end, double step);

  Reading& reading_;
  Node& node_;
  Place place_;
};

void Checks::range() {
  size_t before = reading_.diagnostics.size();
  for (const char* key : {"start", "end", "step", "tick_interval", "placeholder"}) number(key);
  bool drawn = has("tick_interval") || has("placeholder") || has("tick_labelset");
  std::string look = base::collapse(node_.appearance);
  if (drawn && !look.empty() && look != "vertical" && look != "no-ticks" && look != "vertical no-ticks" &&
      look != "no-ticks vertical")
    refuse("bad_parameter",
           "tick_interval, placeholder and tick_labelset go with no appearance, with vertical, with no-ticks "
           "or with "
           "both, not with \"" +
               node_.appearance + "\"");
  if (reading_.diagnostics.size() > before) return;
  double start = given("start", 1), end = given("end", 10), step = given("step", 1);
  double width = std::fabs(end - start);
  auto part = [&](const char* key, double size) {
    if (size == 0)
      refuse("bad_parameter", std::string(key) + " must not be 0");
    else if (size > width)
      refuse("bad_parameter", std::string(key) + " is larger than the range from start to end");
  };
  part("step", step);
  if (step == 0) return;
  if (has("tick_interval")) {
    double ticks = given("tick_interval", 0);
    part("tick_interval", ticks);
    if (ticks != 0 && !is_multiple(ticks, step))
      refuse("bad_parameter", "tick_interval must be a multiple of step");
  }
  if (has("placeholder")) {
    double at = given("placeholder", 0);
    if (!is_multiple(at - start, step))
      refuse("bad_parameter", "placeholder must be start and a multiple of step");
    else if (at < std::min(start, end) || at > std::max(start, end))
      refuse("bad_parameter", "placeholder must lie between start and end");
  }
  if (has("tick_labelset")) labels(start, end, step);
}

void Checks::labels(double start, double end, double step) {
  const ChoiceList* list = nullptr;
  for (const ChoiceList& one : reading_.survey.lists)
    if (one.name == value("tick_labelset") && !one.from_file) list = &one;
  if (!list)
    return refuse("bad_parameter", "tick_labelset is \"" + value("tick_labelset") +
                                       "\", and no such list stands in the choices sheet");
  bool bare = base::collapse(node_.appearance) == "no-ticks";
  std::vector<double> seen;
  for (uint32_t row = 0; row < list->size(); ++row) {
    std::string name(list->value(row));
    auto at = number_of(name);
    std::string of = "the choice \"" + name + "\" of tick_labelset ";
    if (!at) return refuse("bad_parameter", of + "is no number");
    if (*at < std::min(start, end) || *at > std::max(start, end))
      return refuse("bad_parameter", of + "lies outside of the range");
    double ticks = given("tick_interval", 0);
    if (ticks != 0 ? !is_multiple(*at - start, ticks) : !is_multiple(*at - start, step))
      return refuse("bad_parameter",
                    of + "must be start and a multiple of " + (ticks != 0 ? "tick_interval" : "step"));
    if (std::find(seen.begin(), seen.end(), *at) == seen.end()) seen.push_back(*at);
  }
  std::sort(seen.begin(), seen.end());
  if (bare && seen != std::vector<double>{std::min(start, end), std::max(start, end)})
    refuse("bad_parameter",
           "with no-ticks, tick_labelset names the start and the end of the range and nothing else");
}

void Checks::audit() {
  one_of("track-changes", {"true", "false"});
  one_of("identify-user", {"true", "false"});
  one_of("track-changes-reasons", {"on-form-edit"});
  one_of("location-priority", {"no-power", "low-power", "balanced", "high-accuracy"});
  whole("location-min-interval", false);
  whole("location-max-age", false);
  int places = has("location-priority") + has("location-min-interval") + has("location-max-age");
  if (places != 0 && places != 3)
    refuse("bad_parameter",
           "places in the audit need all of location-priority, location-min-interval and location-max-age");
  if (places == 3 && is_whole(value("location-max-age")) && is_whole(value("location-min-interval")) &&
      given("location-max-age", 0) < given("location-min-interval", 0))
    refuse("bad_parameter", "location-max-age must not be smaller than location-min-interval");
}

}  // namespace

std::map<std::string, std::string> parameters_of(Reading& reading, const std::string& cell,
                                                 const Place& place) {
  std::map<std::string, std::string> out;
  std::string spaced;
  for (char c : cell) spaced += c == ',' || c == ';' || c == '\n' || c == '\t' ? ' ' : c;
  // "rows = 3" and "rows=3" are the same.
  for (size_t at = spaced.find(" ="); at != std::string::npos; at = spaced.find(" =")) spaced.erase(at, 1);
  for (size_t at = spaced.find("= "); at != std::string::npos; at = spaced.find("= "))
    spaced.erase(at + 1, 1);
  for (size_t at = 0; at < spaced.size();) {
    size_t end = std::min(spaced.find(' ', at), spaced.size());
    std::string word = spaced.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0 || word.find('=', equals + 1) != std::string::npos)
      reading.say(
          Severity::error, place, "bad_parameters",
          "\"" + word + "\" is no parameter; write key=value, and a space between two: rows=3 key=value");
    else
      out[base::lower(word.substr(0, equals))] = word.substr(equals + 1);
  }
  return out;
}

void check_parameters(Reading& reading, Node& node, const Place& place) {
  std::string type(node.type->words.front());
  Keys keys = keys_of(type);
  if (keys.empty()) return;
  Checks checks(reading, node, place);
  checks.unknown_keys(keys);
  if (node.type->takes_list) checks.choices();
  if (type == "range") checks.range();
  if (type == "text") checks.whole("rows");
  if (type == "image") checks.image();
  if (type == "audio") checks.one_of("quality", {"voice-only", "low", "normal", "external"});
  if (type == "background-audio") checks.one_of("quality", {"voice-only", "low", "normal"});
  if (type == "geopoint") checks.place(true);
  if (type == "geotrace" || type == "geoshape") checks.place(false);
  if (type == "audit") checks.audit();
}

}  // namespace definition
