#include <doctest/doctest.h>

#include "collector/app/alarms.h"
#include "tests/collector/app/team.h"

using support::Team;

TEST_CASE("dataset: what changed is worked out again, the rest is as it was, in this process and the next") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "34"}});
  t.hold(*t.yusuf, {{"code", "MA2"}, {"age", "20"}});
  t.sync_all();
  size_t worked = 0;
  auto look = [&](app::Profile& p) {
    worked = 0;
    auto d = app::Centre::look(p, "en", [&](uint64_t, uint64_t total) {
      worked = total;
      return true;
    });
    REQUIRE_OK(d);
    return record::spoken(d->fingerprint);
  };
  std::string before = look(*t.salma);
  CHECK(worked == 0);  // the sync has opened everything already
  REQUIRE_OK(app::correct(*t.salma, a, {{"age", {}}, "35"}, "the card"));
  CHECK(look(*t.salma) != before);
  CHECK(worked == 1);
  CHECK(t.answer(*t.salma, a, "age") == "35");
  CHECK(t.answer(*t.salma, a, "double") == "70");
  std::string now = look(*t.salma);
  t.salma.reset();
  t.salma = *app::Profile::open(t.workspace(), "salma", Team::words, t.world());
  CHECK(look(*t.salma) == now);
  CHECK_MESSAGE(worked == 0, "the cache has it");
  // Thrown away, it is worked out again.
  t.salma.reset();
  std::filesystem::remove(app::Profile::folder_of(t.workspace(), "salma") / "cache.svc");
  t.salma = *app::Profile::open(t.workspace(), "salma", Team::words, t.world());
  CHECK(look(*t.salma) == now);
  CHECK(worked == 2);
  CHECK(t.answer(*t.salma, a, "double") == "70");
  t.sync_all();
  t.agree();
}

TEST_CASE("dataset: a merge that is stopped goes on where it was") {
  Team t;
  for (int n = 0; n < 3; ++n) t.hold(*t.amina, {{"code", "MA" + std::to_string(n)}});
  t.sync(*t.amina);
  t.sync(*t.salma, false);
  t.salma->forget_merged();
  std::filesystem::remove(app::Profile::folder_of(t.workspace(), "salma") / "cache.svc");
  auto stopped = app::Centre::look(*t.salma, "en", [](uint64_t, uint64_t) { return false; });
  CHECK(stopped.error().fault == base::Fault::cancelled);
  CHECK(t.look(*t.salma).records == 3);
}

TEST_CASE("dataset: what is missing is named for people, from the day it showed") {
  Team t;
  std::vector<base::RecordId> held;
  for (int n = 0; n < 3; ++n) held.push_back(t.hold(*t.amina, {{"code", "MA" + std::to_string(n)}}));
  auto outbox = *t.amina->vault().outbox();
  REQUIRE(outbox.size() == 3);
  // The second is lost on the way: a stick that broke.
  std::vector<exchange::Item> items = {{exchange::ItemKind::revision, outbox[0].bytes},
                                       {exchange::ItemKind::revision, outbox[2].bytes}};
  auto bundle = *exchange::write_bundle(t.amina->membership()->project, t.amina->keys(), 1, items);
  REQUIRE_OK(app::admit_bundle(*t.salma, "stick.svb", bundle));
  auto alarms = app::alarms_of(*t.salma);
  REQUIRE_OK(alarms);
  REQUIRE(alarms->missing.size() == 1);
  CHECK(alarms->missing[0] == "Berkane, device amina: 2 missing since 23 November 2025");
  auto french = app::alarms_of(*t.salma, "fr");
  REQUIRE_OK(french);
  CHECK(french->missing[0] == "Berkane, appareil amina : 2 manquent depuis le 23 novembre 2025");
  CHECK(t.look(*t.salma).records == 2);
  // No receipt goes beyond the gap, so the laptop keeps it, and it comes.
  t.sync(*t.salma);
  t.sync(*t.amina);
  CHECK((*t.amina->vault().outbox()).size() >= 2);
  t.sync_all();
  CHECK(app::alarms_of(*t.salma)->missing.empty());
  CHECK(t.look(*t.salma).records == 3);
  CHECK(t.amina->vault().outbox()->empty());
}

