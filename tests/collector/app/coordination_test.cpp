#include <doctest/doctest.h>

#include "collector/app/alarms.h"
#include "collector/app/central_file.h"
#include "collector/app/withdrawals.h"
#include "tests/collector/app/team.h"

using support::Team;

namespace {

std::unique_ptr<app::Profile> reopened(Team& t, std::unique_ptr<app::Profile>& profile) {
  std::string label = profile->label();
  profile.reset();
  auto out = app::Profile::open(t.workspace(), label, Team::words, t.world());
  REQUIRE_OK(out);
  return std::move(*out);
}

// A third coordinator, on a laptop of their own.
std::unique_ptr<app::Profile> third(Team& t) {
  auto profile = app::Profile::create(t.workspace(), "ilse", Team::words, t.world());
  REQUIRE_OK(profile);
  auto admission = app::appoint(*t.salma, app::enrolment_request(**profile), t.kit());
  REQUIRE_OK(admission);
  REQUIRE_OK(app::join_project(**profile, *admission));
  return std::move(*profile);
}

}  // namespace

TEST_CASE("amending: never fails for size, while the interview can be read here and after it") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "12"}});
  const std::string first(1 << 20, 'x'), second((1 << 20) - 1, 'z');
  REQUIRE_OK(app::amend(*t.amina, a, {{{"code", {}}, first}}, "all of it"));
  REQUIRE_OK(app::amend(*t.amina, a, {{{"age", {}}, "13"}}, "read it wrongly"));  // what stays readable is large too
  CHECK(t.amina->vault().media_outbox()->size() == 1);
  t.sync_all();
  t.sync_all();
  CHECK(t.answer(*t.salma, a, "code") == first);
  CHECK(t.answer(*t.salma, a, "age") == "13");
  REQUIRE_OK(t.amina->vault().close_windows());
  REQUIRE_OK(app::amend(*t.amina, a, {{{"code", {}}, second}}, "shorter"));
  t.sync_all();
  t.sync_all();
  CHECK(t.answer(*t.salma, a, "code") == second);
  CHECK(t.answer(*t.joost, a, "code") == second);
  t.agree();
}

// The countersigner read the period's number where the authority before its word had lain, and once in some hundred
// projects closed the only period there was: nobody could begin an interview. The sanitizers see it every time.
TEST_CASE("founding: the first period is open, whole and countersigned, and countersigning it once more closes nothing") {
  Team t;
  for (app::Profile* profile : {t.salma.get(), t.joost.get(), t.amina.get()}) {
    CHECK(profile->authority().current_epoch());
    CHECK(profile->authority().epochs().size() == 1);
  }
  REQUIRE_OK(app::countersign(*t.joost, t.joost->authority().epochs().front()));
  CHECK(t.joost->authority().current_epoch());
  CHECK_FALSE(t.joost->authority().epochs().front().closed);
}

TEST_CASE("coordination: a third coordinator, appointed with the kit, opens what came before and after") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "34"}});
  t.sync_all();
  auto ilse = third(t);
  CHECK(ilse->is_coordinator());
  t.sync(*t.salma);
  t.sync(*ilse);
  CHECK(t.look(*ilse).records == 1);
  CHECK(t.answer(*ilse, a, "age") == "34");
  t.sync(*t.amina);
  auto b = t.hold(*t.amina, {{"code", "MA2"}, {"age", "40"}});
  t.sync(*t.amina);
  t.sync(*ilse);
  CHECK(t.answer(*ilse, b, "age") == "40");
  CHECK(t.look(*ilse).unopened == 0);
}

TEST_CASE("coordination: without the kit, or with another project's, nobody is appointed") {
  Team t;
  base::SeededRandom other(99);
  seal::Kit foreign = seal::Kit::from(base::ProjectId::from(other), other);
  auto profile = app::Profile::create(t.workspace(), "ilse", Team::words, t.world());
  auto refused = app::appoint(*t.salma, app::enrolment_request(**profile), foreign);
  CHECK(refused.error().fault == base::Fault::locked);
  CHECK(app::drill_kit(*t.salma, foreign).error().fault == base::Fault::locked);
  CHECK(t.salma->authority().coordinators().size() == 2);
}

