// What people ask for at the window rather than by a command: an interview moved to a newer version of its form, a
// withdrawal, the place of the backup, what stands on the cards. With keys, on real profiles.
#include "collector/app/coordination.h"
#include "collector/app/locale.h"
#include "tests/collector/window/sat.h"

using namespace support;
using app::Go;

namespace {

// Version 8: `note` is gone, one question is new, `age` has other words.
const char* later =
    "type,name,label::English (en),label::العربية (ar),label::Français (fr),relevant,required,x_role\n"
    "start,start_time,,,,,,\n"
    "select_one yn,consent,Do you agree?,هل توافقون؟,Êtes-vous d'accord ?,,yes,consent\n"
    "text,case_code,Code,الرمز,Code,${consent} = 'yes',yes,case_code\n"
    "integer,age,Your age?,عمركم؟,Votre âge ?,${consent} = 'yes',,\n"
    "text,since,Since when?,منذ متى؟,Depuis quand ?,${consent} = 'yes',,\n";

void publish_later(Sat& sat) {
  const Folder& folder = sat.campaign.folder();
  folder.write("later/survey.csv", later);
  folder.write("later/choices.csv", choices_sheet);
  folder.write("later/settings.csv", "form_title,form_id,version,default_language\nA visit,visit,8,English (en)\n");
  auto salma = app::Profile::open(sat.campaign.workspace(), "salma", words, sat.campaign.world());
  REQUIRE(salma);
  auto form = app::read_form(folder.path() / "later", {});
  REQUIRE(form);
  REQUIRE(app::publish(**salma, *form));
  REQUIRE(app::sync_with(**salma, sat.campaign.share(), {}, {}).outcome);
}

void type_into(Sat& sat, const std::string& id, const std::string& typed) {
  sat.kit->focus(id);
  sat.stage->draw();
  sat.type(typed);
}

std::string type_card(const std::string& shown) {
  std::string out;
  for (char c : shown)
    if (c != ' ') out += c;
  return out;
}

}  // namespace

TEST_CASE("an open interview is offered the newer version of its form, goes on with it by a key, and keeps every answer") {
  for (bool at_once : {true, false}) {
    CAPTURE(at_once);
    Sat sat;
    sat.begin();
    sat.apply(app::Answer{"note", "told in confidence"});
    sat.go("age");
    sat.apply(app::Visit{Go::home});
    publish_later(sat);
    sat.campaign.sync(*sat.desk);
    sat.reopen();
    REQUIRE(sat.view().newer);
    CHECK(sat.view().newer->before == "7");
    CHECK(sat.view().newer->after == "8");
    CHECK(sat.view().newer->added == 1);
    CHECK(sat.view().newer->gone >= 1);
    CHECK(sat.view().newer->changed >= 1);
    CHECK(sat.stage->scratch.open == Open::newer);
    if (!at_once) {
      sat.digit(2);
      sat.settle();
      CHECK(sat.stage->scratch.open == Open::nothing);
      CHECK(sat.view().newer);
      sat.letter('U');
      CHECK(sat.stage->scratch.open == Open::newer);
    }
    sat.digit(1);
    sat.settle();
    CHECK(!sat.view().newer);
    CHECK(sat.notice().find("8") != std::string::npos);
    CHECK(sat.view().focus == "age");
    CHECK(sat.at("age").label == "Your age?");
    CHECK(sat.value("age") == "34");
    CHECK(sat.at("case_code").value == "MA15");
    sat.unlock();
    sat.reopen();
    CHECK(!sat.view().newer);
    CHECK(sat.at("since").value.empty());
  }
}

TEST_CASE("a card's code at the window deletes its interview here, says so before and after, and no code stays in sight") {
  for (bool finished : {false, true}) {
    CAPTURE(finished);
    Sat sat;
    sat.begin();
    sat.apply(app::Visit{Go::submit});
    std::string card = std::get<app::SubmitView>(sat.desk->screen()).card;
    REQUIRE(!card.empty());
    if (finished) sat.apply(app::Finish{});
    sat.apply(app::Visit{Go::home});
    sat.click("go.withdraw");
    sat.settle();
    REQUIRE(std::holds_alternative<app::WithdrawView>(sat.desk->screen()));
    type_into(sat, "withdraw.words", type_card(card));
    sat.key(Key::enter);
    const auto& found = std::get<app::WithdrawView>(sat.desk->screen());
    CHECK(found.meaning == app::Strings("en").tr("withdraw.card_here.text"));
    CHECK(found.result.empty());
    sat.key(Key::enter);  // again: looked up again, nothing is deleted
    CHECK(std::get<app::WithdrawView>(sat.desk->screen()).result.empty());
    sat.click("withdraw.now");
    const auto& done = std::get<app::WithdrawView>(sat.desk->screen());
    CHECK(done.result == app::Strings("en").tr("withdraw.deleted.result"));
    CHECK(done.number.size() == 14);
    CHECK(sat.stage->scratch.place.empty());
    sat.apply(app::Visit{Go::home});
    const auto& home = std::get<app::HomeView>(sat.desk->screen());
    CHECK(std::none_of(home.interviews.begin(), home.interviews.end(), [](const app::InterviewCard& one) {
      return one.safety != app::Safety::withdrawn && !one.name.empty();
    }));
  }
}

