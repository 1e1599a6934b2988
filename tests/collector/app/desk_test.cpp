#include "collector/app/centre.h"
#include "collector/app/strings.h"
#include "collector/app/withdrawals.h"
#include "tests/collector/app/campaign.h"

using namespace support;
using app::Go;

namespace {

// The whole interview: agreed, coded, counted, and one actor named; ends on the submit screen.
void hold(app::Desk& desk, const std::string& code, const std::string& age) {
  desk.apply(app::NewInterview{"visit"});
  CHECK(question(desk).id == "consent");
  desk.apply(app::ToggleChoice{"consent", "yes"});
  desk.apply(app::NextPage{});
  desk.apply(app::Answer{"case_code", code});
  desk.apply(app::NextPage{});
  desk.apply(app::Answer{"age", age});
  desk.apply(app::NextPage{});
  desk.apply(app::ToggleChoice{"langs", "ar"});
  desk.apply(app::ToggleChoice{"langs", "fr"});
  for (int i = 0; i < 10 && std::holds_alternative<app::InterviewView>(desk.screen()); ++i)
    desk.apply(app::NextPage{});
  CHECK(screen<app::SubmitView>(desk).may_finish);
}

std::string row_of(const app::Desk& desk, const std::string& column) {
  const auto& table = screen<app::TableView>(desk);
  for (size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i] == column && !table.rows.empty()) return table.rows.front()[i];
  return "no column " + column;
}

app::Safety first_safety(const app::Desk& desk) {
  const auto& home = screen<app::HomeView>(desk);
  REQUIRE(!home.interviews.empty());
  return home.interviews.front().safety;
}

}  // namespace

TEST_CASE("an interview goes from the first answer to the centre's table and back as received") {
  Campaign campaign;
  auto device = campaign.desk_of("amina", "fr");
  hold(*device, "MA12", "34");
  CHECK(!screen<app::SubmitView>(*device).card.empty());
  device->apply(app::Finish{});
  CHECK(!device->frame().notice_is_problem);
  CHECK(first_safety(*device) == app::Safety::on_laptop);

  campaign.sync(*device);
  device->apply(app::Visit{Go::home});
  CHECK(first_safety(*device) == app::Safety::handed_over);

  auto centre = campaign.desk_of("salma");
  campaign.sync(*centre);
  centre->apply(app::Visit{Go::table});
  CHECK(!centre->frame().working.empty());
  centre->wait();
  CHECK(row_of(*centre, "How old are you?") == "34");
  CHECK(row_of(*centre, "Code") == "MA12");
  CHECK(screen<app::TableView>(*centre).unopened == 0);

  campaign.sync(*centre);  // the receipt goes out
  campaign.sync(*device);
  device->apply(app::Visit{Go::home});
  CHECK(first_safety(*device) == app::Safety::received);
  // What the centre has confirmed can no longer be read here; that is said, not an error.
  device->apply(app::OpenInterview{screen<app::HomeView>(*device).interviews.front().id});
  CHECK(!device->frame().notice.empty());
  CHECK(!device->frame().notice_is_problem);
}

TEST_CASE("an interview that was left is resumed at the same question with every answer") {
  Campaign campaign;
  auto device = campaign.desk_of("amina", "ar");
  device->apply(app::NewInterview{"visit"});
  CHECK(screen<app::InterviewView>(*device).right_to_left);
  CHECK(question(*device).label == "هل توافقون؟");
  device->apply(app::ToggleChoice{"consent", "yes"});
  device->apply(app::NextPage{});
  device->apply(app::Answer{"case_code", "رمز 5"});
  device->apply(app::NextPage{});
  device->apply(app::Answer{"age", "٣٤"});
  CHECK(question(*device).value == "34");
  device.reset();  // as if the laptop went off

  auto again = campaign.desk_of("amina", "ar");
  CHECK(screen<app::HomeView>(*again).open == 1);
  again->apply(app::OpenInterview{screen<app::HomeView>(*again).interviews.front().id});
  CHECK(question(*again).id == "age");
  CHECK(question(*again).value == "34");
  again->apply(app::PreviousPage{});
  CHECK(question(*again).value == "رمز 5");
}

