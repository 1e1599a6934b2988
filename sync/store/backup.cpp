#include "sync/store/backup.h"

#include <sqlite3.h>

#include <vector>

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

}  // namespace

Result<std::vector<std::string>> problems_of(const fs::path& database) try {
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
} catch (const std::bad_alloc&) {
  return base::no_memory();
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

Status copy_whole(const fs::path& from, const fs::path& to) try {
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
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
