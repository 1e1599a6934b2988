#include <doctest/doctest.h>

#include "sync/record/fingerprint.h"
#include "tests/sync/record/people.h"

namespace {

using namespace record;
using support::cell;
using support::made;
using support::People;
using support::record_id;
using support::text;

Value set(const char* options) {
  return made(Tag::choices, options);
}

base::InstanceId instance(uint8_t n) {
  base::InstanceId id;
  id.bytes[0] = n;
  return id;
}

Answer at(const std::string& question, std::vector<base::InstanceId> where, Value value) {
  return {{question, std::move(where)}, std::move(value), Origin::given};
}

}  // namespace

TEST_CASE("view: a correction by the device that founded the record holds without a conflict") {
  People p;
  Revision first = p.finish(0, 1, {{"age", text("34")}, {"name", text("x")}});
  View v = p.see({first, p.amend(p.devices[0].id, {first}, {{"age", text("43")}})});
  CHECK(cell(v, "age")->shown == text("43"));
  CHECK(cell(v, "name")->shown == text("x"));
  CHECK(v.records[0].conflicts() == 0);
}

TEST_CASE("view: a device's later correction holds also while the one between has not come") {
  People p;
  Revision first = p.finish(0, 1, {{"age", text("34")}});
  Revision lost = p.amend(p.devices[0].id, {first}, {{"age", text("35")}});
  Revision last = p.amend(p.devices[0].id, {lost}, {{"age", text("36")}});
  View v = p.see({first, last});
  CHECK(cell(v, "age")->shown == text("36"));
  CHECK_FALSE(cell(v, "age")->conflict);
}

TEST_CASE("view: another device's correction is listed and never shown, until a send-back names it") {
  People p;
  Revision first = p.finish(0, 1, {{"age", text("34")}});
  std::vector<Revision> all = {first, p.amend(p.devices[1].id, {first}, {{"age", text("99")}})};
  View v = p.see(all);
  CHECK(cell(v, "age")->shown == text("34"));
  CHECK(cell(v, "age")->candidates.size() == 2);
  CHECK_FALSE(cell(v, "age")->conflict);
  Statement back;
  back.type = StatementType::send_back;
  back.subject = p.devices[1].id;
  back.content = base::Bytes(17, 0);
  back.content[0] = 1;  // record_id(1)
  p.say(p.coordinators[0], back);
  CHECK(cell(p.see(all), "age")->shown == text("99"));
}

TEST_CASE("view: who forges a beginning of another's record does not become its founder") {
  People p;
  for (int i = 0; i < 16; ++i) {  // whatever the ids are
    Revision honest = p.finish(0, 1, {{"age", text("34")}});
    Revision forged = p.finish(1, 1, {{"age", text("99")}});
    forged.proof = Proof::fails;
    Revision after = p.amend(p.devices[1].id, {forged, honest}, {{"age", text("98")}});
    after.proof = Proof::fails;
    View v = p.see({honest, forged, after});
    CHECK(v.records[0].founder == p.devices[0].id);
    CHECK(cell(v, "age")->shown == text("34"));
  }
}

TEST_CASE("view: the founder's proof is checked with the record's own key") {
  People p;
  seal::SignKeys withdrawal = seal::cardless_keys(p.random);
  RecordId record = seal::record_id_of(p.id, withdrawal.pub);
  Revision honest =
      p.seal(p.devices[0].id, record, RevisionKind::finish, {}, People::Said{{"age", text("34")}});
  Revision forged =
      p.seal(p.devices[1].id, record, RevisionKind::finish, {}, People::Said{{"age", text("99")}});
  for (Revision* r : {&honest, &forged}) {
    r->withdrawal = withdrawal.pub;
    r->proof = Proof::unchecked;
    r->founding = seal::prove_founder(record, p.devices[0].id, withdrawal);  // the forger copied it
  }
  View v = p.see({honest, forged});
  CHECK(v.records[0].founder == p.devices[0].id);
  CHECK(cell(v, "age")->shown == text("34"));
}

