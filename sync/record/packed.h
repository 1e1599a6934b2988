// Packed: the content of a revision made small before it is sealed, where it would not fit the least block.
//
//   Bytes content = pack_content(*encode_revision(r));   // sealed as it is, or packed: decode_revision() reads both
//   Result<Bytes> plain = unpack_content(content);       // what was given; unpacked already: the same bytes
//
// An envelope shows the size of its block and nothing finer (8, 32, 128 … KiB): packed, most interviews fit the
// least. Whoever can seal chooses all of the content, so what packing tells by its size tells nobody else's secret.
// Layout: REVISION.md, "Packed". Deflate by zlib, which is in every process of ours by its fonts and pictures. Bounded:
// what unpacks to more than a revision may hold is refused before it is unpacked.
#pragma once

#include "forms/base/bytes.h"
#include "forms/base/error.h"

namespace record {

base::Bytes pack_content(base::Bytes plain);
bool is_packed(base::ByteView content);
base::Result<base::Bytes> unpack_content(base::ByteView content);

}  // namespace record
