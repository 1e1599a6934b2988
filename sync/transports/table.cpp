#include "sync/transports/table.h"

#include <algorithm>

#include "all_transport.inc"

namespace transports {

std::span<const exchange::TransportKind* const> table() {
  return all_transport;
}

base::Result<std::unique_ptr<exchange::Transport>> open_transport(const std::string& address,
                                                                  const exchange::TransportOptions& options) {
  for (const exchange::TransportKind* kind : table())
    if (kind->takes(address)) return kind->open(address, options);
  return base::fail(base::Fault::invalid, address,
                    "This is no place to sync with. Give a folder, such as /media/stick/rihla, or an address "
                    "that begins with https://.");
}

base::Status Comparing::take(base::ByteView part) {
  if (!is_same_) return {};
  is_same_ = part.size() <= source_.size - at_;
  if (!is_same_) return {};
  own_.resize(part.size());
  if (auto read = source_.read(at_, own_); !read) return read;
  is_same_ = std::equal(part.begin(), part.end(), own_.begin());
  at_ += part.size();
  return {};
}

base::Status check_name(const std::string& name) {
  bool plain = !name.empty() && name.size() <= 240 && name.front() != '/' &&
               name.find("..") == std::string::npos && std::all_of(name.begin(), name.end(), [](char c) {
                 return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                        c == '/' || c == '-' || c == '_' || c == '.';
               });
  if (plain) return {};
  return base::fail(base::Fault::invalid, name, "This cannot be a name at a place of sync.");
}

}  // namespace transports
