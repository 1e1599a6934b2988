#include <doctest/doctest.h>

#include <algorithm>

#include "sync/record/enrolment.h"
#include "sync/record/fingerprint.h"
#include "tests/sync/record/people.h"

namespace {

using namespace record;

using support::People;
using support::text;

}  // namespace

TEST_CASE("values: one encoding an answer") {
  struct Row {
    Tag tag;
    const char* typed;
    const char* shown;
  };
  const Row rows[] = {{Tag::decimal, "1.50", "1.5"},    {Tag::decimal, "-0", "0"},
                      {Tag::decimal, "007.0", "7"},     {Tag::decimal, ".5", "0.5"},
                      {Tag::integer, "0012", "12"},     {Tag::integer, "-98", "-98"},
                      {Tag::text, "e\xcc\x81", "é"},    {Tag::choices, "nl fr nl", "fr nl"},
                      {Tag::ranking, "b a c", "b a c"}, {Tag::date, "2026-02-28", "2026-02-28"}};
  for (const Row& row : rows) {
    auto v = make_value(row.tag, row.typed);
    REQUIRE(v);
    CHECK(display(*v) == row.shown);
    auto back = parse_value(canonical(*v));
    REQUIRE(back);
    CHECK(*back == *v);
  }
  for (const Row& bad :
       {Row{Tag::integer, "1.5", ""}, Row{Tag::decimal, "1e3", ""}, Row{Tag::date, "2026-02-30", ""},
        Row{Tag::integer, "", ""}, Row{Tag::text, "\xff", ""}, Row{Tag::cleared, "x", ""}})
    CHECK_FALSE(make_value(bad.tag, bad.typed));
}

TEST_CASE("values: what is not canonical is refused") {
  base::Bytes sorted = canonical(*make_value(Tag::choices, "a b"));
  base::Bytes swapped = sorted;
  std::swap(swapped[9], swapped[14]);
  CHECK(parse_value(sorted));
  CHECK_FALSE(parse_value(swapped));
  base::Bytes longer = sorted;
  longer.push_back(0);
  CHECK_FALSE(parse_value(longer));
  CHECK_FALSE(parse_value({}));
  CHECK(parse_value(base::Bytes{99}).error().fault == base::Fault::unsupported);
}

TEST_CASE("journal: packing keeps every entry, and folding gives what holds") {
  base::InstanceId one;
  one.bytes[0] = 1;
  std::vector<Entry> entries;
  auto say = [&](const std::string& q, const std::string& v, std::vector<base::InstanceId> at = {}) {
    Entry e;
    e.key = {q, at};
    if (!v.empty()) e.value = text(v);
    e.at.ms = static_cast<int64_t>(entries.size());
    entries.push_back(e);
  };
  say("a", "1");
  say("b", "2");
  say("a", "3");
  say("b", "");
  entries.push_back(
      {EntryKind::add_instance, {9}, {"rep", {one}}, *make_value(Tag::present, "1"), Origin::given, ""});
  say("rep/x", "inside", {one});
  auto back = unpack_journal(pack_journal(entries));
  REQUIRE(back);
  REQUIRE(back->size() == entries.size());
  for (size_t i = 0; i < entries.size(); ++i) CHECK(encode_entry((*back)[i]) == encode_entry(entries[i]));
  DraftState state = fold(entries);
  REQUIRE(state.answers.size() == 2);
  CHECK(state.answers[0].value == text("3"));
  CHECK(state.instances.size() == 1);
  entries.push_back({EntryKind::remove_instance, {10}, {"rep", {one}}, {}, Origin::given, ""});
  CHECK(fold(entries).answers.size() == 1);
  base::Bytes packed = pack_journal(entries);
  for (size_t n = 0; n < packed.size(); ++n) CHECK_FALSE(unpack_journal(base::ByteView(packed).first(n)));
}

TEST_CASE("revision: encodes and decodes, ten thousand answers too; every truncation is refused") {
  People p;
  Revision first = p.finish(0, 1, {});
  Revision r = p.amend(p.devices[0].id, {first}, {{"age", *make_value(Tag::integer, "34")}});
  r.reason = "asked again";
  base::Bytes bytes = *encode_revision(r);
  auto back = decode_revision(bytes);
  REQUIRE(back);
  back->id = r.id;
  CHECK(back->answers == r.answers);
  CHECK(back->parents == r.parents);
  CHECK(back->reason == r.reason);
  CHECK(back->kind == RevisionKind::amend);
  for (size_t n = 0; n < bytes.size(); ++n) CHECK_FALSE(decode_revision(base::ByteView(bytes).first(n)));
  Revision large = p.finish(0, 1, {});
  for (int i = 0; i < 10000; ++i)
    large.answers.push_back({{"q" + std::to_string(100000 + i), {}}, text("x"), Origin::given});
  REQUIRE(encode_revision(large));
  CHECK(decode_revision(*encode_revision(large))->answers.size() == 10000);
  for (int i = 0; i < 40000; ++i)
    large.answers.push_back({{"z" + std::to_string(i), {}}, text("x"), Origin::given});
  CHECK(encode_revision(large).error().fault == base::Fault::full);
}

TEST_CASE("statements: every changed byte is refused") {
  People p;
  Statement s = p.statements[0];
  base::Bytes bytes = sign_statement(s, p.root);
  REQUIRE(decode_statement(bytes));
  for (size_t i = 0; i < bytes.size(); ++i) {
    base::Bytes bad = bytes;
    bad[i] ^= 1;
    CHECK_MESSAGE(!decode_statement(bad), "byte ", i);
    CHECK_FALSE(decode_statement(base::ByteView(bytes).first(i)));
  }
}

TEST_CASE("fingerprint: twenty digits in groups of four, read from the first nine bytes") {
  base::Hash h;
  CHECK(spoken(h) == "0000 0000 0000 0000 0000");
  h.bytes[8] = 5;
  CHECK(spoken(h) == "0000 0000 0000 0000 0005");
  h.bytes[7] = 1;
  CHECK(spoken(h) == "0000 0000 0000 0000 0261");
}

TEST_CASE("enrolment: a request signs itself, and its digits are the same on both screens") {
  People p;
  base::Bytes request = make_enrolment("amina", p.devices[0]);
  auto e = parse_enrolment(request);
  REQUIRE(e);
  CHECK(e->label == "amina");
  CHECK(e->device == p.devices[0].id);
  for (size_t i = 0; i < request.size(); ++i) {
    base::Bytes bad = request;
    bad[i] ^= 1;
    CHECK_FALSE(parse_enrolment(bad));
  }
}
