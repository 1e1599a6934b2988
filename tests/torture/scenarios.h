// The scenarios: things people do that write, each tried with every single call failing (nospace) and every single
// allocation failing (oom). What fails must say why, leave what was there, and work when it is tried again.
//
//   for (const Scenario& s : scenarios()) {
//     Place place(seed);                                  // a profile with a draft, a centre, a stick
//     s.prepare(place);  auto done = s.act(place);        // under trouble
//     std::string wrong = s.check(place, done ? Now::after : Now::either);
//   }
#pragma once

#include <memory>
#include <span>

#include "sync/exchange/transport.h"
#include "sync/store/outbox.h"
#include "tests/support/folder.h"
#include "tests/torture/campaign.h"
#include "tests/torture/centre.h"

namespace torture {

struct Place {
  explicit Place(uint64_t seed);
  base::Status begin();  // profile, project, one draft with three answers
  base::Status reopen();
  const std::filesystem::path& vault_folder() const { return at_vault; }
  const std::filesystem::path& central_file() const { return at_central; }
  const base::RecordId& record() const { return own_record; }
  seal::AttachmentHeader media_place();
  base::Status make_ready();  // to finish the draft, or to correct what was finished
  base::Status finish();
  base::Bytes envelope() const;

  support::Folder folder;
  const std::filesystem::path at_vault = folder.path() / "v", at_central = folder.path() / "central.db",
                              at_backup = folder.path() / "backup.db", at_copy = folder.path() / "copy",
                              at_there = folder.path() / "there", at_moved = folder.path() / "disk" / "central.db",
                              at_vault_key = at_vault / "profile.key",
                              at_there_key = at_there / "profile.key";
  base::SeededRandom random;
  seal::DeviceKeys root, coordinator;
  seal::BoxKeys epoch;
  base::ProjectId project;
  seal::SignKeys withdrawal;
  base::RecordId own_record;
  std::unique_ptr<store::Vault> vault;
  std::unique_ptr<Centre> central;
  std::string words = "torture passphrase";
  base::RevisionId finished;  // once it is
  // What an act is given, made before the trouble begins: only what is tried may run into it.
  base::Bytes ready;
  store::Sealing sealing;
  std::vector<exchange::Item> items;
  std::vector<record::Entry> entries;
  std::unique_ptr<exchange::Transport> stick;
  base::Hash sound;  // of an attachment that lies at the centre
  std::unique_ptr<Campaign> campaign;  // of the scenarios of a centre
};

enum class Now : uint8_t { either, after };  // it may have happened or not; it must have happened

struct Scenario {
  const char* name;
  base::Status (*prepare)(Place& place);
  base::Status (*act)(Place& place);            // may be tried again after it failed
  std::string (*check)(Place& place, Now now);  // empty: as it must be; else what is wrong
};
std::span<const Scenario> scenarios();
std::span<const Scenario> centre_scenarios();  // part of them

}  // namespace torture
