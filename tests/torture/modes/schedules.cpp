// schedules: what passes between three laptops and two centres is reordered, repeated, dropped and replayed; disks are
// put back to older copies, laptops are stolen. At the end everybody meets: every acknowledged interview is at both
// centres, both see the same dataset, and what cannot come is named, no more and no less. The control is a centre that
// confirms what its backup does not hold.
#include "sync/seal/envelope.h"
#include "sync/seal/head.h"
#include "tests/support/folder.h"
#include "tests/torture/mode.h"
#include "tests/torture/offices.h"

namespace torture {
namespace {

using namespace record;

// One schedule in so many plays with central files and sealed envelopes. No factor of 5: those that steal and put back
// laptops are told apart by that.
constexpr int64_t real_share = 8;

struct Laptop {
  size_t who = 0;
  std::vector<Revision> chain;
  std::map<RevisionId, store::Item> sealed;
  uint64_t kept_from = 1;  // confirmed before that, and gone
  std::vector<Statement> words;
  std::set<StatementId> heard;
  bool stolen = false;
};

// What one centre was told, as plain sets: what its gaps and forks must be.
struct Told {
  std::map<DeviceId, std::map<uint64_t, std::set<base::Hash>>> ids;  // that anybody named
  std::map<DeviceId, std::set<uint64_t>> here;
  std::map<DeviceId, uint64_t> top;
  void link(const Link& link) {
    ids[link.device][link.sequence].insert(base::Hash{link.id.bytes});
    ids[link.device][link.sequence - 1].insert(link.previous);
    here[link.device].insert(link.sequence);
    say(link.device, link.sequence);
  }
  void say(const DeviceId& device, uint64_t n) { top[device] = std::max(top[device], n); }
  void add(const Told& other) {
    for (const auto& [device, of] : other.ids)
      for (const auto& [n, some] : of) ids[device][n].insert(some.begin(), some.end());
    for (const auto& [device, some] : other.here) here[device].insert(some.begin(), some.end());
    for (const auto& [device, n] : other.top) say(device, n);
  }
  std::set<std::pair<DeviceId, uint64_t>> missing() const {
    std::set<std::pair<DeviceId, uint64_t>> out;
    for (const auto& [device, last] : top)
      for (uint64_t n = 1; n <= last; ++n)
        if (auto at = here.find(device); at == here.end() || !at->second.count(n)) out.insert({device, n});
    return out;
  }
  std::map<DeviceId, uint64_t> forks() const {
    std::map<DeviceId, uint64_t> out;
    for (const auto& [device, of] : ids)
      for (const auto& [n, some] : of)
        if (some.size() > 1) out.emplace(device, n);
    return out;
  }
};
struct Meeting {  // a place, and what whoever comes there is told
  Shelf place;
  Told told;
  std::set<int64_t> inbox;
};
struct Sent {
  Parcel parcel;
  Told told;
  int64_t number = 0;  // bundles of one number are copies of one
};

class Schedule {
 public:
  Schedule(const Options& options, int64_t trial, Rules& rules)
      : options_(options),
        trial_(trial),
        random_(options.seed * 1'000'003 + static_cast<uint64_t>(trial)),
        rules_(rules),
        real_(!options.control && trial % real_share == real_share / 2) {
    rules_.begin();
    for (size_t i = 0; i < 2; ++i)
      offices_[i] = real_ ? real_office(rules_, i, folder().path() / std::to_string(i)) : paper_office(rules_);
    for (size_t i = 0; i < 3; ++i) {
      laptops_[i].who = i;
      laptops_[i].words = rules_.words;
    }
  }

  Tally play() {
    for (int i = 0; i < (real_ ? 30 : 90); ++i) step();
    meet();
    judge();
    return tally_;
  }

 private:
  uint64_t dice(uint64_t n) { return random_.below(n); }
  support::Folder& folder() {
    if (!folder_) folder_ = std::make_unique<support::Folder>();
    return *folder_;
  }
  const seal::DeviceKeys& keys(const Laptop& l) const { return rules_.devices[l.who]; }

