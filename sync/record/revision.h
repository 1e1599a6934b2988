// Revision: what a sealed envelope (SVR1) holds once opened: the values of the changed paths and their
// history.
//
//   Bytes plain = encode_revision(revision);      // pack_content() makes it small, seal::seal_revision closes it
//   Result<Revision> r = decode_revision(plain);  // packed or not; agrees() compares it with its envelope's header
//
// A `full` revision (a finish) carries every answer; a `partial` one never implies absence. Finishing never fails
// for size: what does not fit goes into an attachment (take_overflow) and comes back from it (put_back).
// Layout: REVISION.md. Bounded: 1 MiB − 1, 16 parents, 4,096 attachments.
#pragma once

#include "sync/record/entry.h"
#include "sync/seal/attachment.h"
#include "sync/seal/envelope.h"

namespace record {

using base::DeviceId;
using base::FormHash;
using base::RecordId;
using base::RevisionId;

enum class RevisionKind : uint8_t { finish = 1, amend = 2, resolve = 3, link = 4 };

enum class Proof : uint8_t { unchecked, holds, fails };

struct Revision {
  // Of its envelope, not part of the encoding.
  RevisionId id;
  base::Hash previous;             // this device's envelope before it
  seal::PublicSign withdrawal;     // the record's
  Proof proof = Proof::unchecked;  // whether `founding` holds; checked where two devices speak in one record
  RecordId record;
  DeviceId device;
  uint64_t sequence = 0;
  RevisionKind kind = RevisionKind::finish;
  bool full = false;
  bool refused = false;  // consent was refused: only what the design lists is here
  FormHash form;
  std::string form_id, form_version;
  std::vector<RevisionId> parents;               // sorted; empty: this revision founded the record
  base::Instant at;                              // for people, decides nothing
  std::string author;                            // fieldworker's or coordinator's code
  std::string reason;                            // of an amendment or a resolution
  std::vector<Answer> answers;                   // sorted by key; instances as Tag::present
  seal::Signature founding;                      // by the record's withdrawal key: this device founded it; zeros: not said
  base::Bytes journal;                           // packed, since the parent
  std::vector<seal::AttachmentRef> attachments;  // that its answers name, and what overflowed; sorted by id
  base::AttachmentId overflow;  // of them: what did not fit into the envelope; zeros: everything did
};

bool proves_founder(const Revision& revision);
base::Result<base::Bytes> encode_revision(const Revision& revision);
base::Result<Revision> decode_revision(base::ByteView plain);
// What is sealed inside must be what stands on the outside: record, device and sequence.
base::Status agrees(const Revision& revision, const seal::EnvelopeHeader& header);

// What must go beside the envelope for the rest to fit: the journal over 256 KiB, then the answers. Taken out of the
// revision; empty where everything fits. Seal it as an attachment, add its reference and set `overflow`.
inline constexpr size_t largest_overflow = size_t{64} << 20;
base::Result<base::Bytes> take_overflow(Revision& revision);  // full: larger than 64 MiB
base::Status put_back(Revision& revision, base::ByteView overflow);  // corrupt: it is not what was taken
// The same encoding without the bound, for what stays on the device.
base::Bytes encode_whole(const Revision& revision);

}  // namespace record
