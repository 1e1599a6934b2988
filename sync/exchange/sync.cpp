#include "sync/exchange/sync.h"

namespace exchange {
namespace {

bool is_bundle(const std::string& name) {
  return name.size() > 4 && name.compare(name.size() - 4, 4, ".svb") == 0;
}

class Run {
 public:
  Run(Replica& replica, Transport& transport, const StepProgress& progress)
      : replica_(replica), transport_(transport), progress_(progress) {}

  SyncReport go() {
    report_.outcome = work();
    return std::move(report_);
  }

 private:
  Status work() {
    // Receiving first: new authority and forms count for what is sent.
    if (auto done = receive("outbox"); !done) return done;
    if (replica_.is_centre())
      if (auto done = receive("inbox"); !done) return done;
    return send();
  }

  bool step(const SyncStep& now) { return !progress_ || progress_(now); }

  Status receive(const std::string& folder) {
    if (!step({"listing", 0, 0, 0, 0})) return cancelled();
    auto files = transport_.list(folder);
    if (!files) return base::pass(files.error());
    std::string own = "/" + replica_.id().hex() + "/";
    std::vector<RemoteFile> wanted;
    uint64_t total = 0;
    for (const RemoteFile& file : *files) {
      if (!is_bundle(file.name) || file.name.find(own) != std::string::npos) continue;
      if (replica_.seen(file.name)) {
        ++report_.passed_over;
        continue;
      }
      wanted.push_back(file);
      total += file.size;
    }
    uint64_t done_bytes = 0;
    for (size_t i = 0; i < wanted.size(); ++i) {
      SyncStep now{"receiving", static_cast<int>(i) + 1, static_cast<int>(wanted.size()), done_bytes, total};
      auto bytes = transport_.get(wanted[i].name, [&](uint64_t done, uint64_t) {
        now.bytes_done = done_bytes + done;
        return step(now);
      });
      if (!bytes) {
        if (bytes.error().fault == base::Fault::missing) continue;  // gone meanwhile: it comes another day
        return base::pass(bytes.error());
      }
      done_bytes += bytes->size();
      report_.bytes_received += bytes->size();
      auto items = replica_.admit(wanted[i].name, *bytes);
      if (!items) {
        // A full disk stops the whole; a broken bundle only itself.
        if (items.error().fault == base::Fault::full || items.error().fault == base::Fault::conflict)
          return base::pass(items.error());
        report_.problems.push_back(wanted[i].name + ": " + items.error().where + ": " + items.error().detail);
        continue;
      }
      ++report_.received;
      report_.items += *items;
    }
    return {};
  }

  Status send() {
    for (;;) {
      auto bundle = replica_.next_bundle();
      if (!bundle) return base::pass(bundle.error());
      if (bundle->empty()) return {};
      auto read = read_bundle(*bundle);
      if (!read) return base::pass(read.error());
      std::string name = std::string(replica_.is_centre() ? "outbox/" : "inbox/") + replica_.id().hex() +
                         "/" + bundle_name(read->number, read->hash);
      SyncStep now{"sending", report_.sent + 1, 0, 0, bundle->size()};
      auto done = transport_.put(name, *bundle, [&](uint64_t sent, uint64_t) {
        now.bytes_done = sent;
        return step(now);
      });
      if (!done) return done;
      ++report_.sent;
      report_.bytes_sent += bundle->size();
      if (auto marked = replica_.handed_over(*bundle); !marked) return marked;
    }
  }

  static Status cancelled() {
    return base::fail(base::Fault::cancelled, "sync",
                      "Stopped. What was sent or received stays; run it again to go on.");
  }

  Replica& replica_;
  Transport& transport_;
  const StepProgress& progress_;
  SyncReport report_;
};

}  // namespace

SyncReport sync(Replica& replica, Transport& transport, const StepProgress& progress) {
  return Run(replica, transport, progress).go();
}

}  // namespace exchange
