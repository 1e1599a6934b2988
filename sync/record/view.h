// view(): the merge. A pure function of sets, without clocks, files, keys or forms: commutative, associative,
// idempotent. Two coordinators who hold the same things see the same dataset. RECORD.md says the rules.
//
//   RecordView one = view_record(std::move(revisions), authority);      // one record's counted revisions
//   View all = view({.revisions = revisions, .withdrawals = withdrawals}, authority);
//   spoken(all.fingerprint)                                             // "4821 0937 …", to be read aloud
//
// Per question the candidates are the values of revisions that changed it and that no revision entitled to
// supersede knew and changed again. Entitled are coordinators and reviewers, the device that founded the
// record, and a device a send-back names for it; any other's value is listed and never shown. Among different
// concurrent values the shown one is a resolution; else by role; else the larger H("sv1.tie", record ‖ key ‖
// canonical value): a conflict, until a resolution that knew them all. Calculated values are passed over:
// app::dataset computes them again. Cost: linear in answers. Values in, values out; any thread.
// Incremental over a large dataset: merge.h. Properties P1–P15: tests/sync/record.
#pragma once

#include <span>

#include "sync/record/chain.h"

namespace record {

struct Candidate {
  Value value;
  Origin origin = Origin::given;
  RevisionId revision;
  base::DeviceId device;
  std::string author;
  base::Instant at;
  bool entitled = true;  // may be the shown value
};

struct Cell {
  Key key;
  Value shown;  // cleared: nothing is shown
  Origin origin = Origin::given;
  std::vector<Candidate>
      candidates;          // sorted by value, then revision; empty: the shown value is the only one
  bool conflict = false;   // entitled candidates differ and no resolution covers them
  bool inherited = false;  // from a full revision whose ancestor is not held
};

struct RecordView {
  RecordId id;
  FormHash form;                      // the newest the migrations lead to
  std::string form_id, form_version;  // the version it was held under
  base::DeviceId founder;             // zeros: unknown
  std::string author;
  base::Instant at;  // of the founding revision
  bool refused = false;
  bool incomplete = false;        // its founding revision is not here
  std::vector<RevisionId> heads;  // sorted
  std::vector<Cell> cells;        // sorted by key; "@link" holds what was decided about likely duplicates
  size_t conflicts() const;
};

// A withdrawal, as its tombstone says: by the record's card, by a coordinator, or asked for by a device.
struct Withdrawal {
  RecordId record;
  bool by_card = false;
  base::DeviceId signer;  // when not by card
  auto operator<=>(const Withdrawal&) const = default;
};
// A card's always holds; a coordinator's while unrevoked; a device's while unrevoked, for what it founded.
bool holds(const Withdrawal& withdrawal, const Authority& authority, const base::DeviceId& founder);

struct View {
  std::vector<RecordView> records;  // sorted by id; withdrawn ones are not here
  std::vector<RecordId> withdrawn;  // sorted
  base::Hash fingerprint;
};

struct Holdings {
  std::span<const Revision> revisions;  // opened
  std::span<const Link> unopened;       // held, but stubs, or sealed to a key that is not here
  std::span<const seal::Head> heads;
  std::span<const Withdrawal> withdrawals;
};

RecordView view_record(std::vector<Revision> counted, const Authority& authority);
View view(const Holdings& holdings, const Authority& authority);
Link link_of(const Revision& revision);

// What a coordinator decides about two records with one case code: a cell of the record with the smaller id.
Key link_key(const RecordId& larger);

std::string spoken(const base::Hash& hash);  // 20 digits in groups of four

}  // namespace record
