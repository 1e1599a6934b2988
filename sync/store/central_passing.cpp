// What a place lacks of what is here, so that two centres who meet by any place hold the same afterwards (SYNC.md).
// A place has what its files have: of each bundle that was read or written anywhere it is kept what it carried.
#include "sync/seal/head.h"
#include "sync/store/central_state.h"

namespace store {

namespace {

constexpr int64_t everything = INT64_MAX;

const char* const missing_words[] = {
    "SELECT id, length(bytes) FROM statement s WHERE NOT EXISTS(SELECT 1 FROM carried c JOIN present p ON "
    "p.bundle=c.bundle WHERE c.id=s.id AND p.own=1) ORDER BY id",
    "SELECT id, length(bytes) FROM package s WHERE NOT EXISTS(SELECT 1 FROM carried c JOIN present p ON "
    "p.bundle=c.bundle WHERE c.id=s.id AND p.own=1) ORDER BY id",
    "SELECT id, length(bytes) FROM tombstone s WHERE NOT EXISTS(SELECT 1 FROM carried c JOIN present p ON "
    "p.bundle=c.bundle WHERE c.id=s.id AND p.own=1) ORDER BY id"};
constexpr ItemKind word_kinds[] = {ItemKind::statement, ItemKind::package, ItemKind::tombstone};

const char* sql_of(ItemKind kind) {
  switch (kind) {
    case ItemKind::revision:
    case ItemKind::stub:
      return "SELECT p.bytes, e.stub FROM envelope e JOIN payload p ON p.n=e.n WHERE e.id=?";
    case ItemKind::statement:
      return "SELECT bytes, 0 FROM statement WHERE id=?";
    case ItemKind::package:
      return "SELECT bytes, 0 FROM package WHERE id=?";
    case ItemKind::tombstone:
      return "SELECT bytes, 0 FROM tombstone WHERE id=?";
    case ItemKind::head:
      return "SELECT bytes, 0 FROM head WHERE id=?";
    case ItemKind::attachment:
      break;
  }
  return nullptr;
}

}  // namespace

// Which of the bundles that are known here lie at that place, whole as to their size.
Status Central::State::look_at(const std::vector<PlaceFile>& there, const base::DeviceId& self) {
  auto done = db->run(
      "CREATE TEMP TABLE IF NOT EXISTS present(bundle INTEGER PRIMARY KEY, own INTEGER NOT NULL)");
  Transaction t(*db);
  if (done) done = t.begun();
  if (done) done = db->run("DELETE FROM present");
  const std::string own = "outbox/" + self.hex() + "/";
  for (const PlaceFile& file : there)
    if (done)
      done = db->run("INSERT OR IGNORE INTO present SELECT n,? FROM bundle WHERE name=? AND size=?",
                     {static_cast<int64_t>(file.name.rfind(own, 0) == 0), file.name,
                      static_cast<int64_t>(file.size)});
  return done ? t.commit() : done;
}

// How far every other centre has confirmed each chain. Only where what it names is here too and nothing is forked:
// then what comes before is the same at both.
Result<std::map<base::DeviceId, int64_t>> Central::State::confirmed(const record::Authority& authority,
                                                                    const base::DeviceId& self,
                                                                    const std::set<base::DeviceId>& forked) {
  std::map<base::DeviceId, int64_t> out;
  std::map<base::DeviceId, std::map<base::DeviceId, record::Frontier>> told;  // by whom, of which chain
  for (const record::Member& centre : authority.coordinators())
    if (centre.device != self) told[centre.device];
  for (const record::Statement& receipt : authority.receipts()) {
    auto by = told.find(receipt.signer);
    if (by == told.end()) continue;
    for (const record::Frontier& f : receipt.frontiers) {
      record::Frontier& last = by->second[f.device];
      if (f.sequence > last.sequence) last = f;
    }
  }
  for (const record::Member& member : authority.members()) {
    int64_t& least = out[member.device] = told.empty() ? everything : 0;
    if (told.empty() || forked.count(member.device)) continue;
    least = everything;
    for (const auto& [centre, chains] : told) {
      auto f = chains.find(member.device);
      auto holds = f == chains.end()
                       ? Result<bool>(false)
                       : has("SELECT count(*) FROM envelope WHERE id=? AND device=? AND sequence=?",
                             {ByteView(f->second.revision.bytes), ByteView(member.device.bytes),
                              static_cast<int64_t>(f->second.sequence)});
      if (!holds) return base::pass(holds.error());
      least = std::min(least, *holds ? static_cast<int64_t>(f->second.sequence) : 0);
    }
  }
  return out;
}

Result<std::vector<Due>> Central::words_due(const std::vector<PlaceFile>& there,
                                            const base::DeviceId& self) try {
  if (auto done = state_->look_at(there, self); !done) return base::pass(done.error());
  std::vector<Due> out;
  for (size_t i = 0; i < std::size(missing_words); ++i) {
    auto done = state_->db->each(missing_words[i], {}, [&](Row& row) {
      out.push_back({word_kinds[i], *base::Hash::from_bytes(row.view(0)), row.number(1)});
    });
    if (!done) return base::pass(done.error());
  }
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Due>> Central::revisions_due(const std::vector<PlaceFile>& there,
                                                const record::Authority& authority,
                                                const base::DeviceId& self,
                                                const std::set<base::DeviceId>& forked) try {
  if (auto done = state_->look_at(there, self); !done) return base::pass(done.error());
  auto confirmed = state_->confirmed(authority, self, forked);
  if (!confirmed) return base::pass(confirmed.error());
  std::vector<Due> out;
  for (const auto& [device, up_to] : *confirmed) {
    if (up_to == everything) continue;
    auto done = state_->db->each(
        "SELECT e.id, e.stub, length(p.bytes) FROM envelope e JOIN payload p ON p.n=e.n WHERE e.device=? AND "
        "e.sequence>? AND NOT EXISTS(SELECT 1 FROM carried c JOIN present w ON w.bundle=c.bundle WHERE "
        "c.id=e.id) ORDER BY e.sequence",
        {ByteView(device.bytes), up_to}, [&](Row& row) {
          out.push_back({row.number(1) ? ItemKind::stub : ItemKind::revision,
                         *base::Hash::from_bytes(row.view(0)), row.number(2)});
        });
    if (!done) return base::pass(done.error());
  }
  // A running head says nothing new to who has confirmed what it names; a closing one does.
  std::vector<std::pair<seal::Head, int64_t>> heads;
  auto done = state_->db->each(
      "SELECT bytes FROM head h WHERE NOT EXISTS(SELECT 1 FROM carried c JOIN present w ON w.bundle=c.bundle "
      "WHERE c.id=h.id) ORDER BY id",
      {}, [&](Row& row) {
        if (auto head = seal::parse_head(row.view(0)); head)
          heads.emplace_back(*head, static_cast<int64_t>(row.view(0).size()));
      });
  if (!done) return base::pass(done.error());
  for (const auto& [head, size] : heads) {
    auto up_to = confirmed->find(head.device);
    if (up_to == confirmed->end() || up_to->second == everything) continue;
    auto is_told = head.kind != seal::Head::Kind::running || static_cast<int64_t>(head.sequence) > up_to->second
                       ? Result<bool>(false)
                       : state_->has("SELECT count(*) FROM envelope WHERE id=?", {ByteView(head.revision.bytes)});
    if (!is_told) return base::pass(is_told.error());
    if (!*is_told) out.push_back({ItemKind::head, head.id, size});
  }
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<base::Hash>> Central::attachments_due(const record::Authority& authority,
                                                         const base::DeviceId& self,
                                                         const std::set<base::DeviceId>& forked) try {
  auto confirmed = state_->confirmed(authority, self, forked);
  if (!confirmed) return base::pass(confirmed.error());
  std::set<base::Hash> out;
  for (const auto& [device, up_to] : *confirmed) {
    if (up_to == everything) continue;
    auto done = state_->db->each(
        "SELECT w.hash FROM envelope e JOIN wants w ON w.n=e.n WHERE e.device=? AND e.sequence>? AND e.stub=0 "
        "AND w.hash IN (SELECT hash FROM attachment)",
        {ByteView(device.bytes), up_to}, [&](Row& row) { out.insert(*base::Hash::from_bytes(row.view(0))); });
    if (!done) return base::pass(done.error());
  }
  return std::vector<base::Hash>(out.begin(), out.end());
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Item>> Central::items(std::span<const Due> due) try {
  std::vector<Item> out;
  out.reserve(due.size());
  for (const Due& one : due) {
    const char* sql = sql_of(one.kind);
    if (!sql) continue;
    auto done = state_->db->each(sql, {ByteView(one.id.bytes)}, [&](Row& row) {
      bool is_stub = row.number(1) != 0;  // it may have been withdrawn since it was listed
      out.push_back({is_stub ? ItemKind::stub : one.kind == ItemKind::stub ? ItemKind::revision : one.kind,
                     row.blob(0)});
    });
    if (!done) return base::pass(done.error());
  }
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::handed_over(const PlaceFile& bundle, std::span<const Due> items) try {
  Transaction t(*state_->db);
  if (auto begun = t.begun(); !begun) return begun;
  auto n = state_->keep_bundle(bundle);
  if (!n) return base::pass(n.error());
  for (const Due& one : items)
    if (auto done = state_->carry(one.id, *n); !done) return done;
  return t.commit();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<int64_t> Central::State::keep_bundle(const PlaceFile& bundle) {
  auto done = db->run("INSERT INTO bundle(name, size) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET size=excluded.size",
                      {bundle.name, static_cast<int64_t>(bundle.size)});
  if (!done) return base::pass(done.error());
  return db->number("SELECT n FROM bundle WHERE name=?", {bundle.name});
}

Status Central::State::carry(const base::Hash& id, int64_t bundle) {
  return db->run("INSERT OR IGNORE INTO carried VALUES(?,?)", {ByteView(id.bytes), bundle});
}

bool Central::imported(const std::string& name) try {
  return state_->has("SELECT count(*) FROM bundle WHERE name=?", {name}).value_or(false);  // it is read again
} catch (const std::bad_alloc&) {
  return false;
}

}  // namespace store
