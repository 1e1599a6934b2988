// A coordinator's desk: what its first screen says, where files go, where sync goes, the editor's language.
#include <algorithm>

#include "collector/app/centre.h"
#include "collector/app/strings.h"
#include "tests/collector/app/campaign.h"

using namespace support;
using app::Go;

namespace {

void hold(app::Desk& desk, const std::string& code) {
  desk.apply(app::NewInterview{"visit"});
  desk.apply(app::ToggleChoice{"consent", "yes"});
  desk.apply(app::JumpTo{"case_code"});
  desk.apply(app::Answer{"case_code", code});
  desk.apply(app::JumpTo{"age"});
  desk.apply(app::Answer{"age", "34"});
  desk.apply(app::Finish{});
  CHECK(!desk.frame().notice_is_problem);
}

app::CentreCard centre(const app::Desk& desk) {
  REQUIRE(screen<app::HomeView>(desk).centre);
  return *screen<app::HomeView>(desk).centre;
}

}  // namespace

TEST_CASE(
    "a coordinator's first screen says what the centre holds, what waits, and what the last sync brought") {
  Campaign campaign;
  {
    auto device = campaign.desk_of("amina");
    CHECK(!screen<app::HomeView>(*device).centre);  // a fieldworker's has none
    hold(*device, "MA12");
    hold(*device, "MA13");
    campaign.sync(*device);
  }
  auto desk = campaign.desk_of("salma");
  CHECK(centre(*desk).interviews == 0);
  CHECK(centre(*desk).synced.empty());
  campaign.sync(*desk);
  desk->apply(app::Visit{Go::home});
  CHECK(centre(*desk).interviews == 2);
  CHECK(centre(*desk).came == 2);
  CHECK(centre(*desk).to_settle == 0);
  CHECK(centre(*desk).synced.find(app::Strings("en").date(base::local_date(campaign.clock().now(), 0))) == 0);
  campaign.sync(*desk);  // nothing new
  desk->apply(app::Visit{Go::home});
  CHECK(centre(*desk).interviews == 2);
  CHECK(centre(*desk).came == 0);
  desk.reset();
  // The next session says the same; what came in without a window is counted when one opens.
  desk = campaign.desk_of("salma");
  CHECK(centre(*desk).interviews == 2);
  auto joost = app::Profile::open(campaign.workspace(), "joost", words, campaign.world());
  REQUIRE(joost);
  REQUIRE(app::sync_with(**joost, campaign.share(), {}, {}).outcome);
  joost->reset();
  auto other = campaign.desk_of("joost");
  CHECK(centre(*other).interviews == 2);
}

TEST_CASE("the first screen's count of what is to settle falls when it is settled") {
  Campaign campaign;
  auto device = campaign.desk_of("amina");
  hold(*device, "MA14");
  campaign.sync(*device);
  {
    auto salma = app::Profile::open(campaign.workspace(), "salma", words, campaign.world());
    REQUIRE(salma);
    app::SyncOptions quiet;
    quiet.receipts = false;  // or the device could no longer read it
    REQUIRE(app::sync_with(**salma, campaign.share(), quiet, {}).outcome);
    auto dataset = app::Centre::look(**salma, "en");
    REQUIRE(dataset);
    REQUIRE(app::correct(**salma, dataset->forms[0].cases[0].record, {{"age", {}}, "61"}, "the card"));
  }
  device->apply(app::Visit{Go::home});
  device->apply(app::OpenInterview{screen<app::HomeView>(*device).interviews.front().id});
  device->apply(app::JumpTo{"age"});
  device->apply(app::Answer{"age", "43"});
  campaign.sync(*device);
  auto desk = campaign.desk_of("salma");
  campaign.sync(*desk);
  desk->apply(app::Visit{Go::home});
  CHECK(centre(*desk).to_settle == 1);
  desk->apply(app::Visit{Go::conflicts});
  desk->wait();
  desk->apply(app::ChooseSide{0});
  desk->apply(app::Settle{""});
  desk->wait();
  desk->apply(app::Visit{Go::home});
  CHECK(centre(*desk).to_settle == 0);
}

