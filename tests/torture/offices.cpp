#include "tests/torture/offices.h"

#include "sync/seal/envelope.h"

namespace torture {

using namespace record;

Rules::Rules(uint64_t seed) {
  base::SeededRandom random(seed);
  project = ProjectId::from(random);
  auto keys = [&] { return seal::DeviceKeys::from(seal::Key::from(random)); };
  root = keys();
  epoch = seal::BoxKeys::from_seed(seal::Key::from(random));
  auto member = [&](StatementType type, const seal::DeviceKeys& by, const seal::DeviceKeys& who) {
    Statement s;
    s.type = type;
    s.subject = who.id;
    s.subject_sign = who.sign.pub;
    s.subject_box = who.box.pub;
    items.emplace_back();
    words.push_back(say(by, std::move(s), &items.back()));
  };
  for (int i = 0; i < 2; ++i) coordinators.push_back(keys());
  for (int i = 0; i < 3; ++i) devices.push_back(keys());
  for (const auto& c : coordinators) member(StatementType::appoint, root, c);
  for (const auto& d : devices) member(StatementType::enrol, coordinators[0], d);
  after_words_ = chains_;
}

Statement Rules::say(const seal::DeviceKeys& by, Statement s, store::Item* item) {
  auto& [sequence, previous] = chains_[by.id];
  s.project = project;
  s.sequence = ++sequence;
  s.previous = previous;
  base::Bytes bytes = sign_statement(s, by);
  previous.bytes = s.id.bytes;
  if (item) *item = {store::ItemKind::statement, std::move(bytes)};
  return s;
}

seal::SignKeys Rules::card(int respondent) const {
  seal::Card one;
  one.code[0] = static_cast<uint8_t>(respondent);
  return seal::card_keys(project, one);
}

namespace {

class Paper : public Office {
 public:
  explicit Paper(const Rules& rules) : rules_(rules) {
    now_.words = rules.words;
    backup_ = now_;
    begin_anew();
  }

  bool take(const Parcel& parcel, const store::PlaceFile&) override {
    bool fresh_words = false;
    for (const Statement& s : parcel.words)
      if (now_.word_ids.insert(s.id).second) {
        now_.words.push_back(s);
        fresh_words = true;
      }
    if (fresh_words) hear();
    for (const RecordId& id : parcel.gone) {
      now_.gone.insert(id);
      for (auto& [key, r] : now_.revisions)
        if (r.record == id) now_.stubs[key] = link_of(r);
      std::erase_if(now_.revisions, [&](const auto& one) { return one.second.record == id; });
    }
    for (const Revision& r : parcel.revisions) keep(r);
    for (Link link : parcel.stubs) {
      link.is_stub = true;
      if (!now_.revisions.count(link.id)) now_.stubs[link.id] = link;
      merge_.add(link);
    }
    for (const seal::Head& head : parcel.heads) {
      now_.heads.push_back(head);
      merge_.add(head);
    }
    tell_withdrawals();
    return true;
  }
  Parcel everything() override {
    Parcel out;
    for (const auto& [id, r] : now_.revisions) out.revisions.push_back(r);
    for (const auto& [id, link] : now_.stubs) out.stubs.push_back(link);
    out.heads = now_.heads;
    out.gone = now_.gone;
    out.words = now_.words;
    return out;
  }
  void back_up() override { backup_ = now_; }
  void restore() override {
    now_ = backup_;
    begin_anew();
  }
  std::vector<Frontier> backed_up() override { return frontiers(backup_); }
  std::vector<Frontier> held() override { return frontiers(now_); }
  std::vector<Gap> gaps() override {
    return merge_.chains().gaps([this](const RecordId& id) { return now_.gone.count(id) > 0; });
  }
  std::vector<Fork> forks() override { return merge_.chains().forks(); }
  std::set<RevisionId> whole() override {
    std::set<RevisionId> out;
    for (const auto& [id, r] : now_.revisions) out.insert(id);
    return out;
  }
  base::Hash fingerprint() override {
    look();
    return merge_.fingerprint();
  }
  void look() override {
    for (const Merge::Work& work : merge_.work()) {
      std::vector<Revision> counted;
      for (const RevisionId& id : work.counted) counted.push_back(now_.revisions.at(id));
      merge_.done(work, view_record(std::move(counted), authority_));
    }
  }

