#include "sync/seal/envelope.h"

#include <sodium.h>

namespace seal {
namespace {

using base::Fault;

constexpr size_t slot_size = 88, commit_size = 32, signature_size = 64, tag_size = 16;
constexpr size_t buckets[] = {8 << 10, 32 << 10, 128 << 10, 512 << 10, 1024 << 10};
constexpr size_t most_slots = 8;

struct Name {
  std::string_view name, sentence;
  Fault fault;
};
Name name_of(EnvelopeFault fault) {
  switch (fault) {
    case EnvelopeFault::none:
      return {"none", "", Fault::invalid};
    case EnvelopeFault::length:
      return {"length", "The file is cut short or has bytes left over.", Fault::corrupt};
    case EnvelopeFault::magic:
      return {"magic", "This is not a sealed revision.", Fault::corrupt};
    case EnvelopeFault::suite:
      return {"suite", "It was made by a newer version; update the program. The file is left untouched.",
              Fault::unsupported};
    case EnvelopeFault::reserved:
      return {"reserved", "A byte that must be zero is not.", Fault::corrupt};
    case EnvelopeFault::kind:
      return {"kind", "It is of a kind this version does not know.", Fault::unsupported};
    case EnvelopeFault::slots:
      return {"slots", "The number of key slots is impossible.", Fault::corrupt};
    case EnvelopeFault::size_field:
      return {"size_field", "The stated size is not one of the sizes there are.", Fault::corrupt};
    case EnvelopeFault::record_id:
      return {"record_id", "The record's id does not belong to its withdrawal key.", Fault::corrupt};
    case EnvelopeFault::unknown_signer:
      return {"unknown_signer", "The device that signed it is not enrolled here.", Fault::locked};
    case EnvelopeFault::signature:
      return {"signature", "The signature does not hold: it was changed or forged.", Fault::corrupt};
    case EnvelopeFault::no_slot:
      return {"no_slot", "It was not sealed to this key.", Fault::locked};
    case EnvelopeFault::unwrap:
      return {"unwrap", "Its key slot was changed.", Fault::corrupt};
    case EnvelopeFault::commit:
      return {"commit", "Its key does not belong to it.", Fault::corrupt};
    case EnvelopeFault::body:
      return {"body", "Its content was changed.", Fault::corrupt};
    case EnvelopeFault::padding:
      return {"padding", "Its padding is wrong.", Fault::corrupt};
  }
  return {"none", "", Fault::invalid};
}

tl::unexpected<base::Error> refuse(EnvelopeFault code, EnvelopeFault* out,
                                   const char* what = "sealed revision") {
  if (out) *out = code;
  Name name = name_of(code);
  return base::fail(name.fault, what + (" (" + std::string(name.name) + ")"), std::string(name.sentence));
}

void write_header(base::Writer& out, const EnvelopeHeader& h, const base::KeyId& epoch, size_t slots,
                  size_t cipher, const Nonce& nonce) {
  out.tag("SVR1");
  out.u8(1);
  out.u8(1);
  out.zeros(2);
  out.bytes(h.project.bytes);
  out.bytes(h.record.bytes);
  out.bytes(h.device.bytes);
  out.u64(h.sequence);
  out.bytes(h.previous.bytes);
  out.bytes(ByteView(epoch.bytes).first(4));
  out.u8(static_cast<uint8_t>(slots));
  out.zeros(3);
  out.u32(static_cast<uint32_t>(cipher));
  out.bytes(nonce);
  out.bytes(h.withdrawal.bytes);
}

EnvelopeHeader read_header(ByteView bytes) {
  base::Reader in(bytes);
  in.bytes(8);
  EnvelopeHeader h;
  h.project.bytes = in.array<16>();
  h.record.bytes = in.array<16>();
  h.device.bytes = in.array<16>();
  h.sequence = in.u64();
  h.previous.bytes = in.array<32>();
  in.bytes(4 + 4 + 4 + 24);
  h.withdrawal.bytes = in.array<32>();
  return h;
}

base::RevisionId revision_id(ByteView header, const Hash& slots, ByteView commit, const Hash& body) {
  Bytes all(header.begin(), header.end());
  all.insert(all.end(), slots.bytes.begin(), slots.bytes.end());
  all.insert(all.end(), commit.begin(), commit.end());
  all.insert(all.end(), body.bytes.begin(), body.bytes.end());
  return {hash("sv1.rev-id", all).bytes};
}

struct Layout {
  ByteView header, slots, commit, body, signed_part;
};
Layout layout(ByteView bytes, size_t slot_count) {
  size_t commit = envelope_header_size + slot_size * slot_count;
  size_t end = bytes.size() - signature_size;
  return {bytes.first(envelope_header_size), bytes.subspan(envelope_header_size, slot_size * slot_count),
          bytes.subspan(commit, commit_size), bytes.subspan(commit + commit_size, end - commit - commit_size),
          bytes.first(end)};
}

base::RevisionId id_of(const Layout& l) {
  return revision_id(l.header, hash("sv1.rev-slots", l.slots), l.commit, hash("sv1.rev-body", l.body));
}

}  // namespace

std::string_view envelope_fault_name(EnvelopeFault fault) {
  return name_of(fault).name;
}

base::RecordId record_id_of(const base::ProjectId& project, const PublicSign& withdrawal) {
  Bytes all(project.bytes.begin(), project.bytes.end());
  all.insert(all.end(), withdrawal.bytes.begin(), withdrawal.bytes.end());
  Hash h = hash("sv1.record-id", all);
  base::RecordId id;
  std::copy_n(h.bytes.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

Result<Bytes> seal_revision(ByteView plain, const EnvelopeHeader& header, const std::vector<PublicBox>& to,
                            const DeviceKeys& keys) {
  if (to.empty() || to.size() > most_slots)
    return base::fail(Fault::invalid, "sealing", "A revision is sealed to 1 to 8 keys.");
  if (plain.size() > largest_plain)
    return base::fail(Fault::full, "sealing",
                      "This interview is larger than 1 MiB; its largest texts must become attachments.");
  size_t bucket = buckets[0];
  for (size_t size : buckets)
    if (bucket = size; plain.size() + 1 <= size) break;
  Bytes padded(plain.begin(), plain.end());
  padded.resize(bucket);
  size_t padded_size = 0;
  sodium_pad(&padded_size, padded.data(), plain.size(), bucket, bucket);
  Key content = fresh_key();
  Nonce nonce = fresh_nonce();
  base::Writer out;
  write_header(out, header, key_id_of(to[0]), to.size(), bucket + tag_size, nonce);
  for (const PublicBox& recipient : to) {
    out.bytes(key_id_of(recipient).bytes);
    out.bytes(seal_to(recipient, content.view()));
  }
  out.bytes(keyed_hash("sv1.rev-commit", derive(content, 2, "SvRevCom"), out.peek()).bytes);
  Bytes body = encrypt(derive(content, 1, "SvRevEnc"), nonce, padded, out.peek());
  wipe(std::span<uint8_t>(padded));
  out.bytes(body);
  Bytes all = out.take();
  all.resize(all.size() + signature_size);
  base::RevisionId id = id_of(layout(all, to.size()));
  Signature signature = sign(keys.sign, "sv1.rev-sig", Hash{id.bytes});
  std::copy(signature.bytes.begin(), signature.bytes.end(), all.end() - signature_size);
  return all;
}

namespace {

struct Shape {
  size_t slots = 0, cipher = 0;
};

// The 164 bytes that an envelope and its stub have in common, in the order of EnvelopeFault.
EnvelopeFault header_fault(ByteView header, Shape& shape) {
  base::Reader in(header);
  in.bytes(8 + 16 + 16 + 16 + 8 + 32 + 4);
  shape.slots = in.u8();
  if (shape.slots < 1 || shape.slots > most_slots) return EnvelopeFault::slots;
  if (!in.zeros(3)) return EnvelopeFault::reserved;
  shape.cipher = in.u32();
  auto fits = [&](size_t size) { return size + tag_size == shape.cipher; };
  return std::none_of(std::begin(buckets), std::end(buckets), fits) ? EnvelopeFault::size_field
                                                                    : EnvelopeFault::none;
}

EnvelopeFault beginning_fault(ByteView bytes) {
  if (bytes.size() < 8) return EnvelopeFault::length;
  base::Reader in(bytes);
  if (!in.tag("SVR1")) return EnvelopeFault::magic;
  if (in.u8() != 1) return EnvelopeFault::suite;
  if (in.u8() != 1) return EnvelopeFault::kind;
  return in.zeros(2) ? EnvelopeFault::none : EnvelopeFault::reserved;
}

}  // namespace

Result<Envelope> parse_envelope(ByteView bytes, EnvelopeFault* fault) {
  if (auto code = beginning_fault(bytes); code != EnvelopeFault::none) return refuse(code, fault);
  if (bytes.size() < envelope_header_size + slot_size + commit_size + signature_size)
    return refuse(EnvelopeFault::length, fault);
  Shape shape;
  if (auto code = header_fault(bytes.first(envelope_header_size), shape); code != EnvelopeFault::none)
    return refuse(code, fault);
  if (bytes.size() !=
      envelope_header_size + slot_size * shape.slots + commit_size + shape.cipher + signature_size)
    return refuse(EnvelopeFault::length, fault);
  Envelope e;
  e.header = read_header(bytes);
  e.slot_count = shape.slots;
  if (e.header.record != record_id_of(e.header.project, e.header.withdrawal))
    return refuse(EnvelopeFault::record_id, fault);
  e.bytes.assign(bytes.begin(), bytes.end());
  e.id = id_of(layout(e.bytes, shape.slots));
  std::copy(bytes.end() - signature_size, bytes.end(), e.signature.bytes.begin());
  if (fault) *fault = EnvelopeFault::none;
  return e;
}

Status verify_envelope(const Envelope& envelope, const PublicSign& signer, EnvelopeFault* fault) {
  if (device_id_of(signer) != envelope.header.device) return refuse(EnvelopeFault::unknown_signer, fault);
  if (!verify(signer, "sv1.rev-sig", Hash{envelope.id.bytes}, envelope.signature))
    return refuse(EnvelopeFault::signature, fault);
  return {};
}

namespace {

size_t slots_of(ByteView envelope) {
  return envelope[100];
}

}  // namespace

Result<Key> content_key(ByteView envelope, const BoxKeys& keys, EnvelopeFault* fault) {
  Layout l = layout(envelope, slots_of(envelope));
  base::KeyId wanted = key_id_of(keys.pub);
  for (size_t at = 0; at < l.slots.size(); at += slot_size) {
    ByteView slot = l.slots.subspan(at, slot_size);
    if (!std::equal(wanted.bytes.begin(), wanted.bytes.end(), slot.begin())) continue;
    auto content = open_sealed(keys, slot.subspan(8));
    if (!content || content->size() != 32) return refuse(EnvelopeFault::unwrap, fault);
    Key key{ByteView(*content)};
    wipe(std::span<uint8_t>(*content));
    return key;
  }
  return refuse(EnvelopeFault::no_slot, fault);
}

Result<Bytes> open_with(ByteView envelope, const Key& content, EnvelopeFault* fault) {
  Layout l = layout(envelope, slots_of(envelope));
  ByteView bound = envelope.first(l.header.size() + l.slots.size());
  Hash commit = keyed_hash("sv1.rev-commit", derive(content, 2, "SvRevCom"), bound);
  if (sodium_memcmp(commit.bytes.data(), l.commit.data(), commit_size) != 0)
    return refuse(EnvelopeFault::commit, fault);
  Nonce nonce;
  std::copy_n(envelope.begin() + 108, nonce.size(), nonce.begin());
  auto padded =
      decrypt(derive(content, 1, "SvRevEnc"), nonce, l.body, envelope.first(bound.size() + commit_size));
  if (!padded) return refuse(EnvelopeFault::body, fault);
  // As sodium_unpad() would, but not in constant time: who got so far holds the key, and the bytes are authentic.
  size_t size = padded->size();
  while (size > 0 && (*padded)[size - 1] == 0) --size;
  if (size == 0 || (*padded)[size - 1] != 0x80) return refuse(EnvelopeFault::padding, fault);
  padded->resize(size - 1);
  return std::move(*padded);
}

Result<Bytes> open_envelope(const Envelope& envelope, const BoxKeys& keys, EnvelopeFault* fault) {
  auto content = content_key(envelope.bytes, keys, fault);
  if (!content) return base::pass(content.error());
  return open_with(envelope.bytes, *content, fault);
}

EnvelopeHeader header_of(ByteView envelope) {
  return read_header(envelope);
}

Bytes stub_of(const Envelope& envelope) {
  Layout l = layout(envelope.bytes, envelope.slot_count);
  base::Writer out;
  out.bytes(l.header);
  out.bytes(hash("sv1.rev-slots", l.slots).bytes);
  out.bytes(l.commit);
  out.bytes(hash("sv1.rev-body", l.body).bytes);
  out.bytes(envelope.signature.bytes);
  return out.take();
}

Result<Stub> parse_stub(ByteView bytes, EnvelopeFault* fault) {
  if (auto code = beginning_fault(bytes); code != EnvelopeFault::none) return refuse(code, fault, "stub");
  if (bytes.size() != stub_size) return refuse(EnvelopeFault::length, fault, "stub");
  Shape shape;
  if (auto code = header_fault(bytes.first(envelope_header_size), shape); code != EnvelopeFault::none)
    return refuse(code, fault, "stub");
  Stub stub;
  stub.header = read_header(bytes);
  if (stub.header.record != record_id_of(stub.header.project, stub.header.withdrawal))
    return refuse(EnvelopeFault::record_id, fault, "stub");
  Hash slots{base::Reader(bytes.subspan(164)).array<32>()};
  Hash body{base::Reader(bytes.subspan(228)).array<32>()};
  stub.id = revision_id(bytes.first(envelope_header_size), slots, bytes.subspan(196, 32), body);
  stub.signature.bytes = base::Reader(bytes.subspan(260)).array<64>();
  if (fault) *fault = EnvelopeFault::none;
  return stub;
}

Status check_stub(const Stub& stub, const PublicSign& signer, EnvelopeFault* fault) {
  if (device_id_of(signer) != stub.header.device) return refuse(EnvelopeFault::unknown_signer, fault, "stub");
  if (!verify(signer, "sv1.rev-sig", Hash{stub.id.bytes}, stub.signature))
    return refuse(EnvelopeFault::signature, fault, "stub");
  return {};
}

bool verify_stub(const Stub& stub, const PublicSign& signer) {
  return check_stub(stub, signer).has_value();
}

}  // namespace seal