// Reopened right after it began, it stood on start_time, which nobody can answer.
TEST_CASE("an interview left at its first question is resumed there") {
  Campaign campaign;
  auto device = campaign.desk_of("amina");
  device->apply(app::NewInterview{"visit"});
  device.reset();
  auto again = campaign.desk_of("amina");
  again->apply(app::OpenInterview{screen<app::HomeView>(*again).interviews.front().id});
  CHECK(question(*again).id == "consent");
}

TEST_CASE("what cannot stay so is said in the interview's language and the page does not go on") {
  Campaign campaign;
  auto device = campaign.desk_of("amina", "fr");
  device->apply(app::NewInterview{"visit"});
  device->apply(app::NextPage{});  // consent is required
  CHECK(question(*device).id == "consent");
  CHECK(question(*device).problem == app::Strings("fr").tr("interview.required.problem"));
  device->apply(app::ToggleChoice{"consent", "yes"});
  CHECK(question(*device).problem.empty());
  device->apply(app::NextPage{});
  device->apply(app::Answer{"case_code", "x"});
  device->apply(app::NextPage{});
  device->apply(app::Answer{"age", "12"});
  device->apply(app::NextPage{});
  CHECK(question(*device).id == "age");
  CHECK(question(*device).problem == "Dix-huit ans ou plus.");
  device->apply(app::Answer{"age", "douze"});
  CHECK(question(*device).problem == app::Strings("fr").tr("interview.whole_number.problem"));
  CHECK(question(*device).shown == "douze");
  CHECK(!question(*device).saved);
  device->apply(app::Answer{"age", "21"});
  CHECK(question(*device).saved);
  device->apply(app::NextPage{});
  CHECK(question(*device).id == "langs");
}

TEST_CASE("a repeat that nobody counts is added to, taken from, emptied and filled again") {
  Campaign campaign;
  auto device = campaign.desk_of("amina", "ar");
  device->apply(app::NewInterview{"visit"});
  device->apply(app::ToggleChoice{"consent", "yes"});
  device->apply(app::JumpTo{"actor[1]/act_name"});
  CHECK(screen<app::InterviewView>(*device).removable == "actor[1]");
  device->apply(app::Answer{"actor[1]/act_name", "الجمعية"});
  device->apply(app::NextPage{});
  auto asks = [&] { return screen<app::InterviewView>(*device).repeat; };
  REQUIRE(asks());
  CHECK(asks()->label == "طرف");
  REQUIRE(asks()->instances.size() == 1);
  CHECK(asks()->instances[0].label == "الجمعية");
  device->apply(app::AddInstance{asks()->id, asks()->parent});
  CHECK(question(*device).id == "actor[2]/act_name");
  device->apply(app::Answer{"actor[2]/act_name", "البلدية"});
  device->apply(app::NextPage{});
  REQUIRE(asks()->instances.size() == 2);
  device->apply(app::RemoveInstance{"actor[1]"});
  REQUIRE(asks());
  REQUIRE(asks()->instances.size() == 1);
  CHECK(asks()->instances[0].label == "البلدية");
  device->apply(app::RemoveInstance{"actor[1]"});
  REQUIRE(asks());
  CHECK(asks()->instances.empty());
  device->apply(app::PreviousPage{});
  CHECK(question(*device).id == "langs");
  device->apply(app::NextPage{});
  REQUIRE(asks());  // still there to be filled again
  device->apply(app::AddInstance{asks()->id, asks()->parent});
  CHECK(question(*device).id == "actor[1]/act_name");
  device->apply(app::Answer{"actor[1]/act_name", "أخرى"});
  device->apply(app::NextPage{});
  device->apply(app::NextPage{});
  CHECK(question(*device).id == "note");
  // What is asked for only after consent is not asked for without it.
  device->apply(app::JumpTo{"consent"});
  device->apply(app::ToggleChoice{"consent", "no"});
  device->apply(app::NextPage{});
  CHECK(std::holds_alternative<app::SubmitView>(device->screen()));
  device.reset();
  auto again = campaign.desk_of("amina", "ar");
  again->apply(app::OpenInterview{screen<app::HomeView>(*again).interviews.front().id});
  again->apply(app::JumpTo{"consent"});
  again->apply(app::ToggleChoice{"consent", "yes"});
  again->apply(app::JumpTo{"actor[1]/act_name"});
  CHECK(question(*again).value == "أخرى");
}

