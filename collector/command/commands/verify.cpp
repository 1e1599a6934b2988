// rihla verify: are the central file, or bundles, whole and genuine?
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "collector/app/verify.h"
#include "collector/command/profile_option.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::vector<std::string> bundles;
};

int run(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto result = app::verify(**profile, o.bundles);
  if (!result) return terminal.fail(result.error());
  if (terminal.json) {
    terminal.out << Json{{"checked", result->checked}, {"problems", result->problems}}.dump() << "\n";
  } else {
    for (const std::string& line : result->problems) terminal.out << line << "\n";
    terminal.out << result->checked << " signatures looked at, " << result->problems.size() << " problems\n";
  }
  return result->problems.empty() ? 0 : 1;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  o->who.declare(app);
  app.add_option("bundles", o->bundles, "bundles to check instead of the central file");
  invocation.action = [o](Terminal& terminal) { return run(*o, terminal); };
}

}  // namespace

extern const Command verify_command;
const Command verify_command{.name = "verify",
                             .summary = "check every signature of the central file, or of bundles",
                             .declare = declare};

}  // namespace command
