// Vault: one profile's own file on a laptop: drafts while they live, sealed interviews until the centre has
// them.
//
//   auto vault = Vault::create(folder, passphrase, cost, random);    // or Vault::open(folder, words, now)
//   vault->begin_draft(id, info);  vault->append(id, {entry});        // returns after COMMIT: now the tick
//   may show vault->finish(id, finished);                                      // one transaction: sealed in,
//   draft out
//
// Every row of a draft is sealed under a key of its own draft; finishing overwrites and deletes that key, so
// what was typed can no longer be read here, passphrase or not. Envelopes, statements and the chain's head
// lie in tables that need no passphrase, so that sealed interviews can be handed over from a locked profile.
// One process at a time. Not thread-safe. Errors: locked, conflict (open elsewhere), full, corrupt. STORE.md.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "sync/record/revision.h"
#include "sync/record/statement.h"
#include "sync/seal/envelope.h"
#include "sync/seal/profile_key.h"

namespace store {

using base::Bytes;
using base::ByteView;
using base::DraftId;
using base::RecordId;
using base::Result;
using base::RevisionId;
using base::Status;

struct Membership {  // of the project this profile works in
  base::ProjectId project;
  std::string name;
  seal::PublicSign root;
  bool demo = false, coordinator = false;
  base::Hash request;  // of the enrolment request: the chain's first `previous`
};

struct DraftInfo {
  std::string form_id, form_version, title, name;  // name: case code or instance name, once known
  base::FormHash form;
  base::Hash package;  // of the form package; zeros: practice or a loose file
  base::Instant begun;
  Bytes withdrawal_seed;  // of the key in the header; sealed with the draft, gone with it
};
struct DraftSummary {
  DraftId id;
  DraftInfo info;
  int64_t entries = 0;
};

enum class Delivery : uint8_t { on_laptop = 0, handed_over = 1, received = 2 };

struct Finished {  // what the vault still knows of a finished interview
  RecordId record;
  RevisionId last;
  std::string title, name;
  base::Instant at;
  Delivery delivery = Delivery::on_laptop;
  bool refused = false;
};
struct Sealed {
  RevisionId id;
  RecordId record;
  uint64_t sequence = 0;
  Bytes bytes;
  Delivery delivery = Delivery::on_laptop;
};

class Vault {
 public:
  static Result<std::unique_ptr<Vault>> create(const std::filesystem::path& folder,
                                               std::string_view passphrase, seal::ArgonCost cost,
                                               base::Random& random);
  static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder, std::string_view passphrase,
                                             base::Instant now);
  static bool is_vault(const std::filesystem::path& folder);
  static int wait_seconds(const std::filesystem::path& folder,
                          base::Instant now);  // back-off after wrong words
  ~Vault();

  const seal::DeviceKeys& keys() const;

  Status set_membership(const Membership& membership);
  Result<std::optional<Membership>> membership();
  Status set_setting(const std::string& name, const std::string& value);  // sealed
  std::string setting(const std::string& name);

  Status put_statements(const std::vector<Bytes>& signed_statements);  // known ones are passed over
  Result<std::vector<Bytes>> statements();
  Status put_package(const base::Hash& id, ByteView bytes);
  Result<Bytes> package(const base::Hash& id);  // missing

  Status begin_draft(const DraftId& id, const DraftInfo& info);
  Status update_draft(const DraftId& id, const DraftInfo& info);
  Status append(const DraftId& id, const std::vector<record::Entry>& entries);  // on disk when it returns
  Result<std::vector<record::Entry>> journal(const DraftId& id);
  Result<std::vector<DraftSummary>> drafts();
  Status drop_draft(const DraftId& id);

  uint64_t next_sequence();
  base::Hash head();  // hash the next envelope names as previous
  // One transaction: the envelope in, the head on, the draft and its key out. `kept`: the content, readable
  // for the window of reopening; empty for none.
  Status finish(const DraftId& id, ByteView envelope, const Finished& summary, ByteView kept);
  Status add_revision(ByteView envelope, const Finished& summary, ByteView kept);  // an amendment
  Result<std::vector<Finished>> finished();                                        // newest first
  Result<Bytes> kept(const RecordId& record);  // missing once the window closed
  Status close_window(const RecordId& record);

  Result<std::vector<Sealed>> outbox();  // not yet received by the centre
  Status mark(const std::vector<RevisionId>& revisions, Delivery delivery);
  Status apply_receipt(uint64_t sequence);  // everything up to it: received, windows closed
  uint64_t next_bundle_number();
  bool seen(const std::string& remote_name);
  Status mark_seen(const std::string& remote_name);

 private:
  struct State;
  explicit Vault(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Shared with the central file: a key file in two generations, written whole or not at all.
Status write_atomically(const std::filesystem::path& path, ByteView bytes);
Result<Bytes> read_whole(const std::filesystem::path& path);

}  // namespace store
