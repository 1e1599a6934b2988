// Central: a coordinator's central file: everything that came in, as received; nothing readable.
//
//   auto central = Central::open(folder / "central.db");
//   central->import(bundle_name, items);      // one transaction: all or nothing; twice changes nothing
//   for (const Envelope& e : *central->envelopes()) …
//
// Envelopes of signers nobody enrolled wait in quarantine until a statement enrols them. A card's tombstone
// shreds its record on arrival, now or later; the 324-byte stub keeps the chain whole. STORE.md.
// One process at a time. Errors: conflict, full, corrupt, locked.
#pragma once

#include <map>

#include "sync/record/authority.h"
#include "sync/store/vault.h"

namespace store {

enum class ItemKind : uint8_t { revision = 1, statement = 4, package = 5, tombstone = 7, head = 8, stub = 9 };
struct Item {
  ItemKind kind = ItemKind::revision;
  Bytes bytes;
};

struct Imported {
  int revisions = 0, statements = 0, packages = 0, tombstones = 0, known = 0, quarantined = 0;
};

struct Gap {  // "device 7: 41–43 missing"
  base::DeviceId device;
  uint64_t first = 0, last = 0;
};

class Central {
 public:
  static Result<std::unique_ptr<Central>> open(const std::filesystem::path& file);
  ~Central();

  // `authority` decides who is known. Statements among the items count at once.
  Result<Imported> import(const std::string& name, const std::vector<Item>& items,
                          const base::ProjectId& project, const seal::PublicSign& root);
  bool imported(const std::string& name);

  Result<std::vector<Bytes>> envelopes();  // of enrolled devices
  Result<std::vector<Bytes>> statements();
  Result<std::vector<Bytes>> packages();
  Result<std::vector<Bytes>> tombstones();
  Result<Bytes> package(const base::Hash& id);
  Result<std::vector<Gap>> gaps();  // sequences that did not come
  Result<std::map<base::DeviceId, std::pair<uint64_t, RevisionId>>> frontiers();  // contiguous from 1
  Result<int64_t> quarantined();
  Status add_statement(ByteView signed_statement);
  Status add_package(const base::Hash& id, ByteView bytes);
  Status add_envelope(ByteView envelope);                 // the coordinator's own
  Status log(const std::string& what, base::Instant at);  // who exported what; ids and counts only
  Status backup_to(const std::filesystem::path& file);    // checked; a receipt may name what it holds
  Status set_note(const std::string& name, ByteView value);
  Bytes note(const std::string& name);

 private:
  struct State;
  explicit Central(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace store
