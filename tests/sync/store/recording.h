// A sealed recording of a record, as it lies at a centre; for the tests of attachments.
//
//   Sealed s = sealed_recording(project, record, random, 15'000);   central->put_attachment(s.hash, s.bytes);
#pragma once

#include "sync/seal/attachment.h"

namespace support {

struct SealedRecording {
  base::Hash hash;
  base::Bytes bytes;
};

inline SealedRecording sealed_recording(const base::ProjectId& project, const base::RecordId& record,
                                        base::Random& random, size_t size) {
  SealedRecording out;
  seal::AttachmentHeader header{project, record, base::AttachmentId::from(random), seal::Grain::recording};
  seal::AttachmentSealer sealer(header, seal::Key::from(random), [&](base::ByteView part) -> base::Status {
    out.bytes.insert(out.bytes.end(), part.begin(), part.end());
    return {};
  });
  (void)sealer.write(base::Bytes(size, 7));
  out.hash = sealer.close()->hash;
  return out;
}

}  // namespace support
