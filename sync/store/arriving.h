// ArrivingAttachment: a sealed file on its way into a central file, written a part at a time and never whole in memory.
//
//   auto arriving = central.arriving(hash);   (*arriving)->write(part); …   (*arriving)->close();
//
// Hashed while it is written; close() gives it its name only where it is what the hash says (else corrupt), syncs it,
// and lists it. Of a withdrawn record nothing is kept. What is not closed is removed. The central file must outlive it.
#pragma once

#include "sync/seal/attachment.h"
#include "sync/store/central.h"

namespace store {

class ArrivingAttachment {
 public:
  ~ArrivingAttachment();
  Status write(ByteView part);
  Status close();

 private:
  friend class Central;
  Status begin();
  ArrivingAttachment(Central& central, const base::Hash& hash) : central_(central), wanted_(hash) {}
  Central& central_;
  base::Hash wanted_;
  fs::path part_;
  std::unique_ptr<GrowingFile> file_;  // null: nothing written yet, or closed
  seal::AttachmentHash hash_;
  Bytes start_;  // its header
  uint64_t size_ = 0;
};

}  // namespace store
