#include "collector/app/withdrawals.h"

#include <algorithm>

#include "collector/app/central_file.h"
#include "collector/app/centre.h"
#include "sync/seal/envelope.h"

namespace app {

using base::Bytes;
using base::Fault;
using base::Status;

namespace {

// A device keeps what it has to hand over in one sealed row: tombstones of 168 bytes, one after the other.
constexpr const char* waiting = "tombstones";

Status no_project(const Profile& profile) {
  if (profile.membership()) return {};
  return base::fail(Fault::missing, profile.label(),
                    "This profile belongs to no project yet; enrol it first.");
}

// Ids of withdrawn records, one after the other, the newest last.
constexpr const char* remembered = "withdrawn";
constexpr size_t most_remembered = 10'000;

std::string text_of(const base::RecordId& record) {
  return {record.bytes.begin(), record.bytes.end()};
}

Status remember(Profile& device, const base::RecordId& record) {
  if (is_withdrawn(device, record)) return {};
  std::string ids = device.vault().setting(remembered) + text_of(record);
  if (size_t most = most_remembered * record.bytes.size(); ids.size() > most) ids.erase(0, ids.size() - most);
  return device.vault().set_setting(remembered, ids);
}

// Into the central file, or carried out in the vault and kept for the next hand-over.
base::Result<Withdrawn> carry_out(Profile& profile, const seal::Tombstone& t, const Bytes& bytes) {
  Withdrawn out{t.record, false, false};
  bool by_card = t.authority == seal::TombstoneAuthority::card;
  if (store::Central* central = profile.central()) {
    auto held = central->envelopes_of(t.record);
    if (!held) return base::pass(held.error());
    out.was_held = !held->empty();
    auto done = central->import({"", profile.keys().id, profile.world().clock->now()},
                                {{store::ItemKind::tombstone, bytes}}, t.project, profile.membership()->root);
    if (!done) return base::pass(done.error());
    out.is_shredded = by_card;
    if (auto own = take_tombstone(profile, bytes, Carrier::member); !own) return base::pass(own.error());
    if (by_card)
      if (auto told = note_in_log(profile, "withdrawal", "by card, record " + t.record.hex().substr(0, 12));
          !told)
        return base::pass(told.error());
    return out;
  }
  auto finished = profile.vault().finished();
  if (!finished) return base::pass(finished.error());
  out.was_held = std::any_of(finished->begin(), finished->end(),
                             [&](const store::Finished& f) { return f.record == t.record && !f.withdrawn; });
  std::string kept = profile.vault().setting(waiting);
  kept.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  // First what must be handed over: a shredded interview whose withdrawal was forgotten would look lost.
  if (auto done = profile.vault().set_setting(waiting, kept); !done) return base::pass(done.error());
  if (auto done = take_tombstone(profile, bytes, Carrier::member); !done) return base::pass(done.error());
  out.is_shredded = by_card && out.was_held;
  return out;
}

base::Result<seal::SignKeys> keys_of_card(const Profile& profile, std::string_view typed) {
  if (auto member = no_project(profile); !member) return base::pass(member.error());
  auto card = seal::parse_card(typed);
  if (!card) return base::pass(card.error());
  return seal::card_keys(profile.membership()->project, *card);
}

}  // namespace

bool is_withdrawn(Profile& device, const base::RecordId& record) {
  std::string ids = device.vault().setting(remembered), id = text_of(record);
  for (size_t at = 0; at + id.size() <= ids.size(); at += id.size())
    if (ids.compare(at, id.size(), id) == 0) return true;
  return false;
}

base::Result<base::RecordId> record_of_card(const Profile& profile, std::string_view typed) {
  auto keys = keys_of_card(profile, typed);
  if (!keys) return base::pass(keys.error());
  return seal::record_id_of(profile.membership()->project, keys->pub);
}

base::Result<Withdrawn> withdraw_by_card(Profile& profile, std::string_view typed) {
  auto keys = keys_of_card(profile, typed);
  if (!keys) return base::pass(keys.error());
  seal::Tombstone t;
  t.authority = seal::TombstoneAuthority::card;
  t.project = profile.membership()->project;
  t.record = seal::record_id_of(t.project, keys->pub);
  // An interview that is not finished yet: its draft dies with its key.
  auto drafts = profile.vault().drafts();
  if (!drafts) return base::pass(drafts.error());
  auto card = seal::parse_card(typed);
  bool was_open = false;
  for (const store::DraftSummary& draft : *drafts) {
    if (!std::equal(card->code.begin(), card->code.end(), draft.info.withdrawal_seed.begin(),
                    draft.info.withdrawal_seed.end()))
      continue;
    if (auto done = profile.vault().drop_draft(draft.id); !done) return base::pass(done.error());
    was_open = true;
  }
  auto out = carry_out(profile, t, seal::make_tombstone(t, *keys));
  if (out && was_open) out->was_held = out->is_shredded = true;
  return out;
}

bool is_held(Profile& profile, std::string_view typed) {
  auto card = seal::parse_card(typed);
  auto record = record_of_card(profile, typed);
  if (!card || !record) return false;
  if (auto drafts = profile.vault().drafts(); drafts)
    for (const store::DraftSummary& draft : *drafts)
      if (std::equal(card->code.begin(), card->code.end(), draft.info.withdrawal_seed.begin(),
                     draft.info.withdrawal_seed.end()))
        return true;
  if (store::Central* central = profile.central()) {
    auto held = central->envelopes_of(*record);
    return held && !held->empty();
  }
  auto finished = profile.vault().finished();
  return finished && std::any_of(finished->begin(), finished->end(), [&](const store::Finished& f) {
           return f.record == *record && !f.withdrawn;
         });
}

base::Result<std::vector<FoundCase>> find_cases(Profile& profile, const std::string& code) {
  std::vector<FoundCase> out;
  if (!profile.central()) {
    auto finished = profile.vault().finished();
    if (!finished) return base::pass(finished.error());
    for (const store::Finished& f : *finished)
      if (f.name == code && !f.withdrawn)
        out.push_back({f.record, f.title, f.name, profile.label(),
                       base::format_iso(f.at, profile.world().clock->offset_minutes())});
    return out;
  }
  auto merged = profile.merged();
  if (!merged) return base::pass(merged.error());
  if (auto done = (*merged)->update(); !done) return base::pass(done.error());
  for (const auto& [id, s] : (*merged)->summaries()) {
    if (s.code != code) continue;
    auto one = (*merged)->case_of(id);
    out.push_back({id, s.form_id, s.code, one ? one->author : "", one ? one->finished : ""});
  }
  return out;
}

base::Result<Withdrawn> withdraw_record(Profile& profile, const base::RecordId& record) {
  if (auto member = no_project(profile); !member) return base::pass(member.error());
  const record::Member* self = profile.authority().member(profile.keys().id);
  if (!self || profile.authority().is_revoked(self->device))
    return base::fail(Fault::locked, profile.label(), "This profile may not speak for the project any more.");
  seal::Tombstone t;
  t.authority = self->role == "coordinator" ? seal::TombstoneAuthority::coordinator
                                            : seal::TombstoneAuthority::device_request;
  t.project = profile.membership()->project;
  t.record = record;
  t.statement.bytes = self->by.bytes;
  return carry_out(profile, t, seal::make_tombstone(t, profile.keys().sign));
}

base::Result<std::vector<Pending>> pending_withdrawals(Profile& coordinator) {
  if (!coordinator.central())
    return base::fail(Fault::locked, coordinator.label(), "Withdrawals are confirmed at a centre.");
  auto merged = coordinator.merged();
  if (!merged) return base::pass(merged.error());
  if (auto done = (*merged)->update(); !done) return base::pass(done.error());
  auto all = coordinator.central()->asked();
  auto shredded = coordinator.central()->shredded();
  if (!all) return base::pass(all.error());
  if (!shredded) return base::pass(shredded.error());
  std::vector<Pending> out;
  for (const store::Asked& a : *all) {
    bool done = std::any_of(shredded->begin(), shredded->end(),
                            [&](const store::Shredded& s) { return s.record == a.withdrawal.record; });
    if (done || a.withdrawal.by_card) continue;
    out.push_back({a.withdrawal.record, coordinator.label_of(a.withdrawal.signer),
                   base::format_iso(a.at, coordinator.world().clock->offset_minutes()),
                   (*merged)->merge().is_withdrawn(a.withdrawal.record)});
  }
  return out;
}

Status confirm_withdrawal(Profile& coordinator, const base::RecordId& record) {
  auto pending = pending_withdrawals(coordinator);
  if (!pending) return base::pass(pending.error());
  auto at =
      std::find_if(pending->begin(), pending->end(), [&](const Pending& p) { return p.record == record; });
  if (at == pending->end())
    return base::fail(Fault::missing, record.hex().substr(0, 12),
                      "Nobody has asked for this interview to go.");
  if (!at->holds)
    return base::fail(
        Fault::locked, at->asked_by,
        "Who asked for it did not hold this interview. Withdraw it yourself if the respondent wants it.");
  if (auto done = coordinator.central()->shred(record, coordinator.world().clock->now()); !done) return done;
  if (auto done = coordinator.vault().shred(record); !done) return done;  // one's own corrections of it
  if (auto told = tell_shredded(coordinator); !told) return told;
  return note_in_log(coordinator, "withdrawal",
                     "confirmed, record " + record.hex().substr(0, 12) + ", asked by " + at->asked_by);
}

Status tell_shredded(Profile& coordinator) {
  auto shredded = coordinator.central()->shredded();
  if (!shredded) return base::pass(shredded.error());
  std::vector<record::Statement> words;
  for (const store::Shredded& one : *shredded) {
    if (coordinator.authority().shredded_by(one.record).count(coordinator.keys().id)) continue;
    words.emplace_back();
    words.back().type = record::StatementType::shredded;
    words.back().content.assign(one.record.bytes.begin(), one.record.bytes.end());
  }
  return coordinator.say_all(words);
}

namespace {

// What is left of the record in places that no shredding reaches: old copies, readable while a key is.
void tell_of_keys(Profile& profile, const std::set<std::array<uint8_t, 4>>& sealed_to,
                  WithdrawalReceipt& out) {
  const record::Authority& authority = profile.authority();
  for (const record::Epoch& epoch : authority.epochs()) {
    std::array<uint8_t, 4> start{};
    std::copy_n(epoch.key_id.bytes.begin(), start.size(), start.begin());
    if (sealed_to.count(start) == 0) continue;
    std::string name = "the keys of period " + std::to_string(epoch.number);
    std::vector<std::string> still;
    for (const record::Member& c : authority.coordinators())
      if (epoch.destroyed_by.count(c.device) == 0) still.push_back(c.label);
    bool on_paper =
        authority.recovery() && std::any_of(epoch.keyring.begin(), epoch.keyring.end(), [&](const auto& s) {
          return s.key == seal::key_id_of(*authority.recovery());
        });
    if (still.empty() && !on_paper) {
      out.done.push_back(name + " are destroyed: sealed copies on sticks, shares and in backups are noise");
      continue;
    }
    std::string who;
    for (const std::string& label : still) who += (who.empty() ? "" : ", ") + label;
    if (!still.empty()) out.to_come.push_back(name + " are still held by " + who);
    if (on_paper) out.to_come.push_back(name + " can still be opened with the recovery kit on paper");
  }
}

}  // namespace

std::string withdrawal_number(const base::RecordId& record) {
  uint64_t n = base::Reader(record.bytes).u64() % 1'000'000'000'000ULL;
  std::string digits = std::to_string(n);
  digits.insert(0, 12 - digits.size(), '0');
  return digits.substr(0, 4) + " " + digits.substr(4, 4) + " " + digits.substr(8);
}

base::Result<base::RecordId> withdrawn_record(Profile& profile, std::string_view card_or_id) {
  if (auto by_card = record_of_card(profile, card_or_id); by_card) return by_card;
  if (profile.central() && card_or_id.size() >= 6) {
    auto asked = profile.central()->asked();
    if (!asked) return base::pass(asked.error());
    for (const store::Asked& a : *asked)
      if (a.withdrawal.record.hex().rfind(card_or_id, 0) == 0) return a.withdrawal.record;
  }
  return base::fail(Fault::missing, std::string(card_or_id),
                    "No withdrawal of this card or id is known here.");
}

base::Result<WithdrawalReceipt> withdrawal_receipt(Profile& profile, const base::RecordId& record) {
  if (!profile.central())
    return base::fail(Fault::locked, profile.label(), "A withdrawal's receipt is made at a centre.");
  store::Central& central = *profile.central();
  auto asked = central.asked();
  auto shredded = central.shredded();
  if (!asked) return base::pass(asked.error());
  if (!shredded) return base::pass(shredded.error());
  WithdrawalReceipt out;
  out.record = record;
  out.number = withdrawal_number(record);
  int offset = profile.world().clock->offset_minutes();
  auto day = [&](base::Instant at) { return base::format_date(base::local_date(at, offset)); };
  bool is_asked = false;
  for (const store::Asked& a : *asked) {
    if (a.withdrawal.record != record) continue;
    is_asked = true;
    out.done.push_back("asked for " +
                       (a.withdrawal.by_card ? std::string("with the respondent's card")
                                             : "by " + profile.label_of(a.withdrawal.signer)) +
                       ", known here since " + day(a.at));
  }
  if (!is_asked)
    return base::fail(Fault::missing, "withdrawal",
                      "Nobody has asked for this interview to go; there is no receipt.");
  base::Instant gone{};
  for (const store::Shredded& s : *shredded)
    if (s.record == record) gone = s.at;
  if (gone.ms)
    out.done.push_back("at " + profile.label() + "'s centre the answers were deleted on " + day(gone));
  else
    out.to_come.push_back("at " + profile.label() +
                          "'s centre they are hidden, not yet deleted: a person confirms it");
  std::set<base::DeviceId> others = profile.authority().shredded_by(record);
  for (const record::Member& c : profile.authority().coordinators()) {
    if (c.device == profile.keys().id) continue;
    (others.count(c.device) ? out.done : out.to_come)
        .push_back(c.label + "'s centre " +
                   (others.count(c.device) ? "has deleted them" : "has not yet said so"));
  }
  auto backups = central.backups();
  if (!backups) return base::pass(backups.error());
  for (const store::Backup& b : *backups)
    if (!gone.ms || b.at <= gone)
      out.to_come.push_back("the backup of " + day(b.at) + " still holds them sealed: " + b.path);
  auto epochs = central.epochs_of(record);
  if (!epochs) return base::pass(epochs.error());
  tell_of_keys(profile, *epochs, out);
  auto lines = central.log_lines(profile.keys().sign.pub);
  if (!lines) return base::pass(lines.error());
  for (const store::LogLine& line : *lines)
    if (line.kind == "export" && (!gone.ms || line.at <= gone))
      out.done.push_back("exported before, outside our reach: " + day(line.at) + ", " + line.what);
  out.complete = out.to_come.empty();
  return out;
}

// ---- a device's side

std::vector<Bytes> tombstones_to_send(Profile& device) {
  std::string kept = device.vault().setting(waiting);
  std::vector<Bytes> out;
  for (size_t at = 0; at + seal::tombstone_size <= kept.size(); at += seal::tombstone_size)
    out.emplace_back(kept.begin() + static_cast<long>(at),
                     kept.begin() + static_cast<long>(at + seal::tombstone_size));
  return out;
}

Status tombstones_sent(Profile& device) {
  return device.vault().set_setting(waiting, "");
}

namespace {

bool is_open_here(Profile& profile, const base::RecordId& record) {
  auto drafts = profile.vault().drafts();
  if (!drafts) return false;
  return std::any_of(drafts->begin(), drafts->end(), [&](const store::DraftSummary& draft) {
    seal::Card card;
    if (draft.info.withdrawal_seed.size() != card.code.size()) return false;
    std::copy(draft.info.withdrawal_seed.begin(), draft.info.withdrawal_seed.end(), card.code.begin());
    const base::ProjectId& project = profile.membership()->project;
    return seal::record_id_of(project, seal::card_keys(project, card).pub) == record;
  });
}

}  // namespace

Status take_tombstone(Profile& profile, base::ByteView bytes, Carrier carrier) {
  auto t = seal::parse_tombstone(bytes);
  if (!t) return base::pass(t.error());
  if (t->project != profile.membership()->project || t->authority != seal::TombstoneAuthority::card) return {};
  auto finished = profile.vault().finished();
  if (!finished) return base::pass(finished.error());
  bool is_here = is_open_here(profile, t->record) ||
                 std::any_of(finished->begin(), finished->end(), [&](const store::Finished& f) {
                   return f.record == t->record && !f.withdrawn;
                 });
  if (!profile.central() && (is_here || carrier == Carrier::member))
    if (auto done = remember(profile, t->record); !done) return done;
  return is_here ? profile.vault().shred(t->record) : Status();
}

}  // namespace app