TEST_CASE("dataset: a laptop that works from two copies is named, and a revocation says which is true") {
  Team t;
  t.hold(*t.amina, {{"code", "MA1"}});
  t.sync_all();
  // Somebody copies the profile's folder, and both go on.
  auto folder = app::Profile::folder_of(t.workspace(), "amina");
  t.amina.reset();
  std::filesystem::copy(folder, t.folder.path() / "copy", std::filesystem::copy_options::recursive);
  t.amina = *app::Profile::open(t.workspace(), "amina", Team::words, t.world());
  auto honest = t.hold(*t.amina, {{"code", "MA2"}});
  t.sync(*t.amina);
  t.amina.reset();
  std::filesystem::remove_all(folder);
  std::filesystem::rename(t.folder.path() / "copy", folder);
  t.amina = *app::Profile::open(t.workspace(), "amina", Team::words, t.world());
  auto cloned = t.hold(*t.amina, {{"code", "MA3"}});
  auto report = app::sync_with(*t.amina, t.share(), {}, {});
  CHECK_MESSAGE(!report.outcome, "it is told that it sent more than it knows of");
  // Its interview is carried by hand.
  auto outbox = *t.amina->vault().outbox();
  std::vector<exchange::Item> items;
  for (auto& sealed : outbox) items.push_back({exchange::ItemKind::revision, sealed.bytes});
  auto bundle = *exchange::write_bundle(t.amina->membership()->project, t.amina->keys(), 99, items);
  t.sync(*t.salma);
  REQUIRE_OK(app::admit_bundle(*t.salma, "hand.svb", bundle));
  auto alarms = app::alarms_of(*t.salma);
  REQUIRE(alarms->forks.size() == 1);
  CHECK(alarms->forks[0].find("from number 2") != std::string::npos);
  app::Dataset d = t.look(*t.salma);
  CHECK(d.records == 1);
  CHECK(d.set_aside == 2);
  // Both are true interviews: the end names both, and neither is lost.
  auto device = *app::find_member(*t.salma, "amina");
  REQUIRE_OK(app::revoke_device(*t.salma, device));
  d = t.look(*t.salma);
  CHECK(d.records == 3);
  CHECK(d.set_aside == 0);
  CHECK(app::alarms_of(*t.salma)->forks.empty());
  CHECK(t.answer(*t.salma, honest, "code") == "MA2");
  CHECK(t.answer(*t.salma, cloned, "code") == "MA3");
}

TEST_CASE("dataset: one case code twice is a finding, decided by a signed word that can be taken back") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA7"}, {"age", "30"}});
  auto b = t.hold(*t.yusuf, {{"code", "MA7"}, {"age", "31"}});
  t.hold(*t.yusuf, {{"code", "MA8"}});
  t.sync_all();
  app::Dataset d = t.look(*t.salma);
  REQUIRE(d.likenesses.size() == 1);
  CHECK(d.likenesses[0].why == "case code");
  CHECK(d.undecided() == 1);
  REQUIRE_OK(app::link(*t.salma, d.likenesses[0], app::Decision::same, "same telephone"));
  d = t.look(*t.salma);
  CHECK(d.likenesses[0].decision == "same");
  CHECK(d.undecided() == 0);
  CHECK(d.same_as.at(a) == std::min(a, b));
  CHECK(d.same_as.at(b) == std::min(a, b));
  auto tables = app::tables_of(*t.salma, d, "en");
  size_t column = 0;
  for (size_t c = 0; c < tables.tables[0].columns.size(); ++c)
    if (tables.tables[0].columns[c].name == "same_as") column = c;
  int linked = 0;
  for (const auto& row : tables.tables[0].rows) linked += row[column].code == std::min(a, b).hex() ? 1 : 0;
  CHECK(linked == 2);
  t.sync_all();
  t.agree();
  REQUIRE_OK(app::link(*t.joost, t.look(*t.joost).likenesses[0], app::Decision::different, "two brothers"));
  REQUIRE_OK(app::link(*t.joost, t.look(*t.joost).likenesses[0], app::Decision::undone, ""));
  CHECK(t.look(*t.joost).undecided() == 1);
  t.sync_all();
  t.agree();
}

