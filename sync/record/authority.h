// Authority: who may do what, which keys are sealed to, and which forms hold: what all statements add up to.
//
//   Authority authority = Authority::from(project, root, statements);   // pure: the same set, the same
//   answer authority.is_coordinator(device);  authority.current_epoch();  authority.forms();
//
// A statement counts when its signer may say it: the root, or a coordinator the root appointed, up to where a
// revocation ends it, and before the first number under which it said two things (a fork). What it says holds
// until a counted statement of the same type names it as replaced. What nobody may say is parked and counts
// when its right arrives. Who may say what and how concurrent words join: STATEMENT.md. No clock decides
// anything. Cost: n log n of the statements. A value: copy it, hand it to threads.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "sync/record/migration.h"
#include "sync/record/statement.h"

namespace record {

struct Member {
  base::DeviceId device;
  seal::PublicSign sign;
  seal::PublicBox box;
  std::string label, role;  // "coordinator", "reviewer", "device"
  std::string site;         // where it works, as its enrolment says; may be empty
  base::Hash request;       // id of the enrolment request: the first `previous` of its chain
  StatementId by;
  base::DeviceId enrolled_by;
};

struct Epoch {
  uint64_t number = 0;
  seal::PublicBox key;
  base::KeyId key_id;
  std::vector<Slot> keyring;   // of its opening and of every rewrap
  bool countersigned = false;  // a second coordinator has opened its slot
  bool closed = false;         // nothing more is sealed to it
  bool is_whole = false;       // a slot for every unrevoked coordinator and for the recovery kit
  std::set<base::DeviceId> destroyed_by;
  base::DeviceId opened_by;
  StatementId by;
};

struct ReadKey {  // one secret that opens forms; several of one generation are all kept
  uint64_t generation = 0;
  base::Hash mark;  // of the secret
  std::vector<Slot> slots;
};

struct PublishedForm {
  std::string form_id, version;
  FormHash hash;
  base::Hash package;
  StatementId by;
  base::Instant at;
  uint64_t edition = 0;
};

struct SentBack {
  RecordId record;
  base::DeviceId device;
  StatementId by;
  base::DeviceId asked_by;
  base::Instant at;
  base::Bytes sealed;  // to the device's box key: send_back.h
};

struct Forked {  // a signer who said two things under one number
  base::DeviceId signer;
  uint64_t at = 0;
};

class Authority {
 public:
  static Authority from(ProjectId project, const seal::PublicSign& root,
                        const std::vector<Statement>& statements);

  const Member* member(const base::DeviceId& device) const;  // null: unknown
  bool is_coordinator(const base::DeviceId& device) const;   // now: appointed and not revoked
  bool outranks(const base::DeviceId& device) const;         // coordinator or reviewer, also one who left
  bool is_revoked(const base::DeviceId& device) const { return ends_.count(device) > 0; }
  // Of a revoked key: only ancestors of one of these count, under each of its revocations.
  const std::vector<std::vector<Frontier>>& ends_of(const base::DeviceId& device) const;
  std::vector<Member> members() const;               // sorted by id
  std::vector<Member> coordinators() const;          // unrevoked
  bool is_lost(const base::DeviceId& device) const;  // two coordinators declared it

  const std::vector<Epoch>& epochs() const { return epochs_; }  // by number, then id
  const Epoch* epoch(const base::KeyId& key) const;
  std::optional<Epoch> current_epoch() const;  // the newest that is whole, countersigned and not closed
  const std::optional<seal::PublicBox>& recovery() const { return recovery_; }
  uint64_t kit_generation() const { return kit_generation_; }
  // What a coordinator's slot is sealed to: its newest one-time offer, else its own key.
  seal::PublicBox slot_key(const Member& coordinator) const;
  std::vector<seal::PublicBox> offers_of(const base::DeviceId& coordinator) const;  // oldest first
  std::vector<seal::PublicBox> lacking(
      const Epoch& epoch) const;  // keys of coordinators and kit without a slot

  const std::vector<ReadKey>& read_keys() const { return read_keys_; }  // newest last
  std::vector<PublishedForm> forms() const;                             // offered now, one of each id
  const PublishedForm* form(const FormHash& hash) const;                // ever published; null
  std::vector<PublishedForm> editions(std::string_view form_id) const;  // oldest first
  bool publishes(const base::Hash& package) const { return packages_.count(package) > 0; }
  uint64_t last_edition(std::string_view form_id) const;   // the highest number said of it
  const Migration* migration(const FormHash& from) const;  // null: none
  FormHash newest(const FormHash& from) const;             // at the end of its migrations

  const std::vector<SentBack>& send_backs() const { return send_backs_; }
  bool is_asked(const base::DeviceId& device, const RecordId& record) const;
  const std::vector<Statement>& receipts() const { return receipts_; }
  std::set<base::DeviceId> shredded_by(const RecordId& record) const;
  int64_t clock_offset_ms(const base::DeviceId& device) const;
  std::string policy(std::string_view key) const;
  uint64_t policy_edition(std::string_view key) const;

  const std::vector<Statement>& parked() const { return parked_; }  // signed by nobody we may follow
  const std::vector<Forked>& forks() const { return forks_; }
  const std::vector<Frontier>& missing() const {
    return missing_;
  }  // words that others build on and did not come
  // Of everything that decides how one record's counted revisions merge: equal grounds, equal views.
  base::Hash ground() const;
  // Whether whatever counted under `older` counts here, and merges alike: members may have come, none have
  // gone.
  bool judges_like(const Authority& older) const;

 private:
  friend class AuthorityBuilder;
  std::map<base::DeviceId, Member> members_;
  std::map<base::DeviceId, std::vector<std::vector<Frontier>>> ends_;
  std::map<base::DeviceId, std::set<base::DeviceId>> lost_;
  std::vector<Epoch> epochs_;
  std::optional<seal::PublicBox> recovery_;
  uint64_t kit_generation_ = 0;
  std::map<base::DeviceId, std::vector<seal::PublicBox>> offers_;
  std::vector<ReadKey> read_keys_;
  std::map<std::string, std::vector<PublishedForm>> editions_;
  std::set<std::string> withdrawn_forms_;
  std::map<std::string, uint64_t> last_editions_;
  std::map<FormHash, PublishedForm> by_hash_;
  std::set<base::Hash> packages_;
  std::map<FormHash, Migration> migrations_;
  std::vector<StatementId> migrated_by_;
  std::vector<SentBack> send_backs_;
  std::set<std::pair<base::DeviceId, RecordId>> asked_;
  std::vector<Statement> receipts_, parked_;
  std::map<RecordId, std::set<base::DeviceId>> shredded_;
  std::map<base::DeviceId, int64_t> offsets_;
  std::map<std::string, std::pair<uint64_t, std::string>> policies_;
  std::vector<Forked> forks_;
  std::vector<Frontier> missing_;
};

}  // namespace record
