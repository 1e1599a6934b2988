#include "sync/record/history.h"

#include <algorithm>
#include <unordered_map>

namespace record {
namespace {

void bring_up_to_date(Revision& r, const Authority& authority) {
  FormHash form = r.form;
  while (const Migration* m = authority.migration(form)) {
    std::vector<Answer> moved;
    moved.reserve(r.answers.size());
    for (const Answer& answer : r.answers)
      for (Answer& one : migrate(*m, answer)) moved.push_back(std::move(one));
    std::stable_sort(moved.begin(), moved.end(),
                     [](const Answer& a, const Answer& b) { return a.key < b.key; });
    r.answers = std::move(moved);
    form = m->to;
  }
  r.form = form;
}

// A chain with several good ends was cut or forked: its numbers do not say who knew of whom.
bool is_one_line(const base::DeviceId& device, const Authority& authority) {
  for (const std::vector<Frontier>& ends : authority.ends_of(device))
    if (ends.size() > 1) return false;
  return true;
}

// Depth first; an edge back into what is still open is passed over.
std::vector<size_t> older_first(const std::vector<std::vector<size_t>>& before) {
  size_t n = before.size();
  std::vector<char> state(n, 0);
  std::vector<size_t> out;
  std::vector<std::pair<size_t, size_t>> open;
  for (size_t root = 0; root < n; ++root) {
    if (state[root]) continue;
    open.push_back({root, 0});
    state[root] = 1;
    while (!open.empty()) {
      auto& [i, next] = open.back();
      if (next == before[i].size()) {
        out.push_back(i);
        open.pop_back();
        continue;
      }
      size_t older = before[i][next++];
      if (!std::exchange(state[older], 1)) open.push_back({older, 0});
    }
  }
  return out;
}

}  // namespace

History::History(std::vector<Revision> revisions, const Authority& authority) : all_(std::move(revisions)) {
  std::sort(all_.begin(), all_.end(), [](const Revision& a, const Revision& b) { return a.id < b.id; });
  all_.erase(std::unique(all_.begin(), all_.end(),
                         [](const Revision& a, const Revision& b) { return a.id == b.id; }),
             all_.end());
  for (Revision& r : all_) bring_up_to_date(r, authority);
  order(authority);
  for (const Revision& r : all_) outranks_.push_back(authority.outranks(r.device));
  find_founder(authority);
  for (size_t i = 0; i < all_.size(); ++i) {
    const Revision& r = all_[i];
    bool decides = r.kind == RevisionKind::resolve || r.kind == RevisionKind::link;
    may_.push_back(outranks_[i] ||
                   (!decides && (r.device == founder_ || authority.is_asked(r.device, r.record))));
  }
}

// Older first, by what each knew; then known_ is filled in that order.
void History::order(const Authority& authority) {
  size_t n = all_.size();
  lacks_.assign(n, false);
  if (n == 1) {
    lacks_[0] = !all_[0].parents.empty();
    lanes_ = 1;
    lane_ = place_ = known_ = {0};
    return;
  }
  std::vector<std::vector<size_t>> before(n);
  std::unordered_map<RevisionId, size_t, base::IdHash> at;
  for (size_t i = 0; i < n; ++i) at[all_[i].id] = i;
  std::vector<size_t> by_signer(n);
  for (size_t i = 0; i < n; ++i) by_signer[i] = i;
  std::sort(by_signer.begin(), by_signer.end(), [&](size_t a, size_t b) {
    return std::tie(all_[a].device, all_[a].sequence, all_[a].id) <
           std::tie(all_[b].device, all_[b].sequence, all_[b].id);
  });
  std::vector<uint32_t> lane(n), place(n);
  for (size_t k = 0; k < n; ++k) {
    size_t i = by_signer[k];
    bool goes_on =
        k > 0 && all_[i].device == all_[by_signer[k - 1]].device && is_one_line(all_[i].device, authority);
    if (!goes_on) {
      lane[i] = static_cast<uint32_t>(lanes_++);
      continue;
    }
    lane[i] = lane[by_signer[k - 1]];
    place[i] = place[by_signer[k - 1]] + 1;
    before[i].push_back(by_signer[k - 1]);
  }
  for (size_t i = 0; i < n; ++i)
    for (const RevisionId& parent : all_[i].parents)
      if (auto found = at.find(parent); found == at.end())
        lacks_[i] = true;
      else if (found->second != i)
        before[i].push_back(found->second);
  std::vector<size_t> sorted = older_first(before);
  std::vector<size_t> position(n);
  for (size_t i = 0; i < n; ++i) position[sorted[i]] = i;
  std::vector<Revision> ordered;
  std::vector<bool> lacks(n);
  lane_.resize(n);
  place_.resize(n);
  known_.assign(n * lanes_, 0);
  for (size_t i : sorted) {
    size_t here = position[i];
    lane_[here] = lane[i];
    place_[here] = place[i];
    lacks[here] = lacks_[i];
    for (size_t older : before[i]) {
      size_t there = position[older];
      if (there >= here) continue;  // an edge back, which no honest signer makes
      for (size_t l = 0; l < lanes_; ++l)
        known_[here * lanes_ + l] = std::max(known_[here * lanes_ + l], known_[there * lanes_ + l]);
      uint32_t& own = known_[here * lanes_ + lane[older]];
      own = std::max(own, place[older] + 1);
    }
    ordered.push_back(std::move(all_[i]));
  }
  all_ = std::move(ordered);
  lacks_ = std::move(lacks);
}

// Where one device alone speaks and began the record, it founded it; else the proof says who did.
void History::find_founder(const Authority&) {
  const base::DeviceId* only = nullptr;
  bool several = false, began = false;
  for (size_t i = 0; i < all_.size(); ++i) {
    if (outranks_[i]) continue;
    several = several || (only && *only != all_[i].device);
    only = &all_[i].device;
    began = began || (all_[i].parents.empty() && all_[i].kind == RevisionKind::finish);
  }
  if (only && !several && began) {
    founder_ = *only;
  } else {
    for (size_t i = 0; i < all_.size(); ++i) {
      if (outranks_[i] || !(founder_.is_zero() || all_[i].device < founder_)) continue;
      if (proves_founder(all_[i])) founder_ = all_[i].device;
    }
  }
  auto before = [&](size_t a, size_t b) {  // whose words come first where no founding one is held
    return std::tie(all_[a].device, all_[a].sequence, all_[a].id) <
           std::tie(all_[b].device, all_[b].sequence, all_[b].id);
  };
  for (size_t i = 0; i < all_.size(); ++i) {
    bool founds = all_[i].parents.empty() && all_[i].kind == RevisionKind::finish &&
                  (all_[i].device == founder_ || (founder_.is_zero() && outranks_[i]));
    if (founds && (!has_founding_ || before(i, first_))) {
      first_ = i;
      has_founding_ = true;
    } else if (!has_founding_ && before(i, first_)) {
      first_ = i;
    }
  }
}

std::vector<RevisionId> History::heads() const {
  std::vector<uint32_t> known(lanes_, 0);
  for (size_t i = 0; i < all_.size(); ++i)
    for (size_t l = 0; l < lanes_; ++l) known[l] = std::max(known[l], known_[i * lanes_ + l]);
  std::vector<RevisionId> out;
  for (size_t i = 0; i < all_.size(); ++i)
    if (place_[i] >= known[lane_[i]]) out.push_back(all_[i].id);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace record