 private:
  struct Held {
    std::map<RevisionId, Revision> revisions;
    std::map<RevisionId, Link> stubs;
    std::vector<seal::Head> heads;
    std::set<RecordId> gone;
    std::vector<Statement> words;
    std::set<StatementId> word_ids;
  };
  void keep(const Revision& r) {
    Link link = link_of(r);
    if (now_.gone.count(r.record)) {
      link.is_stub = true;
      now_.stubs[r.id] = link;
    } else {
      now_.revisions.emplace(r.id, r);
      now_.stubs.erase(r.id);
    }
    merge_.add(link);
  }
  void hear() {
    authority_ = Authority::from(rules_.project, rules_.root.sign.pub, now_.words);
    merge_.set_authority(authority_);
  }
  void tell_withdrawals() {
    std::vector<Withdrawal> all;
    for (const RecordId& id : now_.gone) all.push_back({id, true, {}});
    merge_.set_withdrawals(all);
  }
  void begin_anew() {
    merge_ = {};
    hear();
    for (const auto& [id, r] : now_.revisions) merge_.add(link_of(r));
    for (const auto& [id, link] : now_.stubs) merge_.add(link);
    for (const seal::Head& head : now_.heads) merge_.add(head);
    tell_withdrawals();
  }
  std::vector<Frontier> frontiers(const Held& held) const {
    Chains chains;
    for (const auto& [id, r] : held.revisions) chains.add(link_of(r));
    for (const auto& [id, link] : held.stubs) chains.add(link);
    for (const seal::Head& head : held.heads) chains.add(head);
    chains.judge(authority_);
    return chains.frontiers([&](const RecordId& id) { return held.gone.count(id) > 0; });
  }

  const Rules& rules_;
  Held now_, backup_;
  Authority authority_;
  Merge merge_;
};

class Real : public Office {
 public:
  Real(const Rules& rules, size_t whose, std::filesystem::path folder)
      : rules_(rules), self_(rules.coordinators[whose].id), folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    open();
    (void)central_->import({"words"}, rules.items, rules.project, rules.root.sign.pub);
    back_up();
  }

  bool take(const Parcel& parcel, const store::PlaceFile& from) override {
    return import({from.name, rules_.coordinators[0].id, {++now_}, from.size}, parcel.items);
  }
  bool read(const Shelf& place) override {
    bool good = true;
    for (const Shelf::File& one : place.files)
      if (!central_->imported(one.file.name))
        good &= import({one.file.name, rules_.coordinators[0].id, {++now_}, one.file.size}, one.items);
    return good;
  }
  void write(Shelf& place) override {
    std::set<DeviceId> forked;
    for (const Fork& fork : forks()) forked.insert(fork.device);
    auto words = central_->words_due(place.listing(), self_);
    auto revisions = central_->revisions_due(place.listing(), authority(), self_, forked);
    if (!words || !revisions) return;
    leave(place, "outbox/", *words);
    leave(place, "centres/", *revisions);
  }
  void back_up() override {
    std::vector<store::Named> opened;
    for (const Revision& r : revisions()) opened.push_back({r.id, {}});
    (void)central_->note_opened(opened);
    (void)central_->backup_to(folder_ / "backup.db", {++now_});
  }
  void restore() override {
    central_.reset();
    for (const char* ending : {"", "-wal", "-shm"})
      std::filesystem::remove(folder_ / (std::string("central.db") + ending));
    std::filesystem::copy_file(folder_ / "backup.db", folder_ / "central.db");
    open();
  }
  std::vector<Frontier> backed_up() override {
    auto copy = store::Central::open(folder_ / "backup.db");
    return copy ? frontiers(**copy) : std::vector<Frontier>{};
  }
  std::vector<Frontier> held() override {
    std::vector<store::Named> opened;
    for (const Revision& r : revisions()) opened.push_back({r.id, {}});
    (void)central_->note_opened(opened);
    return frontiers(*central_);
  }
  std::vector<Gap> gaps() override {
    std::vector<Gap> out;
    if (auto all = central_->gaps(authority()))
      for (const store::Missing& one : *all) out.push_back(one.gap);
    return out;
  }
  std::vector<Fork> forks() override {
    auto chains = central_->chains(authority());
    return chains ? chains->forks() : std::vector<Fork>{};
  }
  std::set<RevisionId> whole() override {
    std::set<RevisionId> out;
    for (const Revision& r : revisions()) out.insert(r.id);
    return out;
  }
  base::Hash fingerprint() override {
    std::vector<Revision> opened = revisions();
    std::vector<Link> closed;
    (void)central_->each_link(0, [&](const store::Central::Arrived& a) {
      if (a.link.is_stub) closed.push_back(a.link);
    });
    auto heads = central_->heads();
    auto withdrawals = central_->withdrawals();
    if (!heads || !withdrawals) return {};
    return view({opened, closed, *heads, *withdrawals}, authority()).fingerprint;
  }

