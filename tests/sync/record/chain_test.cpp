#include <doctest/doctest.h>

#include "tests/sync/record/people.h"

namespace {

using namespace record;
using support::People;
using support::record_id;
using support::text;

struct Kept {
  explicit Kept(const People& p, const std::vector<Revision>& all) {
    for (const Revision& r : all) chains.add(link_of(r));
    chains.judge(p.authority());
  }
  std::vector<Gap> gaps() {
    return chains.gaps([](const RecordId&) { return false; });
  }
  std::vector<Frontier> frontiers() {
    return chains.frontiers([](const RecordId&) { return false; });
  }
  Chains chains;
};

std::vector<Revision> line_of(People& p, int device, int count) {
  std::vector<Revision> out;
  for (int i = 0; i < count; ++i) out.push_back(p.finish(device, 10 * device + i + 1, {{"a", text("x")}}));
  return out;
}

seal::Head head_of(const Revision& r) {
  seal::Head head;
  head.device = r.device;
  head.sequence = r.sequence;
  head.revision = r.id;
  return head;
}

}  // namespace

TEST_CASE("chain: whole and in any order, nothing is reported") {
  People p;
  std::vector<Revision> all = line_of(p, 0, 6);
  for (int i = 0; i < 20; ++i) {
    for (size_t n = all.size(); n > 1; --n) std::swap(all[n - 1], all[p.random.below(n)]);
    Kept kept(p, all);
    CHECK(kept.gaps().empty());
    CHECK(kept.chains.forks().empty());
    REQUIRE(kept.frontiers().size() == 1);
    CHECK(kept.frontiers()[0].sequence == 6);
    for (const Revision& r : all) CHECK(kept.chains.counts(link_of(r)));
  }
}

TEST_CASE("chain: what did not come is named, in the middle, at the start and at the end") {
  People p;
  std::vector<Revision> all = line_of(p, 0, 8);
  Kept kept(p, {all[1], all[2], all[5]});
  kept.chains.add(head_of(all[7]));
  kept.chains.judge(p.authority());
  std::vector<Gap> gaps = kept.gaps();
  REQUIRE(gaps.size() == 3);
  CHECK(gaps[0].first == 1);
  CHECK(gaps[0].last == 1);
  CHECK(gaps[1].first == 4);
  CHECK(gaps[1].last == 5);
  CHECK(gaps[2].first == 7);
  CHECK(gaps[2].last == 8);
  CHECK(gaps[2].is_tail);
  CHECK(kept.frontiers().empty());
  CHECK(kept.chains.counts(link_of(all[5])));
}

TEST_CASE("chain: another centre's receipt shows a tail that did not come here") {
  People p;
  std::vector<Revision> all = line_of(p, 0, 5);
  Statement receipt;
  receipt.type = StatementType::receipt;
  receipt.frontiers = {{p.devices[0].id, 5, all[4].id}};
  p.say(p.coordinators[1], receipt);
  Kept kept(p, {all[0], all[1]});
  REQUIRE(kept.gaps().size() == 1);
  CHECK(kept.gaps()[0].last == 5);
}

TEST_CASE("chain: two histories of one signer: nothing from there on counts until a revocation decides") {
  People p;
  std::vector<Revision> all = line_of(p, 0, 3);
  p.roll_back(all[0]);
  Revision cloned = p.finish(0, 100, {{"a", text("clone")}});
  Revision after = p.finish(0, 101, {{"a", text("clone")}});
  SUBCASE("both are held") {
    Kept kept(p, {all[0], all[1], all[2], cloned, after});
    REQUIRE(kept.chains.forks().size() == 1);
    CHECK(kept.chains.forks()[0].at == 2);
    CHECK(kept.chains.counts(link_of(all[0])));
    for (const Revision& r : {all[1], all[2], cloned, after}) CHECK_FALSE(kept.chains.counts(link_of(r)));
    CHECK(kept.frontiers()[0].sequence == 1);
  }
  SUBCASE("one is held, and a successor names the other") {
    Kept kept(p, {all[0], all[1], after});
    CHECK(kept.chains.forks()[0].at == 2);
  }
  SUBCASE("one is held, and a signed head names the other") {
    Kept kept(p, {all[0], all[1]});
    kept.chains.add(head_of(cloned));
    CHECK(kept.chains.forks()[0].at == 2);
  }
  SUBCASE("a revocation names the good end, or both where both are true") {
    p.revoke(p.coordinators[0], p.devices[0].id, {all[2]});
    Kept one(p, {all[0], all[1], all[2], cloned, after});
    CHECK(one.chains.forks().empty());
    CHECK(one.chains.counts(link_of(all[2])));
    CHECK_FALSE(one.chains.counts(link_of(cloned)));
    Statement both;
    both.type = StatementType::revoke;
    both.subject = p.devices[0].id;
    both.replaces = {p.statements.back().id};
    both.frontiers = {{p.devices[0].id, 3, all[2].id}, {p.devices[0].id, 3, after.id}};
    p.say(p.coordinators[0], both);
    Kept two(p, {all[0], all[1], all[2], cloned, after});
    for (const Revision& r : {all[1], all[2], cloned, after}) CHECK(two.chains.counts(link_of(r)));
  }
}

