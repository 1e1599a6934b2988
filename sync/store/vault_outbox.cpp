// What waits for the centre, and what its receipts let go.
#include "sync/store/vault_state.h"

namespace store {

using base::Fault;

Result<std::vector<Sealed>> Vault::outbox(const OutboxPage& page) try {
  return state_->outbox(page);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
Status Vault::close_held_windows() try {
  return state_->erase_held_windows();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
Result<Bytes> Vault::signed_head() try { return state_->leaving_head(); } catch (const std::bad_alloc&) {
  return base::no_memory();
}
Result<std::vector<SealedMedia>> Vault::media_outbox() try {
  return state_->media_outbox();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
Status Vault::mark(const std::vector<RevisionId>& revisions, Delivery delivery) try {
  return state_->mark(revisions, delivery);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
Status Vault::mark_media(const std::vector<seal::AttachmentId>& media, Delivery delivery) try {
  return state_->mark_media(media, delivery);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
uint64_t Vault::next_bundle_number() {
  return state_->next_bundle_number();
}

Status Vault::apply_receipt(uint64_t sequence, const RevisionId& revision) try {
  State& s = *state_;
  auto n = static_cast<int64_t>(sequence);
  auto own =
      s.db->number("SELECT count(*) FROM envelope WHERE sequence=? AND id=?", {n, ByteView(revision.bytes)});
  if (!own) return base::pass(own.error());
  if (*own == 0)
    return base::fail(
        Fault::conflict, "receipt",
        "A receipt names an interview that this laptop did not make. Nothing was dropped; tell the "
        "coordinators.");
  auto done_before = s.db->number("SELECT count(*) FROM envelope WHERE sequence<=? AND state<2", {n});
  if (!done_before) return base::pass(done_before.error());
  if (*done_before == 0) return {};
  auto windows = s.records(
      "SELECT record FROM window WHERE record IN (SELECT record FROM envelope WHERE sequence<=?)", {n});
  if (!windows) return base::pass(windows.error());
  {
    Transaction t(*s.db);
    Status done = t.begun();
    for (const RecordId& record : *windows)
      if (done) done = s.erase_window(record);
    // A receipt covers a sequence when its attachments are in the backup too. What is sealed stays for a while:
    // vault_kept.cpp.
    if (done) done = s.keep_received(n);
    if (done) done = t.commit();
    if (!done) return done;
  }
  if (!windows->empty()) s.cut_log();
  return {};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

uint64_t Vault::last_bundle_number() {
  auto last = state_->counter("bundle");
  return last ? *last : 0;
}

bool Vault::seen(const std::string& remote_name) try {
  auto n = state_->db->number("SELECT count(*) FROM seen WHERE name=?", {remote_name});
  return n && *n > 0;
} catch (const std::bad_alloc&) {
  return false;
}
Status Vault::mark_seen(const std::string& remote_name) try {
  return state_->db->run("INSERT OR IGNORE INTO seen VALUES(?)", {remote_name});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
