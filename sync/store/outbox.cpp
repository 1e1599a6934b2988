#include "sync/store/outbox.h"

#include "sync/store/unkeyed.h"

namespace store {

struct SealedOutbox::State : Unkeyed {};

SealedOutbox::SealedOutbox(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedOutbox::~SealedOutbox() = default;

Result<std::unique_ptr<SealedOutbox>> SealedOutbox::open(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (!std::filesystem::exists(database_file(folder), ignored))
    return base::fail(base::Fault::missing, folder.filename().string(),
                      "There are no sealed interviews of this name on this laptop.");
  auto db = Database::open(database_file(folder), vault_schema);
  if (!db) return base::pass(db.error());
  auto state = std::make_unique<State>();
  state->db = std::move(*db);
  state->folder = folder;
  if (auto done = state->erase_held_windows(); !done) return base::pass(done.error());
  return std::unique_ptr<SealedOutbox>(new SealedOutbox(std::move(state)));
}

Result<std::vector<Sealed>> SealedOutbox::waiting() {
  return state_->outbox();
}
Result<std::vector<SealedMedia>> SealedOutbox::media() {
  return state_->media_outbox();
}
Result<Bytes> SealedOutbox::head() {
  return state_->leaving_head();
}
Status SealedOutbox::mark(const std::vector<RevisionId>& revisions, Delivery delivery) {
  return state_->mark(revisions, delivery);
}
Status SealedOutbox::mark_media(const std::vector<seal::AttachmentId>& media, Delivery delivery) {
  return state_->mark_media(media, delivery);
}
uint64_t SealedOutbox::next_bundle_number() {
  return state_->next_bundle_number();
}

}  // namespace store
