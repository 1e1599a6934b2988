// Statement: a signed word of authority. Each coordinator key on one machine writes its own sequenced chain;
// the root (the kit) writes one too. Nothing else says who may do what.
//
//   Statement s = …; Bytes signed_bytes = sign_statement(s, keys);
//   Authority authority = Authority::from(project, statements);   // pure: the same set, the same answer
//   authority.is_coordinator(device);  authority.enrolled(device);  authority.current_epoch();
//
// Layout SVS1: STATEMENT.md. Unreplaced statements hold; concurrent ones join by the table there; revoking is
// final. Only the root appoints coordinators.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "forms/base/time.h"
#include "sync/record/revision.h"
#include "sync/seal/crypto.h"

namespace record {

using base::ProjectId;
using base::StatementId;

enum class StatementType : uint8_t {
  appoint = 1,      // root: a coordinator key
  enrol = 2,        // coordinator: a device key, label, role
  revoke = 3,       // a device or coordinator, with the last good sequence and its hash
  epoch_open = 4,   // public intake key and keyring: its secret sealed to every coordinator and recovery
  countersign = 5,  // a second coordinator opened its slot of that epoch
  read_key = 6,     // project read key, its secret sealed to each member
  publish = 7,      // a form: id, version, form hash, package hash
  receipt = 8,      // a centre holds, in a verified backup, what it names
  policy = 9,       // key = value: edit window and the like
  send_back = 10,
};

struct Slot {  // a 32-byte secret sealed to one member
  base::KeyId key;
  std::array<uint8_t, 80> sealed{};
  bool operator==(const Slot&) const = default;
};

struct Statement {
  StatementId id;  // of its signed bytes; not encoded
  ProjectId project;
  base::DeviceId signer;
  seal::PublicSign signer_key;
  uint64_t sequence = 0;
  base::Hash previous;  // of the signer's chain; zeros at its start
  StatementType type = StatementType::policy;
  base::Instant at;
  std::vector<StatementId> replaces;
  // By type; unused ones are empty.
  base::DeviceId subject;
  seal::PublicSign subject_sign;
  seal::PublicBox subject_box;
  std::string label, role, text;  // text: form id, policy key …
  std::string version;
  base::Hash hash;      // form hash, last good hash, frontier
  base::Hash package;   // publish: hash of the SVF1 bytes' content
  uint64_t number = 0;  // last good sequence, epoch number
  std::vector<Slot> slots;
  struct Frontier {
    base::DeviceId device;
    uint64_t sequence = 0;
    RevisionId revision;
    bool operator==(const Frontier&) const = default;
  };
  std::vector<Frontier> frontiers;  // receipt
};

// Encoding to sign and to verify; the signing itself is seal's.
base::Bytes encode_statement(const Statement& statement);  // without the signature
base::Result<Statement> decode_statement(
    base::ByteView signed_bytes);  // verifies the signature under signer_key

// Signs it: fills in the signer and the id.
base::Bytes sign_statement(Statement& statement, const seal::DeviceKeys& keys);

struct Member {
  base::DeviceId device;
  seal::PublicSign sign;
  seal::PublicBox box;
  std::string label, role;  // "root", "coordinator", "reviewer", "device"
  StatementId by;
};

struct Epoch {
  uint64_t number = 0;
  seal::PublicBox key;
  base::KeyId key_id;
  std::vector<Slot> keyring;
  bool countersigned = false;
  StatementId by;
};

struct PublishedForm {
  std::string form_id, version;
  FormHash hash;
  base::Hash package;
  StatementId by;
  base::Instant at;
};

class Authority {
 public:
  static Authority from(ProjectId project, const seal::PublicSign& root,
                        const std::vector<Statement>& statements);

  bool is_coordinator(const base::DeviceId& device) const;
  const Member* member(const base::DeviceId& device) const;  // any role; null: unknown
  // Whether this member may sign a revision with that sequence: enrolled and, if revoked, before its end.
  bool accepts(const base::DeviceId& device, uint64_t sequence) const;
  std::vector<Member> members() const;  // sorted by id
  std::vector<Member> coordinators() const;
  std::optional<Epoch> current_epoch() const;  // sealed to; countersigned, newest number
  const std::vector<Epoch>& epochs() const { return epochs_; }
  const std::vector<Slot>& read_key() const { return read_key_; }
  std::vector<PublishedForm> forms() const;  // newest publication of each form id
  const std::vector<Statement>& receipts() const { return receipts_; }
  const std::vector<Statement>& parked() const { return parked_; }  // signed by nobody we may follow
  std::string policy(std::string_view key) const;

 private:
  struct Revoked {
    uint64_t last_good = 0;
    base::Hash hash;
  };
  std::map<base::DeviceId, Member> members_;
  std::map<base::DeviceId, Revoked> revoked_;
  std::vector<Epoch> epochs_;
  std::vector<Slot> read_key_;
  std::map<std::string, std::vector<PublishedForm>> forms_;
  std::vector<Statement> receipts_, parked_;
  std::map<std::string, std::string> policies_;
};

}  // namespace record
