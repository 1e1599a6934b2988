// Kit: a project's last resort on paper: three sheets, any two of which open it; one alone tells nothing
// (KIT.md).
//
//   Kit kit = Kit::from(project, random);   std::array<std::string, 3> sheets = kit.sheets(name, random);
//   Result<Kit> back = join_sheets({typed_one, typed_two});     // names the line that was typed wrong
//
// It holds the root seed (who may appoint coordinators; never changes) and the recovery seed (opens what is
// sealed; a new one with every generation of the kit, so that old sheets can be made worthless). Typing is
// forgiving: case, spaces, hyphens, O for 0, I and L for 1; other lines than the numbered ones are passed
// over.
#pragma once

#include "sync/seal/crypto.h"

namespace seal {

struct Kit {
  base::ProjectId project;
  uint16_t generation = 1;
  Key root_seed, recovery_seed;

  static Kit from(const base::ProjectId& project, base::Random& random);
  Kit next(base::Random& random) const;  // same root, new recovery seed, one generation later
  DeviceKeys root() const { return DeviceKeys::from(root_seed); }
  BoxKeys recovery() const { return BoxKeys::from_seed(recovery_seed); }
  // Ready to print; `name` is the project's, for people.
  std::array<std::string, 3> sheets(const std::string& name, base::Random& random) const;
};

// Errors: invalid (the line and what is wrong with it; two copies of one sheet), conflict (of two kits or
// generations), corrupt (both read well and do not fit together).
Result<Kit> join_sheets(const std::array<std::string, 2>& texts);

}  // namespace seal
