#include <doctest/doctest.h>

#include "sync/seal/document.h"
#include "sync/seal/envelope.h"
#include "sync/seal/package.h"
#include "sync/seal/profile_key.h"
#include "sync/seal/withdrawal.h"

namespace {

using namespace seal;

struct Parties {
  base::SeededRandom random{11};
  DeviceKeys device = DeviceKeys::from(Key::from(random));
  DeviceKeys other = DeviceKeys::from(Key::from(random));
  BoxKeys epoch = BoxKeys::from_seed(Key::from(random));
  BoxKeys stranger = BoxKeys::from_seed(Key::from(random));
  base::ProjectId project = base::ProjectId::from(random);
  SignKeys card = cardless_keys(random);
  EnvelopeHeader header() const {
    return {project, record_id_of(project, card.pub), device.id, 7, hash("test", {}), card.pub};
  }
};

// The first fault an honest reader with all keys finds.
EnvelopeFault judge(ByteView bytes, const Parties& p) {
  EnvelopeFault fault = EnvelopeFault::none;
  auto e = parse_envelope(bytes, &fault);
  if (!e) return fault;
  if (!verify_envelope(*e, p.device.sign.pub, &fault)) return fault;
  if (!open_envelope(*e, p.epoch, &fault)) return fault;
  return EnvelopeFault::none;
}

Bytes resigned(Bytes bytes, const Parties& p) {
  EnvelopeFault fault = EnvelopeFault::none;
  auto e = parse_envelope(bytes, &fault);
  if (!e) return bytes;
  Signature s = sign(p.device.sign, "sv1.rev-sig", Hash{e->id.bytes});
  std::copy(s.bytes.begin(), s.bytes.end(), bytes.end() - 64);
  return bytes;
}

}  // namespace

TEST_CASE("envelope: what is sealed opens with the epoch's key and with no other") {
  Parties p;
  std::string plain = "ما قيل في المقابلة";
  auto bytes = seal_revision(base::view_of(plain), p.header(), {p.epoch.pub}, p.device);
  REQUIRE(bytes);
  auto e = parse_envelope(*bytes);
  REQUIRE(e);
  CHECK(verify_envelope(*e, p.device.sign.pub));
  CHECK(base::text_of(*open_envelope(*e, p.epoch)) == plain);
  CHECK(open_envelope(*e, p.stranger).error().fault == base::Fault::locked);
  CHECK(verify_envelope(*e, p.other.sign.pub).error().fault == base::Fault::locked);
  CHECK(e->header.sequence == 7);
}

TEST_CASE("envelope: an observer learns one of five sizes") {
  Parties p;
  std::map<size_t, int> sizes;
  for (size_t n : {size_t{0}, size_t{100}, size_t{8191}, size_t{8192}, size_t{40000}, size_t{200000},
                   size_t{600000}, largest_plain})
    ++sizes[seal_revision(Bytes(n, 'x'), p.header(), {p.epoch.pub}, p.device)->size()];
  CHECK(sizes.size() == 5);
  CHECK(seal_revision(Bytes(largest_plain + 1, 'x'), p.header(), {p.epoch.pub}, p.device).error().fault ==
        base::Fault::full);
}

TEST_CASE("envelope: every changed byte is refused, also when the device itself signs it again") {
  Parties p;
  Bytes good = *seal_revision(base::view_of("answers"), p.header(), {p.epoch.pub}, p.device);
  REQUIRE(judge(good, p) == EnvelopeFault::none);
  for (size_t i = 0; i < good.size(); i += i < 400 ? 1 : 97) {
    for (int bit : {0, 7}) {
      Bytes bad = good;
      bad[i] = static_cast<uint8_t>(bad[i] ^ (1 << bit));
      CHECK_MESSAGE(judge(bad, p) != EnvelopeFault::none, "byte ", i);
      if (i + 64 >= good.size()) continue;
      EnvelopeFault fault = judge(resigned(bad, p), p);
      // An insider may say another project, number or ancestor of its own; content it cannot touch.
      bool header_only = fault == EnvelopeFault::none;
      CHECK_MESSAGE(!header_only, "re-signed byte ", i);
    }
  }
}

TEST_CASE("envelope: every truncation and every byte too many is refused") {
  Parties p;
  Bytes good = *seal_revision(base::view_of("answers"), p.header(), {p.epoch.pub}, p.device);
  for (size_t n = 0; n < good.size(); n += n < 500 ? 1 : 211)
    CHECK(judge(ByteView(good).first(n), p) != EnvelopeFault::none);
  for (size_t n = 1; n <= 64; ++n) {
    Bytes longer = good;
    longer.resize(good.size() + n);
    CHECK(judge(longer, p) == EnvelopeFault::length);
  }
}

