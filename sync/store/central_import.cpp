// The central file: what comes in, judged by what everybody has said. Structure and signatures are checked before
// anything is written, on two threads; then one transaction takes it all, or nothing.
#include <algorithm>

#include "forms/base/parallel.h"
#include "sync/seal/envelope.h"
#include "sync/seal/package.h"
#include "sync/store/central_state.h"

namespace store {

using base::Fault;
using record::Authority;

namespace {

// One item as far as it can be judged by itself.
struct Read {
  const Item* item = nullptr;
  base::Hash id;
  base::DeviceId device;  // who made it, as it says
  RecordId record;
  std::optional<base::Error> fault;
  std::optional<seal::Envelope> envelope;
  std::optional<seal::Stub> stub;
  std::optional<seal::Head> head;
  std::optional<seal::Tombstone> tombstone;
  bool is_known = false, is_genuine = false;

  void refuse(const base::Error& error) { fault = error; }
};

template <class Made, class Use>
void take(Read& out, Result<Made> made, const base::ProjectId& project, Use use) {
  if (!made) return out.refuse(made.error());
  const base::ProjectId& theirs = use(std::move(*made));
  if (theirs != project)
    out.refuse({Fault::invalid, "bundle", "This bundle belongs to another project; it is left where it is."});
}

Read read_item(const Item& item, const base::ProjectId& project) {
  Read out;
  out.item = &item;
  switch (item.kind) {
    case ItemKind::revision:
      take(out, seal::parse_envelope(item.bytes), project, [&](seal::Envelope e) -> const base::ProjectId& {
        out.id.bytes = e.id.bytes;
        out.device = e.header.device;
        out.record = e.header.record;
        return out.envelope.emplace(std::move(e)).header.project;
      });
      break;
    case ItemKind::stub:
      take(out, seal::parse_stub(item.bytes), project, [&](seal::Stub s) -> const base::ProjectId& {
        out.id.bytes = s.id.bytes;
        out.device = s.header.device;
        out.record = s.header.record;
        return out.stub.emplace(std::move(s)).header.project;
      });
      break;
    case ItemKind::head:
      take(out, seal::parse_head(item.bytes), project, [&](seal::Head h) -> const base::ProjectId& {
        out.id = h.id;
        out.device = h.device;
        return out.head.emplace(std::move(h)).project;
      });
      break;
    case ItemKind::tombstone:
      take(out, seal::parse_tombstone(item.bytes), project, [&](seal::Tombstone t) -> const base::ProjectId& {
        out.id = t.id;
        out.device = seal::device_id_of(t.signer);
        out.record = t.record;
        return out.tombstone.emplace(std::move(t)).project;
      });
      break;
    case ItemKind::package:
      if (auto id = seal::package_id(item.bytes); id)
        out.id = *id;
      else
        out.refuse(id.error());
      break;
    case ItemKind::statement:
    case ItemKind::attachment:
      break;
  }
  return out;
}

}  // namespace

// One import, from its first look to its commit.
class Import {
 public:
  Import(Central::State& state, const Carried& from, const std::vector<Item>& items,
         const base::ProjectId& project, const seal::PublicSign& root)
      : state_(state), db_(*state.db), from_(from), items_(items), project_(project), root_(root) {}

  Result<Imported> run() {
    if (auto good = look(); !good) return base::pass(good.error());
    Transaction t(db_);
    if (auto begun = t.begun(); !begun) return base::pass(begun.error());
    auto apart = state_.has("SELECT EXISTS(SELECT 1 FROM quarantine)", {});
    if (!apart) return base::pass(apart.error());
    is_quarantine_empty_ = !*apart;
    for (auto step : {&Import::statements, &Import::recall, &Import::judge, &Import::tombstones,
                      &Import::packages, &Import::revisions, &Import::heads, &Import::verified,
                      &Import::mark})
      if (auto done = (this->*step)(); !done) return forget(done.error());
    if (auto done = t.commit(); !done) return forget(done.error());
    if (dropped_) state_.judged.reset();
    if (shredded_)
      if (auto done = db_.checkpoint(); !done) return base::pass(done.error());
    return out_;
  }

 private:
  // What was judged with words that are not kept after all is judged anew.
  tl::unexpected<base::Error> forget(const base::Error& error) {
    checking_.reset();  // it reads what was judged
    if (heard_) state_.judged.reset();
    return base::pass(error);
  }

