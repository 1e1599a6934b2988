// Profile: one person on this laptop, unlocked: their vault, the project they work in, and what they may do.
//
//   auto profile = Profile::open(workspace, "amina", passphrase, surroundings);
//   profile->authority().current_epoch();   profile->forms();   profile->form(published)
//
// A coordinator's profile also has the central file. Everything here is read again by refresh() after a sync.
// One thread. Errors: locked (wrong passphrase), missing, conflict (open in another program).
#pragma once

#include <filesystem>
#include <map>
#include <memory>

#include "collector/app/form_files.h"
#include "forms/base/random.h"
#include "forms/base/time.h"
#include "sync/store/central.h"
#include "sync/store/vault.h"

namespace app {

struct World {  // clock and randomness, borrowed; passed to everything
  base::Clock* clock = nullptr;
  base::Random* random = nullptr;
  seal::ArgonCost cost;
};

class Merged;

class Profile {
 public:
  ~Profile();
  static base::Result<std::unique_ptr<Profile>> create(const std::filesystem::path& workspace,
                                                       const std::string& label, std::string_view passphrase,
                                                       World world);
  static base::Result<std::unique_ptr<Profile>> open(const std::filesystem::path& workspace,
                                                     const std::string& label, std::string_view passphrase,
                                                     World world);
  static std::vector<std::string> names(const std::filesystem::path& workspace);
  static std::filesystem::path folder_of(const std::filesystem::path& workspace, const std::string& label);

  const std::string& label() const { return label_; }
  const std::filesystem::path& folder() const { return folder_; }
  const World& world() const { return world_; }
  store::Vault& vault() { return *vault_; }
  store::Central* central() { return central_.get(); }  // coordinators only
  const seal::DeviceKeys& keys() const { return vault_->keys(); }
  const std::optional<store::Membership>& membership() const { return membership_; }
  const record::Authority& authority() const { return authority_; }
  bool is_coordinator() const { return membership_ && membership_->coordinator; }  // has a central file
  base::Status may_coordinate() const;                       // locked: it is none, or was cut off
  std::string label_of(const base::DeviceId& device) const;  // "amina", or the id's first digits

  base::Status join(const store::Membership& membership, const std::vector<base::Bytes>& statements);
  base::Status refresh();  // statements read again
  base::Result<std::vector<base::Bytes>> statements();
  // Signs it as this profile's next word and keeps it. conflict: this profile was restored from an older
  // copy, and a new word would contradict what it said since.
  base::Result<record::Statement> say(record::Statement statement);
  // Many at once, in order; what they add up to is worked out once, after the last.
  base::Status say_all(std::vector<record::Statement>& statements);

  std::vector<record::PublishedForm> forms() const { return authority_.forms(); }
  base::Result<std::shared_ptr<const FormFile>> form(const base::Hash& package);  // compiled once, then kept
  std::shared_ptr<const FormFile> form_of(const base::FormHash& hash);  // any version ever published; or null
  std::vector<seal::Key> read_keys() const;  // that this profile holds; what is new is sealed with the last
  base::Result<seal::Key> read_key(uint64_t* generation = nullptr) const;    // the last of them
  base::Result<seal::BoxKeys> epoch_keys(const record::Epoch& epoch) const;  // coordinators
  base::Result<seal::Key> epoch_secret(
      const record::Epoch& epoch) const;  // the seed of them, for another slot
  // A one-time key that a slot may be sealed to: its secret lies in this vault alone, and can be destroyed.
  base::Result<seal::PublicBox> new_offer();
  base::Status destroy_offer(const base::KeyId& key);
  bool has_offer(const base::KeyId& key) const;
  base::Result<Merged*> merged();  // coordinators: the dataset, up to date as of its last update()
  void forget_merged();            // the next one begins from the central file and the cache
  base::Status reopen_central();   // where it lies now; what a move left behind is destroyed

 private:
  Profile(std::filesystem::path folder, std::string label, World world);
  base::Status load();
  base::Result<base::Bytes> open_slot(const std::vector<record::Slot>& slots) const;
  std::filesystem::path folder_;
  std::string label_;
  World world_;
  std::unique_ptr<store::Vault> vault_;
  std::unique_ptr<store::Central> central_;
  std::optional<store::Membership> membership_;
  record::Authority authority_;
  uint64_t last_word_ = 0;  // of this profile's own chain
  record::StatementId last_word_id_;
  std::unique_ptr<Merged> merged_;
  std::map<base::Hash, std::shared_ptr<const FormFile>> forms_;  // shared with the interviews held on them
};

}  // namespace app
