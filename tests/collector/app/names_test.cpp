// Names, languages and practice as a fieldworker meets them: nothing raw, nothing in a language that has no texts,
// no exercise lost.
#include <algorithm>

#include "collector/app/form_languages.h"
#include "collector/app/interview.h"
#include "collector/app/strings.h"
#include "tests/collector/app/campaign.h"

using namespace support;
using app::Go;
using app::Strings;

namespace {

// Tamazight has two choices and no question; French lacks one question.
const char* sheet =
    "type,name,label::English (en),label::Français (fr),label::ⵜⴰⵎⴰⵣⵉⵖⵜ (zgh),relevant,x_role\n"
    "select_one yn,consent,Do you agree?,Êtes-vous d'accord ?,,,consent\n"
    "text,case_code,Code,Code,,${consent} = 'yes',case_code\n"
    "text,job,Work,,,${consent} = 'yes',\n"
    "begin_repeat,exchange,Exchange,Échange,,${consent} = 'yes',\n"
    "text,whom,With whom?,Avec qui ?,,,\n"
    "end_repeat,,,,,,\n";
const char* choices =
    "list_name,name,label::English (en),label::Français (fr),label::ⵜⴰⵎⴰⵣⵉⵖⵜ (zgh)\n"
    "yn,yes,Yes,Oui,ⵢⴰⵀ\nyn,no,No,Non,ⵓⵀⵓ\n";
const char* settings =
    "form_title,form_id,version,default_language,instance_name\n"
    "A visit,visit,7,English (en),\"concat('P1', '-', ${case_code})\"\n";

void write_form(const Folder& folder, const std::string& at, const std::string& survey = sheet) {
  folder.write(at + "/survey.csv", survey);
  folder.write(at + "/choices.csv", choices);
  folder.write(at + "/settings.csv", settings);
}

// A desk without a project, whose forms to practise with stand in a folder.
struct Exercise {
  Folder folder;
  base::ManualClock clock{base::Instant{1763900000000}};
  base::SeededRandom random{7};
  std::unique_ptr<app::Desk> desk(const std::string& language = "en") {
    std::filesystem::create_directories(folder.path() / "forms");
    auto out = app::Desk::open(folder.path() / "workspace", {.clock = &clock,
                                                            .random = &random,
                                                            .lists = folder.path() / "lists",
                                                            .practice = folder.path() / "forms"});
    out->apply(app::ChangeInterface{language});
    return out;
  }
};

void practise(app::Desk& desk) {
  desk.apply(app::Practise{});
  desk.apply(app::NewInterview{"visit"});
}

const app::InterviewView& page(const app::Desk& desk) {
  return screen<app::InterviewView>(desk);
}

}  // namespace

TEST_CASE("languages: a form's language with choices alone is not offered, and does not open an interview") {
  Exercise one;
  write_form(one.folder, "forms/visit");
  auto desk = one.desk("zgh");
  desk->apply(app::Practise{});
  CHECK(screen<app::HomeView>(*desk).forms.front().languages == "English · Français");
  desk->apply(app::NewInterview{"visit"});
  // Tamazight's own texts are few: French stands in for it, here as in the interface.
  CHECK(page(*desk).language == "Français");
  CHECK(page(*desk).languages == std::vector<std::string>{"English", "Français", ""});
}

TEST_CASE("languages: where a text is missing, the page says which language stands in") {
  Exercise one;
  write_form(one.folder, "forms/visit");
  auto desk = one.desk("fr");
  practise(*desk);
  CHECK(page(*desk).remark.empty());
  desk->apply(app::ToggleChoice{"consent", "yes"});
  desk->apply(app::JumpTo{"job"});
  CHECK(page(*desk).remark ==
        Strings("fr").tr("interview.stands_in.remark", {{"language", "Français"}, {"other", "English"}}));
  desk->apply(app::ReadIn{0, -1});
  CHECK(page(*desk).remark.empty());
}

