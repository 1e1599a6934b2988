#include "sync/record/chain.h"

#include <algorithm>

namespace record {
namespace {

template <class Id>
std::array<uint8_t, 16> half(const Id& id) {
  std::array<uint8_t, 16> out;
  std::copy_n(id.bytes.begin(), out.size(), out.begin());
  return out;
}

}  // namespace

// What is named agrees with what is held, or there are two histories.
void Chains::see(Chain& chain, uint64_t sequence, const Short& id) {
  bool fork = false;
  if (auto held = chain.held.find(sequence); held != chain.held.end()) {
    fork = half(held->second.id) != id;
  } else {
    auto [named, fresh] = chain.named.try_emplace(sequence, id);
    fork = named->second != id;
  }
  if (fork) chain.fork = std::min(chain.fork, sequence);
}

// What it names comes first: where memory runs out below, adding it once more still says all of it.
void Chains::add(const Link& link) {
  Chain& chain = chains_[link.device];
  if (link.sequence > 0) see(chain, link.sequence - 1, half(link.previous));
  Held held{link.id, half(link.previous), link.record, link.is_stub};
  auto [at, fresh] = chain.held.try_emplace(link.sequence, held);
  if (!fresh) {
    Held* same = at->second.id == held.id ? &at->second : nullptr;
    auto& others = chain.others[link.sequence];
    for (Held& other : others)
      if (other.id == held.id) same = &other;
    if (same) {  // once more: the whole absorbs the stub
      same->is_stub = same->is_stub && link.is_stub;
      if (others.empty()) chain.others.erase(link.sequence);
      return;
    }
    others.push_back(held);
    chain.fork = std::min(chain.fork, link.sequence);
  } else if (auto named = chain.named.find(link.sequence); named != chain.named.end()) {
    if (named->second != half(held.id)) chain.fork = std::min(chain.fork, link.sequence);
    if (link.sequence > 0) chain.named.erase(named);
  }
  ++size_;
  chain.top = std::max(chain.top, link.sequence);
}

void Chains::add(const seal::Head& head) {
  Chain& chain = chains_[head.device];
  if (head.sequence > 0) see(chain, head.sequence, half(head.revision));
  chain.named_top = std::max(chain.named_top, head.sequence);
  if (head.kind != seal::Head::Kind::closing) return;
  auto [at, fresh] = chain.closed.try_emplace(head.epoch, head.sequence);
  if (!fresh) at->second = std::max(at->second, head.sequence);
}

// Back from each tip, over links that are held.
std::unordered_set<RevisionId, base::IdHash> Chains::ancestors(const Chain& chain,
                                                               const std::vector<Frontier>& tips) {
  std::unordered_set<RevisionId, base::IdHash> out;
  for (const Frontier& tip : tips) {
    Short wanted = half(tip.revision);
    for (uint64_t n = tip.sequence; n > 0; --n) {
      const Held* found = nullptr;
      if (auto at = chain.held.find(n); at != chain.held.end() && half(at->second.id) == wanted)
        found = &at->second;
      if (auto at = chain.others.find(n); !found && at != chain.others.end())
        for (const Held& other : at->second)
          if (half(other.id) == wanted) found = &other;
      if (!found || !out.insert(found->id).second) break;
      wanted = found->previous;
    }
  }
  return out;
}

void Chains::judge(const Authority& authority) {
  for (auto& [device, chain] : chains_) {
    const Member* member = authority.member(device);
    chain.is_member = member != nullptr;
    chain.is_revoked = authority.is_revoked(device);
    chain.good.clear();
    chain.end = UINT64_MAX;
    chain.said_top = 0;
    auto first = chain.named.find(0);
    chain.is_misbegun = member && !member->request.is_zero() && first != chain.named.end() &&
                        first->second != half(member->request);
    if (!chain.is_revoked) continue;
    bool is_first = true;
    for (const std::vector<Frontier>& tips : authority.ends_of(device)) {
      auto good = ancestors(chain, tips);
      uint64_t end = 0;
      for (const Frontier& tip : tips) end = std::max(end, tip.sequence);
      chain.end = std::min(chain.end, end);
      if (!std::exchange(is_first, false))
        std::erase_if(good, [&](const RevisionId& id) { return chain.good.count(id) == 0; });
      chain.good = std::move(good);
    }
  }
  for (const Statement& receipt : authority.receipts())
    for (const Frontier& f : receipt.frontiers)
      if (auto at = chains_.find(f.device); at != chains_.end())
        at->second.said_top = std::max(at->second.said_top, f.sequence);
      else if (authority.member(f.device))
        chains_[f.device].said_top = f.sequence;
}

bool Chains::counts(const Chain& chain, uint64_t sequence, const RevisionId& id) {
  if (!chain.is_member || chain.is_misbegun) return false;
  return chain.is_revoked ? chain.good.count(id) > 0 : sequence < chain.fork;
}

bool Chains::counts(const base::DeviceId& device, uint64_t sequence, const RevisionId& id) const {
  auto at = chains_.find(device);
  return at != chains_.end() && counts(at->second, sequence, id);
}

std::vector<Fork> Chains::forks() const {
  std::vector<Fork> out;
  for (const auto& [device, chain] : chains_)
    if (chain.is_member && !chain.is_revoked && (chain.is_misbegun || chain.fork != UINT64_MAX))
      out.push_back({device, chain.is_misbegun ? 0 : chain.fork});
  return out;
}

std::vector<Gap> Chains::gaps(const std::function<bool(const RecordId&)>& authorised) const {
  std::vector<Gap> out;
  for (const auto& [device, chain] : chains_) {
    std::vector<uint64_t> here;
    for (const auto& [n, held] : chain.held)
      if (n > 0 && (!held.is_stub || authorised(held.record))) here.push_back(n);
    std::sort(here.begin(), here.end());
    uint64_t last = std::min(std::max({chain.top, chain.named_top, chain.said_top}), chain.end);
    uint64_t before = 0;
    for (uint64_t n : here) {
      if (n > last) break;
      if (n > before + 1) out.push_back({device, before + 1, n - 1, false});
      before = n;
    }
    if (last > before) out.push_back({device, before + 1, last, true});
  }
  return out;
}

std::vector<Frontier> Chains::frontiers(const std::function<bool(const RecordId&)>& authorised) const {
  std::vector<Frontier> out;
  for (const auto& [device, chain] : chains_) {
    uint64_t n = 0;
    RevisionId id;
    for (auto at = chain.held.find(1); at != chain.held.end(); at = chain.held.find(n + 1)) {
      const Held& held = at->second;
      if (held.is_stub && !authorised(held.record)) break;
      if (!counts(chain, n + 1, held.id)) break;
      ++n;
      id = held.id;
    }
    if (n > 0) out.push_back({device, n, id});
  }
  return out;
}

std::vector<Frontier> Chains::runs(const base::DeviceId& device) const {
  std::vector<Frontier> out;
  auto at = chains_.find(device);
  if (at == chains_.end()) return out;
  const Chain& chain = at->second;
  auto each = [&](uint64_t n, const std::function<void(const Held&)>& use) {
    if (auto one = chain.held.find(n); one != chain.held.end()) use(one->second);
    if (auto more = chain.others.find(n); more != chain.others.end())
      for (const Held& other : more->second) use(other);
  };
  for (const auto& [n, first] : chain.held)
    each(n, [&](const Held& one) {
      bool goes_on = false;
      each(n + 1, [&](const Held& next) { goes_on = goes_on || next.previous == half(one.id); });
      if (!goes_on) out.push_back({device, n, one.id});
    });
  std::sort(out.begin(), out.end(), [](const Frontier& a, const Frontier& b) {
    return std::tie(a.sequence, a.revision) < std::tie(b.sequence, b.revision);
  });
  return out;
}

std::map<base::DeviceId, uint64_t> Chains::closed(const base::KeyId& epoch) const {
  std::map<base::DeviceId, uint64_t> out;
  for (const auto& [device, chain] : chains_)
    if (auto at = chain.closed.find(epoch); at != chain.closed.end()) out[device] = at->second;
  return out;
}

}  // namespace record