TEST_CASE("view: two who correct at once conflict on that question only, until a coordinator settles it") {
  People p;
  Revision first = p.finish(0, 1, {{"age", text("34")}, {"name", text("x")}});
  Revision by_device = p.amend(p.devices[0].id, {first}, {{"age", text("35")}});
  Revision by_centre = p.amend(p.coordinators[0].id, {first}, {{"age", text("36")}, {"name", text("y")}});
  std::vector<Revision> all = {first, by_device, by_centre};
  View v = p.see(all);
  CHECK(cell(v, "age")->conflict);
  CHECK(cell(v, "age")->shown == text("36"));  // a coordinator before a device
  CHECK(cell(v, "age")->candidates.size() == 2);
  CHECK(cell(v, "name")->shown == text("y"));
  CHECK_FALSE(cell(v, "name")->conflict);
  all.push_back(p.resolve(p.devices[0].id, {by_device, by_centre}, {{"age", text("35")}}));
  CHECK_MESSAGE(cell(p.see(all), "age")->conflict, "a device cannot settle");
  all.back() = p.resolve(p.coordinators[1].id, {by_device, by_centre}, {{"age", text("35")}});
  v = p.see(all);
  CHECK_FALSE(cell(v, "age")->conflict);
  CHECK(cell(v, "age")->shown == text("35"));
}

TEST_CASE("view: a settlement stands before a correction made at the same time, whatever the values are") {
  People p;
  Revision first = p.finish(0, 1, {{"age", text("34")}});
  Revision by_device = p.amend(p.devices[0].id, {first}, {{"age", text("35")}});
  for (int n = 0; n < 24; ++n) {  // the tie of equal ranks would fall either way
    Revision settled =
        p.resolve(p.coordinators[n % 2].id, {by_device}, {{"age", text("settled " + std::to_string(n))}});
    Revision corrected =
        p.amend(p.coordinators[1 - n % 2].id, {by_device}, {{"age", text("corrected " + std::to_string(n))}});
    View v = p.see({first, by_device, settled, corrected});
    CHECK(cell(v, "age")->shown == text("settled " + std::to_string(n)));
    CHECK_MESSAGE(cell(v, "age")->conflict, "who settled did not know of the correction");
  }
}

TEST_CASE("fingerprint: a candidate that is not shown is in it") {
  People p;
  Revision first = p.finish(0, 1, {{"age", text("34")}});
  Revision by_centre = p.amend(p.coordinators[0].id, {first}, {{"age", text("36")}});
  Revision one = p.amend(p.devices[0].id, {first}, {{"age", text("35")}});
  Revision other = p.amend(p.devices[0].id, {first}, {{"age", text("37")}});
  View a = p.see({first, by_centre, one}), b = p.see({first, by_centre, other});
  CHECK(cell(a, "age")->shown == cell(b, "age")->shown);
  CHECK(cell(a, "age")->candidates.size() == cell(b, "age")->candidates.size());
  CHECK_FALSE(a.fingerprint == b.fingerprint);
}

TEST_CASE("view: two settlements at once are a conflict again, and a third settles them") {
  People p;
  Revision first = p.finish(0, 1, {{"age", text("34")}});
  Revision a = p.resolve(p.coordinators[0].id, {first}, {{"age", text("1")}});
  Revision b = p.resolve(p.coordinators[1].id, {first}, {{"age", text("2")}});
  std::vector<Revision> all = {first, a, b};
  CHECK(cell(p.see(all), "age")->conflict);
  all.push_back(p.resolve(p.coordinators[0].id, {a, b}, {{"age", text("2")}}));
  CHECK_FALSE(cell(p.see(all), "age")->conflict);
  CHECK(cell(p.see(all), "age")->shown == text("2"));
}

