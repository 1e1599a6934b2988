#include <doctest/doctest.h>

#include <set>

#include "tests/sync/store/field.h"

namespace {

using namespace store;
using support::Field;

struct Office {
  support::Folder folder;
  Field field;
  std::unique_ptr<Central> central = *Central::open(folder.path() / "central.db");

  Imported take(const std::string& name, std::vector<Item> items, const base::DeviceId& carrier = {}) {
    auto done = field.import(*central, name, std::move(items), carrier);
    REQUIRE_MESSAGE(done, (done ? "" : base::describe(done.error())));
    return *done;
  }
  std::vector<Missing> gaps() { return *central->gaps(field.authority()); }
  void open_all() {  // as a coordinator does: what each names is noted; nothing, here
    std::vector<Named> opened;
    auto all = central->envelopes();
    REQUIRE(all);
    for (const Bytes& bytes : *all) opened.push_back({seal::parse_envelope(bytes)->id, {}});
    REQUIRE(central->note_opened(opened));
  }
  uint64_t frontier(const seal::DeviceKeys& device) {
    open_all();
    auto all = *central->frontiers(field.authority());
    for (const record::Frontier& f : all)
      if (f.device == device.id) return f.sequence;
    return 0;
  }
  bool holds(const Item& revision) {  // its sealed body, anywhere in the file
    std::string raw = folder.read("central.db");
    std::string body(revision.bytes.end() - 400, revision.bytes.end() - 100);
    return raw.find(body) != std::string::npos;
  }
};

}  // namespace

TEST_CASE("central: importing twice changes nothing, and a bad item means none of them") {
  Office o;
  std::vector<Item> items = o.field.words();
  items.push_back(o.field.seal(o.field.devices[0], 1));
  std::vector<Item> broken = items;
  broken.back().bytes[300] ^= 1;
  CHECK_FALSE(o.field.import(*o.central, "broken", broken));
  CHECK(o.central->envelopes()->empty());
  CHECK(o.central->statements()->empty());
  CHECK(o.take("one", items).revisions == 1);
  CHECK(o.take("two", items).fresh() == 0);
  CHECK(o.central->envelopes()->size() == 1);
  CHECK(o.central->imported("one"));
  CHECK_FALSE(o.central->imported("broken"));
}

TEST_CASE("central: what an unknown device sent waits until somebody enrols it") {
  Office o;
  std::vector<Item> words = o.field.words();
  CHECK(
      o.take("early", {o.field.seal(o.field.devices[0], 1), o.field.head(o.field.devices[0])}).quarantined ==
      2);
  CHECK(o.central->envelopes()->empty());
  auto waiting = *o.central->quarantine();
  REQUIRE(waiting.size() == 2);
  CHECK(waiting[0].why == "unknown signer");
  Imported later = o.take("words", words);
  CHECK(later.revisions == 1);
  CHECK(later.heads == 1);
  CHECK(*o.central->quarantined() == 0);
}

TEST_CASE("central: a forged revision under a known device's name is refused, not quarantined") {
  Office o;
  o.take("words", o.field.words());
  seal::DeviceKeys thief = o.field.keys();
  thief.id = o.field.devices[0].id;
  Item forged = o.field.seal(thief, 1);
  auto done = o.field.import(*o.central, "forged", {forged});
  REQUIRE_FALSE(done);
  CHECK(done.error().fault == base::Fault::corrupt);
  CHECK(*o.central->quarantined() == 0);
}

TEST_CASE("central: gaps, tails and their beginning are named; a frontier ends before them") {
  Office o;
  o.take("words", o.field.words());
  std::vector<Item> all;
  for (int n = 1; n <= 7; ++n) all.push_back(o.field.seal(o.field.devices[0], n));
  Item head = o.field.head(o.field.devices[0]);
  o.take("a", {all[0], all[1]});
  CHECK(o.gaps().empty());
  o.take("b", {all[4]});
  REQUIRE(o.gaps().size() == 1);
  CHECK(o.gaps()[0].gap.first == 3);
  CHECK(o.gaps()[0].gap.last == 4);
  CHECK(o.gaps()[0].since.ms == 1003);  // when the fifth arrived and showed it
  CHECK(o.frontier(o.field.devices[0]) == 2);
  o.take("c", {head});
  REQUIRE(o.gaps().size() == 2);
  CHECK(o.gaps()[1].gap.is_tail);
  CHECK(o.gaps()[1].gap.last == 7);
  o.take("d", {all[2], all[3], all[5], all[6]});
  CHECK(o.gaps().empty());
  CHECK(o.frontier(o.field.devices[0]) == 7);
}