TEST_CASE("a refusal keeps only that there was one") {
  Campaign campaign;
  auto device = campaign.desk_of("amina");
  device->apply(app::NewInterview{"visit"});
  device->apply(app::ToggleChoice{"consent", "no"});
  device->apply(app::Visit{Go::submit});
  CHECK(screen<app::SubmitView>(*device).refused);
  CHECK(screen<app::SubmitView>(*device).card.empty());
  device->apply(app::Finish{});
  campaign.sync(*device);
  auto centre = campaign.desk_of("salma");
  campaign.sync(*centre);
  auto profile = app::Profile::open(campaign.workspace(), "joost", words, campaign.world());
  REQUIRE(profile);
  REQUIRE(app::sync_with(**profile, campaign.share(), {}, {}).outcome);
  auto dataset = app::Centre::look(**profile, "en");
  REQUIRE(dataset);
  CHECK(dataset->refused == 1);
}

TEST_CASE("a finished interview is corrected on the device, and the centre shows the correction") {
  Campaign campaign;
  auto device = campaign.desk_of("amina");
  hold(*device, "MA13", "34");
  device->apply(app::Finish{});
  std::string id = screen<app::HomeView>(*device).interviews.front().id;
  device->apply(app::OpenInterview{id});
  CHECK(device->frame().notice == app::Strings("en").tr("home.correcting.notice"));
  device->apply(app::ToggleChoice{"consent", "no"});
  CHECK(question(*device).value == "yes");
  CHECK(question(*device).problem == app::Strings("en").tr("interview.fixed_consent.problem"));
  device->apply(app::JumpTo{"age"});
  device->apply(app::Answer{"age", "43"});
  CHECK(question(*device).saved);
  device->apply(app::Visit{Go::home});

  device->apply(app::OpenInterview{id});  // it stands so, also when opened again
  device->apply(app::JumpTo{"age"});
  CHECK(question(*device).value == "43");
  device->apply(app::Visit{Go::submit});
  CHECK(screen<app::SubmitView>(*device).correcting);
  device->apply(app::Finish{});
  CHECK(std::holds_alternative<app::HomeView>(device->screen()));

  campaign.sync(*device);
  auto centre = campaign.desk_of("salma");
  campaign.sync(*centre);
  centre->apply(app::Visit{Go::table});
  centre->wait();
  CHECK(row_of(*centre, "How old are you?") == "43");
  CHECK(screen<app::TableView>(*centre).conflicts == 0);
}

