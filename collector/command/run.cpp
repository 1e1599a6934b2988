#include <CLI/CLI.hpp>

#include "all_command.inc"
#include "collector/app/version.h"
#include "collector/command/command.h"

namespace command {
namespace {

constexpr std::string_view about =
    "Rihla: interviews in the field, sealed from the first keystroke, merged without loss.\n\n"
    "A first look:\n"
    "  rihla demo DIR                      a whole campaign, from interviews to tables\n"
    "  rihla form check form.xlsx          what is wrong with a form, with places\n"
    "  rihla fill form.xlsx                an interview here in the terminal\n"
    "  rihla inspect FILE                  explains any file of ours, without a key\n\n"
    "Exit codes: 0 done, 1 the answer is no, 2 wrong words, 10 invalid, 11 corrupt, 12 locked,\n"
    "13 unsupported, 14 missing, 15 conflict, 16 full, 17 offline, 18 cancelled.\n";

// --json may stand anywhere.
void add_json(CLI::App& app, bool& json) {
  app.add_flag("--json", json, "print one JSON object instead of text");
  for (CLI::App* sub : app.get_subcommands([](CLI::App*) { return true; })) add_json(*sub, json);
}

}  // namespace

int run(const std::vector<std::string>& words, Terminal& terminal) {
  CLI::App app{std::string(about), "rihla"};
  app.set_version_flag("--version", std::string(app::version));
  app.require_subcommand(1);
  std::vector<Invocation> invocations(std::size(all_command));
  std::vector<CLI::App*> subs;
  for (size_t i = 0; i < std::size(all_command); ++i) {
    CLI::App* sub =
        app.add_subcommand(std::string(all_command[i]->name), std::string(all_command[i]->summary));
    all_command[i]->declare(*sub, invocations[i]);
    subs.push_back(sub);
  }
  add_json(app, terminal.json);
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    int code = app.exit(error, terminal.out, terminal.err);
    return code == 0 ? 0 : 2;
  }
  for (size_t i = 0; i < subs.size(); ++i)
    if (subs[i]->parsed() && invocations[i].action) return invocations[i].action(terminal);
  terminal.err << "rihla: error: this command needs more words\nrihla: hint: add --help to see them\n";
  return 2;
}

}  // namespace command
