// The properties P1 to P15 of the merge, on random histories (story.h), against a slow model (model.h). Each prints
// its seed; RC_PARAMS="reproduce=…", as printed, plays a failure again, and RC_PARAMS="max_success=…" tries more.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "sync/record/merge.h"
#include "tests/support/property.h"
#include "tests/sync/record/story.h"
#include "tests/sync/record/told.h"

namespace {

using namespace record;
using support::Op;
using support::ops;
using support::property;
using support::Story;
using support::told;

// A second person's file, filled in another order, in pieces, looked at in between, with words that come late.
class Desk {
 public:
  explicit Desk(const Story& story) : story_(story) {
    for (const Revision& r : story.revisions) whole_[r.id] = &r;
  }
  void take_revision(size_t i) { merge_.add(link_of(story_.revisions[i])); }
  void take_stub(size_t i) { merge_.add(story_.stubs[i]); }
  void take_head(size_t i) { merge_.add(story_.heads[i]); }
  void take_words(size_t n) {
    std::vector<Statement> some(story_.people.statements.begin(), story_.people.statements.begin() + long(n));
    authority_ = Authority::from(story_.people.id, story_.people.root.sign.pub, some);
    merge_.set_authority(authority_);
  }
  void take_withdrawals(size_t n) {
    merge_.set_withdrawals({story_.withdrawals.begin(), story_.withdrawals.begin() + long(n)});
  }
  void look() {
    for (const Merge::Work& work : merge_.work()) {
      std::vector<Revision> counted;
      for (const RevisionId& id : work.counted) counted.push_back(*whole_.at(id));
      RecordView one = view_record(std::move(counted), authority_);
      merge_.done(work, one);
      shown_[work.record] = std::move(one);
    }
  }
  // Everything the story holds, in an order of its own; `again`: some of it twice.
  void take_all(uint32_t seed, bool again) {
    std::mt19937 random(seed);
    std::vector<std::pair<int, size_t>> all;
    size_t counts[] = {story_.revisions.size(), story_.stubs.size(), story_.heads.size()};
    for (int kind = 0; kind < 3; ++kind)
      for (size_t i = 0; i < counts[kind]; ++i)
        for (unsigned n = 0; n <= (again ? random() % 3 : 0); ++n) all.push_back({kind, i});
    for (unsigned n = 0; n < 3; ++n) all.push_back({3, random() % (story_.people.statements.size() + 1)});
    for (unsigned n = 0; n < 2; ++n) all.push_back({4, random() % (story_.withdrawals.size() + 1)});
    std::shuffle(all.begin(), all.end(), random);
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {  // words only grow
      return a.first >= 3 && a.first == b.first && a.second < b.second;
    });
    size_t words = 0, gone = 0;
    for (auto [kind, i] : all) {
      if (kind == 0) take_revision(i);
      if (kind == 1) take_stub(i);
      if (kind == 2) take_head(i);
      if (kind == 3) take_words(words = std::max(words, i));
      if (kind == 4) take_withdrawals(gone = std::max(gone, i));
      if (random() % 8 == 0) look();
    }
    take_words(story_.people.statements.size());
    take_withdrawals(story_.withdrawals.size());
    look();
  }
  std::string dataset() {
    std::vector<RecordView> out;
    for (const auto& [id, one] : shown_)
      if (merge_.is_shown(id)) out.push_back(one);
    return told(out) + spoken(merge_.fingerprint());
  }
  Merge& merge() { return merge_; }

 private:
  const Story& story_;
  std::map<RevisionId, const Revision*> whole_;
  Authority authority_;
  Merge merge_;
  std::map<RecordId, RecordView> shown_;
};

std::string dataset(const View& v) {
  return told(v.records) + spoken(v.fingerprint);
}

size_t conflicts(const View& v) {
  size_t out = 0;
  for (const RecordView& r : v.records) out += r.conflicts();
  return out;
}

}  // namespace

TEST_CASE("properties: the merge shows what the model shows, in every history") {
  CHECK(property("view = model", [] {
    Story s(*ops());
    View v = s.see();
    support::Model model = s.model();
    RC_ASSERT(told(v.records) == told(model.records()));
    std::set<RecordId> gone = model.withdrawn();
    RC_ASSERT(v.withdrawn == std::vector<RecordId>(gone.begin(), gone.end()));
    RC_CLASSIFY(conflicts(v) > 0, "conflicts");
    RC_CLASSIFY(!v.withdrawn.empty(), "withdrawals");
    RC_CLASSIFY(s.forked, "forks");
    RC_CLASSIFY(!s.rules().ends.empty(), "revocations");
    RC_CLASSIFY(!s.rules().migrations.empty(), "migrations");
    RC_CLASSIFY(std::any_of(s.people.coordinators.begin(), s.people.coordinators.end(),
                            [&](const auto& c) { return s.rules().ends.count(c.id) > 0; }),
                "a coordinator revoked");
    RC_CLASSIFY(std::any_of(s.revisions.begin(), s.revisions.end(), [&](const Revision& r) {
                  return r.kind == RevisionKind::link && std::count(v.withdrawn.begin(), v.withdrawn.end(), r.record);
                }), "a link decided in a record that is withdrawn");
  }));
}

