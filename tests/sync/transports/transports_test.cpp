// One contract over every transport; WebDAV against Apache with mod_dav, started here on a loopback port.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "sync/transports/table.h"
#include "tests/support/folder.h"
#include "tests/support/peak.h"

namespace {

using exchange::Transport;
using exchange::TransportOptions;

bool answers(int port) {
  int s = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(static_cast<uint16_t>(port));
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bool good = ::connect(s, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
  ::close(s);
  return good;
}

int free_port() {
  int s = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(s, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0) return 0;
  socklen_t size = sizeof at;
  ::getsockname(s, reinterpret_cast<sockaddr*>(&at), &size);
  ::close(s);
  return ntohs(at.sin_port);
}

int shell(const std::string& line) {
  return std::system((line + " >/dev/null 2>&1").c_str());
}

// Apache with TLS, basic authentication and mod_dav in a folder of the test's own.
class Apache {
 public:
  Apache() {
    if (::access("/usr/sbin/apache2", X_OK) != 0 || shell("command -v openssl") != 0) return;
    const std::string d = folder_.path().string();
    std::filesystem::create_directories(folder_.path() / "dav");
    folder_.write("page/index.html", "<html>please log in</html>");
    if (shell("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext "
              "subjectAltName=IP:127.0.0.1 -keyout " +
              d + "/key.pem -out " + d + "/cert.pem") != 0)
      return;
    if (shell("sh -c \"printf 'rihla:%s\\n' \\$(openssl passwd -apr1 secret) > " + d + "/users\"") != 0)
      return;
    port_ = free_port();
    std::string root = ::getuid() == 0 ? "User www-data\nGroup www-data\n" : "";
    std::string modules;
    for (const char* m : {"mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic",
                          "dav", "dav_fs", "ssl", "socache_shmcb", "mime", "dir", "alias"})
      if (::access((std::string("/usr/lib/apache2/modules/mod_") + m + ".so").c_str(), R_OK) == 0)
        modules += std::string("LoadModule ") + m + "_module /usr/lib/apache2/modules/mod_" + m + ".so\n";
    folder_.write("apache.conf",
                  modules + root + "ServerName 127.0.0.1\nPidFile " + d + "/pid\nErrorLog " + d +
                      "/errors\nMutex file:" + d + "\nTypesConfig /etc/mime.types\nListen 127.0.0.1:" +
                      std::to_string(port_) + "\nSSLEngine on\nSSLCertificateFile " + d +
                      "/cert.pem\nSSLCertificateKeyFile " + d + "/key.pem\nDocumentRoot " + d +
                      "/page\nDavLockDB " + d + "/locks\nAlias /dav " + d + "/dav\n<Directory " + d +
                      "/dav>\nDav On\nAuthType Basic\nAuthName rihla\nAuthUserFile " + d +
                      "/users\nRequire valid-user\n</Directory>\n<Directory " + d +
                      "/page>\nRequire all granted\n</Directory>\n");
    (void)shell("chmod -R a+rwX " + d);
    child_ = ::fork();
    if (child_ == 0) {
      if (!std::freopen("/dev/null", "w", stderr)) ::_exit(1);
      ::execl("/usr/sbin/apache2", "apache2", "-f", (d + "/apache.conf").c_str(), "-DFOREGROUND",
              static_cast<char*>(nullptr));
      ::_exit(1);
    }
    for (int tries = 0; tries < 200 && !ready_; ++tries) {  // bounded: 10 seconds
      ::poll(nullptr, 0, 50);
      ready_ = answers(port_);
      if (::waitpid(child_, nullptr, WNOHANG) == child_) {
        child_ = -1;
        break;
      }
    }
  }
  ~Apache() {
    if (child_ <= 0) return;
    ::kill(child_, SIGTERM);
    ::waitpid(child_, nullptr, 0);
  }
  bool ready() const { return ready_; }
  std::string url(const std::string& path = "/dav") const {
    return "https://127.0.0.1:" + std::to_string(port_) + path;
  }
  TransportOptions options() const {
    TransportOptions o;
    o.username = "rihla";
    o.password = "secret";
    o.certificates = (folder_.path() / "cert.pem").string();
    return o;
  }
  const support::Folder& folder() const { return folder_; }

 private:
  support::Folder folder_;
  int port_ = 0;
  pid_t child_ = -1;
  bool ready_ = false;
};

void contract(Transport& t) {
  base::Bytes one(200000, 7);
  base::Bytes two(10, 9);
  CHECK(t.list("inbox")->empty());
  REQUIRE(t.put("inbox/ab12/0000000001-11111111.svb", one, {}));
  REQUIRE(t.put("inbox/cd34/0000000001-22222222.svb", two, {}));
  REQUIRE(t.put("inbox/ab12/0000000001-11111111.svb", one, {}));  // the same again
  auto other = t.put("inbox/ab12/0000000001-11111111.svb", two, {});
  REQUIRE_FALSE(other);
  CHECK(other.error().fault == base::Fault::conflict);
  auto files = t.list("inbox");
  REQUIRE(files);
  REQUIRE(files->size() == 2);
  CHECK((*files)[0].name == "inbox/ab12/0000000001-11111111.svb");
  CHECK((*files)[0].size == one.size());
  CHECK(*t.get("inbox/ab12/0000000001-11111111.svb", {}) == one);
  CHECK(t.get("inbox/absent.svb", {}).error().fault == base::Fault::missing);
  for (const char* bad : {"../x", "/x", "a/../../x", "", "a b", "é"})
    CHECK(t.put(bad, two, {}).error().fault == base::Fault::invalid);
  auto stopped = t.put("inbox/ab12/0000000002-33333333.svb", one, [](uint64_t, uint64_t) { return false; });
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().fault == base::Fault::cancelled);
  CHECK(t.list("inbox")->size() == 2);
  // A part at a time: what one side cannot read or write is its own error, and nothing half is there.
  auto broken = [](uint64_t at, std::span<uint8_t>) -> base::Status {
    return at < 100'000 ? base::Status() : base::fail(base::Fault::full, "this disk", "It is full.");
  };
  auto unread = t.put_from("att/1.sva", {500'000, broken}, {});
  REQUIRE_FALSE(unread);
  CHECK(unread.error().where == "this disk");
  CHECK(t.list("att")->empty());
  uint64_t taken = 0;
  auto unwritten = t.get_to("inbox/ab12/0000000001-11111111.svb", [&](base::ByteView part) -> base::Status {
    taken += part.size();
    return base::fail(base::Fault::full, "this disk", "It is full.");
  }, {});
  REQUIRE_FALSE(unwritten);
  CHECK(unwritten.error().where == "this disk");
  CHECK(taken > 0);
  CHECK(taken < one.size());
  CHECK(t.put("inbox/ab12/0000000002-33333333.svb", one, [](uint64_t, uint64_t) { return true; }));
}

// 64 MiB up and down, made and compared a part at a time: neither is ever whole in memory.
void stays_small(const std::function<std::unique_ptr<Transport>()>& open) {
  constexpr uint64_t size = uint64_t{64} << 20;
  auto byte_at = [](uint64_t at) { return static_cast<uint8_t>(at * 31 + at / 4096); };
  exchange::Source source{size, [&](uint64_t at, std::span<uint8_t> into) -> base::Status {
                            for (size_t i = 0; i < into.size(); ++i) into[i] = byte_at(at + i);
                            return {};
                          }};
  int64_t peak = support::peak_of([&] {
    auto t = open();
    uint64_t at = 0;
    bool good = true;
    auto up = t->put_from("att/large.sva", source, {});
    auto down = t->get_to("att/large.sva", [&](base::ByteView part) -> base::Status {
      for (uint8_t byte : part) good = good && byte == byte_at(at++);
      return {};
    }, {});
    return bool(up) && bool(down) && good && at == size;
  });
  CHECK(peak >= 0);
  if (support::peak_is_true) CHECK(peak < int64_t{16} << 20);
  MESSAGE("64 MiB there and back with " << peak / 1024 << " KiB");
}

}  // namespace

TEST_CASE("folder: keeps the contract of a transport") {
  support::Folder folder;
  auto t = transports::open_transport(folder.path().string(), {});
  REQUIRE(t);
  contract(**t);
  stays_small([&] { return std::move(*transports::open_transport(folder.path().string(), {})); });
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
    CHECK(entry.path().extension() != ".part");
}

TEST_CASE("folder: one that is not there, and a link that leads out, are refused with a sentence") {
  support::Folder folder;
  auto absent = transports::open_transport((folder.path() / "stick").string(), {});
  REQUIRE_FALSE(absent);
  CHECK(absent.error().fault == base::Fault::missing);
  support::Folder outside;
  std::filesystem::create_directory_symlink(outside.path(), folder.path() / "inbox");
  auto t = transports::open_transport(folder.path().string(), {});
  CHECK_FALSE((*t)->put("inbox/a.svb", base::view_of("x"), {}));
  CHECK(std::filesystem::is_empty(outside.path()));
}

TEST_CASE("webdav: keeps the contract of a transport, against Apache over TLS") {
  Apache apache;
  if (!apache.ready()) {
    std::printf("SKIPPED: webdav: Apache with mod_dav does not start here\n");
    return;
  }
  auto t = transports::open_transport(apache.url(), apache.options());
  REQUIRE(t);
  contract(**t);
  stays_small([&] { return std::move(*transports::open_transport(apache.url(), apache.options())); });
  for (const auto& entry : std::filesystem::recursive_directory_iterator(apache.folder().path() / "dav"))
    CHECK_MESSAGE(entry.path().filename().string().find("11111111.svb.part") == std::string::npos,
                  "nothing half is left");

  TransportOptions untrusted = apache.options();
  untrusted.certificates.clear();
  auto refused = (*transports::open_transport(apache.url(), untrusted))->list("inbox");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().fault == base::Fault::locked);
  CHECK(refused.error().detail.find("certificate") != std::string::npos);

  TransportOptions wrong = apache.options();
  wrong.password = "guess";
  CHECK((*transports::open_transport(apache.url(), wrong))->list("inbox").error().fault ==
        base::Fault::locked);
  CHECK((*transports::open_transport(apache.url(), wrong))
            ->put("inbox/x.svb", base::view_of("x"), {})
            .error()
            .fault == base::Fault::locked);

  CHECK_FALSE((*transports::open_transport(apache.url("/"), apache.options()))
                  ->list("inbox"));  // a page, not a collection
  TransportOptions small = apache.options();
  small.largest_answer = 1000;
  CHECK((*transports::open_transport(apache.url(), small))
            ->get("inbox/ab12/0000000001-11111111.svb", {})
            .error()
            .fault == base::Fault::full);
}

TEST_CASE("webdav: nothing is sent without TLS but to this machine, and no answer is said") {
  auto plain = transports::open_transport("http://example.org/dav", {});
  REQUIRE_FALSE(plain);
  CHECK(plain.error().fault == base::Fault::locked);
  int port = free_port();
  auto nobody = transports::open_transport("http://127.0.0.1:" + std::to_string(port) + "/dav", {});
  REQUIRE(nobody);
  CHECK((*nobody)->list("inbox").error().fault == base::Fault::offline);
}

TEST_CASE("transports: an address nobody takes is refused with what to give instead") {
  auto bad = transports::open_transport("ftp://x", {});
  REQUIRE_FALSE(bad);
  CHECK(bad.error().detail.find("https://") != std::string::npos);
}
