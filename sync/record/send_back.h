// SendBack: a finished interview returned to one device with a question: what is asked, the answers in question, a
// comment, and for how long they may be read there (SEND_BACK.md).
//
//   Bytes content = seal_send_back(s, device_box);         // goes into a statement, type send_back
//   Result<SendBack> s = open_send_back(sealed, device_keys.box);
//
// Sealed to that device's box key alone; the record's id stands in clear before it, for everyone must know whom the
// send-back entitles. Errors: locked (it is for another device), corrupt, unsupported.
#pragma once

#include "sync/record/revision.h"
#include "sync/seal/crypto.h"

namespace record {

struct SendBack {
  RecordId record;
  seal::PublicSign withdrawal;      // of the record's header
  std::vector<RevisionId> parents;  // what the answer will be given over
  FormHash form;
  std::string form_id, form_version;
  std::string name;  // its case code, so that the fieldworker knows which
  std::string comment;
  uint32_t hours = 24;                 // from the first time it is opened there
  std::vector<std::string> questions;  // identities that are asked again
  std::vector<Answer> answers;         // what stands there now, those and what is needed to understand them
  bool operator==(const SendBack&) const = default;
};

base::Bytes seal_send_back(const SendBack& what, const seal::PublicBox& to);  // content of the statement
base::Result<SendBack> open_send_back(const RecordId& record, base::ByteView sealed,
                                      const seal::BoxKeys& keys);

}  // namespace record
