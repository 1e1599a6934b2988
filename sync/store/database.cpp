#include "sync/store/database.h"

#include <sqlite3.h>

#include <cerrno>

#include "sync/store/files.h"

namespace store {

using base::Fault;

namespace {
constexpr int64_t newest_layout = 1;
}

Bytes Row::blob(int column) const {
  const auto* data = static_cast<const uint8_t*>(sqlite3_column_blob(statement_, column));
  int size = sqlite3_column_bytes(statement_, column);
  return data ? Bytes(data, data + size) : Bytes();
}
ByteView Row::view(int column) const {
  const auto* data = static_cast<const uint8_t*>(sqlite3_column_blob(statement_, column));
  return {data, data ? static_cast<size_t>(sqlite3_column_bytes(statement_, column)) : 0};
}
int64_t Row::number(int column) const {
  return sqlite3_column_int64(statement_, column);
}
std::string Row::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return data ? std::string(data, static_cast<size_t>(sqlite3_column_bytes(statement_, column)))
              : std::string();
}

base::Error Database::error(const char* doing) const {
  int code = sqlite3_extended_errcode(db_);
  std::string where = path_.filename().string();
  std::string why = sqlite3_errmsg(db_);
  const base::Error full{Fault::full, where,
                         "The disk is full. Make room and try again; what was saved before is safe."};
  // SQLite says that it cannot open or write; the system says why.
  int system = sqlite3_system_errno(db_);
  if ((system == ENOSPC || system == EDQUOT) && (code & 0xff) != SQLITE_OK) return full;
  if (code == SQLITE_IOERR_NOMEM) code = SQLITE_NOMEM;
  switch (code & 0xff) {
    case SQLITE_NOMEM:
      return base::no_memory().value();
    case SQLITE_FULL:
      return full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Fault::conflict, where, "Another program has this file open. Close it there and try again."};
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
      return {Fault::locked, where, "This file cannot be written. Check the folder's permissions."};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {Fault::corrupt, where, "This file is damaged or not one of ours. Restore it from a backup."};
    case SQLITE_IOERR:
      return {Fault::full, where,
              "The disk refused to read or write. Check it, then try again; what was saved before is safe."};
    default:
      return {Fault::invalid, where, std::string(doing) + ": " + why};
  }
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, const char* schema) {
  std::unique_ptr<Database> out(new Database);
  out->path_ = path;
  // Before SQLite makes them: for this user alone, and with a reason where that fails. A new file, or a
  // backup, is turned to WAL by way of a journal.
  std::error_code none;
  std::filesystem::path log = path;
  log += "-wal";
  out->had_log_ = std::filesystem::file_size(log, none) > 0 && !none;
  bool fresh = !std::filesystem::exists(path, none) || std::filesystem::file_size(path, none) == 0;
  auto start = fresh ? Result<Bytes>(Bytes()) : read_start(path, 19);
  fresh = fresh || (start && start->size() == 19 && start->back() == 1);  // a backup: it has a journal, not yet a log
  for (const char* suffix : {"", "-wal", "-journal"}) {
    std::filesystem::path file = path;
    file += suffix;
    if (!fresh && std::string_view(suffix) == "-journal") continue;
    if (auto done = make_private_file(file); !done) return base::pass(done.error());
  }
  int code = sqlite3_open_v2(path.c_str(), &out->db_,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
  if (code != SQLITE_OK) return base::pass(out->error("opening"));
  sqlite3_busy_timeout(out->db_, 200);
  sqlite3_extended_result_codes(out->db_, 1);
  // Exclusive: no second program writes beside us, and no shared-memory file is needed.
  if (sqlite3_exec(out->db_, "PRAGMA locking_mode=EXCLUSIVE", nullptr, nullptr, nullptr) != SQLITE_OK)
    return base::pass(out->error("opening"));
  auto layout = out->number("PRAGMA user_version");
  if (!layout) return base::pass(layout.error());
  if (*layout > newest_layout)
    return base::fail(Fault::unsupported, path.filename().string(),
                      "It was made by a newer version; update the program. The file is left untouched.");
  const char* pragmas[] = {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA temp_store=MEMORY",
                           "PRAGMA secure_delete=ON", "PRAGMA mmap_size=0",      "PRAGMA trusted_schema=OFF",
                           "PRAGMA foreign_keys=ON",  "PRAGMA user_version=1",
                           // 8 MB of pages in memory. The log is cut as SQLite would: a longer one, which never
                           // overwrites itself, made each durable answer half as dear again.
                           "PRAGMA cache_size=-8000"};
  for (const char* pragma : pragmas)
    if (sqlite3_exec(out->db_, pragma, nullptr, nullptr, nullptr) != SQLITE_OK)
      return base::pass(out->error(pragma));
  if (sqlite3_exec(out->db_, schema, nullptr, nullptr, nullptr) != SQLITE_OK)
    return base::pass(out->error("making tables"));
  struct Wanted {
    const char* sql;
    const char* value;
  };
  for (const Wanted& w : {Wanted{"PRAGMA journal_mode", "wal"}, Wanted{"PRAGMA synchronous", "2"},
                          Wanted{"PRAGMA secure_delete", "1"}, Wanted{"PRAGMA temp_store", "2"},
                          Wanted{"PRAGMA mmap_size", "0"}, Wanted{"PRAGMA trusted_schema", "0"},
                          Wanted{"PRAGMA locking_mode", "exclusive"}, Wanted{"PRAGMA foreign_keys", "1"}}) {
    std::string got;
    if (auto done = out->each(w.sql, {}, [&](Row& row) { got = row.text(0); }); !done)
      return base::pass(done.error());
    if (got != w.value)
      return base::fail(
          Fault::unsupported, path.filename().string(),
          std::string("SQLite refuses ") + w.sql + "=" + w.value +
              ", without which answers could be lost. Move the folder to an ordinary local disk.");
  }
  return out;
}

Database::~Database() {
  for (const auto& [sql, statement] : idle_) sqlite3_finalize(statement);
  sqlite3_close_v2(db_);
}

Result<sqlite3_stmt*> Database::prepare(const char* sql, const std::vector<Bind>& binds) {
  if (!inside_) rollback();  // else this would wait, uncommitted, in a transaction that nobody ends
  // A failure inside a transaction may have rolled it back already: what follows must not be committed alone.
  if (inside_ && sqlite3_get_autocommit(db_) != 0)
    return base::fail(
        Fault::full, path_.filename().string(),
        "What was being saved could not be saved whole. Try again; what was saved before is safe.");
  sqlite3_stmt* statement = nullptr;
  if (auto at = idle_.find(sql); at != idle_.end()) {
    statement = at->second;
    idle_.erase(at);  // a query inside a query of the same words gets one of its own
  } else if (sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    return base::pass(error(sql));
  }
  for (size_t i = 0; i < binds.size(); ++i) {
    int at = static_cast<int>(i) + 1;
    if (const auto* number = std::get_if<int64_t>(&binds[i]))
      sqlite3_bind_int64(statement, at, *number);
    else if (const auto* bytes = std::get_if<ByteView>(&binds[i]))
      sqlite3_bind_blob64(statement, at,
                          bytes->empty() ? reinterpret_cast<const uint8_t*>("") : bytes->data(),
                          bytes->size(), SQLITE_STATIC);
    else if (const auto* text = std::get_if<std::string>(&binds[i]))
      sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  return statement;
}

void Database::keep(const char* sql, sqlite3_stmt* statement) noexcept {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  bool kept = false;
  try {
    kept = idle_.try_emplace(sql, statement).second;
  } catch (const std::bad_alloc&) {  // it is prepared again another time
  }
  if (!kept) sqlite3_finalize(statement);
}

Status Database::each(const char* sql, const std::vector<Bind>& binds, const std::function<void(Row&)>& use) {
  auto statement = prepare(sql, binds);
  if (!statement) return base::pass(statement.error());
  struct Kept {  // whatever `use` does
    Database& db;
    const char* sql;
    sqlite3_stmt* statement;
    ~Kept() { db.keep(sql, statement); }
  } kept{*this, sql, *statement};
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(*statement)) == SQLITE_ROW) {
    Row row(*statement);
    use(row);
  }
  if (code != SQLITE_DONE) return base::pass(error(sql));
  return {};
}

