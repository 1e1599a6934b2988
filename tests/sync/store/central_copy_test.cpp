// Copies of a central file: what they must hold before they count, and what they put right.
#include <doctest/doctest.h>

#include <fstream>

#include "sync/store/backup.h"
#include "sync/store/database.h"
#include "tests/sync/store/field.h"
#include "tests/sync/store/recording.h"

namespace {

using namespace store;
using support::Field;
using support::SealedRecording;

// A central file with two opened interviews of one device; the first names a recording.
struct Office {
  support::Folder folder;
  Field field;
  fs::path file = folder.path() / "central.db", backup = folder.path() / "backup.db";
  std::unique_ptr<Central> central = *Central::open(file);
  Item first = field.seal(field.devices[0], 1), second = field.seal(field.devices[0], 2);
  SealedRecording sound = support::sealed_recording(field.project, field.record_of(1), field.random, 20'000);
  base::Instant now{100};

  Office() {
    REQUIRE(field.import(*central, "words", field.words()));
    REQUIRE(field.import(*central, "one", {first, second}));
    open_all();
    REQUIRE(central->put_attachment(sound.hash, sound.bytes));
  }
  void open_all() {
    REQUIRE(central->note_opened({{id_of(first), {sound.hash}}, {id_of(second), {}}}));
  }
  static RevisionId id_of(const Item& item) { return seal::parse_envelope(item.bytes)->id; }
  base::Status back_up() { return central->backup_to(backup, {++now.ms}); }
  fs::path live_sound() { return Central::media_folder(file) / (sound.hash.hex() + ".sva"); }
  fs::path saved_sound() { return Central::media_folder(backup) / (sound.hash.hex() + ".sva"); }
  uint64_t receipt() {  // what one may name
    auto copy = Central::open(backup);
    REQUIRE(copy);
    auto all = *(*copy)->frontiers(field.authority());
    return all.empty() ? 0 : all[0].sequence;
  }
  // One byte of a payload, changed on the disk while the program is closed.
  void damage(const fs::path& central_file, const Item& revision) {
    central.reset();
    {
      auto db = Database::open(central_file, "");
      REQUIRE(db);
      Bytes bytes = revision.bytes;
      bytes[bytes.size() / 2] ^= 1;
      REQUIRE((*db)->run("UPDATE payload SET bytes=? WHERE n=(SELECT n FROM envelope WHERE id=?)",
                         {ByteView(bytes), ByteView(id_of(revision).bytes)}));
    }
    central = *Central::open(file);
  }
};

void zero(const fs::path& file) {
  std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
  out.seekp(4096);
  std::string zeros(4096, '\0');
  out.write(zeros.data(), static_cast<std::streamsize>(zeros.size()));
}

fs::perms others(const fs::path& file) {
  return fs::status(file).permissions() & (fs::perms::group_all | fs::perms::others_all);
}

}  // namespace

TEST_CASE("copy: belongs to its owner alone") {
  Office o;
  REQUIRE(o.back_up());
  CHECK(others(o.backup) == fs::perms::none);
  CHECK(others(Central::media_folder(o.backup)) == fs::perms::none);
  CHECK(others(o.saved_sound()) == fs::perms::none);
}

TEST_CASE("copy: into a folder that is not there says so, and makes none") {
  Office o;
  fs::path absent = o.folder.path() / "absent";
  auto done = o.central->backup_to(absent / "backup.db", {1});
  REQUIRE_FALSE(done);
  CHECK(done.error().fault == base::Fault::missing);
  CHECK(done.error().where == absent.string());
  CHECK_FALSE(fs::exists(absent));
  CHECK(o.central->backups()->empty());
}

TEST_CASE("copy: beside the central file under a name that shares its attachments is refused") {
  Office o;
  CHECK(o.central->backup_to(o.folder.path() / "central.old", {1}).error().fault == base::Fault::conflict);
}

TEST_CASE("copy: an attachment changed in the copy, its size kept, is written anew before a receipt") {
  Office o;
  REQUIRE(o.back_up());
  zero(o.saved_sound());
  REQUIRE(o.back_up());
  CHECK(*hash_of_file(o.saved_sound()) == o.sound.hash);
  CHECK(o.receipt() == 2);
}

TEST_CASE("copy: an attachment lost or damaged here comes back from the copy") {
  for (bool lost : {false, true}) {
    Office o;
    REQUIRE(o.back_up());
    lost ? (void)fs::remove(o.live_sound()) : zero(o.live_sound());
    CHECK(o.central->unwell_attachments()->size() == 1);
    CHECK(o.central->attachments_wanted()->size() == (lost ? 1 : 0));
    REQUIRE(o.back_up());
    CHECK(o.central->unwell_attachments()->empty());
    CHECK(o.central->attachment(o.sound.hash));
    CHECK(o.receipt() == 2);
  }
}

TEST_CASE("copy: an attachment that is whole nowhere is asked for again, and no receipt counts on it") {
  Office o;
  zero(o.live_sound());
  REQUIRE(o.back_up());
  CHECK(o.receipt() == 0);  // it belongs to the first
  auto wanted = *o.central->attachments_wanted();
  REQUIRE(wanted.size() == 1);
  REQUIRE(o.central->put_attachment(wanted[0], o.sound.bytes));
  REQUIRE(o.back_up());
  CHECK(o.receipt() == 2);
}

TEST_CASE("copy: an interview damaged here is mended from the copy before") {
  Office o;
  REQUIRE(o.back_up());
  o.damage(o.file, o.first);
  REQUIRE(o.back_up());
  CHECK(o.receipt() == 2);
  CHECK(o.central->envelopes_of(o.field.record_of(1))->front() == o.first.bytes);
}

TEST_CASE("copy: an interview that is whole nowhere is a gap, no receipt names it, and it is taken when it comes") {
  Office o;
  o.damage(o.file, o.first);
  REQUIRE(o.back_up());
  CHECK(o.receipt() == 0);
  auto gaps = *o.central->gaps(o.field.authority());
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].gap.first == 1);
  CHECK(o.field.import(*o.central, "again", {o.first})->revisions == 1);
  o.open_all();
  REQUIRE(o.back_up());
  CHECK(o.receipt() == 2);
}

