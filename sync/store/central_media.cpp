// The central file's attachments: sealed files in a folder beside it, under the hash of their bytes. They are opened
// only to be looked at; here they are kept, copied and deleted.
#include <algorithm>

#include "sync/store/arriving.h"
#include "sync/store/backup.h"
#include "sync/store/central_state.h"
#include "sync/store/files.h"

namespace store {

using base::Fault;

fs::path Central::media_folder(const fs::path& central) {
  fs::path out = central;
  return out.replace_extension(".media");
}

fs::path Central::attachment_file(const fs::path& media, const base::Hash& hash) {
  return media / (hash.hex() + ".sva");
}

Status Central::note_opened(const std::vector<Named>& revisions) try {
  Transaction t(*state_->db);
  if (auto begun = t.begun(); !begun) return begun;
  for (const Named& one : revisions) {
    Status done = state_->db->run("UPDATE envelope SET opened=1 WHERE id=?", {ByteView(one.revision.bytes)});
    for (const base::Hash& hash : one.attachments)
      if (done)
        done = state_->db->run("INSERT OR IGNORE INTO wants SELECT n,? FROM envelope WHERE id=?",
                               {ByteView(hash.bytes), ByteView(one.revision.bytes)});
    if (!done) return done;
  }
  return t.commit();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

// Also those of which only the list knows: their file was lost, and may come once more.
Result<std::vector<base::Hash>> Central::attachments_wanted() try {
  auto here = names_in(media_folder(path()));
  if (!here) return base::pass(here.error());
  std::vector<base::Hash> out;
  auto done = state_->db->each(
      "SELECT DISTINCT w.hash, w.hash IN (SELECT hash FROM attachment) FROM wants w JOIN envelope e ON e.n=w.n WHERE "
      "e.stub=0 ORDER BY w.hash",
      {}, [&](Row& row) {
        auto hash = *base::Hash::from_bytes(row.view(0));
        if (row.number(1) == 0 || !std::binary_search(here->begin(), here->end(), hash.hex() + ".sva"))
          out.push_back(hash);
      });
  if (!done) return base::pass(done.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::vector<Central::Unwell>> Central::unwell_attachments() try {
  std::vector<Unwell> out;
  auto done = state_->db->each(
      "SELECT hash, record FROM attachment UNION SELECT w.hash, e.record FROM wants w JOIN envelope e ON e.n=w.n "
      "WHERE e.stub=0 ORDER BY 1",
      {}, [&](Row& row) {
        out.push_back({*base::Hash::from_bytes(row.view(0)), *RecordId::from_bytes(row.view(1)), false});
      });
  if (!done) return base::pass(done.error());
  Status bad;  // a file that could not be read is neither well nor unwell: that is said, with its name
  std::erase_if(out, [&](Unwell& one) {
    if (!bad) return false;
    auto found = hash_of_file(attachment_file(media_folder(path()), one.hash));
    if (!found && found.error().fault != Fault::missing) bad = base::pass(found.error());
    one.is_there = found.has_value();
    return found && *found == one.hash;
  });
  if (!bad) return base::pass(bad.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::unique_ptr<ArrivingAttachment>> Central::arriving(const base::Hash& hash) try {
  std::unique_ptr<ArrivingAttachment> out(new ArrivingAttachment(*this, hash));
  out->part_ = attachment_file(media_folder(path()), hash);
  out->part_ += ".part";
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

ArrivingAttachment::~ArrivingAttachment() {
  std::error_code ignored;
  if (file_) fs::remove(part_, ignored);
}

// With its first bytes: most of what is awaited does not lie at the place.
Status ArrivingAttachment::begin() {
  if (auto made = make_private_folder(part_.parent_path()); !made) return made;
  if (auto done = destroy(part_); !done) return done;  // one that was cut
  auto file = GrowingFile::create(part_);
  if (!file) return base::pass(file.error());
  file_ = std::move(*file);
  return {};
}

Status ArrivingAttachment::write(ByteView part) try {
  if (!file_)
    if (auto begun = begin(); !begun) return begun;
  if (start_.size() < seal::attachment_header_size) {
    ByteView more = part.first(std::min(part.size(), seal::attachment_header_size - start_.size()));
    start_.insert(start_.end(), more.begin(), more.end());
  }
  hash_.add(part);
  size_ += part.size();
  return file_->append(part);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status ArrivingAttachment::close() try {
  if (hash_.take() != wanted_)
    return base::fail(Fault::corrupt, "attachment", "It was damaged on the way. It is asked for again.");
  auto header = seal::attachment_header(start_);
  if (!header) return base::pass(header.error());
  auto shredded = central_.state_->is_shredded(header->record);
  if (!shredded) return base::pass(shredded.error());
  if (*shredded) return {};  // withdrawn: nothing of it is kept
  fs::path named = Central::attachment_file(part_.parent_path(), wanted_);
  if (auto done = file_->close_as(named); !done) return done;
  file_.reset();
  return central_.state_->db->run(
      "INSERT OR IGNORE INTO attachment VALUES(?,?,?,0)",
      {ByteView(wanted_.bytes), ByteView(header->record.bytes), static_cast<int64_t>(size_)});
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::put_attachment(const base::Hash& hash, ByteView bytes) try {
  auto one = arriving(hash);
  if (!one) return base::pass(one.error());
  if (auto done = (*one)->write(bytes); !done) return done;
  return (*one)->close();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::unique_ptr<OpenFile>> Central::open_attachment(const base::Hash& hash) try {
  auto listed = state_->has("SELECT count(*) FROM attachment WHERE hash=?", {ByteView(hash.bytes)});
  if (!listed) return base::pass(listed.error());
  if (!*listed) return base::fail(Fault::missing, "attachment", "It has not arrived here yet. Sync to get it.");
  fs::path file = attachment_file(media_folder(path()), hash);
  auto found = hash_of_file(file);
  if (!found) return base::pass(found.error());
  if (*found != hash)
    return base::fail(Fault::corrupt, "attachment", "It is damaged on this disk. Restore it from a backup.");
  return OpenFile::open(file);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<Bytes> Central::attachment(const base::Hash& hash) try {
  auto file = open_attachment(hash);
  if (!file) return base::pass(file.error());
  Bytes out((*file)->size());
  if (auto read = (*file)->read(0, out); !read) return base::pass(read.error());
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

// After a restoration: what the list names lies in `own`, from there or from `other`; what lies there besides is in the
// list, so that a withdrawal finds it.
Status Central::settle_attachments(const fs::path& own, const fs::path& other) try {
  State& s = *state_;
  // One that does not read is an error, and not missing: nobody may lose it by a hiccup of the disk.
  Status done;
  auto is_whole = [&](const fs::path& file, const base::Hash& hash) {
    auto found = hash_of_file(file);
    if (!found && found.error().fault != Fault::missing && done) done = base::pass(found.error());
    return found && *found == hash;
  };
  std::vector<base::Hash> all, gone;
  done = s.db->each("SELECT hash FROM attachment ORDER BY hash", {},
                    [&](Row& row) { all.push_back(*base::Hash::from_bytes(row.view(0))); });
  if (done && !all.empty()) done = make_private_folder(own);
  for (const base::Hash& hash : all) {
    if (!done) return done;
    fs::path target = attachment_file(own, hash), from = attachment_file(other, hash);
    if (is_whole(target, hash)) continue;
    bool is_in_copy = is_whole(from, hash);
    if (!done) return done;
    if (!is_in_copy) {
      gone.push_back(hash);
      continue;
    }
    if (done = destroy(target); done) done = copy_whole(from, target);
  }
  auto there = names_in(own);
  if (!done) return done;
  if (!there) return base::pass(there.error());
  Transaction t(*s.db);
  done = t.begun();
  for (const base::Hash& hash : gone)
    if (done) done = s.db->run("DELETE FROM attachment WHERE hash=?", {ByteView(hash.bytes)});
  for (const std::string& name : *there) {
    auto hash = base::Hash::from_hex(std::string_view(name).substr(0, name.find('.')));
    if (!done || !hash || std::binary_search(all.begin(), all.end(), *hash)) continue;
    fs::path file = own / name;
    auto start = read_start(file, seal::attachment_header_size);
    auto header = start ? seal::attachment_header(*start) : base::pass(start.error());
    auto shredded = header ? s.is_shredded(header->record) : Result<bool>(false);
    if (!shredded)
      done = base::pass(shredded.error());
    else if (*shredded)
      done = destroy(file);
    else if (header && name == hash->hex() + ".sva" && is_whole(file, *hash))
      done = s.db->run("INSERT OR IGNORE INTO attachment VALUES(?,?,?,0)",
                       {ByteView(hash->bytes), ByteView(header->record.bytes), state_of(file).size});
  }
  return done ? t.commit() : done;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Central::State::drop_attachments(const RecordId& record) {
  std::vector<base::Hash> all;
  auto done = db->each(
      "SELECT hash FROM attachment WHERE record=?1 UNION SELECT w.hash FROM wants w JOIN envelope e ON e.n=w.n "
      "WHERE e.record=?1",
      {ByteView(record.bytes)}, [&](Row& row) { all.push_back(*base::Hash::from_bytes(row.view(0))); });
  if (done) done = db->run("DELETE FROM attachment WHERE record=?", {ByteView(record.bytes)});
  if (done)
    done = db->run("DELETE FROM wants WHERE n IN (SELECT n FROM envelope WHERE record=?)",
                   {ByteView(record.bytes)});
  for (const base::Hash& hash : all) {
    fs::path file = attachment_file(media_folder(db->path()), hash), part = file;
    part += ".part";  // one that was cut on its way
    if (done) done = destroy(file);
    if (done) done = destroy(part);
  }
  return done;
}

}  // namespace store
