// The coordinator's central file at the desk: a copy put back, what waits set aside, and the log.
#include <fstream>

#include "collector/app/central_file.h"
#include "collector/app/strings.h"
#include "sync/exchange/bundle.h"
#include "tests/collector/app/campaign.h"

using namespace support;
using app::Go;

namespace {

namespace fs = std::filesystem;

// A centre that holds one interview, and a copy of it.
struct Centre {
  Campaign campaign;
  fs::path copy;
  std::unique_ptr<app::Desk> desk;
  Centre() {
    auto device = campaign.desk_of("amina");
    device->apply(app::NewInterview{"visit"});
    device->apply(app::ToggleChoice{"consent", "yes"});
    device->apply(app::Answer{"case_code", "MA15"});
    device->apply(app::Answer{"age", "34"});
    device->apply(app::Visit{Go::submit});
    device->apply(app::Finish{});
    campaign.sync(*device);
    desk = campaign.desk_of("salma");
    campaign.sync(*desk);
    copy = campaign.folder().path() / "stick";
    fs::create_directories(copy);
    desk->apply(app::Visit{Go::central_file});
    desk->apply(app::BackUpTo{copy.string()});
    desk->wait();
    copy /= "central-copy.db";
    REQUIRE(fs::exists(copy));
  }
  const app::CentralView& file() { return screen<app::CentralView>(*desk); }
  int interviews() {
    desk->apply(app::Visit{Go::table});
    desk->wait();
    return screen<app::TableView>(*desk).total_rows;
  }
};

}  // namespace

TEST_CASE("desk: a copy takes the central file's place, and what was there is kept beside it") {
  Centre c;
  fs::path file = c.file().place;
  c.desk->apply(app::RestoreCentral{"", "not it", c.copy.string()});
  c.desk->wait();
  CHECK(screen<app::UnlockView>(*c.desk).problem == app::Strings("en").tr("unlock.wrong.problem"));
  CHECK(screen<app::UnlockView>(*c.desk).chosen == "salma");
  CHECK_FALSE(fs::exists(file.string() + ".replaced"));
  c.campaign.clock().advance_ms(600'000);
  c.desk->apply(app::Unlock{"salma", words});
  c.desk->wait();
  c.desk->apply(app::Visit{Go::central_file});
  c.desk->apply(app::RestoreCentral{"", words, (c.copy.parent_path() / "none.db").string()});
  c.desk->wait();
  CHECK(c.desk->frame().notice_is_problem);  // nothing was put aside for a copy that is not there
  CHECK_FALSE(fs::exists(file.string() + ".replaced"));
  CHECK(c.interviews() == 1);
  c.desk->apply(app::Visit{Go::central_file});
  c.desk->apply(app::RestoreCentral{"", words, c.copy.string()});
  c.desk->wait();
  CHECK(c.file().results.size() == 1);
  CHECK(fs::exists(file.string() + ".replaced"));
  CHECK(c.interviews() == 1);
}

TEST_CASE("desk: a central file that does not open any more is replaced where one unlocks") {
  Centre c;
  fs::path file = c.file().place;
  for (bool gone : {false, true}) {
    CAPTURE(gone);
    c.desk.reset();
    if (gone)
      fs::remove(file);
    else
      std::ofstream(file, std::ios::binary | std::ios::trunc) << std::string(8192, 'x');
    c.desk = c.campaign.desk();
    c.desk->apply(app::Unlock{"salma", words});
    c.desk->wait();
    CHECK(screen<app::UnlockView>(*c.desk).broken);
    CHECK(!screen<app::UnlockView>(*c.desk).problem.empty());
    c.desk->apply(app::RestoreCentral{"salma", words, c.copy.string()});
    c.desk->wait();
    CHECK(c.interviews() == 1);
  }
}

TEST_CASE("desk: what was saved from a damaged file waits with its reason, is taken in or thrown away, and that is logged") {
  Centre c;
  c.desk.reset();
  {
    auto device = c.campaign.desk_of("amina");
    for (const char* code : {"MA16", "MA17"}) {
      device->apply(app::NewInterview{"visit"});
      device->apply(app::ToggleChoice{"consent", "yes"});
      device->apply(app::Answer{"case_code", code});
      device->apply(app::Answer{"age", "40"});
      device->apply(app::Visit{Go::submit});
      device->apply(app::Finish{});
    }
  }
  fs::path torn = c.campaign.folder().path() / "torn.svb";
  {
    auto amina = app::Profile::open(c.campaign.workspace(), "amina", words, c.campaign.world());
    REQUIRE(amina);
    std::vector<exchange::Item> items;
    auto outbox = (*amina)->vault().outbox();
    REQUIRE(outbox);
    for (const auto& sealed : *outbox) items.push_back({exchange::ItemKind::revision, sealed.bytes});
    auto bundle = exchange::write_bundle((*amina)->membership()->project, (*amina)->keys(), 1, items);
    REQUIRE(bundle);
    bundle->resize(bundle->size() - 30);
    std::ofstream(torn, std::ios::binary).write(reinterpret_cast<const char*>(bundle->data()), static_cast<long>(bundle->size()));
    auto salma = app::Profile::open(c.campaign.workspace(), "salma", words, c.campaign.world());
    REQUIRE(salma);
    REQUIRE(app::salvage(**salma, torn));
  }
  c.desk = c.campaign.desk_of("salma", "fr");
  c.desk->apply(app::Visit{Go::central_file});
  app::Strings french("fr");
  REQUIRE(c.file().waiting.size() >= 2);
  CHECK(c.file().waiting[0].what == french.tr("waiting.interview.label"));
  CHECK(c.file().waiting[0].why == french.tr("waiting.salvaged.text"));
  size_t waiting = c.file().waiting.size();
  size_t logged = c.file().log.size();
  c.desk->apply(app::TakeIn{c.file().waiting[0].id});
  CHECK(!c.desk->frame().notice_is_problem);
  CHECK(c.file().waiting.size() == waiting - 1);
  c.desk->apply(app::ThrowAway{c.file().waiting[0].id});
  CHECK(c.file().waiting.size() == waiting - 2);
  CHECK(c.file().log.size() > logged);
  CHECK(c.file().log.front().what.starts_with(french.tr("log.discard.label") + ": "));
  CHECK(c.file().log_is_whole);
  CHECK(c.interviews() >= 1);
}
