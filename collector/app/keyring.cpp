#include "collector/app/keyring.h"

#include <algorithm>

namespace app {

using base::Bytes;
using base::Fault;
using base::Status;
using record::Slot;
using record::Statement;
using record::StatementType;

Slot slot_for(const seal::PublicBox& box, const seal::Key& secret) {
  Slot slot{seal::key_id_of(box), {}};
  Bytes sealed = seal::seal_to(box, secret.view());
  std::copy(sealed.begin(), sealed.end(), slot.sealed.begin());
  return slot;
}

namespace {

bool has_slot(const std::vector<Slot>& slots, const base::KeyId& key) {
  return std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) { return slot.key == key; });
}

base::Hash mark_of(const seal::Key& key) {
  return seal::hash("sv1.read-mark", key.view());
}

Status say(Profile& coordinator, Statement s) {
  auto said = coordinator.say(std::move(s));
  return said ? Status() : Status(base::pass(said.error()));
}

// The last one-time key, unless an epoch uses it already.
Status offer_if_used(Profile& coordinator) {
  const record::Authority& authority = coordinator.authority();
  const record::Member* self = authority.member(coordinator.keys().id);
  base::KeyId last = seal::key_id_of(authority.slot_key(*self));
  bool own = self->box == authority.slot_key(*self);  // nothing offered yet
  bool used = std::any_of(authority.epochs().begin(), authority.epochs().end(),
                          [&](const record::Epoch& epoch) { return has_slot(epoch.keyring, last); });
  if (!own && !used) return {};
  auto box = coordinator.new_offer();
  if (!box) return base::pass(box.error());
  Statement s;
  s.type = StatementType::offer;
  s.number = authority.offers_of(coordinator.keys().id).size() + 1;
  s.subject_box = *box;
  return say(coordinator, std::move(s));
}

// Coordinators, and the kit, who came after an epoch was opened and have no slot of it.
Status complete_keyrings(Profile& coordinator) {
  std::vector<record::Epoch> epochs = coordinator.authority().epochs();
  for (const record::Epoch& epoch : epochs) {
    if (epoch.is_whole || !epoch.destroyed_by.empty()) continue;
    auto keys = coordinator.epoch_secret(epoch);
    if (!keys) continue;
    Statement s;
    s.type = StatementType::rewrap;
    s.hash.bytes = epoch.by.bytes;
    s.number = epoch.number;
    for (const seal::PublicBox& box : coordinator.authority().lacking(epoch))
      s.slots.push_back(slot_for(box, *keys));
    if (auto done = say(coordinator, std::move(s)); !done) return done;
  }
  return {};
}

}  // namespace

base::Result<Statement> open_epoch(Profile& coordinator) {
  if (auto may = coordinator.may_coordinate(); !may) return base::pass(may.error());
  const record::Authority& authority = coordinator.authority();
  if (!authority.recovery())
    return base::fail(Fault::missing, "recovery kit",
                      "This project has no recovery kit; nothing is sealed without.");
  seal::Key seed = seal::Key::from(*coordinator.world().random);
  Statement s;
  s.type = StatementType::epoch_open;
  s.subject_box = seal::BoxKeys::from_seed(seed).pub;
  for (const record::Epoch& epoch : authority.epochs()) s.number = std::max(s.number, epoch.number);
  ++s.number;
  for (const record::Member& other : authority.coordinators())
    s.slots.push_back(slot_for(authority.slot_key(other), seed));
  s.slots.push_back(slot_for(*authority.recovery(), seed));
  return coordinator.say(std::move(s));
}

Status countersign(Profile& coordinator, record::Epoch epoch) {
  if (auto may = coordinator.may_coordinate(); !may) return may;
  if (auto keys = coordinator.epoch_keys(epoch); !keys) return base::pass(keys.error());
  Statement sign;
  sign.type = StatementType::countersign;
  sign.hash.bytes = epoch.by.bytes;
  sign.number = epoch.number;
  if (auto done = say(coordinator, std::move(sign)); !done) return done;
  auto current = coordinator.authority().current_epoch();
  if (!current || current->by != epoch.by) return {};
  std::vector<record::Epoch> all = coordinator.authority().epochs();
  for (const record::Epoch& older : all) {
    if (older.closed || older.number >= epoch.number) continue;
    Statement close;
    close.type = StatementType::epoch_close;
    close.hash.bytes = older.by.bytes;
    close.number = older.number;
    if (auto done = say(coordinator, std::move(close)); !done) return done;
  }
  return {};
}

Status renew_read_key(Profile& coordinator) {
  seal::Key key = seal::Key::from(*coordinator.world().random);
  Statement s;
  s.type = StatementType::read_key;
  const auto& held = coordinator.authority().read_keys();
  s.number = held.empty() ? 1 : held.back().generation + 1;
  s.hash = mark_of(key);
  for (const record::Member& member : coordinator.authority().members())
    if (!coordinator.authority().is_revoked(member.device)) s.slots.push_back(slot_for(member.box, key));
  if (coordinator.authority().recovery())
    s.slots.push_back(slot_for(*coordinator.authority().recovery(), key));
  return say(coordinator, std::move(s));
}

Status share_read_keys(Profile& coordinator, const seal::PublicBox& box) {
  base::KeyId theirs = seal::key_id_of(box);
  std::vector<record::ReadKey> all = coordinator.authority().read_keys();
  for (const record::ReadKey& one : all) {
    if (has_slot(one.slots, theirs)) continue;
    for (const seal::Key& key : coordinator.read_keys()) {
      if (mark_of(key) != one.mark) continue;
      Statement s;
      s.type = StatementType::read_key;
      s.number = one.generation;
      s.hash = one.mark;
      s.slots = {slot_for(box, key)};
      if (auto done = say(coordinator, std::move(s)); !done) return done;
    }
  }
  return {};
}

Status tend(Profile& coordinator) {
  if (!coordinator.may_coordinate()) return {};  // one who left has nothing to tend
  std::vector<record::Epoch> epochs = coordinator.authority().epochs();
  for (const record::Epoch& epoch : epochs) {
    if (epoch.countersigned || epoch.closed || epoch.opened_by == coordinator.keys().id || !epoch.is_whole)
      continue;
    if (!coordinator.epoch_keys(epoch)) continue;
    if (auto done = countersign(coordinator, epoch); !done) return done;
  }
  if (auto done = complete_keyrings(coordinator); !done) return done;
  if (auto recovery = coordinator.authority().recovery())
    if (auto done = share_read_keys(coordinator, *recovery); !done) return done;
  return offer_if_used(coordinator);
}

}  // namespace app
