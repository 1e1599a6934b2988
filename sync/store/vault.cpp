#include "sync/store/vault.h"

#include <algorithm>

#include "sync/store/database.h"
#include "sync/store/vault_codec.h"

namespace store {
namespace {

using base::Fault;
namespace fs = std::filesystem;

constexpr const char* schema =
    "CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS statement(id BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS package(id BLOB PRIMARY KEY, bytes BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS draft(id BLOB PRIMARY KEY, key BLOB NOT NULL, info BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS entry(draft BLOB NOT NULL, n INTEGER NOT NULL, row BLOB NOT NULL, PRIMARY "
    "KEY(draft, n)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS envelope(id BLOB PRIMARY KEY, record BLOB NOT NULL, sequence INTEGER NOT "
    "NULL, state INTEGER NOT NULL, bytes BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS finished(record BLOB PRIMARY KEY, row BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS kept(record BLOB PRIMARY KEY, key BLOB NOT NULL, row BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS seen(name TEXT PRIMARY KEY) WITHOUT ROWID;";

Bytes bound(std::string_view table, ByteView id, uint64_t n = 0) {
  base::Writer out;
  out.text32(table);
  out.bytes(id);
  out.u64(n);
  return out.take();
}

fs::path key_file(const fs::path& folder) {
  return folder / "profile.key";
}
fs::path old_key_file(const fs::path& folder) {
  return folder / "profile.key.old";
}
fs::path tries_file(const fs::path& folder) {
  return folder / "tries";
}

// Wrong words in a row, and when the last were tried: u32, u64.
std::pair<uint32_t, int64_t> read_tries(const fs::path& folder) {
  auto bytes = read_whole(tries_file(folder));
  if (!bytes) return {0, 0};
  base::Reader in(*bytes);
  uint32_t count = in.u32();
  auto at = static_cast<int64_t>(in.u64());
  return in.ok() ? std::make_pair(count, at) : std::make_pair(0u, int64_t{0});
}

}  // namespace

struct Vault::State {
  std::unique_ptr<Database> db;
  seal::DeviceKeys keys;
  fs::path folder;

  Result<seal::Key> draft_key(const DraftId& id) {
    Bytes wrapped;
    if (auto done = db->each("SELECT key FROM draft WHERE id=?", {ByteView(id.bytes)},
                             [&](Row& row) { wrapped = row.blob(0); });
        !done)
      return base::pass(done.error());
    if (wrapped.empty())
      return base::fail(Fault::missing, "interview", "This interview is not open on this laptop any more.");
    auto key = seal::open_row(keys.rows, wrapped, bound("draft.key", id.bytes));
    if (!key) return base::pass(key.error());
    seal::Key out{ByteView(*key)};
    seal::wipe(std::span<uint8_t>(*key));
    return out;
  }

  Bytes meta(const std::string& name) {
    Bytes out;
    (void)db->each("SELECT value FROM meta WHERE name=?", {name}, [&](Row& row) { out = row.blob(0); });
    return out;
  }
  Status put_meta(const std::string& name, ByteView value) {
    return db->run("INSERT INTO meta VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value=excluded.value",
                   {name, value});
  }
  uint64_t counter(const std::string& name) {
    Bytes value = meta(name);
    return value.size() == 8 ? base::Reader(value).u64() : 0;
  }
  Status set_counter(const std::string& name, uint64_t value) {
    base::Writer out;
    out.u64(value);
    return put_meta(name, out.peek());
  }