TEST_CASE(
    "chain: of a revoked device only what leads to the named end counts, also where some did not come") {
  People p;
  std::vector<Revision> all = line_of(p, 0, 6);
  p.revoke(p.coordinators[0], p.devices[0].id, {all[3]});
  Kept kept(p, all);
  CHECK(kept.chains.counts(link_of(all[3])));
  CHECK_FALSE(kept.chains.counts(link_of(all[4])));
  CHECK(kept.gaps().empty());
  Kept torn(p, {all[0], all[1], all[3], all[4]});
  CHECK(torn.chains.counts(link_of(all[3])));
  CHECK_MESSAGE(!torn.chains.counts(link_of(all[1])), "nothing shows that it leads to the end");
  REQUIRE(torn.gaps().size() == 1);
  CHECK(torn.gaps()[0].first == 3);
  SUBCASE("a thief's number below the end does not lead to it") {
    p.roll_back(all[1]);
    Revision forged = p.finish(0, 99, {{"a", text("forged")}});
    Kept with(p, {all[0], all[1], forged, all[3]});
    CHECK_FALSE(with.chains.counts(link_of(forged)));
  }
}

TEST_CASE("chain: two revocations at once leave what both allow") {
  People p;
  std::vector<Revision> all = line_of(p, 0, 6);
  p.revoke(p.coordinators[0], p.devices[0].id, {all[4]});
  p.revoke(p.coordinators[1], p.devices[0].id, {all[2]});
  Kept kept(p, all);
  CHECK(kept.chains.counts(link_of(all[2])));
  CHECK_FALSE(kept.chains.counts(link_of(all[3])));
}

TEST_CASE("chain: a stub is whole only under a withdrawal that holds") {
  People p;
  std::vector<Revision> all = line_of(p, 0, 3);
  Chains chains;
  for (const Revision& r : all) {
    Link link = link_of(r);
    link.is_stub = r.sequence == 2;
    chains.add(link);
  }
  chains.judge(p.authority());
  auto none = [](const RecordId&) { return false; };
  auto that = [&](const RecordId& id) { return id == all[1].record; };
  CHECK(chains.gaps(none).size() == 1);
  CHECK(chains.gaps(that).empty());
  CHECK(chains.frontiers(none)[0].sequence == 1);
  CHECK(chains.frontiers(that)[0].sequence == 3);
  chains.add(link_of(all[1]));  // the whole comes after all
  CHECK(chains.gaps(none).empty());
}

TEST_CASE("chain: a chain that does not begin with its enrolment request is refused") {
  People p;
  seal::DeviceKeys who = p.keys();
  Statement enrolled = People::about(StatementType::enrol, who);
  enrolled.hash.bytes.fill(7);
  p.say(p.coordinators[0], enrolled);
  p.devices.push_back(std::move(who));
  Revision wrong = p.finish(3, 1, {{"a", text("x")}});
  Kept kept(p, {wrong});
  CHECK_FALSE(kept.chains.counts(link_of(wrong)));
  REQUIRE(kept.chains.forks().size() == 1);
  CHECK(kept.chains.forks()[0].at == 0);
}
