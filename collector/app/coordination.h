// Coordination: the verbs of authority after a project is founded: coordinators come and go, devices are cut off,
// epochs turn, secrets are destroyed, the kit is tried and renewed.
//
//   auto kit = seal::join_sheets({sheet_one, sheet_two});            // typed from paper
//   Bytes admission = appoint(coordinator, request, *kit);           // a third coordinator
//   revoke_device(coordinator, device);                              // lost, stolen, left: final
//   next_epoch(coordinator);   for (const EpochState& e : epoch_states(coordinator)) …   destroy_epoch(coordinator, 1);
//
// What a verb says is signed and travels with the next sync. What needs the root asks for the kit. Statements and
// how they join: STATEMENT.md. Errors: locked (not a coordinator; the kit is another project's), missing, conflict
// (destroying: what still stands in the way, in its words).
#pragma once

#include "collector/app/profile.h"
#include "sync/seal/kit.h"

namespace app {

// ---- people

// Whoever asked becomes a coordinator: appointed by the root, with slots of every epoch and of the read keys.
base::Result<base::Bytes> appoint(Profile& coordinator, base::ByteView request, const seal::Kit& kit);
// Ends a device after everything of it that is held here; a new read key for the others.
base::Status revoke_device(Profile& coordinator, const base::DeviceId& device);
// Likewise a coordinator, by the root; a new read key and a new epoch, to which nothing of theirs opens.
base::Status revoke_coordinator(Profile& coordinator, const base::DeviceId& other, const seal::Kit& kit);
// The end of a revoked device again, after everything of it that is held now: what came late counts.
base::Status restate_end(Profile& coordinator, const base::DeviceId& device);
// It will not speak again. Two coordinators must say so before an epoch can be destroyed without its last word.
base::Status declare_lost(Profile& coordinator, const base::DeviceId& device);
base::Result<base::DeviceId> find_member(const Profile& profile, const std::string& label_or_id);

// ---- epochs

base::Status next_epoch(
    Profile& coordinator);  // sealed to once another coordinator's program has countersigned

struct EpochState {
  uint64_t number = 0;
  bool is_current = false, is_closed = false, is_mine_destroyed = false;
  int64_t sealed_to = 0;                // revisions held here that were sealed to it
  std::vector<std::string> in_the_way;  // of its destruction here; empty: it can be destroyed
  std::vector<std::string> held_by;     // coordinators who have not destroyed it
};
base::Result<std::vector<EpochState>> epoch_states(Profile& coordinator);
// This coordinator's secret of it. What still lives is first wrapped under the current epoch's keys.
base::Status destroy_epoch(Profile& coordinator, uint64_t number);

// ---- words that only set something

base::Status set_policy(Profile& coordinator, const std::string& key, const std::string& value);
base::Status set_clock_offset(Profile& coordinator, const base::DeviceId& device, int64_t ahead_ms);

// ---- the kit

// Two sheets are tried: is it this project's root, and does it open what is sealed? Noted as done.
base::Status drill_kit(Profile& coordinator, const seal::Kit& kit);
// A new generation: old sheets open nothing that is sealed from now on. They are to be burnt.
base::Result<std::array<std::string, 3>> renew_kit(Profile& coordinator, const seal::Kit& kit);
// Every coordinator's key is lost: a new one is made from the kit and a copy of what the project said (a backup of a
// central file, or a bundle of a centre's outbox).
base::Result<std::unique_ptr<Profile>> recover_project(const std::filesystem::path& workspace,
                                                       const std::string& label, std::string_view passphrase,
                                                       World world, const seal::Kit& kit,
                                                       const std::filesystem::path& copy);

}  // namespace app
