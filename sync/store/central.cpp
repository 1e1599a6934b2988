#include "sync/store/central.h"

#include <map>

#include "sync/seal/package.h"
#include "sync/seal/withdrawal.h"
#include "sync/store/database.h"

namespace store {
namespace {

using base::Fault;
using record::Authority;
using record::Statement;

constexpr const char* schema =
    "CREATE TABLE IF NOT EXISTS envelope(id BLOB PRIMARY KEY, record BLOB NOT NULL, device BLOB NOT NULL, "
    "sequence INTEGER NOT NULL, stub INTEGER NOT NULL, bytes BLOB NOT NULL);"
    "CREATE INDEX IF NOT EXISTS envelope_chain ON envelope(device, sequence);"
    "CREATE INDEX IF NOT EXISTS envelope_record ON envelope(record);"
    "CREATE TABLE IF NOT EXISTS quarantine(id BLOB PRIMARY KEY, bytes BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS statement(id BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS package(id BLOB PRIMARY KEY, bytes BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS tombstone(id BLOB PRIMARY KEY, record BLOB NOT NULL, by_card INTEGER NOT "
    "NULL, bytes BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS imported(name TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS log(n INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS note(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;";

}  // namespace

struct Central::State {
  std::unique_ptr<Database> db;

  Result<std::vector<Bytes>> all(const char* sql) {
    std::vector<Bytes> out;
    auto done = db->each(sql, {}, [&](Row& row) { out.push_back(row.blob(0)); });
    if (!done) return base::pass(done.error());
    return out;
  }

  bool has(const char* sql, ByteView id) {
    auto n = db->number(sql, {id});
    return n && *n > 0;
  }

  // Keeps an envelope, or only its stub where its record was withdrawn by card.
  Status keep(const seal::Envelope& e, ByteView bytes) {
    bool withdrawn =
        has("SELECT count(*) FROM tombstone WHERE by_card=1 AND record=?", e.header.record.bytes);
    Bytes stub = withdrawn ? seal::stub_of(e) : Bytes();
    return db->run("INSERT OR IGNORE INTO envelope VALUES(?,?,?,?,?,?)",
                   {ByteView(e.id.bytes), ByteView(e.header.record.bytes), ByteView(e.header.device.bytes),
                    static_cast<int64_t>(e.header.sequence), static_cast<int64_t>(withdrawn),
                    withdrawn ? ByteView(stub) : bytes});
  }

  Status shred(const RecordId& record) {
    std::vector<Bytes> whole;
    auto done = db->each("SELECT bytes FROM envelope WHERE stub=0 AND record=?", {ByteView(record.bytes)},
                         [&](Row& row) { whole.push_back(row.blob(0)); });
    for (const Bytes& bytes : whole) {
      if (!done) return done;
      auto e = seal::parse_envelope(bytes);
      if (!e) continue;
      Bytes stub = seal::stub_of(*e);
      done =
          db->run("UPDATE envelope SET stub=1, bytes=? WHERE id=?", {ByteView(stub), ByteView(e->id.bytes)});
    }
    return done;
  }

