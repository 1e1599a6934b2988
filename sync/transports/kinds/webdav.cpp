// webdav: a collection on Nextcloud or any DAV server. PUT to a temporary name, read back, MOVE without
// overwriting. Source: RFC 4918.
#include <algorithm>
#include <charconv>
#include <set>

#include "forms/base/memory.h"
#include "sync/transports/http.h"
#include "sync/transports/table.h"

namespace transports {
namespace {

using base::Fault;

base::Error refused(const Answer& answer, const std::string& where) {
  std::string code = std::to_string(answer.status);
  if (answer.status == 401 || answer.status == 403)
    return {Fault::locked, where,
            "The server refuses this name and password (" + code + "). Check them and try again."};
  if (answer.status == 404 || answer.status == 409)
    return {Fault::missing, where, "This folder is not on the server (" + code + "). Check the address."};
  if (answer.status == 413 || answer.status == 507)
    return {Fault::full, where, "The server has no room (" + code + "). Make room there; nothing is lost."};
  if (answer.status >= 300 && answer.status < 400)
    return {Fault::offline, where,
            "The server sends elsewhere (" + code + "). Give the address it sends to."};
  return {Fault::offline, where, "The server answers with " + code + ". Nothing is lost; try again later."};
}

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && nibble(text[i + 1]) >= 0 && nibble(text[i + 2]) >= 0) {
      out += static_cast<char>(nibble(text[i + 1]) << 4 | nibble(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// The text of the next element of that local name at or after `at`, whatever its prefix; false when none.
bool element(std::string_view xml, std::string_view name, size_t& at, std::string_view& text) {
  while (at < xml.size()) {
    size_t open = xml.find('<', at);
    if (open == std::string_view::npos) return false;
    size_t close = xml.find('>', open);
    if (close == std::string_view::npos) return false;
    std::string_view tag = xml.substr(open + 1, close - open - 1);
    at = close + 1;
    bool empty = !tag.empty() && tag.back() == '/';
    std::string_view word = tag.substr(0, tag.find_first_of(" \t\r\n/"));
    if (size_t colon = word.find(':'); colon != std::string_view::npos) word.remove_prefix(colon + 1);
    if (word != name || tag.front() == '/') continue;
    size_t end = empty ? at : xml.find('<', at);
    text = empty ? std::string_view() : xml.substr(at, end - at);
    return true;
  }
  return false;
}

struct Entry {
  std::string path;  // decoded, as the server names it
  uint64_t size = 0;
  bool folder = false;
};

std::vector<Entry> multistatus(std::string_view xml) {
  std::vector<Entry> out;
  size_t at = 0;
  std::string_view href;
  while (element(xml, "href", at, href)) {
    size_t next = at;
    std::string_view ignored;
    size_t end = element(xml, "href", next, ignored) ? next : xml.size();
    std::string_view rest = xml.substr(at, end - at);
    Entry entry;
    entry.path = percent_decoded(href);
    size_t inside = 0;
    std::string_view text;
    entry.folder =
        element(rest, "collection", inside, text) || (!entry.path.empty() && entry.path.back() == '/');
    inside = 0;
    if (element(rest, "getcontentlength", inside, text))
      std::from_chars(text.data(), text.data() + text.size(), entry.size);
    out.push_back(std::move(entry));
  }
  return out;
}

std::string path_of(const std::string& url) {
  size_t host = url.find("://");
  size_t slash = url.find('/', host == std::string::npos ? 0 : host + 3);
  return slash == std::string::npos ? "/" : percent_decoded(url.substr(slash));
}

class WebDav : public exchange::Transport {
 public:
  WebDav(std::string root, const exchange::TransportOptions& options)
      : root_(std::move(root)), options_(options), http_(options) {}
  std::string describe() const override { return root_; }

  base::Result<std::vector<exchange::RemoteFile>> list(const std::string& folder) override try {
    if (auto good = check_name(folder); !good) return base::pass(good.error());
    std::vector<exchange::RemoteFile> out;
    std::vector<std::string> open = {folder};
    std::string prefix = path_of(root_);
    while (!open.empty()) {
      std::string now = open.back();
      open.pop_back();
      auto answer = http_.send("PROPFIND", url(now) + "/", {"Depth: 1", "Content-Type: application/xml"}, {},
                               {}, 16 << 20);
      if (!answer) return base::pass(answer.error());
      if (answer->status == 404) continue;
      if (answer->status != 207) {
        bool page = answer->type.find("text/html") != std::string::npos;
        if (answer->status == 200 || (page && answer->status != 401 && answer->status < 500))
          return base::fail(Fault::offline, url(now),
                            "A web page answers instead of the server, perhaps a log-in page of this "
                            "network. Open a browser, log in, and sync again.");
        return base::pass(refused(*answer, url(now)));
      }
      for (const Entry& entry : multistatus(base::text_of(answer->body))) {
        std::string path =
            path_of(entry.path.find("://") == std::string::npos ? "x://x" + entry.path : entry.path);
        if (path.rfind(prefix, 0) != 0) continue;
        std::string name = path.substr(prefix.size());
        while (!name.empty() && name.front() == '/') name.erase(0, 1);
        while (!name.empty() && name.back() == '/') name.pop_back();
        if (name == now || !check_name(name) || name.rfind(now + "/", 0) != 0) continue;
        if (entry.folder)
          open.push_back(name);
        else if (name.find(".part") == std::string::npos)
          out.push_back({name, entry.size});
      }
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return out;
  } catch (const std::bad_alloc&) {
    return base::no_memory();
  }

  base::Status get_to(const std::string& name, const exchange::Sink& sink,
                      const exchange::Progress& progress) override try {
    if (auto good = check_name(name); !good) return good;
    auto answer = http_.send("GET", url(name), {}, {}, progress, options_.largest_answer, sink);
    if (!answer) return base::pass(answer.error());
    if (answer->status != 200) return base::pass(refused(*answer, url(name)));
    return {};
  } catch (const std::bad_alloc&) {
    return base::no_memory();
  }

  base::Status put_from(const std::string& name, const exchange::Source& source,
                        const exchange::Progress& progress) override try {
    if (auto good = check_name(name); !good) return good;
    if (auto made = make_folders(name); !made) return made;
    std::string part = name + ".part";
    auto answer =
        http_.send("PUT", url(part), {"Content-Type: application/octet-stream"}, source, progress, 1 << 20);
    if (!answer) return base::pass(answer.error());
    if (answer->status < 200 || answer->status > 204) return base::pass(refused(*answer, url(name)));
    // Read back before it counts: proxies and full servers lie.
    auto kept = is_at(part, source);
    if (!kept) return base::pass(kept.error());
    if (!*kept) {
      (void)http_.send("DELETE", url(part), {}, {}, {}, 1 << 20);
      return base::fail(Fault::offline, url(name),
                        "What the server kept is not what was sent. Nothing is lost; try again.");
    }
    auto moved =
        http_.send("MOVE", url(part), {"Destination: " + url(name), "Overwrite: F"}, {}, {}, 1 << 20);
    if (!moved) return base::pass(moved.error());
    if (moved->status == 201 || moved->status == 204) return {};
    (void)http_.send("DELETE", url(part), {}, {}, {}, 1 << 20);
    if (moved->status != 412) return base::pass(refused(*moved, url(name)));
    auto there = is_at(name, source);
    if (!there) return base::pass(there.error());
    if (*there) return {};
    return base::fail(Fault::conflict, name,
                      "There is another file of this name at that place; it is not overwritten.");
  } catch (const std::bad_alloc&) {
    return base::no_memory();
  }

 private:
  std::string url(const std::string& name) const { return root_ + "/" + name; }

  base::Result<bool> is_at(const std::string& name, const exchange::Source& source) {
    Comparing comparing(source);
    auto read = get_to(name, [&](base::ByteView part) { return comparing.take(part); }, {});
    if (!read) return base::pass(read.error());
    return comparing.is_same();
  }

  base::Status make_folders(const std::string& name) {
    for (size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1)) {
      std::string folder = name.substr(0, slash);
      if (made_.count(folder)) continue;
      auto answer = http_.send("MKCOL", url(folder) + "/", {}, {}, {}, 1 << 20);
      if (!answer) return base::pass(answer.error());
      if (answer->status != 201 && answer->status != 405) return base::pass(refused(*answer, url(folder)));
      made_.insert(folder);
    }
    return {};
  }

  std::string root_;
  exchange::TransportOptions options_;
  Http http_;
  std::set<std::string> made_;
};

bool takes(std::string_view address) {
  return address.rfind("https://", 0) == 0 || address.rfind("http://", 0) == 0;
}

bool is_this_machine(std::string_view address) {
  std::string_view host = address.substr(7);
  for (std::string_view name : {"127.0.0.1", "localhost", "[::1]"})
    if (host.rfind(name, 0) == 0 &&
        (host.size() == name.size() || host[name.size()] == ':' || host[name.size()] == '/'))
      return true;
  return false;
}

base::Result<std::unique_ptr<exchange::Transport>> open(const std::string& address,
                                                        const exchange::TransportOptions& options) {
  if (address.rfind("http://", 0) == 0 && !is_this_machine(address))
    return base::fail(Fault::locked, address,
                      "Without https anybody on the way could read the password. Use the address that begins "
                      "with https://.");
  std::string root = address;
  while (!root.empty() && root.back() == '/') root.pop_back();
  return std::unique_ptr<exchange::Transport>(std::make_unique<WebDav>(root, options));
}

}  // namespace

extern const exchange::TransportKind webdav_transport;
const exchange::TransportKind webdav_transport{.name = "webdav",
                                               .help = "a WebDAV collection, such as a Nextcloud folder",
                                               .takes = takes,
                                               .open = open};

}  // namespace transports
