#include "sync/store/backup.h"

#include <sqlite3.h>

#include <algorithm>
#include <optional>

#include "sync/store/database.h"

namespace store {

using base::Fault;

namespace {

struct Closing {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using Handle = std::unique_ptr<sqlite3, Closing>;

Handle open_plain(const fs::path& path, int flags) {
  sqlite3* raw = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  Handle db(raw);
  return code == SQLITE_OK ? std::move(db) : Handle();
}

bool execute(sqlite3* db, const char* sql) {
  return sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

bool copy_pages(sqlite3* from, sqlite3* to) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  bool good = backup && sqlite3_backup_step(backup, -1) == SQLITE_DONE;
  return backup && sqlite3_backup_finish(backup) == SQLITE_OK && good;
}

fs::path beside(const fs::path& path, const char* suffix) {
  fs::path out = path;
  out += suffix;
  return out;
}

const char* const moved_name = "moved";

}  // namespace

Result<std::vector<std::string>> problems_of(const fs::path& database) {
  std::error_code ignored;
  if (!fs::exists(database, ignored))
    return base::fail(Fault::missing, database.string(), "This file is not there.");
  std::vector<std::string> out;
  Handle db = open_plain(database, SQLITE_OPEN_READWRITE);
  auto collect = [](void* lines, int, char** values, char**) {
    if (std::string line = values[0] ? values[0] : ""; line != "ok")
      static_cast<std::vector<std::string>*>(lines)->push_back(line);
    return 0;
  };
  if (!db || sqlite3_exec(db.get(), "PRAGMA integrity_check", collect, &out, nullptr) != SQLITE_OK)
    out.push_back(db ? sqlite3_errmsg(db.get()) : "it does not open");
  return out;
}

Status Database::backup_to(const fs::path& path, const std::vector<const char*>& prune) {
  fs::path part = beside(path, ".part");
  std::error_code ignored;
  auto remove_part = [&] {
    for (const char* suffix : {".part", ".part-journal", ".part-wal"})
      fs::remove(beside(path, suffix), ignored);
  };
  remove_part();
  bool good = false;
  if (Handle target = open_plain(part, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE); target) {
    good =
        execute(target.get(), "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY") &&
        copy_pages(db_, target.get()) && execute(target.get(), "PRAGMA journal_mode=DELETE");
    for (const char* sql : prune) good = good && execute(target.get(), sql);
    if (!prune.empty()) good = good && execute(target.get(), "VACUUM");
  }
  // What counts is what another reader finds in the closed file.
  auto wrong = problems_of(part);
  good = good && wrong && wrong->empty();
  std::error_code renamed;
  if (good) fs::rename(part, path, renamed);
  if (good && !renamed) return sync_folder(path.parent_path());
  remove_part();
  return base::fail(Fault::full, path.string(),
                    "The backup could not be written and checked. Make room, or choose another folder.");
}

Status copy_whole(const fs::path& from, const fs::path& to) {
  fs::path part = beside(to, ".part");
  std::error_code ignored;
  fs::remove(part, ignored);
  auto out = GrowingFile::create(part);
  if (!out) return base::pass(out.error());
  auto done = each_piece(from, [&](ByteView piece) { return (*out)->append(piece); });
  if (done) done = (*out)->close_as(to);
  if (!done) {
    fs::remove(part, ignored);
    return done;
  }
  uint64_t a = fs::file_size(from, ignored);
  uint64_t b = fs::file_size(to, ignored);
  if (a == b) return {};
  return base::fail(Fault::full, to.string(), "The copy is not whole. Make room and try again.");
}

std::optional<fs::path> moved_to(const fs::path& folder) {
  auto where = read_whole(folder / moved_name, 4096);
  if (!where) return std::nullopt;
  fs::path target{std::string(base::text_of(*where))};
  std::error_code ignored;
  // A move that did not come to its end left everything here.
  if (!fs::exists(target / "profile.key", ignored)) return std::nullopt;
  return target;
}

Status move_profile(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::path target = fs::absolute(to, error);
  if (fs::exists(target, error) && !fs::is_empty(target, error))
    return base::fail(Fault::conflict, target.string(), "This folder is not empty. Name a new one.");
  if (auto done = make_private_folder(target); !done) return done;
  if (auto done = write_atomically(from / moved_name, base::view_of(target.string())); !done) return done;
  Status done;
  std::vector<fs::path> keys;
  for (fs::recursive_directory_iterator at(from, error);
       !error && done && at != fs::recursive_directory_iterator(); at.increment(error)) {
    fs::path name = fs::relative(at->path(), from, error);
    if (at->is_directory(error)) {
      done = make_private_folder(target / name);
    } else if (name.extension() == ".db") {
      auto db = Database::open(at->path(), "");
      done = db ? (*db)->backup_to(target / name) : Status(base::pass(db.error()));
    } else if (name.string().rfind("profile.key", 0) == 0) {
      keys.push_back(name);
    } else if (name != moved_name && name.string().find(".db-") == std::string::npos) {
      done = copy_whole(at->path(), target / name);
    }
  }
  if (error && done)
    done = base::fail(Fault::locked, from.string(), "This folder cannot be read: " + error.message() + ".");
  // The key last: from the moment it is there, the profile lives there.
  std::sort(keys.begin(), keys.end(), std::greater<>());
  for (const fs::path& key : keys)
    if (done) done = copy_whole(from / key, target / key);
  if (!done) {
    fs::remove_all(target, error);
    fs::remove(from / moved_name, error);
    return done;
  }
  for (const fs::path& key : keys)
    if (auto gone = destroy(from / key); !gone) return gone;
  fs::remove_all(from, error);
  return {};
}

}  // namespace store
