// Attachment: a recording, a picture or a file, sealed chunk by chunk as it comes (SVA1; ATTACHMENT.md).
//
//   AttachmentSealer sealer({project, record, id, Grain::recording}, key, [&](ByteView b) { return
//   file.write(b); }); sealer.write(samples);  …  auto ref = sealer.close();        // ref goes into the
//   revision: key, size, hash AttachmentOpener opener(place, *ref, [&](ByteView b) { return sound.write(b);
//   }); opener.feed(bytes);  …  auto whole = opener.close();         // only now is it known to be whole
//
// What was written is sealed and handed on one chunk (4 or 64 KiB) at a time; a file that was cut short opens
// up to its last whole chunk. The length is padded with zeros, 12 % at most and 64 KiB at least. At most 2
// GiB. The key stands only in the revision that names the attachment, so what shreds the one shreds the
// other. One thread. Faults, in the order they are looked for: length, magic, suite, grain, reserved, place,
// chunk, cut, trailing, size, padding, hash.
#pragma once

#include <functional>

#include "sync/seal/crypto.h"

namespace seal {

using base::AttachmentId;

enum class Grain : uint8_t { recording = 12, file = 16 };  // log2 of a chunk's size

struct AttachmentHeader {
  base::ProjectId project;
  base::RecordId record;
  AttachmentId id;
  Grain grain = Grain::file;
};

struct AttachmentRef {  // what a revision says of an attachment
  AttachmentId id;
  std::array<uint8_t, 32> key{};
  uint64_t size = 0;  // before padding
  Hash hash;          // of the sealed file
  auto operator<=>(const AttachmentRef&) const = default;
};

inline constexpr size_t attachment_header_size = 80;
inline constexpr uint64_t largest_attachment = uint64_t{2} << 30;
uint64_t padded_attachment_size(uint64_t size);

using AttachmentSink = std::function<Status(ByteView)>;

class AttachmentSealer {
 public:
  AttachmentSealer(const AttachmentHeader& header, const Key& key, AttachmentSink sink);
  ~AttachmentSealer();
  AttachmentSealer(AttachmentSealer&&) noexcept;
  Status write(ByteView plain);
  uint64_t written() const;
  Result<AttachmentRef> close();  // pads and seals the last chunk; nothing may be written after it

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class AttachmentOpener {
 public:
  // `place`: where it must belong; its grain is read from the file. The sink gets whole, authentic chunks,
  // without the padding; what it got counts once close() succeeds.
  AttachmentOpener(const AttachmentHeader& place, const AttachmentRef& ref, AttachmentSink sink);
  ~AttachmentOpener();
  AttachmentOpener(AttachmentOpener&&) noexcept;
  Status feed(ByteView sealed);
  Status close();
  // For what was cut short while it was recorded: whole chunks went to the sink; how many bytes they held.
  uint64_t opened() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// What stands in clear at its beginning: enough to file it and to delete it with its record.
Result<AttachmentHeader> attachment_header(ByteView bytes);

class AttachmentHash {  // H("sv1.att-hash", file), as the bytes come
 public:
  AttachmentHash();
  ~AttachmentHash();
  void add(ByteView bytes);
  Hash take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace seal