  Status look() {
    reads_.resize(items_.size());
    std::vector<std::optional<record::Statement>> said(items_.size());
    base::in_parallel(items_.size(), [&](size_t i) {
      reads_[i] = read_item(items_[i], project_);
      if (items_[i].kind != ItemKind::statement) return;
      auto s = record::decode_statement(items_[i].bytes);
      if (!s)
        reads_[i].refuse(s.error());
      else if (s->project != project_)
        reads_[i].refuse(
            {Fault::invalid, "bundle", "This bundle belongs to another project; it is left where it is."});
      else
        said[i] = std::move(*s);
    });
    for (size_t i = 0; i < reads_.size(); ++i) {
      if (reads_[i].fault) return base::pass(*reads_[i].fault);
      if (said[i]) said_.push_back({&items_[i], std::move(*said[i])});
    }
    return {};
  }

  // Words of authority first: what follows is judged by them.
  Status statements() {
    std::vector<base::StatementId> fresh;
    for (const auto& [item, s] : said_) {
      auto known = state_.has("SELECT count(*) FROM statement WHERE id=?", {ByteView(s.id.bytes)});
      if (!known) return base::pass(known.error());
      if (*known) {
        ++out_.known;
        continue;
      }
      auto done = db_.run("INSERT INTO statement VALUES(?,?)", {ByteView(s.id.bytes), ByteView(item->bytes)});
      if (!done) return done;
      fresh.push_back(s.id);
    }
    heard_ = !fresh.empty();
    if (heard_) state_.judged.reset();
    auto authority = state_.authority(project_, root_);
    if (!authority) return base::pass(authority.error());
    authority_ = *authority;
    out_.statements = static_cast<int>(fresh.size());
    return bound_parked(fresh);
  }

  // Words of nobody we may follow are kept for the day their right arrives, but of strangers not without end.
  Status bound_parked(const std::vector<base::StatementId>& fresh) {
    if (fresh.empty() || is_member(from_.carrier)) return {};
    std::set<base::StatementId> parked;
    for (const record::Statement& s : authority_->parked()) parked.insert(s.id);
    std::map<base::StatementId, int64_t> sizes;
    int64_t bytes = 0;
    auto done = db_.each("SELECT id, length(bytes) FROM statement", {}, [&](Row& row) {
      auto id = *base::StatementId::from_bytes(row.view(0));
      if (parked.count(id)) bytes += sizes[id] = row.number(1);
    });
    auto items = static_cast<int64_t>(sizes.size());
    for (const base::StatementId& id : fresh) {
      if (!done) return done;
      if (sizes.count(id) == 0 || (items <= parked_statements && bytes <= parked_bytes)) continue;
      done = db_.run("DELETE FROM statement WHERE id=?", {ByteView(id.bytes)});
      dropped_ = true;
      --items;
      bytes -= sizes[id];
      --out_.statements;
      ++out_.refused;
    }
    return done;
  }

  // What waited for these words may come in now.
  Status recall() {
    if (!heard_) return {};
    auto done = db_.each("SELECT kind, bytes, at FROM quarantine WHERE why!='salvaged'", {}, [&](Row& row) {
      recalled_.push_back({static_cast<ItemKind>(row.number(0)), row.blob(1)});
    });
    if (!done) return done;
    size_t before = reads_.size();
    reads_.resize(before + recalled_.size());
    base::in_parallel(recalled_.size(),
                      [&](size_t i) { reads_[before + i] = read_item(recalled_[i], project_); });
    std::erase_if(reads_, [](const Read& r) { return r.fault.has_value(); });
    return {};
  }

  Status judge() {
    for (Read& r : reads_) {
      if (r.envelope || r.stub) {
        auto known = db_.number("SELECT 1 + (stub AND ?2) FROM envelope WHERE id=?1",
                                {ByteView(r.id.bytes), static_cast<int64_t>(r.envelope.has_value())});
        if (!known) return base::pass(known.error());
        r.is_known = *known == 1;  // a stub that was here may be filled
      }
      if (!r.head) continue;
      auto known = state_.has("SELECT count(*) FROM head WHERE id=?", {ByteView(r.id.bytes)});
      if (!known) return base::pass(known.error());
      r.is_known = *known;
    }
    // Meanwhile what they sign is written; the commit waits for the last of them.
    checking_.emplace(reads_.size(), [this](size_t i) {
      Read& r = reads_[i];
      const record::Member* member = authority_->member(r.device);
      if (r.is_known || !member) return;
      if (r.envelope) r.is_genuine = seal::verify_envelope(*r.envelope, member->sign).has_value();
      if (r.stub) r.is_genuine = seal::verify_stub(*r.stub, member->sign);
      if (r.head) r.is_genuine = seal::verify_head(*r.head, member->sign).has_value();
    });
    return {};
  }