  void step() {
    Laptop& l = laptops_[dice(3)];
    size_t o = dice(2);
    switch (dice(16)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return l.stolen ? void() : write(l);
      case 4:
      case 5:
        return l.stolen ? void() : send(l);
      case 6:
      case 7:
      case 8:
        return sent_.empty() ? void() : deliver(sent_[dice(sent_.size())], o);
      case 9:
        return sent_.empty() ? void() : drop();
      case 10:
        return back_up(o);
      case 11:
        return confirm(o);
      case 12:
        return exchange(o, 1 - o);
      case 13:
        return dice(2) ? restore(o) : offices_[o]->look();
      case 14:
        return dice(4) ? hear(l) : withdraw(o);
      default:
        if (dice(6) == 0 && trial_ % 5 == 1) return steal(l);
        if (dice(3) == 0 && trial_ % 5 == 2) return roll_back(l);
        return real_ ? forge(o) : forge_receipt(l);
    }
  }

  void write(Laptop& l) {
    int respondent = static_cast<int>(l.who * 40 + dice(6));
    Revision r;
    r.record = rules_.record_of(respondent);
    r.device = keys(l).id;
    r.sequence = l.chain.size() + 1;
    if (!l.chain.empty()) r.previous.bytes = l.chain.back().id.bytes;
    for (const Revision& before : l.chain)
      if (before.record == r.record) r.parents = {before.id};
    r.kind = r.parents.empty() ? RevisionKind::finish : RevisionKind::amend;
    r.full = r.parents.empty();
    r.form_id = "visit";
    r.answers = {{{"age", {}}, *make_value(Tag::integer, std::to_string(dice(90))), Origin::given}};
    r.id = RevisionId::from(random_);
    if (real_) {
      auto bytes = encode_revision(r);
      auto sealed = bytes ? seal::seal_revision(*bytes,
                                                {rules_.project, r.record, r.device, r.sequence, r.previous,
                                                 rules_.card(respondent).pub},
                                                {rules_.epoch.pub}, keys(l))
                          : base::Result<base::Bytes>(base::pass(bytes.error()));
      if (!sealed) return wrong(tally_.lost, "nothing could be sealed");
      r.id = seal::parse_envelope(*sealed)->id;
      l.sealed[r.id] = {store::ItemKind::revision, *sealed};
    }
    respondents_[r.record] = respondent;
    acknowledged_[r.id] = r;
    l.chain.push_back(std::move(r));
  }

  void pack(const Laptop& l, const Revision& r, Sent& out) {
    out.parcel.revisions.push_back(r);
    out.told.link(link_of(r));
    if (real_) out.parcel.items.push_back(l.sealed.at(r.id));
  }
  Sent bundle(const Laptop& l, bool whole) {
    Sent out;
    for (const Revision& r : l.chain)
      if (r.sequence >= l.kept_from && (whole || dice(4))) pack(l, r, out);
    if (l.chain.empty() || (!whole && dice(2))) return out;
    seal::Head head;
    head.project = rules_.project;
    head.device = keys(l).id;
    head.sequence = l.chain.size();
    head.revision = l.chain.back().id;
    if (real_) out.parcel.items.push_back({store::ItemKind::head, seal::make_head(head, keys(l))});
    out.parcel.heads.push_back(head);
    out.told.ids[head.device][head.sequence].insert(base::Hash{head.revision.bytes});
    out.told.say(head.device, head.sequence);
    return out;
  }
  void send(const Laptop& l) { sent_.push_back(numbered(bundle(l, false))); }
  Sent numbered(Sent sent) {
    sent.number = ++bundles_;
    return sent;
  }
  void drop() { sent_.erase(sent_.begin() + static_cast<long>(dice(sent_.size()))); }

