// Verify: whether all of it is genuine: bundles, or what the central file holds.
//
//   auto v = verify(profile, {"0000000007-9c1f2a3b.svb"});     // none: the central file
//   for (const std::string& line : v->problems) …
//
// Looks at every signature: of the bundle, and of each interview, stub, statement, package, withdrawal and head in it;
// of the central file also the log, the chains and what is missing from them, and every attachment's bytes. Nothing is
// changed. Cost: linear in bytes.
#pragma once

#include "collector/app/profile.h"

namespace app {

struct Verified {
  int checked = 0;
  std::vector<std::string> problems;
  bool is_backup_on_one_disk = false;  // of the central file: no problem, and worth saying
};
base::Result<Verified> verify(Profile& profile, const std::vector<std::string>& bundles);

}  // namespace app