  // Inside a transaction: the envelope, the head, the summary, and what stays readable for a while.
  Status insert_revision(ByteView envelope, const Finished& summary, ByteView kept) {
    auto parsed = seal::parse_envelope(envelope);
    if (!parsed) return base::pass(parsed.error());
    const seal::EnvelopeHeader& header = parsed->header;
    if (header.sequence != counter("head.sequence") + 1)
      return base::fail(Fault::conflict, "outbox", "This interview was sealed out of order; seal it again.");
    auto done = db->run("INSERT INTO envelope VALUES(?,?,?,0,?)",
                        {ByteView(parsed->id.bytes), ByteView(header.record.bytes),
                         static_cast<int64_t>(header.sequence), envelope});
    if (done) done = set_counter("head.sequence", header.sequence);
    if (done) done = put_meta("head.hash", parsed->id.bytes);
    Bytes row = seal::seal_row(keys.rows, encode_finished(summary), bound("finished", header.record.bytes));
    if (done)
      done = db->run("INSERT INTO finished VALUES(?,?) ON CONFLICT(record) DO UPDATE SET row=excluded.row",
                     {ByteView(header.record.bytes), ByteView(row)});
    if (done && !kept.empty()) {
      seal::Key key = seal::fresh_key();
      Bytes wrapped = seal::seal_row(keys.rows, key.view(), bound("kept.key", header.record.bytes));
      Bytes content = seal::seal_row(key, kept, bound("kept", header.record.bytes));
      done = db->run(
          "INSERT INTO kept VALUES(?,?,?) ON CONFLICT(record) DO UPDATE SET key=excluded.key, "
          "row=excluded.row",
          {ByteView(header.record.bytes), ByteView(wrapped), ByteView(content)});
    }
    return done;
  }

  Status remove_draft(const DraftId& id) {
    Bytes zeros(72, 0);  // overwritten before it goes
    auto done = db->run("UPDATE draft SET key=? WHERE id=?", {ByteView(zeros), ByteView(id.bytes)});
    if (done) done = db->run("DELETE FROM entry WHERE draft=?", {ByteView(id.bytes)});
    if (done) done = db->run("DELETE FROM draft WHERE id=?", {ByteView(id.bytes)});
    return done;
  }
};

Vault::Vault(std::unique_ptr<State> state) : state_(std::move(state)) {}
Vault::~Vault() = default;

bool Vault::is_vault(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(key_file(folder), ignored);
}

int Vault::wait_seconds(const fs::path& folder, base::Instant now) {
  auto [count, last] = read_tries(folder);
  if (count == 0) return 0;
  int64_t wait = std::min<int64_t>(60, int64_t{1} << std::min<uint32_t>(count - 1, 6)) * 1000;
  int64_t left = last + wait - now.ms;
  if (now.ms < last) left = wait;  // the clock went back: wait the whole time
  return left > 0 ? static_cast<int>((left + 999) / 1000) : 0;
}

Result<std::unique_ptr<Vault>> Vault::create(const fs::path& folder, std::string_view passphrase,
                                             seal::ArgonCost cost, base::Random& random) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return base::fail(Fault::locked, folder.string(), "This folder cannot be made: " + error.message() + ".");
  if (is_vault(folder))
    return base::fail(Fault::conflict, folder.filename().string(),
                      "There is already a profile of this name on this laptop. Choose another name.");
  auto made = seal::make_profile_key(passphrase, cost, random);
  if (!made) return base::pass(made.error());
  auto db = Database::open(folder / "vault.db", schema);
  if (!db) return base::pass(db.error());
  if (auto done = write_atomically(key_file(folder), made->file); !done) return base::pass(done.error());
  auto state = std::make_unique<State>();
  state->db = std::move(*db);
  state->keys = seal::DeviceKeys::from(made->master);
  state->folder = folder;
  return std::unique_ptr<Vault>(new Vault(std::move(state)));
}

Result<std::unique_ptr<Vault>> Vault::open(const fs::path& folder, std::string_view passphrase,
                                           base::Instant now) {
  auto file = read_whole(key_file(folder));
  if (!file) file = read_whole(old_key_file(folder));
  if (!file)
    return base::fail(Fault::missing, folder.filename().string(),
                      "There is no profile of this name on this laptop.");
  auto master = seal::open_profile_key(*file, passphrase);
  if (!master && master.error().fault == Fault::corrupt)
    if (auto older = read_whole(old_key_file(folder)); older)
      master = seal::open_profile_key(*older, passphrase);
  if (!master) {
    if (master.error().fault == Fault::locked) {
      base::Writer out;
      out.u32(read_tries(folder).first + 1);
      out.u64(static_cast<uint64_t>(now.ms));
      (void)write_atomically(tries_file(folder), out.peek());
    }
    return base::pass(master.error());
  }
  std::error_code ignored;
  fs::remove(tries_file(folder), ignored);
  auto db = Database::open(folder / "vault.db", schema);
  if (!db) return base::pass(db.error());
  auto state = std::make_unique<State>();
  state->db = std::move(*db);
  state->keys = seal::DeviceKeys::from(*master);
  state->folder = folder;
  return std::unique_ptr<Vault>(new Vault(std::move(state)));
}