  void deliver(const Sent& sent, size_t o) {
    if (!real_) {
      if (!offices_[o]->take(sent.parcel)) return wrong(tally_.false_alarms, "a whole bundle was refused");
      return told_[o].add(sent.told);
    }
    // By hand; or it lies in the inbox of a place, and the centre reads it there.
    store::PlaceFile file;
    if (sent.number > 0 && dice(2)) {
      Meeting& at = meetings_[dice(std::size(meetings_))];
      file = {"inbox/laptop/" + std::to_string(sent.number), sent.parcel.items.size()};
      if (at.inbox.insert(sent.number).second) at.place.files.push_back({file, sent.parcel.items});
      at.told.add(sent.told);
    }
    if (!offices_[o]->take(sent.parcel, file))
      return wrong(tally_.false_alarms, "a whole bundle was refused");
    told_[o].add(sent.told);
  }
  // Both come to one place, the second last: it then holds what the first holds, whatever lies there. Sometimes the
  // stick is another one, or was emptied.
  void exchange(size_t from, size_t to) {
    if (!real_) return deliver({offices_[from]->everything(), told_[from]}, to);
    Meeting& at = meetings_[dice(std::size(meetings_))];
    if (dice(4) == 0) at = {};
    visit(from, at);
    visit(to, at);
  }
  void visit(size_t o, Meeting& at) {
    if (!offices_[o]->read(at.place)) wrong(tally_.false_alarms, "a whole bundle of another centre was refused");
    told_[o].add(at.told);
    offices_[o]->write(at.place);
    at.told.add(told_[o]);
  }
  void back_up(size_t o) {
    offices_[o]->back_up();
    backed_up_[o] = told_[o];
  }
  void restore(size_t o) {
    offices_[o]->restore();
    told_[o] = backed_up_[o];
  }

  void confirm(size_t o) {
    Statement receipt;
    receipt.type = StatementType::receipt;
    receipt.frontiers = options_.control ? offices_[o]->held() : offices_[o]->backed_up();
    if (receipt.frontiers.empty()) return;
    Sent out;
    out.parcel.items.emplace_back();
    for (const Frontier& f : receipt.frontiers) out.told.say(f.device, f.sequence);
    out.parcel.words.push_back(
        rules_.say(rules_.coordinators[o], std::move(receipt), &out.parcel.items.back()));
    out = numbered(std::move(out));
    deliver(out, o);
    words_.push_back(out.parcel.words[0]);
    sent_.push_back(std::move(out));
  }

  // A receipt counts while its signer does, and for what is in the laptop's own chain (as app's replica has it).
  void take(Laptop& l, const Statement& word) {
    if (l.heard.insert(word.id).second) l.words.push_back(word);
    Authority authority = Authority::from(rules_.project, rules_.root.sign.pub, l.words);
    for (const Statement& receipt : authority.receipts())
      for (const Frontier& f : receipt.frontiers) {
        bool own = f.device == keys(l).id && f.sequence > 0 && f.sequence <= l.chain.size() &&
                   l.chain[f.sequence - 1].id == f.revision;
        if (own && authority.is_coordinator(receipt.signer))
          l.kept_from = std::max(l.kept_from, f.sequence + 1);
      }
  }
  void hear(Laptop& l) {
    if (!words_.empty() && !l.stolen) take(l, words_[dice(words_.size())]);
  }
  void forge_receipt(Laptop& l) {  // another laptop says that everything is safe
    if (l.stolen || l.chain.empty()) return;
    uint64_t before = l.kept_from;
    Statement receipt;
    receipt.type = StatementType::receipt;
    receipt.frontiers = {{keys(l).id, l.chain.size(), l.chain.back().id}};
    take(l, rules_.say(rules_.devices[(l.who + 1) % 3], std::move(receipt)));
    if (l.kept_from > before && before <= l.chain.size() && !is_confirmed(l))
      wrong(tally_.accepted, "a forged receipt");
  }
  bool is_confirmed(const Laptop& l) const {
    for (const Statement& word : words_)
      for (const Frontier& f : word.frontiers)
        if (f.device == keys(l).id && f.sequence + 1 >= l.kept_from) return true;
    return false;
  }

