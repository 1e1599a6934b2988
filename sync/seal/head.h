// Head: how far a device's chain goes, signed by the device (SVH1; HEAD.md), so that a missing tail is seen and
// not only a missing middle.
//
//   Bytes head = make_head({.project = p, .sequence = 42, .revision = id}, keys);   // with each finished interview
//   auto h = parse_head(bytes);   verify_head(*h, signer);
//
// A closing head promises that nothing more is sealed to the epoch it names. Two heads of one device and one
// sequence that name different revisions show a fork. Faults, in the order they are looked for: length, magic,
// suite, kind, reserved, epoch (structure); unknown_signer, signature (who).
#pragma once

#include "sync/seal/crypto.h"

namespace seal {

struct Head {
  enum class Kind : uint8_t { running = 1, closing = 2 } kind = Kind::running;
  base::ProjectId project = {};
  base::DeviceId device = {};
  uint64_t sequence = 0;           // of the newest envelope; none is missing before it
  base::RevisionId revision = {};  // that envelope's id; zeros where there is none yet
  base::KeyId epoch = {};          // closing: the epoch to which nothing more is sealed; else zeros
  Hash id = {};
  Signature signature = {};
};
inline constexpr size_t head_size = 152;

Bytes make_head(const Head& what, const DeviceKeys& keys);  // device, id and signature are filled in
Result<Head> parse_head(ByteView bytes);                    // structure only: nothing is believed yet
Status verify_head(const Head& head, const PublicSign& signer);

}  // namespace seal
