#include "collector/app/send_backs.h"

#include <doctest/doctest.h>

#include "tests/collector/app/team.h"

using support::Team;

TEST_CASE("send-back: one asked question goes to the device that held it, and its answer holds") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "12"}});
  t.sync_all();
  CHECK(app::send_back(*t.salma, a, {{}, {"nowhere"}, "?", 24}).error().where == "nowhere");
  REQUIRE_OK(app::send_back(*t.salma, a, {{}, {"age"}, "12 or 21?", 48}));
  t.sync_all();
  CHECK(app::sent_back_to(*t.yusuf, "en")->empty());
  auto open = app::sent_back_to(*t.amina, "en");
  REQUIRE_OK(open);
  REQUIRE(open->size() == 1);
  const app::SentBackView& one = (*open)[0];
  CHECK(one.comment == "12 or 21?");
  CHECK(one.name == "MA1");
  CHECK(one.asked_by == "salma");
  REQUIRE(one.questions.size() == 1);
  CHECK(one.questions[0].label == "How old are you?");
  CHECK(one.questions[0].shown == "12");
  CHECK(app::answer_send_back(*t.amina, one.id, {{{"code", {}}, "X"}}, "").error().fault ==
        base::Fault::invalid);
  REQUIRE_OK(app::answer_send_back(*t.amina, one.id, {{{"age", {}}, "21"}}, "looked it up"));
  CHECK(app::sent_back_to(*t.amina, "en")->empty());
  t.sync_all();
  CHECK(t.answer(*t.salma, a, "age") == "21");
  CHECK(t.look(*t.salma).conflicts.empty());
  CHECK(app::send_backs_of(*t.salma)->front().is_answered);
  t.agree();
}

TEST_CASE("send-back: an answer that is larger than any envelope arrives whole") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "12"}});
  t.sync_all();
  REQUIRE_OK(app::send_back(*t.salma, a, {{}, {"code"}, "all of it?", 48}));
  t.sync_all();
  auto open = *app::sent_back_to(*t.amina, "en");
  REQUIRE(open.size() == 1);
  const std::string all(1 << 20, 'y');
  REQUIRE_OK(app::answer_send_back(*t.amina, open[0].id, {{{"code", {}}, all}}, "typed it out"));
  t.sync_all();
  t.sync_all();
  CHECK(t.answer(*t.salma, a, "code") == all);
  t.agree();
}

TEST_CASE("send-back: to another device, which may then correct that record and no other") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "12"}});
  t.sync_all();
  REQUIRE_OK(app::send_back(*t.salma, a, {t.yusuf->keys().id, {"age"}, "please call", 24}));
  t.sync_all();
  auto open = *app::sent_back_to(*t.yusuf, "en");
  REQUIRE(open.size() == 1);
  REQUIRE_OK(app::answer_send_back(*t.yusuf, open[0].id, {{{"age", {}}, "13"}}, "called"));
  t.sync_all();
  CHECK(t.answer(*t.salma, a, "age") == "13");
  CHECK(t.answer(*t.joost, a, "age") == "13");
  t.agree();
}

TEST_CASE(
    "send-back: it is shown for its hours from the first opening, and a clock set back does not open it "
    "again") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "12"}});
  t.sync_all();
  REQUIRE_OK(app::send_back(*t.salma, a, {{}, {"age"}, "?", 2}));
  t.sync_all();
  t.clock.advance_ms(10 * 3'600'000);
  REQUIRE(app::sent_back_to(*t.amina, "en")->size() == 1);  // its hours begin now
  t.clock.advance_ms(3'600'000);
  auto open = *app::sent_back_to(*t.amina, "en");
  REQUIRE(open.size() == 1);
  t.clock.advance_ms(3'600'000);
  CHECK(app::sent_back_to(*t.amina, "en")->empty());
  t.clock.advance_ms(-2 * 3'600'000);
  CHECK(app::sent_back_to(*t.amina, "en")->empty());
  CHECK(app::answer_send_back(*t.amina, open[0].id, {{{"age", {}}, "21"}}, "").error().fault ==
        base::Fault::missing);
}