  Status verified() {
    checking_.reset();  // when all are checked
    for (const Read& r : reads_) {
      bool is_signed = r.envelope || r.stub || r.head;
      if (is_signed && !r.is_known && authority_->member(r.device) && !r.is_genuine)
        return base::fail(Fault::corrupt, "bundle (signature)",
                          "The signature of something in it does not hold: it was changed or forged.");
    }
    return {};
  }

  bool is_member(const base::DeviceId& device) const {
    return !device.is_zero() && authority_->member(device) && !authority_->is_revoked(device);
  }

  Result<bool> is_held(const RecordId& record) {
    auto here = state_.has("SELECT count(*) FROM envelope WHERE record=?", {ByteView(record.bytes)});
    if (!here || *here) return here;
    return std::any_of(reads_.begin(), reads_.end(),
                       [&](const Read& r) { return (r.envelope || r.stub) && r.record == record; });
  }

  // What they destroy in files no rollback brings back: nothing forged may stand beside them.
  Status tombstones() {
    if (std::any_of(reads_.begin(), reads_.end(), [](const Read& r) { return r.tombstone.has_value(); }))
      if (auto good = verified(); !good) return good;
    for (Read& r : reads_) {
      if (!r.tombstone) continue;
      auto known = state_.has("SELECT count(*) FROM tombstone WHERE id=?", {ByteView(r.id.bytes)});
      if (!known) return base::pass(known.error());
      if (*known) {
        ++out_.known;
        continue;
      }
      bool by_card = r.tombstone->authority == seal::TombstoneAuthority::card;
      if (!by_card && !authority_->member(r.device)) {
        if (auto done = keep_apart(r, "unknown signer"); !done) return done;
        continue;
      }
      // One for a record nobody here has seen comes only with somebody we know, and not without end.
      auto held = is_held(r.record);
      if (!held) return base::pass(held.error());
      if (!*held && !may_bring_unmatched()) {
        ++out_.refused;
        continue;
      }
      auto done = db_.run(
          "INSERT INTO tombstone VALUES(?,?,?,?,?,?,?)",
          {ByteView(r.id.bytes), ByteView(r.record.bytes), static_cast<int64_t>(by_card),
           ByteView(r.device.bytes), ByteView(from_.carrier.bytes), from_.at.ms, ByteView(r.item->bytes)});
      if (done && by_card) done = state_.shred(r.record, from_.at);
      if (done) done = release(r);
      if (!done) return done;
      shredded_ = shredded_ || by_card;
      ++out_.tombstones;
    }
    return {};
  }

  bool may_bring_unmatched() {
    if (from_.name.empty()) return true;  // made here
    if (!is_member(from_.carrier)) return false;
    auto n = db_.number("SELECT count(*) FROM tombstone WHERE carrier=?", {ByteView(from_.carrier.bytes)});
    return n && *n < unmatched_tombstones;
  }

  Status packages() {
    for (Read& r : reads_) {
      if (r.item->kind != ItemKind::package) continue;
      auto known = state_.has("SELECT count(*) FROM package WHERE id=?", {ByteView(r.id.bytes)});
      if (!known) return base::pass(known.error());
      if (*known) {
        ++out_.known;
        continue;
      }
      if (!authority_->publishes(r.id)) {
        if (auto done = keep_apart(r, "not published"); !done) return done;
        continue;
      }
      auto done = db_.run("INSERT INTO package VALUES(?,?)", {ByteView(r.id.bytes), ByteView(r.item->bytes)});
      if (done) done = release(r);
      if (!done) return done;
      ++out_.packages;
    }
    return {};
  }

