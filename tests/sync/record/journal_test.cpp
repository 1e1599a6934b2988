#include "sync/record/journal.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace record;

namespace {

Key key(const std::string& question, std::vector<uint8_t> instances = {}) {
  Key out{question, {}};
  for (uint8_t n : instances) {
    base::InstanceId id;
    id.bytes[0] = n;
    out.instances.push_back(id);
  }
  return out;
}

struct Journal {
  std::vector<Entry> all;
  int64_t now = 1000;
  Journal& add(EntryKind kind, const Key& k, const std::string& text = "", Origin origin = Origin::given) {
    Entry e;
    e.kind = kind;
    e.at.ms = now;
    e.key = k;
    e.origin = origin;
    if (kind == EntryKind::answer && !text.empty()) e.value = *make_value(Tag::text, text);
    if (kind == EntryKind::add_instance) e.value = *make_value(Tag::present, text);
    if (kind == EntryKind::note || kind == EntryKind::reason || kind == EntryKind::language) e.text = text;
    all.push_back(e);
    return *this;
  }
  Journal& answer(const std::string& q, const std::string& text) {
    return later().add(EntryKind::answer, key(q), text);
  }
  Journal& later(int64_t ms = 1000) {
    now += ms;
    return *this;
  }
  size_t undo() {
    later();
    auto more = undo_of(all, base::Instant{now});
    all.insert(all.end(), more.begin(), more.end());
    return more.size();
  }
  std::string shown() const {
    std::string out;
    DraftState state = fold(all);
    for (const Answer& a : state.instances)
      out += a.key.question + "#" + std::to_string(a.key.instances.back().bytes[0]) + " ";
    for (const Answer& a : state.answers) out += a.key.question + "=" + display(a.value) + " ";
    return out;
  }
};

}  // namespace

TEST_CASE("journal: undo goes back a step at a time, to the beginning, and not further") {
  Journal j;
  j.add(EntryKind::open, {}).add(EntryKind::answer, key("today"), "2026", Origin::captured);
  j.answer("a", "1").answer("b", "2").answer("a", "3").answer("b", "");
  CHECK(j.shown() == "a=3 today=2026 ");
  for (const std::string& then : {std::string("a=3 b=2 today=2026 "), std::string("a=1 b=2 today=2026 "),
                                  std::string("a=1 today=2026 "), std::string("today=2026 ")}) {
    CHECK(j.undo() > 0);
    CHECK(j.shown() == then);
  }
  CHECK(j.undo() == 0);
}

TEST_CASE("journal: after an undo one can go on, and undo that too, and then what was before") {
  Journal j;
  j.answer("a", "1").answer("a", "2");
  j.undo();
  j.answer("b", "x");
  j.undo();
  CHECK(j.shown() == "a=1 ");
  j.undo();
  CHECK(j.shown() == "");
  CHECK(j.undo() == 0);
}

TEST_CASE("journal: what an answer brought along goes back with it") {
  Journal j;
  j.answer("a", "1");
  j.later()
      .add(EntryKind::answer, key("b"), "2")
      .add(EntryKind::answer, key("t"), "now", Origin::captured)
      .add(EntryKind::answer, key("a"), "");
  CHECK(j.shown() == "b=2 t=now ");
  j.undo();
  CHECK(j.shown() == "a=1 ");
}

TEST_CASE("journal: a removed instance comes back with everything in it, and an added one goes") {
  Journal j;
  j.later().add(EntryKind::add_instance, key("person", {1}), "1");
  j.later().add(EntryKind::answer, key("person/name", {1}), "Amina");
  j.later().add(EntryKind::add_instance, key("person/child", {1, 2}), "1");
  j.later().add(EntryKind::answer, key("person/child/age", {1, 2}), "4");
  std::string whole = j.shown();
  j.later()
      .add(EntryKind::remove_instance, key("person", {1}))
      .add(EntryKind::answer, key("person/name", {1}), "");
  CHECK(j.shown() == "");
  j.undo();
  CHECK(j.shown() == whole);
  j.undo();
  j.undo();
  CHECK(j.shown() == "person#1 person/name=Amina ");
}

