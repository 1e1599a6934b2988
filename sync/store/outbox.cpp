#include "sync/store/outbox.h"

#include "sync/store/unkeyed.h"

namespace store {

struct SealedOutbox::State : Unkeyed {};

SealedOutbox::SealedOutbox(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedOutbox::~SealedOutbox() = default;

Result<std::unique_ptr<SealedOutbox>> SealedOutbox::open(const std::filesystem::path& folder) try {
  std::error_code ignored;
  if (!std::filesystem::exists(database_file(folder), ignored))
    return base::fail(base::Fault::missing, folder.filename().string(),
                      "There are no sealed interviews of this name on this laptop.");
  auto db = Database::open(database_file(folder), vault_schema);
  if (!db) return base::pass(db.error());
  auto state = std::make_unique<State>();
  state->db = std::move(*db);
  state->folder = folder;
  if (state->db->had_log()) state->cut_log();
  if (auto done = state->erase_held_windows(); !done) return base::pass(done.error());
  return std::unique_ptr<SealedOutbox>(new SealedOutbox(std::move(state)));
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Sealed>> SealedOutbox::waiting() try {
  return state_->outbox();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
Result<std::vector<SealedMedia>> SealedOutbox::media() try {
  return state_->media_outbox();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
Result<Bytes> SealedOutbox::head() try { return state_->leaving_head(); } catch (const std::bad_alloc&) {
  return base::no_memory();
}
Status SealedOutbox::mark(const std::vector<RevisionId>& revisions, Delivery delivery) try {
  return state_->mark(revisions, delivery);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
Status SealedOutbox::mark_media(const std::vector<seal::AttachmentId>& media, Delivery delivery) try {
  return state_->mark_media(media, delivery);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}
uint64_t SealedOutbox::next_bundle_number() {
  return state_->next_bundle_number();
}

}  // namespace store