  void withdraw(size_t o) {
    if (respondents_.empty()) return;
    auto at = respondents_.begin();
    std::advance(at, static_cast<long>(dice(respondents_.size())));
    Sent out;
    out.parcel.gone.insert(at->first);
    seal::Tombstone t;
    t.project = rules_.project;
    t.record = at->first;
    if (real_)
      out.parcel.items.push_back(
          {store::ItemKind::tombstone, seal::make_tombstone(t, rules_.card(at->second))});
    gone_.insert(at->first);
    out = numbered(std::move(out));
    deliver(out, o);
    withdrawn_.push_back(out);
    sent_.push_back(std::move(out));
  }

  void forge(size_t o) {  // a byte of a bundle is changed under way; a stranger seals something
    if (sent_.empty()) return;
    Parcel parcel = sent_[dice(sent_.size())].parcel;
    if (parcel.items.empty()) return;
    base::Bytes& bytes = parcel.items[dice(parcel.items.size())].bytes;
    std::set<RevisionId> before = offices_[o]->whole();
    bytes[bytes.size() - 1 - dice(bytes.size())] ^= static_cast<uint8_t>(1 + dice(255));
    bool taken = offices_[o]->take(parcel);
    // A changed signer may be anybody's: then it waits in the quarantine, which is no harm.
    for (const RevisionId& id : offices_[o]->whole())
      if (!before.count(id) && !acknowledged_.count(id)) wrong(tally_.accepted, "something forged was taken");
    if (!taken) return;
    for (const auto& r : parcel.revisions)
      if (offices_[o]->whole().count(r.id)) told_[o].link(link_of(r));
    for (const store::Item& item : parcel.items) {
      if (item.kind != store::ItemKind::head) continue;
      auto head = seal::parse_head(item.bytes);
      for (const Laptop& l : laptops_)
        if (head && head->device == keys(l).id && seal::verify_head(*head, keys(l).sign.pub)) {
          told_[o].ids[head->device][head->sequence].insert(base::Hash{head->revision.bytes});
          told_[o].say(head->device, head->sequence);
        }
    }
  }

  // What was not confirmed is on no disk any more, unless a centre has it: not promised, but told where it shows.
  void steal(Laptop& l) {
    l.stolen = true;
    for (const Revision& r : l.chain)
      if (r.sequence >= l.kept_from) not_promised_.insert(r.id);
  }
  void roll_back(Laptop& l) {  // the profile is put back from a copy
    if (l.stolen || l.chain.size() < 2) return;
    size_t to = 1 + dice(l.chain.size() - 1);
    for (size_t i = to; i < l.chain.size(); ++i)
      if (l.chain[i].sequence >= l.kept_from) not_promised_.insert(l.chain[i].id);
    l.chain.resize(to);
    l.kept_from = std::min<uint64_t>(l.kept_from, to + 1);
    ++rolled_back_;
  }

  void meet() {
    std::vector<Sent> last;
    for (const Laptop& l : laptops_)
      if (!l.stolen) last.push_back(numbered(bundle(l, true)));
    for (int twice = 0; twice < 2; ++twice)
      for (size_t i = last.size(); i-- > 0;)
        for (size_t o = 0; o < 2; ++o) deliver(last[dice(2) ? i : dice(last.size())], o);
    for (const Sent& one : last)
      for (size_t o = 0; o < 2; ++o) deliver(one, o);
    for (const Sent& one : withdrawn_) deliver(one, dice(2));
    exchange(0, 1);
    exchange(1, 0);
    exchange(0, 1);
  }