Status Database::run(const char* sql, const std::vector<Bind>& binds) {
  return each(sql, binds, [](Row&) {});
}

Result<int64_t> Database::number(const char* sql, const std::vector<Bind>& binds) {
  int64_t out = 0;
  bool first = true;
  auto done = each(sql, binds, [&](Row& row) {
    if (std::exchange(first, false)) out = row.number(0);
  });
  if (!done) return base::pass(done.error());
  return out;
}

void Database::keep_log(int pages) {
  sqlite3_wal_autocheckpoint(db_, pages);
}

Status Database::checkpoint() {
  return run("PRAGMA wal_checkpoint(TRUNCATE)");
}

// A transaction that could not be rolled back when it ended (no memory, a broken disk) ends before the next begins.
void Database::rollback() noexcept {
  if (sqlite3_get_autocommit(db_) == 0) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
}

Transaction::Transaction(Database& db) : db_(db) {
  begun_ = db_.run("BEGIN IMMEDIATE");
  open_ = db_.inside_ = begun_.has_value();
}
Transaction::~Transaction() {
  db_.inside_ = false;
  if (open_) db_.rollback();
}
Status Transaction::commit() {
  if (!begun_) return begun_;
  Status done = db_.run("COMMIT");
  if (done) open_ = db_.inside_ = false;
  return done;
}

}  // namespace store
