#include "collector/app/central_file.h"

#include <doctest/doctest.h>

#include <fstream>

#include "collector/app/alarms.h"
#include "collector/app/verify.h"
#include "sync/seal/envelope.h"
#include "tests/collector/app/team.h"
#include "tests/sync/store/recording.h"

using support::Team;

namespace {

void overwrite(const std::filesystem::path& file, const base::Bytes& bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

TEST_CASE("central file: moved to another folder, it is found there, and nothing is left behind") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}});
  t.sync_all();
  auto from = app::central_path(*t.salma);
  auto to = t.folder.path() / "disk" / "central.db";
  std::filesystem::create_directories(to.parent_path());
  REQUIRE_OK(app::move_central(*t.salma, to));
  CHECK_FALSE(std::filesystem::exists(from));
  CHECK(t.answer(*t.salma, a, "code") == "MA1");
  t.salma.reset();
  t.salma = *app::Profile::open(t.workspace(), "salma", Team::words, t.world());
  CHECK(app::central_path(*t.salma) == to);
  CHECK(t.look(*t.salma).records == 1);
  t.sync_all();
  t.agree();
  CHECK(app::move_central(*t.salma, to).error().fault == base::Fault::conflict);
  CHECK(app::log_of(*t.salma)->is_whole);
}

TEST_CASE("central file: restored from a backup, nothing acknowledged is lost and nothing is said twice") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "30"}});
  t.sync_all();
  auto backup = t.folder.path() / "week-old.db";
  REQUIRE_OK(app::back_up(*t.salma, backup));
  auto b = t.hold(*t.amina, {{"code", "MA2"}});
  t.sync(*t.amina);
  t.sync(*t.salma, false);  // received, not confirmed: no backup holds it
  REQUIRE_OK(app::correct(*t.salma, a, {{"age", {}}, "31"}, "the card"));
  REQUIRE_OK(app::set_policy(*t.salma, "x", "said after the backup"));
  auto word = t.salma->authority().policy_edition("x");
  t.salma.reset();
  overwrite(app::Profile::folder_of(t.workspace(), "salma") / "central.db", {1, 2, 3});  // the disk died
  CHECK(app::Profile::open(t.workspace(), "salma", Team::words, t.world()).error().fault ==
        base::Fault::corrupt);
  REQUIRE_OK(app::restore_central(t.workspace(), "salma", Team::words, t.world(), backup));
  t.salma = *app::Profile::open(t.workspace(), "salma", Team::words, t.world());
  CHECK(t.salma->authority().policy_edition("x") == word);  // own words come from the vault
  CHECK(t.answer(*t.salma, a, "age") == "31");              // and own decisions
  t.sync_all();
  CHECK(t.answer(*t.salma, b, "code") == "MA2");
  CHECK(app::alarms_of(*t.salma)->missing.empty());
  CHECK(t.salma->authority().forks().empty());
  t.agree();
  auto broken = t.folder.path() / "broken.db";
  overwrite(broken, base::Bytes(5000, 7));
  t.salma.reset();
  CHECK_FALSE(app::restore_central(t.workspace(), "salma", Team::words, t.world(), broken));
}

TEST_CASE("central file: a profile that was itself restored says nothing new") {
  Team t;
  t.sync_all();
  auto folder = app::Profile::folder_of(t.workspace(), "joost");
  t.joost.reset();
  std::filesystem::copy(folder, t.folder.path() / "old", std::filesystem::copy_options::recursive);
  t.joost = *app::Profile::open(t.workspace(), "joost", Team::words, t.world());
  REQUIRE_OK(app::set_policy(*t.joost, "x", "1"));
  t.sync(*t.joost);
  t.joost.reset();
  std::filesystem::remove_all(folder);
  std::filesystem::rename(t.folder.path() / "old", folder);
  t.joost = *app::Profile::open(t.workspace(), "joost", Team::words, t.world());
  auto report = app::sync_with(*t.joost, t.share(), {}, {});
  REQUIRE_FALSE(report.outcome);
  CHECK(report.outcome.error().fault == base::Fault::conflict);
}