const seal::DeviceKeys& Vault::keys() const {
  return state_->keys;
}

Status Vault::set_setting(const std::string& name, const std::string& value) {
  Bytes row = seal::seal_row(state_->keys.rows, base::view_of(value), bound("setting." + name, {}));
  return state_->put_meta("setting." + name, row);
}

std::string Vault::setting(const std::string& name) {
  Bytes row = state_->meta("setting." + name);
  auto value = seal::open_row(state_->keys.rows, row, bound("setting." + name, {}));
  return value ? std::string(base::text_of(*value)) : std::string();
}

Status Vault::set_membership(const Membership& membership) {
  Bytes row = seal::seal_row(state_->keys.rows, encode_membership(membership), bound("membership", {}));
  return state_->put_meta("membership", row);
}

Result<std::optional<Membership>> Vault::membership() {
  Bytes row = state_->meta("membership");
  if (row.empty()) return std::optional<Membership>();
  auto plain = seal::open_row(state_->keys.rows, row, bound("membership", {}));
  if (!plain) return base::pass(plain.error());
  auto out = decode_membership(*plain);
  if (!out) return base::pass(out.error());
  return std::optional<Membership>(*out);
}

Status Vault::put_statements(const std::vector<Bytes>& signed_statements) {
  Transaction t(*state_->db);
  for (const Bytes& bytes : signed_statements) {
    auto statement = record::decode_statement(bytes);
    if (!statement) return base::pass(statement.error());
    auto done = state_->db->run("INSERT OR IGNORE INTO statement VALUES(?,?)",
                                {ByteView(statement->id.bytes), ByteView(bytes)});
    if (!done) return done;
  }
  return t.commit();
}

Result<std::vector<Bytes>> Vault::statements() {
  std::vector<Bytes> out;
  auto done = state_->db->each("SELECT bytes FROM statement ORDER BY id", {},
                               [&](Row& row) { out.push_back(row.blob(0)); });
  if (!done) return base::pass(done.error());
  return out;
}

Status Vault::put_package(const base::Hash& id, ByteView bytes) {
  return state_->db->run("INSERT OR IGNORE INTO package VALUES(?,?)", {ByteView(id.bytes), bytes});
}

Result<Bytes> Vault::package(const base::Hash& id) {
  Bytes out;
  auto done = state_->db->each("SELECT bytes FROM package WHERE id=?", {ByteView(id.bytes)},
                               [&](Row& row) { out = row.blob(0); });
  if (!done) return base::pass(done.error());
  if (out.empty())
    return base::fail(Fault::missing, "form",
                      "This form has not arrived on this laptop yet. Sync to get it.");
  return out;
}

Status Vault::begin_draft(const DraftId& id, const DraftInfo& info) {
  seal::Key key = seal::fresh_key();
  Bytes wrapped = seal::seal_row(state_->keys.rows, key.view(), bound("draft.key", id.bytes));
  Bytes sealed = seal::seal_row(key, encode_draft_info(info), bound("draft.info", id.bytes));
  return state_->db->run("INSERT INTO draft VALUES(?,?,?)",
                         {ByteView(id.bytes), ByteView(wrapped), ByteView(sealed)});
}

Status Vault::update_draft(const DraftId& id, const DraftInfo& info) {
  auto key = state_->draft_key(id);
  if (!key) return base::pass(key.error());
  Bytes sealed = seal::seal_row(*key, encode_draft_info(info), bound("draft.info", id.bytes));
  return state_->db->run("UPDATE draft SET info=? WHERE id=?", {ByteView(sealed), ByteView(id.bytes)});
}

