#include "sync/exchange/sync.h"

#include <charconv>
#include <set>

#include "forms/base/memory.h"

namespace exchange {
namespace {

bool is_bundle(const std::string& name) {
  return name.size() > 4 && name.compare(name.size() - 4, 4, ".svb") == 0;
}

// The number a bundle's name begins with; none: 0.
uint64_t number_in(std::string_view name) {
  uint64_t number = 0;
  auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc::result_out_of_range ? UINT64_MAX : number;
}

class Run {
 public:
  Run(Replica& replica, Transport& transport, const StepProgress& progress)
      : replica_(replica), transport_(transport), progress_(progress) {}

  SyncReport go() {
    try {
      report_.outcome = work();
    } catch (const std::bad_alloc&) {
      report_.outcome = base::no_memory();
    }
    return std::move(report_);
  }

 private:
  Status work() {
    // Receiving first: new authority and forms count for what is sent.
    if (auto done = receive("outbox"); !done) return done;
    if (replica_.is_centre()) {
      if (auto done = receive("inbox"); !done) return done;
      if (auto done = receive("centres"); !done) return done;
    } else {
      auto own = transport_.list("inbox/" + replica_.id().hex());
      if (!own) return base::pass(own.error());
      if (auto known = look_for_own(*own); !known) return known;
    }
    if (auto done = fetch_files(); !done) return done;
    replica_.place_holds(there_);
    if (auto done = send_files(); !done) return done;
    auto done = send();
    for (std::string& alarm : replica_.alarms()) report_.problems.push_back(std::move(alarm));
    return done;
  }

  // What one has made oneself and does not know of shows that one was restored from an older copy. A name proves
  // nothing, anybody can write one: the bundle's own signature does.
  Status look_for_own(const std::vector<RemoteFile>& files) {
    std::string own = "/" + replica_.id().hex() + "/";
    for (const RemoteFile& file : files) {
      size_t at = file.name.find(own);
      if (at == std::string::npos || !is_bundle(file.name)) continue;
      if (number_in(std::string_view(file.name).substr(at + own.size())) <= replica_.last_number()) continue;
      auto bytes = transport_.get(file.name, [&](uint64_t done, uint64_t total) {
        return step({"listing", 0, 0, done, total});
      });
      if (!bytes && bytes.error().fault != base::Fault::missing) return base::pass(bytes.error());
      auto number = bytes ? replica_.own_number(*bytes) : std::nullopt;
      if (number && *number > replica_.last_number())
        return base::fail(
            base::Fault::conflict, file.name,
            "This profile has sent more than it knows of: it was restored from an older copy. Do not go on "
            "with it; make a new profile and have it enrolled. What was sent is safe.");
      passed_over_.insert(file.name);
      report_.problems.push_back(file.name +
                                 ": it bears this profile's name, and this profile did not make it: damaged, or "
                                 "put there by somebody. It is passed over.");
    }
    return {};
  }

  Status fetch_files() {
    auto wanted = replica_.files_wanted();
    if (!wanted) return base::pass(wanted.error());
    for (size_t i = 0; i < wanted->size(); ++i) {
      SyncStep now{"receiving", static_cast<int>(i) + 1, static_cast<int>(wanted->size()), 0, 0};
      auto arriving = replica_.take_file((*wanted)[i]);
      if (!arriving) return base::pass(arriving.error());
      uint64_t size = 0;
      auto fetched = transport_.get_to(
          (*wanted)[i],
          [&](ByteView part) {
            size += part.size();
            return (*arriving)->write(part);
          },
          [&](uint64_t done, uint64_t total) {
            now.bytes_done = done;
            now.bytes_total = total;
            return step(now);
          });
      if (!fetched) {
        if (fetched.error().fault == base::Fault::missing)
          continue;  // it lies in another place, or comes later
        return fetched;
      }
      report_.bytes_received += size;
      if (auto taken = (*arriving)->close(); !taken) {
        if (taken.error().fault == base::Fault::full) return taken;
        report_.problems.push_back((*wanted)[i] + ": " + taken.error().where + ": " + taken.error().detail);
      } else {
        ++report_.received;
      }
    }
    return {};
  }

  // Before the bundles that name them. A centre passes on what devices brought elsewhere: what lies there already
  // stays as it is.
  Status send_files() {
    auto files = replica_.files_to_send();
    if (!files) return base::pass(files.error());
    std::set<std::string> there;
    if (replica_.is_centre() && !files->empty()) {
      auto listed = transport_.list("att");
      if (!listed) return base::pass(listed.error());
      for (const RemoteFile& file : *listed) there.insert(file.name);
    }
    for (const std::string& name : *files) {
      if (there.count(name)) continue;
      auto source = replica_.file(name);
      if (!source && replica_.is_centre() && source.error().fault != base::Fault::full) {
        report_.problems.push_back(name + ": " + source.error().where + ": " + source.error().detail);
        continue;  // the others are not kept back by it
      }
      if (!source) return base::pass(source.error());
      SyncStep now{"sending", report_.sent + 1, 0, 0, source->size};
      auto done = transport_.put_from(name, *source, [&](uint64_t sent, uint64_t) {
        now.bytes_done = sent;
        return step(now);
      });
      if (!done) return done;
      ++report_.sent;
      report_.bytes_sent += source->size;
      if (auto marked = replica_.file_handed_over(name); !marked) return marked;
    }
    return {};
  }

  bool step(const SyncStep& now) { return !progress_ || progress_(now); }

  Status receive(const std::string& folder) {
    if (!step({"listing", 0, 0, 0, 0})) return cancelled();
    auto files = transport_.list(folder);
    if (!files) return base::pass(files.error());
    if (auto own = look_for_own(*files); !own) return own;
    // A centre reads its own too where it does not know them: it was put back to a copy, and passed them on before.
    std::string own = "/" + replica_.id().hex() + "/";
    std::vector<RemoteFile> wanted;
    uint64_t total = 0;
    for (const RemoteFile& file : *files) {
      if (!is_bundle(file.name) || passed_over_.count(file.name)) continue;
      if (!replica_.is_centre() && file.name.find(own) != std::string::npos) continue;
      there_.push_back(file);
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
      auto leaving = replica_.next_bundle();
      if (!leaving) return base::pass(leaving.error());
      const Bytes& bundle = leaving->bundle;
      if (bundle.empty()) return {};
      auto read = read_bundle(bundle);
      if (!read) return base::pass(read.error());
      RemoteFile file{leaving->folder + "/" + replica_.id().hex() + "/" + bundle_name(read->number, read->hash),
                      bundle.size()};
      SyncStep now{"sending", report_.sent + 1, 0, 0, bundle.size()};
      auto done = transport_.put(file.name, bundle, [&](uint64_t sent, uint64_t) {
        now.bytes_done = sent;
        return step(now);
      });
      if (!done) return done;
      ++report_.sent;
      report_.bytes_sent += bundle.size();
      if (auto marked = replica_.handed_over(file); !marked) return marked;
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
  std::vector<RemoteFile> there_;      // bundles at the place, as they were listed
  std::set<std::string> passed_over_;  // that bear one's name and are not one's own
};

}  // namespace

SyncReport sync(Replica& replica, Transport& transport, const StepProgress& progress) {
  return Run(replica, transport, progress).go();
}

}  // namespace exchange
