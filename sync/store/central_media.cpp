// The central file's attachments: sealed files in a folder beside it, under the hash of their bytes. They are opened
// only to be looked at; here they are kept, copied and deleted.
#include "sync/seal/attachment.h"
#include "sync/store/central_state.h"
#include "sync/store/files.h"

namespace store {

using base::Fault;

namespace {

fs::path file_of(const fs::path& folder, const base::Hash& hash) {
  return folder / (hash.hex() + ".sva");
}

base::Hash hash_of(ByteView bytes) {
  seal::AttachmentHash hash;
  hash.add(bytes);
  return hash.take();
}

}  // namespace

fs::path Central::media_folder(const fs::path& central) {
  fs::path out = central;
  return out.replace_extension(".media");
}

fs::path Central::attachment_file(const fs::path& media, const base::Hash& hash) {
  return file_of(media, hash);
}

Status Central::note_opened(const std::vector<Named>& revisions) {
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
}

Result<std::vector<base::Hash>> Central::attachments_wanted() {
  std::vector<base::Hash> out;
  auto done = state_->db->each(
      "SELECT DISTINCT w.hash FROM wants w JOIN envelope e ON e.n=w.n WHERE e.stub=0 AND w.hash NOT IN "
      "(SELECT hash "
      "FROM attachment) ORDER BY w.hash",
      {}, [&](Row& row) { out.push_back(*base::Hash::from_bytes(row.view(0))); });
  if (!done) return base::pass(done.error());
  return out;
}

Status Central::put_attachment(const base::Hash& hash, ByteView bytes) {
  if (hash_of(bytes) != hash)
    return base::fail(Fault::corrupt, "attachment", "It was damaged on the way. It is asked for again.");
  auto header = seal::attachment_header(bytes);
  if (!header) return base::pass(header.error());
  if (state_->is_shredded(header->record)) return {};  // withdrawn: nothing of it is kept
  fs::path folder = media_folder(path());
  if (auto made = make_private_folder(folder); !made) return made;
  if (auto written = write_atomically(file_of(folder, hash), bytes); !written) return written;
  return state_->db->run(
      "INSERT OR IGNORE INTO attachment VALUES(?,?,?,0)",
      {ByteView(hash.bytes), ByteView(header->record.bytes), static_cast<int64_t>(bytes.size())});
}

Result<Bytes> Central::attachment(const base::Hash& hash) {
  if (!state_->has("SELECT count(*) FROM attachment WHERE hash=?", {ByteView(hash.bytes)}))
    return base::fail(Fault::missing, "attachment", "It has not arrived here yet. Sync to get it.");
  auto bytes = read_whole(file_of(media_folder(path()), hash));
  if (bytes && hash_of(*bytes) != hash)
    return base::fail(Fault::corrupt, "attachment", "It is damaged on this disk. Restore it from a backup.");
  return bytes;
}

// Each once, checked as it is written; those of an earlier backup in the same place are there already.
Status Central::copy_attachments(const fs::path& backup) {
  std::vector<base::Hash> all;
  auto done = state_->db->each("SELECT hash FROM attachment", {},
                               [&](Row& row) { all.push_back(*base::Hash::from_bytes(row.view(0))); });
  if (!done || all.empty()) return done;
  fs::path to = media_folder(backup);
  if (auto made = make_private_folder(to); !made) return made;
  std::error_code ignored;
  for (const base::Hash& hash : all) {
    fs::path from = file_of(media_folder(path()), hash), target = file_of(to, hash);
    if (fs::exists(target, ignored) && fs::file_size(target, ignored) == fs::file_size(from, ignored))
      continue;
    auto bytes = attachment(hash);
    if (!bytes) return base::pass(bytes.error());
    if (auto written = write_atomically(target, *bytes); !written) return written;
    auto again = read_whole(target);
    if (!again || hash_of(*again) != hash)
      return base::fail(Fault::full, target.string(), "The backup could not be written and checked.");
  }
  return {};
}

Status Central::State::drop_attachments(const RecordId& record) {
  std::vector<base::Hash> all;
  auto done = db->each("SELECT hash FROM attachment WHERE record=?", {ByteView(record.bytes)},
                       [&](Row& row) { all.push_back(*base::Hash::from_bytes(row.view(0))); });
  if (done) done = db->run("DELETE FROM attachment WHERE record=?", {ByteView(record.bytes)});
  if (done)
    done = db->run("DELETE FROM wants WHERE n IN (SELECT n FROM envelope WHERE record=?)",
                   {ByteView(record.bytes)});
  for (const base::Hash& hash : all)
    if (done) done = destroy(file_of(media_folder(db->path()), hash));
  return done;
}

}  // namespace store
