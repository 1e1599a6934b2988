#include <doctest/doctest.h>

#include <set>

#include "sync/seal/crypto.h"

TEST_CASE("secret: what was dropped is wiped where it lay") {
  const uint8_t* place = nullptr;
  {
    base::SeededRandom random(4);
    seal::Secret<64> secret = seal::Secret<64>::from(random);
    place = secret.view().data();
    CHECK(std::any_of(place, place + 64, [](uint8_t b) { return b != 0; }));
  }
  // The slab stays the program's: what lies there now can be looked at.
  CHECK(std::all_of(place, place + 64, [](uint8_t b) { return b == 0; }));
}

TEST_CASE("secret: fresh keys and nonces are never alike") {
  std::set<base::Bytes> keys, nonces;
  for (int i = 0; i < 1000; ++i) {
    seal::Key key = seal::fresh_key();
    keys.emplace(key.view().begin(), key.view().end());
    seal::Nonce nonce = seal::fresh_nonce();
    nonces.emplace(nonce.begin(), nonce.end());
  }
  CHECK(keys.size() == 1000);
  CHECK(nonces.size() == 1000);
}

TEST_CASE("secret: wiping a text leaves nothing where it stood") {
  std::string text(200, 'x');
  const char* place = text.data();
  seal::wipe(text);
  CHECK(text.empty());
  CHECK(std::all_of(place + 1, place + 200, [](char c) { return c == '\0'; }));
}
