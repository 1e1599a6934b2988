// --workspace, --profile and the passphrase: what every command that opens a profile asks for.
//
//   ProfileOption who;  who.declare(*sub);   auto profile = who.open(terminal);
#pragma once

#include "collector/app/profile.h"
#include "collector/command/passphrase.h"

namespace command {

class ProfileOption {
 public:
  void declare(CLI::App& app);
  base::Result<std::unique_ptr<app::Profile>> open(Terminal& terminal) const;
  std::filesystem::path workspace() const;
  const std::string& label() const { return label_; }
  const PassphraseSource& passphrase() const { return passphrase_; }
  static app::World world();  // the system's clock and randomness, and an Argon2 cost for this machine

 private:
  std::string workspace_, label_;
  PassphraseSource passphrase_;
};

}  // namespace command
