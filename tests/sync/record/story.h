// Story: a history of a project out of random operations: devices and coordinators who finish, correct, resolve,
// link, record, fork, are revoked (coordinators too), are asked back; with the rules it was made by, for the model.
//
//   Story s(*ops());   view(s.holdings(), s.authority())   Model(s.rules(), s.revisions, s.stubs, s.named(), …)
//
// Operations are plain numbers, so that a failing history shrinks. Up to 200 of them, 2 to 6 devices, 2 coordinators,
// two versions of one form, clocks ten years apart, and the values that break programs.
#pragma once

#include "tests/sync/record/model.h"
#include "tests/sync/record/people.h"
#include "tests/sync/record/story_form.h"

namespace support {

class Story {
 public:
  explicit Story(const std::vector<Op>& all, int devices = 0)
      : people(devices ? devices : 2 + (all.empty() ? 0 : all[0].dice % 5)) {
    FormHash older, newer;
    older.bytes.fill(1);
    newer.bytes.fill(2);
    forms_ = {older, newer};
    for (uint64_t edition : {1, 2}) {
      Statement s;
      s.type = StatementType::publish;
      s.text = "visit";
      s.number = edition;
      s.hash.bytes = forms_[edition - 1].bytes;
      people.say(people.coordinators[0], s);
    }
    for (const Op& op : all) play(op);
  }

  Authority authority() const { return people.authority(); }
  Holdings holdings() const { return {revisions, stubs, heads, withdrawals}; }
  View see() const { return view(holdings(), authority()); }
  Rules rules() const {
    Rules out = rules_;
    for (const auto& c : people.coordinators) out.coordinators.insert(c.id);
    for (const auto& d : people.devices) out.devices.insert(d.id);
    return out;
  }
  std::vector<Frontier> named() const {
    std::vector<Frontier> out;
    for (const seal::Head& h : heads) out.push_back({h.device, h.sequence, h.revision});
    return out;
  }
  Model model() const { return Model(rules(), revisions, stubs, named(), withdrawals); }
  bool is_calm() const { return !forked && rules_.ends.empty() && stubs.empty(); }

  People people;
  std::vector<Revision> revisions;
  std::vector<Link> stubs;
  std::vector<seal::Head> heads;
  std::vector<Withdrawal> withdrawals;
  bool forked = false;
  std::function<void(Story&, const Op&)> watch;

  const base::DeviceId& signer(uint8_t who) const {  // mostly devices
    size_t n = people.devices.size();
    return who % 4 == 0 ? people.coordinators[(who / 4) % 2].id : people.devices[who % n].id;
  }
  std::vector<const Revision*> of(const RecordId& record) const {
    std::vector<const Revision*> out;
    for (const Revision& r : revisions)
      if (r.record == record) out.push_back(&r);
    return out;
  }
  void add(const base::DeviceId& by, RecordId record, RevisionKind kind, const std::vector<Revision>& parents,
           const Op& op) {
    base::SeededRandom random(op.dice);
    std::map<Key, Answer> said;
    uint32_t wanted = kind == RevisionKind::finish ? 8 : 1 + op.what % 3;
    for (uint32_t i = 0; i < wanted; ++i) {
      Answer a = some_answer(op, static_cast<uint32_t>(random.below(UINT32_MAX)));
      if (kind == RevisionKind::link)
        a = {link_key(record_id(op.what % 5 ? 1 + (op.dice >> 20) % 6 : 200)), text(op.what % 3 ? "same" : "different"), Origin::given};
      said[a.key] = a;
    }
    std::vector<Answer> answers;
    for (auto& [key, a] : said) answers.push_back(a);
    Revision r = people.seal(by, record, kind, parents, answers);
    r.full = r.full || op.what % 16 == 1;
    r.form = forms_[op.dice % 2];
    if (kind != RevisionKind::link) r.attachments = some_attachments(op, random);
    r.at.ms = 1'763'900'000'000 + (int64_t{op.what} - 128) * 2'500'000'000;           // ten years either way
    if (kind == RevisionKind::finish && !of(record).empty()) r.proof = Proof::fails;  // another began it
    revisions.push_back(std::move(r));
  }