TEST_CASE("properties: control: a model that lacks one rule is told apart from the merge") {
  using Break = void (*)(support::Rules&);
  std::pair<const char*, Break> breaks[] = {
      {"a coordinator's rank", [](support::Rules& r) { r.coordinators.clear(); }},
      {"a device's membership", [](support::Rules& r) { r.devices.erase(r.devices.begin()); }},
      {"revocations", [](support::Rules& r) { r.ends.clear(); }},
      {"send-backs", [](support::Rules& r) { r.asked.clear(); }},
      {"a coordinator's end", [](support::Rules& r) {
         for (const DeviceId& id : r.coordinators) r.ends.erase(id);
       }},
      {"migrations", [](support::Rules& r) { r.migrations.clear(); }}};
  std::mt19937 random(7);
  std::map<std::string, int> found;
  for (int i = 0; i < 150; ++i) {
    std::vector<Op> all(100);
    for (Op& op : all)
      op = {static_cast<uint8_t>(random()), static_cast<uint8_t>(random()), static_cast<uint8_t>(random()),
            static_cast<uint8_t>(random()), static_cast<uint32_t>(random())};
    Story s(all);
    std::string seen = told(s.see().records);
    for (const auto& [name, broken] : breaks) {
      support::Rules rules = s.rules();
      broken(rules);
      support::Model model(rules, s.revisions, s.stubs, s.named(), s.withdrawals);
      found[name] += told(model.records()) != seen;
    }
    support::Model deaf(s.rules(), s.revisions, s.stubs, {}, s.withdrawals);
    found["heads"] += told(deaf.records()) != seen;
    support::Model blind(s.rules(), s.revisions, {}, s.named(), s.withdrawals);
    found["stubs"] += told(blind.records()) != seen;
  }
  for (const auto& [name, times] : found) CHECK_MESSAGE(times > 0, name);
}

TEST_CASE(
    "properties: P1 to P4: whatever the order, the pieces and the repetitions, the dataset is the same") {
  CHECK(property("P1–P4", [] {
    Story s(*ops());
    std::string whole = dataset(s.see());
    for (bool again : {false, true}) {
      Desk desk(s);
      desk.take_all(*rc::gen::arbitrary<uint32_t>(), again);
      RC_ASSERT(desk.dataset() == whole);
    }
  }));
}

TEST_CASE(
    "properties: P5: a revision that came is counted, or its record is withdrawn, or its signer is named") {
  CHECK(property("P5", [] {
    Story s(*ops());
    Desk desk(s);
    desk.take_all(*rc::gen::arbitrary<uint32_t>(), true);
    std::set<base::DeviceId> named;
    for (const Fork& fork : desk.merge().chains().forks()) named.insert(fork.device);
    std::set<RecordId> gone;
    for (const RecordId& id : desk.merge().withdrawn()) gone.insert(id);
    for (const Revision& r : s.revisions) {
      std::vector<RevisionId> counted = desk.merge().counted(r.record);
      bool is_counted = std::binary_search(counted.begin(), counted.end(), r.id);
      RC_ASSERT(is_counted || gone.count(r.record) || named.count(r.device) ||
                s.authority().is_revoked(r.device));
    }
    if (s.is_calm()) RC_ASSERT(desk.merge().set_aside() == 0u);
  }));
}

TEST_CASE("properties: P6: where everybody knew everything, nothing is a conflict") {
  CHECK(property("P6", [] {
    std::vector<Op> all = *ops();
    Story s({}, 3);
    for (const Op& op : all) {
      RecordId record = support::record_id(1 + op.record % 3);
      std::vector<Revision> heads;
      for (const RecordView& r : s.see().records)
        if (r.id == record)
          for (const Revision& one : s.revisions)
            if (std::count(r.heads.begin(), r.heads.end(), one.id)) heads.push_back(one);
      if (heads.empty() && !s.of(record).empty()) continue;
      RevisionKind kind = heads.empty() ? RevisionKind::finish : RevisionKind::amend;
      if (s.revisions.size() < 30) s.add(s.signer(op.who), record, kind, heads, op);
    }
    RC_ASSERT(conflicts(s.see()) == 0u);
  }));
}

