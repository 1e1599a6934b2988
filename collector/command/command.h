// Command: one verb of `rihla`. One file in collector/command/commands/ is one command; CMake finds it.
//
//   extern const Command form_command;
//   const Command form_command{.name = "form", .summary = "check, convert and show forms", .declare =
//   declare};
//
// declare() adds options and sub-commands to the CLI11 app it is given and sets `invocation.action`, which
// runs after parsing and returns the exit code. Results go to standard output, everything else to standard
// error as "rihla: error: …" and "rihla: hint: …"; with --json one object (or one a line) goes to standard
// output, {"error": {"code", "where", "detail", "hint"}} where it fails.
//
// Exit codes: 0 done; 1 the answer is no (a form refused, a check that failed); 2 the words of the command
// are wrong; 10 invalid, 11 corrupt, 12 locked, 13 unsupported, 14 missing, 15 conflict, 16 full, 17 offline,
// 18 cancelled: the fault of an error.
#pragma once

#include <functional>
#include <istream>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "forms/base/error.h"

namespace CLI {
class App;
}

namespace command {

// Where a command reads and writes; tests give string streams.
struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool json = false;
  bool is_interactive = false;  // progress and prompts may be shown on `err`
  std::function<void()> forget = {};  // what was read so far is wiped from the input's buffer

  // Prints it, with a hint of its own or its fault's; returns its exit code.
  int fail(const base::Error& error, std::string_view hint = {});
  void hint(const std::string& text);
  void table(const std::vector<std::vector<std::string>>& rows);  // first row: headings; columns aligned
};

int exit_code(base::Fault fault);

struct Invocation {
  std::function<int(Terminal&)> action;
};

struct Command {
  std::string_view name, summary;
  void (*declare)(CLI::App& app, Invocation& invocation) = nullptr;
};

// Parses `words` (without the program's name), runs the command, returns its exit code.
int run(const std::vector<std::string>& words, Terminal& terminal);

}  // namespace command
