// The few shapes that journals and revisions share. Internal to sync/record.
#pragma once

#include "sync/record/entry.h"

namespace record {

inline constexpr size_t deepest_repeat = 8;

inline void put_key(base::Writer& out, const Key& key) {
  out.text32(key.question);
  out.u8(static_cast<uint8_t>(key.instances.size()));
  for (const base::InstanceId& id : key.instances) out.bytes(id.bytes);
}

inline Key get_key(base::Reader& in) {
  Key key;
  key.question = in.text32();
  size_t depth = in.u8();
  if (depth > deepest_repeat) in.refuse();
  for (size_t i = 0; i < depth && in.ok(); ++i) key.instances.push_back({in.array<16>()});
  return key;
}

// The length of canonical(value), then its bytes.
inline void put_value(base::Writer& out, const Value& value) {
  if (value.tag != Tag::choices && value.tag != Tag::ranking && value.tag != Tag::cleared) {
    // A tag and a text, without a copy between.
    out.u32(static_cast<uint32_t>(5 + value.text.size()));
    out.u8(static_cast<uint8_t>(value.tag));
    return out.text32(value.text);
  }
  base::Bytes bytes = canonical(value);
  out.u32(static_cast<uint32_t>(bytes.size()));
  out.bytes(bytes);
}

inline Value get_value(base::Reader& in) {
  auto value = parse_value(in.bytes(in.u32()));
  if (!value) {
    in.refuse();
    return {};
  }
  return std::move(*value);
}

inline Origin get_origin(base::Reader& in) {
  uint8_t origin = in.u8();
  if (origin < 1 || origin > 3) in.refuse();
  return static_cast<Origin>(origin);
}

}  // namespace record