TEST_CASE("copy: a word damaged here is mended from the copy before; without one its bundle is read again") {
  for (bool has_copy : {true, false}) {
    CAPTURE(has_copy);
    Office o;
    if (has_copy) REQUIRE(o.back_up());
    auto before = *o.central->statements();
    o.central.reset();
    {
      auto db = Database::open(o.file, "");
      REQUIRE(db);
      Bytes bytes = before[0];
      bytes.back() ^= 1;  // of its signature: its id is the same
      REQUIRE((*db)->run("UPDATE statement SET bytes=? WHERE bytes=?", {ByteView(bytes), ByteView(before[0])}));
    }
    o.central = *Central::open(o.file);
    REQUIRE(o.back_up());
    auto after = *o.central->statements();
    if (has_copy) {
      CHECK(after == before);
      CHECK(o.central->imported("words"));
    } else {
      CHECK(after.size() + 1 == before.size());
      CHECK_FALSE(o.central->imported("words"));
      REQUIRE(o.field.import(*o.central, "words", o.field.words()));
      CHECK(*o.central->statements() == before);
    }
    REQUIRE(o.back_up());
    CHECK(*(*Central::open(o.backup))->statements() == *o.central->statements());
  }
}

TEST_CASE("copy: what was withdrawn since goes from the copy's attachments too") {
  Office o;
  REQUIRE(o.back_up());
  REQUIRE(o.field.import(*o.central, "card", {o.field.tombstone(1)}));
  CHECK_FALSE(fs::exists(o.live_sound()));
  REQUIRE(o.back_up());
  CHECK_FALSE(fs::exists(o.saved_sound()));
}