TEST_CASE("view: what a coordinator settled before being cut off keeps its rank; what came after is out") {
  People p;
  Revision first = p.finish(0, 1, {{"age", text("34")}});
  Revision by_device = p.amend(p.devices[0].id, {first}, {{"age", text("35")}});
  Revision settled = p.resolve(p.coordinators[1].id, {by_device}, {{"age", text("36")}});
  Revision late = p.resolve(p.coordinators[1].id, {settled}, {{"age", text("99")}});
  Statement end;
  end.type = StatementType::revoke;
  end.subject = p.coordinators[1].id;
  end.frontiers = {{p.coordinators[1].id, settled.sequence, settled.id}};
  p.say(p.root, end);
  View v = p.see({first, by_device, settled, late});
  CHECK(cell(v, "age")->shown == text("36"));
  CHECK_FALSE(cell(v, "age")->conflict);
}

TEST_CASE("view: a full revision repeats what it found: that is no change and no conflict") {
  People p;
  Revision first = p.finish(0, 1, {{"age", text("34")}, {"name", text("x")}});
  Revision centre = p.amend(p.coordinators[0].id, {first}, {{"age", text("36")}});
  Revision again = p.seal(p.devices[0].id, record_id(1), RevisionKind::finish, {first},
                          People::Said{{"age", text("34")}, {"name", text("y")}});
  View v = p.see({first, centre, again});
  CHECK(cell(v, "age")->shown == text("36"));
  CHECK_FALSE(cell(v, "age")->conflict);
  CHECK(cell(v, "name")->shown == text("y"));
  SUBCASE("where its ancestor is missing, what it repeats is inherited and said so") {
    v = p.see({again});
    CHECK(cell(v, "age")->shown == text("34"));
    CHECK(cell(v, "age")->inherited);
    CHECK(v.records[0].incomplete);
  }
}

TEST_CASE("view: options of a multi-select merge one by one") {
  People p;
  Revision first = p.finish(0, 1, {{"langs", set("ar fr")}});
  Revision a = p.amend(p.devices[0].id, {first}, {{"langs", set("ar fr nl")}});
  Revision b = p.amend(p.coordinators[0].id, {first}, {{"langs", set("ar")}});
  View v = p.see({first, a, b});
  CHECK(cell(v, "langs")->shown == set("ar nl"));
  CHECK_FALSE(cell(v, "langs")->conflict);
  CHECK(cell(v, "langs")->candidates.size() == 2);
  SUBCASE("one puts in what another takes out, each after the other's doing: it stays, and is said") {
    Revision c = p.amend(p.devices[0].id, {a, b}, {{"langs", set("ar fr nl")}});
    Revision d = p.amend(p.coordinators[0].id, {a, b}, {{"langs", set("ar")}});
    v = p.see({first, a, b, c, d});
    CHECK(cell(v, "langs")->shown == set("ar fr"));
    CHECK_FALSE(cell(v, "langs")
                    ->conflict);  // fr was put back by one; nl taken out by the other: no two on one option
    Revision e = p.amend(p.devices[0].id, {c, d}, {{"langs", set("ar fr nl")}});
    Revision f = p.amend(p.coordinators[1].id, {d}, {{"langs", set("ar nl")}});
    Revision g = p.amend(p.coordinators[0].id, {f}, {{"langs", set("ar")}});
    v = p.see({first, a, b, c, d, e, f, g});
    CHECK(cell(v, "langs")->conflict);
    CHECK(cell(v, "langs")->shown == set("ar fr nl"));
    v = p.see({first, a, b, c, d, e, f, g, p.resolve(p.coordinators[0].id, {e, g}, {{"langs", set("nl")}})});
    CHECK(cell(v, "langs")->shown == set("nl"));
    CHECK_FALSE(cell(v, "langs")->conflict);
  }
}