// "P1-" and "-" stood where a code would be, and a second interview was offered as "To -".
TEST_CASE("names: as long as there is no code that is said, the same everywhere") {
  Exercise one;
  write_form(one.folder, "forms/visit");
  Campaign campaign(sheet);
  auto desk = campaign.desk_of("amina", "fr");
  desk->apply(app::NewInterview{"visit"});
  CHECK(page(*desk).subtitle == Strings("fr").tr("home.no_name.label"));
  desk->apply(app::ToggleChoice{"consent", "yes"});
  desk->apply(app::OpenBeside{"visit", ""});
  CHECK(page(*desk).other == "A visit");
  desk->apply(app::SwitchInterview{});
  desk->apply(app::Answer{"case_code", "MA12"});
  CHECK(page(*desk).subtitle == "MA12");
  desk->apply(app::SwitchInterview{});
  CHECK(page(*desk).other == "MA12");
  desk->apply(app::Visit{Go::home});
  const auto& all = screen<app::HomeView>(*desk).interviews;
  CHECK(std::any_of(all.begin(), all.end(), [](const app::InterviewCard& c) { return c.name == "MA12"; }));
  CHECK(std::all_of(all.begin(), all.end(), [](const app::InterviewCard& c) { return c.name.empty() || c.name == "MA12"; }));
}

TEST_CASE("names: without a question for a code, the form's own name without loose separators") {
  Exercise one;
  std::string plain = sheet;
  for (size_t at; (at = plain.find(",case_code\n")) != std::string::npos;) plain.replace(at, 11, ",\n");
  write_form(one.folder, "forms/visit", plain);
  auto form = app::read_form(one.folder.path() / "forms/visit", {});
  REQUIRE(form);
  REQUIRE(form->read.survey);
  auto interview = app::Interview::practise(std::make_shared<const app::FormFile>(std::move(*form)),
                                            {&one.clock, &one.random, seal::cost_for(0)}, 0);
  CHECK(app::case_name(interview->session()) == "P1");
}

TEST_CASE("names: each instance of a repeat has its number in the outline") {
  Exercise one;
  write_form(one.folder, "forms/visit");
  auto desk = one.desk();
  practise(*desk);
  desk->apply(app::ToggleChoice{"consent", "yes"});
  desk->apply(app::JumpTo{"exchange[1]/whom"});
  desk->apply(app::Answer{"exchange[1]/whom", "the town"});
  desk->apply(app::AddInstance{"exchange", ""});
  std::vector<std::string> labels;
  for (const app::SectionView& section : page(*desk).outline) labels.push_back(section.label);
  CHECK(std::count(labels.begin(), labels.end(), "Exchange 1") == 1);
  CHECK(std::count(labels.begin(), labels.end(), "Exchange 2") == 1);
}

// It said "This profile belongs to no project".
TEST_CASE("practice: a folder whose form does not open is named, and an empty one says so") {
  Exercise one;
  write_form(one.folder, "forms/visit");
  one.folder.write("forms/broken/survey.csv", "type,name,label\nselect_one nowhere,q,Question\n");
  auto desk = one.desk();
  desk->apply(app::Practise{});
  CHECK(screen<app::HomeView>(*desk).forms.size() == 1);
  CHECK(desk->frame().notice.find("broken") != std::string::npos);
  CHECK(desk->frame().notice_is_problem);
}

TEST_CASE("practice: a second interview beside the first is offered and opens") {
  Exercise one;
  write_form(one.folder, "forms/visit");
  auto desk = one.desk();
  practise(*desk);
  desk->apply(app::OfferBeside{});
  REQUIRE(page(*desk).beside.size() == 1);
  desk->apply(app::OpenBeside{page(*desk).beside[0].form, ""});
  CHECK(!page(*desk).other.empty());
  CHECK(desk->frame().practice);

  Campaign campaign(sheet);  // the same with a form of one's own project
  auto own = campaign.desk_of("amina");
  own->apply(app::Practise{"visit"});
  own->apply(app::OfferBeside{});
  REQUIRE(page(*own).beside.size() == 1);
  own->apply(app::OpenBeside{"visit", ""});
  CHECK(!page(*own).other.empty());
  own->apply(app::Visit{Go::home});
  CHECK(screen<app::HomeView>(*own).interviews.empty());  // practice leaves nothing
}

