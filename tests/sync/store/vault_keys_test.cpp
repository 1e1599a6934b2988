#include "sync/store/backup.h"
#include "sync/store/outbox.h"
#include "tests/sync/store/world.h"

using namespace world;

namespace {

constexpr base::Instant noon{1'772'000'000'000};
constexpr const char* other = "other words entirely";

}  // namespace

TEST_CASE("keys: folder and files belong to their owner alone") {
  World w;
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  using perms = std::filesystem::perms;
  const perms others = perms::group_all | perms::others_all;
  CHECK((std::filesystem::status(w.at()).permissions() & others) == perms::none);
  for (const auto& file : std::filesystem::directory_iterator(w.at()))
    CHECK_MESSAGE((file.status().permissions() & others) == perms::none, file.path().filename().string());
}

TEST_CASE("keys: one profile's key opens nothing of another's") {
  World w;
  base::SeededRandom random(77);
  auto second = Vault::create(w.folder.path() / "second", other, seal::demo_cost, random);
  REQUIRE(second);
  w.join();
  DraftInfo info;
  info.name = "mine";
  REQUIRE(w.vault->begin_draft(draft(1), info));
  REQUIRE(w.vault->append(draft(1), {entry("q", "mine")}));
  w.vault.reset();
  second->reset();
  // The colleague's key beside the first one's interviews.
  for (const char* name : {"profile.key", "profile.key.old"})
    std::filesystem::copy_file(w.folder.path() / "second" / name, w.at() / name,
                               std::filesystem::copy_options::overwrite_existing);
  auto wrong = Vault::open(w.at(), other, noon);
  REQUIRE(wrong);
  CHECK_FALSE((*wrong)->membership());
  CHECK_FALSE((*wrong)->journal(draft(1)));
  REQUIRE((*wrong)->drafts()->size() == 1);
  CHECK((*(*wrong)->drafts())[0].damaged);
}