TEST_CASE("view: of consents given at once the most restrictive holds, without a conflict") {
  People p;
  for (const auto& [a, b, held] : {std::tuple("yes", "no", "no"), std::tuple("partly", "yes", "partly"),
                                   std::tuple("no", "partly", "no")}) {
    Revision first = p.finish(0, 1, {{"ok", made(Tag::consent, "yes")}});
    Revision x = p.amend(p.devices[0].id, {first}, {{"ok", made(Tag::consent, a)}});
    Revision y = p.amend(p.coordinators[0].id, {first}, {{"ok", made(Tag::consent, b)}});
    View v = p.see({first, x, y});
    CHECK(cell(v, "ok")->shown == made(Tag::consent, held));
    CHECK_FALSE(cell(v, "ok")->conflict);
  }
}

TEST_CASE("view: an instance taken away by one and worked on by another is kept, said, and can be settled") {
  People p;
  base::InstanceId id = instance(4);
  Revision first =
      p.seal(p.devices[0].id, record_id(1), RevisionKind::finish, {},
             std::vector<Answer>{at("rep", {id}, made(Tag::present, "1")), at("rep/x", {id}, text("a"))});
  Revision gone = p.seal(p.devices[0].id, record_id(1), RevisionKind::amend, {first},
                         std::vector<Answer>{at("rep", {id}, Value{})});
  Revision work = p.seal(p.coordinators[0].id, record_id(1), RevisionKind::amend, {first},
                         std::vector<Answer>{at("rep/x", {id}, text("b"))});
  CHECK(cell(p.see({first, gone}), "rep/x") == nullptr);
  CHECK(cell(p.see({first, gone}), "rep") == nullptr);
  View v = p.see({first, gone, work});
  REQUIRE(cell(v, "rep"));
  CHECK(cell(v, "rep")->conflict);
  CHECK(cell(v, "rep")->candidates.size() == 2);  // taken away, or kept: either can be chosen
  CHECK(cell(v, "rep/x")->shown == text("b"));
  Revision keep = p.seal(p.coordinators[0].id, record_id(1), RevisionKind::resolve, {gone, work},
                         std::vector<Answer>{at("rep", {id}, made(Tag::present, "1"))});
  v = p.see({first, gone, work, keep});
  CHECK_FALSE(cell(v, "rep")->conflict);
  CHECK(cell(v, "rep/x"));
  Revision drop = p.seal(p.coordinators[1].id, record_id(1), RevisionKind::resolve, {keep},
                         std::vector<Answer>{at("rep", {id}, Value{})});
  CHECK(cell(p.see({first, gone, work, keep, drop}), "rep/x") == nullptr);
}

TEST_CASE("view: two who moved an instance at once do not conflict: its place is for display") {
  People p;
  base::InstanceId id = instance(4);
  Revision first = p.seal(p.devices[0].id, record_id(1), RevisionKind::finish, {},
                          std::vector<Answer>{at("rep", {id}, made(Tag::present, "1"))});
  auto moved = [&](const base::DeviceId& by, const char* to) {
    return p.seal(by, record_id(1), RevisionKind::amend, {first},
                  std::vector<Answer>{at("rep", {id}, made(Tag::present, to))});
  };
  View v = p.see({first, moved(p.devices[0].id, "10"), moved(p.coordinators[0].id, "9")});
  CHECK_FALSE(cell(v, "rep")->conflict);
  CHECK(cell(v, "rep")->shown.text == "9");
}

TEST_CASE("view: removing an outer instance takes the inner ones with it") {
  People p;
  Revision first =
      p.seal(p.devices[0].id, record_id(1), RevisionKind::finish, {},
             std::vector<Answer>{at("out", {instance(1)}, made(Tag::present, "1")),
                                 at("out/in", {instance(1), instance(2)}, made(Tag::present, "1")),
                                 at("out/in/x", {instance(1), instance(2)}, text("deep")),
                                 at("y", {}, text("stays"))});
  Revision gone = p.seal(p.devices[0].id, record_id(1), RevisionKind::amend, {first},
                         std::vector<Answer>{at("out", {instance(1)}, Value{})});
  View v = p.see({first, gone});
  CHECK(v.records[0].cells.size() == 1);
  CHECK(cell(v, "y"));
}