TEST_CASE("envelope: each fault has its own code") {
  Parties p;
  Bytes good = *seal_revision(base::view_of("answers"), p.header(), {p.epoch.pub}, p.device);
  struct Row {
    size_t at;
    EnvelopeFault expected;
  };
  const Row rows[] = {{0, EnvelopeFault::magic},       {4, EnvelopeFault::suite},
                      {5, EnvelopeFault::kind},        {6, EnvelopeFault::reserved},
                      {24, EnvelopeFault::record_id},  {100, EnvelopeFault::slots},
                      {101, EnvelopeFault::reserved},  {104, EnvelopeFault::size_field},
                      {132, EnvelopeFault::record_id}, {good.size() - 1, EnvelopeFault::signature},
                      {300, EnvelopeFault::signature}};
  for (const Row& row : rows) {
    Bytes bad = good;
    bad[row.at] ^= 0x40;
    CHECK_MESSAGE(envelope_fault_name(judge(bad, p)) == envelope_fault_name(row.expected), "byte ", row.at);
  }
  auto content = [&](size_t at) {
    Bytes bad = good;
    bad[at] ^= 1;
    return judge(resigned(bad, p), p);
  };
  CHECK(content(164) == EnvelopeFault::no_slot);
  CHECK(content(180) == EnvelopeFault::unwrap);
  CHECK(content(256) == EnvelopeFault::commit);
  CHECK(content(300) == EnvelopeFault::body);
}

TEST_CASE("envelope: another device cannot claim what this one sealed") {
  Parties p;
  Bytes bytes = *seal_revision(base::view_of("answers"), p.header(), {p.epoch.pub}, p.device);
  std::copy(p.other.id.bytes.begin(), p.other.id.bytes.end(), bytes.begin() + 40);
  auto e = parse_envelope(bytes);
  REQUIRE(e);
  Signature s = sign(p.other.sign, "sv1.rev-sig", Hash{e->id.bytes});
  std::copy(s.bytes.begin(), s.bytes.end(), bytes.end() - 64);
  e = parse_envelope(bytes);
  CHECK(verify_envelope(*e, p.other.sign.pub));
  CHECK_FALSE(open_envelope(*e, p.epoch));
}

TEST_CASE("stub: 324 bytes keep the chain provable when the content is gone") {
  Parties p;
  auto e = parse_envelope(*seal_revision(base::view_of("answers"), p.header(), {p.epoch.pub}, p.device));
  Bytes stub = stub_of(*e);
  CHECK(stub.size() == stub_size);
  auto parsed = parse_stub(stub);
  REQUIRE(parsed);
  CHECK(parsed->id == e->id);
  CHECK(verify_stub(*parsed, p.device.sign.pub));
  for (size_t i = 8; i < stub.size(); ++i) {
    Bytes bad = stub;
    bad[i] ^= 1;
    auto other = parse_stub(bad);
    // The epoch's first bytes, the nonce and the like are all under the signature.
    CHECK_MESSAGE((!other || !verify_stub(*other, p.device.sign.pub)), "byte ", i);
  }
}

TEST_CASE("signatures: what was signed as one thing never holds as another") {
  Parties p;
  Hash h = hash("test", base::view_of("x"));
  Signature s = sign(p.device.sign, "sv1.rev-sig", h);
  CHECK(verify(p.device.sign.pub, "sv1.rev-sig", h, s));
  for (const char* other : {"sv1.tomb-sig", "sv1.stmt-sig", "sv1.bndl-sig", "sv1.form-sig", "sv1.rev-si"})
    CHECK_FALSE(verify(p.device.sign.pub, other, h, s));
}

TEST_CASE("profile key: the right words open it, wrong ones are told from damage") {
  base::SeededRandom random(3);
  auto made = make_profile_key("five words of a passphrase", demo_cost, random);
  REQUIRE(made);
  CHECK(made->file.size() == profile_key_size);
  auto key = open_profile_key(made->file, "five words of a passphrase");
  REQUIRE(key);
  CHECK(std::equal(key->view().begin(), key->view().end(), made->master.view().begin()));
  CHECK(open_profile_key(made->file, "five words of a passphrasf").error().fault == base::Fault::locked);
  for (size_t i = 0; i < made->file.size(); ++i) {
    Bytes bad = made->file;
    bad[i] ^= 1;
    auto opened = open_profile_key(bad, "five words of a passphrase");
    REQUIRE_FALSE(opened);
    CHECK_MESSAGE(opened.error().fault != base::Fault::locked, "byte ", i);
  }
  for (size_t n = 0; n < made->file.size(); n += 13)
    CHECK_FALSE(open_profile_key(ByteView(made->file).first(n), "x"));
  auto changed =
      change_passphrase(made->file, "five words of a passphrase", "other words entirely", demo_cost);
  REQUIRE(changed);
  CHECK(open_profile_key(*changed, "other words entirely"));
  CHECK_FALSE(open_profile_key(*changed, "five words of a passphrase"));
  CHECK(make_profile_key("short", demo_cost, random).error().fault == base::Fault::invalid);
}

