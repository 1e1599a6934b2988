#include "sync/transports/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>

namespace transports {
namespace {

using base::Fault;

struct Going {
  CURL* curl = nullptr;
  const exchange::Source& body;
  const exchange::Sink& sink;
  uint64_t sent = 0, taken = 0;
  base::Status trouble;  // of this side's own: its disk, its memory
  Answer answer;
  uint64_t largest = 0;
  bool too_long = false;
  const exchange::Progress* progress = nullptr;
  bool cancelled = false;
};

size_t give(char* to, size_t size, size_t count, void* data) {
  auto* going = static_cast<Going*>(data);
  auto n = static_cast<size_t>(std::min<uint64_t>(size * count, going->body.size - going->sent));
  if (n == 0) return 0;
  going->trouble = going->body.read(going->sent, {reinterpret_cast<uint8_t*>(to), n});
  if (!going->trouble) return CURL_READFUNC_ABORT;
  going->sent += n;
  return n;
}

int rewind(void* data, curl_off_t offset, int origin) {
  auto* going = static_cast<Going*>(data);
  if (origin != SEEK_SET || offset < 0 || static_cast<uint64_t>(offset) > going->body.size)
    return CURL_SEEKFUNC_FAIL;
  going->sent = static_cast<uint64_t>(offset);
  return CURL_SEEKFUNC_OK;
}

size_t take(char* from, size_t size, size_t count, void* data) {
  auto* going = static_cast<Going*>(data);
  size_t n = size * count;
  if (going->taken + n > going->largest) {
    going->too_long = true;
    return 0;
  }
  going->taken += n;
  long status = 0;
  curl_easy_getinfo(going->curl, CURLINFO_RESPONSE_CODE, &status);
  if (going->sink && status == 200) {
    going->trouble = going->sink({reinterpret_cast<const uint8_t*>(from), n});
    return going->trouble ? n : 0;
  }
  going->answer.body.insert(going->answer.body.end(), from, from + n);
  return n;
}

int watch(void* data, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up) {
  auto* going = static_cast<Going*>(data);
  if (!going->progress || !*going->progress) return 0;
  bool uploading = up_total > 0;
  auto done = static_cast<uint64_t>(uploading ? up : down);
  auto total = static_cast<uint64_t>(uploading ? up_total : down_total);
  going->cancelled = !(*going->progress)(done, total);
  return going->cancelled ? 1 : 0;
}

base::Error failure(CURLcode code, const std::string& url, const char* detail) {
  std::string why = *detail ? detail : curl_easy_strerror(code);
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return {Fault::locked, url,
              "The server's certificate is not trusted, so nothing was sent. Ask who runs it, or give its "
              "certificate: " +
                  why + "."};
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      return {Fault::invalid, url, "This is not a web address that can be used: " + why + "."};
    default:
      return {
          Fault::offline, url,
          "The server does not answer: " + why + ". Nothing is lost; sync again when there is a connection."};
  }
}

}  // namespace

Http::Http(const exchange::TransportOptions& options) : curl_(nullptr), options_(options) {
  static const bool once = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (once) curl_ = curl_easy_init();
}

Http::~Http() {
  curl_easy_cleanup(curl_);
}

base::Result<Answer> Http::send(const std::string& method, const std::string& url,
                                const std::vector<std::string>& headers, const exchange::Source& body,
                                const exchange::Progress& progress, uint64_t largest_answer,
                                const exchange::Sink& sink) {
  if (!curl_)
    return base::fail(Fault::unsupported, "libcurl", "The network library does not start on this machine.");
  Going going{static_cast<CURL*>(curl_), body, sink, 0, 0, {}, {}, largest_answer, false, &progress, false};
  char detail[CURL_ERROR_SIZE] = "";
  CURL* c = curl_;
  curl_easy_reset(c);
  curl_slist* list = nullptr;
  for (const std::string& header : headers) list = curl_slist_append(list, header.c_str());
  list = curl_slist_append(list, "Expect:");
  curl_easy_setopt(c, CURLOPT_URL, url.c_str());
  curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, method.c_str());
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, list);
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, detail);
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!options_.certificates.empty()) curl_easy_setopt(c, CURLOPT_CAINFO, options_.certificates.c_str());
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 15L);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, 60L);
  if (!options_.username.empty()) {
    curl_easy_setopt(c, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC | CURLAUTH_DIGEST));
    curl_easy_setopt(c, CURLOPT_USERNAME, options_.username.c_str());
    curl_easy_setopt(c, CURLOPT_PASSWORD, options_.password.c_str());
  }
  if (body.size > 0 || method == "PUT") {
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(c, CURLOPT_READDATA, &going);
    curl_easy_setopt(c, CURLOPT_SEEKFUNCTION, rewind);
    curl_easy_setopt(c, CURLOPT_SEEKDATA, &going);
    curl_easy_setopt(c, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size));
  }
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &going);
  curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, watch);
  curl_easy_setopt(c, CURLOPT_XFERINFODATA, &going);
  CURLcode code = curl_easy_perform(c);
  curl_slist_free_all(list);
  if (!going.trouble) return base::pass(going.trouble.error());
  if (going.cancelled) return base::fail(Fault::cancelled, url, "Stopped.");
  if (going.too_long)
    return base::fail(Fault::full, url,
                      "The server's answer is longer than anything of ours; it was dropped.");
  if (code != CURLE_OK) return base::pass(failure(code, url, detail));
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &going.answer.status);
  const char* type = nullptr;
  curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
  going.answer.type = type ? type : "";
  return std::move(going.answer);
}

}  // namespace transports
