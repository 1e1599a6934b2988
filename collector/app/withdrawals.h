// Withdrawals: a respondent's answers go, wherever they are, and what was done can be shown.
//
//   auto w = withdraw_by_card(profile, "7H3K-9QWX-…");       // any centre, any device, offline: shredded here at once
//   auto found = find_cases(coordinator, "MA-B-Y-0042-7");   // the card is lost: by case code
//   withdraw_record(coordinator, found[0].record);           // hidden everywhere; confirmed at each centre
//   for (const Pending& p : *pending_withdrawals(coordinator)) confirm_withdrawal(coordinator, p.record);
//   WithdrawalReceipt r = *withdrawal_receipt(profile, record);    // what is done, what is not yet
//
// A card's word shreds on arrival at every centre and device. A coordinator's, and a fieldworker's request for an
// interview of their own, hide it at once and shred when a person at each centre confirms. What lies sealed in old
// backups, on sticks and shares becomes noise when the epoch's keys are destroyed (coordination.h); the receipt says
// complete only then. Format: TOMBSTONE.md.
#pragma once

#include "collector/app/profile.h"

namespace app {

struct Withdrawn {
  base::RecordId record;
  bool was_held = false;  // something of it was here; else it is shredded or hidden when it comes
  bool is_shredded = false;
};
base::Result<Withdrawn> withdraw_by_card(Profile& profile, std::string_view typed);
base::Result<base::RecordId> record_of_card(const Profile& profile, std::string_view typed);

// Whether this card's interview, open or finished, is here: what withdraw_by_card() would delete at once.
bool is_held(Profile& profile, std::string_view card);

struct FoundCase {
  base::RecordId record;
  std::string form, code, interviewer, finished;
};
// In the dataset, for a coordinator; among the interviews finished here, for a device.
base::Result<std::vector<FoundCase>> find_cases(Profile& profile, const std::string& code);
// A coordinator's word, or a device's request.
base::Result<Withdrawn> withdraw_record(Profile& profile, const base::RecordId& record);

struct Pending {
  base::RecordId record;
  std::string asked_by, since;  // label; ISO time it came here
  bool holds = true;  // false: a request of a device that did not hold that interview: it hides nothing
};
base::Result<std::vector<Pending>> pending_withdrawals(Profile& coordinator);  // waiting for a person here
base::Status confirm_withdrawal(Profile& coordinator, const base::RecordId& record);
base::Status tell_shredded(
    Profile& coordinator);  // what this centre deleted and has not said yet; at each sync

struct WithdrawalReceipt {
  base::RecordId record;
  std::string number;  // to be quoted: twelve digits of the record's id, which tells nothing
  bool complete = false;
  std::vector<std::string> done, to_come;  // sentences
};
std::string withdrawal_number(const base::RecordId& record);
// By the card's code, or by the first digits of the record's id.
base::Result<base::RecordId> withdrawn_record(Profile& profile, std::string_view card_or_id);
base::Result<WithdrawalReceipt> withdrawal_receipt(Profile& profile, const base::RecordId& record);

// Of a device: tombstones it made and has to hand over; what a centre says is carried out.
std::vector<base::Bytes> tombstones_to_send(Profile& device);
base::Status tombstones_sent(Profile& device);
// A card's: open and finished interviews of it go here, also a coordinator's own corrections. What a member carried is
// remembered, so that nothing of it is opened here later either; what a stranger did, only where it is of something here.
enum class Carrier : uint8_t { stranger, member };
base::Status take_tombstone(Profile& profile, base::ByteView tombstone, Carrier carrier);
bool is_withdrawn(Profile& device, const base::RecordId& record);  // remembered here

}  // namespace app
