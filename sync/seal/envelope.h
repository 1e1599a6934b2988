// Envelope: a sealed, signed revision (SVR1; ENVELOPE.md). Keyless parties verify and count it; only who
// holds a slot's key reads it.
//
//   Result<Bytes> sealed = seal_revision(plain, header, {epoch_key}, device_keys);
//   Result<Envelope> e = parse_envelope(bytes);  verify_envelope(*e, signer_key);  open_envelope(*e,
//   box_keys);
//
// The record id is bound to the withdrawal key in the header; nothing in clear tells whether a card was
// given. Padded to 8, 32, 128, 512 or 1,024 KiB. Every fault has a code of its own, found in the order of
// EnvelopeFault.
#pragma once

#include "sync/seal/crypto.h"

namespace seal {

enum class EnvelopeFault : uint8_t {
  none,
  length,
  magic,
  suite,
  reserved,
  kind,
  slots,
  size_field,
  record_id,  // structure
  unknown_signer,
  signature,  // who
  no_slot,
  unwrap,
  commit,
  body,
  padding,  // content
};
std::string_view envelope_fault_name(EnvelopeFault fault);

struct EnvelopeHeader {
  base::ProjectId project;
  base::RecordId record;
  base::DeviceId device;
  uint64_t sequence = 0;
  Hash previous;  // this device's previous envelope; its first: hash of its enrolment request
  PublicSign withdrawal;
};

struct Envelope {
  EnvelopeHeader header;
  base::RevisionId id;
  Signature signature;
  Bytes bytes;  // the whole
  size_t slot_count = 0;
};

inline constexpr size_t envelope_header_size = 164;
inline constexpr size_t stub_size = 324;
inline constexpr size_t largest_plain = (size_t{1} << 20) - 1;

Result<Bytes> seal_revision(ByteView plain, const EnvelopeHeader& header, const std::vector<PublicBox>& to,
                            const DeviceKeys& keys);

// Structure only: nothing is believed yet. `fault`, when given, receives the code.
Result<Envelope> parse_envelope(ByteView bytes, EnvelopeFault* fault = nullptr);
Status verify_envelope(const Envelope& envelope, const PublicSign& signer, EnvelopeFault* fault = nullptr);
Result<Bytes> open_envelope(const Envelope& envelope, const BoxKeys& keys, EnvelopeFault* fault = nullptr);
// The same in two steps, for a centre that keeps the content key under a key of its own: `envelope` was parsed and
// verified before, so that only what is sealed is checked here.
Result<Key> content_key(ByteView envelope, const BoxKeys& keys, EnvelopeFault* fault = nullptr);
Result<Bytes> open_with(ByteView envelope, const Key& content, EnvelopeFault* fault = nullptr);
EnvelopeHeader header_of(ByteView envelope);  // of one that was parsed before

// What is left of a withdrawn revision: header, hashes and signature still prove the chain.
Bytes stub_of(const Envelope& envelope);
struct Stub {
  EnvelopeHeader header;
  base::RevisionId id;
  Signature signature;
};
Result<Stub> parse_stub(ByteView bytes,
                        EnvelopeFault* fault = nullptr);  // structure, with the envelope's codes
Status check_stub(const Stub& stub, const PublicSign& signer, EnvelopeFault* fault = nullptr);
bool verify_stub(const Stub& stub, const PublicSign& signer);

base::RecordId record_id_of(const base::ProjectId& project, const PublicSign& withdrawal);

}  // namespace seal
