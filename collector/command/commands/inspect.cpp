// rihla inspect FILE: explains any file of ours, without a key.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "collector/app/inspect.h"
#include "collector/command/profile_option.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

int run(const std::string& file, Terminal& terminal) {
  auto lines = app::inspect_file(file);
  if (!lines) return terminal.fail(lines.error());
  if (terminal.json) {
    Json json = Json::array();
    for (const auto& [name, value] : *lines) json.push_back({{"name", name}, {"value", value}});
    terminal.out << Json{{"file", file}, {"lines", json}}.dump() << "\n";
    return 0;
  }
  std::vector<std::vector<std::string>> rows = {{"what", "value"}};
  for (const auto& [name, value] : *lines) rows.push_back({name, value});
  terminal.table(rows);
  return 0;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto file = std::make_shared<std::string>();  // shared by the option and the action, both gone with the app
  app.add_option("file", *file, "a bundle, key file, form package, envelope, request or vault")->required();
  invocation.action = [file](Terminal& terminal) { return run(*file, terminal); };
}

}  // namespace

extern const Command inspect_command;
const Command inspect_command{
    .name = "inspect", .summary = "explain any file of ours, without a key", .declare = declare};

}  // namespace command
