// Replicas: what sync needs of a device's vault and of a centre's central file, as thin adapters.
//
//   SyncReport r = sync_with(profile, "/media/stick/rihla", options, progress);
//
// A device sends what the centre has not confirmed: the new, or with `again` everything that is still here (kept.h). A centre
// says its words to everybody, after a verified backup says what it holds, and passes on to other centres what one of them
// has not confirmed and the place does not hold. SYNC.md.
#pragma once

#include "collector/app/profile.h"
#include "sync/exchange/sync.h"

namespace app {

struct SyncOptions {
  exchange::TransportOptions transport;
  bool again = false;    // send once more what was handed over, and what was received and is still here
  bool receipts = true;  // centre: back up, check, and confirm what the backup holds
};

exchange::SyncReport sync_with(Profile& profile, const std::string& address, const SyncOptions& options,
                               const exchange::StepProgress& progress);
// The place that is offered at the next sync: last used, a folder from the root.
std::string remembered_place(Profile& profile);
base::Status remember_place(Profile& profile, const std::string& address);
// Centre: a checked backup where it was chosen to lie (central_file.h), and a signed receipt for exactly what it holds.
base::Status back_up_and_confirm(Profile& centre);
// A bundle carried by hand.
base::Result<int> admit_bundle(Profile& profile, const std::string& name, base::ByteView bytes);

}  // namespace app
