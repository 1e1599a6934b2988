// From a draft to a sealed revision in one transaction; the window in which it can still be read here; and what
// is left when its record is withdrawn.
#include <algorithm>

#include "sync/seal/head.h"
#include "sync/seal/withdrawal.h"
#include "sync/store/vault_codec.h"
#include "sync/store/vault_state.h"

namespace store {

using base::Fault;

namespace {

// A clock that is corrected by the network may step back a little; more is a clock that was set back.
constexpr int64_t harmless_step_ms = 5 * 60 * 1000;

}  // namespace

// Inside a transaction: the envelope, the signed head, the summary, and what stays readable for a while.
Result<uint64_t> Vault::State::insert_revision(const Sealing& s) {
  auto parsed = seal::parse_envelope(s.envelope);
  if (!parsed) return base::pass(parsed.error());
  const seal::EnvelopeHeader& header = parsed->header;
  auto out_of_order = [] {
    return base::fail(Fault::conflict, "outbox", "This interview was sealed out of order; seal it again.");
  };
  auto last = counter("head.sequence");
  if (!last) return base::pass(last.error());
  if (header.sequence != *last + 1 || header.device != keys.id || header.record != s.summary.record ||
      parsed->id != s.summary.last)
    return out_of_order();
  auto before = meta("head.hash");
  if (!before) return base::pass(before.error());
  if (!before->empty() && !std::equal(before->begin(), before->end(), header.previous.bytes.begin()))
    return out_of_order();
  if (!seal::verify_envelope(*parsed, keys.sign.pub)) return out_of_order();
  Bytes head =
      seal::make_head({.project = header.project, .sequence = header.sequence, .revision = parsed->id}, keys);
  auto done = db->run("INSERT INTO envelope VALUES(?,?,?,0,0,?,?)",
                      {ByteView(parsed->id.bytes), ByteView(header.record.bytes),
                       static_cast<int64_t>(header.sequence), ByteView(head), s.envelope});
  if (done) done = set_counter("head.sequence", header.sequence);
  if (done) done = put_meta("head.hash", parsed->id.bytes);
  Finished summary = s.summary;
  summary.withdrawal = header.withdrawal;
  Bytes row = seal::seal_row(keys.rows, encode_finished(summary), bound("finished", header.record.bytes));
  if (done)
    done = db->run("INSERT INTO finished VALUES(?,?) ON CONFLICT(record) DO UPDATE SET row=excluded.row",
                   {ByteView(header.record.bytes), ByteView(row)});
  if (!done) return base::pass(done.error());
  return header.sequence;
}

// Inside a transaction: the content stays readable here for a while, under a key of its own.
Status Vault::State::open_window(const RecordId& record, const Sealing& s) {
  if (s.readable.empty() || s.window.ms <= 0) return {};
  auto clock = counter("clock");
  if (!clock) return base::pass(clock.error());
  int64_t closes = static_cast<int64_t>(std::max<uint64_t>(*clock, static_cast<uint64_t>(s.now.ms))) +
                   std::min(s.window.ms, longest_window_ms);
  seal::Key key = seal::fresh_key();
  Bytes wrapped = seal::seal_row(keys.rows, key.view(), bound("window.key", record.bytes));
  Bytes content = seal::seal_row(key, s.readable, bound("window", record.bytes));
  return db->run("INSERT INTO window VALUES(?,?,?,?,?)",
                 {ByteView(record.bytes), ByteView(wrapped), ByteView(content), closes,
                  static_cast<int64_t>(s.window.leaving == Window::Leaving::when_closed)});
}

// An amendment neither opens a window nor makes it longer: it only renews what is readable in an open one.
Status Vault::State::renew_window(const RecordId& record, const Sealing& s) {
  if (s.readable.empty()) return {};
  seal::Key key = seal::fresh_key();
  Bytes wrapped = seal::seal_row(keys.rows, key.view(), bound("window.key", record.bytes));
  Bytes content = seal::seal_row(key, s.readable, bound("window", record.bytes));
  return db->run("UPDATE window SET key=?, row=? WHERE record=?",
                 {ByteView(wrapped), ByteView(content), ByteView(record.bytes)});
}

uint64_t Vault::next_sequence() try {
  auto last = state_->counter("head.sequence");
  return last ? *last + 1 : 0;
} catch (const std::bad_alloc&) {
  return 0;
}

base::Hash Vault::head() try {
  auto value = state_->meta("head.hash");
  if (value && value->size() == 32) return *base::Hash::from_bytes(*value);
  auto member = membership();
  return value && member && *member ? (*member)->request : base::Hash{};
} catch (const std::bad_alloc&) {
  return {};
}

Status Vault::finish(const DraftId& id, const Sealing& sealing) try {
  if (auto open = state_->unlocked(); !open) return open;
  {
    Transaction t(*state_->db);
    if (auto begun = t.begun(); !begun) return begun;
    auto sequence = state_->insert_revision(sealing);
    if (!sequence) return base::pass(sequence.error());
    if (auto done = state_->open_window(sealing.summary.record, sealing); !done) return done;
    if (auto done = state_->settle_media(id, *sequence, sealing.attachments); !done) return done;
    if (auto done = state_->remove_draft(id); !done) return done;
    if (auto done = t.commit(); !done) return done;
  }
  // From here on it is finished. That the log is cut now and not later is wanted, and no condition of it.
  state_->sweep_media();
  state_->cut_log();
  return {};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::add_revision(const Sealing& sealing) try {
  if (auto open = state_->unlocked(); !open) return open;
  if (auto may = state_->may_seal(); !may) return may;
  Transaction t(*state_->db);
  if (auto begun = t.begun(); !begun) return begun;
  auto sequence = state_->insert_revision(sealing);
  if (!sequence) return base::pass(sequence.error());
  if (sealing.beside)
    if (auto done = state_->name_beside(sealing.summary.record, *sequence, *sealing.beside); !done) return done;
  if (auto done = state_->renew_window(sealing.summary.record, sealing); !done) return done;
  return t.commit();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Finished>> Vault::finished() try {
  if (auto open = state_->unlocked(); !open) return base::pass(open.error());
  std::vector<Finished> out;
  auto done = state_->db->each(
      "SELECT f.record, f.row, (SELECT min(e.state) FROM envelope e WHERE e.record=f.record), "
      "coalesce((SELECT w.closes FROM window w WHERE w.record=f.record), 0), "
      "(SELECT max(e.stub) FROM envelope e WHERE e.record=f.record) FROM finished f ORDER BY f.rowid DESC",
      {}, [&](Row& row) {
        Finished one;
        if (auto plain = seal::open_row(state_->keys.rows, row.view(1), bound("finished", row.view(0)));
            plain)
          if (auto read = decode_finished(*plain); read) one = std::move(*read);
        one.record = *RecordId::from_bytes(row.view(0));  // a damaged row is listed by its record alone
        one.delivery = static_cast<Delivery>(row.number(2));
        one.readable_until.ms = row.number(3);
        one.withdrawn = row.number(4) != 0;
        out.push_back(std::move(one));
      });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::observe(base::Instant now) try {
  State& s = *state_;
  auto clock = s.counter("clock");
  if (!clock) return base::pass(clock.error());
  auto latest = static_cast<int64_t>(*clock);
  if (now.ms + harmless_step_ms < latest) return close_windows();  // the clock was set back
  if (now.ms > latest)
    if (auto done = s.set_counter("clock", static_cast<uint64_t>(now.ms)); !done) return done;
  return s.erase_windows(s.records("SELECT record FROM window WHERE closes<=?", {std::max(latest, now.ms)}));
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::close_windows() try {
  return state_->erase_windows(state_->records("SELECT record FROM window", {}));
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<Bytes> Vault::readable(const RecordId& record, base::Instant now) try {
  if (auto open = state_->unlocked(); !open) return base::pass(open.error());
  if (auto done = observe(now); !done) return base::pass(done.error());
  Bytes wrapped;
  Bytes row;
  auto done =
      state_->db->each("SELECT key, row FROM window WHERE record=?", {ByteView(record.bytes)}, [&](Row& r) {
        wrapped = r.blob(0);
        row = r.blob(1);
      });
  if (!done) return base::pass(done.error());
  if (wrapped.empty())
    return base::fail(Fault::missing, "interview",
                      "This interview is sealed; it can no longer be read on this laptop.");
  auto key = seal::open_row(state_->keys.rows, wrapped, bound("window.key", record.bytes));
  if (!key) return base::pass(key.error());
  seal::Key opened{ByteView(*key)};
  seal::wipe(std::span<uint8_t>(*key));
  return seal::open_row(opened, row, bound("window", record.bytes));
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<Readable> Vault::travel_check(base::Instant now) try {
  if (auto open = state_->unlocked(); !open) return base::pass(open.error());
  if (auto done = observe(now); !done) return base::pass(done.error());
  auto open_windows = state_->db->number("SELECT count(*) FROM window");
  if (!open_windows) return base::pass(open_windows.error());
  if (auto done = close_windows(); !done) return base::pass(done.error());
  auto left = drafts();
  if (!left) return base::pass(left.error());
  auto known = finished();
  if (!known) return base::pass(known.error());
  return Readable{std::move(*left), std::move(*known), *open_windows};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

// Withdrawn: of each envelope the stub stays, so that the chain holds; drafts, windows, attachments and the name
// go.
Status Vault::shred(const RecordId& record) try {
  State& s = *state_;
  struct Whole {
    Bytes id, stub;
  };
  std::vector<Whole> all;
  auto done = s.db->each("SELECT id, bytes FROM envelope WHERE stub=0 AND length(bytes)>0 AND record=?",
                         {ByteView(record.bytes)}, [&](Row& row) {
                           if (auto e = seal::parse_envelope(row.view(1)); e)
                             all.push_back({row.blob(0), seal::stub_of(*e)});
                         });
  if (!done) return done;
  std::vector<DraftId> drafts_of_it;
  if (!s.locked) {
    auto member = membership();
    auto open = drafts();
    if (!open) return base::pass(open.error());
    for (const DraftSummary& draft : *open) {
      seal::Card card;
      if (!member || !*member || draft.info.withdrawal_seed.size() != card.code.size()) continue;
      std::copy(draft.info.withdrawal_seed.begin(), draft.info.withdrawal_seed.end(), card.code.begin());
      const base::ProjectId& project = (*member)->project;
      if (seal::record_id_of(project, seal::card_keys(project, card).pub) == record)
        drafts_of_it.push_back(draft.id);
    }
  }
  {
    Transaction t(*s.db);
    done = t.begun();
    for (const Whole& one : all)
      if (done)
        done = s.db->run("UPDATE envelope SET stub=1, bytes=? WHERE id=?",
                         {ByteView(one.stub), ByteView(one.id)});
    if (done) done = s.erase_window(record);
    if (done) done = s.db->run("DELETE FROM media WHERE record=?", {ByteView(record.bytes)});
    for (const DraftId& draft : drafts_of_it)
      if (done) done = s.remove_draft(draft);
    if (done) done = s.forget_name(record);
    if (done) done = t.commit();
    if (!done) return done;
  }
  s.sweep_media();
  s.cut_log();
  return {};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::State::forget_name(const RecordId& record) {
  Bytes row;
  auto done = db->each("SELECT row FROM finished WHERE record=?", {ByteView(record.bytes)},
                       [&](Row& r) { row = r.blob(0); });
  if (!done || row.empty() || locked) return done;
  auto plain = seal::open_row(keys.rows, row, bound("finished", record.bytes));
  if (!plain) return {};
  auto summary = decode_finished(*plain);
  if (!summary) return {};
  summary->name.clear();
  Bytes again = seal::seal_row(keys.rows, encode_finished(*summary), bound("finished", record.bytes));
  return db->run("UPDATE finished SET row=? WHERE record=?", {ByteView(again), ByteView(record.bytes)});
}

}  // namespace store
