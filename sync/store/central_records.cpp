// The central file: revisions by what stands in clear on them, their payloads and key slots, and shredding.
#include "sync/seal/envelope.h"
#include "sync/store/central_state.h"

namespace store {

using base::Fault;

namespace {

record::Link link_of(Row& row) {  // device, sequence, id, previous, record, stub
  return {*base::DeviceId::from_bytes(row.view(0)), static_cast<uint64_t>(row.number(1)),
          *RevisionId::from_bytes(row.view(2)),     *base::Hash::from_bytes(row.view(3)),
          *RecordId::from_bytes(row.view(4)),       row.number(5) != 0};
}

}  // namespace

Result<bool> Central::State::is_shredded(const RecordId& record) {
  return has(
      "SELECT EXISTS(SELECT 1 FROM shredded WHERE record=?1) OR "
      "EXISTS(SELECT 1 FROM tombstone WHERE by_card=1 AND record=?1)",
      {ByteView(record.bytes)});
}

// Or only its stub, where its record was shredded; a stub that waited is filled.
Result<bool> Central::State::keep_envelope(const seal::Envelope& e, ByteView bytes, base::Instant at) {
  const seal::EnvelopeHeader& h = e.header;
  auto shredded = is_shredded(h.record);
  if (!shredded) return base::pass(shredded.error());
  bool gone = *shredded;
  Bytes stub = gone ? seal::stub_of(e) : Bytes();
  int64_t n = 0, was_stub = 0;
  auto done = db->each("SELECT n, stub FROM envelope WHERE id=?", {ByteView(e.id.bytes)}, [&](Row& row) {
    n = row.number(0);
    was_stub = row.number(1);
  });
  if (done && n > 0) {
    if (gone || !was_stub) return false;
    // It came whole after all: moved to the end, so that who reads on from there sees it.
    done = db->run("DELETE FROM payload WHERE n=?", {n});
    if (done) done = db->run("DELETE FROM envelope WHERE n=?", {n});
    if (done) done = db->run("DELETE FROM carried WHERE id=?", {ByteView(e.id.bytes)});  // they carried the stub
  }
  if (done)
    done = db->run(
        "INSERT INTO envelope(id, record, device, sequence, previous, epoch, stub, at) "
        "VALUES(?,?,?,?,?,?,?,?)",
        {ByteView(e.id.bytes), ByteView(h.record.bytes), ByteView(h.device.bytes),
         static_cast<int64_t>(h.sequence), ByteView(h.previous.bytes), bytes.subspan(96, 4),
         static_cast<int64_t>(gone), at.ms});
  if (done)
    done = db->run("INSERT INTO payload VALUES(last_insert_rowid(),?)", {gone ? ByteView(stub) : bytes});
  if (!done) return base::pass(done.error());
  return true;
}

Result<bool> Central::State::keep_stub(const seal::Stub& stub, ByteView bytes, base::Instant at) {
  const seal::EnvelopeHeader& h = stub.header;
  auto known = has("SELECT count(*) FROM envelope WHERE id=?", {ByteView(stub.id.bytes)});
  if (!known) return base::pass(known.error());
  if (*known) return false;
  auto done = db->run(
      "INSERT INTO envelope(id, record, device, sequence, previous, epoch, stub, at) "
      "VALUES(?,?,?,?,?,?,1,?)",
      {ByteView(stub.id.bytes), ByteView(h.record.bytes), ByteView(h.device.bytes),
       static_cast<int64_t>(h.sequence), ByteView(h.previous.bytes), bytes.subspan(96, 4), at.ms});
  if (done) done = db->run("INSERT INTO payload VALUES(last_insert_rowid(),?)", {bytes});
  if (!done) return base::pass(done.error());
  return true;
}

Status Central::State::shred(const RecordId& record, base::Instant at) {
  std::vector<std::pair<int64_t, Bytes>> whole;
  auto done =
      db->each("SELECT e.n, p.bytes FROM envelope e JOIN payload p ON p.n=e.n WHERE e.stub=0 AND e.record=?",
               {ByteView(record.bytes)}, [&](Row& row) { whole.emplace_back(row.number(0), row.blob(1)); });
  for (const auto& [n, bytes] : whole) {
    if (!done) return done;
    auto e = seal::parse_envelope(bytes);
    if (!e) return base::pass(e.error());
    Bytes stub = seal::stub_of(*e);
    done = db->run("UPDATE payload SET bytes=? WHERE n=?", {ByteView(stub), n});
    if (done) done = db->run("UPDATE envelope SET stub=1 WHERE n=?", {n});
    if (done) done = db->run("DELETE FROM keyslot WHERE n=?", {n});
  }
  if (done) done = db->run("DELETE FROM quarantine WHERE record=?", {ByteView(record.bytes)});
  if (done) done = drop_attachments(record);
  if (done) done = db->run("INSERT OR IGNORE INTO shredded VALUES(?,?)", {ByteView(record.bytes), at.ms});
  return done ? count_removal() : done;
}

Status Central::State::count_removal() {
  return db->run("INSERT INTO note VALUES('shreds',x'01') ON CONFLICT(name) DO UPDATE SET value=value||x'01'");
}

Status Central::shred(const RecordId& record, base::Instant at) try {
  Transaction t(*state_->db);
  if (auto begun = t.begun(); !begun) return begun;
  if (auto done = state_->shred(record, at); !done) return done;
  if (auto done = t.commit(); !done) return done;
  return state_->db->checkpoint();  // out of the log as well
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

int64_t Central::shreds() try {
  return state_->db->number("SELECT length(value) FROM note WHERE name='shreds'").value_or(-1);
} catch (const std::bad_alloc&) {
  return -1;
}

Result<std::vector<Shredded>> Central::shredded() try {
  std::vector<Shredded> out;
  auto done = state_->db->each("SELECT record, at FROM shredded ORDER BY at DESC, record", {}, [&](Row& row) {
    out.push_back({*RecordId::from_bytes(row.view(0)), {row.number(1)}});
  });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::add_envelope(ByteView envelope) try {
  auto e = seal::parse_envelope(envelope);
  if (!e) return base::pass(e.error());
  Transaction t(*state_->db);
  if (auto begun = t.begun(); !begun) return begun;
  if (auto kept = state_->keep_envelope(*e, envelope, {}); !kept) return base::pass(kept.error());
  return t.commit();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::each_link(int64_t after, const std::function<void(const Arrived&)>& use) try {
  return state_->db->each(
      "SELECT device, sequence, id, previous, record, stub, n, at FROM envelope WHERE n>? ORDER BY n",
      {after}, [&](Row& row) {
        use({row.number(6), link_of(row), {row.number(7)}});
      });
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<seal::Head>> Central::heads() try {
  std::vector<seal::Head> out;
  auto done = state_->db->each("SELECT bytes FROM head ORDER BY id", {}, [&](Row& row) {
    if (auto head = seal::parse_head(row.view(0)); head) out.push_back(*head);
  });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Opening>> Central::openings(std::span<const RevisionId> revisions) try {
  std::vector<Opening> out;
  for (const RevisionId& id : revisions) {
    auto done = state_->db->each(
        "SELECT p.bytes, k.vault_key, k.wrapped FROM envelope e JOIN payload p ON p.n=e.n LEFT JOIN keyslot "
        "k ON "
        "k.n=e.n WHERE e.id=? AND e.stub=0",
        {ByteView(id.bytes)}, [&](Row& row) {
          Opening one{id, row.blob(0), {id, {}, row.blob(2)}};
          if (!one.keyslot.wrapped.empty()) one.keyslot.vault_key = *base::KeyId::from_bytes(row.view(1));
          out.push_back(std::move(one));
        });
    if (!done) return base::pass(done.error());
  }
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Bytes>> Central::envelopes() try {
  return state_->all(
      "SELECT p.bytes FROM envelope e JOIN payload p ON p.n=e.n WHERE e.stub=0 ORDER BY e.device, "
      "e.sequence, e.id");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Bytes>> Central::envelopes_of(const RecordId& record) try {
  std::vector<Bytes> out;
  auto done = state_->db->each(
      "SELECT p.bytes FROM envelope e JOIN payload p ON p.n=e.n WHERE e.stub=0 AND e.record=? ORDER BY e.id",
      {ByteView(record.bytes)}, [&](Row& row) { out.push_back(row.blob(0)); });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::set<std::array<uint8_t, 4>>> Central::epochs_of(const RecordId& record) try {
  std::set<std::array<uint8_t, 4>> out;
  auto done = state_->db->each("SELECT DISTINCT epoch FROM envelope WHERE record=?", {ByteView(record.bytes)},
                               [&](Row& row) { out.insert(base::Reader(row.view(0)).array<4>()); });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::set<RecordId>> Central::not_opened() try {
  std::set<RecordId> out;
  auto done = state_->db->each("SELECT DISTINCT record FROM envelope WHERE opened=0 AND stub=0", {},
                               [&](Row& row) { out.insert(*RecordId::from_bytes(row.view(0))); });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<int64_t> Central::revisions() try {
  return state_->db->number("SELECT count(*) FROM envelope WHERE stub=0");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<record::Chains> Central::chains(const record::Authority& authority) try {
  record::Chains out;
  if (auto done = each_link(0, [&](const Arrived& a) { out.add(a.link); }); !done)
    return base::pass(done.error());
  auto signed_heads = heads();
  if (!signed_heads) return base::pass(signed_heads.error());
  for (const seal::Head& head : *signed_heads) out.add(head);
  out.judge(authority);
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

namespace {

// Which records' stubs are whole: of a withdrawal that holds, whoever founded the record, or asked for by the only
// device that speaks in it.
Result<std::function<bool(const RecordId&)>> authorised(Central& central,
                                                        const record::Authority& authority) {
  record::Merge merge;
  merge.set_authority(authority);
  auto all = central.withdrawals();
  if (!all) return base::pass(all.error());
  std::set<RecordId> asked;
  for (const record::Withdrawal& w : *all) asked.insert(w.record);
  auto done = central.each_link(0, [&](const Central::Arrived& a) {
    if (asked.count(a.link.record)) merge.add(a.link);
  });
  if (!done) return base::pass(done.error());
  merge.set_withdrawals(*all);
  std::set<RecordId> held;
  for (const RecordId& id : asked)
    if (merge.may_be_stub(id)) held.insert(id);
  return std::function<bool(const RecordId&)>([held](const RecordId& id) { return held.count(id) > 0; });
}

}  // namespace

// When a centre first said that it has what is missing here; of its receipts that were replaced since, too.
Result<base::Instant> Central::State::first_receipt(const record::Gap& gap,
                                                    const record::Authority& authority) {
  base::Instant out;
  auto done = db->each("SELECT id, bytes FROM statement", {}, [&](Row& row) {
    auto at = said.find(*base::StatementId::from_bytes(row.view(0)));
    if (at == said.end()) {
      auto s = record::decode_statement(row.view(1));
      if (!s) return;
      at = said.emplace(s->id, std::move(*s)).first;
    }
    const record::Statement& s = at->second;
    if (s.type != record::StatementType::receipt || !authority.outranks(s.signer)) return;
    for (const record::Frontier& f : s.frontiers)
      if (f.device == gap.device && f.sequence >= gap.first && (out.ms == 0 || s.at < out)) out = s.at;
  });
  if (!done) return base::pass(done.error());
  return out;
}

Result<std::vector<Missing>> Central::gaps(const record::Authority& authority) try {
  auto all = chains(authority);
  auto whole = authorised(*this, authority);
  if (!all) return base::pass(all.error());
  if (!whole) return base::pass(whole.error());
  std::vector<Missing> out;
  for (const record::Gap& gap : all->gaps(*whole)) {
    Missing missing{gap, {}};
    auto first = static_cast<int64_t>(gap.first);
    auto since = state_->db->number(
        "SELECT coalesce(min(at),0) FROM (SELECT at FROM envelope WHERE device=?1 AND sequence>?2 UNION ALL "
        "SELECT at "
        "FROM head WHERE device=?1 AND sequence>=?2)",
        {ByteView(gap.device.bytes), first});
    auto said = since && *since == 0 ? state_->first_receipt(gap, authority) : Result<base::Instant>();
    if (!since) return base::pass(since.error());
    if (!said) return base::pass(said.error());
    missing.since = *since ? base::Instant{*since} : *said;
    out.push_back(missing);
  }
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<record::Frontier>> Central::frontiers(const record::Authority& authority) try {
  auto all = chains(authority);
  auto whole = authorised(*this, authority);
  if (!all) return base::pass(all.error());
  if (!whole) return base::pass(whole.error());
  std::vector<record::Frontier> out;
  for (record::Frontier& f : all->frontiers(*whole)) {
    int64_t unsafe = 0;
    auto done = state_->db->each(
        "SELECT sequence, record FROM envelope e WHERE device=? AND stub=0 AND (opened=0 OR EXISTS(SELECT 1 "
        "FROM wants "
        "w WHERE w.n=e.n AND w.hash NOT IN (SELECT hash FROM attachment))) ORDER BY sequence",
        {ByteView(f.device.bytes)}, [&](Row& row) {
          if (unsafe == 0 && !(*whole)(*RecordId::from_bytes(row.view(1)))) unsafe = row.number(0);
        });
    if (!done) return base::pass(done.error());
    if (unsafe > 0 && static_cast<uint64_t>(unsafe) <= f.sequence) {
      f.sequence = static_cast<uint64_t>(unsafe) - 1;
      done = state_->db->each("SELECT id FROM envelope WHERE device=? AND sequence=?",
                              {ByteView(f.device.bytes), unsafe - 1},
                              [&](Row& row) { f.revision = *RevisionId::from_bytes(row.view(0)); });
      if (!done) return base::pass(done.error());
    }
    if (f.sequence > 0) out.push_back(f);
  }
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

// ---- content keys

Status Central::put_keyslots(const std::vector<Keyslot>& slots) try {
  Transaction t(*state_->db);
  if (auto begun = t.begun(); !begun) return begun;
  for (const Keyslot& slot : slots) {
    auto done = state_->db->run(
        "INSERT INTO keyslot SELECT n,?,? FROM envelope WHERE id=? AND stub=0 ON CONFLICT(n) DO UPDATE SET "
        "vault_key=excluded.vault_key, wrapped=excluded.wrapped",
        {ByteView(slot.vault_key.bytes), ByteView(slot.wrapped), ByteView(slot.revision.bytes)});
    if (!done) return done;
  }
  return t.commit();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Keyslot>> Central::keyslots(const base::KeyId& vault_key) try {
  std::vector<Keyslot> out;
  auto done =
      state_->db->each("SELECT e.id, k.wrapped FROM keyslot k JOIN envelope e ON e.n=k.n WHERE k.vault_key=?",
                       {ByteView(vault_key.bytes)}, [&](Row& row) {
                         out.push_back({*RevisionId::from_bytes(row.view(0)), vault_key, row.blob(1)});
                       });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<int64_t> Central::sealed_to(const std::array<uint8_t, 4>& epoch) try {
  return state_->db->number("SELECT count(*) FROM envelope WHERE stub=0 AND epoch=?", {ByteView(epoch)});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<RevisionId>> Central::without_keyslot(const std::array<uint8_t, 4>& epoch) try {
  std::vector<RevisionId> out;
  auto done = state_->db->each(
      "SELECT id FROM envelope WHERE stub=0 AND epoch=? AND n NOT IN (SELECT n FROM keyslot) ORDER BY n",
      {ByteView(epoch)}, [&](Row& row) { out.push_back(*RevisionId::from_bytes(row.view(0))); });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::put_vault_key(const base::KeyId& epoch, ByteView sealed) try {
  return state_->db->run(
      "INSERT INTO vault_key VALUES(?,?) ON CONFLICT(epoch) DO UPDATE SET sealed=excluded.sealed",
      {ByteView(epoch.bytes), sealed});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::map<base::KeyId, Bytes>> Central::vault_keys() try {
  std::map<base::KeyId, Bytes> out;
  auto done = state_->db->each("SELECT epoch, sealed FROM vault_key", {},
                               [&](Row& row) { out[*base::KeyId::from_bytes(row.view(0))] = row.blob(1); });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::drop_vault_key(const base::KeyId& epoch) try {
  if (auto done = state_->db->run("DELETE FROM vault_key WHERE epoch=?", {ByteView(epoch.bytes)}); !done)
    return done;
  return state_->db->checkpoint();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
