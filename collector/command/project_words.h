// The words of `rihla project` that change who may do what: appoint, revoke, periods, the kit, policies.
#pragma once

#include "collector/command/profile_option.h"

namespace command {

struct AuthorityOptions {
  ProfileOption who;
  std::string file, out, member, key, value, form;
  std::vector<std::string> sheets;
  uint64_t number = 0;
  long seconds = 0;
  bool restate = false, lost = false, yes = false;
};
// Declares them in `app`; the returned function runs the word that was said, or returns -1 when none of them was.
std::function<int(Terminal&)> declare_authority(CLI::App& app, std::shared_ptr<AuthorityOptions> options);

}  // namespace command
