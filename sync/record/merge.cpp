#include "sync/record/merge.h"

#include <algorithm>

namespace record {

void Merge::set_authority(const Authority& authority) {
  bool alike = authority.judges_like(authority_);
  for (const Member& member : authority.members())  // one whose links waited for them
    alike = alike && (authority_.member(member.device) || !chains_.knows(member.device));
  if (!alike) all_dirty_ = true;  // every basis is looked at once more; what it names did mostly not change
  for (const auto& [record, list] : withdrawals_) dirty_.insert(record);
  dirty_.insert(unopened_.begin(), unopened_.end());  // a key may have come
  unopened_.clear();
  authority_ = authority;
  judged_ = false;
}

void Merge::add(const Link& link) {
  chains_.add(link);
  judged_ = false;
  std::vector<Counted>& links = records_[link.record].links;
  auto at = std::lower_bound(links.begin(), links.end(), link.id,
                             [](const Counted& one, const RevisionId& id) { return one.id < id; });
  if (at != links.end() && at->id == link.id)
    at->is_stub = at->is_stub && link.is_stub;
  else
    links.insert(at, {link.device, link.sequence, link.id, link.is_stub});
  dirty_.insert(link.record);
}

void Merge::set_withdrawals(const std::vector<Withdrawal>& all) {
  std::map<RecordId, std::vector<Withdrawal>> now;
  for (const Withdrawal& w : all) now[w.record].push_back(w);
  for (auto& [record, list] : now) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    auto before = withdrawals_.find(record);
    if (before == withdrawals_.end() || before->second != list) dirty_.insert(record);
  }
  for (const auto& [record, list] : withdrawals_)
    if (now.count(record) == 0) dirty_.insert(record);
  withdrawals_ = std::move(now);
}

void Merge::judge() {
  if (judged_) return;
  chains_.judge(authority_);
  std::vector<Fork> forks = chains_.forks();
  auto same = [](const Fork& a, const Fork& b) { return a.device == b.device && a.at == b.at; };
  if (!std::equal(forks.begin(), forks.end(), forks_.begin(), forks_.end(), same)) all_dirty_ = true;
  // A revoked signer's links hang together: one that arrives may vouch for others.
  for (const RecordId& id : dirty_)
    if (auto at = records_.find(id); at != records_.end())
      for (const Counted& link : at->second.links)
        all_dirty_ = all_dirty_ || authority_.is_revoked(link.device);
  forks_ = std::move(forks);
  judged_ = true;
}

Chains& Merge::chains() {
  judge();
  return chains_;
}

std::vector<Merge::Work> Merge::work() try {
  judge();
  std::vector<RecordId> look;
  if (std::exchange(all_dirty_, false)) {
    for (const auto& [id, record] : records_) look.push_back(id);
    for (const auto& [id, list] : withdrawals_)
      if (records_.count(id) == 0) look.push_back(id);
    std::sort(look.begin(), look.end());
  } else {
    look.assign(dirty_.begin(), dirty_.end());
  }
  dirty_.clear();
  base::Hash ground = authority_.ground();
  std::vector<Work> out;
  for (const RecordId& id : look) {
    Record& record = records_[id];
    Work work{id, {}, {}};
    base::Writer basis;
    basis.bytes(ground.bytes);
    for (const Counted& link : record.links) {
      if (link.is_stub || !chains_.counts(link.device, link.sequence, link.id)) continue;
      work.counted.push_back(link.id);
      basis.bytes(link.id.bytes);
      // A chain with several ends says less about who knew of whom: history.h.
      for (const auto& ends : authority_.ends_of(link.device)) basis.u8(ends.size() > 1 ? 1 : 0);
    }
    work.basis = seal::hash("sv1.basis", basis.peek());
    bool gone =
        std::any_of(record.links.begin(), record.links.end(), [](const Counted& l) { return l.is_stub; }) &&
        work.counted.empty();
    if (work.counted.empty() || gone) {
      record.has_view = false;
      record.basis = {};
      record.founder = only_device(record);
      place(id, record);
    } else if (record.has_view && record.basis == work.basis) {
      place(id, record);  // the same view; its withdrawals may have changed
    } else if (holds_for(id, {})) {
      record.has_view = false;  // withdrawn whoever founded it: it is not opened
      record.basis = {};
      place(id, record);
    } else {
      out.push_back(std::move(work));
    }
    if (record.links.empty() && withdrawals_.count(id) == 0) records_.erase(id);
  }
  return out;
} catch (const std::bad_alloc&) {  // what was to be looked at is not forgotten
  all_dirty_ = true;
  throw;
}

