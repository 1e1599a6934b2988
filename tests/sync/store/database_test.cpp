// What STORE.md promises of every file SQLite keeps for us.
#include "sync/store/database.h"

#include <doctest/doctest.h>

#include "tests/support/folder.h"

using namespace store;

TEST_CASE("database: every setting the page names is in force in an open file") {
  support::Folder folder;
  auto db = Database::open(folder.path() / "a.db", "CREATE TABLE IF NOT EXISTS t(a)");
  REQUIRE(db);
  struct Setting {
    const char* sql;
    const char* value;
  };
  for (const Setting& s :
       {Setting{"PRAGMA journal_mode", "wal"}, Setting{"PRAGMA synchronous", "2"},
        Setting{"PRAGMA temp_store", "2"}, Setting{"PRAGMA secure_delete", "1"}, Setting{"PRAGMA mmap_size", "0"},
        Setting{"PRAGMA trusted_schema", "0"}, Setting{"PRAGMA locking_mode", "exclusive"},
        Setting{"PRAGMA foreign_keys", "1"}}) {
    std::string got;
    REQUIRE((*db)->each(s.sql, {}, [&](Row& row) { got = row.text(0); }));
    CHECK_MESSAGE(got == s.value, s.sql);
  }
}
