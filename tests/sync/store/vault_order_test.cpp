#include "sync/store/database.h"
#include "tests/sync/store/world.h"

using namespace world;

namespace {

constexpr base::Instant noon{1'772'000'000'000};

}  // namespace

TEST_CASE("vault: several answers at once are there together") {
  World w;
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  REQUIRE(w.vault->append(draft(1), {entry("a", "1"), entry("b", "2"), entry("c", "3")}));
  REQUIRE(w.vault->append(draft(1), {entry("d", "4")}));
  w.vault.reset();
  w.vault = *Vault::open(w.at(), words, noon);
  auto journal = w.vault->journal(draft(1));
  REQUIRE(journal);
  REQUIRE(journal->size() == 4);
  CHECK((*journal)[2].value.text == "3");
}

TEST_CASE("vault: an answer put in another's place does not open") {
  World w;
  REQUIRE(w.vault->begin_draft(draft(1), {}));
  REQUIRE(w.vault->append(draft(1), {entry("a", "1"), entry("b", "2")}));
  w.vault.reset();
  {
    auto db = Database::open(w.at() / "vault.db", "");
    REQUIRE(db);
    std::vector<std::pair<int64_t, Bytes>> rows;
    REQUIRE((*db)->each("SELECT place, row FROM entry ORDER BY place", {},
                        [&](Row& row) { rows.push_back({row.number(0), row.blob(1)}); }));
    REQUIRE(rows.size() == 2);
    for (size_t i : {size_t{0}, size_t{1}})
      REQUIRE((*db)->run("UPDATE entry SET row=? WHERE place=?", {ByteView(rows[1 - i].second), rows[i].first}));
  }
  w.vault = *Vault::open(w.at(), words, noon);
  CHECK(w.vault->journal(draft(1)).error().fault == base::Fault::corrupt);
}

TEST_CASE("vault: what does not follow the last one, or is not its own, is refused") {
  World w;
  w.finish(1, {}, noon);
  auto add = [&](Bytes envelope) {
    auto sealing = w.sealing(envelope);
    return w.vault->add_revision(sealing);
  };
  CHECK(add(w.envelope(2, base::Hash{})).error().fault == base::Fault::conflict);
  CHECK(add(w.envelope(3, w.vault->head())).error().fault == base::Fault::conflict);
  Bytes forged = w.envelope(2, w.vault->head());
  forged.back() ^= 1;
  CHECK(add(forged).error().fault == base::Fault::conflict);
  CHECK(w.vault->outbox()->size() == 1);
  CHECK(add(w.envelope(2, w.vault->head())));
}

TEST_CASE("vault: a receipt lets go of what it covers and of nothing more") {
  World w;
  auto first = w.finish(1, {}, noon);
  w.next_respondent();
  auto second = w.finish(2, {}, noon);
  REQUIRE(w.vault->apply_receipt(1, first));
  auto waiting = w.vault->outbox();
  REQUIRE(waiting->size() == 1);
  CHECK((*waiting)[0].id == second);
  CHECK(seal::parse_envelope((*waiting)[0].bytes));
}

TEST_CASE("vault: what was received stays sealed for its time, and what was not stays in any case") {
  constexpr int64_t day = 24 * 3600 * 1000;
  World w;
  auto first = w.finish(1, {}, noon);
  w.next_respondent();
  auto second = w.finish(2, {}, noon);
  REQUIRE(w.vault->observe(noon));
  REQUIRE(w.vault->apply_receipt(1, first));
  auto kept = *w.vault->kept();
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].id == first);
  CHECK(seal::parse_envelope(kept[0].bytes)->id == first);
  CHECK((*w.vault->finished()).size() == 2);
  REQUIRE(w.vault->observe({noon.ms + 89 * day}));
  CHECK(*w.vault->drop_kept(90 * day) == 0);
  REQUIRE(w.vault->observe({noon.ms + 90 * day}));
  REQUIRE(w.vault->observe({noon.ms + 2 * day}));  // set back: the largest time counts
  CHECK(*w.vault->drop_kept(90 * day) == 1);
  CHECK(w.vault->kept()->empty());
  CHECK(*w.vault->drop_kept(0) == 0);
  CHECK(w.vault->outbox()->size() == 1);
  CHECK(w.vault->outbox()->front().id == second);
  CHECK(w.vault->next_sequence() == 3);
}

TEST_CASE("vault: a withdrawal shreds what is kept after the receipt") {
  World w;
  auto first = w.finish(1, {}, noon);
  REQUIRE(w.vault->apply_receipt(1, first));
  Bytes body = w.vault->kept()->front().bytes;
  REQUIRE(w.vault->shred(w.record()));
  auto kept = *w.vault->kept();
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].stub);
  CHECK(seal::parse_stub(kept[0].bytes)->id == first);
  std::string raw = w.folder.read("v/vault.db") + w.folder.read("v/vault.db-wal");
  std::string sealed(body.end() - 400, body.end() - 100);
  CHECK(raw.find(sealed) == std::string::npos);
}