TEST_CASE("keys: a passphrase is changed, and the older one ends with the first good unlock") {
  World w;
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  CHECK(w.vault->change_passphrase("not these", other, seal::demo_cost, noon).error().fault ==
        base::Fault::locked);
  base::Instant later{noon.ms + 120'000};
  REQUIRE(w.vault->change_passphrase(words, other, seal::demo_cost, later));
  w.vault.reset();
  auto open = Vault::open(w.at(), other, later);
  REQUIRE(open);
  CHECK((*open)->drafts()->size() == 1);
  open->reset();
  std::filesystem::remove(w.at() / "profile.key");  // the older generation must not bring the old words back
  CHECK(Vault::open(w.at(), words, later).error().fault == base::Fault::locked);
  CHECK(Vault::open(w.at(), other, {later.ms + 60'000}));
}

TEST_CASE("keys: a damaged key file opens by its other generation and is mended") {
  World w;
  w.vault.reset();
  std::string whole = w.folder.read("v/profile.key");
  for (size_t at : {size_t{0}, size_t{20}, size_t{130}, size_t{351}}) {
    CAPTURE(at);
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    w.folder.write("v/profile.key", damaged);
    auto open = Vault::open(w.at(), words, noon);
    if (at == 0) {  // "SVK1" damaged into another magic: still only damage
      CHECK(open.has_value());
    }
    REQUIRE(open);
    open->reset();
    CHECK(w.folder.read("v/profile.key") == whole);
  }
}

TEST_CASE("keys: a vault whose database is gone is not made anew") {
  World w;
  w.vault.reset();
  std::filesystem::remove(w.at() / "vault.db");
  CHECK(Vault::open(w.at(), words, noon).error().fault == base::Fault::missing);
  CHECK_FALSE(std::filesystem::exists(w.at() / "vault.db"));
}

TEST_CASE("lock: nothing opens while locked; what needs no key still works; a code brings it back") {
  World w;
  w.join();
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  REQUIRE(w.vault->append(draft(1), {entry("q", "x")}));
  auto id = w.vault->keys().id;
  CHECK(w.vault->set_quick_code("12").error().fault == base::Fault::invalid);
  REQUIRE(w.vault->set_quick_code("4812"));
  w.vault->lock();
  CHECK(w.vault->is_locked());
  CHECK(w.vault->keys().id == id);
  const auto& secret = w.vault->keys().sign.secret.view();
  CHECK(std::all_of(secret.begin(), secret.end(), [](uint8_t b) { return b == 0; }));
  CHECK(w.vault->append(draft(1), {entry("q", "y")}).error().fault == base::Fault::locked);
  CHECK(w.vault->journal(draft(1)).error().fault == base::Fault::locked);
  CHECK(w.vault->drafts().error().fault == base::Fault::locked);
  CHECK(w.vault->finished().error().fault == base::Fault::locked);
  CHECK(w.vault->membership().error().fault == base::Fault::locked);
  CHECK(w.vault->begin_draft(draft(2), {}).error().fault == base::Fault::locked);
  CHECK(w.vault->set_setting("place", "x").error().fault == base::Fault::locked);
  CHECK(w.vault->setting("place").empty());
  CHECK(w.vault->outbox());
  CHECK(w.vault->statements());
  SUBCASE("with the code, in any digits") {
    REQUIRE(w.vault->unlock_quick("٤٨١٢"));
    CHECK(w.vault->journal(draft(1))->size() == 1);
  }
  SUBCASE("with two wrong codes before") {
    CHECK_FALSE(w.vault->unlock_quick("0000"));
    CHECK_FALSE(w.vault->unlock_quick("1111"));
    REQUIRE(w.vault->unlock_quick("4812"));
  }
  SUBCASE("not after three wrong ones: then only the passphrase") {
    for (const char* wrong : {"0000", "1111", "2222"}) CHECK_FALSE(w.vault->unlock_quick(wrong));
    CHECK_FALSE(w.vault->has_quick_code());
    CHECK(w.vault->unlock_quick("4812").error().fault == base::Fault::locked);
    REQUIRE(w.vault->unlock(words, noon));
    CHECK(w.vault->journal(draft(1))->size() == 1);
  }
  SUBCASE("with the passphrase, at once") {
    REQUIRE(w.vault->unlock(words, noon));
  }
  CHECK_FALSE(w.vault->is_locked());
  CHECK(w.vault->append(draft(1), {entry("q", "z")}));
}

TEST_CASE("purge: nothing is read again, and what is sealed is still handed over") {
  World w;
  w.join();
  auto id = w.finish(1, {24 * 3600 * 1000, Window::Leaving::at_once}, noon);
  REQUIRE(w.vault->begin_draft(draft(2), {}));
  w.vault.reset();
  REQUIRE(Vault::purge(w.at()));
  CHECK_FALSE(Vault::is_vault(w.at()));
  CHECK(Vault::open(w.at(), words, noon).error().fault == base::Fault::missing);
  // A new profile of the same name does not take its place.
  base::SeededRandom random(5);
  CHECK(Vault::create(w.at(), words, seal::demo_cost, random).error().fault == base::Fault::conflict);
  auto outbox = SealedOutbox::open(w.at());
  REQUIRE(outbox);
  auto waiting = (*outbox)->waiting();
  REQUIRE(waiting->size() == 1);
  CHECK((*waiting)[0].id == id);
  CHECK((*outbox)->head()->size() == 152);
  REQUIRE((*outbox)->mark({id}, Delivery::handed_over));
  CHECK((*(*outbox)->waiting())[0].delivery == Delivery::handed_over);
}

TEST_CASE("move: the profile lives in the new folder, and only there") {
  World w;
  w.join();
  w.finish(1, {}, noon);
  REQUIRE(w.vault->begin_draft(draft(2), {}));
  REQUIRE(w.vault->append(draft(2), {entry("q", "x")}));
  w.vault.reset();
  auto there = w.folder.path() / "elsewhere" / "v";
  REQUIRE(move_profile(w.at(), there));
  CHECK_FALSE(std::filesystem::exists(w.at()));
  auto moved = Vault::open(there, words, noon);
  REQUIRE(moved);
  CHECK((*moved)->journal(draft(2))->size() == 1);
  CHECK((*moved)->outbox()->size() == 1);
  CHECK_FALSE((*moved)->is_restored());
}

TEST_CASE("move: interrupted before the new key stands, the old folder opens; after it, only the new one") {
  World w;
  w.vault.reset();
  auto there = w.folder.path() / "there";
  w.folder.write("v/moved", there.string());
  CHECK(Vault::open(w.at(), words, noon));  // nothing arrived there
  std::filesystem::create_directories(there);
  std::filesystem::copy_file(w.at() / "vault.db", there / "vault.db");
  CHECK(Vault::open(w.at(), words, noon));
  std::filesystem::copy_file(w.at() / "profile.key", there / "profile.key");
  CHECK(Vault::open(w.at(), words, noon).error().fault == base::Fault::conflict);
  CHECK(Vault::open(there, words, noon));
}

TEST_CASE("database: a file of a newer layout is refused and left as it is") {
  World w;
  w.vault.reset();
  std::string raw = w.folder.read("v/vault.db");
  raw[63] = 9;  // user_version, big-endian, at 60
  w.folder.write("v/vault.db", raw);
  CHECK(Vault::open(w.at(), words, noon).error().fault == base::Fault::unsupported);
  CHECK(w.folder.read("v/vault.db") == raw);
}
