// Transport: a place that keeps write-once files by name: a stick, a share, a WebDAV collection. It sees
// bytes and names, never an answer: this is the only header a transport may include besides forms/base.
//
//   auto t = open_transport("/media/stick/rihla", options);   t->put("inbox/ab12…/0000000007-9c1f.svb",
//   bytes, p);
//
// Large files go a part at a time and are never whole in memory: get_to() and put_from() are what a transport
// implements, get() and put() of bytes rest on them. put is atomic: after it returns the whole file is there, and
// until then nothing of that name is. A name is written once: the same bytes again succeed, other bytes are Fault::conflict. Names are ASCII, '/'
// separates folders, ".." is refused. Errors: offline (no answer, cut), full, locked (no permission),
// missing.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "forms/base/bytes.h"
#include "forms/base/error.h"

namespace exchange {

struct RemoteFile {
  std::string name;  // full, from the root of the place
  uint64_t size = 0;
};

// Called with bytes done and in all; returning false stops the work with Fault::cancelled, damaging nothing.
using Progress = std::function<bool(uint64_t done, uint64_t total)>;

// Where bytes come from, a part at a time: read whole, and once more where they are compared with what is there.
struct Source {
  uint64_t size = 0;
  std::function<base::Status(uint64_t at, std::span<uint8_t> into)> read;  // so many bytes from there on
};
inline Source source_of(base::ByteView bytes) {  // borrowed
  return {bytes.size(), [bytes](uint64_t at, std::span<uint8_t> into) -> base::Status {
            std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), into.size(), into.begin());
            return {};
          }};
}
using Sink = std::function<base::Status(base::ByteView)>;  // where they go; an error ends the work and is its error
inline constexpr uint64_t largest_in_memory = uint64_t{1} << 30;

class Transport {
 public:
  virtual ~Transport() = default;
  virtual std::string describe() const = 0;  // for people: "folder /media/stick/rihla"
  virtual base::Result<std::vector<RemoteFile>> list(
      const std::string& folder) = 0;  // recursive, sorted; absent folder: empty
  virtual base::Status get_to(const std::string& name, const Sink& sink, const Progress& progress) = 0;
  virtual base::Status put_from(const std::string& name, const Source& source, const Progress& progress) = 0;

  base::Result<base::Bytes> get(const std::string& name, const Progress& progress) {
    base::Bytes out;
    auto done = get_to(name, [&](base::ByteView part) -> base::Status {
      if (out.size() + part.size() > largest_in_memory)
        return base::fail(base::Fault::full, name, "It is larger than any bundle of ours; it was dropped.");
      out.insert(out.end(), part.begin(), part.end());
      return {};
    }, progress);
    if (!done) return base::pass(done.error());
    return out;
  }
  base::Status put(const std::string& name, base::ByteView bytes, const Progress& progress) {
    return put_from(name, source_of(bytes), progress);
  }
};

struct TransportOptions {
  std::string username, password;
  std::string certificates;  // a PEM file that is trusted besides the system's; empty: the system's only
  uint64_t largest_answer = uint64_t{5} << 29;  // bytes: a sealed attachment of 2 GiB; a longer answer is refused
};

struct TransportKind {
  std::string_view name;                              // "folder", "webdav"
  std::string_view help;                              // one line
  bool (*takes)(std::string_view address) = nullptr;  // "https://…" or a path
  base::Result<std::unique_ptr<Transport>> (*open)(const std::string& address,
                                                   const TransportOptions& options) = nullptr;
};

}  // namespace exchange