TEST_CASE("central file: verified whole, and what was changed in it is named") {
  Team t;
  t.hold(*t.amina, {{"code", "MA1"}});
  t.sync_all();
  auto good = app::verify(*t.salma, {});
  REQUIRE_OK(good);
  CHECK(good->problems.empty());
  CHECK(good->checked > 5);
}

TEST_CASE("central file: a receipt names only what a verified backup holds") {
  Team t;
  t.hold(*t.amina, {{"code", "MA1"}});
  t.sync(*t.amina);
  t.sync(*t.salma, false);
  t.sync(*t.amina);
  CHECK(t.amina->vault().outbox()->size() == 1);
  t.sync(*t.salma);
  t.sync(*t.amina);
  CHECK(t.amina->vault().outbox()->empty());
  auto receipts = t.salma->authority().receipts();
  REQUIRE(receipts.size() == 1);
  size_t before = t.salma->statements()->size();
  t.sync(*t.salma);
  CHECK_MESSAGE(t.salma->statements()->size() == before, "nothing new, nothing said");
}

TEST_CASE("central file: what is whole of a torn bundle waits in the quarantine for a person's word") {
  Team t;
  std::vector<base::RecordId> held;
  for (int n = 0; n < 3; ++n) held.push_back(t.hold(*t.amina, {{"code", "MA" + std::to_string(n)}}));
  auto outbox = *t.amina->vault().outbox();
  std::vector<exchange::Item> items;
  for (auto& sealed : outbox) items.push_back({exchange::ItemKind::revision, sealed.bytes});
  auto bundle = *exchange::write_bundle(t.amina->membership()->project, t.amina->keys(), 1, items);
  base::Bytes torn = bundle;
  torn[torn.size() / 2] ^= 0x40;  // one byte in the middle one
  torn.resize(torn.size() - 30);
  auto file = t.folder.path() / "torn.svb";
  overwrite(file, torn);
  CHECK_FALSE(app::admit_bundle(*t.salma, "torn.svb", torn));
  auto done = app::salvage(*t.salma, file);
  REQUIRE_OK(done);
  CHECK(done->whole == 2);
  CHECK(done->torn >= 1);
  CHECK(t.look(*t.salma).records == 0);
  auto waiting = *app::quarantine_of(*t.salma);
  REQUIRE(waiting.size() == 2);
  CHECK(waiting[0].why == "salvaged");
  REQUIRE_OK(app::admit(*t.salma, waiting[0].id));
  REQUIRE_OK(app::discard(*t.salma, waiting[1].id));
  CHECK(app::quarantine_of(*t.salma)->empty());
  CHECK(t.look(*t.salma).records == 1);
  // Its table gone too, what shows its own size is still found.
  base::Bytes headless(bundle.begin() + 60, bundle.end());
  overwrite(file, headless);
  CHECK(app::salvage(*t.salma, file)->whole == 3);
}

TEST_CASE("central file: the log is signed, and a line taken off its end shows") {
  Team t;
  for (int n = 0; n < 4; ++n) REQUIRE_OK(app::note_in_log(*t.salma, "export", "csv, " + std::to_string(n)));
  auto log = *app::log_of(*t.salma);
  CHECK(log.is_whole);
  size_t lines = log.lines.size();
  auto backup = t.folder.path() / "copy.db";
  REQUIRE_OK(app::back_up(*t.salma, backup));  // the backup lacks the line that tells of it
  CHECK(app::log_of(*t.salma)->lines.size() == lines + 1);
  t.salma.reset();
  REQUIRE_OK(app::restore_central(t.workspace(), "salma", Team::words, t.world(), backup));
  t.salma = *app::Profile::open(t.workspace(), "salma", Team::words, t.world());
  log = *app::log_of(*t.salma);
  CHECK_MESSAGE(log.is_whole, "an honest restoration is no forgery");
  REQUIRE(log.lines.size() == lines + 1);
  CHECK(log.lines.back().kind == "restored");
  std::string lacked = std::to_string(lines) + " of " + std::to_string(lines + 1) + " lines";
  CHECK_MESSAGE(log.lines.back().what.find(lacked) != std::string::npos, log.lines.back().what);
  // From there on a line that is cut off shows again.
  auto file = app::central_path(*t.salma), older = t.folder.path() / "older.db";
  t.salma.reset();
  std::filesystem::copy_file(file, older);
  t.salma = *app::Profile::open(t.workspace(), "salma", Team::words, t.world());
  REQUIRE_OK(app::note_in_log(*t.salma, "export", "csv, 5"));
  t.salma.reset();
  std::filesystem::copy_file(older, file, std::filesystem::copy_options::overwrite_existing);
  t.salma = *app::Profile::open(t.workspace(), "salma", Team::words, t.world());
  CHECK_FALSE(app::log_of(*t.salma)->is_whole);
}

