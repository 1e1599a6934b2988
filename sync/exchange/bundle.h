// Bundle: what travels: items one after the other, a table of them in front, a hash and a signature behind
// (SVB1; BUNDLE.md).
//
//   Bytes file = write_bundle(project, keys, number, items);      // signed by who carries it out
//   Result<Bundle> b = read_bundle(file);                          // everything verified before anything is
//   handed out
//
// Items authenticate themselves; the bundle's signature may be absent (64 zero bytes) and then its number
// proves nothing. Limits: 65,535 items, 1 GiB. Errors: corrupt with the part that fails, unsupported for
// newer ones.
#pragma once

#include "sync/seal/crypto.h"

namespace exchange {

using base::Bytes;
using base::ByteView;
using base::Result;
using base::Status;

enum class ItemKind : uint8_t {
  revision = 1,
  attachment = 2,
  certificate = 3,
  statement = 4,
  package = 5,
  receipt = 6,
  tombstone = 7,
  head = 8,
  stub = 9
};

struct Item {
  ItemKind kind = ItemKind::revision;
  Bytes bytes;
};

struct Bundle {
  base::ProjectId project;
  base::DeviceId exporter;
  uint64_t number = 0;
  base::Hash hash;
  bool is_signed = false;
  std::vector<Item> items;
};

Result<Bytes> write_bundle(const base::ProjectId& project, const seal::DeviceKeys& keys, uint64_t number,
                           const std::vector<Item>& items);
// `signer`: when known, a signature that is there must be theirs; null: it is not judged.
Result<Bundle> read_bundle(ByteView bytes, const seal::PublicSign* signer = nullptr);
// What is whole of a damaged bundle: items whose bytes still have the hash the table names, or, where the table is
// gone, that show where they begin and end. They prove themselves; the bundle proves nothing.
struct Salvage {
  std::vector<Item> items;
  int torn = 0;
};
Salvage salvage_bundle(ByteView bytes);
std::string bundle_name(uint64_t number, const base::Hash& hash);  // "0000000007-9c1f2a3b.svb"
std::string_view item_name(ItemKind kind);

}  // namespace exchange
