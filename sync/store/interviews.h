// What a vault knows of interviews: plain values, from the first question to the centre's receipt.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "sync/record/revision.h"
#include "sync/seal/attachment.h"
#include "sync/seal/envelope.h"

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
  bool damaged = false;  // its row does not open; the others do
};

enum class Delivery : uint8_t { on_laptop = 0, handed_over = 1, received = 2 };

// What the vault still knows of a finished interview: enough to name it, to follow it to the centre, and to
// amend it without reading it.
struct Finished {
  RecordId record;
  RevisionId last;
  std::string title, name;
  base::Instant at;
  Delivery delivery = Delivery::on_laptop;
  bool refused = false;
  seal::PublicSign withdrawal = {};  // in every header of the record; tells nothing
  base::FormHash form = {};
  std::string form_id = {}, form_version = {};
  bool withdrawn = false;             // shredded here
  base::Instant readable_until = {};  // zero: it can no longer be read here
};

// How long a finished interview can be read and corrected on its device (STORE.md, "The window").
struct Window {
  int64_t ms = 0;  // zero: not at all
  enum class Leaving : uint8_t { at_once, when_closed } leaving = Leaving::at_once;
};
inline constexpr int64_t minors_window_ms = int64_t{10} * 60 * 1000;
inline constexpr int64_t longest_window_ms = 168LL * 3600 * 1000;

struct Sealing {  // one revision going into the vault
  ByteView envelope;
  Finished summary;
  ByteView readable = {};  // its content, kept under a key of its own while the window is open
  Window window = {};
  base::Instant now = {};
  std::vector<seal::AttachmentRef> attachments = {};  // that the revision names; others of the draft go
  std::optional<seal::AttachmentRef> beside = {};     // of an amendment: what put_beside() made of its overflow
};

struct Sealed {  // one revision waiting for the centre
  RevisionId id;
  RecordId record;
  uint64_t sequence = 0;
  Bytes bytes;
  Delivery delivery = Delivery::on_laptop;
  bool stub = false;  // withdrawn: the 324 bytes that keep the chain whole
};

struct OutboxPage {  // what waits, a part at a time; as it stands, all of it
  uint64_t after = 0;                // sequences above it
  int64_t bytes = INT64_MAX;         // at most; one that is larger comes alone
  int64_t items = INT64_MAX;         // at most
  // on_laptop: only what was not handed over yet; received: also what was and is still here (vault_kept.cpp).
  Delivery at_most = Delivery::handed_over;
};

struct SealedMedia {  // one attachment waiting for the centre, as a file
  seal::AttachmentId id;
  RecordId record;
  base::Hash hash;
  uint64_t size = 0;
  std::filesystem::path file;
  Delivery delivery = Delivery::on_laptop;
};

// What somebody who has this laptop and the passphrase could read: the travel check shows it.
struct Readable {
  std::vector<DraftSummary> drafts;
  std::vector<Finished> known;  // names and dates of finished interviews; their answers are sealed
  int64_t closed = 0;           // windows that the check has just closed
};

}  // namespace store
