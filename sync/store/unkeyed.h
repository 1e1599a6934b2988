// Unkeyed: what can be done in a vault's file without a key: counters, envelopes on their way, windows closed. The
// vault and the sealed outbox share it. Internal to sync/store.
#pragma once

#include "sync/store/database.h"
#include "sync/store/interviews.h"

namespace store {

struct Unkeyed {
  std::unique_ptr<Database> db;
  std::filesystem::path folder;

  Result<Bytes> meta(const std::string& name);  // empty: not there
  Status put_meta(const std::string& name, ByteView value);
  Result<uint64_t> counter(const std::string& name);  // 0: not there
  Status set_counter(const std::string& name, uint64_t value);

  Result<std::vector<Sealed>> outbox(const OutboxPage& page = {});
  Result<Bytes> leaving_head();
  Result<std::vector<SealedMedia>> media_outbox();
  Status mark(const std::vector<RevisionId>& revisions, Delivery delivery);
  Status mark_media(const std::vector<seal::AttachmentId>& media, Delivery delivery);
  uint64_t next_bundle_number();

  Result<std::vector<RecordId>> records(const char* sql, const std::vector<Bind>& binds);
  Status erase_window(const RecordId& record);  // inside a transaction
  Status erase_windows(const Result<std::vector<RecordId>>& records);
  Status erase_held_windows();
  // The log cut, so that no older page keeps what was overwritten. Where that fails it is tried again with the next
  // cut, and when the file is closed; what was committed before holds in any case.
  void cut_log() noexcept;
  bool uncut = false;
};

inline const Bytes no_key(72, 0);  // what a wrapped key is overwritten with before its row goes
extern const char* const vault_schema;

inline std::filesystem::path database_file(const std::filesystem::path& folder) {
  return folder / "vault.db";
}
inline std::filesystem::path media_folder(const std::filesystem::path& folder) {
  return folder / "media";
}
// NAME.sva; while it is recorded NAME.part
std::filesystem::path media_file(const std::filesystem::path& folder, const seal::AttachmentId& id);

}  // namespace store
