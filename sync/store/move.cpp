// A profile moved to another folder: copied and checked, the key last; then the old key destroyed, then the rest. A word
// in the old folder says where to, so that interrupted anywhere exactly one of the two opens.
#include "sync/seal/profile_key.h"
#include "sync/store/backup.h"
#include "sync/store/database.h"

namespace store {

using base::Fault;

namespace {

const char* const moved_name = "moved";
const char* const key_names[] = {"profile.key", "profile.key.old"};

bool is_key(std::string_view name) {
  return name == key_names[0] || name == key_names[1];
}
bool has_key(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / key_names[0], ignored);
}

// Everything but keys.
Status copy_all(const fs::path& from, const fs::path& to) {
  auto names = names_in(from);
  if (!names) return base::pass(names.error());
  if (auto done = make_private_folder(to); !done) return done;
  std::error_code ignored;
  for (const std::string& name : *names) {
    Status done;
    if (fs::is_directory(from / name, ignored)) {
      done = copy_all(from / name, to / name);
    } else if (fs::path(name).extension() == ".db") {
      auto db = Database::open(from / name, "");
      done = db ? (*db)->backup_to(to / name) : Status(base::pass(db.error()));
    } else if (!is_key(name) && name != moved_name && name.find(".db-") == std::string::npos) {
      done = copy_whole(from / name, to / name);
    }
    if (!done) return done;
  }
  return {};
}

// From the moment its key is there, the profile lives there. One file: the other generation is made again when it is
// opened.
Status copy_and_key(const fs::path& from, const fs::path& to) try {
  if (auto done = copy_all(from, to); !done) return done;
  for (const char* name : key_names)
    if (auto key = read_whole(from / name, seal::profile_key_size); key && seal::check_profile_key(*key))
      return write_atomically(to / key_names[0], *key);
  return base::fail(Fault::corrupt, (from / key_names[0]).string(),
                    "The profile's key is damaged. Restore a backup.");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

// What is left where the profile no longer lives: its keys first.
Status leave(const fs::path& from) {
  for (const char* key : key_names)
    if (auto gone = destroy(from / key); !gone) return gone;
  return remove_folder(from);
}

// A copy that is not whole: its key first, so that it never lives; the word that says where to at last.
Status take_back(const fs::path& from, const fs::path& to) try {
  if (auto gone = destroy(to / key_names[0]); !gone) return gone;
  if (auto gone = remove_folder(to); !gone) return gone;
  return destroy(from / moved_name);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace

std::optional<fs::path> moved_to(const fs::path& folder) {
  auto where = read_whole(folder / moved_name, 4096);
  if (!where) return std::nullopt;
  fs::path target{std::string(base::text_of(*where))};
  // A move that did not come to its end left everything here.
  if (!has_key(target)) return std::nullopt;
  return target;
}

Status move_profile(const fs::path& from, const fs::path& to) try {
  std::error_code error;
  fs::path target = fs::absolute(to, error);
  auto word = read_whole(from / moved_name, 4096);
  bool ours = word && base::text_of(*word) == target.string();  // of a move to there that was cut short
  if (ours && has_key(target)) return leave(from);              // at its end
  auto there = names_in(target);
  if (!there) return base::pass(there.error());
  if (!there->empty() && !ours)
    return base::fail(Fault::conflict, target.string(), "This folder is not empty. Name a new one.");
  if (ours)
    if (auto gone = take_back(from, target); !gone) return gone;
  if (auto done = make_private_folder(target); !done) return done;
  if (auto done = write_atomically(from / moved_name, base::view_of(target.string())); !done) return done;
  if (auto done = copy_and_key(from, target); !done) {
    (void)take_back(from, target);  // where that fails too, the word stays, and the next move begins with it
    return done;
  }
  return leave(from);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