TEST_CASE("central file: an attachment that is not there is named, and does not stop the next sync") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}});
  t.sync_all();
  auto sealed = *t.salma->central()->envelopes_of(a);
  auto sound = support::sealed_recording(t.salma->membership()->project, a, t.random, 9000);
  REQUIRE_OK(t.salma->central()->note_opened({{seal::parse_envelope(sealed[0])->id, {sound.hash}}}));
  REQUIRE_OK(t.salma->central()->put_attachment(sound.hash, sound.bytes));
  CHECK(app::verify(*t.salma, {})->problems.empty());
  std::filesystem::remove_all(store::Central::media_folder(app::central_path(*t.salma)));
  auto found = *app::verify(*t.salma, {});
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems[0].find(sound.hash.hex().substr(0, 12)) != std::string::npos);
  t.sync(*t.salma);
  CHECK(t.salma->central()->attachments_wanted()->size() == 1);
}

TEST_CASE("central file: receipts rest on the copy where the coordinator chose to keep it") {
  Team t;
  auto disk = t.folder.path() / "disk";
  CHECK(app::choose_backup_place(*t.salma, disk / "copy.db").error().fault == base::Fault::missing);
  std::filesystem::create_directories(disk);
  REQUIRE_OK(app::choose_backup_place(*t.salma, disk));
  CHECK(app::backup_place(*t.salma) == disk / "central-backup.db");
  t.hold(*t.amina, {{"code", "MA1"}});
  t.sync_all();
  CHECK(t.amina->vault().outbox()->empty());
  auto before = store::Central::open(t.salma->folder() / "backup.db");  // of the syncs that set the project up
  REQUIRE_OK(before);
  CHECK(*(*before)->revisions() == 0);
  auto copy = store::Central::open(disk / "central-backup.db");
  REQUIRE_OK(copy);
  CHECK(*(*copy)->revisions() == 1);
  copy->reset();
  // Its disk is not plugged in: no receipt, and the sync goes on and says so.
  std::filesystem::remove_all(disk);
  t.hold(*t.amina, {{"code", "MA2"}});
  t.sync(*t.amina);
  t.sync(*t.salma);
  REQUIRE(t.problems.size() == 1);
  CHECK(t.problems[0].find(disk.string()) != std::string::npos);
  t.sync(*t.amina);
  CHECK(t.amina->vault().outbox()->size() == 1);
}

TEST_CASE("central file: a copy on the same disk is told of once for each place, and by every check") {
  Team t;
  CHECK(app::is_backup_on_one_disk(*t.salma));  // both below one temporary folder
  CHECK(app::tell_of_one_disk(*t.salma));
  CHECK_FALSE(app::tell_of_one_disk(*t.salma));
  CHECK(app::verify(*t.salma, {})->is_backup_on_one_disk);
  auto disk = t.folder.path() / "disk";
  std::filesystem::create_directories(disk);
  REQUIRE_OK(app::choose_backup_place(*t.salma, disk));
  CHECK(app::tell_of_one_disk(*t.salma));
  CHECK_FALSE(app::tell_of_one_disk(*t.amina));
}
