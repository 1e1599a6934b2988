#include "sync/store/central.h"

#include "sync/seal/envelope.h"
#include "sync/store/central_state.h"

namespace store {

using base::Fault;

// Payloads lie apart, so that walking over the chains does not touch them.
const char* const central_schema =
    "CREATE TABLE IF NOT EXISTS envelope(n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, record BLOB NOT "
    "NULL, "
    "device BLOB NOT NULL, sequence INTEGER NOT NULL, previous BLOB NOT NULL, epoch BLOB NOT NULL, stub "
    "INTEGER NOT "
    "NULL, at INTEGER NOT NULL, opened INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX IF NOT EXISTS envelope_chain ON envelope(device, sequence);"
    "CREATE INDEX IF NOT EXISTS envelope_record ON envelope(record);"
    "CREATE INDEX IF NOT EXISTS envelope_closed ON envelope(record) WHERE opened=0 AND stub=0;"
    "CREATE TABLE IF NOT EXISTS payload(n INTEGER PRIMARY KEY, bytes BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS keyslot(n INTEGER PRIMARY KEY, vault_key BLOB NOT NULL, wrapped BLOB NOT "
    "NULL);"
    "CREATE TABLE IF NOT EXISTS vault_key(epoch BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS wants(n INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(n, hash)) WITHOUT "
    "ROWID;"
    "CREATE TABLE IF NOT EXISTS attachment(hash BLOB PRIMARY KEY, record BLOB NOT NULL, size INTEGER NOT "
    "NULL, at "
    "INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS head(id BLOB PRIMARY KEY, device BLOB NOT NULL, sequence INTEGER NOT NULL, "
    "closes "
    "BLOB NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS quarantine(id BLOB PRIMARY KEY, kind INTEGER NOT NULL, device BLOB NOT NULL, "
    "record "
    "BLOB NOT NULL, carrier BLOB NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS statement(id BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS package(id BLOB PRIMARY KEY, bytes BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS tombstone(id BLOB PRIMARY KEY, record BLOB NOT NULL, by_card INTEGER NOT "
    "NULL, "
    "signer BLOB NOT NULL, carrier BLOB NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS tombstone_record ON tombstone(record);"
    "CREATE TABLE IF NOT EXISTS shredded(record BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS bundle(n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER NOT "
    "NULL);"
    "CREATE TABLE IF NOT EXISTS carried(id BLOB NOT NULL, bundle INTEGER NOT NULL, PRIMARY KEY(id, bundle)) "
    "WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS log(n INTEGER PRIMARY KEY, bytes BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS copied(path TEXT NOT NULL, hash BLOB NOT NULL, size INTEGER NOT NULL, changed "
    "INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(path, hash)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS backup(path TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS note(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;";

Result<std::vector<Bytes>> Central::State::all(const char* sql) {
  std::vector<Bytes> out;
  auto done = db->each(sql, {}, [&](Row& row) { out.push_back(row.blob(0)); });
  if (!done) return base::pass(done.error());
  return out;
}

Result<bool> Central::State::has(const char* sql, const std::vector<Bind>& binds) {
  auto n = db->number(sql, binds);
  if (!n) return base::pass(n.error());
  return *n > 0;
}

Result<const record::Authority*> Central::State::authority(const base::ProjectId& project,
                                                           const seal::PublicSign& root) {
  if (judged && judged_for == std::pair(project, root)) return &*judged;
  std::vector<record::Statement> statements;
  auto done = db->each("SELECT id, bytes FROM statement ORDER BY id", {}, [&](Row& row) {
    auto id = *base::StatementId::from_bytes(row.view(0));
    auto at = said.find(id);
    if (at == said.end()) {
      auto s = record::decode_statement(row.view(1));
      if (!s || s->id != id) return;
      at = said.emplace(id, std::move(*s)).first;
    }
    statements.push_back(at->second);
  });
  if (!done) return base::pass(done.error());
  judged = record::Authority::from(project, root, statements);
  judged_for = {project, root};
  return &*judged;
}

Central::Central(std::unique_ptr<State> state) : state_(std::move(state)) {}
Central::~Central() = default;

const std::filesystem::path& Central::path() const {
  return state_->db->path();
}

Result<std::unique_ptr<Central>> Central::open(const std::filesystem::path& file) try {
  auto db = Database::open(file, central_schema);
  if (!db) return base::pass(db.error());
  // Whole bundles are written at once: they are put into the file when it is closed, or with the next big one.
  (*db)->keep_log(16'000);
  auto state = std::make_unique<State>();
  state->db = std::move(*db);
  return std::unique_ptr<Central>(new Central(std::move(state)));
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::add_statement(ByteView signed_statement) try {
  auto s = record::decode_statement(signed_statement);
  if (!s) return base::pass(s.error());
  state_->judged.reset();
  return state_->db->run("INSERT OR IGNORE INTO statement VALUES(?,?)",
                         {ByteView(s->id.bytes), signed_statement});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::add_package(const base::Hash& id, ByteView bytes) try {
  return state_->db->run("INSERT OR IGNORE INTO package VALUES(?,?)", {ByteView(id.bytes), bytes});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Bytes>> Central::statements() try {
  return state_->all("SELECT bytes FROM statement ORDER BY id");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
Result<std::vector<Bytes>> Central::packages() try {
  return state_->all("SELECT bytes FROM package ORDER BY id");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
Result<std::vector<Bytes>> Central::tombstones() try {
  return state_->all("SELECT bytes FROM tombstone ORDER BY id");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<Bytes> Central::package(const base::Hash& id) try {
  Bytes out;
  auto done = state_->db->each("SELECT bytes FROM package WHERE id=?", {ByteView(id.bytes)},
                               [&](Row& row) { out = row.blob(0); });
  if (!done) return base::pass(done.error());
  if (out.empty())
    return base::fail(Fault::missing, "form",
                      "This form's package has not arrived here yet. Sync to get it.");
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Asked>> Central::asked() try {
  std::vector<Asked> out;
  auto done =
      state_->db->each("SELECT record, by_card, signer, at FROM tombstone ORDER BY id", {}, [&](Row& row) {
        Asked one{{*RecordId::from_bytes(row.view(0)), row.number(1) != 0, {}}, {row.number(3)}};
        if (!one.withdrawal.by_card) one.withdrawal.signer = *base::DeviceId::from_bytes(row.view(2));
        out.push_back(one);
      });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<record::Withdrawal>> Central::withdrawals() try {
  auto all = asked();
  if (!all) return base::pass(all.error());
  std::vector<record::Withdrawal> out;
  for (const Asked& one : *all) out.push_back(one.withdrawal);
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Backup>> Central::backups() try {
  std::vector<Backup> out;
  auto done = state_->db->each(
      "SELECT path, at, (SELECT count(*) FROM shredded s WHERE s.at >= b.at) FROM backup b ORDER BY at DESC",
      {}, [&](Row& row) {
        out.push_back({row.text(0), {row.number(1)}, row.number(2)});
      });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::forget_backup(const std::string& path) try {
  if (auto done = state_->db->run("DELETE FROM copied WHERE path=?", {path}); !done) return done;
  return state_->db->run("DELETE FROM backup WHERE path=?", {path});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::begin_anew() try {
  Transaction t(*state_->db);
  Status done = t.begun();
  for (const char* sql : {"DELETE FROM log", "DELETE FROM backup", "DELETE FROM copied"})
    if (done) done = state_->db->run(sql);
  return done ? t.commit() : done;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::set_note(const std::string& name, ByteView value) try {
  return state_->db->run("INSERT INTO note VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value=excluded.value",
                         {name, value});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
Bytes Central::note(const std::string& name) try {
  Bytes out;
  (void)state_->db->each("SELECT value FROM note WHERE name=?", {name}, [&](Row& row) { out = row.blob(0); });
  return out;
} catch (const std::bad_alloc&) {
  return {};
}

}  // namespace store