TEST_CASE("central: of running heads the furthest stays, of closing ones each") {
  Office o;
  o.take("words", o.field.words());
  o.field.seal(o.field.devices[0], 1);
  Item first = o.field.head(o.field.devices[0]);
  base::KeyId epoch = seal::key_id_of(o.field.epoch.pub);
  Item closing = o.field.head(o.field.devices[0], epoch);
  o.field.seal(o.field.devices[0], 2);
  Item second = o.field.head(o.field.devices[0]);
  o.take("a", {second, closing});
  o.take("b", {first});
  CHECK(o.central->heads()->size() == 2);
  CHECK((*o.central->chains(o.field.authority())).closed(epoch)[o.field.devices[0].id] == 1);
}

TEST_CASE("central: a card shreds its record on arrival, before or after it, and the chain stays whole") {
  Office o;
  o.take("words", o.field.words());
  Item first = o.field.seal(o.field.devices[0], 1);
  Item other = o.field.seal(o.field.devices[0], 2);
  Item again = o.field.seal(o.field.devices[0], 1);
  o.take("a", {first, other});
  REQUIRE(o.central->backup_to(o.folder.path() / "backup.db", {1}));
  CHECK(o.take("t", {o.field.tombstone(1)}).tombstones == 1);
  CHECK(o.central->envelopes()->size() == 1);
  o.take("b", {again});
  CHECK(o.central->envelopes()->size() == 1);
  CHECK(o.gaps().empty());
  CHECK(o.frontier(o.field.devices[0]) == 3);
  CHECK_FALSE(o.holds(first));
  CHECK_FALSE(o.holds(again));
  CHECK(o.holds(other));
  CHECK(o.central->shredded()->size() == 1);
  CHECK(o.central->shreds() == 1);
  auto backups = *o.central->backups();
  REQUIRE(backups.size() == 1);
  CHECK(backups[0].withdrawn_since == 1);
}

TEST_CASE("central: a withdrawn record's quarantined items and key slots go with it") {
  Office o;
  std::vector<Item> words = o.field.words();
  Item first = o.field.seal(o.field.devices[0], 1);
  SUBCASE("quarantined") {
    o.take("early", {first});
    o.take("t", {o.field.tombstone(1)}, {});
    CHECK_MESSAGE(*o.central->quarantined() == 1,
                  "nobody we know brought it: it is not believed to be about anything");
    o.take("words", words);
    o.take("t", {o.field.tombstone(1)});
    CHECK(*o.central->quarantined() == 0);
    CHECK(o.central->envelopes()->empty());
  }
  SUBCASE("key slots") {
    o.take("words", words);
    o.take("a", {first});
    RevisionId id = seal::parse_envelope(first.bytes)->id;
    base::KeyId key = seal::key_id_of(o.field.epoch.pub);
    REQUIRE(o.central->put_keyslots({{id, key, Bytes(72, 7)}}));
    REQUIRE(o.central->openings(std::vector{id})->size() == 1);
    CHECK((*o.central->openings(std::vector{id}))[0].keyslot.wrapped == Bytes(72, 7));
    o.take("t", {o.field.tombstone(1)});
    CHECK(o.central->keyslots(key)->empty());
    CHECK(o.central->openings(std::vector{id})->empty());
  }
}

TEST_CASE("central: a coordinator's or a device's withdrawal hides; it shreds on a person's word") {
  Office o;
  o.take("words", o.field.words());
  Item one = o.field.seal(o.field.devices[0], 1), two = o.field.seal(o.field.devices[0], 2);
  o.take("a", {one, two});
  o.take("b", {o.field.tombstone_by(o.field.coordinators[1], 1, seal::TombstoneAuthority::coordinator),
               o.field.tombstone_by(o.field.devices[0], 2, seal::TombstoneAuthority::device_request)});
  CHECK(o.central->envelopes()->size() == 2);
  REQUIRE(o.central->withdrawals()->size() == 2);
  REQUIRE(o.central->shred(o.field.record_of(1), {5}));
  REQUIRE(o.central->shred(o.field.record_of(2), {5}));
  CHECK(o.central->envelopes()->empty());
  CHECK(o.gaps().empty());
  CHECK_FALSE(o.holds(one));
  o.take("c", {one});  // brought once more
  CHECK(o.central->envelopes()->empty());
}

