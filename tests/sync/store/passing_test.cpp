// What a place lacks of what a centre holds: by what lies there, and by what the others have confirmed.
#include <doctest/doctest.h>

#include "tests/sync/store/field.h"

namespace {

using namespace store;
using support::Field;

struct Two {  // the offices of both coordinators
  support::Folder folder;
  Field field;
  std::unique_ptr<Central> one = *Central::open(folder.path() / "one.db"),
                           two = *Central::open(folder.path() / "two.db");
  const base::DeviceId first = field.coordinators[0].id, second = field.coordinators[1].id;
  std::vector<PlaceFile> place;  // where both have been

  Two() { bring(*one, "outbox/x/1", field.words()), bring(*two, "outbox/x/1", field.words()); }

  void bring(Central& centre, const std::string& name, std::vector<Item> items) {
    auto done = centre.import({name, field.devices[0].id, {5}, items.size()}, items, field.project,
                              field.root.sign.pub);
    REQUIRE_MESSAGE(done, (done ? "" : base::describe(done.error())));
  }
  std::vector<Due> due(Central& centre, std::set<base::DeviceId> forked = {}) {
    auto out = centre.revisions_due(place, field.authority(), &centre == one.get() ? first : second, forked);
    REQUIRE(out);
    return *out;
  }
  // As a sync does it; how many items went.
  size_t pass_on(Central& from, const std::string& name) {
    std::vector<Due> all = due(from);
    if (all.empty()) return 0;
    auto items = *from.items(all);
    PlaceFile file{name, items.size()};
    REQUIRE(from.handed_over(file, all));
    place.push_back(file);
    bring(&from == one.get() ? *two : *one, name, items);
    return items.size();
  }
  Item confirm(const seal::DeviceKeys& centre, const seal::DeviceKeys& device, uint64_t sequence,
               const Item& revision) {
    record::Statement s;
    s.type = record::StatementType::receipt;
    s.frontiers = {{device.id, sequence, seal::parse_envelope(revision.bytes)->id}};
    return field.say(centre, s);
  }
};

}  // namespace

TEST_CASE("passing: two centres who meet at a place that no laptop ever saw hold the same afterwards") {
  Two t;
  const seal::DeviceKeys& a = t.field.devices[0];
  Item one = t.field.seal(a, 1), two = t.field.seal(a, 2), three = t.field.seal(a, 3);
  Item head = t.field.head(a), gone = t.field.tombstone(2);
  t.bring(*t.one, "inbox/a/1", {one, two});
  t.bring(*t.one, "inbox/a/2", {three, head, gone});
  CHECK(t.pass_on(*t.one, "centres/1/1") == 4);  // of what was withdrawn the stub
  CHECK(*t.two->envelopes() == *t.one->envelopes());
  CHECK(t.two->heads()->size() == 1);
  t.bring(*t.two, "outbox/1/2", {gone});
  CHECK(t.two->gaps(t.field.authority())->empty());
  // Nothing goes twice, nothing goes back to who gave it; the next one goes alone.
  CHECK(t.due(*t.one).empty());
  CHECK(t.due(*t.two).empty());
  t.bring(*t.one, "inbox/a/3", {t.field.seal(a, 4)});
  CHECK(t.pass_on(*t.one, "centres/1/3") == 1);
  t.bring(*t.two, "inbox/b/1", {t.field.seal(t.field.devices[1], 5)});
  CHECK(t.pass_on(*t.two, "centres/2/1") == 1);
  CHECK(*t.two->envelopes() == *t.one->envelopes());
}

TEST_CASE("passing: what lies at the place in a laptop's own bundle is not sent there again") {
  Two t;
  Item one = t.field.seal(t.field.devices[0], 1);
  t.bring(*t.one, "inbox/a/1", {one});
  t.place = {{"inbox/a/1", 1}};
  CHECK(t.due(*t.one).empty());
  t.place = {{"inbox/a/1", 0}};
  CHECK_MESSAGE(t.due(*t.one).size() == 1, "it is cut short there");
  t.place = {};
  CHECK_MESSAGE(t.due(*t.one).size() == 1, "another stick, or an emptied one, under the same path");
}

