// What a fieldworker does besides answering: locks and comes back, notes, copies, takes back, meets people later.
#include <fstream>

#include "collector/app/help.h"
#include "collector/app/strings.h"
#include "tests/collector/app/campaign.h"

using namespace support;
using app::Go;

namespace {

void begin(app::Desk& desk) {
  desk.apply(app::NewInterview{"visit"});
  desk.apply(app::ToggleChoice{"consent", "yes"});
  desk.apply(app::NextPage{});
}

}  // namespace

TEST_CASE("lock: a short code brings back to the same question and caret; a wrong one three times does not") {
  Campaign campaign;
  auto desk = campaign.desk_of("amina", "fr");
  desk->apply(app::SetCode{"12"});
  CHECK(!screen<app::SettingsView>(*desk).code_problem.empty());
  desk->apply(app::SetCode{"٢٧٤١٩"});  // digits of either kind
  CHECK(screen<app::SettingsView>(*desk).has_code);
  desk->apply(app::Visit{Go::home});
  begin(*desk);
  desk->apply(app::Answer{"case_code", "MA12", 2});
  desk->apply(app::Caret{"case_code", 2});
  desk->apply(app::Hide{});
  CHECK(screen<app::LockView>(*desk).by_code);
  CHECK(screen<app::LockView>(*desk).waits);
  desk->apply(app::NewInterview{"visit"});  // nothing but the way back
  desk->apply(app::Visit{Go::home});
  CHECK(std::holds_alternative<app::LockView>(desk->screen()));
  desk->apply(app::Reveal{"99999"});
  CHECK(!screen<app::LockView>(*desk).problem.empty());
  desk->apply(app::Reveal{"27419"});
  desk->wait();
  CHECK(question(*desk).id == "case_code");
  CHECK(question(*desk).value == "MA12");
  CHECK(screen<app::InterviewView>(*desk).caret == 2);

  desk->apply(app::Hide{});
  for (int n = 0; n < 12 && screen<app::LockView>(*desk).by_code; ++n) desk->apply(app::Reveal{"00000"});
  CHECK(!screen<app::LockView>(*desk).by_code);  // guessed too often: only the passphrase now
  desk->apply(app::Reveal{"27419"});
  desk->wait();
  CHECK(std::holds_alternative<app::LockView>(desk->screen()));
  campaign.clock().advance_ms(600'000);  // it made one wait
  desk->apply(app::Reveal{words});
  desk->wait();
  CHECK(question(*desk).value == "MA12");
}

TEST_CASE("undo: an instance taken away by mistake is there again, with its answers") {
  Campaign campaign;
  auto desk = campaign.desk_of("amina");
  begin(*desk);
  desk->apply(app::JumpTo{"actor[1]/act_name"});
  desk->apply(app::Answer{"actor[1]/act_name", "the town"});
  campaign.clock().advance_ms(2000);
  desk->apply(app::RemoveInstance{"actor[1]"});
  campaign.clock().advance_ms(2000);
  CHECK(!desk->frame().notice.empty());
  REQUIRE(screen<app::InterviewView>(*desk).repeat);
  CHECK(screen<app::InterviewView>(*desk).repeat->instances.empty());
  desk->apply(app::Undo{});
  desk->apply(app::JumpTo{"actor[1]/act_name"});
  CHECK(question(*desk).value == "the town");
}

TEST_CASE("copy: another instance with the same answers, and what is changed in it stays there") {
  Campaign campaign;
  auto desk = campaign.desk_of("amina");
  begin(*desk);
  desk->apply(app::JumpTo{"actor[1]/act_name"});
  desk->apply(app::Answer{"actor[1]/act_name", "the town"});
  desk->apply(app::CopyInstance{"actor[1]"});
  CHECK(question(*desk).id == "actor[2]/act_name");
  CHECK(question(*desk).value == "the town");
  desk->apply(app::Answer{"actor[2]/act_name", "the school"});
  desk.reset();
  auto again = campaign.desk_of("amina");
  again->apply(app::OpenInterview{screen<app::HomeView>(*again).interviews.front().id});
  again->apply(app::JumpTo{"actor[1]/act_name"});
  CHECK(question(*again).value == "the town");
  again->apply(app::JumpTo{"actor[2]/act_name"});
  CHECK(question(*again).value == "the school");
}

// The order is journalled like an answer: what ended without a word has it again, and so has the centre.
TEST_CASE("order: an instance moved up stands there after the program ended, is taken back, and reaches the centre") {
  Campaign campaign;
  auto desk = campaign.desk_of("amina");
  begin(*desk);
  desk->apply(app::Answer{"case_code", "MA12"});
  desk->apply(app::JumpTo{"actor[1]/act_name"});
  desk->apply(app::Answer{"actor[1]/act_name", "the town"});
  for (const char* name : {"the school", "the club"}) {
    desk->apply(app::AddInstance{"actor", ""});
    desk->apply(app::Answer{question(*desk).id, name});
  }
  desk->apply(app::JumpTo{"actor[3]/act_name"});
  desk->apply(app::WriteNote{"actor[3]/act_name", "heard of it twice"});
  campaign.clock().advance_ms(2000);
  desk->apply(app::MoveInstance{"actor[3]", -2});
  CHECK(question(*desk).id == "actor[1]/act_name");  // one stays with the question
  CHECK(question(*desk).value == "the club");
  CHECK(question(*desk).note == "heard of it twice");
  desk.reset();  // as kill -9 leaves it: nothing is written on leaving

  auto again = campaign.desk_of("amina");
  again->apply(app::OpenInterview{screen<app::HomeView>(*again).interviews.front().id});
  auto names = [&] {
    std::string out;
    for (int n = 1; n <= 3; ++n) {
      again->apply(app::JumpTo{"actor[" + std::to_string(n) + "]/act_name"});
      out += question(*again).value + ";";
    }
    return out;
  };
  CHECK(names() == "the club;the town;the school;");
  campaign.clock().advance_ms(2000);
  again->apply(app::MoveInstance{"actor[1]", 9});  // no further than the last
  CHECK(names() == "the town;the school;the club;");
  campaign.clock().advance_ms(2000);
  again->apply(app::Undo{});
  CHECK(names() == "the club;the town;the school;");

  again->apply(app::JumpTo{"age"});
  again->apply(app::Answer{"age", "34"});
  again->apply(app::Visit{Go::submit});
  again->apply(app::Finish{});
  CHECK(!again->frame().notice_is_problem);
  campaign.sync(*again);
  auto centre = campaign.desk_of("salma");
  campaign.sync(*centre);
  centre->apply(app::Visit{Go::table});
  centre->wait();
  centre->apply(app::SelectTable{1});
  centre->wait();
  const auto& table = screen<app::TableView>(*centre);
  std::string order;
  for (const auto& row : table.rows)
    for (const std::string& cell : row)
      if (cell.starts_with("the ")) order += cell + ";";
  CHECK(order == "the club;the town;the school;");
}

TEST_CASE("note: to any question, there again after reopening, and taken away by an empty one") {
  Campaign campaign;
  auto desk = campaign.desk_of("amina");
  begin(*desk);
  desk->apply(app::WriteNote{"case_code", "  read from the card  "});
  CHECK(question(*desk).note == "read from the card");
  desk.reset();
  auto again = campaign.desk_of("amina");
  again->apply(app::OpenInterview{screen<app::HomeView>(*again).interviews.front().id});
  again->apply(app::JumpTo{"case_code"});
  CHECK(question(*again).note == "read from the card");
  again->apply(app::WriteNote{"case_code", ""});
  CHECK(question(*again).note.empty());
}

TEST_CASE("contacts: an appointment is due until it was kept, and survives the program") {
  Campaign campaign;
  auto desk = campaign.desk_of("amina", "fr");
  desk->apply(app::NoteContact{"", app::Outcome::absent, "", "", ""});
  CHECK(!screen<app::ContactsView>(*desk).problem.empty());
  desk->apply(app::NoteContact{"MA12", app::Outcome::postponed, "99/99/2026", "", ""});
  CHECK(!screen<app::ContactsView>(*desk).problem.empty());
  desk->apply(app::NoteContact{"MA12", app::Outcome::absent, "", "", ""});
  desk->apply(app::NoteContact{"MA12", app::Outcome::postponed, "27/11/2026", "10:30", "second door"});
  desk.reset();
  auto again = campaign.desk_of("amina", "fr");
  CHECK(screen<app::HomeView>(*again).appointment.find("MA12") != std::string::npos);
  again->apply(app::Visit{Go::contacts});
  auto view = screen<app::ContactsView>(*again);
  REQUIRE(view.due.size() == 1);
  CHECK(view.due[0].note == "second door");
  CHECK(view.past.size() == 2);
  again->apply(app::SettleContact{view.due[0].id, app::Outcome::held});
  CHECK(screen<app::ContactsView>(*again).due.empty());
}

TEST_CASE("settings: what a person likes is there the next time, for that person") {
  Campaign campaign;
  auto desk = campaign.desk_of("amina");
  desk->apply(app::Visit{Go::settings});
  desk->apply(app::ChangeLook{"dark", 2});
  desk->apply(app::TurnBy{app::Turning::group});
  desk->apply(app::Advance{true});
  desk->apply(app::LockAfter{5});
  desk.reset();
  auto again = campaign.desk_of("amina");
  CHECK(again->frame().theme == "dark");
  CHECK(again->frame().text_size == 2);
  CHECK(again->frame().lock_after_s == 300);
  again->apply(app::Visit{Go::settings});
  CHECK(screen<app::SettingsView>(*again).turning == app::Turning::group);
  CHECK(screen<app::SettingsView>(*again).advances);
}

TEST_CASE("card: its sheet goes to a file only where that was asked for, and without a sheet that is said") {
  Campaign campaign;
  auto desk = campaign.desk_of("amina");
  begin(*desk);
  desk->apply(app::Visit{Go::submit});
  desk->apply(app::PrintCard{});
  CHECK(desk->frame().notice_is_problem);
  CHECK(!screen<app::SubmitView>(*desk).printed);
  std::filesystem::path folder = campaign.folder().path();
  desk->apply(app::PrintCard{true, folder.string(), "%PDF-1.5 a sheet"});
  CHECK(screen<app::SubmitView>(*desk).printed);
  CHECK(std::filesystem::file_size(folder / "rihla-card.pdf") == 16);
  desk->apply(app::PrintCard{true, (folder / "none").string(), "%PDF-1.5 a sheet"});
  CHECK(desk->frame().notice_is_problem);
}

TEST_CASE("help: the same pages in every language, with the words the interface itself uses") {
  std::vector<std::string> ids;
  for (const app::HelpPage& page : app::help_pages(app::Strings("en"))) ids.push_back(page.id);
  CHECK(ids.size() >= 10);
  for (const std::string& language : app::interface_languages()) {
    CAPTURE(language);
    std::vector<std::string> here;
    for (const app::HelpPage& page : app::help_pages(app::Strings(language))) {
      here.push_back(page.id);
      CHECK(page.lines.size() >= 3);
      for (const app::HelpLine& line : page.lines) {
        CAPTURE(line.text);
        CHECK(line.text.find('{') == std::string::npos);  // a word of the interface that is not there any more
        CHECK(std::count(line.text.begin(), line.text.end(), '`') % 2 == 0);
      }
    }
    CHECK(here == ids);
  }
}