TEST_CASE("card: it reads back, forgives typing, and notices one wrong sign or a swap") {
  base::SeededRandom random(5);
  base::ProjectId project = base::ProjectId::from(random);
  for (int round = 0; round < 40; ++round) {
    Card card = Card::from(random);
    std::string text = card.text();
    REQUIRE(parse_card(text));
    CHECK(parse_card(text)->code == card.code);
    std::string loose;
    for (char c : text)
      loose += c == '-' ? ' ' : c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(c >= 'A' ? c | 0x20 : c);
    CHECK(parse_card(loose)->code == card.code);
    std::string plain;
    for (char c : text)
      if (c != '-') plain += c;
    for (size_t i = 0; i < 16; ++i) {
      std::string bad = plain;
      bad[i] = bad[i] == '7' ? '8' : '7';
      CHECK_FALSE(parse_card(bad));
      if (plain[i] != plain[i + 1] && i < 15) {
        std::swap(bad = plain, bad);
        std::swap(bad[i], bad[i + 1]);
        CHECK_MESSAGE(!parse_card(bad), plain, " swapped at ", i);
      }
    }
    CHECK(record_id_of(project, card_keys(project, card).pub) ==
          record_id_of(project, card_keys(project, card).pub));
  }
  CHECK(parse_card("ABCD").error().detail.find("18") != std::string::npos);
  CHECK_FALSE(parse_card("ABCD-EFGH-JKMN-PQRS-U1"));
}

TEST_CASE("tombstone: only the card's own key withdraws its record; every changed byte is refused") {
  Parties p;
  Tombstone t;
  t.project = p.project;
  t.record = record_id_of(p.project, p.card.pub);
  Bytes bytes = make_tombstone(t, p.card);
  CHECK(bytes.size() == tombstone_size);
  REQUIRE(parse_tombstone(bytes));
  CHECK(parse_tombstone(bytes)->record == t.record);
  CHECK_FALSE(parse_tombstone(make_tombstone(t, p.other.sign)));
  for (size_t i = 0; i < bytes.size(); ++i) {
    Bytes bad = bytes;
    bad[i] ^= 1;
    CHECK_MESSAGE(!parse_tombstone(bad), "byte ", i);
    CHECK_FALSE(parse_tombstone(ByteView(bytes).first(i)));
  }
}

TEST_CASE("package: members open it, nobody else; a changed byte is refused") {
  Parties p;
  Key read = Key::from(p.random);
  Key wrong = Key::from(p.random);
  Files files{{"survey.csv", {1, 2, 3}}, {"lists/places.csv", {}}};
  auto bytes = seal_package(p.project, files, read, 1, p.device);
  REQUIRE(bytes);
  auto opened = open_package(*bytes, read, p.device.sign.pub);
  REQUIRE(opened);
  CHECK(opened->files == files);
  CHECK(open_package(*bytes, wrong, p.device.sign.pub).error().fault == base::Fault::locked);
  CHECK_FALSE(open_package(*bytes, read, p.other.sign.pub));
  for (size_t i = 0; i < bytes->size(); ++i) {
    Bytes bad = *bytes;
    bad[i] ^= 1;
    CHECK_MESSAGE(!open_package(bad, read, p.device.sign.pub), "byte ", i);
  }
  for (const char* name : {"../x", "/etc/x", "", "a\\b"})
    CHECK_FALSE(seal_package(p.project, {{name, {}}}, read, 1, p.device));
}

TEST_CASE("rows: bound to their place") {
  Parties p;
  Bytes row = seal_row(p.device.rows, base::view_of("answer"), base::view_of("draft 1, row 1"));
  CHECK(base::text_of(*open_row(p.device.rows, row, base::view_of("draft 1, row 1"))) == "answer");
  CHECK_FALSE(open_row(p.device.rows, row, base::view_of("draft 1, row 2")));
  CHECK(seal_row(p.device.rows, {}, {}) != seal_row(p.device.rows, {}, {}));
}