  Status revisions() {
    for (Read& r : reads_) {
      if (!r.envelope && !r.stub) continue;
      if (r.is_known) {
        ++out_.known;
        continue;
      }
      if (!authority_->member(r.device)) {
        auto shredded = state_.is_shredded(r.record);
        if (!shredded) return base::pass(shredded.error());
        if (r.envelope && *shredded) continue;  // nothing of it is kept, known or not
        if (auto done = keep_apart(r, "unknown signer"); !done) return done;
        continue;
      }
      auto kept = r.envelope ? state_.keep_envelope(*r.envelope, r.item->bytes, from_.at)
                             : state_.keep_stub(*r.stub, r.item->bytes, from_.at);
      if (!kept) return base::pass(kept.error());
      if (auto done = release(r); !done) return done;
      ++(!*kept ? out_.known : r.envelope ? out_.revisions : out_.stubs);
    }
    return {};
  }

  // Of the running heads of a device the furthest is enough; closing ones all stay.
  Status heads() {
    for (Read& r : reads_) {
      if (!r.head) continue;
      if (r.is_known) {
        ++out_.known;
        continue;
      }
      if (!authority_->member(r.device)) {
        if (auto done = keep_apart(r, "unknown signer"); !done) return done;
        continue;
      }
      auto sequence = static_cast<int64_t>(r.head->sequence);
      bool closing = r.head->kind == seal::Head::Kind::closing;
      Status done;
      if (!closing) {
        auto further =
            db_.number("SELECT count(*) FROM head WHERE device=? AND closes=zeroblob(8) AND sequence>?",
                       {ByteView(r.device.bytes), sequence});
        if (further && *further > 0) {
          ++out_.known;
          continue;
        }
        done = db_.run("DELETE FROM head WHERE device=? AND closes=zeroblob(8) AND sequence<?",
                       {ByteView(r.device.bytes), sequence});
      }
      if (done)
        done = db_.run("INSERT INTO head VALUES(?,?,?,?,?,?)",
                       {ByteView(r.id.bytes), ByteView(r.device.bytes), sequence,
                        ByteView(r.head->epoch.bytes), from_.at.ms, ByteView(r.item->bytes)});
      if (done) done = release(r);
      if (!done) return done;
      ++out_.heads;
    }
    return {};
  }

  // Into the quarantine, within its bounds; what came from there already stays.
  Status keep_apart(const Read& r, const char* why) {
    auto waits = state_.has("SELECT count(*) FROM quarantine WHERE id=?", {ByteView(r.id.bytes)});
    if (!waits) return base::pass(waits.error());
    if (*waits) return {};
    if (auto counted = count_apart(); !counted) return counted;
    if (!has_room(r)) {
      ++out_.refused;
      return {};
    }
    ++out_.quarantined;
    is_quarantine_empty_ = false;
    auto size = static_cast<int64_t>(r.item->bytes.size());
    all_apart_.add(size, 1);
    by_carrier_[from_.carrier].add(size, 1);
    by_device_[r.device].add(size, 1);
    return db_.run("INSERT INTO quarantine VALUES(?,?,?,?,?,?,?,?)",
                   {ByteView(r.id.bytes), static_cast<int64_t>(r.item->kind), ByteView(r.device.bytes),
                    ByteView(r.record.bytes), ByteView(from_.carrier.bytes), std::string(why), from_.at.ms,
                    ByteView(r.item->bytes)});
  }

  // How much waits, in all, of each carrier, of each who claims to have made it: counted once, then kept up.
  Status count_apart() {
    if (is_counted_) return {};
    is_counted_ = true;
    return db_.each(
        "SELECT carrier, device, count(*), sum(length(bytes)) FROM quarantine GROUP BY carrier, device", {},
        [&](Row& row) {
          int64_t items = row.number(2), bytes = row.number(3);
          all_apart_.add(bytes, items);
          by_carrier_[*base::DeviceId::from_bytes(row.view(0))].add(bytes, items);
          by_device_[*base::DeviceId::from_bytes(row.view(1))].add(bytes, items);
        });
  }

  bool has_room(const Read& r) {
    const Apart& own = is_member(from_.carrier) ? by_carrier_[from_.carrier] : by_device_[r.device];
    auto size = static_cast<int64_t>(r.item->bytes.size());
    return all_apart_.items < quarantine_items && all_apart_.bytes + size <= quarantine_bytes &&
           own.items < carrier_items && own.bytes + size <= carrier_bytes;
  }

