// Vault: one profile's own file on a laptop: drafts while they live, sealed interviews until the centre has them.
//
//   auto vault = Vault::create(folder, passphrase, cost, random);   // or Vault::open(folder, passphrase, now)
//   vault->begin_draft(id, info);
//   vault->append(id, {entry});        // returns after COMMIT: now the tick may show
//   vault->finish(id, sealing);        // one transaction: the envelope in, the draft and its key out
//
// Every row of a draft is sealed under a key of its own draft; finishing overwrites and deletes that key, so what
// was typed can no longer be read here, passphrase or not, once the window (interviews.h) has closed. Envelopes,
// statements and the chain's head lie in tables that need no passphrase: outbox.h hands them over from a locked
// profile. While locked everything that needs a key is Fault::locked. One process at a time; not thread-safe.
// Errors: locked, conflict (open elsewhere; out of order), missing, full, corrupt. STORE.md.
#pragma once

#include "sync/seal/profile_key.h"
#include "sync/store/interviews.h"
#include "sync/store/recording.h"

namespace store {

class Vault {
 public:
  // -- The profile and its keys.
  static Result<std::unique_ptr<Vault>> create(const std::filesystem::path& folder,
                                               std::string_view passphrase, seal::ArgonCost cost,
                                               base::Random& random);
  static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder, std::string_view passphrase,
                                             base::Instant now);
  static bool is_vault(const std::filesystem::path& folder);
  static int wait_seconds(const std::filesystem::path& folder, base::Instant now);  // after wrong words
  // The key files destroyed: nothing here is ever read again; what is sealed can still be handed over.
  static Status purge(const std::filesystem::path& folder);
  ~Vault();

  const seal::DeviceKeys& keys() const;  // while locked only the public parts stand there
  Status change_passphrase(std::string_view old_words, std::string_view new_words, seal::ArgonCost cost,
                           base::Instant now);
  Status set_quick_code(std::string_view code);  // for this session; in memory only (seal/quick_lock.h)
  void lock();                                   // every key wiped, held windows closed
  bool is_locked() const;
  bool has_quick_code() const;  // set, and tries are left
  Status unlock(std::string_view passphrase, base::Instant now);
  Status unlock_quick(std::string_view code);

  // -- The project.
  Status set_membership(const Membership& membership);
  Result<std::optional<Membership>> membership();
  Status set_setting(const std::string& name, const std::string& value);  // sealed
  std::string setting(const std::string& name);
  Status put_statements(const std::vector<Bytes>& signed_statements);  // known ones are passed over
  Result<std::vector<Bytes>> statements();
  Status put_package(const base::Hash& id, ByteView bytes);
  Result<Bytes> package(const base::Hash& id);  // missing

  // -- Drafts.
  Status begin_draft(const DraftId& id, const DraftInfo& info);
  Status update_draft(const DraftId& id, const DraftInfo& info);
  Status append(const DraftId& id, const std::vector<record::Entry>& entries);  // on disk when it returns
  Result<std::vector<record::Entry>> journal(const DraftId& id);
  // The same rows as they open, in order, without keeping them: for what is larger than memory likes.
  Status each_row(const DraftId& id, const std::function<void(ByteView plain)>& use);
  Result<std::vector<DraftSummary>> drafts();
  Status drop_draft(const DraftId& id);

  // -- Attachments of a draft (recording.h). Sealed as they come; `name` is an answer, never a path.
  Result<std::unique_ptr<Recording>> begin_media(const DraftId& id, const seal::AttachmentHeader& header,
                                                 const std::string& name);
  Result<std::vector<Media>> media(const DraftId& id);  // whole ones; what was cut is mended first
  Status read_media(const DraftId& id, const seal::AttachmentId& media, const seal::AttachmentSink& sink);
  // The same for a finished interview, with what its readable content says of it.
  Status read_media(const seal::AttachmentHeader& place, const seal::AttachmentRef& ref,
                    const seal::AttachmentSink& sink);

  // -- Finishing, the window, and after it.
  uint64_t next_sequence();     // 0: the file does not read; what is sealed under it is refused
  base::Hash head();            // hash the next envelope names as previous
  Result<Bytes> signed_head();  // SVH1 of the newest envelope that may leave; empty: none yet
  Status finish(const DraftId& id, const Sealing& sealing);
  // What of an amendment does not fit into its envelope, sealed into a file; swept where no add_revision() names it.
  Result<seal::AttachmentRef> put_beside(const seal::AttachmentHeader& header, ByteView plain);
  Status add_revision(const Sealing& sealing);                        // an amendment
  Result<std::vector<Finished>> finished();                           // newest first
  Result<Bytes> readable(const RecordId& record, base::Instant now);  // missing once the window has closed
  Status observe(base::Instant now);  // closes windows that are over, all of them on a backward clock
  Status close_windows();             // every one, now
  Status close_held_windows();        // a minor's: its interview may leave
  Result<Readable> travel_check(base::Instant now);  // closes every window and tells what is left to read
  Status shred(const RecordId& record);              // withdrawn: stubs stay, everything else of it goes

  // -- On its way to the centre.
  // Not yet received by the centre, in order; held ones not among them.
  Result<std::vector<Sealed>> outbox(const OutboxPage& page = {});
  Result<std::vector<SealedMedia>> media_outbox();
  Status mark(const std::vector<RevisionId>& revisions, Delivery delivery);
  Status mark_media(const std::vector<seal::AttachmentId>& media, Delivery delivery);
  // A verified backup of a centre holds this device's chain up to here: received, windows closed; the sealed bytes
  // are kept for a while. conflict: the revision is not that sequence of this chain, and nothing changes.
  Status apply_receipt(uint64_t sequence, const RevisionId& revision);
  // What was received and is still here, sealed: for a centre whose disk died. By chain.
  Result<std::vector<Sealed>> kept();
  Result<std::vector<SealedMedia>> kept_media();
  // What was received `ms` ago or earlier, by the largest time this vault has seen, goes; how many interviews.
  Result<int64_t> drop_kept(int64_t ms);
  uint64_t next_bundle_number();
  uint64_t last_bundle_number();
  bool seen(const std::string& remote_name);
  Status mark_seen(const std::string& remote_name);

  // -- Safe copies (STORE.md, "Backups").
  Status backup_to(
      const std::filesystem::path& folder);  // sealed interviews and the profile's key; no drafts
  bool is_restored();                        // opened from a backup: it hands over, and seals nothing new

 private:
  friend class Recording;
  struct State;
  Status settle(base::Instant now);
  explicit Vault(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace store
