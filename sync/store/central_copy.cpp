// A central file's safe copy: the database through SQLite, each attachment once; both looked at before the copy counts.
// What is found damaged here is taken from the copy that was there before, or else counts as missing, so that it is
// asked for again.
#include <algorithm>
#include <set>

#include "sync/store/backup.h"
#include "sync/store/central_state.h"

namespace store {

using base::Fault;

namespace {

// Of attachments that were whole when they were last read, and look unchanged, each copy reads this much again.
constexpr uint64_t read_again_bytes = uint64_t{64} << 20;

Result<bool> is_whole(const fs::path& file, const base::Hash& hash) {
  auto found = hash_of_file(file);
  if (found) return *found == hash;
  if (found.error().fault == Fault::missing) return false;
  return base::pass(found.error());
}

Status bring(const fs::path& from, const fs::path& to) {
  std::error_code ignored;
  fs::remove(to, ignored);
  return copy_whole(from, to);
}

// Whether a payload is what its revision's id says.
bool is_payload_of(const RevisionId& id, bool stub, ByteView bytes) {
  if (!stub) {
    auto e = seal::parse_envelope(bytes);
    return e && e->id == id;
  }
  auto s = seal::parse_stub(bytes);
  return s && s->id == id;
}

// Those that a receipt may count on: opened ones, and stubs.
Result<std::vector<RevisionId>> damaged_in(const fs::path& central) {
  std::vector<RevisionId> out;
  auto done = each_row_of(
      central,
      "SELECT e.id, e.stub, p.bytes FROM envelope e LEFT JOIN payload p ON p.n=e.n WHERE e.stub=1 OR e.opened=1",
      [&](Row& row) {
        auto id = *RevisionId::from_bytes(row.view(0));
        if (!is_payload_of(id, row.number(1) != 0, row.view(2))) out.push_back(id);
      });
  if (!done) return base::pass(done.error());
  return out;
}

// As it lies in another copy; empty: not there, or not whole either.
Bytes payload_in(const fs::path& central, const RevisionId& id, bool stub) {
  Bytes out;
  std::error_code ignored;
  if (!fs::exists(central, ignored)) return out;
  std::string sql =
      "SELECT p.bytes FROM envelope e JOIN payload p ON p.n=e.n WHERE e.id=x'" + id.hex() + "'";
  (void)each_row_of(central, sql.c_str(), [&](Row& row) { out = row.blob(0); });
  if (auto e = seal::parse_envelope(out); e && stub) out = seal::stub_of(*e);  // what was withdrawn stays so
  return is_payload_of(id, stub, out) ? out : Bytes();
}

}  // namespace

Status Central::backup_to(const fs::path& file, base::Instant at) try {
  if (media_folder(fs::absolute(file)).lexically_normal() ==
      media_folder(fs::absolute(path())).lexically_normal())
    return base::fail(Fault::conflict, file.string(),
                      "Beside it lie the attachments of the central file itself. Choose another name.");
  if (auto done = folder_is_there(file.parent_path()); !done) return done;
  for (bool again = false;; again = true) {
    if (auto done = state_->db->checkpoint(); !done) return done;
    if (auto done = copy_attachments(file, at); !done) return done;
    std::vector<RevisionId> damaged;
    std::vector<State::Word> words;
    auto done = state_->db->backup_to(file, {}, [&](const fs::path& copy) -> Status {
      auto found = damaged_in(copy);
      if (!found) return base::pass(found.error());
      damaged = std::move(*found);
      auto bad = state_->damaged_words(copy);
      if (!bad) return base::pass(bad.error());
      words = std::move(*bad);
      if (damaged.empty() && words.empty()) return state_->same_rows(copy);
      return base::fail(Fault::corrupt, file.string(),
                        "The copy is not what was copied. Check the disk, or choose another folder.");
    });
    if (done) break;
    if ((damaged.empty() && words.empty()) || again) return done;
    Transaction t(*state_->db);
    Status mended = t.begun();
    if (mended) mended = mend(damaged, file);
    for (const State::Word& word : words)
      if (mended) mended = state_->mend_word(word, file);
    if (mended) mended = t.commit();
    if (!mended) return mended;
  }
  return note_backup(file.string(), at);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::note_backup(const std::string& path, base::Instant at) try {
  return state_->db->run("INSERT INTO backup VALUES(?,?) ON CONFLICT(path) DO UPDATE SET at=excluded.at",
                         {path, at.ms});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

// Inside a transaction: what is damaged in this file itself comes from an earlier copy, or it is no longer here and a gap
// tells of it.
Status Central::mend(const std::vector<RevisionId>& damaged, const fs::path& earlier) {
  State& s = *state_;
  Status done;
  for (const RevisionId& id : damaged) {
    int64_t n = 0;
    bool stub = false, whole = false;
    if (done)
      done = s.db->each("SELECT e.n, e.stub, p.bytes FROM envelope e LEFT JOIN payload p ON p.n=e.n WHERE e.id=?",
                        {ByteView(id.bytes)}, [&](Row& row) {
                          n = row.number(0);
                          stub = row.number(1) != 0;
                          whole = is_payload_of(id, stub, row.view(2));
                        });
    if (!done || whole || n == 0) continue;
    Bytes bytes = payload_in(earlier, id, stub);
    if (!bytes.empty()) {
      done = s.db->run("INSERT OR REPLACE INTO payload VALUES(?,?)", {n, ByteView(bytes)});
      continue;
    }
    for (const char* sql : {"DELETE FROM payload WHERE n=?", "DELETE FROM keyslot WHERE n=?",
                            "DELETE FROM wants WHERE n=?", "DELETE FROM envelope WHERE n=?"})
      if (done) done = s.db->run(sql, {n});
    if (done) done = s.count_removal();
  }
  return done;
}

Status Central::copy_attachments(const fs::path& backup, base::Instant at) try {
  State& s = *state_;
  fs::path own = media_folder(path()), to = media_folder(backup);
  struct Known {
    base::Hash hash;
    FileState copied;  // as it was when it was read last
  };
  std::vector<Known> all;
  auto done = s.db->each(
      "SELECT a.hash, coalesce(c.size,-1), coalesce(c.changed,0) FROM attachment a LEFT JOIN copied c ON "
      "c.hash=a.hash AND c.path=? ORDER BY c.at, a.hash",
      {backup.string()}, [&](Row& row) {
        all.push_back({*base::Hash::from_bytes(row.view(0)), {row.number(1), row.number(2)}});
      });
  auto here = names_in(own);
  auto there = names_in(to);
  if (!done) return done;
  if (!here) return base::pass(here.error());
  if (!there) return base::pass(there.error());
  std::set<std::string> left(there->begin(), there->end());
  if (!all.empty())
    if (auto made = make_private_folder(to); !made) return made;
  std::vector<Known> read;
  std::vector<base::Hash> gone;
  uint64_t again = 0;
  for (const Known& one : all) {
    fs::path from = attachment_file(own, one.hash), target = attachment_file(to, one.hash);
    left.erase(target.filename().string());
    FileState now = state_of(target);
    bool is_here = std::binary_search(here->begin(), here->end(), from.filename().string());
    if (is_here && now.size >= 0 && now == one.copied) {
      if (again >= read_again_bytes) continue;
      again += static_cast<uint64_t>(now.size);
    }
    auto a = is_whole(from, one.hash), b = is_whole(target, one.hash);
    if (!a) return base::pass(a.error());
    if (!b) return base::pass(b.error());
    if (!*a && !*b) {
      gone.push_back(one.hash);
      continue;
    }
    if (*a && !*b) done = bring(from, target);
    if (!*a && *b) done = make_private_folder(own);
    if (done && !*a && *b) done = bring(target, from);
    if (!done) return done;
    read.push_back({one.hash, state_of(target)});
  }
  // Of what was withdrawn since, the copy keeps nothing either.
  for (const std::string& name : left) {
    auto start = read_start(to / name, seal::attachment_header_size);
    auto header = start ? seal::attachment_header(*start) : base::pass(start.error());
    auto shredded = header ? s.is_shredded(header->record) : Result<bool>(false);
    if (!shredded) return base::pass(shredded.error());
    if (*shredded)
      if (done = destroy(to / name); !done) return done;
  }
  Transaction t(*s.db);
  done = t.begun();
  for (const Known& one : read)
    if (done)
      done = s.db->run("INSERT OR REPLACE INTO copied VALUES(?,?,?,?,?)",
                       {backup.string(), ByteView(one.hash.bytes), one.copied.size, one.copied.changed, at.ms});
  for (const base::Hash& hash : gone)
    if (done) done = s.db->run("DELETE FROM attachment WHERE hash=?", {ByteView(hash.bytes)});
  return done ? t.commit() : done;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
