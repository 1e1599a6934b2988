// A campaign on one desk, for the scenarios of a centre: two coordinators, three devices, four respondents, and all that
// a central file can hold: a conflict and its resolution, a gap and its tail, a sound, a form, a card's withdrawal, what
// waits for a word. Everything is made before the trouble begins.
//
//   Campaign c(seed, folder);   c.open();   c.import("bundle", c.everything());   c.ask();
#pragma once

#include "sync/record/merge.h"
#include "sync/store/central.h"
#include "sync/store/sealed_cache.h"
#include "tests/torture/offices.h"

namespace torture {

struct Campaign {
  Campaign(uint64_t seed, std::filesystem::path folder);
  base::Status open();  // its central file
  base::Status import(const std::string& name, const std::vector<store::Item>& items);
  std::vector<store::Item> everything() const;  // what all laptops and centres said, the withdrawal last
  base::Status open_all();                      // what each revision names is noted, content keys are put
  base::Result<std::string> ask();              // every question of the central file, and all it says
  base::Result<std::string> see();              // merged, in one long-lived Merge
  base::KeyId epoch_id() const { return seal::key_id_of(rules.epoch.pub); }
  base::Result<std::vector<record::Revision>> opened(std::span<const record::RevisionId> ids);

  std::filesystem::path folder, file;
  Rules rules;
  std::vector<store::Item> revisions, words, waiting;  // `waiting`: of the third device
  store::Item tombstone, late;                         // of the last respondent, and what comes after
  record::RecordId withdrawn;
  base::Bytes sound, late_sound;  // sealed
  base::Hash sound_hash, late_hash, package;
  record::RevisionId with_sound;
  record::Authority authority;  // of all words
  std::unique_ptr<store::Central> central;
  std::unique_ptr<store::SealedCache> cache;
  std::vector<store::Item> items;  // for an act
  std::vector<store::Keyslot> slots;
  record::Revision large;
  std::string told, wanted;

 private:
  store::Item seal(size_t device, int respondent, std::vector<record::RevisionId> parents, const std::string& age,
                   record::RevisionKind kind);
  base::Bytes seal_sound(int respondent, base::Hash& hash);
  base::SeededRandom random_;
  std::map<base::DeviceId, std::pair<uint64_t, base::Hash>> chains_;
  record::RevisionId last_;
  record::Merge merge_;
  int64_t seen_ = 0;
};

}  // namespace torture
