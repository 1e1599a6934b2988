// Drafts: each entry of a journal is a row sealed under the draft's own key, and one COMMIT.
#include <optional>

#include "forms/base/parallel.h"
#include "sync/store/vault_codec.h"
#include "sync/store/vault_state.h"

namespace store {

using base::Fault;

namespace {

constexpr int64_t most_entries = int64_t{1} << 31;  // of one draft: half of what its places hold

int64_t place(int64_t number, int64_t n) {
  return number << 32 | n;
}

Bytes entry_bound(const DraftId& id, int64_t n) {
  return bound("entry", id.bytes, static_cast<uint64_t>(n));
}

Result<seal::Key> unwrap(const seal::Key& rows, ByteView wrapped, const DraftId& id) {
  auto key = seal::open_row(rows, wrapped, bound("draft.key", id.bytes));
  if (!key) return base::pass(key.error());
  seal::Key out{ByteView(*key)};
  seal::wipe(std::span<uint8_t>(*key));
  return out;
}

}  // namespace

Result<Vault::State::OpenDraft*> Vault::State::draft(const DraftId& id) {
  if (auto good = unlocked(); !good) return base::pass(good.error());
  if (open && open->id == id) return &*open;
  Bytes wrapped;
  int64_t number = 0;
  auto done = db->each("SELECT number, key FROM draft WHERE id=?", {ByteView(id.bytes)}, [&](Row& row) {
    number = row.number(0);
    wrapped = row.blob(1);
  });
  if (!done) return base::pass(done.error());
  if (wrapped.empty())
    return base::fail(Fault::missing, "interview", "This interview is not open on this laptop any more.");
  auto key = unwrap(keys.rows, wrapped, id);
  if (!key) return base::pass(key.error());
  auto last = db->number("SELECT coalesce(max(place),0) FROM entry WHERE place BETWEEN ? AND ?",
                         {place(number, 1), place(number, most_entries)});
  if (!last) return base::pass(last.error());
  open = OpenDraft{id, std::move(*key), number, *last & 0xffffffff};
  return &*open;
}

Status Vault::State::remove_draft(const DraftId& id) {
  open.reset();
  auto number = db->number("SELECT number FROM draft WHERE id=?", {ByteView(id.bytes)});
  if (!number) return base::pass(number.error());
  auto done = db->run("UPDATE draft SET key=? WHERE id=?", {ByteView(no_key), ByteView(id.bytes)});
  if (done)
    done = db->run("DELETE FROM entry WHERE place BETWEEN ? AND ?",
                   {place(*number, 1), place(*number, most_entries)});
  if (done) done = db->run("DELETE FROM draft WHERE id=?", {ByteView(id.bytes)});
  return done;
}

Status Vault::begin_draft(const DraftId& id, const DraftInfo& info) try {
  if (auto open = state_->unlocked(); !open) return open;
  if (auto may = state_->may_seal(); !may) return may;
  seal::Key key = seal::fresh_key();
  Bytes wrapped = seal::seal_row(state_->keys.rows, key.view(), bound("draft.key", id.bytes));
  Bytes sealed = seal::seal_row(key, encode_draft_info(info), bound("draft.info", id.bytes));
  return state_->db->run("INSERT INTO draft(id, key, info) VALUES(?,?,?)",
                         {ByteView(id.bytes), ByteView(wrapped), ByteView(sealed)});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::update_draft(const DraftId& id, const DraftInfo& info) try {
  auto draft = state_->draft(id);
  if (!draft) return base::pass(draft.error());
  Bytes sealed = seal::seal_row((*draft)->key, encode_draft_info(info), bound("draft.info", id.bytes));
  return state_->db->run("UPDATE draft SET info=? WHERE id=?", {ByteView(sealed), ByteView(id.bytes)});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::append(const DraftId& id, const std::vector<record::Entry>& entries) try {
  auto draft = state_->draft(id);
  if (!draft) return base::pass(draft.error());
  State::OpenDraft& d = **draft;
  if (d.last + static_cast<int64_t>(entries.size()) > most_entries)
    return base::fail(Fault::full, "interview", "This interview has too many entries. Finish it.");
  auto insert = [&](const record::Entry& entry, int64_t n) {
    Bytes plain = record::encode_entry(entry);
    Bytes row = seal::seal_row(d.key, plain, entry_bound(id, n));
    seal::wipe(std::span<uint8_t>(plain));
    return state_->db->run("INSERT INTO entry VALUES(?,?)", {place(d.number, n), ByteView(row)});
  };
  // One entry is a transaction by itself; more go in together or not at all.
  Status done;
  if (entries.size() == 1) {
    done = insert(entries.front(), d.last + 1);
  } else {
    Transaction t(*state_->db);
    done = t.begun();
    for (size_t i = 0; i < entries.size() && done; ++i)
      done = insert(entries[i], d.last + 1 + static_cast<int64_t>(i));
    if (done) done = t.commit();
  }
  if (done)
    d.last += static_cast<int64_t>(entries.size());
  else
    state_->open.reset();  // read again from the file where the journal ends
  return done;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

namespace {

// Sealed rows of one draft on their way: read by this thread, opened by another, which this one helps as soon as it has
// read the next batch; used in their order by this one.
class RowsOpened {
 public:
  RowsOpened(const DraftId& id, const seal::Key& key, const std::function<void(ByteView)>& use)
      : id_(id), key_(key), use_(use) {}
  ~RowsOpened() {
    other_.reset();
    for (Batch* batch : {&coming_, &opening_}) seal::wipe(std::span<uint8_t>(batch->bytes));
  }
  void add(int64_t n, ByteView sealed) {
    coming_.rows.push_back({n, coming_.bytes.size(), sealed.size(), {}});
    coming_.bytes.insert(coming_.bytes.end(), sealed.data(), sealed.data() + sealed.size());
    if (coming_.bytes.size() >= a_batch) turn();
  }
  Status finish() {
    turn();
    take();
    return bad_;
  }
  bool is_good() const { return bad_.has_value(); }

 private:
  static constexpr size_t a_batch = size_t{1} << 21;  // bytes
  struct Row {
    int64_t n;
    size_t at, size;
    Result<ByteView> plain;
  };
  struct Batch {
    std::vector<Row> rows;
    Bytes bytes;  // sealed, then opened where they lie
  };
  void turn() {
    take();
    std::swap(coming_, opening_);
    other_.emplace(opening_.rows.size(), [this](size_t i) { open(opening_.rows[i]); });
  }
  void take() {
    if (!other_) return;
    other_.reset();  // when all are opened
    use(opening_);
  }
  void open(Row& row) noexcept try {
    row.plain = seal::open_row_in_place(std::span(opening_.bytes).subspan(row.at, row.size), key_,
                                        entry_bound(id_, row.n));
  } catch (const std::bad_alloc&) {
    row.plain = base::no_memory();
  }
  void use(Batch& batch) {
    for (const Row& row : batch.rows) {
      if (!bad_) break;
      if (row.plain)
        use_(*row.plain);
      else
        bad_ = base::pass(row.plain.error());
    }
    seal::wipe(std::span<uint8_t>(batch.bytes));
    batch.rows.clear();
    batch.bytes.clear();
  }
  const DraftId& id_;
  const seal::Key& key_;
  const std::function<void(ByteView)>& use_;
  Batch coming_, opening_;
  Status bad_;
  std::optional<base::Parallel> other_;  // last: it works on what is above
};

}  // namespace

Status Vault::each_row(const DraftId& id, const std::function<void(ByteView plain)>& use) try {
  auto draft = state_->draft(id);
  if (!draft) return base::pass(draft.error());
  const State::OpenDraft& d = **draft;
  RowsOpened rows(id, d.key, use);
  auto done = state_->db->each("SELECT place, row FROM entry WHERE place BETWEEN ? AND ? ORDER BY place",
                               {place(d.number, 1), place(d.number, most_entries)}, [&](Row& row) {
                                 if (rows.is_good()) rows.add(row.number(0) & 0xffffffff, row.view(1));
                               });
  Status opened = rows.finish();
  return done ? opened : done;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<record::Entry>> Vault::journal(const DraftId& id) try {
  std::vector<record::Entry> out;
  Status bad;
  auto done = each_row(id, [&](ByteView plain) {
    if (!bad) return;
    auto entry = record::decode_entry(plain);
    if (entry)
      out.push_back(std::move(*entry));
    else
      bad = base::pass(entry.error());
  });
  if (!done) return base::pass(done.error());
  if (!bad) return base::pass(bad.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<DraftSummary>> Vault::drafts() try {
  if (auto open = state_->unlocked(); !open) return base::pass(open.error());
  struct Stored {
    int64_t number;
    DraftId id;
    Bytes key, info;
  };
  std::vector<Stored> all;
  auto done =
      state_->db->each("SELECT number, id, key, info FROM draft ORDER BY number DESC", {}, [&](Row& row) {
        all.push_back({row.number(0), *DraftId::from_bytes(row.view(1)), row.blob(2), row.blob(3)});
      });
  if (!done) return base::pass(done.error());
  std::vector<DraftSummary> out;
  for (const Stored& one : all) {
    DraftSummary summary{one.id, {}, 0, true};
    // One damaged row must not hide the other interviews.
    if (auto key = unwrap(state_->keys.rows, one.key, one.id); key)
      if (auto plain = seal::open_row(*key, one.info, bound("draft.info", one.id.bytes)); plain) {
        if (auto info = decode_draft_info(*plain); info) {
          summary.info = std::move(*info);
          summary.damaged = false;
        }
        seal::wipe(std::span<uint8_t>(*plain));
      }
    auto entries = state_->db->number("SELECT count(*) FROM entry WHERE place BETWEEN ? AND ?",
                                      {place(one.number, 1), place(one.number, most_entries)});
    if (!entries) return base::pass(entries.error());
    summary.entries = *entries;
    out.push_back(std::move(summary));
  }
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::drop_draft(const DraftId& id) try {
  Transaction t(*state_->db);
  if (auto begun = t.begun(); !begun) return begun;
  if (auto done = state_->settle_media(id, 0, {}); !done) return done;
  if (auto done = state_->remove_draft(id); !done) return done;
  if (auto done = t.commit(); !done) return done;
  state_->sweep_media();
  state_->cut_log();
  return {};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
