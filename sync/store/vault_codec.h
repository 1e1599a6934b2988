// How the vault's own small values are written into rows. Internal to sync/store.
#pragma once

#include "sync/store/vault.h"

namespace store {

inline Bytes encode_membership(const Membership& m) {
  base::Writer out;
  out.bytes(m.project.bytes);
  out.text32(m.name);
  out.bytes(m.root.bytes);
  out.u8(static_cast<uint8_t>((m.demo ? 1 : 0) | (m.coordinator ? 2 : 0)));
  out.bytes(m.request.bytes);
  return out.take();
}

inline Result<Membership> decode_membership(ByteView bytes) {
  base::Reader in(bytes);
  Membership m;
  m.project.bytes = in.array<16>();
  m.name = in.text32();
  m.root.bytes = in.array<32>();
  uint8_t flags = in.u8();
  m.demo = flags & 1;
  m.coordinator = flags & 2;
  m.request.bytes = in.array<32>();
  if (!in.ok() || !in.at_end())
    return base::fail(base::Fault::corrupt, "vault", "The membership row is damaged.");
  return m;
}

inline Bytes encode_draft_info(const DraftInfo& i) {
  base::Writer out;
  for (const std::string* text : {&i.form_id, &i.form_version, &i.title, &i.name}) out.text32(*text);
  out.bytes(i.form.bytes);
  out.bytes(i.package.bytes);
  out.u64(static_cast<uint64_t>(i.begun.ms));
  out.u32(static_cast<uint32_t>(i.withdrawal_seed.size()));
  out.bytes(i.withdrawal_seed);
  return out.take();
}

inline Result<DraftInfo> decode_draft_info(ByteView bytes) {
  base::Reader in(bytes);
  DraftInfo i;
  for (std::string* text : {&i.form_id, &i.form_version, &i.title, &i.name}) *text = in.text32();
  i.form.bytes = in.array<32>();
  i.package.bytes = in.array<32>();
  i.begun.ms = static_cast<int64_t>(in.u64());
  ByteView seed = in.bytes(in.u32());
  i.withdrawal_seed.assign(seed.begin(), seed.end());
  if (!in.ok() || !in.at_end()) return base::fail(base::Fault::corrupt, "vault", "A draft's row is damaged.");
  return i;
}

inline Bytes encode_finished(const Finished& f) {
  base::Writer out;
  out.bytes(f.record.bytes);
  out.bytes(f.last.bytes);
  out.text32(f.title);
  out.text32(f.name);
  out.u64(static_cast<uint64_t>(f.at.ms));
  out.u8(f.refused ? 1 : 0);
  out.bytes(f.withdrawal.bytes);
  out.bytes(f.form.bytes);
  out.text32(f.form_id);
  out.text32(f.form_version);
  return out.take();
}

inline Result<Finished> decode_finished(ByteView bytes) {
  base::Reader in(bytes);
  Finished f;
  f.record.bytes = in.array<16>();
  f.last.bytes = in.array<32>();
  f.title = in.text32();
  f.name = in.text32();
  f.at.ms = static_cast<int64_t>(in.u64());
  f.refused = in.u8() != 0;
  f.withdrawal.bytes = in.array<32>();
  f.form.bytes = in.array<32>();
  f.form_id = in.text32();
  f.form_version = in.text32();
  if (!in.ok() || !in.at_end())
    return base::fail(base::Fault::corrupt, "vault", "A finished interview's row is damaged.");
  return f;
}

}  // namespace store
