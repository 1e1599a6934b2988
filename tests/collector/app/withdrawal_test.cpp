#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "collector/app/central_file.h"
#include "collector/app/send_backs.h"
#include "collector/app/withdrawals.h"
#include "tests/collector/app/team.h"

using support::Team;

namespace {

// The sealed bodies of a record's envelopes, wherever one stands below a folder.
std::vector<std::string> places_of(const std::filesystem::path& folder,
                                   const std::vector<base::Bytes>& envelopes) {
  std::vector<std::string> found;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    std::string raw((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    for (const base::Bytes& e : envelopes)
      if (raw.find(std::string(e.end() - 400, e.end() - 100)) != std::string::npos)
        found.push_back(file.path());
  }
  return found;
}

}  // namespace

TEST_CASE("withdrawal: by card on the laptop it was held on, offline, before anything was handed over") {
  Team t;
  std::string card;
  auto gone = t.hold(*t.amina, {{"code", "MA1"}}, &card);
  auto stays = t.hold(*t.amina, {{"code", "MA2"}});
  auto envelopes = *t.amina->vault().outbox();
  auto done = app::withdraw_by_card(*t.amina, card);
  REQUIRE_OK(done);
  CHECK(done->record == gone);
  CHECK(done->is_shredded);
  CHECK(places_of(t.folder.path() / "workspace" / "profiles" / "amina", {envelopes[0].bytes}).empty());
  t.sync_all();
  app::Dataset d = t.look(*t.salma);
  CHECK(d.records == 1);
  CHECK(d.withdrawn == 1);
  CHECK(t.answer(*t.salma, stays, "code") == "MA2");
  CHECK(t.amina->vault().outbox()->empty());  // the stub keeps the chain whole: a receipt covers it
  CHECK(places_of(t.folder.path(), {envelopes[0].bytes}).empty());
  t.agree();
}

TEST_CASE("withdrawal: by card while the interview is still open: its draft dies") {
  Team t;
  auto forms = t.amina->forms();
  std::string card;
  {
    auto interview = app::Interview::begin(*t.amina, forms[0], 0);
    REQUIRE_OK(interview);
    card = (*interview)->card();
  }
  REQUIRE(t.amina->vault().drafts()->size() == 1);
  auto done = app::withdraw_by_card(*t.amina, card);
  REQUIRE_OK(done);
  CHECK(done->was_held);
  CHECK(t.amina->vault().drafts()->empty());
}

TEST_CASE(
    "withdrawal: by card on another's laptop: carried to the centre, and nothing of it is kept anywhere") {
  Team t;
  std::string card;
  t.hold(*t.amina, {{"code", "MA1"}}, &card);
  t.sync(*t.amina);
  t.sync(*t.salma);
  auto envelopes = *t.salma->central()->envelopes();
  auto done = app::withdraw_by_card(*t.yusuf, card);
  REQUIRE_OK(done);
  CHECK_FALSE(done->was_held);
  t.sync(*t.yusuf);
  t.sync_all();
  CHECK(t.look(*t.salma).records == 0);
  CHECK(t.look(*t.joost).records == 0);
  CHECK(places_of(t.workspace(), envelopes).empty());
  t.agree();
}

TEST_CASE(
    "withdrawal: the card is lost: by case code, hidden at once, deleted when a person at each centre "
    "confirms") {
  Team t;
  auto gone = t.hold(*t.amina, {{"code", "MA1"}});
  t.hold(*t.amina, {{"code", "MA2"}});
  t.sync_all();
  auto envelopes = *t.salma->central()->envelopes_of(gone);
  auto found = app::find_cases(*t.salma, "MA1");
  REQUIRE_OK(found);
  REQUIRE(found->size() == 1);
  CHECK((*found)[0].interviewer == "amina");
  CHECK(app::find_cases(*t.salma, "nowhere")->empty());
  REQUIRE_OK(app::withdraw_record(*t.salma, (*found)[0].record));
  CHECK(t.look(*t.salma).records == 1);
  t.sync_all();
  CHECK(t.look(*t.joost).records == 1);
  t.agree();
  CHECK_FALSE(places_of(t.workspace(), envelopes).empty());  // hidden, not yet gone
  for (app::Profile* centre : {t.salma.get(), t.joost.get()}) {
    auto pending = app::pending_withdrawals(*centre);
    REQUIRE_OK(pending);
    REQUIRE(pending->size() == 1);
    CHECK((*pending)[0].asked_by == "salma");
    REQUIRE_OK(app::confirm_withdrawal(*centre, gone));
    CHECK(app::pending_withdrawals(*centre)->empty());
  }
  t.sync_all();
  CHECK(places_of(t.workspace(), envelopes).empty());
  auto receipt = app::withdrawal_receipt(*t.salma, gone);
  REQUIRE_OK(receipt);
  CHECK_FALSE(receipt->complete);
  std::string all;
  for (const std::string& line : receipt->done) all += line + "\n";
  CHECK(all.find("by salma") != std::string::npos);
  CHECK(all.find("joost's centre has deleted them") != std::string::npos);
  CHECK(receipt->number.size() == 14);
  t.agree();
}

TEST_CASE("withdrawal: a fieldworker asks for an interview of their own; another's request hides nothing") {
  Team t;
  auto own = t.hold(*t.amina, {{"code", "MA1"}});
  t.sync_all();
  REQUIRE_OK(app::withdraw_record(*t.yusuf, own));  // not his
  t.sync_all();
  CHECK(t.look(*t.salma).records == 1);
  auto pending = *app::pending_withdrawals(*t.salma);
  REQUIRE(pending.size() == 1);
  CHECK_FALSE(pending[0].holds);
  CHECK(app::confirm_withdrawal(*t.salma, own).error().fault == base::Fault::locked);
  auto mine = app::find_cases(*t.amina, "MA1");
  REQUIRE(mine->size() == 1);
  REQUIRE_OK(app::withdraw_record(*t.amina, own));
  t.sync_all();
  CHECK(t.look(*t.salma).records == 0);
  REQUIRE_OK(app::confirm_withdrawal(*t.salma, own));
  t.sync_all();
  t.agree();
}

TEST_CASE("withdrawal: a coordinator's word counts while they do; a card's for ever") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}});
  t.sync_all();
  auto profile = app::Profile::create(t.workspace(), "ilse", Team::words, t.world());
  auto admission = app::appoint(*t.salma, app::enrolment_request(**profile), t.kit());
  REQUIRE_OK(app::join_project(**profile, *admission));
  t.sync(*t.salma);
  t.sync(**profile);
  REQUIRE_OK(app::withdraw_record(**profile, a));
  t.sync(**profile);
  t.sync(*t.salma);
  CHECK(t.look(*t.salma).records == 0);
  REQUIRE_OK(app::revoke_coordinator(*t.salma, (*profile)->keys().id, t.kit()));
  CHECK_MESSAGE(t.look(*t.salma).records == 1, "what hid it does not hold any more, and nothing was deleted");
  CHECK(t.answer(*t.salma, a, "code") == "MA1");
}

