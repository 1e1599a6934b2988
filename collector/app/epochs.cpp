// Epochs: periods of sealing, whose secrets are destroyed once everything that was sealed to them is safe elsewhere.
#include <algorithm>

#include "collector/app/central_file.h"
#include "collector/app/coordination.h"
#include "collector/app/keyring.h"
#include "collector/app/opener.h"

namespace app {

using base::Fault;
using base::Status;
using record::Statement;
using record::StatementType;

namespace {

std::array<uint8_t, 4> start_of(const base::KeyId& id) {
  std::array<uint8_t, 4> out{};
  std::copy_n(id.bytes.begin(), out.size(), out.begin());
  return out;
}

// What keeps an epoch's secret from being destroyed here, in the words of those who must do something about it.
base::Result<std::vector<std::string>> obstacles(Profile& coordinator, const record::Epoch& epoch) {
  const record::Authority& authority = coordinator.authority();
  std::vector<std::string> out;
  if (!epoch.closed)
    out.push_back("it is still sealed to: open the next period and let another coordinator countersign");
  auto current = authority.current_epoch();
  if (!current) out.push_back("there is no period to which what lives could be wrapped");
  auto chains = coordinator.central()->chains(authority);
  if (!chains) return base::pass(chains.error());
  std::map<base::DeviceId, uint64_t> closed = chains->closed(epoch.key_id);
  auto gaps = coordinator.central()->gaps(authority);
  if (!gaps) return base::pass(gaps.error());
  for (const record::Member& member : authority.members()) {
    if (authority.is_lost(member.device)) continue;
    auto last = closed.find(member.device);
    if (last == closed.end()) {
      out.push_back(member.label +
                    " has not yet said its last word to it; let it sync, or have two coordinators "
                    "declare it lost");
      continue;
    }
    for (const store::Missing& missing : *gaps)
      if (missing.gap.device == member.device && missing.gap.first <= last->second)
        out.push_back("of " + member.label + ", " + std::to_string(missing.gap.first) + " to " +
                      std::to_string(std::min(missing.gap.last, last->second)) + " are missing here");
  }
  auto waiting = coordinator.central()->quarantined();
  if (waiting && *waiting > 0) out.push_back("something waits in the quarantine that may be sealed to it");
  return out;
}

}  // namespace

namespace {

// The one-time keys of this profile that open the epoch, and nothing else that is still needed.
base::Result<std::vector<base::KeyId>> keys_to_destroy(const Profile& coordinator,
                                                       const record::Epoch& epoch) {
  std::vector<base::KeyId> out;
  for (const record::Slot& slot : epoch.keyring) {
    if (slot.key == seal::key_id_of(coordinator.keys().box.pub))
      return base::fail(
          Fault::unsupported, "period " + std::to_string(epoch.number),
          "It was sealed to this profile's lasting key, which cannot be destroyed. What was sealed to it "
          "stays readable to whoever has this profile and its passphrase.");
    if (coordinator.has_offer(slot.key)) out.push_back(slot.key);
  }
  for (const record::Epoch& other : coordinator.authority().epochs())
    for (const base::KeyId& key : out)
      if (other.by != epoch.by && other.destroyed_by.count(coordinator.keys().id) == 0 &&
          std::any_of(other.keyring.begin(), other.keyring.end(),
                      [&](const auto& slot) { return slot.key == key; }))
        return base::fail(Fault::conflict, "period " + std::to_string(epoch.number),
                          "Its key also opens period " + std::to_string(other.number) +
                              ". Open a new period after the next sync, and destroy both.");
  return out;
}

}  // namespace

Status next_epoch(Profile& coordinator) {
  auto opened = open_epoch(coordinator);
  if (!opened) return base::pass(opened.error());
  return note_in_log(coordinator, "period", "opened " + std::to_string(opened->number));
}

base::Result<std::vector<EpochState>> epoch_states(Profile& coordinator) {
  if (!coordinator.central())
    return base::fail(Fault::locked, coordinator.label(),
                      "Only a coordinator's profile holds the central file.");
  std::vector<EpochState> out;
  auto current = coordinator.authority().current_epoch();
  std::vector<record::Epoch> epochs = coordinator.authority().epochs();
  for (const record::Epoch& epoch : epochs) {
    EpochState state;
    state.number = epoch.number;
    state.is_current = current && current->by == epoch.by;
    state.is_closed = epoch.closed;
    state.is_mine_destroyed = epoch.destroyed_by.count(coordinator.keys().id) > 0;
    auto sealed = coordinator.central()->sealed_to(start_of(epoch.key_id));
    if (!sealed) return base::pass(sealed.error());
    state.sealed_to = *sealed;
    if (!state.is_mine_destroyed) {
      auto why = obstacles(coordinator, epoch);
      if (!why) return base::pass(why.error());
      state.in_the_way = std::move(*why);
    }
    for (const record::Member& c : coordinator.authority().coordinators())
      if (epoch.destroyed_by.count(c.device) == 0) state.held_by.push_back(c.label);
    out.push_back(std::move(state));
  }
  return out;
}

Status destroy_epoch(Profile& coordinator, uint64_t number) {
  std::vector<record::Epoch> epochs = coordinator.authority().epochs();
  auto epoch =
      std::find_if(epochs.begin(), epochs.end(), [&](const record::Epoch& e) { return e.number == number; });
  if (epoch == epochs.end() || epoch->destroyed_by.count(coordinator.keys().id))
    return base::fail(Fault::missing, "period " + std::to_string(number),
                      "There is nothing left of it to destroy.");
  auto why = obstacles(coordinator, *epoch);
  if (!why) return base::pass(why.error());
  if (!why->empty()) {
    std::string all;
    for (const std::string& line : *why) all += (all.empty() ? "" : "; ") + line;
    return base::fail(Fault::conflict, "period " + std::to_string(number),
                      "It cannot be destroyed yet: " + all + ".");
  }
  auto doomed = keys_to_destroy(coordinator, *epoch);
  if (!doomed) return base::pass(doomed.error());
  store::Central& central = *coordinator.central();
  base::KeyId to = coordinator.authority().current_epoch()->key_id;
  // What lives: every content key, under the current period's keys of this file.
  auto opener = Opener::of(coordinator);
  if (!opener) return base::pass(opener.error());
  if (!opener->has(to))
    return base::fail(Fault::locked, "period", "This profile has no key of the current period.");
  std::vector<store::Keyslot> moved;
  auto slots = central.keyslots(epoch->key_id);
  if (!slots) return base::pass(slots.error());
  for (const store::Keyslot& slot : *slots) {
    auto again = opener->rewrap(slot, to);
    if (!again) return base::pass(again.error());
    moved.push_back(std::move(*again));
  }
  auto bare = central.without_keyslot(start_of(epoch->key_id));
  if (!bare) return base::pass(bare.error());
  for (const base::RevisionId& id : *bare) {
    auto openings = central.openings(std::span(&id, 1));
    if (!openings) return base::pass(openings.error());
    for (const store::Opening& opening : *openings) {
      auto slot = opener->keyslot_for(opening, to);
      if (!slot)
        return base::fail(Fault::locked, "period " + std::to_string(number),
                          "Something sealed to it does not open with this profile's keys; it would be lost.");
      moved.push_back(std::move(*slot));
    }
  }
  if (auto done = central.put_keyslots(moved); !done) return done;
  if (auto done = central.drop_vault_key(epoch->key_id); !done) return done;
  // A backup with the new slots, before the old key is gone.
  if (auto done = back_up(coordinator, backup_place(coordinator)); !done) return done;
  Statement s;
  s.type = StatementType::epoch_destroyed;
  s.hash.bytes = epoch->by.bytes;
  s.number = epoch->number;
  for (const base::KeyId& key : *doomed)
    if (auto done = coordinator.destroy_offer(key); !done) return done;
  coordinator.forget_merged();
  if (auto said = coordinator.say(std::move(s)); !said) return base::pass(said.error());
  return note_in_log(coordinator, "period", "destroyed " + std::to_string(number));
}

}  // namespace app
