// What the vault's files share: the open database, the keys while it is unlocked, and the few steps that several
// of them take. Internal to sync/store.
#pragma once

#include <set>

#include "sync/seal/quick_lock.h"
#include "sync/store/unkeyed.h"
#include "sync/store/vault.h"

namespace store {

inline Bytes bound(std::string_view table, ByteView id, uint64_t n = 0) {
  base::Writer out;
  out.text32(table);
  out.bytes(id);
  out.u64(n);
  return out.take();
}

inline fs::path key_file(const fs::path& folder) {
  return folder / "profile.key";
}
inline fs::path old_key_file(const fs::path& folder) {
  return folder / "profile.key.old";
}
inline fs::path tries_file(const fs::path& folder) {
  return folder / "tries";
}

struct Vault::State : Unkeyed {
  seal::DeviceKeys keys;
  seal::Key master;
  std::optional<seal::QuickLock> quick;
  bool locked = false;

  // The draft last written to: its key, and where its next entry goes.
  struct OpenDraft {
    DraftId id;
    seal::Key key;
    int64_t number = 0, last = 0;  // entries lie at number · 2³² + 1 … + last
  };
  std::optional<OpenDraft> open;

  static Result<std::unique_ptr<State>> make(const fs::path& folder, const seal::Key& master);
  void take(const seal::Key& new_master);
  Status unlocked() const;  // locked: says so
  Status may_seal();        // conflict: this is a restored copy

  Result<OpenDraft*> draft(const DraftId& id);
  Status remove_draft(const DraftId& id);
  Status keep_received(int64_t sequence);  // inside a transaction
  Status forget_name(const RecordId& record);
  Result<uint64_t> insert_revision(const Sealing& sealing);  // its sequence
  Status open_window(const RecordId& record, const Sealing& sealing);
  Status renew_window(const RecordId& record, const Sealing& sealing);
  Status insert_media(const DraftId& id, const seal::AttachmentHeader& header, const Media& media);
  Status update_media(const DraftId& id, const Media& media);
  Status name_beside(const RecordId& record, uint64_t sequence, const seal::AttachmentRef& ref);
  Status settle_media(const DraftId& draft, uint64_t sequence, const std::vector<seal::AttachmentRef>& kept);
  Status mend_media(const DraftId& id, const seal::AttachmentHeader& place, Media& media);
  void sweep_media() noexcept;             // files that no row names
  std::set<seal::AttachmentId> recording;  // now

  Result<std::optional<Membership>> membership();
};

}  // namespace store
