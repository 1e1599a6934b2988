#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "sync/record/enrolment.h"
#include "sync/record/fingerprint.h"

namespace {

using namespace record;

Value text(const std::string& s) {
  return *make_value(Tag::text, s);
}

// A project with a root, two coordinators and two devices.
struct Project {
  base::SeededRandom random{21};
  ProjectId id = ProjectId::from(random);
  seal::DeviceKeys root = seal::DeviceKeys::from(seal::Key::from(random));
  std::vector<seal::DeviceKeys> coordinators, devices;
  std::vector<Statement> statements;

  Project() {
    for (int i = 0; i < 2; ++i) coordinators.push_back(seal::DeviceKeys::from(seal::Key::from(random)));
    for (int i = 0; i < 3; ++i) devices.push_back(seal::DeviceKeys::from(seal::Key::from(random)));
    uint64_t n = 0;
    for (auto& c : coordinators) say(root, ++n, StatementType::appoint, c);
    n = 0;
    for (auto& d : devices) say(coordinators[0], ++n, StatementType::enrol, d);
  }
  Statement& say(const seal::DeviceKeys& by, uint64_t sequence, StatementType type,
                 const seal::DeviceKeys& subject, uint64_t number = 0) {
    Statement s;
    s.project = id;
    s.sequence = sequence;
    s.type = type;
    s.subject = subject.id;
    s.subject_sign = subject.sign.pub;
    s.subject_box = subject.box.pub;
    s.number = number;
    base::Bytes bytes = sign_statement(s, by);
    statements.push_back(*decode_statement(bytes));
    return statements.back();
  }
  Authority authority() const { return Authority::from(id, root.sign.pub, statements); }
};

RevisionId revision_id(int n) {
  RevisionId id;
  id.bytes[0] = static_cast<uint8_t>(n);
  id.bytes[1] = static_cast<uint8_t>(n >> 8);
  return id;
}

Revision revision(int n, const base::DeviceId& device, std::vector<int> parents,
                  std::vector<std::pair<std::string, Value>> answers,
                  RevisionKind kind = RevisionKind::finish) {
  Revision r;
  r.id = revision_id(n);
  r.record.bytes[0] = 1;
  r.device = device;
  r.sequence = static_cast<uint64_t>(n);
  r.kind = kind;
  r.full = parents.empty();
  for (int p : parents) r.parents.push_back(revision_id(p));
  for (auto& [q, v] : answers) r.answers.push_back({{q, {}}, v, Origin::given});
  std::sort(r.answers.begin(), r.answers.end(),
            [](const Answer& a, const Answer& b) { return a.key < b.key; });
  return r;
}

const Cell* cell(const View& v, const std::string& question) {
  for (const RecordView& r : v.records)
    for (const Cell& c : r.cells)
      if (c.key.question == question) return &c;
  return nullptr;
}

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
  Project p;
  Revision r =
      revision(3, p.devices[0].id, {1}, {{"age", *make_value(Tag::integer, "34")}}, RevisionKind::amend);
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
  Revision large = revision(1, p.devices[0].id, {}, {});
  for (int i = 0; i < 10000; ++i)
    large.answers.push_back({{"q" + std::to_string(100000 + i), {}}, text("x"), Origin::given});
  REQUIRE(encode_revision(large));
  CHECK(decode_revision(*encode_revision(large))->answers.size() == 10000);
  for (int i = 0; i < 40000; ++i)
    large.answers.push_back({{"z" + std::to_string(i), {}}, text("x"), Origin::given});
  CHECK(encode_revision(large).error().fault == base::Fault::full);
}

