#include "sync/record/revision.h"
#include "sync/seal/envelope.h"
#include "sync/seal/head.h"
#include "sync/seal/withdrawal.h"
#include "tests/vectors/testkit/makers.h"

namespace testkit {
namespace {

constexpr size_t header = 164, slot = 88;

seal::Card card() {
  seal::Card c;
  for (size_t i = 0; i < c.code.size(); ++i) c.code[i] = static_cast<uint8_t>(0x11 * i);
  return c;
}

seal::EnvelopeHeader example_header() {
  seal::SignKeys withdrawal = seal::card_keys(support::example_project(), card());
  seal::EnvelopeHeader h{support::example_project(),
                         seal::record_id_of(support::example_project(), withdrawal.pub),
                         device().id,
                         7,
                         {},
                         withdrawal.pub};
  h.previous.bytes.fill(0x66);
  return h;
}

record::Revision example_content() {
  record::Revision r;
  r.record = example_header().record;
  r.device = example_header().device;
  r.sequence = example_header().sequence;
  r.full = true;
  r.form_id = "visit";
  r.answers = {{{"age", {}}, *record::make_value(record::Tag::integer, "34"), record::Origin::given}};
  return r;
}

// Signed by the device itself, whatever it holds: what an insider can do.
Bytes sign_envelope(Bytes all, size_t slots = 1, const seal::DeviceKeys& by = device()) {
  size_t commit = header + slot * slots;
  ByteView v(all);
  ByteView body = v.subspan(commit + 32, all.size() - commit - 32 - 64);
  auto id =
      seal::hash("sv1.rev-id",
                 joined({v.first(header), seal::hash("sv1.rev-slots", v.subspan(header, slot * slots)).bytes,
                         v.subspan(commit, 32), seal::hash("sv1.rev-body", body).bytes}));
  put(all, all.size() - 64, seal::sign(by.sign, "sv1.rev-sig", id).bytes);
  return all;
}

// Another padded content under the same content key, signed.
Bytes with_padded(const Bytes& envelope, Bytes padded) {
  Bytes out = envelope;
  auto content = seal::open_sealed(epoch(), ByteView(out).subspan(header + 8, 80));
  seal::Key key{ByteView(*content)};
  seal::Nonce nonce;
  std::copy_n(out.begin() + 108, nonce.size(), nonce.begin());
  size_t body = header + slot + 32;
  put(out, body, seal::encrypt(seal::derive(key, 1, "SvRevEnc"), nonce, padded, ByteView(out).first(body)));
  return sign_envelope(out);
}

Bytes padded_with(ByteView plain, std::initializer_list<std::pair<size_t, uint8_t>> marks, bool mark = true) {
  Bytes out(plain.begin(), plain.end());
  out.resize(8192, 0);
  if (mark) out[plain.size()] = 0x80;
  for (auto [at, byte] : marks) out[at] = byte;
  return out;
}

void structure(Kit& kit) {
  for (size_t n : {size_t{0}, size_t{1}, size_t{7}, size_t{8}, size_t{100}, size_t{164}, size_t{347},
                   size_t{4000}, kit.base().size() - 65, kit.base().size() - 1})
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes", "length", kit.first(n));
  kit.add("longer-1", "a byte behind the signature", "length", kit.longer({0}));
  kit.add("longer-64", "64 bytes behind the signature", "length", kit.longer(Bytes(64, 7)));
  for (size_t at = 0; at < 4; ++at)
    kit.add("magic-" + std::to_string(at), "the magic's byte " + std::to_string(at), "magic",
            kit.flipped(at));
  for (uint8_t suite : {uint8_t{0}, uint8_t{2}, uint8_t{255}})
    kit.add("suite-" + std::to_string(suite), "another suite", "suite", kit.with(4, suite));
  for (uint8_t kind : {uint8_t{0}, uint8_t{2}, uint8_t{255}})
    kit.add("kind-" + std::to_string(kind), "another kind", "kind", kit.with(5, kind));
  for (size_t at : {size_t{6}, size_t{7}, size_t{101}, size_t{102}, size_t{103}})
    kit.add("reserved-" + std::to_string(at), "a reserved byte is not zero", "reserved", kit.with(at, 1));
  for (uint8_t slots : {uint8_t{0}, uint8_t{9}, uint8_t{255}})
    kit.add("slots-" + std::to_string(slots), "an impossible number of slots", "slots", kit.with(100, slots));
  kit.add("slots-2", "two slots are stated, one is there", "length", kit.with(100, 2));
  for (uint32_t size : {0u, 8192u, 8207u, 8209u, 0xffffffffu}) {
    Bytes out = kit.base();
    put(out, 104, le32(size));
    kit.add("size-" + std::to_string(size), "a size that no body has", "size_field", out);
  }
  Bytes larger = kit.base();
  put(larger, 104, le32((32 << 10) + 16));
  kit.add("size-larger", "the size of a larger bucket", "length", larger);
  kit.add("project", "another project: the record is not its withdrawal key's any more", "record_id",
          kit.flipped(8));
  kit.add("record", "another record", "record_id", kit.flipped(24));
  kit.add("withdrawal", "another withdrawal key", "record_id", kit.flipped(132));
}

void signatures(Kit& kit) {
  kit.add("device", "another device in the header", "unknown_signer", kit.flipped(40));
  kit.add("stranger", "read with another device's key", "unknown_signer", kit.base(),
          {{"signer", hex(other_device().sign.pub.bytes)}});
  size_t end = kit.base().size();
  for (auto [name, at] : {std::pair{"sequence", size_t{56}},
                          {"previous", size_t{64}},
                          {"epoch", size_t{96}},
                          {"nonce", size_t{108}},
                          {"slot-id", header},
                          {"slot-box", header + 8},
                          {"commit", header + slot},
                          {"body-first", header + slot + 32},
                          {"body-last", end - 65},
                          {"signature-r", end - 64},
                          {"signature-s", end - 32}})
    kit.add(std::string("unsigned-") + name, "changed and not signed again", "signature", kit.flipped(at));
  Bytes zeros = kit.base();
  std::fill(zeros.end() - 64, zeros.end(), uint8_t{0});
  kit.add("signature-zeros", "a signature of zeros", "signature", zeros);
  kit.add("signature-high-s", "a signature whose second half is not reduced", "signature",
          with_high_s(kit.base()));
  kit.add("signature-other", "signed by another device under this one's name", "signature",
          sign_envelope(kit.base(), 1, other_device()));
  Bytes context = kit.base();
  auto id = seal::parse_envelope(context)->id;
  put(context, end - 64, seal::sign(device().sign, "sv1.head-sig", base::Hash{id.bytes}).bytes);
  kit.add("signature-context", "signed as something else", "signature", context);
}

void contents(Kit& kit, const Bytes& plain) {
  kit.add("other-epoch", "opened with a key that has no slot", "no_slot", kit.base(),
          {{"epoch_seed", hex(support::counting(0x21).view())}});
  kit.add("slot-id", "the slot names another key", "no_slot", sign_envelope(kit.flipped(header)));
  for (auto [name, at] : {std::pair{"slot-ephemeral", header + 8}, {"slot-cipher", header + slot - 1}})
    kit.add(name, "the sealed box was changed, signed again", "unwrap", sign_envelope(kit.flipped(at)));
  for (auto [name, at] : {std::pair{"resigned-sequence", size_t{56}},
                          {"resigned-previous", size_t{64}},
                          {"resigned-epoch", size_t{96}},
                          {"resigned-nonce", size_t{108}},
                          {"commit-first", header + slot},
                          {"commit-last", header + slot + 31}})
    kit.add(name, "changed by the device itself and signed again", "commit", sign_envelope(kit.flipped(at)));
  Bytes swapped = kit.base();
  put(swapped, header + 8, seal::seal_to(epoch().pub, support::counting(0xc0).view()));
  kit.add("slot-other-key", "the slot holds another content key", "commit", sign_envelope(swapped));
  size_t body = header + slot + 32;
  size_t end = kit.base().size();
  for (auto [name, at] :
       {std::pair{"body-first", body}, {"body-middle", body + 4000}, {"body-tag", end - 65}})
    kit.add(name, "the body was changed, signed again", "body", sign_envelope(kit.flipped(at)));
  kit.add("padding-none", "no mark at the end of the content", "padding",
          with_padded(kit.base(), padded_with(plain, {}, false)));
  kit.add("padding-mark", "another mark than 0x80", "padding",
          with_padded(kit.base(), padded_with(plain, {{plain.size(), 0x81}})));
  kit.add("padding-behind", "something stands behind the mark", "padding",
          with_padded(kit.base(), padded_with(plain, {{8191, 1}})));
}

}  // namespace

Kit envelopes() {
  Bytes plain = *record::encode_revision(example_content());
  Kit kit("envelope", *seal::seal_revision(plain, example_header(), {epoch().pub}, device()),
          {{"signer", hex(device().sign.pub.bytes)},
           {"epoch_seed", hex(support::counting(0x20).view())},
           {"content", hex(seal::hash("example", plain).bytes)}});
  kit.add("good", "one slot", "good", kit.base());
  for (size_t slots : {2u, 8u}) {
    std::vector<seal::PublicBox> to(slots - 1, coordinator().box.pub);
    to.push_back(epoch().pub);
    kit.add("good-slots-" + std::to_string(slots), "sealed to several keys, ours is the last", "good",
            *seal::seal_revision(plain, example_header(), to, device()));
  }
  structure(kit);
  signatures(kit);
  contents(kit, plain);
  for (auto [name, change] :
       {std::pair{"inner-record", 0}, std::pair{"inner-device", 1}, std::pair{"inner-sequence", 2}}) {
    record::Revision r = example_content();
    if (change == 0) r.record.bytes[0] ^= 1;
    if (change == 1) r.device.bytes[0] ^= 1;
    if (change == 2) ++r.sequence;
    kit.add(name, "inside stands another one than in the header", "inner",
            with_padded(kit.base(), padded_with(*record::encode_revision(r), {})));
  }
  return kit;
}

Kit stubs() {
  Bytes plain = *record::encode_revision(example_content());
  auto e = seal::parse_envelope(*seal::seal_revision(plain, example_header(), {epoch().pub}, device()));
  Kit kit("stub", seal::stub_of(*e), {{"signer", hex(device().sign.pub.bytes)}});
  kit.add("good", "what is left of an envelope", "good", kit.base());
  for (size_t n : {size_t{0}, size_t{7}, size_t{164}, size_t{323}})
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes", "length", kit.first(n));
  kit.add("longer", "a byte behind the signature", "length", kit.longer({0}));
  kit.add("whole", "the whole envelope in its place", "length", e->bytes);
  kit.add("magic", "another magic", "magic", kit.flipped(2));
  kit.add("suite", "another suite", "suite", kit.with(4, 2));
  kit.add("kind", "another kind", "kind", kit.with(5, 2));
  kit.add("reserved", "a reserved byte is not zero", "reserved", kit.with(6, 1));
  kit.add("slots", "an impossible number of slots", "slots", kit.with(100, 9));
  kit.add("reserved-late", "a later reserved byte is not zero", "reserved", kit.with(102, 1));
  kit.add("size", "a size that no body has", "size_field", kit.with(104, 1));
  kit.add("record", "another record", "record_id", kit.flipped(30));
  kit.add("device", "another device", "unknown_signer", kit.flipped(41));
  for (auto [name, at] : {std::pair{"sequence", size_t{56}},
                          {"previous", size_t{70}},
                          {"nonce", size_t{110}},
                          {"slots-hash", size_t{164}},
                          {"commit", size_t{196}},
                          {"body-hash", size_t{228}},
                          {"signature", size_t{300}}})
    kit.add(std::string("unsigned-") + name, "changed and not signed again", "signature", kit.flipped(at));
  return kit;
}

Kit heads() {
  seal::Head what{.project = support::example_project(), .sequence = 42};
  what.revision.bytes.fill(0x99);
  Kit kit("head", seal::make_head(what, device()), {{"signer", hex(device().sign.pub.bytes)}});
  auto again = [](Bytes bytes) {
    return signed_again(std::move(bytes), "sv1.head-id", "sv1.head-sig", device().sign);
  };
  kit.add("good", "a running head", "good", kit.base());
  seal::Head closing = what;
  closing.kind = seal::Head::Kind::closing;
  closing.epoch.bytes.fill(0x21);
  kit.add("good-closing", "a closing head", "good", seal::make_head(closing, device()));
  kit.add("good-empty", "of a chain that has nothing yet", "good",
          seal::make_head({.project = support::example_project()}, device()));
  for (size_t n : {size_t{0}, size_t{7}, size_t{88}, size_t{151}})
    kit.add("cut-" + std::to_string(n), "cut after " + std::to_string(n) + " bytes", "length", kit.first(n));
  kit.add("longer", "a byte behind the signature", "length", kit.longer({0}));
  kit.add("magic", "another magic", "magic", kit.flipped(3));
  kit.add("suite", "another suite", "suite", kit.with(4, 2));
  for (uint8_t kind : {uint8_t{0}, uint8_t{3}})
    kit.add("kind-" + std::to_string(kind), "another kind", "kind", again(kit.with(5, kind)));
  kit.add("reserved", "a reserved byte is not zero", "reserved", again(kit.with(7, 1)));
  kit.add("closing-nothing", "a closing head that names no epoch", "epoch", again(kit.with(5, 2)));
  kit.add("running-epoch", "a running head that names an epoch", "epoch", again(kit.with(80, 1)));
  Bytes none = kit.base();
  std::fill(none.begin() + 40, none.begin() + 48, uint8_t{0});
  kit.add("sequence-none", "sequence 0 with an envelope's id", "epoch", again(none));
  kit.add("device", "another device", "unknown_signer", kit.flipped(24));
  for (auto [name, at] : {std::pair{"project", size_t{8}},
                          {"sequence", size_t{40}},
                          {"revision", size_t{48}},
                          {"signature-r", size_t{88}},
                          {"signature-s", size_t{120}}})
    kit.add(std::string("unsigned-") + name, "changed and not signed again", "signature", kit.flipped(at));
  return kit;
}

}  // namespace testkit