 private:
  void play(const Op& op) {
    RecordId record = record_id(1 + op.record % 6);
    std::vector<const Revision*> known = of(record);
    const base::DeviceId& by = signer(op.who);
    uint8_t kind = op.kind % 32;
    if (known.empty() || kind == 0) return add(by, record, RevisionKind::finish, {}, op);
    std::vector<Revision> parents;
    for (uint32_t i = 0; i <= op.dice % 2; ++i) {
      const Revision& one = *known[(op.dice >> (4 + 8 * i)) % known.size()];
      if (parents.empty() || parents[0].id != one.id) parents.push_back(one);
    }
    const base::DeviceId& coordinator = people.coordinators[op.who % 2].id;
    if (kind < 17) return add(by, record, RevisionKind::amend, parents, op);
    if (kind < 21) return add(coordinator, record, RevisionKind::resolve, parents, op);
    if (kind < 23) return add(coordinator, record, RevisionKind::link, parents, op);
    const Revision& some = *known[op.dice % known.size()];
    bool by_device = rules_.ends.count(some.device) == 0 && some.device != people.coordinators[0].id &&
                     some.device != people.coordinators[1].id;
    if (kind == 23 && op.what % 2 == 0) {
      forked = true;
      if (op.what % 4 == 0) return people.roll_back(some);
      seal::Head head;  // of a copy whose revisions never came
      head.device = some.device;
      head.sequence = some.sequence;
      head.revision = RevisionId::from(people.random);
      heads.push_back(head);
    } else if (kind == 24 && op.what % 3 == 0 && by_device) {
      std::vector<Revision> tips = {some};
      if (op.what % 2) tips.push_back(revisions[op.dice % revisions.size()]);
      if (tips.back().device != some.device || tips.back().id == some.id) tips.resize(1);
      people.revoke(people.coordinators[0], some.device, tips);
      if (is_in_office(0)) ends_at(some.device, tips);
    } else if (kind == 31 && op.what % 4 == 0 && is_in_office(0) && is_in_office(1)) {  // one of them stays
      std::vector<Revision> own, tips;
      for (const Revision& r : revisions)
        if (r.device == coordinator) own.push_back(r);
      for (uint32_t i = 0; !own.empty() && i <= op.dice % 2; ++i) {
        const Revision& tip = own[(op.dice >> (8 * i)) % own.size()];
        if (tips.empty() || tips[0].id != tip.id) tips.push_back(tip);
      }
      people.dismiss(coordinator, tips);
      ends_at(coordinator, tips);
    } else if (kind == 25) {
      Statement back;
      back.type = StatementType::send_back;
      back.subject = people.devices[op.who % people.devices.size()].id;
      back.content = base::Bytes(17, 0);
      std::copy(record.bytes.begin(), record.bytes.end(), back.content.begin());
      people.say(people.coordinators[1], back);
      if (is_in_office(1)) rules_.asked.insert({back.subject, record});
    } else if (kind == 26 && rules_.migrations.empty()) {
      migrate_names();
    } else if (kind == 27 && op.what % 2) {
      withdrawals.push_back({record, op.what % 4 == 1, op.what % 4 == 1 ? base::DeviceId{} : by});
    } else if (kind == 28) {
      seal::Head head;
      head.device = some.device;
      head.sequence = some.sequence;
      head.revision = some.id;
      heads.push_back(head);
    } else if (kind == 29 && op.what % 2) {  // its payload is gone, or a key is not here
      Link link = link_of(some);
      link.is_stub = true;
      stubs.push_back(link);
      if (op.what % 4 == 3) std::erase_if(revisions, [&](const Revision& r) { return r.id == link.id; });
    } else if (kind == 30 && op.what % 4 == 0) {  // never came
      base::RevisionId lost = some.id;
      std::erase_if(revisions, [&](const Revision& r) { return r.id == lost; });
    } else {
      add(by, record, RevisionKind::amend, parents, op);
    }
  }

  void migrate_names() {
    Migration m = moved_names(forms_);
    Statement s;
    s.type = StatementType::migration;
    s.number = 1;
    s.hash.bytes = m.from.bytes;
    s.package.bytes = m.to.bytes;
    s.content = encode_migration(m);
    people.say(people.coordinators[0], s);
    if (is_in_office(0)) rules_.migrations[m.from] = m;
  }

  // What somebody says who is no longer a coordinator is said, and does not count.
  bool is_in_office(size_t n) const { return rules_.ends.count(people.coordinators[n].id) == 0; }
  void ends_at(const DeviceId& who, const std::vector<Revision>& tips) {
    std::set<RevisionId> ids;
    for (const Revision& r : tips) ids.insert(r.id);
    rules_.ends[who].push_back(ids);
    if (ids.size() > 1) rules_.torn.insert(who);
  }

  std::array<FormHash, 2> forms_;
  Rules rules_;
};

}  // namespace support
