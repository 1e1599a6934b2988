#include "sync/seal/head.h"

namespace seal {
namespace {

using base::Fault;

constexpr size_t body_size = head_size - 64;

tl::unexpected<base::Error> refuse(const char* code, const char* sentence, Fault fault = Fault::corrupt) {
  return base::fail(fault, std::string("head (") + code + ")", sentence);
}

}  // namespace

Bytes make_head(const Head& what, const DeviceKeys& keys) {
  base::Writer out;
  out.tag("SVH1");
  out.u8(1);
  out.u8(static_cast<uint8_t>(what.kind));
  out.zeros(2);
  out.bytes(what.project.bytes);
  out.bytes(keys.id.bytes);
  out.u64(what.sequence);
  out.bytes(what.revision.bytes);
  out.bytes(what.epoch.bytes);
  out.bytes(sign(keys.sign, "sv1.head-sig", hash("sv1.head-id", out.peek())).bytes);
  return out.take();
}

Result<Head> parse_head(ByteView bytes) {
  if (bytes.size() < 8) return refuse("length", "It is cut short.");
  base::Reader in(bytes);
  if (!in.tag("SVH1")) return refuse("magic", "This is not the head of a device's chain.");
  if (in.u8() != 1)
    return refuse("suite", "It was made by a newer version; update the program.", Fault::unsupported);
  if (bytes.size() != head_size) return refuse("length", "It is cut short or has bytes left over.");
  Head h;
  h.kind = static_cast<Head::Kind>(in.u8());
  if (h.kind != Head::Kind::running && h.kind != Head::Kind::closing)
    return refuse("kind", "It is of a kind this version does not know.", Fault::unsupported);
  if (!in.zeros(2)) return refuse("reserved", "A byte that must be zero is not.");
  h.project.bytes = in.array<16>();
  h.device.bytes = in.array<16>();
  h.sequence = in.u64();
  h.revision.bytes = in.array<32>();
  h.epoch.bytes = in.array<8>();
  if ((h.kind == Head::Kind::closing) == h.epoch.is_zero() || (h.sequence == 0) != h.revision.is_zero())
    return refuse("epoch", "What it says does not fit together.");
  h.signature.bytes = in.array<64>();
  h.id = hash("sv1.head-id", bytes.first(body_size));
  return h;
}

Status verify_head(const Head& head, const PublicSign& signer) {
  if (device_id_of(signer) != head.device)
    return refuse("unknown_signer", "The device that signed it is not enrolled here.", Fault::locked);
  if (!verify(signer, "sv1.head-sig", head.id, head.signature))
    return refuse("signature", "The signature does not hold: it was changed or forged.");
  return {};
}

}  // namespace seal
