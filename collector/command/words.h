// Words: a command's sub-commands, each a word with its own options and what it does. Keeps a command with many words
// readable: one function a word.
//
//   Words words(app, o);
//   words.add("backup", "a checked copy", [](CLI::App& sub, Options& o) { sub.add_option("to", o.file, "…"); }, back_up);
//   words.done(invocation);
#pragma once

#include <CLI/CLI.hpp>

#include <memory>

#include "collector/command/command.h"

namespace command {

template <class Options>
class Words {
 public:
  using Run = int (*)(Options& options, Terminal& terminal);
  Words(CLI::App& app, std::shared_ptr<Options> options) : app_(app), options_(std::move(options)) {}

  template <class Declare>
  void add(const char* name, const char* what, Declare declare, Run run) {
    CLI::App* sub = app_.add_subcommand(name, what);
    declare(*sub, *options_);
    words_.push_back({sub, run});
  }
  void add(const char* name, const char* what, Run run) {
    add(
        name, what, [](CLI::App&, Options&) {}, run);
  }
  // The word that was said; another action where none of these was.
  void done(Invocation& invocation, std::function<int(Terminal&)> otherwise = {}) {
    invocation.action = [words = words_, options = options_,
                         otherwise = std::move(otherwise)](Terminal& terminal) {
      for (const auto& [sub, run] : words)
        if (sub->parsed()) return run(*options, terminal);
      return otherwise ? otherwise(terminal) : 2;
    };
  }

 private:
  CLI::App& app_;
  std::shared_ptr<Options> options_;  // shared by the options and the actions, gone with the app
  std::vector<std::pair<CLI::App*, Run>> words_;
};

}  // namespace command