  Status release(const Read& r) {
    if (is_quarantine_empty_) return {};
    return db_.each("DELETE FROM quarantine WHERE id=? RETURNING carrier, device, length(bytes)",
                    {ByteView(r.id.bytes)}, [&](Row& row) {
                      int64_t size = row.number(2);
                      all_apart_.add(-size, -1);
                      by_carrier_[*base::DeviceId::from_bytes(row.view(0))].add(-size, -1);
                      by_device_[*base::DeviceId::from_bytes(row.view(1))].add(-size, -1);
                    });
  }

  // That it was read, and what it carried: where it lies, none of that need be sent (central_passing.cpp).
  Status mark() {
    if (from_.name.empty() || out_.refused > 0) return {};
    auto n = state_.keep_bundle({from_.name, from_.size});
    if (!n) return base::pass(n.error());
    for (const auto& [item, s] : said_)
      if (auto done = state_.carry({s.id.bytes}, *n); !done) return done;
    for (size_t i = 0; i < items_.size(); ++i) {
      const Read& r = reads_[i];
      auto is_less = r.stub ? state_.has("SELECT count(*) FROM envelope WHERE id=? AND stub=0", {ByteView(r.id.bytes)})
                            : Result<bool>(false);
      if (!is_less) return base::pass(is_less.error());
      if (r.id.is_zero() || *is_less) continue;  // a stub of what is whole here
      if (auto done = state_.carry(r.id, *n); !done) return done;
    }
    return {};
  }

  Central::State& state_;
  Database& db_;
  const Carried& from_;
  const std::vector<Item>& items_;
  base::ProjectId project_;
  seal::PublicSign root_;
  std::vector<Read> reads_;
  std::vector<Item> recalled_;
  std::vector<std::pair<const Item*, record::Statement>> said_;
  const Authority* authority_ = nullptr;  // of all words, these included
  Imported out_;
  struct Apart {
    int64_t items = 0, bytes = 0;
    void add(int64_t size, int64_t count) {
      items += count;
      bytes += size;
    }
  };
  Apart all_apart_;
  std::map<base::DeviceId, Apart> by_carrier_, by_device_;
  bool heard_ = false, dropped_ = false, shredded_ = false, is_quarantine_empty_ = false, is_counted_ = false;
  std::optional<base::Parallel> checking_;  // last: it works on what is above
};

Result<Imported> Central::import(const Carried& from, const std::vector<Item>& items,
                                 const base::ProjectId& project, const seal::PublicSign& root) try {
  return Import(*state_, from, items, project, root).run();
} catch (const std::bad_alloc&) {
  state_->judged.reset();
  return base::no_memory();
}

// ---- quarantine

Result<int64_t> Central::quarantined() try {
  return state_->db->number("SELECT count(*) FROM quarantine");
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Quarantined>> Central::quarantine() try {
  std::vector<Quarantined> out;
  auto done = state_->db->each(
      "SELECT id, kind, device, carrier, why, at, length(bytes) FROM quarantine ORDER BY at, id", {},
      [&](Row& row) {
        out.push_back({*base::Hash::from_bytes(row.view(0)),
                       static_cast<ItemKind>(row.number(1)),
                       *base::DeviceId::from_bytes(row.view(2)),
                       *base::DeviceId::from_bytes(row.view(3)),
                       row.text(4),
                       {row.number(5)},
                       row.number(6)});
      });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::put_in_quarantine(const Item& item, const Carried& from, const std::string& why) try {
  base::Hash id = seal::hash("sv1.apart", item.bytes);
  return state_->db->run("INSERT OR IGNORE INTO quarantine VALUES(?,?,zeroblob(16),zeroblob(16),?,?,?,?)",
                         {ByteView(id.bytes), static_cast<int64_t>(item.kind), ByteView(from.carrier.bytes),
                          why, from.at.ms, ByteView(item.bytes)});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<Item> Central::take_from_quarantine(const base::Hash& id) try {
  Item out;
  auto done =
      state_->db->each("SELECT kind, bytes FROM quarantine WHERE id=?", {ByteView(id.bytes)}, [&](Row& row) {
        out = {static_cast<ItemKind>(row.number(0)), row.blob(1)};
      });
  if (!done) return base::pass(done.error());
  if (out.bytes.empty())
    return base::fail(Fault::missing, id.hex().substr(0, 12), "It is not in the quarantine.");
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::drop_from_quarantine(const base::Hash& id) try {
  return state_->db->run("DELETE FROM quarantine WHERE id=?", {ByteView(id.bytes)});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
