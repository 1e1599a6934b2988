// Passphrases come from a prompt, a file or an open descriptor, never from an argument.
//
//   PassphraseSource source;  source.declare(*sub);              // --passphrase-file, --passphrase-fd
//   Result<std::string> words = source.read(terminal, "Passphrase of amina: ");
//
// The prompt does not echo. A file's or descriptor's first line counts, without its end of line.
#pragma once

#include "collector/command/command.h"

namespace command {

class PassphraseSource {
 public:
  void declare(CLI::App& app);
  base::Result<std::string> read(Terminal& terminal, const std::string& prompt) const;

 private:
  std::string file_;
  int descriptor_ = -1;
};

}  // namespace command
