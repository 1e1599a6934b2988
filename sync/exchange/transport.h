// Transport: a place that keeps write-once files by name: a stick, a share, a WebDAV collection. It sees
// bytes and names, never an answer: this is the only header a transport may include besides forms/base.
//
//   auto t = open_transport("/media/stick/rihla", options);   t->put("inbox/ab12…/0000000007-9c1f.svb",
//   bytes, p);
//
// put() is atomic: after it returns the whole file is there, and until then nothing of that name is. A name
// is written once: the same bytes again succeed, other bytes are Fault::conflict. Names are ASCII, '/'
// separates folders, ".." is refused. Errors: offline (no answer, cut), full, locked (no permission),
// missing.
#pragma once

#include <functional>
#include <memory>
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

class Transport {
 public:
  virtual ~Transport() = default;
  virtual std::string describe() const = 0;  // for people: "folder /media/stick/rihla"
  virtual base::Result<std::vector<RemoteFile>> list(
      const std::string& folder) = 0;  // recursive, sorted; absent folder: empty
  virtual base::Result<base::Bytes> get(const std::string& name, const Progress& progress) = 0;
  virtual base::Status put(const std::string& name, base::ByteView bytes, const Progress& progress) = 0;
};

struct TransportOptions {
  std::string username, password;
  std::string certificates;  // a PEM file that is trusted besides the system's; empty: the system's only
  uint64_t largest_answer = uint64_t{1} << 30;  // bytes; a longer answer is refused
};

struct TransportKind {
  std::string_view name;                              // "folder", "webdav"
  std::string_view help;                              // one line
  bool (*takes)(std::string_view address) = nullptr;  // "https://…" or a path
  base::Result<std::unique_ptr<Transport>> (*open)(const std::string& address,
                                                   const TransportOptions& options) = nullptr;
};

}  // namespace exchange
