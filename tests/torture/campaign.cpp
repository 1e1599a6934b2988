#include "tests/torture/campaign.h"

#include "sync/record/migration.h"
#include "sync/record/packed.h"
#include "sync/record/send_back.h"
#include "sync/seal/attachment.h"
#include "sync/seal/head.h"
#include "sync/seal/package.h"

namespace torture {

using namespace record;
using base::Bytes;
using base::ByteView;
using base::Result;
using base::Status;
using store::Item;
using store::ItemKind;

namespace {

constexpr base::Instant now{1'772'000'000'000};

Answer answer(const std::string& question, const std::string& text) {
  return {{question, {}}, *make_value(Tag::text, text), Origin::given};
}

}  // namespace

Campaign::Campaign(uint64_t seed, std::filesystem::path where)
    : folder(std::move(where)), file(folder / "centre.db"), rules(seed), random_(seed + 1) {
  rules.begin();
  words = rules.items;
  // Asked about concurrently by a device and a coordinator, then settled; its sound.
  revisions.push_back(seal(0, 1, {}, "17", RevisionKind::finish));
  RevisionId founding = last_;
  revisions.push_back(seal(0, 1, {founding}, "18", RevisionKind::amend));
  RevisionId by_device = last_;
  sound = seal_sound(1, sound_hash);
  with_sound = by_device;
  revisions.push_back(seal(10, 1, {founding}, "19", RevisionKind::amend));
  RevisionId by_centre = last_;
  revisions.push_back(seal(11, 1, {std::min(by_device, by_centre), std::max(by_device, by_centre)}, "19",
                           RevisionKind::resolve));
  // One of the second device's is missing, and its head tells of one more.
  revisions.push_back(seal(1, 2, {}, "20", RevisionKind::finish));
  (void)seal(1, 3, {}, "21", RevisionKind::finish);
  revisions.push_back(seal(1, 3, {last_}, "22", RevisionKind::amend));
  (void)seal(1, 2, {}, "23", RevisionKind::amend);
  seal::Head head;
  head.project = rules.project;
  head.sequence = 4;
  head.revision = last_;
  revisions.push_back({ItemKind::head, seal::make_head(head, rules.devices[1])});
  // Withdrawn by card; something of it comes later.
  revisions.push_back(seal(0, 4, {}, "withdrawn answer", RevisionKind::finish));
  RevisionId gone = last_;
  late = seal(0, 4, {gone}, "withdrawn answer too", RevisionKind::amend);
  late_sound = seal_sound(4, late_hash);
  withdrawn = rules.record_of(4);
  seal::Tombstone t;
  t.project = rules.project;
  t.record = withdrawn;
  tombstone = {ItemKind::tombstone, seal::make_tombstone(t, rules.card(4))};
  waiting.push_back(seal(2, 5, {}, "30", RevisionKind::finish));
  waiting.push_back(seal(2, 5, {last_}, "31", RevisionKind::amend));
  // A form, a send-back, a migration.
  Bytes sealed = *seal::seal_package(rules.project, {{"form.csv", Bytes(700, 7)}}, seal::Key::from(random_), 1,
                                     rules.coordinators[0]);
  package = *seal::package_id(sealed);
  auto say = [&](Statement s) {
    words.emplace_back();
    Item item;
    rules.say(rules.coordinators[0], std::move(s), &item);
    words.back() = std::move(item);
  };
  Statement publish;
  publish.type = StatementType::publish;
  publish.text = "visit";
  publish.version = "2";
  publish.hash = base::Hash{seal::hash("sv1.test", base::view_of("new")).bytes};
  publish.package = package;
  publish.number = 1;
  say(publish);
  words.push_back({ItemKind::package, std::move(sealed)});
  SendBack back;
  back.record = rules.record_of(1);
  back.withdrawal = rules.card(1).pub;
  back.parents = {by_device};
  back.form_id = "visit";
  back.comment = "Is that the year of birth?";
  back.questions = {"age"};
  back.answers = {answer("age", "18")};
  Statement asks;
  asks.type = StatementType::send_back;
  asks.subject = rules.devices[0].id;
  asks.content = seal_send_back(back, rules.devices[0].box.pub);
  say(asks);
  std::vector<Statement> all;
  for (const Item& word : words)
    if (word.kind == ItemKind::statement) all.push_back(*decode_statement(word.bytes));
  authority = Authority::from(rules.project, rules.root.sign.pub, all);
  large.record = rules.record_of(6);
  large.device = rules.devices[0].id;
  large.sequence = 1;
  large.kind = RevisionKind::finish;
  large.full = true;
  large.form_id = "visit";
  for (int i = 0; i < 40; ++i) large.answers.push_back(answer("q" + std::to_string(100 + i), std::string(50'000, 'x')));
}

// Devices 0, 1, 2; coordinators 10, 11.
Item Campaign::seal(size_t device, int respondent, std::vector<RevisionId> parents, const std::string& age,
                    RevisionKind kind) {
  const seal::DeviceKeys& keys = device < 10 ? rules.devices[device] : rules.coordinators[device - 10];
  auto& [sequence, previous] = chains_[keys.id];
  Revision r;
  r.record = rules.record_of(respondent);
  r.device = keys.id;
  r.sequence = ++sequence;
  r.previous = previous;
  r.kind = kind;
  r.full = kind == RevisionKind::finish;
  r.parents = std::move(parents);
  r.form_id = "visit";
  r.at = now;
  r.answers = {answer("age", age)};
  if (r.full) r.answers.push_back(answer("town", "Tanger"));
  Bytes sealed = *seal::seal_revision(pack_content(*encode_revision(r)),
                                      {rules.project, r.record, r.device, r.sequence, r.previous,
                                       rules.card(respondent).pub},
                                      {rules.epoch.pub}, keys);
  last_ = seal::parse_envelope(sealed)->id;
  previous.bytes = last_.bytes;
  return {ItemKind::revision, std::move(sealed)};
}

Bytes Campaign::seal_sound(int respondent, base::Hash& hash) {
  Bytes out;
  seal::AttachmentSealer sealer({rules.project, rules.record_of(respondent), base::AttachmentId::from(random_),
                                 seal::Grain::recording},
                                seal::Key::from(random_), [&](ByteView part) -> Status {
                                  out.insert(out.end(), part.begin(), part.end());
                                  return {};
                                });
  (void)sealer.write(Bytes(9000, 5));
  hash = sealer.close()->hash;
  return out;
}

Status Campaign::open() {
  central.reset();
  auto opened = store::Central::open(file);
  if (!opened) return base::pass(opened.error());
  central = std::move(*opened);
  return {};
}

Status Campaign::import(const std::string& name, const std::vector<Item>& what) {
  auto done = central->import({name, rules.devices[0].id, now, 1}, what, rules.project, rules.root.sign.pub);
  return done ? Status() : base::pass(done.error());
}

std::vector<Item> Campaign::everything() const {
  std::vector<Item> out = words;
  out.insert(out.end(), revisions.begin(), revisions.end());
  out.push_back(tombstone);
  return out;
}

Result<std::vector<Revision>> Campaign::opened(std::span<const RevisionId> ids) {
  auto openings = central->openings(ids);
  if (!openings) return base::pass(openings.error());
  std::vector<Revision> out;
  for (const store::Opening& one : *openings) {
    auto e = seal::parse_envelope(one.bytes);
    if (!e) return base::pass(e.error());
    auto plain = seal::open_envelope(*e, rules.epoch);
    if (!plain) return base::pass(plain.error());
    auto r = decode_revision(*plain);
    if (!r) return base::pass(r.error());
    r->id = e->id;
    r->previous = e->header.previous;
    r->withdrawal = e->header.withdrawal;
    out.push_back(std::move(*r));
  }
  return out;
}

Status Campaign::open_all() {
  std::vector<store::Named> named;
  auto done = central->each_link(0, [&](const store::Central::Arrived& a) {
    if (a.link.is_stub) return;
    named.push_back({a.link.id, {}});
    if (a.link.id == with_sound) named.back().attachments = {sound_hash};
    slots.push_back({a.link.id, epoch_id(), Bytes(72, 9)});
  });
  return done ? central->note_opened(named) : done;
}

Result<std::string> Campaign::ask() {
  std::string out;
  Status bad;
  auto tell = [&](const char* name, const auto& answer, auto&& each) {
    if (!answer) {
      if (bad) bad = base::pass(answer.error());
      return;
    }
    out += std::string(name) + ":";
    each(*answer);
    out += "\n";
  };
  auto number = [&](int64_t n) { out += " " + std::to_string(n); };
  auto bytes = [&](ByteView b) { out += " " + seal::hash("sv1.test", b).hex().substr(0, 8); };
  auto all = [&](const std::vector<Bytes>& list) { for (const Bytes& one : list) bytes(one); };
  store::Central& c = *central;
  std::vector<RevisionId> ids;
  auto walked = c.each_link(0, [&](const store::Central::Arrived& a) {
    ids.push_back(a.link.id);
    bytes(a.link.id.bytes);
  });
  if (!walked) return base::pass(walked.error());
  tell("heads", c.heads(), [&](const auto& heads) { for (const auto& h : heads) bytes(h.id.bytes); });
  tell("openings", c.openings(ids), [&](const auto& list) {
    for (const auto& one : list) bytes(one.bytes), bytes(one.keyslot.wrapped);
  });
  tell("envelopes", c.envelopes(), all);
  tell("of", c.envelopes_of(rules.record_of(1)), all);
  tell("revisions", c.revisions(), number);
  tell("gaps", c.gaps(authority), [&](const auto& list) {
    for (const store::Missing& m : list) number(static_cast<int64_t>(m.gap.first)), number(m.since.ms);
  });
  tell("frontiers", c.frontiers(authority), [&](const auto& list) {
    for (const Frontier& f : list) number(static_cast<int64_t>(f.sequence)), bytes(f.revision.bytes);
  });
  tell("chains", c.chains(authority), [&](const Chains& chains) { number(static_cast<int64_t>(chains.size())); });
  std::array<uint8_t, 4> epoch{};
  std::copy_n(epoch_id().bytes.begin(), 4, epoch.begin());
  tell("keyslots", c.keyslots(epoch_id()), [&](const auto& list) { number(static_cast<int64_t>(list.size())); });
  tell("sealed to", c.sealed_to(epoch), number);
  tell("without", c.without_keyslot(epoch), [&](const auto& list) { number(static_cast<int64_t>(list.size())); });
  tell("vault keys", c.vault_keys(), [&](const auto& list) { for (const auto& [id, key] : list) bytes(key); });
  tell("not opened", c.not_opened(), [&](const auto& list) { number(static_cast<int64_t>(list.size())); });
  auto hashes = [&](const std::vector<base::Hash>& list) { for (const base::Hash& h : list) bytes(h.bytes); };
  tell("wanted", c.attachments_wanted(), hashes);
  tell("unwell", c.unwell_attachments(), [&](const auto& list) { for (const auto& one : list) bytes(one.hash.bytes); });
  tell("statements", c.statements(), all);
  tell("packages", c.packages(), all);
  tell("package", c.package(package), bytes);
  tell("tombstones", c.tombstones(), all);
  tell("withdrawals", c.withdrawals(), [&](const auto& list) { for (const auto& w : list) bytes(w.record.bytes); });
  tell("asked", c.asked(), [&](const auto& list) { for (const auto& one : list) number(one.at.ms); });
  tell("epochs", c.epochs_of(withdrawn), [&](const auto& list) { for (const auto& e : list) bytes(e); });
  tell("shredded", c.shredded(), [&](const auto& list) { for (const auto& s : list) bytes(s.record.bytes); });
  tell("quarantined", c.quarantined(), number);
  tell("quarantine", c.quarantine(), [&](const auto& list) { for (const auto& q : list) bytes(q.id.bytes); });
  tell("log", c.log_lines(rules.coordinators[0].sign.pub), [&](const auto& list) {
    for (const auto& line : list) out += " " + line.what + (line.holds ? "" : " broken");
  });
  tell("backups", c.backups(), [&](const auto& list) { number(static_cast<int64_t>(list.size())); });
  const base::DeviceId& self = rules.coordinators[0].id;
  auto due = [&](const std::vector<store::Due>& list) { for (const store::Due& one : list) bytes(one.id.bytes); };
  auto words_due = c.words_due({}, self);
  tell("words due", words_due, due);
  tell("due", c.revisions_due({}, authority, self, {}), due);
  tell("attachments due", c.attachments_due(authority, self, {}), hashes);
  if (words_due) tell("items", c.items(*words_due), [&](const auto& list) { for (const Item& i : list) bytes(i.bytes); });
  if (!bad) return base::pass(bad.error());
  return out;
}

Result<std::string> Campaign::see() {
  merge_.set_authority(authority);
  auto done = central->each_link(seen_, [&](const store::Central::Arrived& a) {
    merge_.add(a.link);
    seen_ = a.n;
  });
  auto heads = central->heads();
  auto withdrawals = central->withdrawals();
  if (!done) return base::pass(done.error());
  if (!heads) return base::pass(heads.error());
  if (!withdrawals) return base::pass(withdrawals.error());
  for (const seal::Head& head : *heads) merge_.add(head);
  merge_.set_withdrawals(*withdrawals);
  std::string out;
  try {
    std::vector<Merge::Work> work = merge_.work();
    for (size_t i = 0; i < work.size(); ++i) {
      auto counted = opened(work[i].counted);
      if (!counted) {
        for (; i < work.size(); ++i) merge_.put_back(work[i]);
        return base::pass(counted.error());
      }
      merge_.done(work[i], view_record(std::move(*counted), authority));
    }
  } catch (const std::bad_alloc&) {  // as merge.h says
    merge_ = Merge();
    seen_ = 0;
    throw;
  }
  out = spoken(merge_.fingerprint()) + ", " + std::to_string(merge_.records()) + " records";
  for (const Gap& gap : merge_.chains().gaps([&](const RecordId& id) { return merge_.may_be_stub(id); }))
    out += ", " + std::to_string(gap.first) + "-" + std::to_string(gap.last) + (gap.is_tail ? " tail" : "");
  return out;
}

}  // namespace torture
