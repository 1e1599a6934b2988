#include "collector/app/preferences.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace app {
namespace {

using Json = nlohmann::json;

constexpr std::string_view themes[] = {"light", "dark", "contrast"};

Look look_from(const Json& json) {
  Look look;
  std::string theme = json.value("theme", look.theme);
  if (std::find(std::begin(themes), std::end(themes), theme) != std::end(themes)) look.theme = theme;
  look.text_size = std::clamp(json.value("text_size", 0), 0, 2);
  look.language = json.value("language", "");
  return look;
}

Json json_of(const Look& look) {
  return {{"theme", look.theme}, {"text_size", look.text_size}, {"language", look.language}};
}

Json parse(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_object() ? json : Json::object();
}

}  // namespace

Look read_look(const std::filesystem::path& workspace) {
  std::ifstream in(workspace / "look.json", std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return look_from(parse(text.str()));
}

void write_look(const std::filesystem::path& workspace, const Look& look) {
  std::error_code ignored;
  std::filesystem::create_directories(workspace, ignored);
  std::ofstream(workspace / "look.json", std::ios::binary) << json_of(look).dump() << "\n";
}

Preferences read_preferences(store::Vault& vault) {
  Json json = parse(vault.setting("preferences"));
  Preferences p;
  p.look = look_from(json);
  p.turning = static_cast<Turning>(std::clamp(json.value("turning", 0), 0, 2));
  p.advances = json.value("advances", false);
  p.tables = json.value("tables", false);
  p.lock_minutes = std::clamp(json.value("lock_minutes", p.lock_minutes), 0, 120);
  p.beside = json.value("beside", "");
  p.code = json.value("code", "");
  return p;
}

base::Status write_preferences(store::Vault& vault, const Preferences& p) {
  Json json = json_of(p.look);
  json["turning"] = static_cast<int>(p.turning);
  json["advances"] = p.advances;
  json["tables"] = p.tables;
  json["lock_minutes"] = p.lock_minutes;
  json["beside"] = p.beside;
  json["code"] = p.code;
  return vault.set_setting("preferences", json.dump());
}

}  // namespace app
