// view(): the merge. A pure function of sets, without clocks, files, keys or forms: commutative, associative,
// idempotent. Two coordinators who hold the same things see the same dataset.
//
//   View v = view(revisions, authority, withdrawals);
//   v.fingerprint  →  spoken(v.fingerprint)   // "4821 0937 5562 1048 7730", to be read aloud
//
// Per question the candidates are the values of revisions that changed it and have no descendant, among those
// entitled to supersede, that changed it too. A revision supersedes its parents only if its signer founded
// the record or is a coordinator or reviewer; any other is a listed candidate and never the shown value.
// `resolve` counts only from coordinators and reviewers. Multi-selects merge option by option against the
// common ancestor. Consent: the most restrictive holds. Among concurrent values the shown one is a
// resolution; else by role (coordinator before device); else the larger H("sv1.tie", record ‖ question ‖
// canonical value). Calculated values are ignored: app::dataset computes them again. Cost: linear in answers.
// Not thread-bound. Source: the project's RECORD.md; properties P1–P13 in tests/sync/record.
#pragma once

#include <span>

#include "sync/record/statement.h"

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
  std::vector<Candidate> candidates;  // one or more; sorted by value, then revision
  bool conflict = false;              // entitled candidates differ and no resolution covers them
  bool inherited = false;             // from the nearest held full descendant of a missing ancestor
};

struct RecordView {
  RecordId id;
  base::FormHash form;
  std::string form_id, form_version;
  base::DeviceId founder;
  std::string author;
  base::Instant at;  // of the founding revision
  bool refused = false;
  std::vector<RevisionId> heads;  // sorted
  std::vector<Cell> cells;        // sorted by key
  size_t conflicts() const;
};

struct View {
  std::vector<RecordView> records;  // sorted by id; withdrawn ones are not here
  std::vector<RecordId> withdrawn;  // sorted
  base::Hash fingerprint;
};

// A withdrawal that holds for a record: by its card's key, or by a coordinator or device under authority.
struct Withdrawal {
  RecordId record;
  bool by_card = false;
  base::DeviceId signer;  // when not by card
};

View view(std::span<const Revision> revisions, const Authority& authority,
          std::span<const Withdrawal> withdrawals);

std::string spoken(const base::Hash& hash);  // 20 digits in groups of four

}  // namespace record
