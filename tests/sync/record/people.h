// People: a project's root, coordinators and devices for tests of the record, with chains that are kept in
// order: every statement and every revision gets its number and names the one before it.
//
//   People p;  p.say(p.coordinators[0], {.type = StatementType::revoke, .subject = p.devices[0].id});
//   std::vector<Revision> all = {p.finish("a", 0, {{"age", text("34")}})};  all.push_back(p.amend(…));
#pragma once

#include <doctest/doctest.h>

#include <tuple>

#include "sync/record/view.h"
#include "sync/seal/envelope.h"
#include "sync/seal/withdrawal.h"

namespace support {

using namespace record;

inline Value text(const std::string& s) {
  return *make_value(Tag::text, s);
}
inline Value made(Tag tag, const std::string& s) {
  return *make_value(tag, s);
}

inline RecordId record_id(int n) {
  RecordId id;
  id.bytes[0] = static_cast<uint8_t>(n);
  id.bytes[1] = static_cast<uint8_t>(n >> 8);
  return id;
}

struct People {
  explicit People(int devices_wanted = 3, int coordinators_wanted = 2) {
    for (int i = 0; i < coordinators_wanted; ++i) coordinators.push_back(keys());
    for (int i = 0; i < devices_wanted; ++i) devices.push_back(keys());
    for (auto& c : coordinators) appoint(c);
    for (auto& d : devices) enrol(coordinators[0], d);
  }

  seal::DeviceKeys keys() { return seal::DeviceKeys::from(seal::Key::from(random)); }

  // Says it under the signer's next number.
  Statement say(const seal::DeviceKeys& by, Statement s) {
    auto& [sequence, previous] = words[by.id];
    s.project = id;
    s.sequence = ++sequence;
    s.previous = previous;
    sign_statement(s, by);
    previous.bytes = s.id.bytes;
    statements.push_back(s);
    return s;
  }
  static Statement about(StatementType type, const seal::DeviceKeys& subject) {
    Statement s;
    s.type = type;
    s.subject = subject.id;
    s.subject_sign = subject.sign.pub;
    s.subject_box = subject.box.pub;
    return s;
  }
  Statement appoint(const seal::DeviceKeys& who) { return say(root, about(StatementType::appoint, who)); }
  Statement enrol(const seal::DeviceKeys& by, const seal::DeviceKeys& who) {
    return say(by, about(StatementType::enrol, who));
  }
  // Ends a device after the given revisions of it.
  Statement revoke(const seal::DeviceKeys& by, const base::DeviceId& who, const std::vector<Revision>& last) {
    Statement s;
    s.type = StatementType::revoke;
    s.subject = who;
    for (const Revision& r : last) s.frontiers.push_back({who, r.sequence, r.id});
    return say(by, std::move(s));
  }
  // Ends a coordinator by the root's word: after the given revisions, and after what it has said until now.
  Statement dismiss(const base::DeviceId& who, const std::vector<Revision>& last) {
    Statement s;
    s.type = StatementType::revoke;
    s.subject = who;
    std::tie(s.number, s.hash) = words[who];
    for (const Revision& r : last) s.frontiers.push_back({who, r.sequence, r.id});
    return say(root, std::move(s));
  }
  Authority authority() const { return Authority::from(id, root.sign.pub, statements); }

  // The signer's next revision of a record.
  Revision seal(const base::DeviceId& by, const RecordId& record, RevisionKind kind,
                const std::vector<Revision>& parents, std::vector<std::pair<std::string, Value>> answers) {
    std::vector<Answer> said;
    for (auto& [question, value] : answers) said.push_back({{question, {}}, value, Origin::given});
    return seal(by, record, kind, parents, std::move(said));
  }
  Revision seal(const base::DeviceId& by, const RecordId& record, RevisionKind kind,
                const std::vector<Revision>& parents, std::vector<Answer> answers) {
    auto& [sequence, previous] = chains[by];
    Revision r;
    r.id = RevisionId::from(random);
    r.record = record;
    r.device = by;
    r.sequence = ++sequence;
    r.previous = previous;
    r.kind = kind;
    r.full = kind == RevisionKind::finish;
    r.proof = kind == RevisionKind::finish ? Proof::holds : Proof::fails;
    for (const Revision& parent : parents) {
      r.parents.push_back(parent.id);
      if (parent.device == by && parent.proof == Proof::holds) r.proof = Proof::holds;
    }
    std::sort(r.parents.begin(), r.parents.end());
    r.answers = std::move(answers);
    std::sort(r.answers.begin(), r.answers.end(),
              [](const Answer& a, const Answer& b) { return a.key < b.key; });
    previous.bytes = r.id.bytes;
    return r;
  }
  using Said = std::vector<std::pair<std::string, Value>>;
  Revision finish(int device, int record, Said answers) {
    return seal(devices[static_cast<size_t>(device)].id, record_id(record), RevisionKind::finish, {},
                answers);
  }
  Revision amend(const base::DeviceId& by, const std::vector<Revision>& parents, Said answers) {
    return seal(by, parents.at(0).record, RevisionKind::amend, parents, answers);
  }
  Revision resolve(const base::DeviceId& by, const std::vector<Revision>& parents, Said answers) {
    return seal(by, parents.at(0).record, RevisionKind::resolve, parents, answers);
  }
  // A device's clone goes on from an earlier point: call before the clone seals.
  void roll_back(const Revision& to) { chains[to.device] = {to.sequence, base::Hash{to.id.bytes}}; }

  View see(const std::vector<Revision>& revisions, const std::vector<Withdrawal>& withdrawals = {}) const {
    return view({revisions, {}, {}, withdrawals}, authority());
  }

  base::SeededRandom random{21};
  ProjectId id = ProjectId::from(random);
  seal::DeviceKeys root = keys();
  std::vector<seal::DeviceKeys> coordinators, devices;
  std::vector<Statement> statements;
  std::map<base::DeviceId, std::pair<uint64_t, base::Hash>> words, chains;
};

inline const Cell* cell(const View& v, const std::string& question) {
  for (const RecordView& r : v.records)
    for (const Cell& c : r.cells)
      if (c.key.question == question) return &c;
  return nullptr;
}

}  // namespace support