// By themselves they went into the hidden folder beside the sealed data.
TEST_CASE(
    "exports and copies go to the project's folder among the documents, and paths are kept from the root") {
  Campaign campaign;
  auto desk = campaign.desk_of("salma");
  const std::filesystem::path own = campaign.documents() / "Twinning";
  desk->apply(app::Visit{Go::export_tables});
  CHECK(screen<app::ExportView>(*desk).folder == own.string());
  desk->apply(app::ExportTo{"csv", screen<app::ExportView>(*desk).folder});  // it is not there yet
  desk->wait();
  CHECK(!desk->frame().notice_is_problem);
  CHECK(std::filesystem::exists(own / "about.csv"));
  desk->apply(app::ExportTo{"csv", "for the report"});
  desk->wait();
  CHECK(std::filesystem::exists(own / "for the report" / "about.csv"));
  CHECK(screen<app::ExportView>(*desk).folder == (own / "for the report").string());

  desk->apply(app::Visit{Go::central_file});
  CHECK(std::filesystem::path(screen<app::CentralView>(*desk).place).is_absolute());
  CHECK(screen<app::CentralView>(*desk).folder == own.string());
  desk->apply(app::BackUpTo{"copies"});
  desk->wait();
  REQUIRE(!screen<app::CentralView>(*desk).copies.empty());
  for (const std::string& copy : screen<app::CentralView>(*desk).copies)
    CHECK(std::filesystem::path(copy).is_absolute());
  CHECK(std::filesystem::exists(own / "copies" / "central-copy.db"));
  desk->apply(app::MoveCentral{"moved"});
  desk->wait();
  CHECK(screen<app::CentralView>(*desk).place == (own / "moved" / "central.db").string());
  desk.reset();
  desk = campaign.desk_of("salma");
  desk->apply(app::Visit{Go::export_tables});  // last used
  CHECK(screen<app::ExportView>(*desk).folder == (own / "for the report").string());
}

TEST_CASE("the place of the last sync is offered, and another is chosen from a list of folders") {
  Campaign campaign;
  {
    auto desk = campaign.desk_of("salma");
    campaign.sync(*desk);
  }
  auto desk = campaign.desk_of("salma");
  desk->apply(app::Visit{Go::sync});
  CHECK(screen<app::SyncView>(*desk).place == campaign.share());
  REQUIRE(!screen<app::SyncView>(*desk).offered.empty());
  CHECK(screen<app::SyncView>(*desk).offered.front() == campaign.share());
  std::filesystem::path around = campaign.folder().path();
  std::filesystem::create_directories(around / "stick" / "rihla");
  desk->apply(app::BrowseFolders{around.string()});
  REQUIRE(screen<app::SyncView>(*desk).browser);
  CHECK(screen<app::SyncView>(*desk).browser->of_folders);
  bool listed = false;
  for (const auto& entry : screen<app::SyncView>(*desk).browser->entries) {
    listed |= entry.name == "stick";
    CHECK(entry.is_folder);
  }
  CHECK(listed);
  desk->apply(app::BrowseFolders{(around / "gone" / "away").string()});  // the nearest that is there
  CHECK(screen<app::SyncView>(*desk).browser->folder == around.string());
  desk->apply(app::TakeFolder{(around / "stick" / "rihla").string()});
  CHECK(!screen<app::SyncView>(*desk).browser);
  CHECK(screen<app::SyncView>(*desk).place == (around / "stick" / "rihla").string());
  desk->apply(app::BrowseFolders{""});
  desk->apply(app::CloseBrowser{});
  CHECK(!screen<app::SyncView>(*desk).browser);
}

TEST_CASE("after publishing, the editor stays in the language that was being edited") {
  Campaign campaign;
  auto desk = campaign.desk_of("salma", "fr");
  desk->apply(app::Visit{Go::editor});
  CHECK(screen<app::EditorView>(*desk).language == 0);
  desk->apply(app::SelectText{1, 2});
  REQUIRE(screen<app::EditorView>(*desk).languages[2] == "Français");
  desk->apply(app::EditText{"Un autre mot"});
  desk->apply(app::Publish{});
  CHECK(!desk->frame().notice_is_problem);
  CHECK(screen<app::EditorView>(*desk).version == "8");
  CHECK(screen<app::EditorView>(*desk).language == 2);
  CHECK(screen<app::EditorView>(*desk).selected == 1);
}

TEST_CASE("the dataset's columns and states stand in the interface's language, names in the files as codes") {
  Campaign campaign;
  {
    auto device = campaign.desk_of("amina");
    hold(*device, "MA12");
    campaign.sync(*device);
  }
  auto desk = campaign.desk_of("salma", "fr");
  campaign.sync(*desk);
  desk->apply(app::Visit{Go::table});
  desk->wait();
  const auto& table = screen<app::TableView>(*desk);
  app::Strings french("fr");
  auto at = std::find(table.columns.begin(), table.columns.end(), french.tr("column.state.label"));
  REQUIRE(at != table.columns.end());
  REQUIRE(!table.rows.empty());
  CHECK(table.rows[0][static_cast<size_t>(at - table.columns.begin())] == french.tr("column.finished.state"));
  CHECK(table.columns[0] == french.tr("column.record.label"));
  desk->apply(app::ShowLabels{false});
  CHECK(screen<app::TableView>(*desk).columns[0] == "record");
  desk->apply(app::ExportTo{"csv", "tables"});
  desk->wait();
  std::string head = campaign.folder().read("documents/Twinning/tables/visit.csv");
  CHECK(head.find("record,form_version,state,state.label,") < 5);
  CHECK(head.find(",finished,terminé,") != std::string::npos);
  std::string about = campaign.folder().read("documents/Twinning/tables/about.csv");
  CHECK(about.find("interviews,1," + french.tr("about_table.interviews.label")) != std::string::npos);
}
