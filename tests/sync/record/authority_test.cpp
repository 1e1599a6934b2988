#include <doctest/doctest.h>

#include "tests/sync/record/people.h"

namespace {

using namespace record;
using support::People;

Statement policy(const std::string& key, const std::string& value, uint64_t number) {
  Statement s;
  s.type = StatementType::policy;
  s.text = key;
  s.label = value;
  s.number = number;
  return s;
}

// An epoch with a slot for each of the given keys.
Statement epoch_for(uint64_t number, const seal::DeviceKeys& intake, const std::vector<seal::PublicBox>& to) {
  Statement s;
  s.type = StatementType::epoch_open;
  s.number = number;
  s.subject_box = intake.box.pub;
  for (const seal::PublicBox& box : to) s.slots.push_back({seal::key_id_of(box), {}});
  return s;
}

Statement on(StatementType type, const StatementId& what) {
  Statement s;
  s.type = type;
  s.hash.bytes = what.bytes;
  return s;
}

struct Kit {
  explicit Kit(People& p) : recovery(p.keys()) {
    Statement s;
    s.type = StatementType::recovery;
    s.number = 1;
    s.subject_box = recovery.box.pub;
    p.say(p.root, s);
  }
  seal::DeviceKeys recovery;
};

}  // namespace

TEST_CASE("authority: only the root appoints and only coordinators enrol; what others say is parked") {
  People p;
  CHECK(p.authority().is_coordinator(p.coordinators[0].id));
  CHECK(p.authority().member(p.devices[0].id)->role == "device");
  seal::DeviceKeys stranger = p.keys();
  p.say(p.coordinators[0], People::about(StatementType::appoint, stranger));
  p.enrol(p.devices[0], stranger);
  CHECK_FALSE(p.authority().member(stranger.id));
  CHECK(p.authority().parked().size() == 1);
}

TEST_CASE("authority: nobody becomes a coordinator by the role of an enrolment") {
  People p;
  seal::DeviceKeys who = p.keys();
  Statement s = People::about(StatementType::enrol, who);
  s.role = "coordinator";
  p.say(p.coordinators[0], s);
  CHECK(p.authority().member(who.id)->role == "device");
  CHECK_FALSE(p.authority().outranks(who.id));
  seal::DeviceKeys reviewer = p.keys();
  s = People::about(StatementType::enrol, reviewer);
  s.role = "reviewer";
  p.say(p.coordinators[0], s);
  CHECK(p.authority().outranks(reviewer.id));
  CHECK_FALSE(p.authority().is_coordinator(reviewer.id));
}

TEST_CASE("authority: revoking is final, and only the root revokes a coordinator") {
  People p;
  p.revoke(p.coordinators[1], p.devices[0].id, {});
  p.enrol(p.coordinators[1], p.devices[0]);  // coming back needs a new key
  CHECK(p.authority().is_revoked(p.devices[0].id));
  p.revoke(p.coordinators[1], p.coordinators[0].id, {});
  CHECK(p.authority().is_coordinator(p.coordinators[0].id));
  p.revoke(p.root, p.coordinators[1].id, {});
  CHECK_FALSE(p.authority().is_coordinator(p.coordinators[1].id));
  CHECK_MESSAGE(!p.authority().is_revoked(p.devices[0].id),
                "what it said does not count: no word of it was named good");
}

TEST_CASE(
    "authority: of a revoked coordinator what leads to the named word counts, whatever number follows") {
  People p;
  seal::DeviceKeys early = p.keys(), late = p.keys();
  Statement last = p.enrol(p.coordinators[1], early);
  p.enrol(p.coordinators[1], late);
  Statement end;
  end.type = StatementType::revoke;
  end.subject = p.coordinators[1].id;
  end.number = last.sequence;
  end.hash.bytes = last.id.bytes;
  p.say(p.root, end);
  CHECK(p.authority().member(early.id));
  CHECK_FALSE(p.authority().member(late.id));
  CHECK(p.authority().outranks(p.coordinators[1].id));  // what it sealed while it could keeps its rank
  SUBCASE("what it enrolled too late is parked until another enrols it again") {
    p.enrol(p.coordinators[0], late);
    CHECK(p.authority().member(late.id));
  }
  SUBCASE("a forged word under an earlier number does not lead to the named one") {
    seal::DeviceKeys forged = p.keys();
    Statement s = People::about(StatementType::enrol, forged);
    s.project = p.id;
    s.sequence = 1;
    sign_statement(s, p.coordinators[1]);
    p.statements.push_back(s);
    CHECK_FALSE(p.authority().member(forged.id));
    CHECK(p.authority().member(early.id));
  }
}