TEST_CASE("journal: an instance added again stands where it was put last, with all that is in it, until that is undone") {
  Journal j;
  for (uint8_t n = 1; n <= 3; ++n) {
    j.later().add(EntryKind::add_instance, key("person", {n}), std::to_string(n));
    j.later().add(EntryKind::answer, key("person/name", {n}), std::string(1, static_cast<char>('a' + n)));
  }
  std::string before = j.shown();
  // The third before the others: those whose place changed, in one step.
  j.later()
      .add(EntryKind::add_instance, key("person", {3}), "1")
      .add(EntryKind::add_instance, key("person", {1}), "2")
      .add(EntryKind::add_instance, key("person", {2}), "3");
  CHECK(j.shown() == "person#3 person#1 person#2 person/name=b person/name=c person/name=d ");
  j.undo();
  CHECK(j.shown() == before);
}

TEST_CASE("journal: with a clock that stands still each undo is still one step, and undone only once") {
  Journal j;
  j.answer("a", "1").answer("b", "2");
  for (int i = 0; i < 2; ++i) {
    auto more = undo_of(j.all, base::Instant{j.now});
    CHECK_FALSE(more.empty());
    j.all.insert(j.all.end(), more.begin(), more.end());
  }
  CHECK(j.shown() == "");
  CHECK(undo_of(j.all, base::Instant{j.now}).empty());
}

TEST_CASE("journal: the history of an answer has every value, the reasons, and what was taken back") {
  Journal j;
  j.answer("a", "1").answer("b", "x").answer("a", "2");
  j.later().add(EntryKind::reason, key("a"), "misheard");
  j.answer("a", "");
  j.undo();
  auto h = history_of(j.all, key("a"));
  REQUIRE(h.size() == 4);
  CHECK(display(h[0].value) == "1");
  CHECK(h[0].reason == "");
  CHECK(display(h[1].value) == "2");
  CHECK(h[1].reason == "misheard");
  CHECK(h[2].value.tag == Tag::cleared);
  CHECK(h[2].taken_back);
  CHECK(display(h[3].value) == "2");
  CHECK_FALSE(h[3].taken_back);
}

TEST_CASE("journal: time per question leaves out pauses and the nights between sittings") {
  Journal j;
  j.add(EntryKind::open, {}).add(EntryKind::shown, key("a")).later(5000);
  j.add(EntryKind::answer, key("a"), "1").add(EntryKind::shown, key("b")).later(3000);
  j.add(EntryKind::pause, {}).later(600'000);
  j.add(EntryKind::resume, {}).later(2000);
  j.add(EntryKind::shown, key("a")).later(1000);
  j.later(8 * 3600 * 1000).add(EntryKind::open, {});  // closed, and opened again the next day
  j.add(EntryKind::shown, key("b")).later(4000).add(EntryKind::answer, key("b"), "2");
  auto times = times_of(j.all);
  CHECK(times[key("b")] == 3000 + 2000 + 4000);
  CHECK(duration_of(j.all) == 5000 + 3000 + 2000 + 4000);
}

TEST_CASE("journal: of notes the last one holds, and an empty one takes it away") {
  Journal j;
  j.add(EntryKind::note, key("a"), "first").later().add(EntryKind::note, key("a"), "second");
  j.add(EntryKind::note, key("b"), "x").later().add(EntryKind::note, key("b"), "");
  auto notes = notes_of(j.all);
  CHECK(notes.size() == 1);
  CHECK(notes[key("a")] == "second");
}

TEST_CASE("value: an attachment names an id and a name, never a path") {
  std::string id(32, 'a');
  CHECK(make_value(Tag::attachment, id + "/photo.jpg"));
  for (const std::string& wrong :
       {std::string("photo.jpg"), id + "/", id + "/../x", std::string(32, 'G') + "/x", id + "/a/b",
        id.substr(1) + "/x", id + "/" + std::string(201, 'x')})
    CHECK_MESSAGE(!make_value(Tag::attachment, wrong), wrong);
}