Status Vault::append(const DraftId& id, const std::vector<record::Entry>& entries) {
  auto key = state_->draft_key(id);
  if (!key) return base::pass(key.error());
  Transaction t(*state_->db);
  if (auto begun = t.begun(); !begun) return begun;
  auto last = state_->db->number("SELECT coalesce(max(n),0) FROM entry WHERE draft=?", {ByteView(id.bytes)});
  if (!last) return base::pass(last.error());
  int64_t n = *last;
  for (const record::Entry& entry : entries) {
    ++n;
    Bytes row =
        seal::seal_row(*key, record::encode_entry(entry), bound("entry", id.bytes, static_cast<uint64_t>(n)));
    auto done = state_->db->run("INSERT INTO entry VALUES(?,?,?)", {ByteView(id.bytes), n, ByteView(row)});
    if (!done) return done;
  }
  return t.commit();
}

Result<std::vector<record::Entry>> Vault::journal(const DraftId& id) {
  auto key = state_->draft_key(id);
  if (!key) return base::pass(key.error());
  std::vector<record::Entry> out;
  Status bad;
  auto done = state_->db->each(
      "SELECT n, row FROM entry WHERE draft=? ORDER BY n", {ByteView(id.bytes)}, [&](Row& row) {
        if (!bad) return;
        auto plain =
            seal::open_row(*key, row.blob(1), bound("entry", id.bytes, static_cast<uint64_t>(row.number(0))));
        if (!plain) {
          bad = base::pass(plain.error());
          return;
        }
        auto entry = record::decode_entry(*plain);
        seal::wipe(std::span<uint8_t>(*plain));
        if (!entry)
          bad = base::pass(entry.error());
        else
          out.push_back(std::move(*entry));
      });
  if (!done) return base::pass(done.error());
  if (!bad) return base::pass(bad.error());
  return out;
}

Result<std::vector<DraftSummary>> Vault::drafts() {
  std::vector<DraftId> ids;
  std::vector<Bytes> infos;
  auto done = state_->db->each("SELECT id, info FROM draft ORDER BY rowid DESC", {}, [&](Row& row) {
    ids.push_back(*DraftId::from_bytes(row.blob(0)));
    infos.push_back(row.blob(1));
  });
  if (!done) return base::pass(done.error());
  std::vector<DraftSummary> out;
  for (size_t i = 0; i < ids.size(); ++i) {
    auto key = state_->draft_key(ids[i]);
    if (!key) return base::pass(key.error());
    auto plain = seal::open_row(*key, infos[i], bound("draft.info", ids[i].bytes));
    if (!plain) return base::pass(plain.error());
    auto info = decode_draft_info(*plain);
    if (!info) return base::pass(info.error());
    auto entries = state_->db->number("SELECT count(*) FROM entry WHERE draft=?", {ByteView(ids[i].bytes)});
    out.push_back({ids[i], *info, entries ? *entries : 0});
  }
  return out;
}

Status Vault::drop_draft(const DraftId& id) {
  Transaction t(*state_->db);
  if (auto done = state_->remove_draft(id); !done) return done;
  if (auto done = t.commit(); !done) return done;
  return state_->db->checkpoint();
}

uint64_t Vault::next_sequence() {
  return state_->counter("head.sequence") + 1;
}

base::Hash Vault::head() {
  Bytes value = state_->meta("head.hash");
  if (value.size() == 32) return *base::Hash::from_bytes(value);
  auto member = membership();
  return member && *member ? (*member)->request : base::Hash{};
}

Status Vault::finish(const DraftId& id, ByteView envelope, const Finished& summary, ByteView kept) {
  Transaction t(*state_->db);
  if (auto begun = t.begun(); !begun) return begun;
  if (auto done = state_->insert_revision(envelope, summary, kept); !done) return done;
  if (auto done = state_->remove_draft(id); !done) return done;
  if (auto done = t.commit(); !done) return done;
  return state_->db->checkpoint();
}

Status Vault::add_revision(ByteView envelope, const Finished& summary, ByteView kept) {
  Transaction t(*state_->db);
  if (auto begun = t.begun(); !begun) return begun;
  if (auto done = state_->insert_revision(envelope, summary, kept); !done) return done;
  return t.commit();
}

