// Sight: the model's rules, and of one record's counted revisions who founded it, who knew of whom, and who may
// supersede. See model.h.
#pragma once

#include <set>

#include "sync/record/view.h"

namespace support {

using namespace record;

struct Rules {
  std::set<DeviceId> coordinators, devices;
  std::map<DeviceId, std::vector<std::set<RevisionId>>> ends;  // of each revocation, the good tips
  std::set<DeviceId> torn;                                     // where one of those names several
  std::set<std::pair<DeviceId, RecordId>> asked;
  std::map<FormHash, Migration> migrations;
};

class Sight {
 public:
  Sight(const Rules& rules, std::vector<Revision> counted) : rules_(rules) {
    std::set<DeviceId> speak, began, proved;
    for (Revision& r : counted) {
      auto m = rules_.migrations.find(r.form);
      for (; m != rules_.migrations.end(); m = rules_.migrations.find(r.form)) {
        std::vector<Answer> moved;
        for (const Answer& a : r.answers)
          for (Answer& b : migrate(m->second, a)) moved.push_back(b);
        r.answers = moved;
        r.form = m->second.to;
      }
      all_[r.id] = r;
      if (ranks(r)) continue;
      speak.insert(r.device);
      if (begins(r)) began.insert(r.device);
      if (r.proof == Proof::holds) proved.insert(r.device);
    }
    if (speak.size() == 1 && began.size() == 1)
      founder_ = *began.begin();
    else if (!proved.empty())
      founder_ = *proved.begin();
  }
  const DeviceId& founder() const { return founder_; }

 protected:
  bool ranks(const Revision& r) const { return rules_.coordinators.count(r.device) > 0; }
  static bool begins(const Revision& r) { return r.parents.empty() && r.kind == RevisionKind::finish; }
  using Change = std::pair<RevisionId, Value>;
  using Changes = std::vector<Change>;

  void learn(const RevisionId& id) {
    if (knew_.count(id)) return;
    std::set<RevisionId> out;
    const Revision& r = all_.at(id);
    for (const auto& [other, o] : all_) {
      bool earlier = o.device == r.device && o.sequence < r.sequence && !rules_.torn.count(r.device);
      if (!earlier && !std::count(r.parents.begin(), r.parents.end(), other)) continue;
      learn(other);
      out.insert(other);
      out.insert(knew_.at(other).begin(), knew_.at(other).end());
    }
    knew_[id] = std::move(out);
    order_.push_back(id);
  }
  bool may(const RevisionId& id) const {
    const Revision& r = all_.at(id);
    bool decides = r.kind == RevisionKind::resolve || r.kind == RevisionKind::link;
    return ranks(r) || (!decides && (r.device == founder_ || rules_.asked.count({r.device, r.record})));
  }
  bool knew(const RevisionId& one, const RevisionId& of) const { return knew_.at(one).count(of) > 0; }
  bool apart(const RevisionId& a, const RevisionId& b) const { return a != b && !knew(a, b) && !knew(b, a); }
  template <class Keep>
  static Changes only(const Changes& all, const Keep& keep) {
    Changes out;
    for (const Change& c : all)
      if (keep(c)) out.push_back(c);
    return out;
  }
  // Those that none of the others knew.
  Changes unknown_to(const Changes& others, const Changes& all) const {
    return only(all, [&](const Change& c) {
      return std::none_of(others.begin(), others.end(), [&](auto& o) { return knew(o.first, c.first); });
    });
  }
  Changes latest(const Changes& all) const { return unknown_to(all, all); }
  Changes before(const Changes& all, const RevisionId& id) const {
    return latest(only(all, [&](const Change& c) { return knew(id, c.first); }));
  }

  const Rules& rules_;
  std::map<RevisionId, Revision> all_;
  std::map<RevisionId, std::set<RevisionId>> knew_;  // of each, all it knew
  std::vector<RevisionId> order_;                    // who knew comes after whom it knew
  DeviceId founder_;
};

}  // namespace support
