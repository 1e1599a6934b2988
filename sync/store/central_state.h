// What the central file's sources share. Internal to sync/store.
#pragma once

#include "sync/seal/envelope.h"
#include "sync/store/central.h"
#include "sync/store/database.h"

namespace store {

extern const char* const central_schema;

struct Central::State {
  std::unique_ptr<Database> db;
  std::map<base::StatementId, record::Statement> said;  // signatures verified once

  Result<std::vector<Bytes>> all(const char* sql);
  bool has(const char* sql, const std::vector<Bind>& binds);
  Result<record::Authority> authority(const base::ProjectId& project, const seal::PublicSign& root);
  // Inside a transaction.
  Result<bool> keep_envelope(const seal::Envelope& e, ByteView bytes, base::Instant at);  // true: it is new
  Result<bool> keep_stub(const seal::Stub& stub, ByteView bytes, base::Instant at);
  Status shred(const RecordId& record, base::Instant at);
  Status drop_attachments(const RecordId& record);
  bool is_shredded(const RecordId& record);  // by a card, or on a person's word
  Result<base::Instant> first_receipt(const record::Gap& gap, const record::Authority& authority);
};

}  // namespace store
