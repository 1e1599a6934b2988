#include "sync/store/unkeyed.h"

namespace store {

using base::Fault;
namespace fs = std::filesystem;

const char* const vault_schema =
    "CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS statement(id BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS package(id BLOB PRIMARY KEY, bytes BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS draft(number INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, "
    "key BLOB NOT NULL, info BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS entry(place INTEGER PRIMARY KEY, row BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS media(id BLOB PRIMARY KEY, draft BLOB NOT NULL, record BLOB NOT NULL, "
    "sequence INTEGER NOT NULL, hash BLOB NOT NULL, state INTEGER NOT NULL, row BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS envelope(id BLOB PRIMARY KEY, record BLOB NOT NULL, sequence INTEGER NOT "
    "NULL UNIQUE, state INTEGER NOT NULL, stub INTEGER NOT NULL, head BLOB NOT NULL, bytes BLOB NOT NULL);"
    "CREATE INDEX IF NOT EXISTS envelope_record ON envelope(record);"
    "CREATE TABLE IF NOT EXISTS finished(record BLOB PRIMARY KEY, row BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS window(record BLOB PRIMARY KEY, key BLOB NOT NULL, row BLOB NOT NULL, "
    "closes INTEGER NOT NULL, held INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS kept(sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS seen(name TEXT PRIMARY KEY) WITHOUT ROWID;";

Result<Bytes> Unkeyed::meta(const std::string& name) {
  Bytes out;
  auto done = db->each("SELECT value FROM meta WHERE name=?", {name}, [&](Row& row) { out = row.blob(0); });
  if (!done) return base::pass(done.error());
  return out;
}
Status Unkeyed::put_meta(const std::string& name, ByteView value) {
  return db->run("INSERT INTO meta VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value=excluded.value",
                 {name, value});
}
Result<uint64_t> Unkeyed::counter(const std::string& name) {
  auto value = meta(name);
  if (!value) return base::pass(value.error());
  return value->size() == 8 ? base::Reader(*value).u64() : 0;
}
Status Unkeyed::set_counter(const std::string& name, uint64_t value) {
  base::Writer out;
  out.u64(value);
  return put_meta(name, out.peek());
}

namespace {

// A minor's interview is held while its window is open (interviews.h), and what follows it in the chain with it:
// a chain that leaves out one looks like a loss.
constexpr const char* leaving =
    "WITH held(first) AS (SELECT min(e.sequence) FROM envelope e JOIN window w ON w.record=e.record WHERE "
    "w.held=1 "
    "AND e.state=0) SELECT id, record, sequence, state, stub, bytes FROM envelope WHERE state<=?1 AND "
    "(state<2 OR length(bytes)>0) AND sequence < coalesce((SELECT first FROM held), 9223372036854775807) AND sequence>?2 AND sequence<=?3 ORDER BY "
    "sequence";
constexpr const char* sizes_that_wait =
    "SELECT sequence, length(bytes) FROM envelope WHERE state<=? AND (state<2 OR length(bytes)>0) AND "
    "sequence>? ORDER BY sequence LIMIT ?";
constexpr const char* head_that_leaves =
    "WITH held(first) AS (SELECT min(e.sequence) FROM envelope e JOIN window w ON w.record=e.record WHERE "
    "w.held=1 "
    "AND e.state=0) SELECT head FROM envelope WHERE sequence < coalesce((SELECT first FROM held), "
    "9223372036854775807) ORDER BY sequence DESC LIMIT 1";

}  // namespace

Result<std::vector<Sealed>> Unkeyed::outbox(const OutboxPage& page) {
  std::vector<Sealed> out;
  auto most = static_cast<int64_t>(page.at_most), after = static_cast<int64_t>(page.after);
  int64_t last = INT64_MAX, sum = 0;
  if (page.bytes < INT64_MAX || page.items < INT64_MAX) {
    last = after;
    auto done = db->each(sizes_that_wait, {most, after, page.items}, [&](Row& row) {
      sum += row.number(1);
      if (last == after || sum <= page.bytes) last = row.number(0);
    });
    if (!done) return base::pass(done.error());
  }
  auto done = db->each(leaving, {most, after, last}, [&](Row& row) {
    out.push_back({*RevisionId::from_bytes(row.view(0)), *RecordId::from_bytes(row.view(1)),
                   static_cast<uint64_t>(row.number(2)), row.blob(5), static_cast<Delivery>(row.number(3)),
                   row.number(4) != 0});
  });
  if (!done) return base::pass(done.error());
  return out;
}

Result<Bytes> Unkeyed::leaving_head() {
  Bytes out;
  auto done = db->each(head_that_leaves, {}, [&](Row& row) { out = row.blob(0); });
  if (!done) return base::pass(done.error());
  return out;
}

Result<std::vector<SealedMedia>> Unkeyed::media_outbox() {
  std::vector<SealedMedia> out;
  auto done = db->each(
      "SELECT id, record, hash, state FROM media WHERE state<2 AND draft=x'' AND record NOT IN (SELECT "
      "record "
      "FROM window WHERE held=1) ORDER BY rowid",
      {}, [&](Row& row) {
        SealedMedia one{*seal::AttachmentId::from_bytes(row.view(0)),
                        *RecordId::from_bytes(row.view(1)),
                        *base::Hash::from_bytes(row.view(2)),
                        0,
                        media_file(folder, *seal::AttachmentId::from_bytes(row.view(0))),
                        static_cast<Delivery>(row.number(3))};
        std::error_code error;
        one.size = fs::file_size(one.file, error);
        if (error) one.size = 0;
        out.push_back(std::move(one));
      });
  if (!done) return base::pass(done.error());
  return out;
}

Status Unkeyed::mark(const std::vector<RevisionId>& revisions, Delivery delivery) {
  Transaction t(*db);
  if (auto begun = t.begun(); !begun) return begun;
  for (const RevisionId& id : revisions) {
    auto done = db->run("UPDATE envelope SET state=max(state,?) WHERE id=?",
                        {static_cast<int64_t>(delivery), ByteView(id.bytes)});
    if (!done) return done;
  }
  return t.commit();
}

Status Unkeyed::mark_media(const std::vector<seal::AttachmentId>& media, Delivery delivery) {
  Transaction t(*db);
  if (auto begun = t.begun(); !begun) return begun;
  for (const seal::AttachmentId& id : media) {
    auto done = db->run("UPDATE media SET state=max(state,?) WHERE id=? AND draft=x''",
                        {static_cast<int64_t>(delivery), ByteView(id.bytes)});
    if (!done) return done;
  }
  return t.commit();
}

uint64_t Unkeyed::next_bundle_number() {
  auto last = counter("bundle");
  if (!last || !set_counter("bundle", *last + 1)) return 0;  // a number proves nothing; its name has the hash
  return *last + 1;
}

Result<std::vector<RecordId>> Unkeyed::records(const char* sql, const std::vector<Bind>& binds) {
  std::vector<RecordId> out;
  auto done = db->each(sql, binds, [&](Row& row) { out.push_back(*RecordId::from_bytes(row.view(0))); });
  if (!done) return base::pass(done.error());
  return out;
}

// Inside a transaction: the key overwritten, then the row gone.
Status Unkeyed::erase_window(const RecordId& record) {
  auto done = db->run("UPDATE window SET key=? WHERE record=?", {ByteView(no_key), ByteView(record.bytes)});
  if (done) done = db->run("DELETE FROM window WHERE record=?", {ByteView(record.bytes)});
  return done;
}

// And the log cut behind them, so that no older page holds the keys either.
Status Unkeyed::erase_windows(const Result<std::vector<RecordId>>& records) {
  if (!records) return base::pass(records.error());
  if (uncut) cut_log();
  if (records->empty()) return {};
  {
    Transaction t(*db);
    if (auto begun = t.begun(); !begun) return begun;
    for (const RecordId& record : *records)
      if (auto done = erase_window(record); !done) return done;
    if (auto done = t.commit(); !done) return done;
  }
  cut_log();
  return {};
}

void Unkeyed::cut_log() noexcept try {
  uncut = true;
  uncut = !db->checkpoint();
} catch (const std::bad_alloc&) {  // another time
}

Status Unkeyed::erase_held_windows() {
  return erase_windows(records("SELECT record FROM window WHERE held=1", {}));
}

fs::path media_file(const fs::path& folder, const seal::AttachmentId& id) {
  return media_folder(folder) / (id.hex() + ".sva");
}

}  // namespace store
