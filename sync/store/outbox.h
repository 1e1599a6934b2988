// SealedOutbox: a profile's sealed interviews, handed over without its passphrase: by a colleague when somebody
// forgot theirs, from a profile that was purged, from a backup.
//
//   auto outbox = SealedOutbox::open(folder);
//   for (const Sealed& s : *outbox->waiting()) …      outbox->mark(ids, Delivery::handed_over);
//
// It sees ciphertext, signatures and counts, and can neither read nor sign. Held windows (a minor's ten minutes) are
// closed by opening it: a locked profile has no open window. One process at a time. Errors as the vault's.
#pragma once

#include "sync/store/interviews.h"

namespace store {

class SealedOutbox {
 public:
  static Result<std::unique_ptr<SealedOutbox>> open(const std::filesystem::path& folder);
  ~SealedOutbox();
  Result<std::vector<Sealed>> waiting();
  Result<std::vector<SealedMedia>> media();
  Result<Bytes> head();  // signed when the last of them was sealed
  Status mark(const std::vector<RevisionId>& revisions, Delivery delivery);
  Status mark_media(const std::vector<seal::AttachmentId>& media, Delivery delivery);
  uint64_t next_bundle_number();

 private:
  struct State;
  explicit SealedOutbox(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace store
