// Backup: safe copies of a database or of a whole profile's folder, checked before they count.
//
//   db.backup_to(path)                         // SQLite's backup API → path.part → reopened, checked → renamed
//   move_profile(old_folder, new_folder);      // copied, checked; then the old key is destroyed, then the rest
//   for (const std::string& line : *problems_of(path)) …
//
// A copy is made beside its final name and takes it only when it is whole and SQLite's integrity check has passed;
// a backup made before stays until then. A move leaves one living profile whenever it is interrupted: the one whose
// folder opens. STORE.md, "Backups". Errors: full (no room), locked, conflict (open elsewhere, or in the way).
#pragma once

#include <optional>

#include "sync/store/files.h"

namespace store {

// Empty: nothing is wrong. Each line is a sentence for people.
Result<std::vector<std::string>> problems_of(const fs::path& database);
Status copy_whole(const fs::path& from,
                  const fs::path& to);  // through a temporary name; read again and compared
Status move_profile(const fs::path& from, const fs::path& to);
// Where this profile was moved to, when it was: it must not be opened here.
std::optional<fs::path> moved_to(const fs::path& folder);

}  // namespace store
