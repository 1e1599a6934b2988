// What is asked of an Authority once it stands.
#include <algorithm>

#include "sync/record/authority.h"

namespace record {

const Member* Authority::member(const base::DeviceId& device) const {
  auto at = members_.find(device);
  return at == members_.end() ? nullptr : &at->second;
}

bool Authority::is_coordinator(const base::DeviceId& device) const {
  const Member* who = member(device);
  return who && who->role == "coordinator" && !is_revoked(device);
}

bool Authority::outranks(const base::DeviceId& device) const {
  const Member* who = member(device);
  return who && who->role != "device";
}

const std::vector<std::vector<Frontier>>& Authority::ends_of(const base::DeviceId& device) const {
  static const std::vector<std::vector<Frontier>> none;
  auto at = ends_.find(device);
  return at == ends_.end() ? none : at->second;
}

std::vector<Member> Authority::members() const {
  std::vector<Member> out;
  for (const auto& [id, member] : members_) out.push_back(member);
  return out;
}

std::vector<Member> Authority::coordinators() const {
  std::vector<Member> out;
  for (const auto& [id, member] : members_)
    if (is_coordinator(id)) out.push_back(member);
  return out;
}

bool Authority::is_lost(const base::DeviceId& device) const {
  auto at = lost_.find(device);
  return at != lost_.end() && at->second.size() >= 2;
}

const Epoch* Authority::epoch(const base::KeyId& key) const {
  for (const Epoch& epoch : epochs_)
    if (epoch.key_id == key) return &epoch;
  return nullptr;
}

std::optional<Epoch> Authority::current_epoch() const {
  for (auto epoch = epochs_.rbegin(); epoch != epochs_.rend(); ++epoch)
    if (epoch->countersigned && epoch->is_whole && !epoch->closed) return *epoch;
  return std::nullopt;
}

seal::PublicBox Authority::slot_key(const Member& coordinator) const {
  auto at = offers_.find(coordinator.device);
  return at == offers_.end() || at->second.empty() ? coordinator.box : at->second.back();
}

std::vector<seal::PublicBox> Authority::offers_of(const base::DeviceId& coordinator) const {
  auto at = offers_.find(coordinator);
  return at == offers_.end() ? std::vector<seal::PublicBox>() : at->second;
}

std::vector<seal::PublicBox> Authority::lacking(const Epoch& epoch) const {
  std::set<base::KeyId> held;
  for (const Slot& slot : epoch.keyring) held.insert(slot.key);
  auto has = [&](const seal::PublicBox& box) { return held.count(seal::key_id_of(box)) > 0; };
  std::vector<seal::PublicBox> out;
  for (const Member& coordinator : coordinators()) {
    std::vector<seal::PublicBox> offered = offers_of(coordinator.device);
    if (!has(coordinator.box) && std::none_of(offered.begin(), offered.end(), has))
      out.push_back(slot_key(coordinator));
  }
  if (recovery_ && !has(*recovery_)) out.push_back(*recovery_);
  return out;
}

std::vector<PublishedForm> Authority::forms() const {
  std::vector<PublishedForm> out;
  for (const auto& [id, all] : editions_)
    if (!all.empty() && withdrawn_forms_.count(id) == 0) out.push_back(all.back());
  return out;
}

const PublishedForm* Authority::form(const FormHash& hash) const {
  auto at = by_hash_.find(hash);
  return at == by_hash_.end() ? nullptr : &at->second;
}

std::vector<PublishedForm> Authority::editions(std::string_view form_id) const {
  auto at = editions_.find(std::string(form_id));
  return at == editions_.end() ? std::vector<PublishedForm>() : at->second;
}

uint64_t Authority::last_edition(std::string_view form_id) const {
  auto at = last_editions_.find(std::string(form_id));
  return at == last_editions_.end() ? 0 : at->second;
}

const Migration* Authority::migration(const FormHash& from) const {
  auto at = migrations_.find(from);
  return at == migrations_.end() ? nullptr : &at->second;
}

FormHash Authority::newest(const FormHash& from) const {
  FormHash at = from;
  while (const Migration* m = migration(at)) at = m->to;  // editions only rise: it ends
  return at;
}

bool Authority::is_asked(const base::DeviceId& device, const RecordId& record) const {
  return asked_.count({device, record}) > 0;
}

std::set<base::DeviceId> Authority::shredded_by(const RecordId& record) const {
  auto at = shredded_.find(record);
  return at == shredded_.end() ? std::set<base::DeviceId>() : at->second;
}

int64_t Authority::clock_offset_ms(const base::DeviceId& device) const {
  auto at = offsets_.find(device);
  return at == offsets_.end() ? 0 : at->second;
}

std::string Authority::policy(std::string_view key) const {
  auto at = policies_.find(std::string(key));
  return at == policies_.end() ? std::string() : at->second.second;
}

uint64_t Authority::policy_edition(std::string_view key) const {
  auto at = policies_.find(std::string(key));
  return at == policies_.end() ? 0 : at->second.first;
}

base::Hash Authority::ground() const {
  base::Writer out;
  for (const auto& [id, member] : members_) {
    if (member.role == "device") continue;
    out.bytes(id.bytes);
    out.text32(member.role);
  }
  for (const auto& [device, record] : asked_) {
    out.bytes(device.bytes);
    out.bytes(record.bytes);
  }
  for (const StatementId& id : migrated_by_) out.bytes(id.bytes);
  return seal::hash("sv1.ground", out.peek());
}

bool Authority::judges_like(const Authority& older) const {
  for (const auto& [id, before] : older.members_) {
    const Member* now = member(id);
    if (!now || now->role != before.role || now->request != before.request) return false;
  }
  return ends_ == older.ends_ && ground() == older.ground();
}

}  // namespace record