TEST_CASE("practice: the lock hides an exercise and does not throw it away; ending practice does") {
  Exercise one;
  write_form(one.folder, "forms/visit");
  auto desk = one.desk();
  practise(*desk);
  desk->apply(app::ToggleChoice{"consent", "yes"});
  desk->apply(app::Answer{"job", "teacher"});
  desk->apply(app::JumpTo{"job"});
  desk->apply(app::Hide{});
  REQUIRE(std::holds_alternative<app::UnlockView>(desk->screen()));
  desk->apply(app::Practise{});
  CHECK(question(*desk).id == "job");
  CHECK(question(*desk).value == "teacher");
  CHECK(desk->frame().practice);
  desk->apply(app::Visit{Go::lock});
  desk->apply(app::Practise{});
  CHECK(std::holds_alternative<app::HomeView>(desk->screen()));

  Campaign campaign(sheet);  // with a form of one's own project: after the passphrase
  auto own = campaign.desk_of("amina");
  own->apply(app::Practise{"visit"});
  own->apply(app::ToggleChoice{"consent", "yes"});
  own->apply(app::JumpTo{"case_code"});
  own->apply(app::Answer{"case_code", "MA12"});
  own->apply(app::Hide{});
  REQUIRE(std::holds_alternative<app::LockView>(own->screen()));
  own->apply(app::Reveal{words});
  own->wait();
  CHECK(question(*own).value == "MA12");
  CHECK(own->frame().practice);
  own->apply(app::Visit{Go::home});
  own->apply(app::Visit{Go::lock});
  own->apply(app::Unlock{"amina", words});
  own->wait();
  CHECK(std::holds_alternative<app::HomeView>(own->screen()));
}

TEST_CASE("strings: one and two seconds are words in Arabic, and values of the other direction are isolated") {
  Strings arabic("ar");
  CHECK(arabic.tr("unlock.wait.problem", {{"seconds", "1"}}, 1).find('1') == std::string::npos);
  CHECK(arabic.tr("unlock.wait.problem", {{"seconds", "2"}}, 2).find('2') == std::string::npos);
  CHECK(arabic.tr("unlock.wait.problem", {{"seconds", "3"}}, 3).find('3') != std::string::npos);
  std::string said = arabic.tr("home.appointment.label", {{"code", "MA12-S147-5"}, {"when", "الجمعة"}});
  CHECK(said.find("\u2068MA12-S147-5\u2069") != std::string::npos);
  CHECK(said.find("\u2068الجمعة") == std::string::npos);
  CHECK(Strings("fr").tr("home.appointment.label", {{"code", "MA12"}, {"when", "jeudi"}}).find("\u2068") ==
        std::string::npos);
  // On the printed card "+212 5 37 00 00 00" stood as "00 00 00 37 5 212+".
  CHECK(Strings("ar").tr("card.contact.text", {{"contact", "+212 5 37 00 00 00"}}).find("\u2068+212 5 37 00 00 00\u2069") !=
        std::string::npos);
  CHECK(app::joined({"MA12", "", "الجمعة"}) == "\u2068MA12\u2069  ·  \u2068الجمعة\u2069");
  // The hour stood before the day where both were joined to a code.
  std::string when = app::joined({"27 نونبر", "10:30"}, " · ");
  CHECK(app::joined({"MA12", when}) == "\u2068MA12\u2069  ·  \u2067" + when + "\u2069");
  CHECK(app::joined({"23 Nov 2025", "13:13"}, " · ") == "23 Nov 2025 · 13:13");
}
