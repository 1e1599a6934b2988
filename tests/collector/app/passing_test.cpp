// What passes between profiles by way of places: who reads what there, and what a place cannot make them believe.
#include <fstream>

#include "collector/app/withdrawals.h"
#include "sync/seal/package.h"
#include "tests/collector/app/team.h"

namespace {

namespace fs = std::filesystem;
using support::Team;

exchange::SyncReport sync_at(app::Profile& profile, const fs::path& place, bool again = false) {
  app::SyncOptions options;
  options.again = again;
  return app::sync_with(profile, place.string(), options, {});
}

// Put there by somebody who can write there: nobody's signature on it.
void plant(const Team& t, const std::string& name, const std::vector<exchange::Item>& items) {
  seal::DeviceKeys nobody = seal::DeviceKeys::from(seal::fresh_key());
  base::Bytes bytes = *exchange::write_bundle(t.salma->membership()->project, nobody, 1, items);
  std::fill(bytes.end() - 64, bytes.end(), uint8_t{0});
  fs::path file = fs::path(t.share()) / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

uint64_t size_on_disk(const fs::path& folder) {
  uint64_t out = 0;
  for (const auto& file : fs::recursive_directory_iterator(folder))
    if (file.is_regular_file()) out += file.file_size();
  return out;
}

// A form package as to its shape, of nobody and nothing.
base::Bytes noise_package(size_t size, uint8_t mark) {
  base::Writer head;
  head.tag("SVF1");
  head.u8(1);
  head.zeros(3 + 16 + 16 + 4);
  head.u32(static_cast<uint32_t>(size - 72 - 64));
  base::Bytes out(size, mark);
  std::copy(head.peek().begin(), head.peek().end(), out.begin());
  return out;
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

TEST_CASE("passing: whoever can write into a place cannot fill a laptop with forms and words of nobody") {
  Team t;
  t.sync(*t.amina);
  std::vector<exchange::Item> flood;
  for (uint8_t n = 0; n < 12; ++n) flood.push_back({exchange::ItemKind::package, noise_package(1 << 20, n)});
  seal::DeviceKeys stranger = seal::DeviceKeys::from(seal::fresh_key());
  for (uint64_t n = 1; n <= 24; ++n) {
    record::Statement s;
    s.type = record::StatementType::policy;
    s.project = t.salma->membership()->project;
    s.sequence = n;
    s.content.assign(900'000, static_cast<uint8_t>(n));
    flood.push_back({exchange::ItemKind::statement, record::sign_statement(s, stranger)});
  }
  plant(t, "outbox/x/0000000001-00000000.svb", flood);
  uint64_t before = size_on_disk(t.amina->folder());
  auto first = sync_at(*t.amina, t.share());
  REQUIRE_OK(first.outcome);
  REQUIRE(first.problems.size() == 1);
  CHECK(first.problems[0].find("nobody this project knows") != std::string::npos);
  CHECK(size_on_disk(t.amina->folder()) < before + (uint64_t{36} << 20));  // words up to 16 MiB, and its log
  // It is not read again as long as nothing new is known; nor at the centre.
  CHECK(sync_at(*t.amina, t.share()).bytes_received == 0);
  t.sync(*t.salma);
  REQUIRE_FALSE(t.problems.empty());
  CHECK(sync_at(*t.salma, t.share()).bytes_received == 0);
  auto a = t.hold(*t.amina, {{"code", "MA1"}});
  t.sync_all();
  CHECK(t.answer(*t.salma, a, "code") == "MA1");
}

TEST_CASE("passing: a form that came before the word that publishes it is read again and comes in then") {
  Team t;
  t.sync(*t.amina);
  t.publish(2, "type,name,label::English (en)\ntext,code,Case code\n");
  base::Bytes form, word;
  auto packages = *t.salma->central()->packages(), words = *t.salma->statements();
  for (const base::Bytes& bytes : packages)
    if (!t.amina->vault().package(*seal::package_id(bytes))) form = bytes;
  for (const base::Bytes& bytes : words)
    if (auto s = record::decode_statement(bytes); s->type == record::StatementType::publish && s->version == "2")
      word = bytes;
  plant(t, "outbox/a/0000000001-00000000.svb", {{exchange::ItemKind::package, form}});
  t.sync(*t.amina);
  CHECK_FALSE(t.amina->vault().package(*seal::package_id(form)));
  plant(t, "outbox/b/0000000001-00000000.svb", {{exchange::ItemKind::statement, word}});
  t.sync(*t.amina);
  t.sync(*t.amina);
  CHECK(t.amina->vault().package(*seal::package_id(form)));
}

namespace {

Team::Said long_story(const std::string& code) {  // its journal goes beside the envelope, as an attachment
  Team::Said out;
  std::string long_note(2000, 'n');
  for (int i = 0; i < 150; ++i) out.emplace_back("code", long_note + std::to_string(i));
  out.emplace_back("code", code);
  return out;
}

size_t bundles_in(const fs::path& place, const std::string& folder) {
  size_t out = 0;
  if (fs::exists(place / folder))
    for (const auto& file : fs::recursive_directory_iterator(place / folder)) out += file.is_regular_file();
  return out;
}

}  // namespace

// The other centre never sees the first place, the devices have their receipt and have dropped their bytes.
TEST_CASE("passing: two coordinators who meet by another place hold the same, whatever laptops brought to one of them") {
  Team t;
  const fs::path other = t.folder.path() / "stick";
  fs::create_directories(other);
  std::string card;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "34"}});
  t.hold(*t.amina, {{"code", "MA2"}}, &card);
  auto story = t.hold(*t.yusuf, long_story("RB1"));
  t.sync(*t.amina);
  t.sync(*t.yusuf);
  t.sync(*t.salma);
  t.sync(*t.amina);
  t.sync(*t.yusuf);
  CHECK(t.amina->vault().outbox()->empty());
  REQUIRE_OK(app::correct(*t.salma, a, {{"age", {}}, "43"}, "the card"));
  REQUIRE_OK(app::withdraw_by_card(*t.salma, card));

  auto gave = sync_at(*t.salma, other);
  REQUIRE_OK(gave.outcome);
  CHECK(bundles_in(other, "centres") == 1);
  CHECK(bundles_in(other, "att") == 1);
  auto took = sync_at(*t.joost, other);
  REQUIRE_OK(took.outcome);
  CHECK(took.problems.empty());
  CHECK(t.answer(*t.joost, a, "age") == "43");
  CHECK(t.answer(*t.joost, story, "code") == "RB1");
  CHECK(t.look(*t.joost).withdrawn == 1);
  CHECK(t.joost->central()->gaps(t.joost->authority())->empty());
  CHECK(t.joost->central()->attachments_wanted()->empty());
  t.agree();
  // Nothing goes back, nothing goes twice.
  CHECK(bundles_in(other, "centres") == 1);
  REQUIRE_OK(sync_at(*t.salma, other).outcome);
  REQUIRE_OK(sync_at(*t.joost, other).outcome);
  CHECK(bundles_in(other, "centres") == 1);
  // What both have confirmed goes on no third stick; what is new goes alone.
  auto b = t.hold(*t.amina, {{"code", "MA3"}});
  t.sync(*t.amina);
  t.sync(*t.salma);
  fs::remove_all(other);
  fs::create_directories(other);
  REQUIRE_OK(sync_at(*t.salma, other).outcome);
  uint64_t size = 0;
  for (const auto& file : fs::recursive_directory_iterator(other / "centres"))
    if (file.is_regular_file()) size += file.file_size();
  CHECK(size < 12'000);
  REQUIRE_OK(sync_at(*t.joost, other).outcome);
  CHECK(t.answer(*t.joost, b, "code") == "MA3");
  t.agree();
}

TEST_CASE("passing: where both read what laptops brought, centres pass on nothing, and laptops fetch none of it") {
  Team t;
  t.hold(*t.amina, {{"code", "MA1"}});
  t.sync_all();
  t.sync_all();
  CHECK(bundles_in(t.share(), "centres") == 0);
  const fs::path other = t.folder.path() / "stick";
  fs::create_directories(other);
  t.hold(*t.amina, {{"code", "MA2"}});
  t.sync(*t.amina);
  t.sync(*t.salma);
  REQUIRE_OK(sync_at(*t.salma, other).outcome);
  REQUIRE(bundles_in(other, "centres") > 0);
  for (const auto& file : fs::recursive_directory_iterator(other / "outbox"))
    if (file.is_regular_file()) {
      auto bundle = exchange::read_bundle(base::view_of(t.folder.read(fs::relative(file, t.folder.path()).string())));
      REQUIRE(bundle);
      for (const exchange::Item& item : bundle->items) {
        CHECK(item.kind != exchange::ItemKind::revision);
        CHECK(item.kind != exchange::ItemKind::head);
      }
    }
}

TEST_CASE("passing: a centre that was put back to a copy gets again what it passed on, and what others hold") {
  Team t;
  const fs::path other = t.folder.path() / "stick", copy = t.folder.path() / "older";
  fs::create_directories(other);
  t.sync_all();
  fs::path folder = t.salma->folder();
  t.salma.reset();
  fs::copy(folder / "central.db", copy);
  auto open = [&] { return std::move(*app::Profile::open(t.workspace(), "salma", Team::words, t.world())); };
  t.salma = open();
  auto a = t.hold(*t.amina, {{"code", "MA1"}});
  t.sync(*t.amina);
  t.sync(*t.salma);
  REQUIRE_OK(sync_at(*t.salma, other).outcome);
  REQUIRE_OK(sync_at(*t.joost, other).outcome);  // he has it, and says so
  t.salma.reset();
  fs::copy_file(copy, folder / "central.db", fs::copy_options::overwrite_existing);
  fs::remove(folder / "central.db-wal");
  t.salma = open();
  CHECK_FALSE(t.answer(*t.salma, a, "code"));
  REQUIRE_OK(sync_at(*t.salma, other).outcome);
  CHECK(t.answer(*t.salma, a, "code") == "MA1");
  t.agree();
}

TEST_CASE("passing: a long hand-over goes in several bundles, and what was cut goes on where it stopped") {
  Team t;
  std::vector<base::RecordId> held;
  for (int i = 0; i < 5; ++i) held.push_back(t.hold(*t.amina, {{"code", "MA" + std::to_string(i)}}));
  store::OutboxPage page;
  page.items = 2;
  auto some = t.amina->vault().outbox(page);
  REQUIRE_OK(some);
  CHECK(some->size() == 2);
  page.after = some->back().sequence;
  page.items = INT64_MAX;
  page.bytes = 1;
  CHECK(t.amina->vault().outbox(page)->size() == 1);  // one that is larger goes alone
  page.bytes = INT64_MAX;
  CHECK(t.amina->vault().outbox(page)->size() == 3);
  REQUIRE_OK(t.amina->vault().mark({some->front().id}, store::Delivery::handed_over));
  CHECK(t.amina->vault().outbox()->size() == 5);
  page = {};
  page.at_most = store::Delivery::on_laptop;
  CHECK(t.amina->vault().outbox(page)->size() == 4);
}
