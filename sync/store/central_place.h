// Central place: where a coordinator's central file lies. The file is a database and, beside it, the folder of its
// attachments: both are copied, put in place and destroyed together.
//
//   carry_central(vault, *central, to, now);  …open central_path(vault, folder)…  clear_left(vault);
//   restore_central(backup, file, now, [&](Central& copy) { return copy.log("restored", …); });
//
// Interrupted anywhere: a move leaves the file in the old place or in the new one, and can be made again; a restoration
// leaves the file as it was, or aside, or in place, and never destroys what was there. What was there is kept as
// NAME.replaced, NAME.replaced-2, …: none takes another's name. Errors: conflict (in the way), missing, full, locked,
// corrupt. STORE.md, "Moving" and "Restoring".
#pragma once

#include <functional>

#include "sync/store/vault.h"

namespace store {

class Central;

// In the profile's folder, unless it was moved.
std::filesystem::path central_path(Vault& vault, const std::filesystem::path& folder);
// A checked copy, and from now on the vault names it.
Status carry_central(Vault& vault, Central& central, const std::filesystem::path& to, base::Instant at);
// What a move left in the old place is overwritten and removed, once the new file has opened. Nothing left: fine.
Status clear_left(Vault& vault);
// `file` must be closed. `prepare`: what is written into the copy before it takes its place.
Status restore_central(const std::filesystem::path& backup, const std::filesystem::path& file, base::Instant at,
                       const std::function<Status(Central&)>& prepare);

}  // namespace store
