#include <CLI/CLI.hpp>

#include <algorithm>
#include <new>
#include <utility>

#include "all_command.inc"
#include "collector/app/version.h"
#include "collector/command/command.h"
#include "forms/base/memory.h"

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

// The word a person may have meant: the one with the fewest letters between, at most two.
std::string meant(const std::string& word, const std::vector<std::string>& names) {
  std::string best;
  size_t fewest = 3;
  for (const std::string& name : names) {
    std::vector<size_t> row(name.size() + 1);
    for (size_t j = 0; j <= name.size(); ++j) row[j] = j;
    for (size_t i = 1; i <= word.size(); ++i) {
      size_t corner = std::exchange(row[0], i);
      for (size_t j = 1; j <= name.size(); ++j) {
        size_t same = corner + (word[i - 1] == name[j - 1] ? 0 : 1);
        corner = row[j];
        row[j] = std::min({same, row[j] + 1, row[j - 1] + 1});
      }
    }
    if (row.back() < fewest) {
      fewest = row.back();
      best = name;
    }
  }
  return best;
}

// Down the commands that are known; the first word that is none is named, else what the parser says.
int wrong_words(const CLI::App& app, const std::vector<std::string>& words, const CLI::ParseError& error,
                Terminal& terminal) {
  const CLI::App* at = &app;
  std::string path = "rihla";
  for (const std::string& word : words) {
    std::vector<std::string> names;
    const CLI::App* next = nullptr;
    for (const CLI::App* sub : at->get_subcommands([](const CLI::App*) { return true; })) {
      names.push_back(sub->get_name());
      if (sub->get_name() == word) next = sub;
    }
    if (at == &app && word.rfind("-", 0) == 0) continue;  // --json takes nothing
    if (names.empty() || word.rfind("-", 0) == 0) break;
    if (!next) {
      std::string maybe = meant(word, names);
      terminal.err << "rihla: error: " << word << ": there is no such command\nrihla: hint: "
                   << (maybe.empty() ? "" : "did you mean " + maybe + "? ") << path
                   << " --help lists them all\n";
      return 2;
    }
    at = next;
    path += " " + word;
  }
  terminal.err << "rihla: error: " << error.what() << "\nrihla: hint: " << path
               << " --help shows the words it takes\n";
  return 2;
}

}  // namespace

int run(const std::vector<std::string>& words, Terminal& terminal) try {
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
    if (error.get_exit_code() == 0) return app.exit(error, terminal.out, terminal.err);
    return wrong_words(app, words, error, terminal);
  }
  for (size_t i = 0; i < subs.size(); ++i)
    if (subs[i]->parsed() && invocations[i].action) return invocations[i].action(terminal);
  terminal.err << "rihla: error: this command needs more words\nrihla: hint: add --help to see them\n";
  return 2;
} catch (const std::bad_alloc&) {
  return terminal.fail(base::no_memory().value());
}

}  // namespace command