TEST_CASE("without the card the case code does, and a coordinator confirms at the window; a wrong code is said") {
  Sat sat;
  sat.begin();
  sat.apply(app::Visit{Go::submit});
  sat.apply(app::Finish{});
  sat.campaign.sync(*sat.desk);
  sat.apply(app::Visit{Go::withdraw});
  type_into(sat, "withdraw.words", "MA99");
  sat.key(Key::enter);
  CHECK(std::get<app::WithdrawView>(sat.desk->screen()).problem == app::Strings("en").tr("withdraw.none.problem"));
  CHECK(!sat.widget("withdraw.now"));
  sat.unlock("salma");
  sat.campaign.sync(*sat.desk);
  sat.apply(app::Visit{Go::withdraw});
  type_into(sat, "withdraw.words", "MA15");
  sat.key(Key::enter);
  CHECK(std::get<app::WithdrawView>(sat.desk->screen()).found.find("MA15") != std::string::npos);
  CHECK(std::get<app::WithdrawView>(sat.desk->screen()).meaning == app::Strings("en").tr("withdraw.case.text"));
  sat.click("withdraw.now");
  const auto& done = std::get<app::WithdrawView>(sat.desk->screen());
  CHECK(done.result == app::Strings("en").tr("withdraw.asked.result"));
  REQUIRE(done.pending.size() == 1);
  std::string id = "withdraw.confirm." + done.pending[0].id;
  sat.click(id);
  CHECK(std::get<app::WithdrawView>(sat.desk->screen()).pending.size() == 1);
  sat.click(id);
  CHECK(std::get<app::WithdrawView>(sat.desk->screen()).pending.empty());
  CHECK(sat.notice() == app::Strings("en").tr("withdraw.confirmed.notice"));
  sat.apply(app::Visit{Go::table});
  CHECK(std::get<app::TableView>(sat.desk->screen()).total_rows == 0);
}

TEST_CASE("the central file: a place for the copy that receipts rest on, typed and tried; one that cannot be is said") {
  Sat sat("salma");
  sat.apply(app::Visit{Go::central_file});
  auto file = [&]() -> const app::CentralView& { return std::get<app::CentralView>(sat.desk->screen()); };
  std::string before = file().backup_place;
  CHECK(before.ends_with("backup.db"));
  CHECK(file().one_disk);
  std::filesystem::create_directories(sat.campaign.folder().path() / "disk");
  type_into(sat, "file.backups", (sat.campaign.folder().path() / "disk").string());
  sat.key(Key::enter);
  sat.settle();
  CHECK(file().backup_place == (sat.campaign.folder().path() / "disk/central-backup.db").string());
  CHECK(std::filesystem::exists(file().backup_place));
  REQUIRE(file().results.size() == 1);
  std::string now = file().backup_place;
  sat.apply(app::KeepBackupsAt{"/proc/nowhere"});
  CHECK(sat.desk->frame().notice_is_problem);
  CHECK(file().backup_place == now);
}

TEST_CASE("the central file: what stands on the withdrawal cards is typed there, a day or a number of days, and reaches the card") {
  Sat sat("salma");
  sat.apply(app::Visit{Go::central_file});
  auto file = [&]() -> const app::CentralView& { return std::get<app::CentralView>(sat.desk->screen()); };
  sat.click("file.card");
  type_into(sat, "file.contact", "0537 00 00 00");
  type_into(sat, "file.until", "soon");
  sat.key(Key::enter);
  CHECK(file().problems.size() == 1);
  CHECK(file().card_contact.empty());
  sat.apply(app::SetCardTerms{"0537 00 00 00", "30/06/2027"});
  CHECK(file().problems.empty());
  CHECK(file().results.size() == 1);
  CHECK(file().card_contact == "0537 00 00 00");
  CHECK(file().card_until == app::write_date("en", {2027, 6, 30}, app::DateLook::digits));
  for (const std::string& language : app::interface_languages()) {  // what is shown can be kept as it stands
    CAPTURE(language);
    sat.apply(app::ChangeInterface{language});
    sat.apply(app::SetCardTerms{file().card_contact, file().card_until});
    CHECK(file().problems.empty());
    sat.apply(app::SetCardTerms{file().card_contact, file().until_example});
    CHECK(file().problems.empty());
    CHECK(file().card_until == file().until_example);
    sat.apply(app::SetCardTerms{file().card_contact, "2027-06-30"});
  }
  sat.apply(app::ChangeInterface{"en"});
  sat.campaign.sync(*sat.desk);
  sat.unlock("amina");
  sat.campaign.sync(*sat.desk);
  sat.begin();
  sat.apply(app::Visit{Go::submit});
  const auto& submit = std::get<app::SubmitView>(sat.desk->screen());
  REQUIRE(!submit.card_words.empty());
  std::string all;
  for (const std::string& line : submit.card_words.front().lines) all += line + "\n";
  CHECK(all.find("0537 00 00 00") != std::string::npos);
  CHECK(all.find("2027") != std::string::npos);
  sat.unlock("salma");
  sat.apply(app::Visit{Go::central_file});
  sat.apply(app::SetCardTerms{"0537 00 00 00", "١٨٠"});
  CHECK(file().card_until == "180");
}
