// What goes into a central file and what it tells of itself: plain values.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sync/record/view.h"

namespace store {

using base::Bytes;
using base::ByteView;
using base::RecordId;
using base::Result;
using base::RevisionId;
using base::Status;

// As in a bundle (BUNDLE.md).
enum class ItemKind : uint8_t {
  revision = 1,
  attachment = 2,
  statement = 4,
  package = 5,
  tombstone = 7,
  head = 8,
  stub = 9
};
struct Item {
  ItemKind kind = ItemKind::revision;
  Bytes bytes;
};

struct PlaceFile {  // a bundle at a place
  std::string name;  // from the root of the place: "inbox/…", "outbox/…", "centres/…"
  uint64_t size = 0;
};

struct Due {  // what a place lacks of what is here
  ItemKind kind = ItemKind::revision;
  base::Hash id;
  int64_t size = 0;
};

struct Carried {  // how items came here
  Carried() = default;
  Carried(std::string bundle, base::DeviceId by = {}, base::Instant when = {}, uint64_t bytes = 0)
      : name(std::move(bundle)), carrier(by), at(when), size(bytes) {}
  Carried(const char* bundle) : name(bundle) {}
  std::string name;        // of the bundle; empty: none
  base::DeviceId carrier;  // whose signature it bears; zeros: nobody's
  base::Instant at;
  uint64_t size = 0;  // of the bundle, as the place it came from tells it
};

struct Imported {
  int revisions = 0, stubs = 0, statements = 0, packages = 0, tombstones = 0, heads = 0;
  int known = 0;        // were here already
  int quarantined = 0;  // wait for who may vouch for them
  int refused = 0;      // no room in the quarantine: the bundle is not marked as read, and is tried again
  int fresh() const { return revisions + stubs + statements + packages + tombstones + heads; }
};

struct Missing {  // "device 7: 41–43, since 12 November"
  record::Gap gap;
  base::Instant since;  // when the first thing arrived that shows it
};

struct Keyslot {  // a revision's content key under a vault key (crypto.h, seal_row)
  RevisionId revision;
  base::KeyId vault_key;
  Bytes wrapped;
};
struct Opening {
  RevisionId revision;
  Bytes bytes;      // the envelope
  Keyslot keyslot;  // wrapped is empty: none yet
};

struct Named {  // a revision that was opened, and the attachments it names
  RevisionId revision;
  std::vector<base::Hash> attachments;
};

struct Quarantined {
  base::Hash id;
  ItemKind kind = ItemKind::revision;
  base::DeviceId device;   // who made it, as it says itself
  base::DeviceId carrier;  // whose bundle brought it
  std::string why;         // "unknown signer", "not published", "salvaged"
  base::Instant at;
  int64_t size = 0;
};
// Bounds of the quarantine: in all, and of one carrier (or, where none is known, of one who claims to have made it).
inline constexpr int64_t quarantine_bytes = int64_t{256} << 20, quarantine_items = 20'000;
inline constexpr int64_t carrier_bytes = int64_t{64} << 20, carrier_items = 5'000;
// Words of nobody we may follow, that strangers brought; a device keeps as many.
inline constexpr int64_t parked_statements = 5'000, parked_bytes = int64_t{16} << 20;
inline constexpr int64_t unmatched_tombstones = 1'000;  // of one carrier

struct Shredded {
  RecordId record;
  base::Instant at;
};

struct Asked {  // a withdrawal and when it came
  record::Withdrawal withdrawal;
  base::Instant at;
};

struct LogLine {
  uint64_t n = 0;
  base::Instant at;
  std::string kind, what;
  bool holds = true;  // its signature, and that it follows the line before
};

struct Backup {
  std::string path;
  base::Instant at;
  int64_t withdrawn_since = 0;  // records that it still holds sealed
};

}  // namespace store
