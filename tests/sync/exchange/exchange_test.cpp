#include <doctest/doctest.h>

#include <map>

#include "sync/exchange/sync.h"

namespace {

using namespace exchange;

struct Sender {
  base::SeededRandom random{4};
  seal::DeviceKeys keys = seal::DeviceKeys::from(seal::Key::from(random));
  base::ProjectId project = base::ProjectId::from(random);
  Bytes bundle(uint64_t n = 1) {
    return *write_bundle(project, keys, n,
                         {{ItemKind::revision, {1, 2, 3}}, {ItemKind::statement, Bytes(100, 7)}});
  }
};

// A place in memory that can be made to fail.
class Memory : public Transport {
 public:
  std::string describe() const override { return "memory"; }
  base::Result<std::vector<RemoteFile>> list(const std::string& folder) override {
    std::vector<RemoteFile> out;
    for (const auto& [name, bytes] : files)
      if (name.rfind(folder + "/", 0) == 0) out.push_back({name, bytes.size()});
    return out;
  }
  base::Result<Bytes> get(const std::string& name, const Progress&) override {
    if (files.count(name) == 0) return base::fail(base::Fault::missing, name, "gone");
    return files[name];
  }
  base::Status put(const std::string& name, ByteView bytes, const Progress&) override {
    if (--puts_left < 0) return base::fail(base::Fault::offline, name, "cut");
    files[name] = {bytes.begin(), bytes.end()};
    return {};
  }
  std::map<std::string, Bytes> files;
  int puts_left = 1000;
};

class Store : public Replica {
 public:
  Store(bool centre, seal::DeviceKeys& keys) : centre_(centre), keys_(keys) {}
  bool is_centre() const override { return centre_; }
  base::DeviceId id() const override { return keys_.id; }
  void place_holds(const std::vector<RemoteFile>& files) override { there = files; }
  Result<Leaving> next_bundle() override {
    if (waiting.empty()) return Leaving();
    return Leaving{centre_ ? folder : "inbox", waiting.front()};
  }
  Status handed_over(const RemoteFile& bundle) override {
    admitted[bundle.name] = 0;
    waiting.erase(waiting.begin());
    return {};
  }
  bool seen(const std::string& name) override { return admitted.count(name) > 0; }
  Result<int> admit(const std::string& name, ByteView bytes) override {
    auto b = read_bundle(bytes);
    if (!b) return base::pass(b.error());
    ++admitted[name];
    return static_cast<int>(b->items.size());
  }
  uint64_t last_number() override { return last; }
  std::optional<uint64_t> own_number(ByteView bytes) override {
    auto b = read_bundle(bytes, &keys_.sign.pub);
    return b && b->is_signed ? std::optional(b->number) : std::nullopt;
  }
  std::vector<Bytes> waiting;
  std::map<std::string, int> admitted;
  std::vector<RemoteFile> there;
  std::string folder = "outbox";
  uint64_t last = UINT64_MAX;

 private:
  bool centre_;
  seal::DeviceKeys& keys_;
};

}  // namespace

TEST_CASE("bundle: every changed byte and every truncation is refused before anything is handed out") {
  Sender s;
  Bytes good = s.bundle();
  auto read = read_bundle(good, &s.keys.sign.pub);
  REQUIRE(read);
  CHECK(read->items.size() == 2);
  CHECK(read->is_signed);
  for (size_t i = 0; i < good.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes bad = good;
      bad[i] = static_cast<uint8_t>(bad[i] ^ (1 << bit));
      CHECK_MESSAGE(!read_bundle(bad, &s.keys.sign.pub), "byte ", i);
    }
    CHECK_FALSE(read_bundle(ByteView(good).first(i)));
  }
  for (size_t n = 1; n < 65; ++n) {
    Bytes longer = good;
    longer.resize(good.size() + n);
    CHECK_FALSE(read_bundle(longer));
  }
}

TEST_CASE("bundle: without a signature it is read, and its number proves nothing") {
  Sender s;
  Bytes bytes = s.bundle();
  std::fill(bytes.end() - 64, bytes.end(), uint8_t{0});
  auto read = read_bundle(bytes, &s.keys.sign.pub);
  REQUIRE(read);
  CHECK_FALSE(read->is_signed);
}

TEST_CASE("bundle: a newer one is named as such and left") {
  Sender s;
  Bytes bytes = s.bundle();
  bytes[4] = 2;
  CHECK(read_bundle(bytes).error().fault == base::Fault::unsupported);
}

TEST_CASE("sync: what a device hands over a centre receives once, however often they sync") {
  Sender s, c;
  c.keys = seal::DeviceKeys::from(seal::Key::from(s.random));
  Memory place;
  Store device(false, s.keys), centre(true, c.keys);
  device.waiting = {s.bundle(1), s.bundle(2)};
  SyncReport sent = sync(device, place, {});
  CHECK(sent.outcome);
  CHECK(sent.sent == 2);
  for (int round = 0; round < 3; ++round) CHECK(sync(centre, place, {}).outcome);
  CHECK(centre.admitted.size() == 2);
  for (const auto& [name, times] : centre.admitted) CHECK(times == 1);
}

