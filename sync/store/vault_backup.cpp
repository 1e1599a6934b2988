// A safe copy of a profile: what is sealed, and the key it was sealed by; nothing that could still be read here.
#include "sync/store/backup.h"
#include "sync/store/vault_state.h"

namespace store {

using base::Fault;

Status Vault::State::may_seal() {
  auto restored = counter("restored");
  if (!restored) return base::pass(restored.error());
  if (*restored == 0) return {};
  return base::fail(
      Fault::conflict, folder.filename().string(),
      "This profile was restored from a backup: it hands over what it holds. Make a new profile and "
      "enrol it for new interviews.");
}

bool Vault::is_restored() {
  auto restored = state_->counter("restored");
  return restored && *restored != 0;
}

Status Vault::backup_to(const fs::path& folder) try {
  State& s = *state_;
  if (auto done = make_private_folder(media_folder(folder)); !done) return done;
  // Drafts and windows stay out: a copy would outlive the destruction of their keys. So does the chain's right to
  // go on: two living copies of one device would fork it.
  auto done = s.db->backup_to(
      database_file(folder),
      {"DELETE FROM window", "DELETE FROM entry", "DELETE FROM draft", "DELETE FROM media WHERE draft<>x''",
       "DELETE FROM meta WHERE name='restored'", "INSERT INTO meta VALUES('restored', x'0100000000000000')"});
  if (!done) return done;
  auto waiting = media_outbox();
  if (!waiting) return base::pass(waiting.error());
  for (const SealedMedia& media : *waiting) {
    seal::AttachmentHash hash;
    fs::path copy = media_file(folder, media.id);
    if (auto copied = copy_whole(media.file, copy); !copied) return copied;
    auto read = each_piece(copy, [&](ByteView piece) {
      hash.add(piece);
      return Status();
    });
    if (!read) return read;
    if (hash.take() != media.hash)
      return base::fail(Fault::corrupt, copy.string(), "An attachment's copy is not what was sealed.");
  }
  auto key = read_whole(key_file(s.folder), seal::profile_key_size);
  if (!key) return base::pass(key.error());
  return write_atomically(key_file(folder), *key);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
