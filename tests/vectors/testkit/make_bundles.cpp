#include "sync/exchange/bundle.h"
#include "tests/vectors/testkit/makers.h"

namespace testkit {
namespace {

constexpr size_t table = 56, row = 48, tail = 96;

// The hash over everything before it and the signature anew: what an insider can do.
Bytes closed(Bytes all, const seal::DeviceKeys& by = device(), bool sign = true) {
  auto hash = seal::hash("sv1.bndl-id", ByteView(all).first(all.size() - tail));
  put(all, all.size() - tail, hash.bytes);
  if (sign) put(all, all.size() - 64, seal::sign(by.sign, "sv1.bndl-sig", hash).bytes);
  return all;
}

Bytes unsigned_of(Bytes all) {
  std::fill(all.end() - 64, all.end(), uint8_t{0});
  return all;
}

}  // namespace

Kit bundles() {
  std::string one = "the first item";
  std::string two = "a second one, longer";
  std::vector<exchange::Item> items = {{exchange::ItemKind::tombstone, {one.begin(), one.end()}},
                                       {exchange::ItemKind::statement, {two.begin(), two.end()}}};
  const base::ProjectId project = support::example_project();
  Kit kit("bundle", *exchange::write_bundle(project, device(), 5, items),
          {{"signer", hex(device().sign.pub.bytes)}, {"items", "2"}});
  const size_t size = kit.base().size();
  auto set = [&](size_t at, const Bytes& bytes) {
    Bytes out = kit.base();
    put(out, at, bytes);
    return out;
  };
  kit.add("good", "two items, signed", "good", kit.base());
  kit.add("good-unsigned", "without a signature", "good", unsigned_of(kit.base()));
  kit.add("good-empty", "nothing in it", "good", *exchange::write_bundle(project, device(), 6, {}),
          {{"items", "0"}});
  kit.add("good-all-kinds", "items of every kind there is", "good",
          [&] {
            std::vector<exchange::Item> all;
            for (uint8_t kind = 1; kind <= 9; ++kind)
              all.push_back({static_cast<exchange::ItemKind>(kind), {kind}});
            return *exchange::write_bundle(project, device(), 7, all);
          }(),
          {{"items", "9"}});
  for (size_t n : {size_t{0}, size_t{4}, size_t{5}, size_t{56}, size_t{151}})
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes", "length", kit.first(n));
  for (size_t n : {size_t{152}, size - 97, size - 65, size - 1})
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes",
            n < table + 2 * row + tail ? "items" : "table", kit.first(n));
  kit.add("longer-1", "a byte behind the signature", "table", kit.longer({0}));
  kit.add("longer-64", "64 bytes behind the signature", "table", kit.longer(Bytes(64, 9)));
  for (size_t at = 0; at < 4; ++at)
    kit.add("magic-" + std::to_string(at), "another magic", "magic", kit.flipped(at));
  for (uint8_t suite : {uint8_t{0}, uint8_t{2}})
    kit.add("suite-" + std::to_string(suite), "another suite", "suite", kit.with(4, suite));
  for (size_t at : {size_t{5}, size_t{6}, size_t{7}})
    kit.add("reserved-" + std::to_string(at), "a reserved byte is not zero, signed", "reserved",
            closed(kit.with(at, 1)));
  for (auto [name, at, byte] : {std::tuple{"volume-0", size_t{48}, uint8_t{0}},
                                {"volume-2", size_t{48}, uint8_t{2}},
                                {"volumes-2", size_t{50}, uint8_t{2}}})
    kit.add(name, "another volume than 1 of 1, signed", "volume", closed(kit.with(at, byte)));
  kit.add("items-more", "more items than the file has room for", "items", closed(set(52, le32(60000))));
  kit.add("items-most", "more items than a bundle holds", "items", closed(set(52, le32(0xffffffff))));
  kit.add("items-less", "an item less than there is", "table", closed(set(52, le32(1))));
  for (uint8_t kind : {uint8_t{0}, uint8_t{10}, uint8_t{255}})
    kit.add("kind-" + std::to_string(kind), "an item of another kind, signed", "kind",
            closed(kit.with(table, kind)));
  for (size_t at : {table + 1, table + row + 7})
    kit.add("reserved-" + std::to_string(at), "a reserved byte of the table, signed", "reserved",
            closed(kit.with(at, 1)));
  kit.add("size-less", "an item a byte shorter than it is", "table",
          closed(set(table + 8, le64(one.size() - 1))));
  kit.add("size-more", "an item a byte longer than it is", "table",
          closed(set(table + 8, le64(one.size() + 1))));
  kit.add("size-most", "an item of 2^64 - 1 bytes", "table", closed(set(table + 8, le64(UINT64_MAX))));
  Bytes wrapped = set(table + 8, le64(one.size() + (uint64_t{1} << 63)));
  put(wrapped, table + row + 8, le64(two.size() + (uint64_t{1} << 63)));
  kit.add("size-wraps", "two sizes whose sum wraps around", "table", closed(wrapped));
  for (auto [name, at] : {std::pair{"project", size_t{8}},
                          {"exporter", size_t{24}},
                          {"number", size_t{40}},
                          {"item-hash", table + 16},
                          {"item", table + 2 * row},
                          {"item-last", size - tail - 1},
                          {"hash", size - tail}})
    kit.add(std::string("damaged-") + name, "changed on the way", "hash", kit.flipped(at));
  for (auto [name, at] : {std::pair{"r", size - 64}, {"s", size - 20}})
    kit.add(std::string("signature-") + name, "the signature was changed", "signature", kit.flipped(at));
  kit.add("signature-high-s", "a signature whose second half is not reduced", "signature",
          with_high_s(kit.base()));
  kit.add("signature-other", "signed by another than it says", "signature",
          closed(kit.base(), other_device()));
  kit.add("signature-stale", "changed and hashed again, not signed again", "signature",
          closed(kit.flipped(40), device(), false));
  kit.add("exporter-other", "another exporter, hashed and signed again", "signature",
          closed(kit.flipped(24)));
  kit.add("item-changed", "an item changed, all else made good", "item",
          closed(kit.flipped(table + 2 * row)));
  kit.add("item-hash-changed", "an item's hash changed, all else made good", "item",
          closed(kit.flipped(table + row + 16)));
  kit.add("item-unsigned", "an item changed in an unsigned bundle", "item",
          unsigned_of(closed(kit.flipped(table + 2 * row))));
  Bytes moved = kit.base();
  std::rotate(moved.begin() + table + 2 * row,
              moved.begin() + table + 2 * row + static_cast<long>(one.size()), moved.end() - tail);
  kit.add("items-exchanged", "the items' places exchanged, all else made good", "item", closed(moved));
  return kit;
}

}  // namespace testkit
