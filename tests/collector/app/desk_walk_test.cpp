// What holds a person back on the way through an interview, and what does not: rules, consent, the card.
#include <algorithm>

#include "collector/app/merged.h"
#include "collector/app/strings.h"
#include "tests/collector/app/campaign.h"

using namespace support;
using app::Go;

namespace {

const char* sheet =
    "type,name,label::English (en),label::العربية (ar),label::Français (fr),relevant,constraint,"
    "constraint_message::English (en),constraint_message::العربية (ar),constraint_message::Français (fr),"
    "required,x_role\n"
    "date,day,Day,اليوم,Jour,,,,,,,day\n"
    "select_one yn,consent,Do you agree?,هل توافقون؟,Êtes-vous d'accord ?,,,,,,yes,consent\n"
    "note,card,Hand over the card,سلّموا البطاقة,Remettez la carte,${consent} = 'yes',,,,,,withdrawal_card\n"
    "begin_group,who,Who,من,Qui,${consent} = 'yes',,,,,,\n"
    "text,case_code,Code,الرمز,Code,,string-length(.) = 4,Four characters.,أربعة أحرف.,Quatre "
    "signes.,yes,case_code\n"
    "integer,age,Age,العمر,Âge,,. >= 18,,,,,\n"
    "text,job,Work,العمل,Métier,,,,,,,\n"
    "end_group,,,,,,,,,,,\n"
    "begin_repeat,exchange,Exchange,تبادل,Échange,${consent} = 'yes',,,,,,\n"
    "text,whom,With whom?,ممّن؟,Avec qui ?,,,,,,yes,\n"
    "end_repeat,,,,,,,,,,,\n";

const app::InterviewView& page(const app::Desk& desk) {
  return screen<app::InterviewView>(desk);
}

void agree(app::Desk& desk) {  // and stands at the card
  desk.apply(app::NewInterview{"visit"});
  desk.apply(app::JumpTo{"consent"});
  desk.apply(app::ToggleChoice{"consent", "yes"});
  desk.apply(app::NextPage{});
  REQUIRE(page(desk).consent);
  REQUIRE(page(desk).consent->card);
}

}  // namespace

TEST_CASE("the withdrawal card is passed only once somebody has said that its code is written or printed") {
  Campaign campaign(sheet);
  auto desk = campaign.desk_of("amina", "fr");
  agree(*desk);
  CHECK(!page(*desk).consent->handed);
  CHECK(question(*desk).problem.empty());
  for (bool skip : {false, true}) {  // neither Enter nor Page Down
    desk->apply(app::NextPage{skip});
    REQUIRE(page(*desk).consent);
    CHECK(question(*desk).problem == app::Strings("fr").tr("consent.card.problem"));
  }
  // Gone round it: the last screen says so, leads to it, and does not finish.
  desk->apply(app::JumpTo{"case_code"});
  desk->apply(app::Answer{"case_code", "MA12"});
  desk->apply(app::Visit{Go::submit});
  CHECK(!screen<app::SubmitView>(*desk).may_finish);
  const auto& findings = screen<app::SubmitView>(*desk).findings;
  auto at = std::find_if(findings.begin(), findings.end(), [](const auto& f) { return f.id == "card"; });
  REQUIRE(at != findings.end());
  CHECK(at->kind == app::FindingKind::error);
  desk->apply(app::JumpTo{at->id});
  desk->apply(app::HandOverCard{});
  CHECK(page(*desk).consent->handed);
  CHECK(question(*desk).problem.empty());
  desk->apply(app::NextPage{});
  CHECK(question(*desk).id == "case_code");

  desk->apply(app::PreviousPage{});  // not asked again on return
  CHECK(page(*desk).consent->handed);
  desk->apply(app::NextPage{});
  CHECK(question(*desk).id == "case_code");
  desk.reset();
  desk = campaign.desk_of("amina", "fr");
  desk->apply(app::OpenInterview{screen<app::HomeView>(*desk).interviews.front().id});
  desk->apply(app::JumpTo{"card"});
  CHECK(page(*desk).consent->handed);

  desk->apply(app::JumpTo{"exchange[1]/whom"});
  desk->apply(app::Answer{"exchange[1]/whom", "the town"});
  desk->apply(app::Visit{Go::submit});
  REQUIRE(screen<app::SubmitView>(*desk).may_finish);
  desk->apply(app::Finish{});
  CHECK(!desk->frame().notice_is_problem);
  desk.reset();
  auto profile = app::Profile::open(campaign.workspace(), "amina", words, campaign.world());
  REQUIRE(profile);
  CHECK((*profile)->vault().setting("cards.handed").empty());  // forgotten with the code
}

