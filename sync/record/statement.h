// Statement: a signed word of authority (SVS1; STATEMENT.md). Each coordinator key on one machine writes its
// own sequenced chain; the root (the kit) speaks too. Nothing else says who may do what.
//
//   Statement s = …;  s.type = StatementType::enrol;  Bytes signed_bytes = sign_statement(s, keys);
//   Result<Statement> back = decode_statement(signed_bytes);     // signature and canonical form checked
//   Authority authority = Authority::from(project, root, statements);   // authority.h: what they add up to
//
// One flat shape for every type: what a type does not use is empty or zero, and the table of STATEMENT.md
// says who may say it and how concurrent ones join. Bounded: 1 MiB, 4,096 of each list. Errors: corrupt,
// unsupported (a newer version's), always with the part that is wrong.
#pragma once

#include <vector>

#include "forms/base/time.h"
#include "sync/record/revision.h"
#include "sync/seal/crypto.h"

namespace record {

using base::ProjectId;
using base::StatementId;

enum class StatementType : uint8_t {
  appoint = 1,         // root: a coordinator's key
  enrol = 2,           // a device's key, label, role
  revoke = 3,          // ends a key: `hash`, `number` its last good statement, `frontiers` its good revisions
  epoch_open = 4,      // public intake key; its secret in slots, one a coordinator and one for recovery
  countersign = 5,     // another coordinator opened its slot of the epoch `hash`
  read_key = 6,        // generation `number` of the key that opens forms, in slots
  publish = 7,         // a form: id, version, form hash, package
  receipt = 8,         // a verified backup holds each chain up to its frontier
  policy = 9,          // `text` = `label`
  send_back = 10,      // asks device `subject` to look again at a record: send_back.h
  withdraw_form = 11,  // `text` is no longer offered
  migration = 12,      // how answers of form `hash` read under form `package`: migration.h
  clock_offset = 13,   // `subject`'s clock was `number` milliseconds ahead (two's complement)
  declare_lost = 14,   // device `subject` will not speak again; `frontiers` its last head
  epoch_close = 15,    // nothing more is sealed to the epoch `hash`
  epoch_destroyed = 16,  // this coordinator's secret of the epoch `hash` is gone
  rewrap = 17,           // more slots for the epoch `hash`
  shredded = 18,         // this centre keeps nothing but stubs of the record in `content`
  recovery = 19,         // root: the recovery key of kit generation `number`
  offer = 20,            // a one-time box key of the signer's, for slots whose secret can be destroyed
};
inline constexpr uint8_t last_statement_type = 20;

struct Slot {  // a 32-byte secret sealed to one member
  base::KeyId key;
  std::array<uint8_t, 80> sealed{};
  bool operator==(const Slot&) const = default;
};

struct Frontier {  // a chain up to here
  base::DeviceId device;
  uint64_t sequence = 0;
  RevisionId revision;
  bool operator==(const Frontier&) const = default;
};

struct Statement {
  StatementId id;  // of its signed bytes; not encoded
  ProjectId project;
  base::DeviceId signer;
  seal::PublicSign signer_key;
  uint64_t sequence = 0;
  base::Hash previous;  // of the signer's chain; zeros at its start
  StatementType type = StatementType::policy;
  base::Instant at;  // for people, decides nothing
  std::vector<StatementId> replaces;
  base::DeviceId subject;
  seal::PublicSign subject_sign;
  seal::PublicBox subject_box;
  std::string label, role, text, version;
  base::Hash hash, package;
  uint64_t number = 0;
  std::vector<Slot> slots;
  std::vector<Frontier> frontiers;
  base::Bytes content;
};

base::Bytes encode_statement(const Statement& statement);  // without the signature
base::Result<Statement> decode_statement(base::ByteView signed_bytes);
// Fills in the signer and the id.
base::Bytes sign_statement(Statement& statement, const seal::DeviceKeys& keys);
std::string_view statement_name(StatementType type);  // "epoch-open"

}  // namespace record
