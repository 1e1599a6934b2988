// The scenarios of a centre: its central file asked, merged, written and passed on, and the words it lives by.
#include "sync/exchange/bundle.h"
#include "sync/record/enrolment.h"
#include "sync/record/migration.h"
#include "sync/record/packed.h"
#include "sync/record/send_back.h"
#include "tests/torture/scenarios.h"

namespace torture {

using base::Bytes;
using base::ByteView;
using base::Result;
using base::Status;

namespace {

std::string one_of(bool before, bool after, Now n, const char* what) {
  if (n == Now::after) return after ? "" : std::string(what) + ": it did not happen";
  return before || after ? "" : std::string(what) + ": neither as before nor as after";
}

// What a verb of collector/app ends with.
template <class Act>
Status verb(Act act) try {
  return act();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Campaign& of(Place& p) {
  return *p.campaign;
}

Status begin(Place& p) {
  p.campaign = std::make_unique<Campaign>(7, p.folder.path());
  return of(p).open();
}

// Everything is there, opened, with its sound.
Status begin_full(Place& p) {
  if (auto done = begin(p); !done) return done;
  Campaign& c = of(p);
  if (auto done = c.import("bundle", c.everything()); !done) return done;
  if (auto done = c.import("stranger", {{c.words[0].kind, c.words[0].bytes}}); !done) return done;
  if (auto done = c.open_all(); !done) return done;
  if (auto done = c.central->put_attachment(c.sound_hash, c.sound); !done) return done;
  return c.central->log("exported", "a table", {1}, c.rules.coordinators[0]);
}

Status tell(Place& p, Result<std::string> (Campaign::*question)()) {
  return verb([&]() -> Status {
    auto told = (of(p).*question)();
    if (!told) return base::pass(told.error());
    of(p).told = std::move(*told);
    return {};
  });
}

std::string told_right(Place& p, Now n) {
  if (n == Now::either) return "";
  return of(p).told == of(p).wanted ? "" : "it tells other than it should: " + of(p).told;
}

int64_t whole(Place& p) {
  return of(p).central->revisions().value_or(-1);
}

// Of whom was withdrawn nothing is readable here.
std::string keeps_withdrawn(Place& p) {
  Campaign& c = of(p);
  auto left = c.central->envelopes_of(c.withdrawn);
  if (!left || !left->empty()) return "something of a withdrawn record is kept";
  auto apart = c.central->quarantine();
  if (!apart) return "the quarantine does not open";
  for (const auto& hash : {c.late_hash})
    if (c.central->attachment(hash)) return "an attachment of a withdrawn record is kept";
  return "";
}

Status read_words(Place& p) {
  return verb([&]() -> Status {
    Campaign& c = of(p);
    std::vector<record::Statement> all;
    std::string told;
    for (const store::Item& word : c.words) {
      if (word.kind != store::ItemKind::statement) continue;
      auto s = record::decode_statement(word.bytes);
      if (!s) return base::pass(s.error());
      all.push_back(std::move(*s));
    }
    auto authority = record::Authority::from(c.rules.project, c.rules.root.sign.pub, all);
    for (const record::SentBack& asked : authority.send_backs()) {
      auto back = record::open_send_back(asked.record, asked.sealed, c.rules.devices[0].box);
      if (!back) return base::pass(back.error());
      told += back->comment;
    }
    told += " " + std::to_string(authority.members().size()) + authority.ground().hex();
    auto request = record::parse_enrolment(record::make_enrolment("laptop", c.rules.devices[0]));
    if (!request) return base::pass(request.error());
    const std::vector<std::string> before = {"age", "sex"}, after = {"years", "sex"};
    auto m = record::make_migration({}, c.authority.forms().at(0).hash, {{"age", "years", {}, {}}, {"sex", "sex", {}, {}}},
                                    before, after);
    if (!m) return base::pass(m.error());
    auto again = record::decode_migration(record::encode_migration(*m));
    if (!again) return base::pass(again.error());
    for (const record::Answer& a : c.large.answers) told += std::to_string(record::migrate(*again, a).size());
    c.told = told + request->label;
    return {};
  });
}

Status cut_large(Place& p) {
  return verb([&]() -> Status {
    Campaign& c = of(p);
    record::Revision r = c.large;
    auto beside = record::take_overflow(r);
    if (!beside) return base::pass(beside.error());
    auto plain = record::encode_revision(r);
    if (!plain) return base::pass(plain.error());
    auto back = record::decode_revision(record::pack_content(*plain));
    if (!back) return base::pass(back.error());
    if (auto done = record::put_back(*back, *beside); !done) return done;
    c.told = back->answers == c.large.answers ? "whole" : "not whole";
    return {};
  });
}

constexpr size_t rows = 12;
base::RecordId row_id(size_t i) {
  base::RecordId id;
  id.bytes[0] = static_cast<uint8_t>(i + 1);
  return id;
}
Bytes row_of(size_t i) {
  return Bytes(100 + i * 50, static_cast<uint8_t>(i));
}
seal::Key cache_key(uint8_t n) {
  return seal::Key(Bytes(32, n));
}

const Scenario all_scenarios[] = {
    {"ask a central file everything",
     [](Place& p) -> Status {
       if (auto done = begin_full(p); !done) return done;
       auto told = of(p).ask();
       if (!told) return base::pass(told.error());
       of(p).wanted = *told;
       return {};
     },
     [](Place& p) -> Status { return tell(p, &Campaign::ask); }, told_right},
    {"merge and see",
     [](Place& p) -> Status {
       if (auto done = begin_full(p); !done) return done;
       Campaign& c = of(p);
       std::vector<record::RevisionId> ids;
       std::vector<record::Link> stubs;
       (void)c.central->each_link(0, [&](const store::Central::Arrived& a) {
         if (a.link.is_stub)
           stubs.push_back(a.link);
         else
           ids.push_back(a.link.id);
       });
       auto opened = c.opened(ids);
       auto heads = c.central->heads();
       auto gone = c.central->withdrawals();
       if (!opened || !heads || !gone) return base::fail(base::Fault::invalid, "scenario", "It does not open.");
       record::View view = record::view({*opened, stubs, *heads, *gone}, c.authority);
       c.wanted = record::spoken(view.fingerprint) + ", " + std::to_string(view.records.size()) + " records, 2-2, 4-4 tail";
       return {};
     },
     [](Place& p) -> Status { return tell(p, &Campaign::see); }, told_right},
    {"import a whole campaign", begin,
     [](Place& p) -> Status {
       return verb([&] { return of(p).import("bundle", of(p).everything()); });
     },
     [](Place& p, Now n) -> std::string {
       bool known = of(p).central->imported("bundle");
       auto gone = of(p).central->withdrawals();
       if (!gone) return "the withdrawals do not open";
       return one_of(whole(p) == 0 && !known && gone->empty(), whole(p) == 6 && known && gone->size() == 1, n,
                     "an import") +
              keeps_withdrawn(p);
     }},
    {"a word arrives for what waits",
     [](Place& p) -> Status {
       if (auto done = begin(p); !done) return done;
       Campaign& c = of(p);
       c.items = {c.words[4]};  // the third device's enrolment
       if (auto done = c.import("others", {c.words[0], c.words[1], c.words[2], c.words[3]}); !done) return done;
       return c.import("stranger", c.waiting);
     },
     [](Place& p) -> Status { return verb([&] { return of(p).import("word", of(p).items); }); },
     [](Place& p, Now n) -> std::string {
       int64_t apart = of(p).central->quarantined().value_or(-1);
       return one_of(whole(p) == 0 && apart == 2, whole(p) == 2 && apart == 0, n, "what waited");
     }},
    {"a card takes back",
     [](Place& p) -> Status {
       if (auto done = begin(p); !done) return done;
       auto all = of(p).everything();
       all.pop_back();
       if (auto done = of(p).import("bundle", all); !done) return done;
       of(p).items = {of(p).tombstone};
       return {};
     },
     [](Place& p) -> Status { return verb([&] { return of(p).import("card", of(p).items); }); },
     [](Place& p, Now n) -> std::string {
       std::string wrong = one_of(whole(p) == 7, whole(p) == 6, n, "a withdrawal");
       return whole(p) == 6 ? wrong + keeps_withdrawn(p) : wrong;
     }},
    {"what was withdrawn comes again",
     [](Place& p) -> Status {
       auto done = begin_full(p);
       of(p).items = {of(p).late, of(p).revisions.back()};
       return done ? of(p).open() : done;  // nothing is prepared: each question may fail
     },
     [](Place& p) -> Status {
       if (auto done = verb([&] { return of(p).import("late", of(p).items); }); !done) return done;
       return of(p).central->put_attachment(of(p).late_hash, of(p).late_sound);
     },
     [](Place& p, Now n) -> std::string {
       return keeps_withdrawn(p) + (n == Now::after && whole(p) != 6 ? "something else is gone" : "");
     }},
    {"taken out on a person's word", begin_full,
     [](Place& p) -> Status {
       return verb([&] { return of(p).central->shred(of(p).rules.record_of(1), {2}); });
     },
     [](Place& p, Now n) -> std::string {
       bool sound = of(p).central->attachment(of(p).sound_hash).has_value();
       // Its files go before the rows that name them: half way there is less to read, never more.
       return one_of(whole(p) == 6, whole(p) == 2 && !sound, n, "a record");
     }},
    {"write into the log", begin_full,
     [](Place& p) -> Status {
       return verb([&] { return of(p).central->log("exported", "one more table", {2}, of(p).rules.coordinators[0]); });
     },
     [](Place& p, Now n) -> std::string {
       auto lines = of(p).central->log_lines(of(p).rules.coordinators[0].sign.pub);
       if (!lines) return "the log does not open";
       for (const store::LogLine& line : *lines)
         if (!line.holds) return "a line of the log does not hold";
       return one_of(lines->size() == 1, lines->size() >= 2, n, "a line");
     }},
    {"content keys under one's own", begin_full,
     [](Place& p) -> Status {
       Campaign& c = of(p);
       return verb([&]() -> Status {
         if (auto done = c.central->put_vault_key(c.epoch_id(), ByteView(c.sound_hash.bytes)); !done) return done;
         return c.central->put_keyslots(c.slots);
       });
     },
     [](Place& p, Now n) -> std::string {
       Campaign& c = of(p);
       auto slots = c.central->keyslots(c.epoch_id());
       auto keys = c.central->vault_keys();
       if (!slots || !keys) return "the keys do not open";
       return one_of(slots->empty(), slots->size() == 6 && keys->size() == 1, n, "the key slots");
     }},
    {"an epoch's key goes",
     [](Place& p) -> Status {
       auto done = begin_full(p);
       return done ? of(p).central->put_vault_key(of(p).epoch_id(), ByteView(of(p).sound_hash.bytes)) : done;
     },
     [](Place& p) -> Status { return of(p).central->drop_vault_key(of(p).epoch_id()); },
     [](Place& p, Now n) -> std::string {
       auto keys = of(p).central->vault_keys();
       if (!keys) return "the keys do not open";
       return one_of(keys->size() == 1, keys->empty(), n, "a key");
     }},
    {"a sound arrives",
     [](Place& p) -> Status {
       if (auto done = begin(p); !done) return done;
       if (auto done = of(p).import("bundle", of(p).everything()); !done) return done;
       return of(p).open_all();
     },
     [](Place& p) -> Status { return of(p).central->put_attachment(of(p).sound_hash, of(p).sound); },
     [](Place& p, Now n) -> std::string {
       auto wanted = of(p).central->attachments_wanted();
       if (!wanted) return "the list does not open";
       bool here = of(p).central->attachment(of(p).sound_hash).has_value();
       return one_of(wanted->size() == 1, wanted->empty() && here, n, "a sound");
     }},
    {"set aside, looked at, thrown away", begin_full,
     [](Place& p) -> Status {
       Campaign& c = of(p);
       return verb([&]() -> Status {
         if (auto done = c.central->put_in_quarantine(c.late, {"stick"}, "salvaged"); !done) return done;
         auto list = c.central->quarantine();
         if (!list) return base::pass(list.error());
         for (const store::Quarantined& one : *list) {
           auto item = c.central->take_from_quarantine(one.id);
           if (!item) return base::pass(item.error());
           if (item->bytes != c.late.bytes) return base::fail(base::Fault::corrupt, "quarantine", "Another item.");
           if (auto done = c.central->drop_from_quarantine(one.id); !done) return done;
         }
         return {};
       });
     },
     [](Place& p, Now n) -> std::string {
       int64_t apart = of(p).central->quarantined().value_or(-1);
       return n == Now::after ? (apart == 0 ? "" : "it was not thrown away")
                              : (apart == 0 || apart == 1 ? "" : "the quarantine does not open");
     }},
    {"hand over to another centre", begin_full,
     [](Place& p) -> Status {
       Campaign& c = of(p);
       return verb([&]() -> Status {
         const base::DeviceId& self = c.rules.coordinators[0].id;
         auto due = c.central->words_due({}, self);
         if (!due) return base::pass(due.error());
         auto more = c.central->revisions_due({}, c.authority, self, {});
         if (!more) return base::pass(more.error());
         due->insert(due->end(), more->begin(), more->end());
         auto items = c.central->items(*due);
         if (!items) return base::pass(items.error());
         std::vector<exchange::Item> out;
         for (const store::Item& one : *items) out.push_back({static_cast<exchange::ItemKind>(one.kind), one.bytes});
         auto bundle = exchange::write_bundle(c.rules.project, c.rules.coordinators[0], 1, out);
         if (!bundle) return base::pass(bundle.error());
         if (auto read = exchange::read_bundle(*bundle); !read) return base::pass(read.error());
         return c.central->handed_over({"outbox/" + self.hex() + "/1", 77}, *due);
       });
     },
     [](Place& p, Now n) -> std::string {
       Campaign& c = of(p);
       const base::DeviceId& self = c.rules.coordinators[0].id;
       std::vector<store::PlaceFile> there = {{"outbox/" + self.hex() + "/1", 77}};
       auto words = c.central->words_due(there, self);
       auto revisions = c.central->revisions_due(there, c.authority, self, {});
       if (!words || !revisions) return "what is due does not open";
       return one_of(!words->empty() && !revisions->empty(), words->empty() && revisions->empty(), n, "a hand-over");
     }},
    {"the sealed cache", begin,
     [](Place& p) -> Status {
       Campaign& c = of(p);
       return verb([&]() -> Status {
         c.cache.reset();
         c.cache = std::make_unique<store::SealedCache>(c.folder / "cache.svc", cache_key(1));
         std::vector<Bytes> bytes(rows);
         std::vector<store::SealedCache::Fresh> fresh;
         for (size_t i = 0; i < rows; ++i) bytes[i] = row_of(i);
         for (size_t i = 0; i < rows; ++i) fresh.push_back({row_id(i), bytes[i]});
         c.cache->put(fresh);
         for (size_t i = 0; i < rows; ++i)
           if (Bytes row = c.cache->get(row_id(i)); !row.empty() && row != bytes[i])
             return base::fail(base::Fault::corrupt, "cache", "Another row.");
         size_t seen = 0;
         c.cache->each([&](const base::RecordId&, ByteView) { ++seen; });
         c.cache->rewrite_without([](const base::RecordId& id) { return id == row_id(0); }, cache_key(2));
         return {};
       });
     },
     [](Place& p, Now) -> std::string {
       Campaign& c = of(p);
       c.cache.reset();
       store::SealedCache again(c.folder / "cache.svc", cache_key(2));
       if (!again.get(row_id(0)).empty()) return "what is gone is in the cache";
       for (size_t i = 1; i < rows; ++i)
         if (Bytes row = again.get(row_id(i)); !row.empty() && row != row_of(i)) return "a row is another";
       return "";
     }},
    {"read the words of a project",
     [](Place& p) -> Status {
       if (auto done = begin(p); !done) return done;
       auto done = read_words(p);
       of(p).wanted = std::exchange(of(p).told, {});
       return done;
     },
     read_words, told_right},
    {"an interview that is too large",
     [](Place& p) -> Status {
       auto done = begin(p);
       of(p).wanted = "whole";
       return done;
     },
     cut_large, told_right},
};

}  // namespace

std::span<const Scenario> centre_scenarios() {
  return all_scenarios;
}

}  // namespace torture