TEST_CASE("the card of one interview says nothing about the next one's") {
  Campaign campaign(sheet);
  auto desk = campaign.desk_of("amina");
  agree(*desk);
  desk->apply(app::HandOverCard{});
  desk->apply(app::Visit{Go::home});
  agree(*desk);
  CHECK(!page(*desk).consent->handed);
  desk->apply(app::HandOverCard{});
  desk->apply(app::HandOverCard{false});  // ticked by mistake
  desk->apply(app::NextPage{});
  CHECK(page(*desk).consent);
}

// Enter after a wrong case code went on to the next question and scrolled the message away.
TEST_CASE("on a page of several, going on from a wrong or missing answer stays there and says why") {
  Campaign campaign(sheet);
  auto desk = campaign.desk_of("amina");
  agree(*desk);
  desk->apply(app::HandOverCard{});
  desk->apply(app::TurnBy{app::Turning::group});
  desk->apply(app::NextPage{});
  REQUIRE(page(*desk).questions.size() == 3);
  desk->apply(app::Focus{"age", "case_code"});  // a required blank
  CHECK(page(*desk).focus == "case_code");
  CHECK(page(*desk).questions[0].problem == app::Strings("en").tr("interview.required.problem"));
  desk->apply(app::Answer{"case_code", "M1"});
  desk->apply(app::Focus{"age", "case_code"});
  CHECK(page(*desk).focus == "case_code");
  CHECK(page(*desk).questions[0].problem == "Four characters.");
  desk->apply(app::Focus{"age"});  // by an arrow one may look elsewhere
  CHECK(page(*desk).focus == "age");
  desk->apply(app::Answer{"age", "seven"});
  desk->apply(app::Focus{"job", "age"});  // no number at all
  CHECK(page(*desk).focus == "age");
  desk->apply(app::Answer{"age", "7"});
  desk->apply(app::Focus{"job", "age"});
  CHECK(page(*desk).focus == "age");
  desk->apply(app::Answer{"age", "70"});
  desk->apply(app::Focus{"job", "age"});
  CHECK(page(*desk).focus == "job");
  desk->apply(app::Focus{"case_code"});
  desk->apply(app::Answer{"case_code", "MA12"});
  desk->apply(app::Focus{"age", "case_code"});
  CHECK(page(*desk).focus == "age");
  CHECK(page(*desk).questions[0].problem.empty());
}

TEST_CASE("a wrong answer of an interview that is opened again is still said, in words") {
  Campaign campaign(sheet);
  auto desk = campaign.desk_of("amina");
  agree(*desk);
  desk->apply(app::HandOverCard{});
  desk->apply(app::NextPage{});
  desk->apply(app::Answer{"case_code", "M1"});
  desk.reset();
  desk = campaign.desk_of("amina");
  desk->apply(app::OpenInterview{screen<app::HomeView>(*desk).interviews.front().id});
  REQUIRE(question(*desk).id == "case_code");
  desk->apply(app::NextPage{});
  CHECK(question(*desk).problem == "Four characters.");
}

// It read "1 of 2", half full, with the button "To the end"; then came 54 pages.
TEST_CASE("before consent nobody says how long the interview will be, nor that this is its end") {
  Campaign campaign(sheet);
  auto desk = campaign.desk_of("amina");
  desk->apply(app::NewInterview{"visit"});
  CHECK(page(*desk).pages == 0);
  desk->apply(app::NextPage{});
  REQUIRE(page(*desk).consent);
  CHECK(page(*desk).pages == 0);
  CHECK(!page(*desk).is_last);
  desk->apply(app::ToggleChoice{"consent", "no"});
  CHECK(page(*desk).pages == 2);
  CHECK(page(*desk).is_last);
  desk->apply(app::ToggleChoice{"consent", "yes"});
  CHECK(page(*desk).pages > 4);
  CHECK(!page(*desk).is_last);
}

TEST_CASE("the last screen says of which of several a question is") {
  Campaign campaign(sheet);
  struct Row {
    const char *language, *expected;
  };
  for (const Row& row : {Row{"en", "Exchange 2 · With whom?"}, Row{"fr", "Échange 2 · Avec qui ?"},
                         Row{"ar", "تبادل 2 · ممّن؟"}}) {
    CAPTURE(row.language);
    auto desk = campaign.desk_of("amina", row.language);
    agree(*desk);
    desk->apply(app::HandOverCard{});
    desk->apply(app::JumpTo{"exchange[1]/whom"});
    desk->apply(app::Answer{"exchange[1]/whom", "the town"});
    desk->apply(app::NextPage{});
    REQUIRE(page(*desk).repeat);
    desk->apply(app::AddInstance{page(*desk).repeat->id, page(*desk).repeat->parent});
    desk->apply(app::Visit{Go::submit});
    std::vector<std::string> labels;
    for (const auto& finding : screen<app::SubmitView>(*desk).findings)
      if (finding.id == "exchange[2]/whom") labels.push_back(finding.label);
    CHECK(labels == std::vector<std::string>{row.expected});
  }
}
