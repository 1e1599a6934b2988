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

// Names are ASCII, '/' between folders, nothing above the root: every transport asks this first.
base::Status check_name(const std::string& name);

}  // namespace transports
