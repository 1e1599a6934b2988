// What the respondent reads: pages of consent and the withdrawal card, in the interview's language.
#include "collector/app/card.h"

#include "collector/app/coordination.h"
#include "tests/collector/app/campaign.h"

using namespace support;
using app::Strings;

namespace {

const char* sheet =
    "type,name,label::English (en),label::العربية (ar),label::Français (fr),relevant,constraint,"
    "constraint_message::English (en),constraint_message::العربية (ar),constraint_message::Français (fr),"
    "required,x_role\n"
    "select_one yn,consent,Do you agree?,هل توافقون؟,Êtes-vous d'accord ?,,,,,,yes,consent\n"
    "note,card,Hand over the card,سلّموا البطاقة,Remettez la carte,${consent} = 'yes',,,,,,withdrawal_card\n"
    "text,job,Work,العمل,Métier,${consent} = 'yes',,,,,,\n";

const app::ConsentView& consent(const app::Desk& desk) {
  REQUIRE(screen<app::InterviewView>(desk).consent);
  return *screen<app::InterviewView>(desk).consent;
}

int language_of(const app::Desk& desk, const std::string& name) {
  const auto& all = screen<app::InterviewView>(desk).languages;
  return static_cast<int>(std::find(all.begin(), all.end(), name) - all.begin());
}

bool any_holds(const app::CardWords& words, const std::string& part) {
  for (const std::string& line : words.lines)
    if (line.find(part) != std::string::npos) return true;
  return false;
}

}  // namespace

// A French interface put French titles, buttons and messages around an Arabic text.
TEST_CASE("consent: what the respondent reads stands in the interview's language, whatever the interface's") {
  Campaign campaign(sheet);
  auto desk = campaign.desk_of("amina", "fr");
  desk->apply(app::NewInterview{"visit"});
  desk->apply(app::ReadIn{language_of(*desk, "العربية"), -1});
  CHECK(consent(*desk).title == Strings("ar").tr("consent.adult.title"));
  CHECK(screen<app::InterviewView>(*desk).words_in == "ar");
  desk->apply(app::NextPage{});
  CHECK(question(*desk).problem == Strings("ar").tr("interview.required.problem"));
  desk->apply(app::ToggleChoice{"consent", "yes"});
  desk->apply(app::NextPage{});
  CHECK(consent(*desk).title == Strings("ar").tr("consent.card.title"));
  desk->apply(app::NextPage{});
  CHECK(question(*desk).problem == Strings("ar").tr("consent.card.problem"));
  // On any other page it is the interviewer who is spoken to.
  desk->apply(app::ReadIn{language_of(*desk, "English"), -1});
  CHECK(consent(*desk).title == Strings("en").tr("consent.card.title"));
}

TEST_CASE("strings of a form's language: Moroccan Arabic reads Arabic, an unknown language the interface's") {
  for (auto [code, read] : {std::pair{"ar-MA", "ar"}, {"ary", "ar"}, {"nl", "nl"}, {"zgh", "zgh"}, {"sw", "fr"}, {"", "fr"}})
    CHECK(app::strings_in(code, Strings("fr")).language() == read);
}

// The card told the interviewer what to do, in the interface's language, and named nobody to turn to.
TEST_CASE("card: it tells the respondent what for, whom to tell, until when, and to keep it apart from their name") {
  Campaign campaign(sheet);
  {
    auto salma = app::Profile::open(campaign.workspace(), "salma", words, campaign.world());
    REQUIRE(salma);
    CHECK(app::set_policy(**salma, "card_until", "soon").error().fault == base::Fault::invalid);
    CHECK(app::set_policy(**salma, "card_until", "2027-02-30").error().fault == base::Fault::invalid);
    REQUIRE(app::set_policy(**salma, "card_contact", "+212 536 60 00 00"));
    REQUIRE(app::set_policy(**salma, "card_until", "2027-06-30"));
  }
  auto centre = campaign.desk_of("salma");
  campaign.sync(*centre);
  centre.reset();
  auto desk = campaign.desk_of("amina", "nl");
  campaign.sync(*desk);
  desk->apply(app::Visit{app::Go::home});
  desk->apply(app::NewInterview{"visit"});
  desk->apply(app::ReadIn{language_of(*desk, "العربية"), language_of(*desk, "Français")});
  desk->apply(app::ToggleChoice{"consent", "yes"});
  desk->apply(app::NextPage{});
  const auto& card = consent(*desk);
  CHECK(!card.by_hand);
  REQUIRE(card.words.size() == 2);  // the language that is read, and the one beside it
  CHECK(card.words[0].title == Strings("ar").tr("card.respondent.title"));
  CHECK(card.words[0].right_to_left);
  CHECK(card.words[1].title == Strings("fr").tr("card.respondent.title"));
  CHECK(!card.words[1].right_to_left);
  for (const app::CardWords& one : card.words) CHECK(any_holds(one, "+212 536 60 00 00"));
  CHECK(any_holds(card.words[0], Strings("ar").date({2027, 6, 30}, app::DateLook::whole)));
  CHECK(any_holds(card.words[1], "30 juin 2027"));
  CHECK(any_holds(card.words[1], Strings("fr").tr("card.apart.text")));
  desk->apply(app::Visit{app::Go::submit});
  CHECK(screen<app::SubmitView>(*desk).card_words.size() == 2);
}

TEST_CASE("card: what the project has not said is a line to be filled by hand, and that is told") {
  Campaign campaign(sheet);
  auto desk = campaign.desk_of("amina");
  desk->apply(app::NewInterview{"visit"});
  desk->apply(app::ToggleChoice{"consent", "yes"});
  desk->apply(app::NextPage{});
  CHECK(consent(*desk).by_hand);
  REQUIRE(consent(*desk).words.size() == 1);
  CHECK(any_holds(consent(*desk).words[0], "Tell the code to: ____"));
  CHECK(any_holds(consent(*desk).words[0], "Possible until: ____"));
}

TEST_CASE("card: the last day may be so many days after the interview") {
  Campaign campaign(sheet);
  base::ManualClock clock{*base::parse_instant("2026-11-24T23:30:00Z", 0), 60};
  auto salma = app::Profile::open(campaign.workspace(), "salma", words, campaign.world());
  REQUIRE(salma);
  REQUIRE(app::set_policy(**salma, "card_until", "90"));
  auto until = app::card_terms((*salma)->authority(), clock).until;
  REQUIRE(until);
  CHECK((*until == base::Date{2027, 2, 23}));  // it is the 25th there already
  CHECK(app::check_card_policy("card_until", "0").error().where == "card_until");
  CHECK(app::check_card_policy("window_hours", "soon"));  // not ours to judge
}
