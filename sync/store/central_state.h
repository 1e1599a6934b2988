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
  std::optional<record::Authority> judged;              // what all words add up to; nothing: some have come since
  std::pair<base::ProjectId, seal::PublicSign> judged_for;

  Result<std::vector<Bytes>> all(const char* sql);
  Result<bool> has(const char* sql, const std::vector<Bind>& binds);  // a look-up that fails is no "no"
  // Until the next word comes.
  Result<const record::Authority*> authority(const base::ProjectId& project, const seal::PublicSign& root);
  // Inside a transaction.
  Result<bool> keep_envelope(const seal::Envelope& e, ByteView bytes, base::Instant at);  // true: it is new
  Result<bool> keep_stub(const seal::Stub& stub, ByteView bytes, base::Instant at);
  Status shred(const RecordId& record, base::Instant at);
  Status drop_attachments(const RecordId& record);
  Status count_removal();  // whoever read before what is now out begins anew
  Result<bool> is_shredded(const RecordId& record);  // by a card, or on a person's word
  Result<base::Instant> first_receipt(const record::Gap& gap, const record::Authority& authority);
  Result<int64_t> keep_bundle(const PlaceFile& bundle);
  Status carry(const base::Hash& id, int64_t bundle);

  // Of a copy while it is made (central_words.cpp).
  struct Word {
    size_t kind = 0;
    base::Hash id;
  };
  std::set<std::pair<base::Hash, base::Hash>> vouched;  // id and hash of a word that proved itself
  Result<std::vector<Word>> damaged_words(const std::filesystem::path& copy);
  Status same_rows(const std::filesystem::path& copy);
  Status mend_word(const Word& word, const std::filesystem::path& earlier);  // inside a transaction

  Status look_at(const std::vector<PlaceFile>& there, const base::DeviceId& self);
  Result<std::map<base::DeviceId, int64_t>> confirmed(const record::Authority& authority,
                                                      const base::DeviceId& self,
                                                      const std::set<base::DeviceId>& forked);
};

}  // namespace store
