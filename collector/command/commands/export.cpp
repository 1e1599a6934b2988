// rihla export: the dataset as tables.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "collector/app/export_verbs.h"
#include "collector/app/publishing.h"
#include "collector/command/profile_option.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::string format = "xlsx", folder, language, purpose;
};

int run(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  if (auto has = app::some_form_has(**profile, o.language); !has) return terminal.fail(has.error());
  auto written = app::export_tables(**profile, o.format, o.folder, o.language, o.purpose);
  if (!written) return terminal.fail(written.error());
  if (terminal.json) {
    terminal.out << Json{{"files", *written}, {"folder", o.folder}}.dump() << "\n";
  } else {
    for (const std::string& name : *written) terminal.out << o.folder << "/" << name << "\n";
  }
  return 0;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  o->who.declare(app);
  std::string help;
  for (const auto& [name, what] : app::export_formats())
    help += (help.empty() ? "" : "; ") + name + ": " + what;
  app.add_option("--format", o->format, help)->capture_default_str();
  app.add_option("--to", o->folder, "an existing folder")->required();
  app.add_option("--language", o->language, "of the labels: fr, ar …");
  app.add_option("--purpose", o->purpose,
                 "what it is for; noted in the tables and in the central file's log");
  invocation.action = [o](Terminal& terminal) { return run(*o, terminal); };
}

}  // namespace

extern const Command export_command;
const Command export_command{
    .name = "export", .summary = "write the dataset as CSV, XLSX or values", .declare = declare};

}  // namespace command