TEST_CASE("a correction on the device and one at the centre are both shown, and one is settled") {
  Campaign campaign;
  auto device = campaign.desk_of("amina");
  hold(*device, "MA14", "34");
  device->apply(app::Finish{});
  campaign.sync(*device);
  {
    auto salma = app::Profile::open(campaign.workspace(), "salma", words, campaign.world());
    REQUIRE(salma);
    app::SyncOptions quiet;
    quiet.receipts = false;  // so that the device may still correct
    REQUIRE(app::sync_with(**salma, campaign.share(), quiet, {}).outcome);
    auto dataset = app::Centre::look(**salma, "en");
    REQUIRE(dataset);
    REQUIRE(dataset->forms.size() == 1);
    REQUIRE(app::correct(**salma, dataset->forms[0].cases[0].record, {{"age", {}}, "61"}, "the card"));
  }
  device->apply(app::Visit{Go::home});
  device->apply(app::OpenInterview{screen<app::HomeView>(*device).interviews.front().id});
  device->apply(app::JumpTo{"age"});
  device->apply(app::Answer{"age", "43"});
  campaign.sync(*device);
  auto centre = campaign.desk_of("salma");
  campaign.sync(*centre);
  centre->apply(app::Visit{Go::conflicts});
  centre->wait();
  const auto& conflicts = screen<app::ConflictsView>(*centre);
  REQUIRE(conflicts.conflicts.size() == 1);
  CHECK(conflicts.conflicts[0].label == "How old are you?");
  CHECK(conflicts.conflicts[0].case_code == "MA14");
  REQUIRE(conflicts.conflicts[0].sides.size() == 2);
  int device_side = conflicts.conflicts[0].sides[0].value == "43" ? 0 : 1;
  CHECK(conflicts.conflicts[0].sides[static_cast<size_t>(device_side)].value == "43");
  CHECK(conflicts.conflicts[0].sides[static_cast<size_t>(1 - device_side)].value == "61");
  CHECK(conflicts.conflicts[0].shown_side == 1 - device_side);  // a coordinator's before a device's
  for (const app::ConflictSide& side : conflicts.conflicts[0].sides) {  // in the language's way, not ISO's
    CAPTURE(side.when);
    CHECK(side.when.find("2025-") == std::string::npos);
    CHECK(side.when.find(app::Strings("en").date(base::local_date(campaign.clock().now(), 0))) == 0);
  }
  centre->apply(app::ChooseSide{device_side});
  centre->apply(app::Settle{"asked again"});
  centre->wait();
  CHECK(screen<app::ConflictsView>(*centre).conflicts.empty());
  centre->apply(app::Visit{Go::table});
  centre->wait();
  CHECK(row_of(*centre, "How old are you?") == "43");
  centre.reset();
  auto salma = app::Profile::open(campaign.workspace(), "salma", words, campaign.world());
  REQUIRE(salma);
  auto merged = (*salma)->merged();
  REQUIRE(merged);
  REQUIRE((*merged)->update());
  auto revisions = (*merged)->revisions_of((*merged)->summaries().begin()->first);
  REQUIRE(revisions);
  CHECK(std::any_of(revisions->begin(), revisions->end(), [](const record::Revision& r) {
    return r.kind == record::RevisionKind::resolve && r.reason == "asked again";
  }));
}

TEST_CASE("a card withdraws its interview at every centre, also one that comes later") {
  Campaign campaign;
  auto device = campaign.desk_of("amina");
  hold(*device, "MA16", "34");
  std::string card = screen<app::SubmitView>(*device).card;
  device->apply(app::Finish{});
  campaign.sync(*device);
  auto open = [&](const char* label) {
    auto profile = app::Profile::open(campaign.workspace(), label, words, campaign.world());
    REQUIRE(profile);
    return std::move(*profile);
  };
  auto sync = [&](app::Profile& profile) {
    REQUIRE(app::sync_with(profile, campaign.share(), {}, {}).outcome);
  };
  auto held = [&](app::Profile& profile) {
    auto dataset = app::Centre::look(profile, "en");
    REQUIRE(dataset);
    size_t cases = 0;
    for (const auto& form : dataset->forms) cases += form.cases.size();
    return cases;
  };
  auto salma = open("salma");
  sync(*salma);
  CHECK(held(*salma) == 1);
  CHECK(app::withdraw_by_card(*salma, "not a card").error().fault == base::Fault::invalid);
  auto done = app::withdraw_by_card(*salma, card);
  REQUIRE(done);
  CHECK(done->was_held);
  CHECK(done->is_shredded);
  CHECK(held(*salma) == 0);
  auto envelopes = salma->central()->envelopes();
  REQUIRE(envelopes);
  for (const base::Bytes& bytes : *envelopes) CHECK(bytes.size() <= 400);  // a stub
  // Joost's centre hears of it, and of the interview, in whatever order.
  auto joost = open("joost");
  sync(*salma);
  sync(*joost);
  CHECK(held(*joost) == 0);
  auto amina = app::Profile::open(campaign.workspace(), "amina", words, campaign.world());
  CHECK(!amina);  // open in the window
  device.reset();
  amina = app::Profile::open(campaign.workspace(), "amina", words, campaign.world());
  REQUIRE(amina);
  auto again = app::withdraw_by_card(**amina, card);  // offline, on the laptop it was held on
  REQUIRE(again);
  CHECK(again->was_held);
}

