#include "collector/command/passphrase.h"

#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>

namespace command {
namespace {

using base::Fault;

base::Result<std::string> first_line(int descriptor) {
  std::string line;
  char c = 0;
  while (::read(descriptor, &c, 1) == 1 && c != '\n' && line.size() < 1024) line.push_back(c);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty()) return base::fail(Fault::locked, "passphrase", "No passphrase was given.");
  return line;
}

}  // namespace

void PassphraseSource::declare(CLI::App& app) {
  app.add_option("--passphrase-file", file_, "read the passphrase from the first line of this file");
  app.add_option("--passphrase-fd", descriptor_, "read the passphrase from this open file descriptor");
}

base::Result<std::string> PassphraseSource::read(Terminal& terminal, const std::string& prompt) const {
  if (!file_.empty()) {
    std::ifstream in(file_);
    std::string line;
    if (!std::getline(in, line) || line.empty())
      return base::fail(Fault::missing, file_,
                        "This passphrase file cannot be read, or its first line is empty.");
    if (line.back() == '\r') line.pop_back();
    return line;
  }
  if (descriptor_ >= 0) return first_line(descriptor_);
  if (!terminal.is_interactive)
    return base::fail(Fault::locked, "passphrase",
                      "There is no terminal to ask on. Give --passphrase-file FILE or --passphrase-fd N.");
  terminal.err << prompt << std::flush;
  termios before{};
  bool hidden = tcgetattr(STDIN_FILENO, &before) == 0;
  termios quiet = before;
  quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  if (hidden) tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  auto line = first_line(STDIN_FILENO);
  if (hidden) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
  terminal.err << "\n";
  return line;
}

}  // namespace command