TEST_CASE(
    "view: a card's withdrawal always holds; a coordinator's until revoked; a device's for what it founded") {
  People p;
  Revision a = p.finish(0, 1, {{"age", text("34")}});
  Revision b = p.finish(1, 2, {{"age", text("35")}});
  auto withdrawn = [&](const Withdrawal& w) { return p.see({a, b}, {w}).withdrawn; };
  CHECK(withdrawn({record_id(1), true, {}}).size() == 1);
  CHECK(withdrawn({record_id(1), false, p.coordinators[1].id}).size() == 1);
  CHECK(withdrawn({record_id(1), false, p.devices[0].id}).size() == 1);
  CHECK_MESSAGE(withdrawn({record_id(1), false, p.devices[1].id}).empty(), "another's record");
  CHECK(withdrawn({record_id(1), false, p.keys().id}).empty());
  CHECK(p.see({a, b}, {{record_id(1), true, {}}}).fingerprint != p.see({a, b}).fingerprint);
  Statement end;
  end.type = StatementType::revoke;
  end.subject = p.coordinators[1].id;
  p.say(p.root, end);
  CHECK(withdrawn({record_id(1), false, p.coordinators[1].id}).empty());
  CHECK(withdrawn({record_id(1), true, {}}).size() == 1);
}

TEST_CASE("view: what was decided about likely duplicates is a cell of the first record, and can be undone") {
  People p;
  Revision a = p.finish(0, 1, {{"code", text("K1")}});
  Revision b = p.finish(1, 2, {{"code", text("K1")}});
  Key key = link_key(record_id(2));
  auto decide = [&](const base::DeviceId& by, const std::vector<Revision>& over, Value value,
                    RevisionKind kind) {
    return p.seal(by, record_id(1), kind, over, std::vector<Answer>{{key, std::move(value), Origin::given}});
  };
  Revision same = decide(p.coordinators[0].id, {a}, made(Tag::choice, "same"), RevisionKind::link);
  std::vector<Revision> all = {a, b, same};
  REQUIRE(cell(p.see(all), "@link"));
  CHECK(cell(p.see(all), "@link")->shown.text == "same");
  all.push_back(decide(p.coordinators[1].id, {same}, Value{}, RevisionKind::link));
  CHECK(cell(p.see(all), "@link")->shown.tag == Tag::cleared);
  all = {a, b, decide(p.devices[0].id, {a}, made(Tag::choice, "same"), RevisionKind::link)};
  CHECK_MESSAGE(!cell(p.see(all), "@link") == false, "a device's word is listed");
  CHECK(cell(p.see(all), "@link")->shown.tag == Tag::cleared);
  Revision smuggled = p.amend(p.devices[0].id, {a}, {});
  smuggled.answers = {{key, made(Tag::choice, "same"), Origin::given}};
  CHECK(cell(p.see({a, b, smuggled}), "@link") == nullptr);
}

TEST_CASE("fingerprint: it changes with every shown and every candidate value, and with nothing else") {
  People p;
  Revision first = p.finish(0, 1, {{"age", text("34")}});
  Revision other = p.finish(1, 300, {{"age", text("34")}});
  Revision device = p.amend(p.devices[0].id, {first}, {{"age", text("35")}});
  Revision centre = p.amend(p.coordinators[0].id, {first}, {{"age", text("36")}});
  View v = p.see({first, other, device, centre});
  CHECK(p.see({centre, device, other, first, device}).fingerprint == v.fingerprint);
  CHECK(p.see({first, other, centre}).fingerprint != v.fingerprint);
  CHECK(p.see({first, device, centre}).fingerprint != v.fingerprint);
  Revision later = centre;
  later.at.ms += 5;
  later.author = "somebody";
  CHECK(p.see({first, other, device, later}).fingerprint == v.fingerprint);
}
