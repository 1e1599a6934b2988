// Http: one request at a time over libcurl, whose header stays behind this one. TLS is always verified; plain
// http only to this machine; no cookies, no redirects, bounded answers. Internal to sync/transports.
#pragma once

#include "sync/exchange/transport.h"

namespace transports {

struct Answer {
  long status = 0;
  std::string type;  // Content-Type
  base::Bytes body;
};

class Http {
 public:
  explicit Http(const exchange::TransportOptions& options);
  ~Http();
  Http(const Http&) = delete;
  // offline: no answer; locked: the certificate is not trusted; full: the answer is longer than allowed.
  // The body of an answer with status 200 goes into `sink`, where there is one; any other into the answer.
  base::Result<Answer> send(const std::string& method, const std::string& url,
                            const std::vector<std::string>& headers, const exchange::Source& body,
                            const exchange::Progress& progress, uint64_t largest_answer,
                            const exchange::Sink& sink = nullptr);

 private:
  void* curl_;
  exchange::TransportOptions options_;
};

}  // namespace transports
