// Sync: the one algorithm, for a device and for a centre, over any transport.
//
//   SyncReport r = sync(replica, transport, progress);    // safe to stop anywhere and to run again
//
// A place has three folders of write-once bundles: inbox/<device>/ for what devices hand over, outbox/<centre>/ for
// what centres say to everybody (authority, forms, receipts, withdrawals), centres/<centre>/ for what they pass on to
// one another (revisions, wherever they came from). A device writes into the first and reads the second; a centre
// reads all three and writes the last two. Attachments lie beside them in att/. What is already there is not sent again; a broken bundle is told and left, the others go
// on. A bundle under one's own signature that one does not know of stops it: this profile was restored from an older
// copy. A file that only bears one's name is told and passed over. SYNC.md.
#pragma once

#include <optional>

#include "sync/exchange/bundle.h"
#include "sync/exchange/transport.h"

namespace exchange {

// One bundle that leaves, bounded: what is more goes in the next, each whole by itself.
struct Leaving {
  std::string folder;  // "inbox", "outbox", "centres"
  Bytes bundle;        // empty: nothing more to send
};
inline constexpr uint64_t leaving_bytes = uint64_t{16} << 20;  // of items; one that is larger goes alone
inline constexpr size_t leaving_items = 20'000;

// A file that arrives: written a part at a time, taken by close() once it is whole; dropped where it is not closed.
class Arriving {
 public:
  virtual ~Arriving() = default;
  virtual Status write(ByteView part) = 0;
  virtual Status close() = 0;  // corrupt: it is not what its name says
};

// What sync needs of a store; collector/app implements it over the vault and over the central file.
class Replica {
 public:
  virtual ~Replica() = default;
  virtual bool is_centre() const = 0;
  virtual base::DeviceId id() const = 0;
  virtual void place_holds(const std::vector<RemoteFile>&) {}               // the place's bundles, before sending
  virtual Result<Leaving> next_bundle() = 0;
  virtual Status handed_over(const RemoteFile& bundle) = 0;                 // the last one is whole at the other side
  virtual bool seen(const std::string& name) = 0;                           // imported before
  virtual Result<int> admit(const std::string& name, ByteView bundle) = 0;  // all or nothing; new items

  // Attachments, which travel beside the bundles as files of their own: att/HASH.sva.
  virtual Result<std::vector<std::string>> files_to_send() { return std::vector<std::string>(); }
  virtual Result<Source> file(const std::string&) { return Source(); }
  virtual Status file_handed_over(const std::string&) { return {}; }
  virtual Result<std::vector<std::string>> files_wanted() { return std::vector<std::string>(); }
  virtual Result<std::unique_ptr<Arriving>> take_file(const std::string& name) {
    return base::fail(base::Fault::invalid, name, "No file is awaited here.");
  }

  virtual uint64_t last_number() { return UINT64_MAX; }     // of a bundle this replica has made
  // The number of a bundle that bears this replica's own signature; nothing: somebody else made it, or it is damaged.
  virtual std::optional<uint64_t> own_number(ByteView) { return std::nullopt; }
  virtual std::vector<std::string> alarms() { return {}; }  // sentences for people, at the end
};

struct SyncReport {
  int sent = 0, received = 0, items = 0, passed_over = 0;
  uint64_t bytes_sent = 0, bytes_received = 0;
  std::vector<std::string> problems;  // a sentence each, with the bundle's name
  Status outcome;                     // the error that stopped it, if any
};

struct SyncStep {
  std::string_view name;   // "listing", "receiving", "sending"
  int number = 0, of = 0;  // bundles
  uint64_t bytes_done = 0, bytes_total = 0;
};
using StepProgress = std::function<bool(const SyncStep&)>;  // false: stop

SyncReport sync(Replica& replica, Transport& transport, const StepProgress& progress);

}  // namespace exchange
