#include "sync/seal/head.h"
#include "tests/sync/store/world.h"

using namespace world;

namespace {

constexpr int64_t hour = 3600 * 1000;
constexpr Window a_day{24 * hour, Window::Leaving::at_once};
constexpr Window minors{minors_window_ms, Window::Leaving::when_closed};
constexpr base::Instant noon{1'772'000'000'000};

base::Instant after(int64_t ms) {
  return {noon.ms + ms};
}

}  // namespace

TEST_CASE("window: closes when it is over, by the largest time ever seen") {
  struct Case {
    const char* what;
    std::vector<int64_t> observed;  // hours after noon
    bool open;
  };
  for (const Case& c :
       {Case{"nothing passed", {}, true}, Case{"an hour later", {1}, true}, Case{"a day later", {24}, false},
        Case{"a day, then the clock set back", {25, 0}, false}, Case{"set back by an hour", {0, -1}, false},
        Case{"just before its end", {23}, true}}) {
    CAPTURE(c.what);
    World w;
    w.finish(1, a_day, noon);
    for (int64_t h : c.observed) REQUIRE(w.vault->observe(after(h * hour)));
    CHECK(w.vault->readable(w.record(), after((c.observed.empty() ? 0 : c.observed.back()) * hour))
              .has_value() == c.open);
  }
}