TEST_CASE(
    "coordination: a device that is cut off keeps what it sent, sends nothing that counts, and reads nothing "
    "new") {
  Team t;
  t.hold(*t.amina, {{"code", "MA1"}});
  t.sync_all();
  auto before = t.salma->authority().read_keys().size();
  REQUIRE_OK(app::revoke_device(*t.salma, t.amina->keys().id));
  CHECK(app::revoke_device(*t.salma, t.amina->keys().id).error().fault == base::Fault::conflict);
  CHECK(t.salma->authority().read_keys().size() == before + 1);
  auto late = t.hold(*t.amina, {{"code", "MA2"}});  // it has not heard of it
  t.sync(*t.amina);
  t.sync(*t.salma);
  app::Dataset d = t.look(*t.salma);
  CHECK(d.records == 1);
  CHECK(d.set_aside == 1);
  t.sync_all();
  t.agree();
  CHECK_MESSAGE(t.amina->vault().outbox()->size() == 1, "no receipt covers it: it stays on the laptop");
  CHECK(t.amina->read_keys().size() == before);
  CHECK(t.yusuf->read_keys().size() == before + 1);
  CHECK(app::enrol(*t.salma, app::enrolment_request(*t.amina)).error().fault == base::Fault::locked);
  // It was sealed before the laptop was lost, as it turns out: its end is stated again.
  REQUIRE_OK(app::restate_end(*t.salma, t.amina->keys().id));
  CHECK(t.look(*t.salma).records == 2);
  CHECK(t.answer(*t.salma, late, "code") == "MA2");
  t.sync_all();
  t.agree();
}

TEST_CASE(
    "coordination: a coordinator who is cut off keeps what was settled; the new period is closed to them") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "34"}});
  t.sync_all();
  auto ilse = third(t);
  t.sync(*t.salma);
  t.sync(*ilse);
  REQUIRE_OK(app::correct(*ilse, a, {{"age", {}}, "43"}, "the card"));
  t.sync(*ilse);
  t.sync(*t.salma);
  CHECK(t.answer(*t.salma, a, "age") == "43");
  CHECK(app::revoke_device(*t.salma, ilse->keys().id).error().fault == base::Fault::locked);
  REQUIRE_OK(app::revoke_coordinator(*t.salma, ilse->keys().id, t.kit()));
  CHECK(t.answer(*t.salma, a, "age") == "43");
  t.sync(*t.salma);
  t.sync(*t.joost);  // his program countersigns and closes the period before
  t.sync_all();
  CHECK(t.amina->authority().current_epoch()->number == 2);
  auto b = t.hold(*t.amina, {{"code", "MA2"}});
  t.sync_all();
  t.sync(*ilse);
  CHECK(t.answer(*t.joost, b, "code") == "MA2");
  CHECK(t.look(*ilse).unopened == 1);
  t.agree();
  SUBCASE("and the last two cannot cut each other off") {
    CHECK(app::revoke_coordinator(*t.salma, t.joost->keys().id, t.kit()).error().fault ==
          base::Fault::conflict);
  }
  SUBCASE("what was enrolled after the end is parked until another enrols it again") {
    auto late = app::Profile::create(t.workspace(), "late", Team::words, t.world());
    auto request = app::enrolment_request(**late);
    auto admission = app::enrol(*ilse, request);  // she has not heard of it everywhere
    if (admission) {
      t.sync(*ilse);
      t.sync(*t.salma);
      CHECK_FALSE(t.salma->authority().member((*late)->keys().id));
      REQUIRE_OK(app::enrol(*t.salma, request));
      CHECK(t.salma->authority().member((*late)->keys().id));
    }
  }
}

TEST_CASE(
    "coordination: a period is destroyed when every last word is in; what lives stays readable, old copies "
    "do not") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "34"}});
  std::string card;
  auto gone = t.hold(*t.yusuf, {{"code", "MA2"}}, &card);
  t.sync_all();
  // Somebody keeps an old copy of the share and of the central file.
  std::filesystem::copy(t.share(), t.folder.path() / "old-share", std::filesystem::copy_options::recursive);
  auto old_envelope = *t.salma->central()->envelopes_of(gone);
  REQUIRE(old_envelope.size() == 1);
  REQUIRE_OK(app::withdraw_by_card(*t.salma, card));
  CHECK(app::destroy_epoch(*t.salma, 1).error().fault == base::Fault::conflict);
  REQUIRE_OK(app::next_epoch(*t.salma));
  t.sync_all();
  auto states = *app::epoch_states(*t.salma);
  REQUIRE(states.size() == 2);
  CHECK(states[0].is_closed);
  CHECK(states[1].is_current);
  t.sync_all();
  states = *app::epoch_states(*t.salma);
  CHECK(states[0].in_the_way.empty());
  CHECK(states[0].sealed_to == 1);
  record::Epoch first = t.salma->authority().epochs()[0];
  REQUIRE_OK(t.salma->epoch_keys(first));
  REQUIRE_OK(app::destroy_epoch(*t.salma, 1));
  CHECK_FALSE(t.salma->epoch_keys(first));
  t.salma = reopened(t, t.salma);
  CHECK_MESSAGE(!t.salma->epoch_keys(first), "not from the vault either");
  CHECK(t.answer(*t.salma, a, "age") == "34");
  CHECK(t.look(*t.salma).unopened == 0);
  // The receipt of the withdrawal knows who still holds a key to old copies.
  t.sync_all();
  auto receipt = *app::withdrawal_receipt(*t.salma, gone);
  CHECK_FALSE(receipt.complete);
  REQUIRE_OK(app::destroy_epoch(*t.joost, 1));
  t.sync_all();
  auto renewed = app::renew_kit(*t.salma, t.kit());
  REQUIRE_OK(renewed);
  t.sheets = *renewed;
  REQUIRE_OK(app::drill_kit(*t.salma, t.kit()));
  t.sync_all();
  std::vector<store::Backup> backups = *app::backups_of(*t.salma);
  for (const store::Backup& b : backups) {
    if (!b.withdrawn_since) continue;
    std::filesystem::remove(b.path);
    REQUIRE_OK(app::forget_backup(*t.salma, b.path));
  }
  receipt = *app::withdrawal_receipt(*t.salma, gone);
  std::string left;
  for (const std::string& line : receipt.to_come) left += line + "; ";
  CHECK_MESSAGE(receipt.complete, left);
  CHECK(t.answer(*t.joost, a, "age") == "34");
  t.agree();
  auto b = t.hold(*t.amina, {{"code", "MA3"}});
  t.sync_all();
  CHECK(t.answer(*t.salma, b, "code") == "MA3");
}

