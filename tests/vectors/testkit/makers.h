// One maker a format. Keys: the device's from the master key 00 01 …, the coordinator's from 40 41 …, another
// device's from a0 a1 …; the epoch's from the seed 20 21 …; the read key is 60 61 …, attachments' keys 80 81 ….
#pragma once

#include "sync/seal/crypto.h"
#include "tests/vectors/testkit/kit.h"
#include "tests/vectors/vectors.h"

namespace testkit {

Kit envelopes();
Kit stubs();
Kit heads();
Kit keys();
Kit tombstones();
Kit attachments();
Kit packages();
Kit bundles();
Kit revisions();
Kit statements();
Kit enrolments();
Kit send_backs();
Kit migrations();
Kit kits();
Kit journals();

inline seal::DeviceKeys device() {
  return seal::DeviceKeys::from(support::counting(0));
}
inline seal::DeviceKeys coordinator() {
  return seal::DeviceKeys::from(support::counting(0x40));
}
inline seal::DeviceKeys other_device() {
  return seal::DeviceKeys::from(support::counting(0xa0));
}
inline seal::BoxKeys epoch() {
  return seal::BoxKeys::from_seed(support::counting(0x20));
}
inline std::string hex(ByteView bytes) {
  return base::to_hex(bytes);
}

inline Bytes joined(std::initializer_list<ByteView> parts) {
  Bytes out;
  for (ByteView part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}
inline void put(Bytes& into, size_t at, ByteView bytes) {
  std::copy(bytes.begin(), bytes.end(), into.begin() + static_cast<long>(at));
}
inline Bytes le32(uint32_t v) {
  base::Writer out;
  out.u32(v);
  return out.take();
}
inline Bytes le64(uint64_t v) {
  base::Writer out;
  out.u64(v);
  return out.take();
}
// Signs the last 64 bytes anew over H(personal, everything before them).
inline Bytes signed_again(Bytes bytes, const char* personal, const char* context, const seal::SignKeys& by) {
  auto id = seal::hash(personal, ByteView(bytes).first(bytes.size() - 64));
  put(bytes, bytes.size() - 64, seal::sign(by, context, id).bytes);
  return bytes;
}
// 32 bytes that an Ed25519 signature must not hold as its second half: s + L instead of s.
Bytes with_high_s(Bytes bytes);

}  // namespace testkit