  void judge() {
    for (size_t o = 0; o < 2; ++o) {
      std::set<RevisionId> whole = offices_[o]->whole();
      for (const auto& [id, r] : acknowledged_) {
        bool promised = !not_promised_.count(id);
        if (promised && !gone_.count(r.record) && !whole.count(id))
          wrong(tally_.lost, "an acknowledged revision");
        if (gone_.count(r.record) && whole.count(id)) wrong(tally_.accepted, "a withdrawn payload");
      }
      std::set<std::pair<DeviceId, uint64_t>> named;
      for (const Gap& gap : offices_[o]->gaps())
        for (uint64_t n = gap.first; n <= gap.last; ++n) named.insert({gap.device, n});
      std::set<std::pair<DeviceId, uint64_t>> missing = told_[o].missing();
      losses_ += static_cast<int64_t>(missing.size());
      for (const auto& one : missing)
        if (!named.count(one)) wrong(tally_.lost, "a loss that is not told: " + std::to_string(one.second));
      for (const auto& one : named)
        if (!missing.count(one))
          wrong(tally_.false_alarms, "a gap that is none: " + std::to_string(one.second));
      std::map<DeviceId, uint64_t> forks;
      for (const Fork& fork : offices_[o]->forks()) forks[fork.device] = fork.at;
      std::map<DeviceId, uint64_t> wanted = told_[o].forks();
      forks_ += static_cast<int64_t>(wanted.size());
      for (const auto& [device, n] : wanted)
        if (!forks.count(device) || forks[device] != n) wrong(tally_.lost, "a fork that is not told");
      for (const auto& [device, n] : forks)
        if (!wanted.count(device)) wrong(tally_.false_alarms, "a fork that is none");
    }
    if (offices_[0]->fingerprint() != offices_[1]->fingerprint()) wrong(tally_.lost, "two datasets");
  }

  void wrong(int64_t& count, const std::string& what) {
    ++count;
    complain(options_, trial_, what + (real_ ? " (central files)" : ""));
  }

  const Options& options_;
  int64_t trial_;
  base::SeededRandom random_;
  Rules& rules_;
  bool real_;
  std::unique_ptr<support::Folder> folder_;
  std::unique_ptr<Office> offices_[2];
  Laptop laptops_[3];
  Told told_[2], backed_up_[2];
  Meeting meetings_[2];
  int64_t bundles_ = 0;
  std::vector<Sent> sent_, withdrawn_;
  std::vector<Statement> words_;
  std::map<RevisionId, Revision> acknowledged_;
  std::set<RevisionId> not_promised_;
  std::map<RecordId, int> respondents_;
  std::set<RecordId> gone_;
  Tally tally_;

 public:
  int64_t losses_ = 0, forks_ = 0, rolled_back_ = 0;
  bool is_real() const { return real_; }
  size_t sealed() const { return acknowledged_.size(); }
};

Tally run(const Options& options) {
  Rules rules(options.seed);
  Tally sum;
  int64_t real = 0, rolled = 0, sealed = 0, losses = 0, forks = 0;
  for (int64_t trial = 0; trial < options.count; ++trial) {
    Schedule schedule(options, trial, rules);
    Tally one = schedule.play();
    ++sum.trials;
    sum.lost += one.lost;
    sum.accepted += one.accepted;
    sum.false_alarms += one.false_alarms;
    real += schedule.is_real();
    rolled += schedule.rolled_back_;
    losses += schedule.losses_;
    forks += schedule.forks_;
    sealed += static_cast<int64_t>(schedule.sealed());
  }
  sum.more = std::to_string(real) + " with central files, " + std::to_string(sealed) + " revisions, " +
             std::to_string(losses) + " losses and " + std::to_string(forks) + " forks to be told, " +
             std::to_string(rolled) + " laptops put back";
  if (options.count >= 200 && (losses == 0 || forks == 0))
    sum.void_because = "nothing was lost, nothing forked";
  return sum;
}

}  // namespace

extern const Mode schedules_mode;
const Mode schedules_mode{
    .name = "schedules",
    .help = "bundles reordered, repeated, dropped, replayed; copies put back; two coordinators",
    .count = 1'000,
    .long_count = 200'000,
    .control_count = 100,
    .run = run};

}  // namespace torture
