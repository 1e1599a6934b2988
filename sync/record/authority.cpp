// Authority: who may do what, from the set of statements alone (STATEMENT.md has the table of how they join).
#include <algorithm>
#include <set>

#include "sync/record/statement.h"

namespace record {
namespace {

// A signer that wrote two different statements under one number forked: neither counts, nor what follows.
std::map<base::DeviceId, uint64_t> fork_points(const std::vector<Statement>& all) {
  std::map<std::pair<base::DeviceId, uint64_t>, StatementId> seen;
  std::map<base::DeviceId, uint64_t> forks;
  for (const Statement& s : all) {
    auto [at, fresh] = seen.try_emplace({s.signer, s.sequence}, s.id);
    if (fresh || at->second == s.id) continue;
    auto [fork, first] = forks.try_emplace(s.signer, s.sequence);
    if (!first) fork->second = std::min(fork->second, s.sequence);
  }
  return forks;
}

}  // namespace

Authority Authority::from(ProjectId project, const seal::PublicSign& root,
                          const std::vector<Statement>& statements) {
  Authority a;
  std::vector<Statement> all = statements;
  std::sort(all.begin(), all.end(), [](const Statement& x, const Statement& y) {
    return std::tie(x.signer, x.sequence, x.id) < std::tie(y.signer, y.sequence, y.id);
  });
  all.erase(std::unique(all.begin(), all.end(),
                        [](const Statement& x, const Statement& y) { return x.id == y.id; }),
            all.end());
  const auto forks = fork_points(all);
  const base::DeviceId root_id = seal::device_id_of(root);
  auto forked = [&](const Statement& s) {
    auto at = forks.find(s.signer);
    return at != forks.end() && s.sequence >= at->second;
  };
  std::set<StatementId> replaced;
  auto by_root = [&](const Statement& s) {
    return s.signer == root_id && s.project == project && !forked(s);
  };
  for (const Statement& s : all)
    if (by_root(s)) replaced.insert(s.replaces.begin(), s.replaces.end());
  // The root first: coordinators, and their end.
  for (const Statement& s : all) {
    if (!by_root(s)) continue;
    if (s.type == StatementType::appoint && seal::device_id_of(s.subject_sign) == s.subject)
      a.members_[s.subject] = {s.subject, s.subject_sign, s.subject_box, s.label, "coordinator", s.id};
    if (s.type == StatementType::revoke) a.revoked_[s.subject] = {s.number, s.hash};
  }
  auto good_coordinator = [&](const Statement& s) {
    auto at = a.members_.find(s.signer);
    if (at == a.members_.end() || at->second.role != "coordinator" || s.project != project || forked(s))
      return false;
    auto end = a.revoked_.find(s.signer);
    return end == a.revoked_.end() || s.sequence <= end->second.last_good;
  };
  std::vector<const Statement*> good;
  for (const Statement& s : all) {
    if (by_root(s)) continue;
    if (good_coordinator(s))
      good.push_back(&s);
    else
      a.parked_.push_back(s);
  }
  for (const Statement* s : good) replaced.insert(s->replaces.begin(), s->replaces.end());
  std::erase_if(good, [&](const Statement* s) { return replaced.count(s->id) > 0; });
  for (const Statement* s : good) {
    if (s->type == StatementType::enrol && seal::device_id_of(s->subject_sign) == s->subject) {
      // Two enrolments of one device say the same key; the smaller id's label holds.
      auto [at, fresh] =
          a.members_.try_emplace(s->subject, Member{s->subject, s->subject_sign, s->subject_box, s->label,
                                                    s->role.empty() ? "device" : s->role, s->id});
      if (!fresh && at->second.role != "coordinator" && s->id < at->second.by)
        at->second = {
            s->subject, s->subject_sign, s->subject_box, s->label, s->role.empty() ? "device" : s->role,
            s->id};
    }
    if (s->type == StatementType::revoke) {  // concurrent revocations: the earliest end holds
      auto target = a.members_.find(s->subject);
      if (target != a.members_.end() && target->second.role == "coordinator") continue;  // only the root may
      auto [at, fresh] = a.revoked_.try_emplace(s->subject, Revoked{s->number, s->hash});
      if (!fresh && s->number < at->second.last_good) at->second = {s->number, s->hash};
    }
  }
  std::map<uint64_t, const Statement*> read_keys;
  std::map<std::pair<std::string, uint64_t>, const Statement*> policies;
  for (const Statement* s : good) {
    switch (s->type) {
      case StatementType::epoch_open: {
        Epoch epoch{s->number, s->subject_box, seal::key_id_of(s->subject_box), s->slots, false, s->id};
        for (const Statement* other : good)
          if (other->type == StatementType::countersign && other->hash.bytes == s->id.bytes &&
              other->signer != s->signer)
            epoch.countersigned = true;
        a.epochs_.push_back(std::move(epoch));
        break;
      }
      case StatementType::read_key: {
        auto [at, fresh] = read_keys.try_emplace(s->number, s);
        if (!fresh && s->id < at->second->id) at->second = s;
        break;
      }
      case StatementType::publish:
        a.forms_[s->text].push_back({s->text, s->version, {s->hash.bytes}, s->package, s->id, s->at});
        break;
      case StatementType::receipt:
        a.receipts_.push_back(*s);
        break;
      case StatementType::policy: {
        auto [at, fresh] = policies.try_emplace({s->text, s->number}, s);
        if (!fresh && s->id < at->second->id) at->second = s;
        break;
      }
      default:
        break;
    }
  }
  std::sort(a.epochs_.begin(), a.epochs_.end(), [](const Epoch& x, const Epoch& y) {
    return std::tie(x.number, x.by) < std::tie(y.number, y.by);
  });
  if (!read_keys.empty()) a.read_key_ = read_keys.rbegin()->second->slots;
  for (const auto& [key, s] : policies) a.policies_[key.first] = s->label;  // the highest number comes last
  // The newest publication: the longest version chain, told by number; ties by id. Numbers stand in `number`.
  std::map<StatementId, uint64_t> publication;
  for (const Statement* s : good)
    if (s->type == StatementType::publish) publication[s->id] = s->number;
  for (auto& [id, forms] : a.forms_)
    std::sort(forms.begin(), forms.end(), [&](const PublishedForm& x, const PublishedForm& y) {
      return std::make_pair(publication[x.by], x.by) < std::make_pair(publication[y.by], y.by);
    });
  return a;
}

bool Authority::is_coordinator(const base::DeviceId& device) const {
  auto at = members_.find(device);
  return at != members_.end() && (at->second.role == "coordinator" || at->second.role == "reviewer") &&
         revoked_.count(device) == 0;
}

const Member* Authority::member(const base::DeviceId& device) const {
  auto at = members_.find(device);
  return at == members_.end() ? nullptr : &at->second;
}

bool Authority::accepts(const base::DeviceId& device, uint64_t sequence) const {
  if (members_.count(device) == 0) return false;
  auto end = revoked_.find(device);
  return end == revoked_.end() || sequence <= end->second.last_good;
}

std::vector<Member> Authority::members() const {
  std::vector<Member> out;
  for (const auto& [id, member] : members_) out.push_back(member);
  return out;
}

std::vector<Member> Authority::coordinators() const {
  std::vector<Member> out;
  for (const auto& [id, member] : members_)
    if (member.role == "coordinator" && revoked_.count(id) == 0) out.push_back(member);
  return out;
}

// Sealed to only when every unrevoked coordinator has a slot and a second one has opened it.
std::optional<Epoch> Authority::current_epoch() const {
  for (auto epoch = epochs_.rbegin(); epoch != epochs_.rend(); ++epoch) {
    bool whole = epoch->countersigned;
    for (const Member& coordinator : coordinators()) {
      base::KeyId wanted = seal::key_id_of(coordinator.box);
      whole &= std::any_of(epoch->keyring.begin(), epoch->keyring.end(),
                           [&](const Slot& slot) { return slot.key == wanted; });
    }
    if (whole) return *epoch;
  }
  return std::nullopt;
}

std::vector<PublishedForm> Authority::forms() const {
  std::vector<PublishedForm> out;
  for (const auto& [id, all] : forms_) out.push_back(all.back());
  return out;
}

std::string Authority::policy(std::string_view key) const {
  auto at = policies_.find(std::string(key));
  return at == policies_.end() ? std::string() : at->second;
}

}  // namespace record
