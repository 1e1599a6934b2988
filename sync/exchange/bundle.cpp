#include "sync/exchange/bundle.h"

#include <algorithm>
#include <set>

#include "forms/base/parallel.h"

namespace exchange {
namespace {

using base::Fault;

// 0 "SVB1" · 4 suite · 5 zero 3 · 8 project 16 · 24 exporter 16 · 40 number u64 · 48 volume u16 of u16 · 52
// items u32
constexpr size_t header_size = 56, row_size = 48, tail_size = 32 + 64;
constexpr uint32_t most_items = 65535;
constexpr uint64_t largest = uint64_t{1} << 30;

base::Hash item_hash(ByteView bytes) {
  return seal::hash("sv1.bndl-item", bytes);
}

tl::unexpected<base::Error> refuse(const char* part, const char* sentence, Fault fault = Fault::corrupt) {
  return base::fail(fault, std::string("bundle (") + part + ")", sentence);
}

}  // namespace

std::string_view item_name(ItemKind kind) {
  switch (kind) {
    case ItemKind::revision:
      return "revision";
    case ItemKind::attachment:
      return "attachment";
    case ItemKind::certificate:
      return "certificate";
    case ItemKind::statement:
      return "statement";
    case ItemKind::package:
      return "form package";
    case ItemKind::receipt:
      return "receipt";
    case ItemKind::tombstone:
      return "tombstone";
    case ItemKind::head:
      return "head";
    case ItemKind::stub:
      return "stub";
  }
  return "unknown";
}

Result<Bytes> write_bundle(const base::ProjectId& project, const seal::DeviceKeys& keys, uint64_t number,
                           const std::vector<Item>& items) {
  if (items.size() > most_items) return refuse("items", "A bundle holds at most 65,535 items.", Fault::full);
  base::Writer out;
  out.tag("SVB1");
  out.u8(1);
  out.zeros(3);
  out.bytes(project.bytes);
  out.bytes(keys.id.bytes);
  out.u64(number);
  out.u16(1);
  out.u16(1);
  out.u32(static_cast<uint32_t>(items.size()));
  for (const Item& item : items) {
    out.u8(static_cast<uint8_t>(item.kind));
    out.zeros(7);
    out.u64(item.bytes.size());
    out.bytes(item_hash(item.bytes).bytes);
  }
  for (const Item& item : items) out.bytes(item.bytes);
  if (out.size() + tail_size > largest) return refuse("size", "A bundle is at most 1 GiB.", Fault::full);
  base::Hash hash = seal::hash("sv1.bndl-id", out.peek());
  out.bytes(hash.bytes);
  out.bytes(seal::sign(keys.sign, "sv1.bndl-sig", hash).bytes);
  return out.take();
}

Result<Bundle> read_bundle(ByteView bytes, const seal::PublicSign* signer) {
  if (bytes.size() < 5) return refuse("length", "It is cut short.");
  base::Reader in(bytes);
  if (!in.tag("SVB1")) return refuse("magic", "This is not a bundle.");
  if (in.u8() != 1)
    return refuse("suite", "It was made by a newer version; update the program. The file is left untouched.",
                  Fault::unsupported);
  if (bytes.size() < header_size + tail_size || bytes.size() > largest)
    return refuse("length", "It is cut short.");
  if (!in.zeros(3)) return refuse("reserved", "A byte that must be zero is not.");
  Bundle out;
  out.project.bytes = in.array<16>();
  out.exporter.bytes = in.array<16>();
  out.number = in.u64();
  if (in.u16() != 1 || in.u16() != 1)
    return refuse("volume", "A bundle is whole by itself; this one says that it is a part.", Fault::unsupported);
  uint32_t count = in.u32();
  if (count > most_items || header_size + uint64_t{row_size} * count + tail_size > bytes.size())
    return refuse("items", "The number of items is impossible.");
  struct Line {
    uint8_t kind;
    uint64_t size;
    base::Hash hash;
  };
  std::vector<Line> lines;
  uint64_t sum = header_size + uint64_t{row_size} * count + tail_size;
  for (uint32_t i = 0; i < count; ++i) {
    Line line{in.u8(), 0, {}};
    if (!in.zeros(7)) return refuse("reserved", "A byte that must be zero is not.");
    line.size = in.u64();
    line.hash.bytes = in.array<32>();
    if (line.kind < 1 || line.kind > 9)
      return refuse("kind", "It holds an item of a kind this version does not know.", Fault::unsupported);
    if (line.size > largest) return refuse("table", "The table of items does not fit the file.");
    sum += line.size;
    lines.push_back(line);
  }
  if (sum != bytes.size())
    return refuse("table",
                  "The table of items does not fit the file: it is cut short or has bytes left over.");
  // First pass: the whole and every item, on two threads; nothing is handed out before all of it holds.
  ByteView signed_part = bytes.first(bytes.size() - tail_size);
  std::vector<ByteView> views(count);
  for (uint32_t i = 0; i < count; ++i) views[i] = in.bytes(lines[i].size);
  std::vector<char> is_whole(count);
  base::in_parallel(size_t{count} + 1, [&](size_t i) {
    if (i == 0)
      out.hash = seal::hash("sv1.bndl-id", signed_part);
    else
      is_whole[i - 1] = item_hash(views[i - 1]) == lines[i - 1].hash;
  });
  base::Reader tail(bytes.subspan(signed_part.size()));
  if (tail.array<32>() != out.hash.bytes)
    return refuse("hash", "It was damaged on the way. Ask for it again.");
  seal::Signature signature{tail.array<64>()};
  out.is_signed = !(signature == seal::Signature{});
  if (out.is_signed && signer &&
      (seal::device_id_of(*signer) != out.exporter ||
       !seal::verify(*signer, "sv1.bndl-sig", out.hash, signature)))
    return refuse("signature", "Its signature does not hold: it was changed or forged.");
  if (std::find(is_whole.begin(), is_whole.end(), 0) != is_whole.end())
    return refuse("item", "One of its items was damaged on the way. Ask for it again.");
  // Second pass.
  out.items.reserve(count);
  for (uint32_t i = 0; i < count; ++i)
    out.items.push_back({static_cast<ItemKind>(lines[i].kind), {views[i].begin(), views[i].end()}});
  return out;
}

namespace {

// Fixed sizes, or a size in the item itself; 0: it does not tell.
size_t size_at(ByteView bytes) {
  base::Reader in(bytes);
  if (bytes.size() < 5) return 0;
  std::string_view magic = base::text_of(bytes.first(4));
  if (magic == "SVT1") return 168;
  if (magic == "SVH1") return 152;
  if (magic == "SVR1" && bytes.size() > 164) {
    base::Reader size(bytes.subspan(104));
    return 164 + size_t{88} * bytes[100] + 32 + size.u32() + 64;
  }
  if (magic == "SVF1" && bytes.size() > 72) return 72 + size_t{base::Reader(bytes.subspan(44)).u32()} + 64;
  return 0;
}

ItemKind kind_of(std::string_view magic) {
  return magic == "SVT1"   ? ItemKind::tombstone
         : magic == "SVH1" ? ItemKind::head
         : magic == "SVF1" ? ItemKind::package
                           : ItemKind::revision;
}

}  // namespace

Salvage salvage_bundle(ByteView bytes) {
  Salvage out;
  std::set<base::Hash> found;
  auto keep = [&](ItemKind kind, ByteView item) {
    if (found.insert(item_hash(item)).second) out.items.push_back({kind, {item.begin(), item.end()}});
  };
  base::Reader in(bytes);
  in.bytes(52);
  uint32_t count = in.u32();
  bool has_table = in.ok() && bytes.size() > 4 && base::text_of(bytes.first(4)) == "SVB1" &&
                   count <= most_items && header_size + uint64_t{row_size} * count <= bytes.size();
  if (has_table) {
    uint64_t at = header_size + uint64_t{row_size} * count;
    for (uint32_t i = 0; i < count; ++i) {
      auto kind = in.u8();
      in.zeros(7);
      uint64_t size = in.u64();
      base::Hash hash{in.array<32>()};
      if (!in.ok() || size > bytes.size() || at > bytes.size() - size) {
        out.torn += static_cast<int>(count - i);
        break;
      }
      ByteView item = bytes.subspan(at, size);
      if (kind >= 1 && kind <= 9 && item_hash(item) == hash)
        keep(static_cast<ItemKind>(kind), item);
      else
        ++out.torn;
      at += size;
    }
  }
  // Where the table does not help: what shows its own size.
  for (size_t at = 0; at + 5 < bytes.size(); ++at) {
    if (bytes[at] != 'S' || bytes[at + 1] != 'V') continue;
    size_t size = size_at(bytes.subspan(at));
    if (size == 0 || size > bytes.size() - at) continue;
    keep(kind_of(base::text_of(bytes.subspan(at, 4))), bytes.subspan(at, size));
  }
  return out;
}

std::string bundle_name(uint64_t number, const base::Hash& hash) {
  std::string digits = std::to_string(number);
  return std::string(digits.size() < 10 ? 10 - digits.size() : 0, '0') + digits + "-" +
         hash.hex().substr(0, 8) + ".svb";
}

}  // namespace exchange
