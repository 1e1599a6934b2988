// A central file elsewhere: moved and restored with its attachments, and cut in between.
#include <doctest/doctest.h>

#include "sync/store/backup.h"
#include "sync/store/central_place.h"
#include "tests/sync/store/recording.h"
#include "tests/sync/store/world.h"

namespace {

using namespace store;

struct Place {
  world::World w;
  fs::path file = w.folder.path() / "central.db", backup = w.folder.path() / "backup.db",
           to = w.folder.path() / "disk" / "elsewhere.db";
  std::unique_ptr<Central> central = *Central::open(file);
  support::SealedRecording sound = support::sealed_recording(w.project, w.record(), w.random, 20'000);

  Place() {
    fs::create_directories(to.parent_path());
    REQUIRE(central->put_attachment(sound.hash, sound.bytes));
    REQUIRE(central->set_note("n", Bytes{1}));
  }
  bool is_whole(const fs::path& at, uint8_t note) const {
    if (!fs::exists(at)) return false;
    auto one = Central::open(at);
    return one && (*one)->note("n") == Bytes{note};
  }
};

}  // namespace

TEST_CASE("place: a central file that moved leaves nothing behind, its attachments neither") {
  Place p;
  fs::path media = Central::media_folder(p.file);
  REQUIRE(carry_central(*p.w.vault, *p.central, p.to, {1}));
  CHECK(central_path(*p.w.vault, p.w.at()) == p.to);
  p.central = *Central::open(p.to);
  CHECK(p.central->attachment(p.sound.hash));
  REQUIRE(clear_left(*p.w.vault));
  CHECK_FALSE(fs::exists(p.file));
  CHECK_FALSE(fs::exists(media));
  CHECK(p.central->attachment(p.sound.hash));
}

TEST_CASE("place: a move that was cut before the old file was destroyed is ended later") {
  Place p;
  REQUIRE(carry_central(*p.w.vault, *p.central, p.to, {1}));
  p.central.reset();  // and here the power went
  p.w.vault.reset();
  p.w.vault = *Vault::open(p.w.at(), world::words, {10});
  CHECK(central_path(*p.w.vault, p.w.at()) == p.to);
  REQUIRE(clear_left(*p.w.vault));
  CHECK_FALSE(fs::exists(p.file));
  CHECK_FALSE(fs::exists(Central::media_folder(p.file)));
}

TEST_CASE("place: a move takes no other file's name") {
  Place p;
  REQUIRE(write_atomically(p.to, base::view_of("mine")));
  CHECK(carry_central(*p.w.vault, *p.central, p.to, {1}).error().fault == base::Fault::conflict);
  CHECK(p.w.folder.read("disk/elsewhere.db") == "mine");
  CHECK(central_path(*p.w.vault, p.w.at()) != p.to);
  REQUIRE(clear_left(*p.w.vault));
  CHECK(fs::exists(p.file));
}

TEST_CASE("place: restoring brings the attachments of the copy") {
  Place p;
  REQUIRE(p.central->backup_to(p.backup, {1}));
  p.central.reset();
  fs::remove(p.file);
  fs::remove_all(Central::media_folder(p.file));
  REQUIRE(restore_central(p.backup, p.file, {2}, {}));
  p.central = *Central::open(p.file);
  CHECK(p.central->attachment(p.sound.hash));
  CHECK(p.central->unwell_attachments()->empty());
}

TEST_CASE("place: restored from a copy without its attachments, the missing ones are known to be missing") {
  Place p;
  REQUIRE(p.central->backup_to(p.backup, {1}));
  p.central.reset();
  fs::remove(p.file);
  fs::remove_all(Central::media_folder(p.file));
  fs::remove_all(Central::media_folder(p.backup));
  REQUIRE(restore_central(p.backup, p.file, {2}, {}));
  p.central = *Central::open(p.file);
  CHECK(p.central->attachment(p.sound.hash).error().fault == base::Fault::missing);
  CHECK_MESSAGE(p.central->backup_to(p.backup, {3}), "every later sync failed on the file that is not there");
}

TEST_CASE("place: no restoration destroys what was there, however often it is tried") {
  Place p;
  REQUIRE(p.central->backup_to(p.backup, {1}));
  REQUIRE(p.central->set_note("n", Bytes{2}));  // newer than any copy
  p.central.reset();
  int tries = 0;
  auto cut = [&](Central&) -> Status { return base::fail(base::Fault::full, "disk", "No room."); };
  for (; tries < 2; ++tries) {
    CHECK_FALSE(restore_central(p.backup, p.file, {2}, cut));
    CHECK(p.is_whole(p.file, 2));
  }
  fs::path aside = p.file, again = p.file;
  aside += ".replaced";
  again += ".replaced-2";
  REQUIRE(restore_central(p.backup, p.file, {2}, {}));
  CHECK(p.is_whole(p.file, 1));
  CHECK(p.is_whole(aside, 2));
  REQUIRE(restore_central(p.backup, p.file, {3}, {}));
  CHECK(p.is_whole(aside, 2));
  CHECK(p.is_whole(again, 1));
  // A withdrawal lists them: they still hold what it shreds.
  p.central = *Central::open(p.file);
  CHECK(p.central->backups()->size() == 2);
}

TEST_CASE("place: cut after the old file was put aside, its log goes to where it belongs") {
  Place p;
  REQUIRE(p.central->backup_to(p.backup, {1}));
  p.central.reset();
  fs::path aside = p.file, log = p.file, aside_log = p.file;
  aside += ".replaced";
  log += "-wal";
  aside_log += ".replaced-wal";
  fs::rename(p.file, aside);
  REQUIRE(write_atomically(log, base::view_of("its log")));
  REQUIRE(restore_central(p.backup, p.file, {2}, {}));
  CHECK(p.w.folder.read(aside_log.filename().string()) == "its log");
  CHECK(p.is_whole(p.file, 1));
}