TEST_CASE("a label corrected and published at the centre arrives on the device and is shown") {
  Campaign campaign;
  auto device = campaign.desk_of("amina", "fr");
  auto centre = campaign.desk_of("salma");
  centre->apply(app::Visit{Go::editor});
  const auto& editor = screen<app::EditorView>(*centre);
  int row = -1;
  for (size_t i = 0; i < editor.rows.size(); ++i)
    if (editor.rows[i].question == "age" && editor.rows[i].column == "label") row = static_cast<int>(i);
  REQUIRE(row >= 0);
  int french = 2;
  CHECK(editor.languages[static_cast<size_t>(french)] == "Français");
  centre->apply(app::SelectText{row, french});
  centre->apply(app::EditText{"Quel est votre âge ?"});
  CHECK(screen<app::EditorView>(*centre).preview.label == "Quel est votre âge ?");
  centre->apply(app::SelectText{row + 1, french});  // its hint, which was not there
  CHECK(screen<app::EditorView>(*centre).rows[static_cast<size_t>(row) + 1].column == "hint");
  centre->apply(app::EditText{"En années."});
  CHECK(screen<app::EditorView>(*centre).may_publish);
  centre->apply(app::Publish{});
  CHECK(screen<app::EditorView>(*centre).version == "8");
  campaign.sync(*centre);

  campaign.sync(*device);
  device->apply(app::NewInterview{"visit"});
  device->apply(app::ToggleChoice{"consent", "yes"});
  device->apply(app::JumpTo{"age"});
  CHECK(question(*device).label == "Quel est votre âge ?");
  CHECK(question(*device).hint == "En années.");
}

TEST_CASE("a wrong passphrase is refused in words, waits grow, and nothing is opened") {
  Campaign campaign;
  auto desk = campaign.desk();
  desk->apply(app::Unlock{"amina", "not it at all"});
  CHECK(desk->busy());
  CHECK(desk->frame().working == app::Strings("en").tr("task.opening.step"));
  desk->apply(app::Visit{Go::home});  // passed over while it opens
  desk->wait();
  CHECK(screen<app::UnlockView>(*desk).problem == app::Strings("en").tr("unlock.wrong.problem"));
  for (int i = 0; i < 6; ++i) {
    desk->apply(app::Unlock{"amina", "not it at all"});
    desk->wait();
  }
  CHECK(screen<app::UnlockView>(*desk).wait_s > 0);
  desk->apply(app::Unlock{"amina", words});
  CHECK(!desk->busy());  // not even tried
  CHECK(std::holds_alternative<app::UnlockView>(desk->screen()));
  campaign.clock().advance_ms(3600 * 1000);
  desk->apply(app::Unlock{"amina", words});
  desk->wait();
  if (const auto* still = std::get_if<app::UnlockView>(&desk->screen())) FAIL(still->problem);
  CHECK(std::holds_alternative<app::HomeView>(desk->screen()));
}