TEST_CASE(
    "properties: P7, P8: a disagreement is told once, keeps both values, and is settled by who knew both") {
  CHECK(property("P7, P8", [] {
    support::People p;
    const char* names[] = {"a", "b", "c", "d", "e", "f"};
    support::People::Said base, one, other;
    std::set<std::string> differ;
    for (const char* name : names) {
      base.push_back({name, support::text("start")});
      int how = *rc::gen::inRange(0, 5);
      if (how == 1 || how == 3 || how == 4) one.push_back({name, support::text("one")});
      if (how == 2 || how == 3) other.push_back({name, support::text("other")});
      if (how == 4) other.push_back({name, support::text("one")});  // both the same: they agree
      if (how == 3) differ.insert(name);
    }
    Revision first = p.finish(0, 1, base);
    Revision mine = p.amend(p.devices[0].id, {first}, one);
    Revision theirs = p.amend(p.coordinators[*rc::gen::inRange(0, 2)].id, {first}, other);
    std::vector<Revision> all = {first, mine, theirs};
    View v = p.see(all);
    RC_ASSERT(conflicts(v) == differ.size());
    for (const std::string& name : differ) {
      std::set<std::string> held;
      for (const Candidate& c : support::cell(v, name)->candidates) held.insert(c.value.text);
      RC_ASSERT(held == (std::set<std::string>{"one", "other"}));
    }
    if (differ.empty()) return;
    support::People::Said a, b, c;
    for (const std::string& name : differ) {
      a.push_back({name, support::text("one")});
      b.push_back({name, support::text("neither")});
      c.push_back({name, support::text("at last")});
    }
    all.push_back(p.resolve(p.coordinators[0].id, {mine, theirs}, a));
    RC_ASSERT(conflicts(p.see(all)) == 0u);
    all.push_back(p.resolve(p.coordinators[1].id, {mine, theirs}, b));
    RC_ASSERT(conflicts(p.see(all)) == differ.size());
    all.push_back(p.resolve(p.coordinators[1].id, {all[3], all[4]}, c));
    RC_ASSERT(conflicts(p.see(all)) == 0u);
    for (const std::string& name : differ)
      RC_ASSERT(support::cell(p.see(all), name)->shown.text == "at last");
  }));
}

TEST_CASE("properties: P10: every link that is dropped, swapped or numbered anew is told, and nothing else") {
  CHECK(property("P10", [] {
    support::People p(2, 1);
    std::vector<Link> links;
    for (int i = 0, n = *rc::gen::inRange(2, 20); i < n; ++i)
      links.push_back(link_of(p.finish(*rc::gen::inRange(0, 2), i, {})));
    std::map<base::DeviceId, seal::Head> heads;
    for (const Link& link : links) {
      heads[link.device].device = link.device;
      heads[link.device].sequence = link.sequence;
      heads[link.device].revision = link.id;
    }
    auto told_of = [&](const std::vector<Link>& came) {
      Chains chains;
      for (const Link& link : came) chains.add(link);
      for (const auto& [device, head] : heads) chains.add(head);
      chains.judge(p.authority());
      return std::pair(chains.gaps([](const RecordId&) { return false; }), chains.forks());
    };
    auto [no_gaps, no_forks] = told_of(links);
    RC_ASSERT(no_gaps.empty());
    RC_ASSERT(no_forks.empty());
    size_t i = *rc::gen::inRange<size_t>(0, links.size()), j = *rc::gen::inRange<size_t>(0, links.size());
    std::vector<Link> dropped = links, swapped = links, anew = links;
    dropped.erase(dropped.begin() + long(i));
    auto [gaps, forks] = told_of(dropped);
    RC_ASSERT(gaps.size() == 1u);
    RC_ASSERT(gaps[0].device == links[i].device);
    RC_ASSERT(gaps[0].first == links[i].sequence);
    RC_ASSERT(gaps[0].last == links[i].sequence);
    if (links[i].device == links[j].device && i != j) {
      std::swap(swapped[i].sequence, swapped[j].sequence);
      RC_ASSERT(!told_of(swapped).second.empty());
    }
    anew[i].sequence += *rc::gen::inRange<uint64_t>(1, 30);
    auto [holes, splits] = told_of(anew);
    RC_ASSERT(!holes.empty() || !splits.empty());
  }));
}

TEST_CASE("properties: P11: a value, an answer and a revision come back from their bytes as they were") {
  CHECK(property("P11", [] {
    Story s(*ops());
    for (const Revision& r : s.revisions) {
      for (const Answer& a : r.answers) {
        auto back = parse_value(canonical(a.value));
        RC_ASSERT(back && *back == a.value);
        auto again = make_value(a.value.tag, display(a.value));
        if (a.value.tag != Tag::cleared) RC_ASSERT(again && *again == a.value);
      }
      auto bytes = encode_revision(r);
      RC_ASSERT(bool(bytes));
      auto back = decode_revision(*bytes);
      RC_ASSERT(back && back->answers == r.answers && back->parents == r.parents && back->at.ms == r.at.ms);
      RC_ASSERT(back->attachments == r.attachments);
      RC_ASSERT(*encode_revision(*back) == *bytes);
    }
  }));
}

