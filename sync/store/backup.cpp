#include "sync/store/backup.h"

#include <sqlite3.h>

#include <cerrno>
#include <vector>

#include "sync/seal/attachment.h"
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

// Why SQLite could not go on, in words about a copy.
base::Error why_not(sqlite3* db, const fs::path& path) {
  int code = db ? sqlite3_extended_errcode(db) : SQLITE_CANTOPEN;
  int system = db ? sqlite3_system_errno(db) : 0;
  if (code == SQLITE_IOERR_NOMEM || code == SQLITE_NOMEM) return base::no_memory().value();
  if ((code & 0xff) == SQLITE_FULL || system == ENOSPC || system == EDQUOT || system == EFBIG)
    return {Fault::full, path.string(), "There is no room for the copy. Make room, or choose another folder."};
  switch (code & 0xff) {
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {Fault::locked, path.string(),
              "The copy cannot be written there. Check the folder's permissions, or choose another folder."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Fault::conflict, path.string(), "Another program has this file open. Close it there and try again."};
    case SQLITE_CANTOPEN:  // the file itself was made before: its journal has no room, or the disk is broken
    case SQLITE_IOERR:
      return {Fault::full, path.string(),
              "The disk refused to read or write. Check it and the room on it, or choose another folder."};
    default:
      return {Fault::corrupt, path.string(),
              std::string("The copy could not be written and checked: ") + (db ? sqlite3_errmsg(db) : "") +
                  ". Check the disk, or choose another folder."};
  }
}

fs::path beside(const fs::path& path, const char* suffix) {
  fs::path out = path;
  out += suffix;
  return out;
}

}  // namespace

Status check_database(const fs::path& database) {
  std::error_code ignored;
  if (!fs::exists(database, ignored))
    return base::fail(Fault::missing, database.string(), "This file is not there.");
  Handle db = open_plain(database, SQLITE_OPEN_READWRITE);
  std::string wrong;
  auto collect = [](void* first, int, char** values, char**) {
    if (std::string line = values[0] ? values[0] : ""; line != "ok")
      if (auto& out = *static_cast<std::string*>(first); out.empty()) out = line;
    return 0;
  };
  if (!db || sqlite3_exec(db.get(), "PRAGMA integrity_check", collect, &wrong, nullptr) != SQLITE_OK)
    return tl::unexpected(why_not(db.get(), database));
  if (wrong.empty()) return {};
  // A page that could not be had, and for want of what.
  if (wrong.find("error code=7") != std::string::npos) return base::no_memory();
  return base::fail(Fault::corrupt, database.string(),
                    "The copy is not whole (" + wrong + "). Check the disk, or choose another folder.");
}

Status folder_is_there(const fs::path& folder) {
  std::error_code error;
  if (folder.empty() || fs::status(folder, error).type() != fs::file_type::not_found) return {};
  return base::fail(Fault::missing, folder.string(),
                    "This folder is not there. Make it, plug in its disk, or choose another.");
}

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

Status Database::backup_to(const fs::path& path, const std::vector<const char*>& prune,
                           const std::function<Status(const fs::path&)>& check) {
  fs::path part = beside(path, ".part");
  std::error_code ignored;
  auto remove_part = [&] {
    for (const char* suffix : {".part", ".part-journal", ".part-wal"})
      fs::remove(beside(path, suffix), ignored);
  };
  remove_part();
  if (auto done = folder_is_there(path.parent_path()); !done) return done;
  // Before SQLite makes it: for this user alone.
  if (auto done = make_private_file(part); !done) return done;
  auto done = [&]() -> Status {
    Handle target = open_plain(part, SQLITE_OPEN_READWRITE);
    bool good =
        target &&
        execute(target.get(), "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY") &&
        copy_pages(db_, target.get()) && execute(target.get(), "PRAGMA journal_mode=DELETE");
    for (const char* sql : prune) good = good && execute(target.get(), sql);
    if (!prune.empty()) good = good && execute(target.get(), "VACUUM");
    return good ? Status() : tl::unexpected(why_not(target.get(), path));
  }();
  // What counts is what another reader finds in the closed file.
  if (done) done = check_database(part);
  if (done && check) done = check(part);
  std::error_code renamed;
  if (done) fs::rename(part, path, renamed);
  if (done && !renamed) return sync_folder(path.parent_path());
  remove_part();
  if (!done) return done;
  bool full = renamed == std::errc::no_space_on_device;
  return base::fail(full ? Fault::full : Fault::locked, path.string(),
                    "The copy is whole and cannot take its name: " + renamed.message() + ".");
}

Status each_row_of(const fs::path& database, const char* sql, const std::function<void(Row&)>& use) {
  Handle db = open_plain(database, SQLITE_OPEN_READWRITE);
  sqlite3_stmt* raw = nullptr;
  if (!db || sqlite3_prepare_v2(db.get(), sql, -1, &raw, nullptr) != SQLITE_OK)
    return tl::unexpected(why_not(db.get(), database));
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, sqlite3_finalize);
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
    Row row(raw);
    use(row);
  }
  return code == SQLITE_DONE ? Status() : tl::unexpected(why_not(db.get(), database));
}

Result<base::Hash> hash_of_file(const fs::path& path) {
  seal::AttachmentHash hash;
  auto read = each_piece(path, [&](ByteView piece) {
    hash.add(piece);
    return Status();
  });
  if (!read) return base::pass(read.error());
  return hash.take();
}

Status copy_whole(const fs::path& from, const fs::path& to) try {
  fs::path part = beside(to, ".part");
  std::error_code ignored;
  fs::remove(part, ignored);
  auto out = GrowingFile::create(part);
  if (!out) return base::pass(out.error());
  seal::AttachmentHash copied;
  auto done = each_piece(from, [&](ByteView piece) {
    copied.add(piece);
    return (*out)->append(piece);
  });
  if (done) done = (*out)->close_as(to);
  if (!done) {
    fs::remove(part, ignored);
    return done;
  }
  auto there = hash_of_file(to);
  if (!there) return base::pass(there.error());
  if (*there == copied.take()) return {};
  return base::fail(Fault::corrupt, to.string(), "The copy is not what was copied. Check the disk and try again.");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