TEST_CASE("statements: every changed byte is refused") {
  Project p;
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

TEST_CASE("authority: only the root appoints, only coordinators enrol, revoking is final") {
  Project p;
  Authority a = p.authority();
  CHECK(a.is_coordinator(p.coordinators[0].id));
  CHECK(a.accepts(p.devices[0].id, 5));
  seal::DeviceKeys stranger = seal::DeviceKeys::from(seal::Key::from(p.random));
  p.say(p.coordinators[0], 4, StatementType::appoint, stranger);
  p.say(p.devices[0], 1, StatementType::enrol, stranger);
  CHECK_FALSE(p.authority().is_coordinator(stranger.id));
  CHECK_FALSE(p.authority().accepts(stranger.id, 1));
  CHECK(p.authority().parked().size() == 1);
  p.say(p.coordinators[1], 1, StatementType::revoke, p.devices[0], 3);
  CHECK(p.authority().accepts(p.devices[0].id, 3));
  CHECK_FALSE(p.authority().accepts(p.devices[0].id, 4));
  p.say(p.coordinators[1], 2, StatementType::enrol, p.devices[0]);  // returning needs a new key
  CHECK_FALSE(p.authority().accepts(p.devices[0].id, 4));
  p.say(p.coordinators[1], 3, StatementType::revoke, p.coordinators[0], 0);  // a coordinator cannot
  CHECK(p.authority().is_coordinator(p.coordinators[0].id));
  p.say(p.root, 3, StatementType::revoke, p.coordinators[1], 0);
  CHECK_FALSE(p.authority().is_coordinator(p.coordinators[1].id));
  CHECK_MESSAGE(p.authority().accepts(p.devices[0].id, 4),
                "what a cut-off coordinator said after its end does not count");
}

TEST_CASE("authority: two statements under one number are a fork, and what follows does not count") {
  Project p;
  seal::DeviceKeys a = seal::DeviceKeys::from(seal::Key::from(p.random));
  seal::DeviceKeys b = seal::DeviceKeys::from(seal::Key::from(p.random));
  p.say(p.coordinators[0], 9, StatementType::enrol, a);
  p.say(p.coordinators[0], 9, StatementType::enrol, b);
  CHECK_FALSE(p.authority().member(a.id));
  CHECK_FALSE(p.authority().member(b.id));
  CHECK(p.authority().member(p.devices[0].id));
}

TEST_CASE(
    "authority: nothing is sealed to an epoch before a second coordinator opened it, and all have a slot") {
  Project p;
  Statement s;
  s.project = p.id;
  s.sequence = 20;
  s.type = StatementType::epoch_open;
  s.number = 1;
  s.subject_box = p.devices[2].box.pub;
  for (auto& c : p.coordinators) s.slots.push_back({seal::key_id_of(c.box.pub), {}});
  sign_statement(s, p.coordinators[0]);
  p.statements.push_back(s);
  CHECK_FALSE(p.authority().current_epoch());
  Statement own;
  own.project = p.id;
  own.sequence = 21;
  own.type = StatementType::countersign;
  own.hash.bytes = s.id.bytes;
  sign_statement(own, p.coordinators[0]);
  p.statements.push_back(own);
  CHECK_FALSE(p.authority().current_epoch());
  own.sequence = 1;
  sign_statement(own, p.coordinators[1]);
  p.statements.push_back(own);
  CHECK(p.authority().current_epoch());
  seal::DeviceKeys third = seal::DeviceKeys::from(seal::Key::from(p.random));
  p.say(p.root, 3, StatementType::appoint, third);
  CHECK_FALSE(p.authority().current_epoch());
}

TEST_CASE("view: a correction by the device that founded the record holds without a conflict") {
  Project p;
  std::vector<Revision> all = {revision(1, p.devices[0].id, {}, {{"age", text("34")}, {"name", text("x")}}),
                               revision(2, p.devices[0].id, {1}, {{"age", text("43")}}, RevisionKind::amend)};
  View v = view(all, p.authority(), {});
  CHECK(cell(v, "age")->shown == text("43"));
  CHECK(cell(v, "name")->shown == text("x"));
  CHECK(v.records[0].conflicts() == 0);
}

TEST_CASE("view: another device's correction is listed and never shown") {
  Project p;
  std::vector<Revision> all = {revision(1, p.devices[0].id, {}, {{"age", text("34")}}),
                               revision(2, p.devices[1].id, {1}, {{"age", text("99")}}, RevisionKind::amend)};
  View v = view(all, p.authority(), {});
  CHECK(cell(v, "age")->shown == text("34"));
  CHECK(cell(v, "age")->candidates.size() == 2);
  CHECK_FALSE(cell(v, "age")->conflict);
}

TEST_CASE("view: two who correct at once conflict on that question only, until a coordinator settles it") {
  Project p;
  std::vector<Revision> all = {revision(1, p.devices[0].id, {}, {{"age", text("34")}, {"name", text("x")}}),
                               revision(2, p.devices[0].id, {1}, {{"age", text("35")}}, RevisionKind::amend),
                               revision(3, p.coordinators[0].id, {1},
                                        {{"age", text("36")}, {"name", text("y")}}, RevisionKind::amend)};
  View v = view(all, p.authority(), {});
  CHECK(cell(v, "age")->conflict);
  CHECK(cell(v, "age")->shown == text("36"));  // a coordinator before a device
  CHECK(cell(v, "age")->candidates.size() == 2);
  CHECK(cell(v, "name")->shown == text("y"));
  CHECK_FALSE(cell(v, "name")->conflict);
  all.push_back(revision(4, p.devices[0].id, {2, 3}, {{"age", text("35")}}, RevisionKind::resolve));
  CHECK_MESSAGE(cell(view(all, p.authority(), {}), "age")->conflict, "a device cannot settle");
  all.back() = revision(4, p.coordinators[1].id, {2, 3}, {{"age", text("35")}}, RevisionKind::resolve);
  v = view(all, p.authority(), {});
  CHECK_FALSE(cell(v, "age")->conflict);
  CHECK(cell(v, "age")->shown == text("35"));
}

TEST_CASE("view: options of a multi-select merge one by one, and the most restrictive consent holds") {
  Project p;
  auto set = [](const char* s) { return *make_value(Tag::choices, s); };
  auto consent = [](const char* s) { return *make_value(Tag::consent, s); };
  std::vector<Revision> all = {
      revision(1, p.devices[0].id, {}, {{"langs", set("ar fr")}, {"ok", consent("yes")}}),
      revision(2, p.devices[0].id, {1}, {{"langs", set("ar fr nl")}, {"ok", consent("no")}},
               RevisionKind::amend),
      revision(3, p.coordinators[0].id, {1}, {{"langs", set("ar")}, {"ok", consent("yes")}},
               RevisionKind::amend)};
  View v = view(all, p.authority(), {});
  CHECK(cell(v, "langs")->shown == set("ar nl"));
  CHECK_FALSE(cell(v, "langs")->conflict);
  CHECK(cell(v, "ok")->shown == consent("no"));
}

TEST_CASE("view: an instance taken away by one and worked on by another is kept, and said") {
  Project p;
  base::InstanceId id;
  id.bytes[0] = 4;
  Revision first = revision(1, p.devices[0].id, {}, {});
  first.answers = {{{"rep", {id}}, *make_value(Tag::present, "1"), Origin::given},
                   {{"rep/x", {id}}, text("a"), Origin::given}};
  Revision gone = revision(2, p.devices[0].id, {1}, {}, RevisionKind::amend);
  gone.answers = {{{"rep", {id}}, Value{}, Origin::given}};
  Revision work = revision(3, p.coordinators[0].id, {1}, {}, RevisionKind::amend);
  work.answers = {{{"rep/x", {id}}, text("b"), Origin::given}};
  std::vector<Revision> removed = {first, gone};
  CHECK(cell(view(removed, p.authority(), {}), "rep/x") == nullptr);
  std::vector<Revision> both = {first, gone, work};
  View v = view(both, p.authority(), {});
  REQUIRE(cell(v, "rep"));
  CHECK(cell(v, "rep")->conflict);
  CHECK(cell(v, "rep/x")->shown == text("b"));
}

TEST_CASE("view: a withdrawn record is gone, whatever comes when") {
  Project p;
  std::vector<Revision> all = {revision(1, p.devices[0].id, {}, {{"age", text("34")}})};
  std::vector<Withdrawal> w = {{all[0].record, true, {}}};
  View v = view(all, p.authority(), w);
  CHECK(v.records.empty());
  CHECK(v.withdrawn.size() == 1);
  CHECK(v.fingerprint != view(all, p.authority(), {}).fingerprint);
}

TEST_CASE("view: any order and any duplicates give the same dataset, byte for byte") {
  Project p;
  Authority authority = p.authority();
  bool held = rc::check("order and duplicates leave no trace", [&] {
    int count = *rc::gen::inRange(1, 9);
    std::vector<Revision> all;
    for (int i = 1; i <= count; ++i) {
      const base::DeviceId who =
          *rc::gen::element(p.devices[0].id, p.devices[1].id, p.coordinators[0].id, p.coordinators[1].id);
      std::vector<int> parents;
      if (i > 1)
        for (int j = 1; j < i; ++j)
          if (*rc::gen::inRange(0, 3) == 0) parents.push_back(j);
      if (i > 1 && parents.empty()) parents.push_back(1);
      auto kind = parents.empty() ? RevisionKind::finish
                                  : *rc::gen::element(RevisionKind::amend, RevisionKind::resolve);
      all.push_back(revision(
          i, i == 1 ? p.devices[0].id : who, parents,
          {{*rc::gen::element<std::string>("a", "b"), text(*rc::gen::element<std::string>("1", "2", "3"))}},
          kind));
    }
    View expected = view(all, authority, {});
    std::vector<Revision> shuffled = all;
    for (const Revision& r : all)
      if (*rc::gen::inRange(0, 2)) shuffled.push_back(r);
    for (size_t i = shuffled.size(); i > 1; --i)
      std::swap(shuffled[i - 1], shuffled[static_cast<size_t>(*rc::gen::inRange(0, static_cast<int>(i)))]);
    View got = view(shuffled, authority, {});
    RC_ASSERT(got.fingerprint == expected.fingerprint);
    RC_ASSERT(values_lines(got) == values_lines(expected));
    for (size_t c = 0; c < expected.records[0].cells.size(); ++c) {
      RC_ASSERT(got.records[0].cells[c].shown == expected.records[0].cells[c].shown);
      RC_ASSERT(got.records[0].cells[c].conflict == expected.records[0].cells[c].conflict);
    }
  });
  CHECK(held);
}

TEST_CASE("view: one who works alone never meets a conflict") {
  Project p;
  Authority authority = p.authority();
  CHECK(rc::check("a line of corrections", [&] {
    std::vector<Revision> all = {revision(1, p.devices[0].id, {}, {{"a", text("0")}})};
    int count = *rc::gen::inRange(0, 8);
    std::string last = "0";
    for (int i = 2; i <= count + 1; ++i) {
      last = *rc::gen::element<std::string>("1", "2", "3");
      all.push_back(revision(i, *rc::gen::element(p.devices[0].id, p.coordinators[0].id), {i - 1},
                             {{"a", text(last)}}, RevisionKind::amend));
    }
    View v = view(all, authority, {});
    RC_ASSERT(v.records[0].conflicts() == 0u);
    RC_ASSERT(cell(v, "a")->shown == text(last));
  }));
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
  Project p;
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