TEST_CASE("central: a stub without a withdrawal is a gap, and the whole fills it") {
  Office o;
  o.take("words", o.field.words());
  Item one = o.field.seal(o.field.devices[0], 1), two = o.field.seal(o.field.devices[0], 2);
  CHECK(o.take("a", {Field::stub(one), two}).stubs == 1);
  REQUIRE(o.gaps().size() == 1);
  CHECK(o.frontier(o.field.devices[0]) == 0);
  SUBCASE("the whole comes") {
    CHECK(o.take("b", {one}).revisions == 1);
    CHECK(o.gaps().empty());
    CHECK(o.central->envelopes()->size() == 2);
    CHECK(o.take("c", {Field::stub(one)}).fresh() == 0);
  }
  SUBCASE("the withdrawal comes") {
    o.take("b", {o.field.tombstone(1)});
    CHECK(o.gaps().empty());
    CHECK(o.frontier(o.field.devices[0]) == 2);
  }
  SUBCASE("a forged stub is refused") {
    Item forged = Field::stub(two);
    forged.bytes[60] ^= 1;
    CHECK_FALSE(o.field.import(*o.central, "forged", {forged}));
  }
}

TEST_CASE(
    "central: withdrawals of records nobody has seen come only with somebody we know, and not without end") {
  Office o;
  o.take("words", o.field.words());
  CHECK(o.take("a", {o.field.tombstone(7)}).refused == 1);
  CHECK_FALSE(o.central->imported("a"));
  CHECK(o.take("a", {o.field.tombstone(7)}, o.field.devices[0].id).tombstones == 1);
  CHECK(o.central->imported("a"));
  std::vector<Item> flood;
  for (int n = 100; n < 100 + unmatched_tombstones + 50; ++n) flood.push_back(o.field.tombstone(n));
  Imported done = o.take("flood", flood, o.field.devices[0].id);
  CHECK(done.tombstones == unmatched_tombstones - 1);
  CHECK(done.refused == 51);
  o.take("late", {o.field.seal(o.field.devices[1], 7)});
  CHECK_MESSAGE(o.central->envelopes()->empty(), "withdrawn before it came");
}

TEST_CASE("central: the quarantine is bounded, and says what it could not take") {
  Office o;
  o.take("words", o.field.words());
  seal::DeviceKeys stranger = o.field.keys();
  std::vector<Item> flood;
  for (int n = 0; n < 40; ++n) flood.push_back({ItemKind::package, {}});
  Bytes large(size_t{4} << 20, 0);
  base::Writer head;
  head.tag("SVF1");
  head.u8(1);
  head.zeros(3);
  head.zeros(16 + 16 + 4);
  head.u32(static_cast<uint32_t>(large.size() - 72 - 64));
  for (size_t n = 0; n < flood.size(); ++n) {
    flood[n].bytes = large;
    std::copy(head.peek().begin(), head.peek().end(), flood[n].bytes.begin());
    flood[n].bytes[100] = static_cast<uint8_t>(n);
  }
  Imported done = o.take("flood", flood, stranger.id);
  CHECK(done.quarantined == carrier_bytes / (int64_t{4} << 20));
  CHECK(done.refused == 40 - done.quarantined);
  CHECK_FALSE(o.central->imported("flood"));
  CHECK(o.take("good", {o.field.seal(o.field.devices[0], 1)}).revisions == 1);
}

TEST_CASE("central: words of nobody that strangers bring are kept within bounds of their bytes too") {
  Office o;
  o.take("words", o.field.words());
  seal::DeviceKeys stranger = o.field.keys();
  std::vector<Item> flood;
  for (int n = 0; n < 20; ++n) {
    record::Statement s;
    s.content.assign(size_t{1} << 19, static_cast<uint8_t>(n));
    for (int twice = 0; twice < 2; ++twice) flood.push_back(o.field.say(stranger, s));
  }
  Imported done = o.take("flood", flood);
  CHECK(done.statements == parked_bytes / ((1 << 19) + 512));
  CHECK(done.refused == 40 - done.statements);
  CHECK_FALSE(o.central->imported("flood"));
  CHECK(o.take("from a member", flood, o.field.devices[0].id).statements == done.refused);
}