TEST_CASE("window: a clock that the network corrects by a minute closes nothing") {
  World w;
  w.finish(1, a_day, noon);
  REQUIRE(w.vault->observe(after(hour)));
  CHECK(w.vault->readable(w.record(), after(hour - 60'000)));
}

TEST_CASE("window: is limited to a week, whatever is asked") {
  World w;
  w.finish(1, {1000 * hour, Window::Leaving::at_once}, noon);
  CHECK(w.vault->readable(w.record(), after(167 * hour)));
  CHECK_FALSE(w.vault->readable(w.record(), after(168 * hour)));
}

TEST_CASE("window: a vault that was closed in between finds it over when it opens") {
  World w;
  w.finish(1, a_day, noon);
  w.vault.reset();
  w.vault = *Vault::open(w.at(), words, after(30 * hour));
  CHECK(w.vault->readable(w.record(), after(30 * hour)).error().fault == base::Fault::missing);
}

TEST_CASE("window: an amendment renews what is readable, neither longer nor anew") {
  World w;
  auto first = w.finish(1, a_day, noon);
  auto amend = [&](const Bytes& content) {
    Bytes e = w.envelope(w.vault->next_sequence(), w.vault->head());
    Sealing s = w.sealing(e);
    s.readable = content;
    s.window = a_day;
    s.now = after(20 * hour);
    return w.vault->add_revision(s);
  };
  const Bytes corrected{9, 9};
  REQUIRE(amend(corrected));
  CHECK(*w.vault->readable(w.record(), after(20 * hour)) == corrected);
  CHECK_FALSE(w.vault->readable(w.record(), after(25 * hour)));
  REQUIRE(amend(corrected));  // blind
  CHECK_FALSE(w.vault->readable(w.record(), after(25 * hour)));
  (void)first;
}

TEST_CASE(
    "window: a minor's interview leaves only when it can no longer be read here, and so does what follows "
    "it") {
  World w;
  w.finish(1, a_day, noon);
  w.next_respondent();
  w.finish(2, minors, noon);
  auto minor = w.record();
  w.next_respondent();
  w.finish(3, a_day, noon);
  CHECK(w.vault->outbox()->size() == 1);  // 2 is held, and 3 would look like a gap without it
  CHECK(seal::parse_head(*w.vault->signed_head())->sequence == 1);
  SUBCASE("after ten minutes") {
    CHECK(w.vault->readable(minor, after(9 * 60'000)));
    CHECK(w.vault->outbox()->size() == 1);
    CHECK_FALSE(w.vault->readable(minor, after(10 * 60'000)));
    CHECK(w.vault->outbox()->size() == 3);
  }
  SUBCASE("after a lock") {
    w.vault->lock();
    CHECK(w.vault->outbox()->size() == 3);
  }
  SUBCASE("after the program ended") {
    w.vault.reset();
    w.vault = *Vault::open(w.at(), words, noon);
    CHECK(w.vault->outbox()->size() == 3);
    CHECK_FALSE(w.vault->readable(minor, noon));
  }
  CHECK(seal::parse_head(*w.vault->signed_head())->sequence == 3);
}

TEST_CASE("window: the travel check closes every one and tells what is left") {
  World w;
  w.join();
  w.finish(1, a_day, noon);
  DraftInfo open;
  open.name = "R-17";
  REQUIRE(w.vault->begin_draft(draft(5), open));
  auto left = w.vault->travel_check(noon);
  REQUIRE(left);
  CHECK(left->closed == 1);
  REQUIRE(left->drafts.size() == 1);
  CHECK(left->drafts[0].info.name == "R-17");
  REQUIRE(left->known.size() == 1);
  CHECK(left->known[0].name == "n");
  CHECK(left->known[0].readable_until.ms == 0);
  CHECK_FALSE(w.vault->readable(w.record(), noon));
}

TEST_CASE("window: its key is not in the file once it has closed") {
  World w;
  w.finish(1, a_day, noon);
  auto raw = [&] { return w.folder.read("v/vault.db") + w.folder.read("v/vault.db-wal"); };
  std::string before = raw();
  // SQLite writes the row as: sizes (16, 72 and 43 bytes, as 2·n + 12), …, record, wrapped key, sealed content.
  size_t sizes = before.find("\x2c\x81\x1c\x62");
  REQUIRE(sizes != std::string::npos);
  std::string id(reinterpret_cast<const char*>(w.record().bytes.data()), 16);
  size_t at = before.find(id, sizes);
  REQUIRE(at - sizes < 20);
  std::string key = before.substr(at + 16, 72);
  REQUIRE(w.vault->close_windows());
  CHECK(raw().find(key) == std::string::npos);
  CHECK(raw().find(key.substr(24, 32)) == std::string::npos);
}

TEST_CASE("finish: the draft's key is not in the file afterwards") {
  World w;
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  auto raw = [&] { return w.folder.read("v/vault.db") + w.folder.read("v/vault.db-wal"); };
  std::string id(reinterpret_cast<const char*>(draft(1).bytes.data()), 16);
  std::string before = raw();
  size_t sizes = before.find("\x2c\x81\x1c");
  REQUIRE(sizes != std::string::npos);
  size_t at = before.find(id, sizes);
  REQUIRE(at - sizes < 20);
  std::string key = before.substr(at + 16, 72);
  REQUIRE(w.vault->append(draft(1), {entry("q", "x")}));
  Bytes e = w.envelope(1, w.vault->head());
  CHECK(raw().find(key) != std::string::npos);
  REQUIRE(w.vault->finish(draft(1), w.sealing(e)));
  CHECK(raw().find(key.substr(24, 32)) == std::string::npos);
}

TEST_CASE("window: none is in a backup, and no draft; what is sealed is, and goes on from there") {
  World w;
  w.join();
  auto id = w.finish(1, a_day, noon);
  REQUIRE(w.vault->begin_draft(draft(7), {}));
  auto copy = w.folder.path() / "copy";
  REQUIRE(w.vault->backup_to(copy));
  auto restored = Vault::open(copy, words, noon);
  REQUIRE(restored);
  CHECK((*restored)->is_restored());
  CHECK((*restored)->drafts()->empty());
  CHECK_FALSE((*restored)->readable(w.record(), noon));
  REQUIRE((*restored)->outbox()->size() == 1);
  CHECK((*(*restored)->outbox())[0].id == id);
  CHECK((*restored)->begin_draft(draft(8), {}).error().fault == base::Fault::conflict);
  Bytes next = w.envelope(2, w.vault->head());
  CHECK((*restored)->add_revision(w.sealing(next)).error().fault == base::Fault::conflict);
}

TEST_CASE("shred: of a withdrawn record the stub stays, and neither name nor window nor draft") {
  World w;
  w.join();
  w.finish(1, a_day, noon);
  DraftInfo same;
  same.withdrawal_seed.assign(w.card.code.begin(), w.card.code.end());
  REQUIRE(w.vault->begin_draft(draft(4), same));
  REQUIRE(w.vault->shred(w.record()));
  auto out = w.vault->outbox();
  REQUIRE(out->size() == 1);
  CHECK((*out)[0].stub);
  auto stub = seal::parse_stub((*out)[0].bytes);
  REQUIRE(stub);
  CHECK(seal::verify_stub(*stub, w.vault->keys().sign.pub));
  CHECK_FALSE(w.vault->readable(w.record(), noon));
  CHECK(w.vault->drafts()->empty());
  auto known = w.vault->finished();
  CHECK((*known)[0].withdrawn);
  CHECK((*known)[0].name.empty());
  REQUIRE(w.vault->shred(w.record()));  // twice is once
  CHECK(w.vault->outbox()->size() == 1);
}