void Merge::done(const Work& work, const RecordView& view) {
  done(work, leaf_of(view), view.founder);
}

void Merge::done(const Work& work, const base::Hash& leaf, const base::DeviceId& founder) {
  Record& record = records_[work.record];
  record.basis = work.basis;
  record.leaf = leaf;
  record.founder = founder;
  record.has_view = true;
  place(work.record, record);
}

void Merge::not_opened(const Work& work) {
  Record& record = records_[work.record];
  record.basis = {};
  record.leaf = {};
  record.has_view = false;
  record.founder = only_device(record);
  place(work.record, record);
  look_again(work.record);
}

void Merge::look_again(const RecordId& record) {
  records_[record].basis = {};
  unopened_.insert(record);
}

void Merge::put_back(const Work& work) {
  records_[work.record].basis = {};
  dirty_.insert(work.record);
}

size_t Merge::counted() const {
  size_t out = 0;
  for (const auto& [id, record] : records_)
    if (record.has_view && !record.is_hidden)
      for (const Counted& link : record.links)
        out += !link.is_stub && chains_.counts(link.device, link.sequence, link.id) ? 1 : 0;
  return out;
}

std::vector<RevisionId> Merge::counted(const RecordId& id) {
  judge();
  std::vector<RevisionId> out;
  if (auto at = records_.find(id); at != records_.end())
    for (const Counted& link : at->second.links)
      if (!link.is_stub && chains_.counts(link.device, link.sequence, link.id)) out.push_back(link.id);
  return out;
}

size_t Merge::set_aside() {
  judge();
  size_t out = 0;
  for (const auto& [id, record] : records_)
    for (const Counted& link : record.links)
      out += authority_.member(link.device) && !chains_.counts(link.device, link.sequence, link.id) ? 1 : 0;
  return out;
}

// A device's request counts for what it founded; where nothing could be opened, for what it alone speaks in.
bool Merge::holds_for(const RecordId& id, const base::DeviceId& founder) const {
  auto at = withdrawals_.find(id);
  return at != withdrawals_.end() &&
         std::any_of(at->second.begin(), at->second.end(),
                     [&](const Withdrawal& w) { return holds(w, authority_, founder); });
}

base::DeviceId Merge::only_device(const Record& record) const {
  base::DeviceId only;
  for (const Counted& link : record.links) {
    if (authority_.outranks(link.device)) continue;
    if (!only.is_zero() && only != link.device) return {};
    only = link.device;
  }
  return only;
}

void Merge::place(const RecordId& id, Record& record) {
  bool was_shown = leaves_.find(id) && !record.is_hidden;
  bool hidden = holds_for(id, record.founder);
  bool shown = record.has_view && !hidden;
  if (hidden)
    leaves_.set(id, withdrawn_leaf(id));
  else if (shown)
    leaves_.set(id, record.leaf);
  else
    leaves_.erase(id);
  record.is_hidden = hidden;  // from here on nothing can fail
  if (was_shown && !shown) --shown_;
  if (!was_shown && shown) ++shown_;
}

bool Merge::is_shown(const RecordId& record) const {
  auto at = records_.find(record);
  return at != records_.end() && at->second.has_view && !at->second.is_hidden;
}

bool Merge::is_withdrawn(const RecordId& record) const {
  auto at = records_.find(record);
  return at != records_.end() && at->second.is_hidden;
}

std::vector<RecordId> Merge::withdrawn() const {
  std::vector<RecordId> out;
  for (const auto& [id, list] : withdrawals_)
    if (is_withdrawn(id)) out.push_back(id);
  return out;
}

std::vector<Withdrawal> Merge::asked_in_vain() const {
  std::vector<Withdrawal> out;
  for (const auto& [id, list] : withdrawals_)
    for (const Withdrawal& w : list) {
      auto at = records_.find(id);
      base::DeviceId founder = at == records_.end() ? base::DeviceId{} : at->second.founder;
      if (!holds(w, authority_, founder)) out.push_back(w);
    }
  return out;
}

bool Merge::may_be_stub(const RecordId& record) const {
  auto at = records_.find(record);
  return holds_for(record, at == records_.end() ? base::DeviceId{} : only_device(at->second));
}

}  // namespace record