TEST_CASE("authority: two words under one number are a fork; from there on none counts, and it is named") {
  People p;
  seal::DeviceKeys a = p.keys(), b = p.keys(), c = p.keys();
  auto before = p.words[p.coordinators[0].id];
  p.enrol(p.coordinators[0], a);
  p.words[p.coordinators[0].id] = before;
  p.enrol(p.coordinators[0], b);
  p.enrol(p.coordinators[0], c);
  Authority authority = p.authority();
  for (auto* who : {&a, &b, &c}) CHECK_FALSE(authority.member(who->id));
  CHECK(authority.member(p.devices[0].id));
  REQUIRE(authority.forks().size() == 1);
  CHECK(authority.forks()[0].at == 4);
}

TEST_CASE("authority: a word that others build on and that did not come is named") {
  People p;
  p.say(p.coordinators[1], policy("x", "1", 1));
  p.say(p.coordinators[1], policy("x", "2", 2));
  p.statements.erase(p.statements.end() - 2);
  REQUIRE(p.authority().missing().size() == 1);
  CHECK(p.authority().missing()[0].sequence == 1);
  CHECK(p.authority().policy("x") == "2");
}

TEST_CASE("authority: the root is used on several machines; each of its words counts") {
  People p;
  seal::DeviceKeys a = p.keys(), b = p.keys();
  auto before = p.words[p.root.id];
  p.appoint(a);
  p.words[p.root.id] = before;
  p.appoint(b);
  CHECK(p.authority().is_coordinator(a.id));
  CHECK(p.authority().is_coordinator(b.id));
}

TEST_CASE(
    "authority: a word takes the place of one of its kind and subject, an own receipt only of its own") {
  People p;
  Statement first = p.revoke(p.coordinators[0], p.devices[0].id, {});
  Statement again;
  again.type = StatementType::revoke;
  again.subject = p.devices[0].id;
  again.frontiers = {{p.devices[0].id, 7, RevisionId::from(p.random)}};
  again.replaces = {first.id};
  p.say(p.coordinators[1], again);
  REQUIRE(p.authority().ends_of(p.devices[0].id).size() == 1);
  CHECK(p.authority().ends_of(p.devices[0].id)[0].size() == 1);
  Statement receipt;
  receipt.type = StatementType::receipt;
  Statement said = p.say(p.coordinators[0], receipt);
  receipt.replaces = {said.id};
  p.say(p.coordinators[1], receipt);
  CHECK(p.authority().receipts().size() == 2);
  p.say(p.coordinators[0], receipt);
  CHECK(p.authority().receipts().size() == 2);
  Statement unrelated = policy("k", "v", 1);
  unrelated.replaces = {first.id, p.statements[0].id};
  p.say(p.coordinators[0], unrelated);
  CHECK(p.authority().is_coordinator(p.coordinators[0].id));
}

TEST_CASE("authority: concurrent words join, whatever order they come in") {
  People p;
  p.say(p.coordinators[0], policy("window", "24", 1));
  p.say(p.coordinators[1], policy("window", "12", 2));
  Statement one;
  one.type = StatementType::clock_offset;
  one.subject = p.devices[0].id;
  one.number = static_cast<uint64_t>(int64_t{-60000});
  p.say(p.coordinators[0], one);
  Statement form;
  form.type = StatementType::publish;
  form.text = "visit";
  form.number = 1;
  form.hash.bytes[0] = 1;
  p.say(p.coordinators[0], form);
  form.number = 2;
  form.hash.bytes[0] = 2;
  p.say(p.coordinators[1], form);
  Statement lost = People::about(StatementType::declare_lost, p.devices[2]);
  p.say(p.coordinators[0], lost);
  p.say(p.coordinators[0], lost);
  Authority a = p.authority();
  CHECK(a.policy("window") == "12");
  CHECK(a.clock_offset_ms(p.devices[0].id) == -60000);
  REQUIRE(a.forms().size() == 1);
  CHECK(a.forms()[0].hash.bytes[0] == 2);
  CHECK(a.editions("visit").size() == 2);
  CHECK_FALSE(a.is_lost(p.devices[2].id));  // one coordinator is not two
  p.say(p.coordinators[1], lost);
  CHECK(p.authority().is_lost(p.devices[2].id));
  Statement no_more;
  no_more.type = StatementType::withdraw_form;
  no_more.text = "visit";
  no_more.number = 2;
  p.say(p.coordinators[0], no_more);
  CHECK(p.authority().forms().empty());
  CHECK(p.authority().form(form.hash.bytes[0] ? FormHash{form.hash.bytes} : FormHash{}));
  base::Hash ground = p.authority().ground();
  for (int i = 0; i < 20; ++i) {
    for (size_t n = p.statements.size(); n > 1; --n)
      std::swap(p.statements[n - 1], p.statements[p.random.below(n)]);
    Authority again = p.authority();
    CHECK(again.ground() == ground);
    CHECK(again.policy("window") == "12");
    CHECK(again.forms().empty());
    CHECK(again.judges_like(a));
  }
}

