// Central: a coordinator's central file: everything that came in, as received; nothing readable.
//
//   auto central = Central::open(folder / "central.db");
//   central->import({.name = bundle, .carrier = who, .at = now}, items, project, root);   // all or nothing
//   central->each_link(0, [&](const Central::Arrived& a) { merge.add(a.link); });
//   for (const Opening& o : *central->openings(work.counted)) …          // sealed bytes, and a key slot if any
//
// Importing twice changes nothing. What nobody may vouch for yet waits in a bounded quarantine until a statement
// does. A withdrawn record's payloads, key slots and quarantined items go on admission (a card's) or on a person's
// word (shred()), in one transaction, with the stubs that keep the chains whole left behind. STORE.md.
// One process at a time; not thread-safe. Errors: conflict (open elsewhere), full, corrupt, locked.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "sync/record/merge.h"
#include "sync/seal/withdrawal.h"
#include "sync/store/central_items.h"
#include "sync/store/files.h"

namespace store {

class ArrivingAttachment;  // arriving.h

class Central {
 public:
  static Result<std::unique_ptr<Central>> open(const std::filesystem::path& file);
  ~Central();
  const std::filesystem::path& path() const;

  // -- What comes in. Statements among the items count at once.
  Result<Imported> import(const Carried& from, const std::vector<Item>& items, const base::ProjectId& project,
                          const seal::PublicSign& root);
  bool imported(const std::string& name);
  Status add_statement(ByteView signed_statement);  // the coordinator's own
  Status add_package(const base::Hash& id, ByteView bytes);
  Status add_envelope(ByteView envelope);

  // -- Revisions, by what stands in clear on them.
  struct Arrived {
    int64_t n = 0;  // rises with every arrival; 0 is before the first
    record::Link link;
    base::Instant at;
  };
  Status each_link(int64_t after, const std::function<void(const Arrived&)>& use);
  Result<std::vector<seal::Head>> heads();
  Result<std::vector<Opening>> openings(std::span<const RevisionId> revisions);  // whole ones, in any order
  Result<std::vector<Bytes>> envelopes();                                        // whole ones, by chain
  Result<std::vector<Bytes>> envelopes_of(const RecordId& record);
  Result<int64_t> revisions();  // whole ones
  Result<std::vector<Missing>> gaps(const record::Authority& authority);
  // What a receipt may name: up to the first that is missing, or was not opened, or lacks an attachment it names.
  Result<std::vector<record::Frontier>> frontiers(const record::Authority& authority);
  Result<record::Chains> chains(const record::Authority& authority);  // judged

  // -- Content keys, wrapped again under this file's own keys (one an epoch), so that an epoch's secret can go.
  Status put_keyslots(const std::vector<Keyslot>& slots);
  Result<std::vector<Keyslot>> keyslots(const base::KeyId& vault_key);
  Result<int64_t> sealed_to(const std::array<uint8_t, 4>& epoch);  // whole revisions
  Result<std::vector<RevisionId>> without_keyslot(
      const std::array<uint8_t, 4>& epoch);  // sealed to that epoch
  Status put_vault_key(const base::KeyId& epoch, ByteView sealed);
  Result<std::map<base::KeyId, Bytes>> vault_keys();
  Status drop_vault_key(const base::KeyId& epoch);

  // -- Attachments: sealed files beside the central file, under the hash of their bytes.
  Status note_opened(const std::vector<Named>& revisions);  // what each names; nothing: it has none
  Result<std::set<RecordId>> not_opened();  // records with a revision of which nobody has noted that
  Result<std::vector<base::Hash>> attachments_wanted();  // named, and its file is not here
  struct Unwell {
    base::Hash hash;
    RecordId record;
    bool is_there = false;  // and damaged; else missing
  };
  Result<std::vector<Unwell>> unwell_attachments();  // reads every file
  Status settle_attachments(const std::filesystem::path& own, const std::filesystem::path& other);  // restored
  Result<std::unique_ptr<ArrivingAttachment>> arriving(const base::Hash& hash);  // a part at a time
  Status put_attachment(const base::Hash& hash, ByteView bytes);  // corrupt: they are not what the hash says
  Result<std::unique_ptr<OpenFile>> open_attachment(const base::Hash& hash);  // read through first: it is whole
  Result<Bytes> attachment(const base::Hash& hash);                           // a small one
  static std::filesystem::path attachment_file(const std::filesystem::path& media, const base::Hash& hash);
  static std::filesystem::path media_folder(const std::filesystem::path& central);  // central.media

  // -- Words, forms, withdrawals.
  Result<std::vector<Bytes>> statements();
  Result<std::vector<Bytes>> packages();
  Result<Bytes> package(const base::Hash& id);
  Result<std::vector<Bytes>> tombstones();
  Result<std::vector<record::Withdrawal>> withdrawals();
  Result<std::vector<Asked>> asked();  // the same, with when each came
  // First bytes of the key ids its revisions were sealed to; of stubs too.
  Result<std::set<std::array<uint8_t, 4>>> epochs_of(const RecordId& record);
  Status shred(const RecordId& record, base::Instant at);
  Result<std::vector<Shredded>> shredded();  // newest first
  int64_t shreds();  // how often anything was taken out: what was read before is stale; -1: nobody can tell now

  // -- Quarantine.
  Result<int64_t> quarantined();
  Result<std::vector<Quarantined>> quarantine();
  Status put_in_quarantine(const Item& item, const Carried& from, const std::string& why);
  Result<Item> take_from_quarantine(const base::Hash& id);  // it stays until import() has it
  Status drop_from_quarantine(const base::Hash& id);

  // -- What a place lacks. `there`: the files that lie at it; `self`: whose centre this is. Words are for everybody,
  // each centre says all of them; revisions, stubs and heads for other centres, as far as one of them has not confirmed
  // them and no bundle at that place carries them. Cost: members and what is not confirmed.
  Result<std::vector<Due>> words_due(const std::vector<PlaceFile>& there, const base::DeviceId& self);
  Result<std::vector<Due>> revisions_due(const std::vector<PlaceFile>& there,
                                         const record::Authority& authority, const base::DeviceId& self,
                                         const std::set<base::DeviceId>& forked);
  Result<std::vector<base::Hash>> attachments_due(const record::Authority& authority,
                                                  const base::DeviceId& self,
                                                  const std::set<base::DeviceId>& forked);
  Result<std::vector<Item>> items(std::span<const Due> due);
  Status handed_over(const PlaceFile& bundle, std::span<const Due> items);

  // -- What was exported, what copies there are.
  Status log(const std::string& kind, const std::string& what, base::Instant at,
             const seal::DeviceKeys& keys);
  Result<std::vector<LogLine>> log_lines(const seal::PublicSign& signer);  // oldest first, each checked
  // With its attachments, each looked at: a receipt may name what it holds. missing: the folder is not there.
  Status backup_to(const std::filesystem::path& file, base::Instant at);
  Status note_backup(const std::string& path, base::Instant at);  // a copy that came about in another way
  Result<std::vector<Backup>> backups();  // that this file made, with how many withdrawals came after
  Status forget_backup(const std::string& path);
  Status begin_anew();  // in other hands: no log, no copies, nothing sent yet
  Status set_note(const std::string& name, ByteView value);
  Bytes note(const std::string& name);

 private:
  friend class Import;
  friend class ArrivingAttachment;
  Status copy_attachments(const std::filesystem::path& backup, base::Instant at);
  Status mend(const std::vector<RevisionId>& damaged, const std::filesystem::path& earlier);
  struct State;
  explicit Central(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace store
