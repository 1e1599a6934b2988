#include "sync/store/sealed_cache.h"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/folder.h"

namespace {

using namespace store;

base::RecordId id(int n) {
  base::RecordId out;
  out.bytes[0] = static_cast<uint8_t>(n);
  out.bytes[1] = static_cast<uint8_t>(n >> 8);
  return out;
}

Bytes row(const std::string& text) {
  return {text.begin(), text.end()};
}

struct Kept {
  support::Folder folder;
  seal::Key key = seal::fresh_key();
  fs::path file() const { return folder.path() / "cache.svc"; }
  std::map<base::RecordId, Bytes> read() {
    SealedCache cache(file(), key);
    std::map<base::RecordId, Bytes> out;
    cache.each([&](const base::RecordId& at, ByteView bytes) {
      CHECK(out.try_emplace(at, Bytes(bytes.begin(), bytes.end())).second);
    });
    return out;
  }
};

}  // namespace

TEST_CASE(
    "sealed cache: the last row of an id holds, also after opening again; nothing readable stands in the "
    "file") {
  Kept k;
  {
    SealedCache cache(k.file(), k.key);
    for (int n = 0; n < 300; ++n) cache.put(id(n % 100), row("canary-4417-" + std::to_string(n)));
    CHECK(cache.get(id(7)) == row("canary-4417-207"));
  }
  auto all = k.read();
  REQUIRE(all.size() == 100);
  CHECK(all[id(7)] == row("canary-4417-207"));
  CHECK(k.folder.read("cache.svc").find("canary-4417") == std::string::npos);
  SealedCache again(k.file(), k.key);
  CHECK(again.get(id(99)) == row("canary-4417-299"));
  CHECK(again.get(id(500)).empty());
}

TEST_CASE("sealed cache: cut, changed or of another key, it begins anew and never answers wrongly") {
  Kept k;
  {
    SealedCache cache(k.file(), k.key);
    for (int n = 0; n < 10; ++n) cache.put(id(n), row("r" + std::to_string(n)));
  }
  std::string whole = k.folder.read("cache.svc");
  for (size_t cut = 0; cut <= whole.size(); cut += 7) {
    k.folder.write("cache.svc", whole.substr(0, cut));
    for (const auto& [at, bytes] : k.read()) CHECK(bytes == row("r" + std::to_string(at.bytes[0])));
    SealedCache cache(k.file(), k.key);
    cache.put(id(50), row("after"));
    cache.flush();
    CHECK(k.read()[id(50)] == row("after"));
  }
  for (size_t at = 0; at < whole.size(); at += 5) {
    std::string bad = whole;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    k.folder.write("cache.svc", bad);
    for (const auto& [which, bytes] : k.read()) CHECK(bytes == row("r" + std::to_string(which.bytes[0])));
  }
  k.folder.write("cache.svc", whole);
  k.key = seal::fresh_key();
  CHECK(k.read().empty());
}

TEST_CASE("sealed cache: what is taken out is gone from the file, and the old key opens nothing") {
  Kept k;
  seal::Key old = k.key.copy();
  {
    SealedCache cache(k.file(), k.key);
    for (int n = 0; n < 10; ++n) cache.put(id(n), row("r" + std::to_string(n)));
    k.key = seal::fresh_key();
    cache.rewrite_without([](const base::RecordId& one) { return one == id(3); }, k.key);
    CHECK(cache.get(id(3)).empty());
    CHECK(cache.get(id(4)) == row("r4"));
  }
  CHECK(k.read().size() == 9);
  SealedCache with_old(k.file(), old);
  CHECK(with_old.size() == 0);
}