TEST_CASE("central: form packages come in when a coordinator has published them") {
  Office o;
  o.take("words", o.field.words());
  seal::Key key = seal::fresh_key();
  Bytes package =
      *seal::seal_package(o.field.project, {{"survey.csv", {1, 2}}}, key, 1, o.field.coordinators[0]);
  CHECK(o.take("a", {{ItemKind::package, package}}).quarantined == 1);
  record::Statement s;
  s.type = record::StatementType::publish;
  s.text = "visit";
  s.package = *seal::package_id(package);
  CHECK(o.take("b", {o.field.say(o.field.coordinators[0], s)}).packages == 1);
  CHECK(*o.central->package(s.package) == package);
}

TEST_CASE("central: what was salvaged waits for a person's word") {
  Office o;
  o.take("words", o.field.words());
  Item one = o.field.seal(o.field.devices[0], 1);
  REQUIRE(o.central->put_in_quarantine(one, {"torn.svb", {}, {9}}, "salvaged"));
  record::Statement s;
  s.text = "x";
  o.take("more words", {o.field.say(o.field.coordinators[0], s)});
  auto waiting = *o.central->quarantine();
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].why == "salvaged");
  auto item = o.central->take_from_quarantine(waiting[0].id);
  REQUIRE(item);
  CHECK(o.take("", {*item}).revisions == 1);
  REQUIRE(o.central->drop_from_quarantine(waiting[0].id));
  CHECK(*o.central->quarantined() == 0);
}

TEST_CASE("central: the log shows a line that was changed, taken out or put in") {
  Office o;
  const seal::DeviceKeys& me = o.field.coordinators[0];
  for (int n = 0; n < 5; ++n)
    REQUIRE(o.central->log("export", "csv, " + std::to_string(n) + " tables", {n}, me));
  auto lines = *o.central->log_lines(me.sign.pub);
  REQUIRE(lines.size() == 5);
  for (const LogLine& line : lines) CHECK(line.holds);
  CHECK(lines[3].what == "csv, 3 tables");
  auto others = *o.central->log_lines(o.field.coordinators[1].sign.pub);
  for (const LogLine& line : others) CHECK_FALSE(line.holds);
}

TEST_CASE("central: a backup is checked and holds what a receipt may name") {
  Office o;
  o.take("words", o.field.words());
  o.take("a", {o.field.seal(o.field.devices[0], 1)});
  CHECK(o.central->frontiers(o.field.authority())->empty());  // nobody has opened it: it may be anything
  o.open_all();
  REQUIRE(o.central->backup_to(o.folder.path() / "backup.db", {5}));
  o.take("b", {o.field.seal(o.field.devices[0], 2)});
  auto copy = Central::open(o.folder.path() / "backup.db");
  REQUIRE(copy);
  auto held = *(*copy)->frontiers(o.field.authority());
  REQUIRE(held.size() == 1);
  CHECK(held[0].sequence == 1);
  CHECK(o.central->backup_to(o.folder.path() / "absent" / "backup.db", {6}).error().fault ==
        base::Fault::missing);
  CHECK(o.central->backups()->size() == 1);
}

TEST_CASE("central: two centres with the same bundles in any order hold the same") {
  Field f(3);
  std::vector<std::vector<Item>> bundles = {f.words()};
  for (int n = 0; n < 8; ++n) {
    std::vector<Item> items;
    for (int i = 0; i < 3; ++i)
      items.push_back(f.seal(f.devices[f.random.below(3)], 1 + static_cast<int>(f.random.below(6))));
    items.push_back(f.head(f.devices[f.random.below(3)]));
    bundles.push_back(items);
  }
  bundles.push_back({f.tombstone(2)});
  std::vector<std::set<Bytes>> held;
  for (int centre = 0; centre < 2; ++centre) {
    support::Folder folder;
    auto central = *Central::open(folder.path() / "central.db");
    for (size_t n = bundles.size(); n > 1; --n) std::swap(bundles[n - 1], bundles[f.random.below(n)]);
    for (int round = 0; round < 2; ++round)  // twice: what could not be judged at first can be now
      for (size_t n = 0; n < bundles.size(); ++n)
        REQUIRE(
            f.import(*central, "b" + std::to_string(n) + std::to_string(round), bundles[n], f.devices[0].id));
    auto envelopes = *central->envelopes();
    held.emplace_back(envelopes.begin(), envelopes.end());
    CHECK(central->gaps(f.authority())->empty());
    auto shredded = *central->shredded();
    CHECK(shredded.size() == 1);
  }
  CHECK(held[0] == held[1]);
}
