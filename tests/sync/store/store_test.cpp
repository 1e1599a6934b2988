#include <doctest/doctest.h>

#include "sync/store/files.h"
#include "tests/sync/store/world.h"

using namespace world;

TEST_CASE("vault: every appended entry is there after closing and opening again") {
  World w;
  DraftInfo info;
  info.title = "Personnel communal";
  REQUIRE(w.vault->begin_draft(draft(1), info));
  for (int i = 0; i < 50; ++i)
    REQUIRE(w.vault->append(draft(1), {entry("q" + std::to_string(i), "قيمة " + std::to_string(i))}));
  w.vault.reset();
  auto again = Vault::open(w.folder.path() / "v", words, base::SystemClock().now());
  REQUIRE(again);
  auto journal = (*again)->journal(draft(1));
  REQUIRE(journal);
  REQUIRE(journal->size() == 50);
  CHECK((*journal)[49].value.text == "قيمة 49");
  auto drafts = (*again)->drafts();
  REQUIRE(drafts->size() == 1);
  CHECK((*drafts)[0].info.title == "Personnel communal");
}

TEST_CASE("vault: wrong words are refused, and the next try waits longer") {
  World w;
  w.vault.reset();
  auto folder = w.folder.path() / "v";
  base::Instant now{1'000'000};
  CHECK(Vault::wait_seconds(folder, now) == 0);
  for (int wait : {1, 2, 4, 8, 16, 32, 60, 60}) {
    CHECK(Vault::open(folder, "something else", now).error().fault == base::Fault::locked);
    CHECK(Vault::wait_seconds(folder, now) == wait);
    CHECK(Vault::open(folder, words, now).error().fault == base::Fault::locked);  // even the right ones wait
    CHECK(Vault::wait_seconds(folder, base::Instant{now.ms - 1}) == wait);  // a clock set back waits it whole
    now.ms += wait * 1000;
  }
  REQUIRE(Vault::open(folder, words, now));
  CHECK(Vault::wait_seconds(folder, now) == 0);
}

TEST_CASE("vault: a second program is told that it is open elsewhere") {
  World w;
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  auto second = Vault::open(w.folder.path() / "v", words, base::SystemClock().now());
  REQUIRE_FALSE(second);
  CHECK(second.error().fault == base::Fault::conflict);
}

TEST_CASE("vault: nothing typed stands readable in its files") {
  World w;
  DraftInfo info;
  info.name = "canary-name-7731";
  REQUIRE(w.vault->begin_draft(draft(1), info));
  REQUIRE(w.vault->append(draft(1), {entry("q", "canary-answer-9914")}));
  REQUIRE(w.vault->set_setting("place", "canary-place-1177"));
  for (const auto& file : std::filesystem::directory_iterator(w.folder.path() / "v")) {
    std::string raw = w.folder.read("v/" + file.path().filename().string());
    for (const char* canary : {"canary-name-7731", "canary-answer-9914", "canary-place-1177"})
      CHECK_MESSAGE(raw.find(canary) == std::string::npos, file.path().filename().string());
  }
}

TEST_CASE("vault: finishing puts the envelope in and takes the draft and its key out, in one") {
  World w;
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  REQUIRE(w.vault->append(draft(1), {entry("q", "x")}));
  Bytes e = w.envelope(1, w.vault->head());
  auto parsed = seal::parse_envelope(e);
  Bytes later = w.envelope(2, w.vault->head());
  CHECK_FALSE(w.vault->finish(draft(1), w.sealing(later)));  // out of order: nothing happened
  CHECK(w.vault->journal(draft(1))->size() == 1);
  const Bytes content{1, 2, 3};
  Sealing sealing = w.sealing(e);
  sealing.readable = content;
  sealing.window.ms = 3600 * 1000;
  REQUIRE(w.vault->finish(draft(1), sealing));
  CHECK_FALSE(w.vault->journal(draft(1)));
  CHECK(w.vault->drafts()->empty());
  CHECK(w.vault->outbox()->size() == 1);
  CHECK(w.vault->next_sequence() == 2);
  CHECK(w.vault->head().bytes == parsed->id.bytes);
  CHECK(*w.vault->readable(parsed->header.record, {}) == content);
  REQUIRE(w.vault->mark({parsed->id}, Delivery::handed_over));
  CHECK((*w.vault->finished())[0].delivery == Delivery::handed_over);
  CHECK(w.vault->apply_receipt(1, base::RevisionId{}).error().fault == base::Fault::conflict);
  CHECK(w.vault->outbox()->size() == 1);
  REQUIRE(w.vault->apply_receipt(1, parsed->id));
  CHECK((*w.vault->finished())[0].delivery == Delivery::received);
  CHECK(w.vault->outbox()->empty());
  CHECK_FALSE(w.vault->readable(parsed->header.record, {}));
}

TEST_CASE("files: written whole or not at all") {
  support::Folder folder;
  REQUIRE(write_atomically(folder.path() / "a", base::view_of("one")));
  REQUIRE(write_atomically(folder.path() / "a", base::view_of("two")));
  CHECK(folder.read("a") == "two");
  CHECK_FALSE(write_atomically(folder.path() / "absent" / "a", base::view_of("x")));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "a.part"));
}

TEST_CASE("vault: the log that a killed program left is cut when the profile is opened again") {
  World w;
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  REQUIRE(w.vault->append(draft(1), {entry("q", "x")}));
  // What a kill would leave: the files as they lie now, the log uncut.
  auto killed = w.folder.path() / "killed";
  std::filesystem::copy(w.at(), killed, std::filesystem::copy_options::recursive);
  REQUIRE(std::filesystem::file_size(killed / "vault.db-wal") > 0);
  auto again = Vault::open(killed, words, base::SystemClock().now());
  REQUIRE(again);
  CHECK((*again)->journal(draft(1))->size() == 1);
  // Only what opening itself wrote; nothing of before.
  CHECK(std::filesystem::file_size(killed / "vault.db-wal") < std::filesystem::file_size(w.at() / "vault.db-wal"));
}
