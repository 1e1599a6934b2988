#include "collector/command/profile_option.h"

#include <CLI/CLI.hpp>

#include "collector/app/platform.h"

namespace command {

void ProfileOption::declare(CLI::App& app) {
  app.add_option("--workspace", workspace_,
                 "folder of this laptop's profiles (default: your own data folder)");
  app.add_option("--profile", label_, "whose profile; not needed where there is only one");
  passphrase_.declare(app);
}

std::filesystem::path ProfileOption::workspace() const {
  return workspace_.empty() ? app::default_workspace() : std::filesystem::path(workspace_);
}

app::World ProfileOption::world() {
  static base::SystemClock clock;    // stateless
  static seal::SystemRandom random;  // stateless
  return {&clock, &random, seal::cost_for(app::memory_bytes())};
}

base::Result<std::unique_ptr<app::Profile>> ProfileOption::open(Terminal& terminal) const {
  std::vector<std::string> names = app::Profile::names(workspace());
  std::string label = label_.empty() && names.size() == 1 ? names[0] : label_;
  if (label.empty()) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    return base::fail(
        base::Fault::missing, workspace().string(),
        names.empty() ? "There is no profile here. Make one with rihla project new, or rihla project request."
                      : "Say whose profile with --profile: " + all + ".");
  }
  int wait = store::Vault::wait_seconds(app::Profile::folder_of(workspace(), label), world().clock->now());
  if (wait > 0)
    return base::fail(base::Fault::locked, label,
                      "A wrong passphrase was tried; try again in " + std::to_string(wait) + " seconds.");
  auto words = passphrase_.read(terminal, "Passphrase of " + label + ": ");
  if (!words) return base::pass(words.error());
  auto profile = app::Profile::open(workspace(), label, *words, world());
  seal::wipe(*words);
  if (profile && !app::locks_memory())
    terminal.hint(
        "this system does not let programs keep memory out of the swap file, where keys may be left behind: encrypt "
        "the swap or do without, or raise the limit (ulimit -l)");
  return profile;
}

}  // namespace command
