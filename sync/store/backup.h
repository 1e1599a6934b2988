// Backup: safe copies of a database or of a whole profile's folder, checked before they count.
//
//   db.backup_to(path)                         // SQLite's backup API → path.part → reopened, checked → renamed
//   move_profile(old_folder, new_folder);      // copied, checked; then the old key is destroyed, then the rest
//   for (const std::string& line : *problems_of(path)) …
//
// A copy is made beside its final name and takes it only when it is whole and SQLite's integrity check has passed;
// a backup made before stays until then. A move leaves one living profile whenever it is interrupted: the one whose
// folder opens. Copies belong to their owner alone. STORE.md, "Backups". Errors: missing (the folder), full (no room),
// locked, corrupt, conflict (open elsewhere, or in the way).
#pragma once

#include <optional>

#include "forms/base/ids.h"
#include "sync/store/database.h"
#include "sync/store/files.h"

namespace store {

// Empty: nothing is wrong. Each line is a sentence for people.
Result<std::vector<std::string>> problems_of(const fs::path& database);
Status check_database(const fs::path& database);  // the same as an error with its reason
Status copy_whole(const fs::path& from,
                  const fs::path& to);  // through a temporary name; read again and compared
Status folder_is_there(const fs::path& folder);
Result<base::Hash> hash_of_file(const fs::path& path);  // as an attachment is named by it (ATTACHMENT.md)
// The rows of a closed database, read as another program would; its layout and its settings stay as they are.
Status each_row_of(const fs::path& database, const char* sql, const std::function<void(Row&)>& use);
Status move_profile(const fs::path& from, const fs::path& to);
// Where this profile was moved to, when it was: it must not be opened here.
std::optional<fs::path> moved_to(const fs::path& folder);

}  // namespace store
