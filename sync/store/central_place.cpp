#include "sync/store/central_place.h"

#include "sync/store/backup.h"
#include "sync/store/central.h"

namespace store {

using base::Fault;

namespace {

constexpr const char* tails[] = {"", "-wal", "-shm"};  // the database first: without it the others mean nothing
const char* const path_setting = "central.path";
const char* const going_setting = "central.going";  // where a move writes
const char* const left_setting = "central.left";    // what a move has yet to destroy

fs::path with(const fs::path& path, const std::string& tail) {
  fs::path out = path;
  out += tail;
  return out;
}
bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

Status destroy_central(const fs::path& file) {
  for (const char* tail : tails)
    if (auto done = destroy(with(file, tail)); !done) return done;
  fs::path media = Central::media_folder(file);
  auto names = names_in(media);
  if (!names) return base::pass(names.error());
  for (const std::string& name : *names)
    if (auto done = destroy(media / name); !done) return done;
  return remove_folder(media);
}

// The n-th name under which what was there is kept.
fs::path aside_of(const fs::path& file, int n) {
  return with(file, n == 1 ? ".replaced" : ".replaced-" + std::to_string(n));
}
int first_free(const fs::path& file) {
  int n = 1;
  while (is_there(aside_of(file, n)) || is_there(with(aside_of(file, n), "-wal"))) ++n;
  return n;
}

Status rename_for_good(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (!error) return sync_folder(to.parent_path());
  bool full = error == std::errc::no_space_on_device;
  return base::fail(full ? Fault::full : Fault::locked, from.string(),
                    "It cannot be put aside: " + error.message() + ". Nothing was destroyed.");
}

// Each name is on disk before the next is changed. Where that was cut before, the log goes to the file it belongs to.
Status put_aside(const fs::path& file) {
  int n = first_free(file);
  if (!is_there(file) && n > 1 && !is_there(with(aside_of(file, n - 1), "-wal"))) --n;
  for (const char* tail : tails)
    if (is_there(with(file, tail)))
      if (auto done = rename_for_good(with(file, tail), with(aside_of(file, n), tail)); !done) return done;
  return {};
}

// Opened as the central file it will be, so that nothing of it waits in a log when it takes its place.
Status settle(const fs::path& part, const fs::path& backup, const fs::path& file, base::Instant at,
              const std::function<Status(Central&)>& prepare) {
  {
    auto central = Central::open(part);
    if (!central) return base::pass(central.error());
    auto done =
        (*central)->settle_attachments(Central::media_folder(file), Central::media_folder(backup));
    // Copies of its own that a withdrawal must tell of.
    if (done) done = (*central)->note_backup(backup.string(), at);
    if (done && is_there(file)) done = (*central)->note_backup(aside_of(file, first_free(file)).string(), at);
    if (done && prepare) done = prepare(**central);
    if (!done) return done;
  }
  if (state_of(with(part, "-wal")).size > 0)
    return base::fail(Fault::full, part.string(),
                      "The disk refused to write. Check it and the room on it, and try again.");
  return check_database(part);
}

Status remove_copy(const fs::path& part) {
  for (const char* tail : {"-wal", "-shm", "-journal", ".part", ""})
    if (auto done = destroy(with(part, tail)); !done) return done;
  return {};
}

}  // namespace

fs::path central_path(Vault& vault, const fs::path& folder) {
  std::string moved = vault.setting(path_setting);
  return moved.empty() ? folder / "central.db" : fs::path(moved);
}

Status carry_central(Vault& vault, Central& central, const fs::path& to, base::Instant at) try {
  std::string from = fs::absolute(central.path()).lexically_normal().string();
  if (is_there(to) && vault.setting(going_setting) != to.string())
    return base::fail(Fault::conflict, to.string(), "There is a file of this name already. Choose another.");
  if (auto done = clear_left(vault); !done) return done;
  if (auto done = vault.set_setting(going_setting, to.string()); !done) return done;
  if (auto done = central.backup_to(to, at); !done) {
    if (!is_there(to)) (void)vault.set_setting(going_setting, "");
    return done;
  }
  if (auto done = vault.set_setting(left_setting, from); !done) return done;
  if (auto done = vault.set_setting(path_setting, to.string()); !done) return done;
  return vault.set_setting(going_setting, "");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status clear_left(Vault& vault) try {
  std::string left = vault.setting(left_setting), now = vault.setting(path_setting);
  // A move sets both. Where the second does not read, nothing is destroyed: another time.
  if (left.empty() || now.empty()) return {};
  if (left != now)  // else the move was cut before it counted
    if (auto done = destroy_central(left); !done) return done;
  return vault.set_setting(left_setting, "");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status restore_central(const fs::path& backup, const fs::path& file, base::Instant at,
                       const std::function<Status(Central&)>& prepare) try {
  std::error_code error;
  if (fs::equivalent(backup, file, error))
    return base::fail(Fault::conflict, backup.string(), "This is the central file itself. Name a copy of it.");
  if (auto whole = check_database(backup); !whole) return whole;
  fs::path part = with(file, ".restoring");
  if (auto done = remove_copy(part); !done) return done;
  auto done = copy_whole(backup, part);
  if (done) done = settle(part, backup, file, at, prepare);
  if (done) done = put_aside(file);
  if (done) done = rename_for_good(part, file);
  if (!done) (void)remove_copy(part);
  return done;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
