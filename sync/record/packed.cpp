#include "sync/record/packed.h"

#include <zlib.h>

#include "sync/seal/secret.h"

namespace record {
namespace {

using base::Bytes;
using base::ByteView;

constexpr uint16_t packed = 0x8000;
constexpr size_t least_block = (8 << 10) - 1;  // what fits is not packed: one encoding for one content
constexpr size_t largest = (size_t{1} << 20) - 1;

}  // namespace

Bytes pack_content(Bytes plain) {
  if (plain.size() <= least_block || plain.size() > largest) return plain;
  uLongf size = compressBound(static_cast<uLong>(plain.size()));
  Bytes stream(size);
  if (compress2(stream.data(), &size, plain.data(), static_cast<uLong>(plain.size()), 9) != Z_OK) return plain;
  base::Writer out;
  out.u16(packed);
  out.u32(static_cast<uint32_t>(size + 4));
  out.u32(static_cast<uint32_t>(plain.size()));
  out.bytes(ByteView(stream).first(size));
  Bytes made = out.take();
  seal::wipe(std::span<uint8_t>(stream));
  if (made.size() >= plain.size()) return plain;
  seal::wipe(std::span<uint8_t>(plain));
  return made;
}

bool is_packed(ByteView content) {
  base::Reader in(content);
  return in.u16() == packed && in.ok();
}

base::Result<Bytes> unpack_content(ByteView content) {
  if (!is_packed(content)) return Bytes(content.begin(), content.end());
  auto damaged = [] {
    return base::fail(base::Fault::corrupt, "revision (packed)", "What it holds cannot be unpacked.");
  };
  base::Reader in(content);
  in.u16();
  base::ByteView rest = in.bytes(in.u32());
  if (!in.ok() || !in.at_end()) return damaged();
  base::Reader part(rest);
  size_t size = part.u32();
  ByteView stream = part.bytes(part.left());
  if (!part.ok() || size <= least_block || size > largest) return damaged();
  Bytes plain(size);
  uLongf made = static_cast<uLongf>(size);
  uLong used = static_cast<uLong>(stream.size());
  bool whole = uncompress2(plain.data(), &made, stream.data(), &used) == Z_OK && made == size &&
               used == stream.size() && !is_packed(plain);
  if (whole) return plain;
  seal::wipe(std::span<uint8_t>(plain));
  return damaged();
}

}  // namespace record