  Result<Authority> authority(const base::ProjectId& project, const seal::PublicSign& root) {
    auto bytes = all("SELECT bytes FROM statement ORDER BY id");
    if (!bytes) return base::pass(bytes.error());
    std::vector<Statement> statements;
    for (const Bytes& one : *bytes)
      if (auto s = record::decode_statement(one); s) statements.push_back(std::move(*s));
    return Authority::from(project, root, statements);
  }
};

Central::Central(std::unique_ptr<State> state) : state_(std::move(state)) {}
Central::~Central() = default;

Result<std::unique_ptr<Central>> Central::open(const std::filesystem::path& file) {
  auto db = Database::open(file, schema);
  if (!db) return base::pass(db.error());
  auto state = std::make_unique<State>();
  state->db = std::move(*db);
  return std::unique_ptr<Central>(new Central(std::move(state)));
}

bool Central::imported(const std::string& name) {
  auto n = state_->db->number("SELECT count(*) FROM imported WHERE name=?", {name});
  return n && *n > 0;
}

Result<Imported> Central::import(const std::string& name, const std::vector<Item>& items,
                                 const base::ProjectId& project, const seal::PublicSign& root) {
  Database& db = *state_->db;
  Transaction t(db);
  if (auto begun = t.begun(); !begun) return base::pass(begun.error());
  Imported out;
  auto stop = [](const Status& done) { return base::pass(done.error()); };
  // Words of authority and withdrawals first: what follows is judged by them.
  for (const Item& item : items) {
    if (item.kind == ItemKind::statement) {
      auto s = record::decode_statement(item.bytes);
      if (!s) return base::pass(s.error());
      if (s->project != project)
        return base::fail(Fault::invalid, name, "This bundle belongs to another project.");
      bool known = state_->has("SELECT count(*) FROM statement WHERE id=?", s->id.bytes);
      ++(known ? out.known : out.statements);
      if (auto done = db.run("INSERT OR IGNORE INTO statement VALUES(?,?)",
                             {ByteView(s->id.bytes), ByteView(item.bytes)});
          !done)
        return stop(done);
    } else if (item.kind == ItemKind::tombstone) {
      auto tomb = seal::parse_tombstone(item.bytes);
      if (!tomb) return base::pass(tomb.error());
      bool known = state_->has("SELECT count(*) FROM tombstone WHERE id=?", tomb->id.bytes);
      ++(known ? out.known : out.tombstones);
      bool by_card = tomb->authority == seal::TombstoneAuthority::card;
      auto done = db.run("INSERT OR IGNORE INTO tombstone VALUES(?,?,?,?)",
                         {ByteView(tomb->id.bytes), ByteView(tomb->record.bytes),
                          static_cast<int64_t>(by_card), ByteView(item.bytes)});
      if (done && by_card) done = state_->shred(tomb->record);
      if (!done) return stop(done);
    } else if (item.kind == ItemKind::package) {
      auto id = seal::package_id(item.bytes);
      if (!id) return base::pass(id.error());
      bool known = state_->has("SELECT count(*) FROM package WHERE id=?", id->bytes);
      ++(known ? out.known : out.packages);
      if (auto done = db.run("INSERT OR IGNORE INTO package VALUES(?,?)",
                             {ByteView(id->bytes), ByteView(item.bytes)});
          !done)
        return stop(done);
    }
  }
  auto authority = state_->authority(project, root);
  if (!authority) return base::pass(authority.error());
  // What waited for its signer's enrolment may come in now.
  std::vector<Item> all = items;
  if (auto waiting = state_->all("SELECT bytes FROM quarantine"); waiting)
    for (Bytes& bytes : *waiting) all.push_back({ItemKind::revision, std::move(bytes)});
  for (const Item& item : all) {
    if (item.kind != ItemKind::revision) continue;
    auto e = seal::parse_envelope(item.bytes);
    if (!e) return base::pass(e.error());
    if (e->header.project != project)
      return base::fail(Fault::invalid, name, "This bundle belongs to another project.");
    if (state_->has("SELECT count(*) FROM envelope WHERE id=?", e->id.bytes)) {
      ++out.known;
      continue;
    }
    const record::Member* member = authority->member(e->header.device);
    if (!member) {
      if (!state_->has("SELECT count(*) FROM quarantine WHERE id=?", e->id.bytes)) ++out.quarantined;
      if (auto done = db.run("INSERT OR IGNORE INTO quarantine VALUES(?,?)",
                             {ByteView(e->id.bytes), ByteView(item.bytes)});
          !done)
        return stop(done);
      continue;
    }
    if (auto good = seal::verify_envelope(*e, member->sign); !good) return base::pass(good.error());
    ++out.revisions;
    auto done = state_->keep(*e, item.bytes);
    if (done) done = db.run("DELETE FROM quarantine WHERE id=?", {ByteView(e->id.bytes)});
    if (!done) return stop(done);
  }
  if (!name.empty())
    if (auto done = db.run("INSERT OR IGNORE INTO imported VALUES(?)", {name}); !done) return stop(done);
  if (auto done = t.commit(); !done) return stop(done);
  return out;
}

Result<std::vector<Bytes>> Central::envelopes() {
  return state_->all("SELECT bytes FROM envelope WHERE stub=0 ORDER BY device, sequence, id");
}
Result<std::vector<Bytes>> Central::statements() {
  return state_->all("SELECT bytes FROM statement ORDER BY id");
}
Result<std::vector<Bytes>> Central::packages() {
  return state_->all("SELECT bytes FROM package ORDER BY id");
}
Result<std::vector<Bytes>> Central::tombstones() {
  return state_->all("SELECT bytes FROM tombstone ORDER BY id");
}
Result<int64_t> Central::quarantined() {
  return state_->db->number("SELECT count(*) FROM quarantine");
}

Result<Bytes> Central::package(const base::Hash& id) {
  Bytes out;
  auto done = state_->db->each("SELECT bytes FROM package WHERE id=?", {ByteView(id.bytes)},
                               [&](Row& row) { out = row.blob(0); });
  if (!done) return base::pass(done.error());
  if (out.empty())
    return base::fail(Fault::missing, "form",
                      "This form's package has not arrived here yet. Sync to get it.");
  return out;
}

Result<std::map<base::DeviceId, std::pair<uint64_t, RevisionId>>> Central::frontiers() {
  std::map<base::DeviceId, std::pair<uint64_t, RevisionId>> out;
  auto done = state_->db->each("SELECT device, sequence, id FROM envelope ORDER BY device, sequence", {},
                               [&](Row& row) {
                                 auto& [sequence, id] = out[*base::DeviceId::from_bytes(row.blob(0))];
                                 if (static_cast<uint64_t>(row.number(1)) == sequence + 1) {
                                   ++sequence;
                                   id = *RevisionId::from_bytes(row.blob(2));
                                 }
                               });
  if (!done) return base::pass(done.error());
  return out;
}

Result<std::vector<Gap>> Central::gaps() {
  std::vector<Gap> out;
  std::map<base::DeviceId, uint64_t> last;
  auto done =
      state_->db->each("SELECT device, sequence FROM envelope ORDER BY device, sequence", {}, [&](Row& row) {
        auto device = *base::DeviceId::from_bytes(row.blob(0));
        auto sequence = static_cast<uint64_t>(row.number(1));
        uint64_t& before = last[device];
        if (sequence > before + 1) out.push_back({device, before + 1, sequence - 1});
        before = sequence;
      });
  if (!done) return base::pass(done.error());
  return out;
}

Status Central::add_statement(ByteView signed_statement) {
  auto s = record::decode_statement(signed_statement);
  if (!s) return base::pass(s.error());
  return state_->db->run("INSERT OR IGNORE INTO statement VALUES(?,?)",
                         {ByteView(s->id.bytes), signed_statement});
}
Status Central::add_package(const base::Hash& id, ByteView bytes) {
  return state_->db->run("INSERT OR IGNORE INTO package VALUES(?,?)", {ByteView(id.bytes), bytes});
}
Status Central::add_envelope(ByteView envelope) {
  auto e = seal::parse_envelope(envelope);
  if (!e) return base::pass(e.error());
  return state_->keep(*e, envelope);
}
Status Central::log(const std::string& what, base::Instant at) {
  return state_->db->run("INSERT INTO log(at, what) VALUES(?,?)", {at.ms, what});
}
Status Central::backup_to(const std::filesystem::path& file) {
  if (auto done = state_->db->checkpoint(); !done) return done;
  return state_->db->backup_to(file);
}
Status Central::set_note(const std::string& name, ByteView value) {
  return state_->db->run("INSERT INTO note VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value=excluded.value",
                         {name, value});
}
Bytes Central::note(const std::string& name) {
  Bytes out;
  (void)state_->db->each("SELECT value FROM note WHERE name=?", {name}, [&](Row& row) { out = row.blob(0); });
  return out;
}

}  // namespace store
