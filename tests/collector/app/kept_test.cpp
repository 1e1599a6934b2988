// What a laptop keeps, sealed, after the receipt: a centre's disk may die with its backup on it.
#include "collector/app/kept.h"

#include <doctest/doctest.h>

#include "tests/collector/app/team.h"

using support::Team;

namespace {

exchange::SyncReport again(Team& t, app::Profile& device) {
  app::SyncOptions options;
  options.again = true;
  return app::sync_with(device, t.share(), options, {});
}

void lose_share(Team& t) {
  std::filesystem::remove_all(t.share());
  std::filesystem::create_directories(t.share());
}

// Held, confirmed by one coordinator, and the other has never met it.
base::RecordId confirmed(Team& t) {
  auto record = t.hold(*t.amina, {{"code", "MA1"}});
  t.sync(*t.amina);
  t.sync(*t.salma);
  t.sync(*t.amina);
  CHECK(t.amina->vault().outbox()->empty());
  CHECK((*t.amina->vault().finished())[0].delivery == store::Delivery::received);
  return record;
}

constexpr int64_t day_ms = 24 * 3600 * 1000;

}  // namespace

TEST_CASE("kept: a centre that lost its disk, backup and all, gets confirmed interviews once more") {
  Team t;
  auto record = confirmed(t);
  t.salma.reset();  // stolen, with central.db and backup.db
  lose_share(t);
  auto report = again(t, *t.amina);
  REQUIRE_OK(report.outcome);
  CHECK(report.sent == 1);
  t.sync(*t.joost);
  CHECK(t.answer(*t.joost, record, "code") == "MA1");
  CHECK((*t.amina->vault().finished())[0].delivery == store::Delivery::received);
  CHECK(t.amina->vault().outbox()->empty());
}

TEST_CASE("kept: the receipt closes what could be read, whatever is kept") {
  Team t;
  auto record = confirmed(t);
  CHECK(t.amina->vault().kept()->size() == 1);
  CHECK_FALSE(t.amina->vault().readable(record, t.clock.now()));
}

TEST_CASE("kept: ninety days where the project says nothing") {
  Team t;
  confirmed(t);
  auto reopen = [&] {
    t.amina.reset();
    t.amina = *app::Profile::open(t.workspace(), "amina", Team::words, t.world());
  };
  t.clock.advance_ms(89 * day_ms);
  reopen();
  CHECK(t.amina->vault().kept()->size() == 1);
  t.clock.advance_ms(day_ms);
  reopen();
  CHECK(t.amina->vault().kept()->empty());
  CHECK((*t.amina->vault().finished())[0].delivery == store::Delivery::received);
}

TEST_CASE("kept: with the policy keep_days at 0 nothing is kept") {
  Team t;
  REQUIRE_OK(app::set_policy(*t.salma, "keep_days", "0"));
  t.sync_all();
  confirmed(t);
  CHECK(t.amina->vault().kept()->empty());
}

TEST_CASE("kept: dropped at once by a person's wish, and what is not confirmed stays") {
  Team t;
  confirmed(t);
  auto second = t.hold(*t.amina, {{"code", "MA2"}});
  auto dropped = app::prune(*t.amina);
  REQUIRE_OK(dropped);
  CHECK(*dropped == 1);
  CHECK(t.amina->vault().kept()->empty());
  lose_share(t);
  REQUIRE_OK(again(t, *t.amina).outcome);
  t.sync(*t.joost);
  CHECK(t.look(*t.joost).revisions == 1);
  CHECK(t.answer(*t.joost, second, "code") == "MA2");
}
