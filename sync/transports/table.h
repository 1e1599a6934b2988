// The transports this build knows: written by CMake from the files in sync/transports/kinds/.
//
//   auto place = open_transport("/media/stick/rihla", {});      // or https://cloud.example/dav/rihla
#pragma once

#include <span>

#include "sync/exchange/transport.h"

namespace transports {

std::span<const exchange::TransportKind* const> table();
base::Result<std::unique_ptr<exchange::Transport>> open_transport(const std::string& address,
                                                                  const exchange::TransportOptions& options);

// Whether what is read back, a part at a time, is what was sent.
class Comparing {
 public:
  explicit Comparing(const exchange::Source& source) : source_(source) {}
  base::Status take(base::ByteView part);
  bool is_same() const { return is_same_ && at_ == source_.size; }  // at the end

 private:
  const exchange::Source& source_;
  base::Bytes own_;
  uint64_t at_ = 0;
  bool is_same_ = true;
};

// Names are ASCII, '/' between folders, nothing above the root: every transport asks this first.
base::Status check_name(const std::string& name);

}  // namespace transports
