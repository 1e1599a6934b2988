#include <doctest/doctest.h>

#include "sync/record/fingerprint.h"
#include "tests/sync/record/people.h"

namespace {

using namespace record;
using support::cell;
using support::made;
using support::People;
using support::text;

FormHash form(uint8_t n) {
  FormHash hash;
  hash.bytes.fill(n);
  return hash;
}

using Names = std::vector<std::string>;

void publish(People& p, uint8_t n) {
  Statement s;
  s.type = StatementType::publish;
  s.text = "visit";
  s.number = n;
  s.hash.bytes = form(n).bytes;
  p.say(p.coordinators[0], s);
}

void say(People& p, const Migration& m, uint64_t number = 1) {
  Statement s;
  s.type = StatementType::migration;
  s.number = number;
  s.hash.bytes = m.from.bytes;
  s.package.bytes = m.to.bytes;
  s.content = encode_migration(m);
  p.say(p.coordinators[0], s);
}

Answer answer(const std::string& question, Value value) {
  return {{question, {}}, std::move(value), Origin::given};
}

}  // namespace

TEST_CASE("migration: every question of the older form is named, and no two become one") {
  Names before = {"age", "job", "actor", "actor/name"}, after = {"years", "job", "actor", "actor/title"};
  auto made_of = [&](std::vector<Rule> rules) {
    return make_migration(form(1), form(2), rules, before, after);
  };
  std::vector<Rule> good = {{"age", "years", {}, {}},
                            {"job", "job", {}, {}},
                            {"actor", "actor", {}, {}},
                            {"actor/name", "actor/title", {}, {}}};
  CHECK(made_of(good));
  auto without = [&](std::vector<Rule> rules, size_t i, std::optional<Rule> instead) {
    rules.erase(rules.begin() + static_cast<long>(i));
    if (instead) rules.push_back(*instead);
    return made_of(rules);
  };
  CHECK(without(good, 0, {}).error().where == "age");
  CHECK(without(good, 0, Rule{"age", "", {}, {}}));  // kept apart
  CHECK_FALSE(without(good, 0, Rule{"age", "job", {}, {}}));
  CHECK_FALSE(without(good, 0, Rule{"age", "nowhere", {}, {}}));
  CHECK_FALSE(without(good, 0, Rule{"agee", "years", {}, {}}));
  CHECK_FALSE(without(good, 3, Rule{"actor/name", "years", {}, {}}));  // out of its repeat
}

TEST_CASE("migration: a split gives every code a place") {
  Names before = {"langs"}, after = {"spoken", "written"};
  std::vector<Rule> rules = {{"langs", "spoken", {{"wr", ""}}, {}},
                             {"langs", "written", {{"sp", ""}, {"wr", "w"}}, {}}};
  auto m = make_migration(form(1), form(2), rules, before, after);
  REQUIRE(m);
  std::vector<Answer> out = migrate(*m, answer("langs", made(Tag::choices, "sp wr")));
  REQUIRE(out.size() == 2);
  CHECK(out[0].value == made(Tag::choices, "sp"));
  CHECK(out[1].value == made(Tag::choices, "w"));
  rules[0].codes["sp"] = "";
  CHECK(make_migration(form(1), form(2), rules, before, after).error().where == "langs");
}

TEST_CASE("migration: encodes in one way and refuses the rest") {
  Migration m{form(1), form(2), {}};
  m.rules["a"] = {{"a", "b", {{"1", "one"}, {"2", "two"}}, Tag::decimal}};
  m.rules["c"] = {{"c", "c", {}, {}}};
  m.rules["d"] = {{"d", "", {}, {}}};
  base::Bytes bytes = encode_migration(m);
  auto back = decode_migration(bytes);
  REQUIRE(back);
  CHECK(*back == m);
  for (size_t n = 0; n < bytes.size(); ++n) CHECK_FALSE(decode_migration(base::ByteView(bytes).first(n)));
  bytes.push_back(0);
  CHECK_FALSE(decode_migration(bytes));
}

TEST_CASE("migration: answers of two versions meet under the newer, and what has no place is kept apart") {
  People p;
  publish(p, 1);
  publish(p, 2);
  say(p, *make_migration(
             form(1), form(2),
             {{"age", "years", {}, Tag::decimal}, {"job", "job", {{"1", "staff"}}, {}}, {"old", "", {}, {}}},
             Names{"age", "job", "old"}, Names{"years", "job", "new"}));
  Revision first = p.finish(
      0, 1, {{"age", made(Tag::integer, "34")}, {"job", made(Tag::choice, "1")}, {"old", text("x")}});
  first.form = form(1);
  Revision later =
      p.amend(p.coordinators[0].id, {first}, {{"years", made(Tag::decimal, "35")}, {"new", text("n")}});
  later.form = form(2);
  View v = p.see({first, later});
  REQUIRE(v.records.size() == 1);
  CHECK(v.records[0].form == form(2));
  CHECK(cell(v, "years")->shown == made(Tag::decimal, "35"));
  CHECK_FALSE(cell(v, "years")->conflict);
  CHECK(cell(v, "job")->shown == made(Tag::choice, "staff"));
  CHECK(cell(v, "old@01010101")->shown == text("x"));
  CHECK(cell(v, "new")->shown == text("n"));
  CHECK(cell(v, "age") == nullptr);
}

TEST_CASE("migration: only forward, between editions of one form; a chain is followed to its end") {
  People p;
  for (uint8_t n : {uint8_t{1}, uint8_t{2}, uint8_t{3}}) publish(p, n);
  Names same = {"a"};
  say(p, same_names(form(1), form(2), same, same));
  say(p, same_names(form(2), form(3), same, same));
  say(p, same_names(form(3), form(1), same, same));  // backward
  CHECK(p.authority().newest(form(1)) == form(3));
  CHECK(p.authority().newest(form(3)) == form(3));
  CHECK(p.authority().migration(form(3)) == nullptr);
  say(p, *make_migration(form(1), form(2), {{"a", "", {}, {}}}, same, same),
      2);  // the later word for the same step
  CHECK(p.authority().migration(form(1))->rules.at("a")[0].to.empty());
}

TEST_CASE("migration: merging then migrating is migrating then merging") {
  People p;
  publish(p, 1);
  publish(p, 2);
  Migration m = *make_migration(form(1), form(2), {{"a", "b", {{"1", "x"}, {"2", "x"}, {"3", "y"}}, {}}},
                                Names{"a"}, Names{"b"});
  say(p, m);
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<Revision> all;
    Revision first = p.finish(0, 1, {{"a", made(Tag::choice, std::to_string(1 + p.random.below(3)))}});
    all.push_back(first);
    for (int i = 0; i < 3; ++i) {
      const base::DeviceId who = i % 2 ? p.devices[0].id : p.coordinators[0].id;
      all.push_back(p.amend(who, {all[p.random.below(all.size())]},
                            {{"a", made(Tag::choice, std::to_string(1 + p.random.below(3)))}}));
    }
    for (Revision& r : all) r.form = form(1);
    std::vector<Revision> moved = all;
    for (Revision& r : moved) {
      r.answers = migrate(m, r.answers[0]);
      r.form = form(2);
    }
    CHECK(p.see(all).fingerprint == p.see(moved).fingerprint);
    CHECK(cell(p.see(all), "b")->conflict == cell(p.see(moved), "b")->conflict);
  }
}