TEST_CASE("withdrawal: nothing of a withdrawn record stays in the cache, and its exports are listed") {
  Team t;
  std::string card;
  auto gone = t.hold(*t.amina, {{"code", "canary-code-8813"}}, &card);
  t.sync_all();
  t.look(*t.salma);
  REQUIRE_OK(app::note_in_log(*t.salma, "export", "csv of 1 interviews, for the annual report"));
  auto row = [&] {
    std::string raw = t.folder.read("workspace/profiles/salma/cache.svc");
    return raw.find(std::string(gone.bytes.begin(), gone.bytes.end())) != std::string::npos;
  };
  CHECK(row());
  REQUIRE_OK(app::withdraw_by_card(*t.salma, card));
  t.look(*t.salma);
  CHECK_FALSE(row());
  auto receipt = *app::withdrawal_receipt(*t.salma, gone);
  std::string all;
  for (const std::string& line : receipt.done) all += line + "\n";
  CHECK(all.find("for the annual report") != std::string::npos);
}

TEST_CASE("withdrawal: a card's word that comes with a sync ends the interview that is still open on a laptop") {
  Team t;
  std::string card;
  {
    auto interview = app::Interview::begin(*t.amina, t.amina->forms()[0], 0);
    REQUIRE_OK(interview);
    card = (*interview)->card();
  }
  t.hold(*t.amina, {{"code", "MA2"}});
  REQUIRE_OK(app::withdraw_by_card(*t.yusuf, card));
  t.sync(*t.yusuf);
  t.sync(*t.salma);
  REQUIRE(t.amina->vault().drafts()->size() == 1);
  t.sync(*t.amina);
  CHECK(t.amina->vault().drafts()->empty());
  CHECK(t.amina->vault().finished()->size() == 1);
}

TEST_CASE("withdrawal: a laptop remembers it, and opens nothing of that interview that comes later") {
  Team t;
  std::string card;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "12"}}, &card);
  t.sync_all();
  REQUIRE_OK(app::send_back(*t.salma, a, {t.yusuf->keys().id, {"age"}, "please call", 24}));
  REQUIRE_OK(app::withdraw_by_card(*t.joost, card));
  t.sync(*t.joost);
  t.sync(*t.yusuf);  // the withdrawal comes first, the question after it
  CHECK(app::is_withdrawn(*t.yusuf, a));
  t.sync(*t.salma);
  t.sync(*t.yusuf);
  REQUIRE(t.yusuf->authority().is_asked(t.yusuf->keys().id, a));
  CHECK(app::sent_back_to(*t.yusuf, "en")->empty());
}

TEST_CASE("withdrawal: a coordinator's own corrections of the interview go from their laptop too") {
  Team t;
  std::string card;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "12"}}, &card);
  t.sync_all();
  REQUIRE_OK(app::correct(*t.salma, a, {{"age", {}}, "21"}, "the card"));
  auto own = *t.salma->vault().outbox();
  REQUIRE(own.size() == 1);
  REQUIRE_OK(app::withdraw_by_card(*t.yusuf, card));
  t.sync(*t.yusuf);
  t.sync(*t.salma);
  CHECK(places_of(t.salma->folder(), {own[0].bytes}).empty());
}