TEST_CASE("a machine that refuses to lock memory is said once, calmly, and stands under About") {
  Campaign campaign;
  base::SeededRandom random{3};
  app::Surroundings around{&campaign.clock(), &random, {}, {}};
  for (bool locks : {true, false}) {
    around.locks_memory = locks;
    auto desk = app::Desk::open(campaign.workspace(), around);
    desk->apply(app::Unlock{"amina", words});
    desk->wait();
    CHECK(desk->frame().notice.empty() == locks);
    CHECK(!desk->frame().notice_is_problem);
    desk->apply(app::Visit{Go::about});
    size_t facts = screen<app::AboutView>(*desk).facts.size();
    desk->apply(app::Visit{Go::home});
    CHECK_MESSAGE(desk->frame().notice.empty(), "it is not said on every screen");
    if (locks) continue;
    around.locks_memory = true;
    auto other = app::Desk::open(campaign.folder().path() / "none", around);
    other->apply(app::Visit{Go::about});
    CHECK(screen<app::AboutView>(*other).facts.size() + 1 == facts);
  }
}

TEST_CASE("practice needs no project and leaves nothing") {
  Folder folder;
  base::ManualClock clock{base::Instant{1763900000000}};
  base::SeededRandom random{3};
  auto desk = app::Desk::open(folder.path() / "workspace", {&clock, &random, {}, {}});
  desk->apply(app::Practise{});
  CHECK(desk->frame().practice);
  const auto& home = screen<app::HomeView>(*desk);
  if (home.forms.empty()) {
    MESSAGE("the questionnaires are not beside this test program");
    return;
  }
  desk->apply(app::NewInterview{home.forms.front().id});
  CHECK(std::holds_alternative<app::InterviewView>(desk->screen()));
  desk->apply(app::Visit{Go::sync});
  CHECK(std::holds_alternative<app::InterviewView>(desk->screen()));
  CHECK(!std::filesystem::exists(folder.path() / "workspace"));
}

TEST_CASE("tables are exported by the desk, with a codebook, while the window goes on") {
  Campaign campaign;
  auto device = campaign.desk_of("amina");
  hold(*device, "MA15", "34");
  device->apply(app::Finish{});
  campaign.sync(*device);
  auto centre = campaign.desk_of("salma", "ar");
  campaign.sync(*centre);
  auto folder = campaign.folder().path() / "out";
  centre->apply(app::ExportTo{"csv", folder.string()});
  centre->wait();
  CHECK(!centre->frame().notice_is_problem);
  CHECK(std::filesystem::exists(folder / "codebook.csv"));
  centre->apply(app::ExportTo{"xlsx", "/proc/no such place"});
  centre->wait();
  CHECK(centre->frame().notice_is_problem);
}

TEST_CASE("the central file is copied, checked and moved by the desk, and a disk that refuses is told") {
  Campaign campaign;
  auto device = campaign.desk_of("amina");
  hold(*device, "MA15", "34");
  device->apply(app::Finish{});
  campaign.sync(*device);
  auto centre = campaign.desk_of("salma");
  campaign.sync(*centre);
  auto there = campaign.folder().path() / "stick";
  std::filesystem::create_directories(there);
  centre->apply(app::Visit{Go::central_file});
  CHECK(screen<app::CentralView>(*centre).copies.size() <= 1);  // the one every sync makes
  centre->apply(app::BackUpTo{there.string()});
  centre->wait();
  CHECK(std::filesystem::exists(there / "central-copy.db"));
  CHECK(screen<app::CentralView>(*centre).results.size() == 1);
  centre->apply(app::VerifyCentral{});
  centre->wait();
  CHECK(screen<app::CentralView>(*centre).problems.empty());
  CHECK(screen<app::CentralView>(*centre).results.size() == 2);  // and that the backup lies on the same disk
  centre->apply(app::MoveCentral{there.string()});
  centre->wait();
  CHECK(screen<app::CentralView>(*centre).place == (there / "central.db").string());
  centre->apply(app::BackUpTo{(there / "no such folder").string()});
  centre->wait();
  CHECK(centre->frame().notice_is_problem);
  centre->apply(app::Visit{Go::table});
  centre->wait();
  CHECK(screen<app::TableView>(*centre).total_rows == 1);
}