TEST_CASE(
    "authority: nothing is sealed to an epoch before a second coordinator opened it and all have a slot") {
  People p;
  Kit kit(p);
  seal::DeviceKeys intake = p.keys();
  std::vector<seal::PublicBox> everyone = {p.coordinators[0].box.pub, p.coordinators[1].box.pub,
                                           kit.recovery.box.pub};
  Statement epoch = p.say(p.coordinators[0], epoch_for(1, intake, everyone));
  CHECK_FALSE(p.authority().current_epoch());
  p.say(p.coordinators[0], on(StatementType::countersign, epoch.id));
  CHECK_MESSAGE(!p.authority().current_epoch(), "who opened it cannot vouch for it");
  p.say(p.coordinators[1], on(StatementType::countersign, epoch.id));
  REQUIRE(p.authority().current_epoch());
  SUBCASE("without the kit's slot it is not whole") {
    Statement bare = p.say(p.coordinators[0], epoch_for(2, intake, {everyone[0], everyone[1]}));
    p.say(p.coordinators[1], on(StatementType::countersign, bare.id));
    CHECK(p.authority().current_epoch()->number == 1);
  }
  SUBCASE("a third coordinator needs a slot, which a rewrap brings") {
    seal::DeviceKeys third = p.keys();
    p.appoint(third);
    CHECK_FALSE(p.authority().current_epoch());
    Statement more = on(StatementType::rewrap, epoch.id);
    more.slots = {{seal::key_id_of(third.box.pub), {}}};
    p.say(p.coordinators[1], more);
    CHECK(p.authority().current_epoch());
  }
  SUBCASE("a slot for a one-time key a coordinator offered is a slot") {
    Statement offer;
    offer.type = StatementType::offer;
    offer.number = 1;
    seal::DeviceKeys once = p.keys();
    offer.subject_box = once.box.pub;
    p.say(p.coordinators[0], offer);
    CHECK(p.authority().slot_key(*p.authority().member(p.coordinators[0].id)) == once.box.pub);
    Statement next = p.say(p.coordinators[1], epoch_for(2, intake, {once.box.pub, everyone[1], everyone[2]}));
    p.say(p.coordinators[0], on(StatementType::countersign, next.id));
    CHECK(p.authority().current_epoch()->number == 2);
  }
  SUBCASE("nothing more is sealed to a closed one; two that are open leave the newer") {
    Statement next = p.say(p.coordinators[1], epoch_for(2, p.keys(), everyone));
    p.say(p.coordinators[0], on(StatementType::countersign, next.id));
    CHECK(p.authority().current_epoch()->number == 2);
    p.say(p.coordinators[0], on(StatementType::epoch_close, next.id));
    CHECK(p.authority().current_epoch()->number == 1);
    p.say(p.coordinators[1], on(StatementType::epoch_destroyed, epoch.id));
    CHECK(p.authority().epochs()[0].destroyed_by.size() == 1);
  }
  SUBCASE("a new kit makes older epochs unfit until they have a slot for it") {
    Statement kit2;
    kit2.type = StatementType::recovery;
    kit2.number = 2;
    kit2.subject_box = p.keys().box.pub;
    p.say(p.root, kit2);
    CHECK(p.authority().kit_generation() == 2);
    CHECK_FALSE(p.authority().current_epoch());
  }
}

TEST_CASE("authority: read keys of one generation are all kept; what is new comes last") {
  People p;
  Statement s;
  s.type = StatementType::read_key;
  s.number = 1;
  s.hash.bytes[0] = 9;
  s.slots = {{seal::key_id_of(p.devices[0].box.pub), {}}};
  p.say(p.coordinators[0], s);
  s.slots = {{seal::key_id_of(p.devices[1].box.pub), {}}};  // a slot more of the same secret
  p.say(p.coordinators[0], s);
  s.hash.bytes[0] = 4;  // another secret of the same generation, said at the same time elsewhere
  p.say(p.coordinators[1], s);
  Authority a = p.authority();
  REQUIRE(a.read_keys().size() == 2);
  CHECK(a.read_keys()[0].slots.size() == 2);
  CHECK(a.read_keys().back().mark.bytes[0] == 4);
}