TEST_CASE("coordination: a lost device does not keep a period alive once two coordinators say so") {
  Team t;
  t.hold(*t.amina, {{"code", "MA1"}});
  t.sync_all();
  REQUIRE_OK(app::next_epoch(*t.salma));
  t.sync(*t.salma);
  t.sync(*t.joost);
  base::DeviceId lost = t.yusuf->keys().id;
  t.yusuf.reset();  // in the river
  t.sync_all();
  t.sync_all();
  auto states = *app::epoch_states(*t.salma);
  REQUIRE(states[0].in_the_way.size() == 1);
  CHECK(states[0].in_the_way[0].find("yusuf") != std::string::npos);
  REQUIRE_OK(app::declare_lost(*t.salma, lost));
  REQUIRE_OK(app::declare_lost(*t.salma, lost));
  CHECK(app::epoch_states(*t.salma)->front().in_the_way.size() == 1);
  t.sync(*t.salma);
  t.sync(*t.joost);
  REQUIRE_OK(app::declare_lost(*t.joost, lost));
  t.sync(*t.joost);
  t.sync(*t.salma);
  CHECK(app::epoch_states(*t.salma)->front().in_the_way.empty());
  REQUIRE_OK(app::destroy_epoch(*t.salma, 1));
}

TEST_CASE(
    "coordination: from the kit and a copy of the words a project comes back when every coordinator's key is "
    "lost") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "34"}});
  t.sync_all();
  CHECK(app::drill_kit(*t.salma, t.kit()));
  auto backup = t.folder.path() / "central-copy.db";
  REQUIRE_OK(app::back_up(*t.salma, backup));
  t.salma.reset();
  t.joost.reset();
  auto fresh = app::recover_project(t.workspace(), "noor", Team::words, t.world(), t.kit(), backup);
  REQUIRE_OK(fresh);
  CHECK((*fresh)->is_coordinator());
  CHECK((*fresh)->membership()->name == "Twinning");
  t.sync(**fresh);
  CHECK(t.answer(**fresh, a, "age") == "34");
  // Old sheets of a renewed kit are told apart.
  auto sheets = app::renew_kit(**fresh, t.kit());
  REQUIRE_OK(sheets);
  CHECK(app::drill_kit(**fresh, t.kit()).error().fault == base::Fault::conflict);
  t.sheets = *sheets;
  CHECK(app::drill_kit(**fresh, t.kit()));
}

TEST_CASE("coordination: policies and clock offsets are said again, and the newest holds") {
  Team t;
  REQUIRE_OK(app::set_policy(*t.salma, "window_hours", "12"));
  REQUIRE_OK(app::set_policy(*t.salma, "window_hours", "6"));
  CHECK(t.salma->authority().policy("window_hours") == "6");
  REQUIRE_OK(app::set_clock_offset(*t.salma, t.amina->keys().id, 3'600'000));
  REQUIRE_OK(app::set_clock_offset(*t.salma, t.amina->keys().id, -60'000));
  CHECK(t.salma->authority().clock_offset_ms(t.amina->keys().id) == -60'000);
  CHECK(app::set_policy(*t.amina, "window_hours", "1").error().fault == base::Fault::locked);
}
