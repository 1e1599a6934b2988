#include "tests/torture/samples.h"

#include "sync/exchange/bundle.h"
#include "sync/record/revision.h"
#include "sync/seal/envelope.h"
#include "sync/seal/profile_key.h"
#include "sync/seal/withdrawal.h"

namespace torture {
namespace {

constexpr size_t header = 164, slot = 88, table = 56, row = 48, tail = 96;
constexpr const char* words = "torture passphrase";

bool within(size_t place, size_t from, size_t to) {
  return place >= from && place < to;
}

void put(Bytes& into, size_t at, ByteView bytes) {
  std::copy(bytes.begin(), bytes.end(), into.begin() + static_cast<long>(at));
}

Bytes joined(std::initializer_list<ByteView> parts) {
  Bytes out;
  for (ByteView part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

// Where structure is checked before anything is believed: the same for an envelope and its stub.
Codes header_codes(size_t place) {
  if (place < 4) return {"magic"};
  if (place == 4) return {"suite"};
  if (place == 5) return {"kind"};
  if (place < 8) return {"reserved"};
  if (place < 40 || within(place, 132, 164)) return {"record_id"};
  if (place == 100) return {"slots", "length"};
  if (within(place, 101, 104)) return {"reserved"};
  if (within(place, 104, 108)) return {"size_field", "length"};
  return {};
}

Codes envelope_codes(size_t place) {
  if (Codes codes = header_codes(place); !codes.empty()) return codes;
  return within(place, 40, 56) ? Codes{"unknown_signer"} : Codes{"signature"};
}

std::string read_envelope(ByteView bytes, const World& world, const Bytes& plain) {
  auto e = seal::parse_envelope(bytes);
  if (!e) return code_of(e.error());
  if (auto good = seal::verify_envelope(*e, world.device.sign.pub); !good) return code_of(good.error());
  auto opened = seal::open_envelope(*e, world.epoch);
  if (!opened) return code_of(opened.error());
  auto r = record::decode_revision(*opened);
  if (!r) return code_of(r.error());
  if (auto same = record::agrees(*r, e->header); !same) return code_of(same.error());
  return *opened == plain ? "good" : "good, and another content";
}

// Signed by the device itself, whatever it holds now.
Bytes sign_envelope(Bytes all, const World& world) {
  size_t commit = header + slot;
  if (all.size() < commit + 32 + 64) return all;
  ByteView v(all);
  auto id =
      seal::hash("sv1.rev-id",
                 joined({v.first(header), seal::hash("sv1.rev-slots", v.subspan(header, slot)).bytes,
                         v.subspan(commit, 32),
                         seal::hash("sv1.rev-body", v.subspan(commit + 32, v.size() - commit - 96)).bytes}));
  put(all, all.size() - 64, seal::sign(world.device.sign, "sv1.rev-sig", id).bytes);
  return all;
}

Bytes close_bundle(Bytes all, const World& world) {
  auto hash = seal::hash("sv1.bndl-id", ByteView(all).first(all.size() - tail));
  put(all, all.size() - tail, hash.bytes);
  put(all, all.size() - 64, seal::sign(world.device.sign, "sv1.bndl-sig", hash).bytes);
  return all;
}

}  // namespace

std::string code_of(const base::Error& error) {
  size_t open = error.where.rfind('(');
  size_t close = error.where.rfind(')');
  if (open == std::string::npos || close < open) return "no code: " + base::describe(error);
  return error.where.substr(open + 1, close - open - 1);
}

World::World(uint64_t seed)
    : random(seed),
      device(seal::DeviceKeys::from(seal::Key::from(random))),
      epoch(seal::BoxKeys::from_seed(seal::Key::from(random))),
      project(base::ProjectId::from(random)) {}

Bytes World::envelope(uint64_t sequence, size_t size) {
  seal::SignKeys withdrawal = seal::card_keys(project, seal::Card::from(random));
  seal::EnvelopeHeader h{project,       seal::record_id_of(project, withdrawal.pub), device.id, sequence, {},
                         withdrawal.pub};
  record::Revision r;
  r.record = h.record;
  r.device = h.device;
  r.sequence = sequence;
  r.full = true;
  r.answers = {
      {{"q", {}}, *record::make_value(record::Tag::text, std::string(size, 'x')), record::Origin::given}};
  return *seal::seal_revision(*record::encode_revision(r), h, {epoch.pub}, device);
}

Sample envelope_sample(World& world) {
  Bytes bytes = world.envelope(7, 4000);
  Bytes plain = *seal::open_envelope(*seal::parse_envelope(bytes), world.epoch);
  return {"envelope",
          bytes,
          [&world, plain](ByteView b) { return read_envelope(b, world, plain); },
          [](ByteView b) { return seal::parse_envelope(b) ? std::string("good") : std::string("structure"); },
          envelope_codes,
          [](size_t) { return Codes{"length"}; },
          {"length"}};
}

Sample bundle_sample(World& world) {
  std::vector<exchange::Item> items;
  for (uint64_t n = 1; n <= 4; ++n) items.push_back({exchange::ItemKind::revision, world.envelope(n, 4000)});
  seal::Tombstone t;
  seal::SignKeys card = seal::card_keys(world.project, seal::Card::from(world.random));
  t.project = world.project;
  t.record = seal::record_id_of(world.project, card.pub);
  items.push_back({exchange::ItemKind::tombstone, seal::make_tombstone(t, card)});
  const size_t rows = table + row * items.size();
  Bytes bytes = *exchange::write_bundle(world.project, world.device, 5, items);
  const size_t size = bytes.size();
  auto expected = [rows, size](size_t place) -> Codes {
    if (place < 4) return {"magic"};
    if (place == 4) return {"suite"};
    if (place < 8) return {"reserved"};
    if (place < 48) return {"hash"};
    if (place < 52) return {"volume"};
    if (place < 56) return {"items", "table", "reserved", "kind"};  // another number of rows is read
    if (place < rows) {
      size_t in = (place - table) % row;
      if (in == 0) return {"kind", "hash"};
      return in < 8 ? Codes{"reserved"} : in < 16 ? Codes{"table"} : Codes{"hash"};
    }
    return place < size - 64 ? Codes{"hash"} : Codes{"signature"};
  };
  auto cut = [rows](size_t n) -> Codes {
    return n < table + tail ? Codes{"length"} : n < rows + tail ? Codes{"items"} : Codes{"table"};
  };
  return {"bundle",
          bytes,
          [&world](ByteView b) {
            auto read = exchange::read_bundle(b, &world.device.sign.pub);
            return read ? std::string("good") : code_of(read.error());
          },
          [](ByteView b) {
            auto read = exchange::read_bundle(b, nullptr);
            std::string code = read ? "good" : code_of(read.error());
            return code == "hash" || code == "item" ? "good" : code;
          },
          expected,
          cut,
          {"table"}};
}

Sample key_sample(World& world) {
  auto made = seal::make_profile_key(words, seal::demo_cost, world.random);
  Bytes master(made->master.view().begin(), made->master.view().end());
  return {"key",
          made->file,
          [master](ByteView b) {
            auto key = seal::open_profile_key(b, words);
            if (!key) return code_of(key.error());
            return std::equal(master.begin(), master.end(), key->view().begin())
                       ? std::string("good")
                       : std::string("good, and another key");
          },
          [](ByteView b) {
            return b.size() == seal::profile_key_size ? std::string("good") : std::string("length");
          },
          [](size_t place) { return place < 3 ? Codes{"magic"} : Codes{"hash"}; },
          [](size_t) { return Codes{"length"}; },
          {"length"}};
}

Sample stub_sample(World& world) {
  Bytes bytes = seal::stub_of(*seal::parse_envelope(world.envelope(7, 4000)));
  return {"stub",
          bytes,
          [&world](ByteView b) {
            auto stub = seal::parse_stub(b);
            if (!stub) return code_of(stub.error());
            auto good = seal::check_stub(*stub, world.device.sign.pub);
            return good ? std::string("good") : code_of(good.error());
          },
          [](ByteView b) { return seal::parse_stub(b) ? std::string("good") : std::string("structure"); },
          [](size_t place) {
            Codes codes = envelope_codes(place);
            codes.erase("length");  // a stub has the length of no slots
            if (place == 100) return Codes{"slots", "signature"};
            if (within(place, 104, 108)) return Codes{"size_field", "signature"};
            return codes;
          },
          [](size_t) { return Codes{"length"}; },
          {"length"}};
}

Sample resigned_envelope(World& world) {
  Sample s = envelope_sample(world);
  auto read = s.read;
  s.name = "resigned envelope";
  s.read = [&world, read](ByteView b) { return read(sign_envelope({b.begin(), b.end()}, world)); };
  s.careless = [&world](ByteView b) {
    auto e = seal::parse_envelope(sign_envelope({b.begin(), b.end()}, world));
    return e && seal::verify_envelope(*e, world.device.sign.pub) ? std::string("good")
                                                                 : std::string("refused");
  };
  size_t end = s.bytes.size();
  s.expected = [end](size_t place) -> Codes {
    if (Codes codes = header_codes(place); !codes.empty()) return codes;
    if (within(place, 40, 56)) return {"unknown_signer"};
    if (within(place, header, header + 8)) return {"no_slot"};
    if (within(place, header + 8, header + slot)) return {"unwrap"};
    if (place < header + slot + 32) return {"commit"};
    return place < end - 64 ? Codes{"body"} : Codes{"good"};  // its own signature is put right again
  };
  s.cut = {};
  return s;
}

Sample resigned_bundle(World& world) {
  Sample s = bundle_sample(world);
  const size_t rows = table + row * base::Reader(ByteView(s.bytes).subspan(52)).u32();
  const size_t size = s.bytes.size();
  s.name = "resigned bundle";
  // Read as a centre does: the bundle, then each item for itself.
  auto whole = [&world](ByteView b, bool careful) -> std::string {
    Bytes closed = close_bundle({b.begin(), b.end()}, world);
    auto read = exchange::read_bundle(closed, &world.device.sign.pub);
    if (!read) return code_of(read.error());
    if (!careful) return "good";
    if (read->project != world.project) return "another project";
    for (const exchange::Item& item : read->items) {
      if (item.kind == exchange::ItemKind::revision) {
        auto e = seal::parse_envelope(item.bytes);
        if (!e) return "item: " + code_of(e.error());
        if (auto good = seal::verify_envelope(*e, world.device.sign.pub); !good)
          return "item: " + code_of(good.error());
      } else if (item.kind == exchange::ItemKind::tombstone) {
        if (auto t = seal::parse_tombstone(item.bytes); !t) return "item: " + code_of(t.error());
      } else {
        return "another kind";
      }
    }
    return "good";
  };
  s.read = [whole](ByteView b) { return whole(b, true); };
  s.careless = [whole](ByteView b) { return whole(b, false); };
  s.expected = [rows, size](size_t place) -> Codes {
    if (place < 4) return {"magic"};
    if (place == 4) return {"suite"};
    if (place < 8) return {"reserved"};
    if (place < 24) return {"another project"};
    if (place < 40) return {"signature"};
    if (place < 48) return {"good"};  // a device may number its bundles as it likes
    if (place < 52) return {"volume"};
    if (place < 56) return {"items", "table", "reserved", "kind"};
    if (place < rows) {
      size_t in = (place - table) % row;
      if (in == 0) return {"kind", "another kind", "item: magic", "item: length"};
      return in < 8 ? Codes{"reserved"} : in < 16 ? Codes{"table"} : Codes{"item"};
    }
    return place < size - tail ? Codes{"item"} : Codes{"good"};  // hash and signature are put right again
  };
  s.cut = {};
  return s;
}

Sample resigned_key(World& world) {
  Sample s = key_sample(world);
  auto read = s.read;
  auto hashed = [](ByteView b) {
    Bytes out(b.begin(), b.end());
    put(out, 320, seal::hash("sv1.key-file", ByteView(out).first(320)).bytes);
    return out;
  };
  s.name = "rehashed key";
  s.read = [read, hashed](ByteView b) { return read(hashed(b)); };
  s.expected = [](size_t place) -> Codes {
    if (place < 3) return {"magic"};
    if (place < 5) return {"suite"};
    if (place == 5) return {"algorithm"};
    if (place < 8 || within(place, 160, 320)) return {"reserved"};
    if (place < 16) return {"cost", "passphrase"};
    if (place < 112) return {"passphrase"};
    return place < 160 ? Codes{"body"} : Codes{"good"};  // the hash is put right again
  };
  s.cut = {};
  return s;
}

}  // namespace torture
