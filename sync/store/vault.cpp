// The vault as a file: making and opening it, the project it belongs to, and small values.
#include "sync/store/vault_state.h"

#include "sync/record/statement.h"
#include "sync/store/vault_codec.h"

namespace store {

using base::Fault;

Result<std::unique_ptr<Vault::State>> Vault::State::make(const fs::path& folder, const seal::Key& master) {
  auto db = Database::open(database_file(folder), vault_schema);
  if (!db) return base::pass(db.error());
  auto state = std::make_unique<State>();
  state->folder = folder;
  state->db = std::move(*db);
  state->take(master);
  // It may have been killed between a finish and the cut behind it.
  if (state->db->had_log()) state->cut_log();
  return state;
}

void Vault::State::take(const seal::Key& new_master) {
  master = new_master.copy();
  keys = seal::DeviceKeys::from(master);
  locked = false;
}

Status Vault::State::unlocked() const {
  if (!locked) return {};
  return base::fail(Fault::locked, folder.filename().string(), "This profile is locked. Unlock it first.");
}

Vault::Vault(std::unique_ptr<State> state) : state_(std::move(state)) {}
Vault::~Vault() = default;

bool Vault::is_vault(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(key_file(folder), ignored) || fs::exists(old_key_file(folder), ignored);
}

const seal::DeviceKeys& Vault::keys() const {
  return state_->keys;
}

Status Vault::set_setting(const std::string& name, const std::string& value) try {
  if (auto open = state_->unlocked(); !open) return open;
  Bytes row = seal::seal_row(state_->keys.rows, base::view_of(value), bound("setting." + name, {}));
  return state_->put_meta("setting." + name, row);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

std::string Vault::setting(const std::string& name) try {
  if (state_->locked) return {};
  auto row = state_->meta("setting." + name);
  if (!row) return {};
  auto value = seal::open_row(state_->keys.rows, *row, bound("setting." + name, {}));
  return value ? std::string(base::text_of(*value)) : std::string();
} catch (const std::bad_alloc&) {
  return {};
}

Status Vault::set_membership(const Membership& membership) try {
  if (auto open = state_->unlocked(); !open) return open;
  Bytes row = seal::seal_row(state_->keys.rows, encode_membership(membership), bound("membership", {}));
  return state_->put_meta("membership", row);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::optional<Membership>> Vault::State::membership() {
  if (auto good = unlocked(); !good) return base::pass(good.error());
  auto row = meta("membership");
  if (!row) return base::pass(row.error());
  if (row->empty()) return std::optional<Membership>();
  auto plain = seal::open_row(keys.rows, *row, bound("membership", {}));
  if (!plain) return base::pass(plain.error());
  auto out = decode_membership(*plain);
  if (!out) return base::pass(out.error());
  return std::optional<Membership>(*out);
}

Result<std::optional<Membership>> Vault::membership() try {
  return state_->membership();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::put_statements(const std::vector<Bytes>& signed_statements) try {
  Transaction t(*state_->db);
  if (auto begun = t.begun(); !begun) return begun;
  for (const Bytes& bytes : signed_statements) {
    auto statement = record::decode_statement(bytes);
    if (!statement) return base::pass(statement.error());
    auto done = state_->db->run("INSERT OR IGNORE INTO statement VALUES(?,?)",
                                {ByteView(statement->id.bytes), ByteView(bytes)});
    if (!done) return done;
  }
  return t.commit();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Bytes>> Vault::statements() try {
  std::vector<Bytes> out;
  auto done = state_->db->each("SELECT bytes FROM statement ORDER BY id", {},
                               [&](Row& row) { out.push_back(row.blob(0)); });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::put_package(const base::Hash& id, ByteView bytes) try {
  return state_->db->run("INSERT OR IGNORE INTO package VALUES(?,?)", {ByteView(id.bytes), bytes});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<Bytes> Vault::package(const base::Hash& id) try {
  Bytes out;
  auto done = state_->db->each("SELECT bytes FROM package WHERE id=?", {ByteView(id.bytes)},
                               [&](Row& row) { out = row.blob(0); });
  if (!done) return base::pass(done.error());
  if (out.empty())
    return base::fail(Fault::missing, "form",
                      "This form has not arrived on this laptop yet. Sync to get it.");
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