 private:
  bool import(const store::Carried& from, const std::vector<store::Item>& items) {
    auto done = central_->import(from, items, rules_.project, rules_.root.sign.pub);
    return bool(done) && done->refused == 0;
  }
  // In volumes of three.
  void leave(Shelf& place, const char* folder, std::span<const store::Due> due) {
    while (!due.empty()) {
      auto some = due.first(std::min<size_t>(due.size(), 3));
      due = due.subspan(some.size());
      auto items = central_->items(some);
      if (!items) return;
      store::PlaceFile file{folder + self_.hex() + "/" + std::to_string(++bundles_), items->size()};
      (void)central_->handed_over(file, some);
      place.files.push_back({file, std::move(*items)});
    }
  }
  void open() {
    auto central = store::Central::open(folder_ / "central.db");
    if (central) central_ = std::move(*central);
  }
  std::vector<Revision> revisions() {
    std::vector<Revision> out;
    auto all = central_->envelopes();
    if (!all) return out;
    for (const base::Bytes& bytes : *all) {
      auto e = seal::parse_envelope(bytes);
      auto plain =
          e ? seal::open_envelope(*e, rules_.epoch) : base::Result<base::Bytes>(base::pass(e.error()));
      auto r = plain ? decode_revision(*plain) : base::Result<Revision>(base::pass(plain.error()));
      if (!r) continue;
      r->id = e->id;
      r->previous = e->header.previous;
      r->record = e->header.record;
      r->device = e->header.device;
      r->sequence = e->header.sequence;
      r->withdrawal = e->header.withdrawal;
      out.push_back(std::move(*r));
    }
    return out;
  }
  Authority authority() {
    std::vector<Statement> words;
    if (auto all = central_->statements())
      for (const base::Bytes& bytes : *all)
        if (auto s = decode_statement(bytes)) words.push_back(std::move(*s));
    return Authority::from(rules_.project, rules_.root.sign.pub, words);
  }
  std::vector<Frontier> frontiers(store::Central& central) {
    auto all = central.frontiers(authority());
    return all ? *all : std::vector<Frontier>{};
  }

  const Rules& rules_;
  DeviceId self_;
  std::filesystem::path folder_;
  std::unique_ptr<store::Central> central_;
  int64_t now_ = 0, bundles_ = 0;
};

}  // namespace

std::unique_ptr<Office> paper_office(const Rules& rules) {
  return std::make_unique<Paper>(rules);
}
std::unique_ptr<Office> real_office(const Rules& rules, size_t whose, const std::filesystem::path& folder) {
  return std::make_unique<Real>(rules, whose, folder);
}

}  // namespace torture