TEST_CASE("sync: cut in the middle it goes on where it stopped, and nothing counts twice") {
  Sender s;
  Memory place;
  Store device(false, s.keys);
  device.waiting = {s.bundle(1), s.bundle(2), s.bundle(3)};
  place.puts_left = 1;
  SyncReport cut = sync(device, place, {});
  CHECK(cut.outcome.error().fault == base::Fault::offline);
  CHECK(device.waiting.size() == 2);
  place.puts_left = 10;
  CHECK(sync(device, place, {}).sent == 2);
  CHECK(place.files.size() == 3);
}

TEST_CASE("sync: a broken bundle is named and left, the others come in") {
  Sender s, c;
  c.keys = seal::DeviceKeys::from(seal::Key::from(s.random));
  Memory place;
  place.files["inbox/x/0000000001-aaaaaaaa.svb"] = {1, 2, 3};
  place.files["inbox/x/0000000002-bbbbbbbb.svb"] = s.bundle(2);
  place.files["inbox/x/readme.txt"] = {1};
  Store centre(true, c.keys);
  SyncReport r = sync(centre, place, {});
  CHECK(r.outcome);
  CHECK(r.received == 1);
  REQUIRE(r.problems.size() == 1);
  CHECK(r.problems[0].find("0000000001") != std::string::npos);
}

TEST_CASE("sync: stopped by the person it says so and damages nothing") {
  Sender s;
  Memory place;
  Store device(false, s.keys);
  device.waiting = {s.bundle(1)};
  SyncReport r = sync(device, place, [](const SyncStep&) { return false; });
  CHECK(r.outcome.error().fault == base::Fault::cancelled);
  CHECK(device.waiting.size() == 1);
}

TEST_CASE("sync: a file that only bears this profile's name is told and passed over, and the rest goes on") {
  Sender s, c;
  c.keys = seal::DeviceKeys::from(seal::Key::from(s.random));
  Bytes unsigned_own = s.bundle(900);
  std::fill(unsigned_own.end() - 64, unsigned_own.end(), uint8_t{0});
  const std::vector<Bytes> hostile = {{}, {1, 2, 3}, Bytes(200, 0), c.bundle(900), unsigned_own};
  const std::vector<std::string> names = {"9999999999-00000000.svb", "99999999999999999999999999-00000000.svb"};
  for (const Bytes& bytes : hostile)
    for (const std::string& name : names)
      for (bool centre : {false, true})
        for (std::string folder : {"inbox/", "outbox/"}) {
          Memory place;
          place.files[folder + s.keys.id.hex() + "/" + name] = bytes;
          place.files["outbox/somebody/0000000001-aaaaaaaa.svb"] = c.bundle(1);
          Store own(centre, s.keys);
          own.last = 3;
          own.waiting = {s.bundle(3)};
          SyncReport r = sync(own, place, {});
          REQUIRE_MESSAGE(r.outcome, folder, " ", name);
          CHECK(r.received == 1);
          CHECK(r.sent == 1);
          if (folder == "inbox/" || centre) {
            REQUIRE(r.problems.size() == 1);
            CHECK(r.problems[0].find(name) != std::string::npos);
          }
        }
}

TEST_CASE("sync: a bundle of one's own that one has never made shows that one was restored, and stops it") {
  Sender s;
  for (bool centre : {false, true}) {
    Memory place;
    place.files[(centre ? "outbox/" : "inbox/") + s.keys.id.hex() + "/0000000004-aaaaaaaa.svb"] = s.bundle(4);
    Store own(centre, s.keys);
    own.last = 3;
    SyncReport r = sync(own, place, {});
    REQUIRE_FALSE(r.outcome);
    CHECK(r.outcome.error().fault == base::Fault::conflict);
    own.last = 4;
    CHECK(sync(own, place, {}).outcome);
  }
}

TEST_CASE("sync: what centres pass on to one another no laptop ever lists or fetches") {
  Sender s, c, d;
  c.keys = seal::DeviceKeys::from(seal::Key::from(s.random));
  d.keys = seal::DeviceKeys::from(seal::Key::from(s.random));
  Memory place;
  Store one(true, s.keys), two(true, c.keys), device(false, d.keys);
  one.folder = "centres";
  one.waiting = {s.bundle(1)};
  REQUIRE(sync(one, place, {}).outcome);
  std::string name = place.files.begin()->first;
  CHECK(name.rfind("centres/" + s.keys.id.hex() + "/", 0) == 0);
  SyncReport at_device = sync(device, place, {});
  CHECK(at_device.bytes_received == 0);
  CHECK(device.admitted.empty());
  CHECK(sync(two, place, {}).received == 1);
  CHECK(two.admitted.count(name) == 1);
  REQUIRE(two.there.size() == 1);
  CHECK(two.there[0].size == place.files[name].size());
}

TEST_CASE("sync: a centre that was put back to a copy reads what it passed on before") {
  Sender s;
  Memory place;
  Store before(true, s.keys), after(true, s.keys);
  before.waiting = {s.bundle(1)};
  REQUIRE(sync(before, place, {}).outcome);
  CHECK(sync(before, place, {}).received == 0);
  CHECK(sync(after, place, {}).received == 1);
}
