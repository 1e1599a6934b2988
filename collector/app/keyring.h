// Keyring: who holds which of the project's secrets: slots for members, one-time keys, epochs opened and
// countersigned.
//
//   tend(coordinator);            // at each sync: what needs no decision (below)
//   open_epoch(coordinator);      // the next one; devices seal to it once another coordinator has
//   countersigned
//
// An epoch's secret is sealed to each coordinator's newest one-time key and to the recovery kit. One-time
// keys lie in one vault only, so that an epoch's secret can be destroyed for good (EPOCHS in STATEMENT.md).
#pragma once

#include "collector/app/profile.h"

namespace app {

record::Slot slot_for(const seal::PublicBox& box, const seal::Key& secret);

// Opens the next epoch: a fresh secret for every coordinator and the kit. Errors: locked (no coordinator; no
// kit).
base::Result<record::Statement> open_epoch(Profile& coordinator);
// Opens this coordinator's slot first; then says so, and closes the epochs before it.
base::Status countersign(Profile& coordinator, record::Epoch epoch);  // a copy: saying it makes the authority anew

// A new generation of the key that opens forms, for every member who is not revoked and for the kit.
base::Status renew_read_key(Profile& coordinator);
// Slots of every generation this coordinator holds, for one member, or for the kit.
base::Status share_read_keys(Profile& coordinator, const seal::PublicBox& box);

// What a coordinator's program sees to by itself, for it decides nothing: a fresh one-time key where the last
// is used; countersigning another's epoch whose slot opens; slots for coordinators who lack one.
base::Status tend(Profile& coordinator);

}  // namespace app
