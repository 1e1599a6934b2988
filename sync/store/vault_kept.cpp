// What a centre confirmed and the device still has, sealed: a centre's disk may die with its backup on it. It goes
// when the project's time is over, or on a person's word; a withdrawal shreds it as everything else.
#include "sync/store/vault_state.h"

namespace store {

Status Vault::State::keep_received(int64_t sequence) {
  auto clock = counter("clock");
  if (!clock) return base::pass(clock.error());
  Status done = db->run("INSERT OR IGNORE INTO kept SELECT sequence, ? FROM envelope WHERE sequence<=? AND state<2",
                        {static_cast<int64_t>(*clock), sequence});
  if (done) done = db->run("UPDATE media SET state=2 WHERE draft=x'' AND sequence<=?", {sequence});
  if (done) done = db->run("UPDATE envelope SET state=2 WHERE sequence<=?", {sequence});
  return done;
}

Result<std::vector<Sealed>> Vault::kept() try {
  std::vector<Sealed> out;
  auto done = state_->db->each(
      "SELECT id, record, sequence, bytes, stub FROM envelope WHERE state=2 AND length(bytes)>0 ORDER BY sequence",
      {}, [&](Row& row) {
        out.push_back({*RevisionId::from_bytes(row.view(0)), *RecordId::from_bytes(row.view(1)),
                       static_cast<uint64_t>(row.number(2)), row.blob(3), Delivery::received, row.number(4) != 0});
      });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

// In a restored copy some of the files are not there.
Result<std::vector<SealedMedia>> Vault::kept_media() try {
  std::vector<SealedMedia> out;
  auto done = state_->db->each(
      "SELECT id, record, hash FROM media WHERE state=2 AND draft=x'' ORDER BY rowid", {}, [&](Row& row) {
        auto id = *seal::AttachmentId::from_bytes(row.view(0));
        fs::path file = media_file(state_->folder, id);
        FileState now = state_of(file);
        if (now.size <= 0) return;
        out.push_back({id, *RecordId::from_bytes(row.view(1)), *base::Hash::from_bytes(row.view(2)),
                       static_cast<uint64_t>(now.size), file, Delivery::received});
      });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<int64_t> Vault::drop_kept(int64_t ms) try {
  State& s = *state_;
  auto clock = s.counter("clock");
  if (!clock) return base::pass(clock.error());
  int64_t until = static_cast<int64_t>(*clock) - ms;
  auto over = s.db->number("SELECT count(*) FROM kept WHERE at<=?", {until});
  if (!over) return base::pass(over.error());
  if (*over == 0) return 0;
  {
    Transaction t(*s.db);
    Status done = t.begun();
    // A short row keeps the count.
    for (const char* sql :
         {"UPDATE envelope SET bytes=x'' WHERE sequence IN (SELECT sequence FROM kept WHERE at<=?)",
          "DELETE FROM media WHERE draft=x'' AND state=2 AND sequence IN (SELECT sequence FROM kept WHERE at<=?)",
          "DELETE FROM kept WHERE at<=?"})
      if (done) done = s.db->run(sql, {until});
    if (done) done = t.commit();
    if (!done) return base::pass(done.error());
  }
  s.sweep_media();
  return *over;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
