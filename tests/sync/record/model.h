// Model: what the dataset must be, by RECORD.md, as slowly and plainly as it can be said. The properties hold the
// merge against it. It knows no Authority, no Chains, no Merge: its Rules are told by the one who made the history.
//
//   Rules rules;  rules.coordinators = …;      Model model{rules, revisions, stubs, named, withdrawals};
//   std::vector<RecordView> records = model.records();   std::set<RecordId> gone = model.withdrawn();
#pragma once

#include "tests/sync/record/model_record.h"

namespace support {

class Model {
 public:
  Model(Rules rules, const std::vector<Revision>& whole, std::vector<Link> stubs = {},
        std::vector<Frontier> named = {}, std::vector<Withdrawal> withdrawals = {})
      : rules_(std::move(rules)), named_(std::move(named)), withdrawals_(std::move(withdrawals)) {
    for (const Revision& r : whole) whole_[r.id] = r, links_[r.id] = link_of(r);
    for (const Link& link : stubs) links_.emplace(link.id, link);
  }

  std::set<RecordId> withdrawn() const {
    std::set<RecordId> out;
    for (const Withdrawal& w : withdrawals_) {
      std::vector<Revision> counted = counted_of(w.record);
      DeviceId founder = counted.empty() ? only_speaker(w.record) : ModelRecord(rules_, counted).founder();
      bool in_office = !rules_.ends.count(w.signer);
      bool by_founder = in_office && rules_.devices.count(w.signer) && w.signer == founder;
      if (w.by_card || (in_office && rules_.coordinators.count(w.signer)) || by_founder) out.insert(w.record);
    }
    return out;
  }

  std::vector<RecordView> records() const {
    std::set<RecordId> gone = withdrawn(), all;
    for (const auto& [id, r] : whole_) all.insert(r.record);
    std::vector<RecordView> out;
    for (const RecordId& id : all) {
      std::vector<Revision> counted = counted_of(id);
      if (!gone.count(id) && !counted.empty()) out.push_back(ModelRecord(rules_, std::move(counted)).look());
    }
    return out;
  }

  bool counts(const Link& link) const {
    if (!rules_.coordinators.count(link.device) && !rules_.devices.count(link.device)) return false;
    auto ends = rules_.ends.find(link.device);
    if (ends == rules_.ends.end()) return !forked_by(link);
    return std::all_of(ends->second.begin(), ends->second.end(), [&](auto& tips) {
      return std::any_of(tips.begin(), tips.end(), [&](auto& tip) { return leads_to(tip, link.id); });
    });
  }

 private:
  // Two of one number, by any link or head that anybody says the signer made, up to this one.
  bool forked_by(const Link& at) const {
    std::map<uint64_t, std::set<base::Hash>> said;
    for (const auto& [id, link] : links_) {
      if (link.device != at.device) continue;
      said[link.sequence].insert(base::Hash{id.bytes});
      said[link.sequence - 1].insert(link.previous);
    }
    for (const Frontier& f : named_)
      if (f.device == at.device) said[f.sequence].insert(base::Hash{f.revision.bytes});
    return std::any_of(said.begin(), said.end(),
                       [&](auto& one) { return one.first <= at.sequence && one.second.size() > 1; });
  }
  bool leads_to(const RevisionId& tip, const RevisionId& wanted) const {
    auto at = links_.find(tip);
    return at != links_.end() && (tip == wanted || leads_to({at->second.previous.bytes}, wanted));
  }

  std::vector<Revision> counted_of(const RecordId& record) const {
    std::vector<Revision> out;
    for (const auto& [id, r] : whole_)
      if (r.record == record && counts(link_of(r))) out.push_back(r);
    return out;
  }
  DeviceId only_speaker(const RecordId& record) const {
    std::set<DeviceId> speak;
    for (const auto& [id, link] : links_)
      if (link.record == record && !rules_.coordinators.count(link.device)) speak.insert(link.device);
    return speak.size() == 1 ? *speak.begin() : DeviceId{};
  }
  Rules rules_;
  std::map<RevisionId, Revision> whole_;
  std::map<RevisionId, Link> links_;
  std::vector<Frontier> named_;
  std::vector<Withdrawal> withdrawals_;
};

}  // namespace support
