// Database: one SQLite file with the pragmas we rely on, asserted; rows in and out. Internal to sync/store.
//
//   auto db = Database::open(path, schema);
//   db->run("INSERT INTO t VALUES (?, ?)", {id, bytes});           // Status
//   db->each("SELECT a, b FROM t", {}, [&](Row& row) { row.blob(0); row.number(1); });
//   Transaction t(*db);  …  if (auto done = t.commit(); !done) …   // rolled back unless committed
//
// WAL, synchronous=FULL, temporary tables in memory, deleted bytes overwritten, no memory map. A file another
// program holds is Fault::conflict; a full disk Fault::full; both leave the file as it was. `sql` is a
// literal: each is prepared once and kept, by its address.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <unordered_map>
#include <variant>

#include "forms/base/bytes.h"
#include "forms/base/memory.h"

struct sqlite3;
struct sqlite3_stmt;

namespace store {

using base::Bytes;
using base::ByteView;
using base::Result;
using base::Status;

using Bind = std::variant<int64_t, ByteView, std::string>;

class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
  Bytes blob(int column) const;
  ByteView view(int column) const;  // SQLite's own bytes, while this row is the current one
  int64_t number(int column) const;
  std::string text(int column) const;

 private:
  sqlite3_stmt* statement_;
};

class Database {
 public:
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path, const char* schema);
  ~Database();
  Status run(const char* sql, const std::vector<Bind>& binds = {});
  Status each(const char* sql, const std::vector<Bind>& binds, const std::function<void(Row&)>& use);
  Result<int64_t> number(const char* sql,
                         const std::vector<Bind>& binds = {});  // first column of the first row; 0
  // A write-ahead log stood there when it was opened: what a program that was killed left.
  bool had_log() const { return had_log_; }
  // How long the write-ahead log grows before it is put into the file, in pages of 4 KiB; 1,000 at first.
  void keep_log(int pages);
  Status checkpoint();                                          // the write-ahead log into the file, and cut
  // Through SQLite's backup API; `prune`: what is taken out of the copy, `check`: what it must stand, before it takes
  // its name. backup.h.
  Status backup_to(const std::filesystem::path& path, const std::vector<const char*>& prune = {},
                   const std::function<Status(const std::filesystem::path&)>& check = {});
  const std::filesystem::path& path() const { return path_; }

 private:
  Database() = default;
  Result<sqlite3_stmt*> prepare(const char* sql, const std::vector<Bind>& binds);
  void keep(const char* sql, sqlite3_stmt* statement) noexcept;
  void rollback() noexcept;
  friend class Transaction;
  bool inside_ = false;  // a Transaction is open
  base::Error error(const char* doing) const;
  sqlite3* db_ = nullptr;
  std::unordered_map<const char*, sqlite3_stmt*> idle_;  // prepared and not running
  std::filesystem::path path_;
  bool had_log_ = false;
};

class Transaction {
 public:
  explicit Transaction(Database& db);
  ~Transaction();
  Status begun() const { return begun_; }
  Status commit();

 private:
  Database& db_;
  Status begun_;
  bool open_ = false;
};

}  // namespace store