Result<std::vector<Finished>> Vault::finished() {
  std::vector<Finished> out;
  Status bad;
  auto done = state_->db->each(
      "SELECT f.record, f.row, (SELECT min(e.state) FROM envelope e WHERE e.record=f.record) FROM finished f "
      "ORDER BY f.rowid DESC",
      {}, [&](Row& row) {
        auto plain = seal::open_row(state_->keys.rows, row.blob(1), bound("finished", row.blob(0)));
        auto one = plain ? decode_finished(*plain) : Result<Finished>(base::pass(plain.error()));
        if (!one) {
          bad = base::pass(one.error());
          return;
        }
        one->delivery = static_cast<Delivery>(row.number(2));
        out.push_back(std::move(*one));
      });
  if (!done) return base::pass(done.error());
  if (!bad) return base::pass(bad.error());
  return out;
}

Result<Bytes> Vault::kept(const RecordId& record) {
  Bytes wrapped;
  Bytes row;
  auto done =
      state_->db->each("SELECT key, row FROM kept WHERE record=?", {ByteView(record.bytes)}, [&](Row& r) {
        wrapped = r.blob(0);
        row = r.blob(1);
      });
  if (!done) return base::pass(done.error());
  if (wrapped.empty())
    return base::fail(Fault::missing, "interview",
                      "This interview is sealed; it can no longer be read on this laptop.");
  auto key = seal::open_row(state_->keys.rows, wrapped, bound("kept.key", record.bytes));
  if (!key) return base::pass(key.error());
  return seal::open_row(seal::Key(ByteView(*key)), row, bound("kept", record.bytes));
}

Status Vault::close_window(const RecordId& record) {
  Bytes zeros(72, 0);
  auto done =
      state_->db->run("UPDATE kept SET key=? WHERE record=?", {ByteView(zeros), ByteView(record.bytes)});
  if (done) done = state_->db->run("DELETE FROM kept WHERE record=?", {ByteView(record.bytes)});
  return done;
}

Result<std::vector<Sealed>> Vault::outbox() {
  std::vector<Sealed> out;
  auto done = state_->db->each(
      "SELECT id, record, sequence, state, bytes FROM envelope WHERE state<2 ORDER BY sequence", {},
      [&](Row& row) {
        out.push_back({*RevisionId::from_bytes(row.blob(0)), *RecordId::from_bytes(row.blob(1)),
                       static_cast<uint64_t>(row.number(2)), row.blob(4),
                       static_cast<Delivery>(row.number(3))});
      });
  if (!done) return base::pass(done.error());
  return out;
}

Status Vault::mark(const std::vector<RevisionId>& revisions, Delivery delivery) {
  Transaction t(*state_->db);
  for (const RevisionId& id : revisions) {
    auto done = state_->db->run("UPDATE envelope SET state=max(state,?) WHERE id=?",
                                {static_cast<int64_t>(delivery), ByteView(id.bytes)});
    if (!done) return done;
  }
  return t.commit();
}

Status Vault::apply_receipt(uint64_t sequence) {
  Transaction t(*state_->db);
  Bytes zeros(72, 0);
  auto n = static_cast<int64_t>(sequence);
  auto done =
      state_->db->run("UPDATE kept SET key=? WHERE record IN (SELECT record FROM envelope WHERE sequence<=?)",
                      {ByteView(zeros), n});
  if (done)
    done = state_->db->run("DELETE FROM kept WHERE record IN (SELECT record FROM envelope WHERE sequence<=?)",
                           {n});
  // The payload may go: a verified backup of the centre holds it. A short row keeps the count.
  if (done) done = state_->db->run("UPDATE envelope SET state=2, bytes=x'' WHERE sequence<=?", {n});
  if (!done) return done;
  return t.commit();
}

uint64_t Vault::next_bundle_number() {
  uint64_t next = state_->counter("bundle") + 1;
  (void)state_->set_counter("bundle", next);
  return next;
}

bool Vault::seen(const std::string& remote_name) {
  auto n = state_->db->number("SELECT count(*) FROM seen WHERE name=?", {remote_name});
  return n && *n > 0;
}
Status Vault::mark_seen(const std::string& remote_name) {
  return state_->db->run("INSERT OR IGNORE INTO seen VALUES(?)", {remote_name});
}

}  // namespace store