TEST_CASE(
    "dataset: answers of two versions of a form stand in one table; what was renamed and dropped is "
    "followed") {
  Team t;
  auto a = t.hold(*t.amina, {{"code", "MA1"}, {"age", "34"}, {"langs", "ar fr"}});
  t.sync_all();
  const char* second =
      "type,name,label::English (en),x_role\n"
      "text,code,Case code,case_code\n"
      "select_one yn,consent,Do you agree?,consent\n"
      "decimal,years,How old are you?,\n"
      "text,note2,Anything else?,\n";
  app::Published done = t.publish(2, second, {{{"age", "years", {}, record::Tag::decimal}}});
  CHECK(done.is_new);
  CHECK(done.kept_apart == std::vector<std::string>{"actor", "actor/act_name", "double", "langs"});
  t.sync_all();
  auto b = t.hold(*t.amina, {{"code", "MA2"}, {"years", "21.5"}});
  t.sync_all();
  app::Dataset d = t.look(*t.salma);
  REQUIRE(d.forms.size() == 1);
  CHECK(d.forms[0].cases.size() == 2);
  CHECK(t.answer(*t.salma, a, "years") == "34");
  CHECK(t.answer(*t.salma, b, "years") == "21.5");
  auto tables = app::tables_of(*t.salma, d, "en");
  std::string kept;
  for (const auto& column : tables.tables[0].columns)
    if (column.name.rfind("langs@", 0) == 0) kept = column.name;
  CHECK_FALSE(kept.empty());
  CHECK(t.answer(*t.salma, a, kept) == "ar fr");
  t.agree();
  CHECK(app::publish(*t.salma, t.form(3, second), {{{"nowhere", "years", {}, {}}}}).error().where ==
        "nowhere");
  REQUIRE_OK(app::withdraw_form(*t.salma, "visit"));
  CHECK(t.salma->forms().empty());
  CHECK(t.look(*t.salma).records == 2);
}

TEST_CASE("dataset: answers too long for one envelope are read back from beside it, and until it is there the "
          "interview counts as not opened") {
  Team t;
  t.publish(2,
            "type,name,label::English (en),x_role\n"
            "text,code,Case code,case_code\n"
            "select_one yn,consent,Do you agree?,consent\n"
            "text,story,Your story,\n"
            "text,more,And then?,\n");
  t.sync_all();
  const std::string story(700'000, 's'), more(700'000, 'm');
  auto id = t.hold(*t.amina, {{"code", "MA1"}, {"story", story}, {"more", more}});
  t.sync_all();
  CHECK(t.look(*t.salma).unopened == 0);
  CHECK(t.answer(*t.salma, id, "story") == story);
  CHECK(t.answer(*t.salma, id, "more") == more);
  t.agree();
  // What lies beside it is gone, and nobody has worked it out before.
  std::filesystem::remove_all(store::Central::media_folder(t.salma->central()->path()));
  std::filesystem::path cache = t.salma->folder() / "cache.svc";
  t.salma.reset();
  std::filesystem::remove(cache);
  auto again = app::Profile::open(t.workspace(), "salma", Team::words, t.world());
  REQUIRE_OK(again);
  t.salma = std::move(*again);
  app::Dataset without = t.look(*t.salma);
  CHECK(without.unopened == 1);
  CHECK(without.records == 0);
  CHECK(record::spoken(without.fingerprint) != record::spoken(t.look(*t.joost).fingerprint));
}

TEST_CASE("dataset: what is missing by another centre's receipt alone is dated by the first that said so") {
  Team t;
  t.hold(*t.amina, {{"code", "MA1"}});
  t.sync(*t.amina);
  for (const char* folder : {"inbox", "att"}) {  // the centre of Salma has read them; then they are gone
    t.sync(*t.salma);
    std::filesystem::remove_all(std::filesystem::path(t.share()) / folder);
  }
  std::filesystem::remove_all(std::filesystem::path(t.share()) / "centres");
  t.clock.advance_ms(int64_t{3} * 24 * 3600 * 1000);
  t.sync(*t.joost, false);
  auto alarms = app::alarms_of(*t.joost);
  REQUIRE_OK(alarms);
  REQUIRE(alarms->missing.size() == 1);
  CHECK(alarms->missing[0] == "Berkane, device amina: 1 missing since 23 November 2025");
}