TEST_CASE("properties: a withdrawal takes its own record and nothing else; a link decided elsewhere stays decided") {
  CHECK(property("withdrawn alone", [] {
    Story s(*ops());
    auto others = [&](const View& v, const RecordId& but) {
      std::vector<RecordView> out;
      for (const RecordView& r : v.records)
        if (r.id != but) out.push_back(r);
      return told(out);
    };
    RecordId gone = support::record_id(1 + *rc::gen::inRange(0, 6));
    std::string before = others(s.see(), gone);
    s.withdrawals.push_back({gone, true, {}});
    View after = s.see();
    RC_ASSERT(others(after, gone) == before);
    RC_ASSERT(std::count(after.withdrawn.begin(), after.withdrawn.end(), gone) == 1);
    Desk desk(s);
    desk.take_all(*rc::gen::arbitrary<uint32_t>(), true);
    RC_ASSERT(desk.dataset() == dataset(after));
    s.withdrawals.pop_back();  // a person's word can be taken back: what was decided is there again
    RC_ASSERT(others(s.see(), gone) == before);
  }));
}

TEST_CASE("properties: P12: what nobody vouches for changes nothing") {
  CHECK(property("P12", [] {
    Story s(*ops());
    std::string before = dataset(s.see());
    seal::DeviceKeys stranger = s.people.keys();
    size_t n = s.revisions.size();
    for (size_t i = 0; i < n; i += 3)
      s.add(stranger.id, s.revisions[i].record, RevisionKind::finish, {s.revisions[i]},
            {0, 0, 0, 1, static_cast<uint32_t>(i)});
    s.withdrawals.push_back({support::record_id(1), false, stranger.id});
    RC_ASSERT(dataset(s.see()) == before);
  }));
}

TEST_CASE("properties: P13: answers may be moved to the newer form before the merge or in it") {
  CHECK(property("P13", [] {
    std::vector<Op> all = *ops();
    all.insert(all.begin(), {{0, 1, 0, 0, 1}, {26, 0, 0, 0, 0}});  // a form that moves
    Story s(all);
    support::Rules rules = s.rules();
    RC_ASSERT(rules.migrations.size() == 1u);
    std::string after = dataset(s.see());
    const Migration& m = rules.migrations.begin()->second;
    for (Revision& r : s.revisions) {
      if (r.form != m.from) continue;
      std::vector<Answer> moved;
      for (const Answer& a : r.answers)
        for (Answer& b : migrate(m, a)) moved.push_back(b);
      std::sort(moved.begin(), moved.end(), [](const Answer& a, const Answer& b) { return a.key < b.key; });
      r.answers = moved;
      r.form = m.to;
    }
    RC_ASSERT(dataset(s.see()) == after);
  }));
}

TEST_CASE("properties: P14: revoked after a revision is as if nothing had come after it") {
  CHECK(property("P14", [] {
    std::vector<Op> all = *ops();
    for (Op& op : all) op.kind = static_cast<uint8_t>(op.kind % 23);  // no forks, nothing revoked, all held
    Story s(all), cut(all);
    RC_PRE(!s.revisions.empty());
    const Revision last = s.revisions[*rc::gen::inRange<size_t>(0, s.revisions.size())];
    RC_PRE(s.rules().devices.count(last.device) > 0);
    s.people.revoke(s.people.coordinators[0], last.device, {last});
    std::erase_if(cut.revisions,
                  [&](const Revision& r) { return r.device == last.device && r.sequence > last.sequence; });
    RC_ASSERT(dataset(s.see()) == dataset(cut.see()));
  }));
}

TEST_CASE("properties: P15: no word that comes later brings back what a card withdrew") {
  CHECK(property("P15", [] {
    std::vector<Op> all = *ops(), more = *ops();
    all.insert(all.end(), more.begin(), more.end());
    if (all.size() > 150) all.resize(150);
    Story s(all);
    RecordId gone = support::record_id(1 + *rc::gen::inRange(0, 6));
    s.withdrawals.push_back({gone, true, {}});
    Desk desk(s);
    desk.take_withdrawals(s.withdrawals.size());
    for (size_t n = 0; n <= s.people.statements.size(); n += 3) desk.take_words(n), desk.look();
    for (size_t i = 0; i < s.revisions.size(); ++i) desk.take_revision(i);
    desk.look();
    RC_ASSERT(desk.merge().is_withdrawn(gone));
    RC_ASSERT(!desk.merge().is_shown(gone));
  }));
}