TEST_CASE("passing: what every other centre has confirmed stays at home, and comes again when one takes it back") {
  Two t;
  const seal::DeviceKeys& a = t.field.devices[0];
  std::vector<Item> all;
  for (int n = 1; n <= 6; ++n) all.push_back(t.field.seal(a, n));
  t.bring(*t.one, "inbox/a/1", all);
  CHECK(t.due(*t.one).size() == 6);
  Item receipt = t.confirm(t.field.coordinators[1], a, 4, all[3]);
  CHECK(t.due(*t.one).size() == 2);
  CHECK_MESSAGE(t.due(*t.one, {a.id}).size() == 6, "of a forked chain a number tells nothing");
  record::Statement back;  // put back to an older copy, it confirms less
  back.type = record::StatementType::receipt;
  back.replaces = {record::decode_statement(receipt.bytes)->id};
  back.frontiers = {{a.id, 1, seal::parse_envelope(all[0].bytes)->id}};
  t.field.say(t.field.coordinators[1], back);
  CHECK(t.due(*t.one).size() == 5);
  // One's own receipts and a laptop's count for nothing.
  t.confirm(t.field.coordinators[0], a, 6, all[5]);
  t.confirm(a, a, 6, all[5]);
  CHECK(t.due(*t.one).size() == 5);
  // What is confirmed and not here: nobody knows whether it is the same chain.
  t.confirm(t.field.coordinators[1], a, 7, t.field.seal(a, 7));
  CHECK(t.due(*t.one).size() == 6);
}

TEST_CASE("passing: where only the stub was carried the whole is still due") {
  Two t;
  Item one = t.field.seal(t.field.devices[0], 1);
  t.bring(*t.one, "centres/2/1", {Field::stub(one)});
  t.place = {{"centres/2/1", 1}};
  CHECK(t.due(*t.one).empty());
  t.bring(*t.one, "inbox/a/1", {one});
  CHECK(t.due(*t.one).size() == 1);
  t.bring(*t.one, "centres/2/2", {Field::stub(one)});
  t.place.push_back({"centres/2/2", 1});
  CHECK_MESSAGE(t.due(*t.one).size() == 1, "it is here whole, there a stub");
}

TEST_CASE("passing: closing heads go everywhere, running ones only with news; quarantined things stay here") {
  Two t;
  const seal::DeviceKeys& a = t.field.devices[0];
  Item one = t.field.seal(a, 1);
  t.bring(*t.one, "inbox/a/1", {one, t.field.head(a), t.field.head(a, seal::key_id_of(t.field.epoch.pub)),
                                t.field.seal(t.field.keys(), 9)});
  CHECK(*t.one->quarantined() == 1);
  CHECK(t.due(*t.one).size() == 3);
  t.confirm(t.field.coordinators[1], a, 1, one);
  auto left = t.due(*t.one);
  REQUIRE(left.size() == 1);
  CHECK(left[0].kind == ItemKind::head);
}

TEST_CASE("passing: each centre says all words itself, once at each place") {
  Two t;
  auto words = [&] { return *t.one->words_due(t.place, t.first); };
  t.place = {{"outbox/x/1", t.field.words().size()}};
  auto first = words();
  CHECK_MESSAGE(first.size() == t.field.words().size(), "that another said them there is not enough");
  PlaceFile own{"outbox/" + t.first.hex() + "/1", 100};
  REQUIRE(t.one->handed_over(own, first));
  CHECK(words().size() == first.size());
  t.place.push_back(own);
  CHECK(words().empty());
  record::Statement s;
  s.text = "x";
  t.bring(*t.one, "outbox/x/2", {t.field.say(t.field.coordinators[1], s)});
  CHECK(words().size() == 1);
  CHECK(t.one->items(words())->size() == 1);
}
