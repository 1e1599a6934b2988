// rihla withdraw: what a respondent's card asks for, carried out at a centre.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

#include "collector/app/centre.h"
#include "collector/command/profile_option.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::string card_file;
};

// Never as a word of the command: it would stay in the shell's history.
std::string card_of(const Options& o, Terminal& terminal) {
  std::string line;
  if (!o.card_file.empty()) {
    std::ifstream in(o.card_file);
    std::getline(in, line);
    return line;
  }
  if (terminal.is_interactive) terminal.err << "The code on the card: " << std::flush;
  std::getline(terminal.in, line);
  return line;
}

int run(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto held = app::withdraw_by_card(**profile, card_of(o, terminal));
  if (!held) return terminal.fail(held.error());
  if (terminal.json)
    terminal.out << Json{{"withdrawn", true}, {"held", *held}}.dump() << "\n";
  else if (*held)
    terminal.out << "withdrawn: the answers of this interview are gone from this central file. Sync, so that "
                    "every other centre hears of it; backups made before today still hold them sealed\n";
  else
    terminal.out << "noted: no interview of this card is held here; if one comes, only its empty shell is "
                    "kept. Sync, so that every other centre hears of it\n";
  return 0;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  o->who.declare(app);
  app.add_option("--card-file", o->card_file, "read the card's code from the first line of this file");
  invocation.action = [o](Terminal& terminal) { return run(*o, terminal); };
}

}  // namespace

extern const Command withdraw_command;
const Command withdraw_command{
    .name = "withdraw", .summary = "carry out what a respondent's card asks for", .declare = declare};

}  // namespace command
