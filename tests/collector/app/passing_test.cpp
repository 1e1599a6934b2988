// What passes between profiles by way of places: who reads what there, and what a place cannot make them believe.
#include <fstream>

#include "tests/collector/app/team.h"

namespace {

namespace fs = std::filesystem;
using support::Team;

exchange::SyncReport sync_at(app::Profile& profile, const fs::path& place, bool again = false) {
  app::SyncOptions options;
  options.again = again;
  return app::sync_with(profile, place.string(), options, {});
}

void write_file(const fs::path& file, std::string_view bytes = "") {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("passing: an empty file under a profile's name stops neither a device nor a centre") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "34"}});
  const std::string name = "9999999999-00000000.svb";
  write_file(fs::path(t.share()) / "inbox" / t.amina->keys().id.hex() / name);
  write_file(fs::path(t.share()) / "outbox" / t.salma->keys().id.hex() / name);
  t.sync(*t.amina);
  REQUIRE(t.problems.size() == 2);  // its own name, and the centre's bundle that is none
  for (const std::string& problem : t.problems) CHECK(problem.find(name) != std::string::npos);
  t.sync(*t.salma);
  CHECK_FALSE(t.problems.empty());
  CHECK(t.answer(*t.salma, a, "age") == "34");
}

TEST_CASE("passing: a device that was put back to an older copy is told by its own signature, and stops") {
  Team t;
  fs::path folder = t.amina->folder(), copy = t.folder.path() / "older";
  t.amina.reset();
  fs::copy(folder, copy, fs::copy_options::recursive);
  auto open = [&] { return std::move(*app::Profile::open(t.workspace(), "amina", Team::words, t.world())); };
  t.amina = open();
  t.hold(*t.amina, {{"code", "MA1"}});
  t.sync(*t.amina);
  t.amina.reset();
  fs::remove_all(folder);
  fs::copy(copy, folder, fs::copy_options::recursive);
  t.amina = open();
  auto report = sync_at(*t.amina, t.share());
  REQUIRE_FALSE(report.outcome);
  CHECK(report.outcome.error().fault == base::Fault::conflict);
}
