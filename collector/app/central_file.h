// Central file: a coordinator's verbs about the file itself: its log, copies, moves, checks, quarantine, salvage.
//
//   back_up(coordinator, "/media/disk/central-2026-11-24.db");       // SQLite's backup, checked, noted
//   auto v = verify_central(coordinator);                            // every signature, the log, the chains
//   move_central(coordinator, "/home/salma/data/central.db");        // a checked copy, then the old one destroyed
//   salvage(coordinator, "torn.svb");  admit(coordinator, id);       // what is whole of a damaged bundle
//
// Receipts name only what a verified backup holds: back_up_and_confirm() (replicas.h). A withdrawal lists the
// backups made before it until they are replaced or forgotten.
#pragma once

#include "collector/app/profile.h"

namespace app {

// A signed line; the vault remembers how many there are, so that the last ones cannot be cut off unseen.
base::Status note_in_log(Profile& coordinator, const std::string& kind, const std::string& what);
struct LogView {
  std::vector<store::LogLine> lines;
  bool is_whole = true;  // every line holds, none is missing at the end
};
base::Result<LogView> log_of(Profile& coordinator);

base::Status back_up(Profile& coordinator, const std::filesystem::path& to);
base::Result<std::vector<store::Backup>> backups_of(Profile& coordinator);
// The copy that receipts rest on: backup.db in the profile's folder, or where the coordinator chose, which is tried
// at once. On one disk with the central file it dies or is stolen with it: whoever checks the file is told.
std::filesystem::path backup_place(Profile& coordinator);
base::Status choose_backup_place(Profile& coordinator, const std::filesystem::path& to);
bool is_backup_on_one_disk(Profile& coordinator);
bool tell_of_one_disk(Profile& coordinator);  // the same, at most once for each place
base::Status forget_backup(Profile& coordinator, const std::string& path);  // it was destroyed

// To another folder or disk, with its attachments. The profile finds it there from now on; conflict: something is in
// the way.
base::Status move_central(Profile& coordinator, const std::filesystem::path& to);
std::filesystem::path central_path(Profile& coordinator);
// Takes a backup and its attachments in place of the file (which may not open any more), and keeps that aside as
// NAME.replaced, or NAME.replaced-2 …: nothing is overwritten. What the backup lacks comes again: own words from the
// vault, devices' interviews with the next sync, for no receipt names what no backup holds. A line of the log says
// what the copy lacked. The profile must not be open.
base::Status restore_central(const std::filesystem::path& workspace, const std::string& label,
                             std::string_view passphrase, World world, const std::filesystem::path& backup);

struct Salvaged {
  int whole = 0, torn = 0;  // items; the whole ones wait in the quarantine
};
base::Result<Salvaged> salvage(Profile& coordinator, const std::filesystem::path& bundle);
base::Result<std::vector<store::Quarantined>> quarantine_of(Profile& coordinator);
base::Status admit(Profile& coordinator, const base::Hash& id);  // as if it had come in a whole bundle
base::Status discard(Profile& coordinator, const base::Hash& id);

}  // namespace app
