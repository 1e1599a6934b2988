// Attachments of a draft. A row (sealed: key, length, name) stands before its file; the file grows sealed, and is
// renamed when it is whole. Whatever is cut short at any point is mended when the draft's media are asked for.
#include <algorithm>

#include "sync/store/vault_state.h"

namespace store {

using base::Fault;
using seal::AttachmentId;

namespace {

constexpr uint64_t length_unknown = UINT64_MAX;  // still being recorded
constexpr size_t longest_name = 200;

fs::path part_file(const fs::path& folder, const AttachmentId& id) {
  return media_folder(folder) / (id.hex() + ".part");
}

Bytes encode(const Media& media) {
  base::Writer out;
  out.bytes(media.ref.key);
  out.u64(media.ref.size);
  out.text32(media.name);
  return out.take();
}

Result<Media> decode(const AttachmentId& id, ByteView bytes) {
  base::Reader in(bytes);
  Media media;
  media.ref.id = id;
  media.ref.key = in.array<32>();
  media.ref.size = in.u64();
  media.name = in.text32();
  if (!in.ok() || !in.at_end()) return base::fail(Fault::corrupt, "vault", "An attachment's row is damaged.");
  return media;
}

Status read_file(const fs::path& file, const seal::AttachmentHeader& place, const seal::AttachmentRef& ref,
                 const seal::AttachmentSink& sink) {
  seal::AttachmentOpener opener(place, ref, sink);
  if (auto done = each_piece(file, [&](ByteView piece) { return opener.feed(piece); }); !done) return done;
  return opener.close();
}

}  // namespace

std::string Media::answer() const {
  return ref.id.hex() + "/" + name;
}

Status Vault::State::insert_media(const DraftId& id, const seal::AttachmentHeader& header,
                                  const Media& media) {
  auto d = draft(id);
  if (!d) return base::pass(d.error());
  Bytes row = seal::seal_row((*d)->key, encode(media), bound("media", media.ref.id.bytes));
  return db->run(
      "INSERT INTO media VALUES(?,?,?,0,x'',0,?)",
      {ByteView(media.ref.id.bytes), ByteView(id.bytes), ByteView(header.record.bytes), ByteView(row)});
}

Status Vault::State::update_media(const DraftId& id, const Media& media) {
  auto d = draft(id);
  if (!d) return base::pass(d.error());
  Bytes row = seal::seal_row((*d)->key, encode(media), bound("media", media.ref.id.bytes));
  ByteView hash = media.ref.hash.is_zero() ? ByteView() : ByteView(media.ref.hash.bytes);
  return db->run("UPDATE media SET hash=?, row=? WHERE id=?",
                 {hash, ByteView(row), ByteView(media.ref.id.bytes)});
}

struct Recording::State {
  Vault::State* vault;  // borrowed: the vault outlives its recordings
  DraftId draft;
  Media media;
  std::unique_ptr<GrowingFile> file;
  std::optional<seal::AttachmentSealer> sealer;
  bool grown = false;  // since the last sync
};

Recording::Recording(std::unique_ptr<State> state) : state_(std::move(state)) {}
Recording::~Recording() {
  state_->vault->recording.erase(state_->media.ref.id);
}

Result<std::unique_ptr<Recording>> Vault::begin_media(const DraftId& id, const seal::AttachmentHeader& header,
                                                      const std::string& name) try {
  State& s = *state_;
  bool plain = !name.empty() && name.size() <= longest_name && name.find('/') == std::string::npos;
  if (!plain) return base::fail(Fault::invalid, name, "This cannot be the name of an attachment.");
  if (auto done = make_private_folder(media_folder(s.folder)); !done) return base::pass(done.error());
  auto r = std::make_unique<Recording::State>();
  r->vault = &s;
  r->draft = id;
  seal::Key key = seal::fresh_key();
  r->media.name = name;
  r->media.ref.id = header.id;
  std::copy(key.view().begin(), key.view().end(), r->media.ref.key.begin());
  r->media.ref.size = length_unknown;
  if (auto done = s.insert_media(id, header, r->media); !done) return base::pass(done.error());
  auto file = GrowingFile::create(part_file(s.folder, header.id));
  if (!file) {
    (void)s.db->run("DELETE FROM media WHERE id=?", {ByteView(header.id.bytes)});
    return base::pass(file.error());
  }
  r->file = std::move(*file);
  Recording::State* raw = r.get();
  r->sealer.emplace(header, key, [raw](ByteView sealed) {
    raw->grown = true;
    return raw->file->append(sealed);
  });
  s.recording.insert(header.id);
  return std::unique_ptr<Recording>(new Recording(std::move(r)));
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Recording::write(ByteView plain) try {
  State& r = *state_;
  r.grown = false;
  if (auto done = r.sealer->write(plain); !done) return done;
  return r.grown ? r.file->sync() : Status();
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<Media> Recording::close() try {
  State& r = *state_;
  // The length goes first: should the power fail now, what is padding can be told from what was recorded.
  r.media.ref.size = r.sealer->written();
  if (auto done = r.vault->update_media(r.draft, r.media); !done) return base::pass(done.error());
  auto ref = r.sealer->close();
  if (!ref) return base::pass(ref.error());
  if (auto done = r.file->close_as(media_file(r.vault->folder, ref->id)); !done)
    return base::pass(done.error());
  r.media.ref = *ref;
  if (auto done = r.vault->update_media(r.draft, r.media); !done) return base::pass(done.error());
  r.vault->recording.erase(ref->id);
  return r.media;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Recording::cancel() try {
  State& r = *state_;
  r.vault->recording.erase(r.media.ref.id);
  auto done = r.vault->db->run("DELETE FROM media WHERE id=?", {ByteView(r.media.ref.id.bytes)});
  std::error_code ignored;
  fs::remove(part_file(r.vault->folder, r.media.ref.id), ignored);
  return done;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

uint64_t Recording::written() const {
  return state_->sealer->written();
}

std::string Recording::answer() const {
  return state_->media.answer();
}

// What was cut short is sealed anew, up to its last whole chunk; under the same key, with a new stream header.
Status Vault::State::mend_media(const DraftId& id, const seal::AttachmentHeader& place, Media& media) {
  fs::path whole = media_file(folder, media.ref.id);
  fs::path part = part_file(folder, media.ref.id);
  std::error_code error;
  fs::path from = fs::exists(whole, error) ? whole : part;
  fs::path anew = media_folder(folder) / (media.ref.id.hex() + ".mend");
  fs::remove(anew, error);
  auto file = GrowingFile::create(anew);
  if (!file) return base::pass(file.error());
  seal::AttachmentSealer sealer(place, seal::Key(ByteView(media.ref.key)),
                                [&](ByteView sealed) { return (*file)->append(sealed); });
  Status sealed;  // a disk that refuses is no cut recording
  seal::AttachmentOpener opener(place, media.ref,
                                [&](ByteView plain) { return sealed = sealer.write(plain); });
  Status cut;
  Status read = each_piece(from, [&](ByteView piece) {
    if (cut) cut = opener.feed(piece);
    return Status();
  });
  if (!read && read.error().fault != Fault::missing) return read;
  if (cut) (void)opener.close();  // a last short chunk may be whole
  if (!sealed) return sealed;
  // Nothing is thrown away but what holds not one whole chunk.
  if (!cut && sealer.written() == 0 && cut.error().where != "attachment (chunk)" &&
      cut.error().where != "attachment (cut)" && cut.error().where != "attachment (length)")
    return cut;
  if (sealer.written() == 0) {
    fs::remove(anew, error);
    fs::remove(part, error);
    return db->run("DELETE FROM media WHERE id=?", {ByteView(media.ref.id.bytes)});
  }
  // As when a recording is closed: the length first, so that its padding is never taken for sound.
  media.ref.size = sealer.written();
  if (auto done = update_media(id, media); !done) return done;
  auto ref = sealer.close();
  if (!ref) return base::pass(ref.error());
  if (auto done = (*file)->close_as(whole); !done) return done;
  media.ref = *ref;
  if (auto done = update_media(id, media); !done) return done;
  fs::remove(part, error);
  return {};
}

Result<std::vector<Media>> Vault::media(const DraftId& id) try {
  State& s = *state_;
  auto d = s.draft(id);
  if (!d) return base::pass(d.error());
  struct Stored {
    AttachmentId id;
    RecordId record;
    Bytes hash, row;
  };
  std::vector<Stored> all;
  auto done = s.db->each("SELECT id, record, hash, row FROM media WHERE draft=? ORDER BY rowid",
                         {ByteView(id.bytes)}, [&](Row& row) {
                           all.push_back({*AttachmentId::from_bytes(row.view(0)),
                                          *RecordId::from_bytes(row.view(1)), row.blob(2), row.blob(3)});
                         });
  if (!done) return base::pass(done.error());
  std::vector<Media> out;
  for (const Stored& one : all) {
    if (s.recording.count(one.id) > 0) continue;
    auto plain = seal::open_row((*d)->key, one.row, bound("media", one.id.bytes));
    if (!plain) return base::pass(plain.error());
    auto media = decode(one.id, *plain);
    seal::wipe(std::span<uint8_t>(*plain));
    if (!media) return base::pass(media.error());
    if (one.hash.size() == 32) {
      media->ref.hash = *base::Hash::from_bytes(one.hash);
    } else {
      auto member = s.membership();
      if (!member) return base::pass(member.error());
      base::ProjectId project = *member ? (*member)->project : base::ProjectId{};
      auto mended = s.mend_media(id, {project, one.record, one.id, seal::Grain::recording}, *media);
      media->damaged = !mended && mended.error().fault == Fault::corrupt;
      if (!mended && !media->damaged) return base::pass(mended.error());
      if (mended && media->ref.hash.is_zero()) continue;  // nothing whole was recorded
    }
    out.push_back(std::move(*media));
  }
  return out;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::read_media(const DraftId& id, const AttachmentId& wanted,
                         const seal::AttachmentSink& sink) try {
  auto all = media(id);
  if (!all) return base::pass(all.error());
  auto at = std::find_if(all->begin(), all->end(), [&](const Media& m) { return m.ref.id == wanted; });
  if (at == all->end())
    return base::fail(Fault::missing, "attachment", "This attachment is not on this laptop any more.");
  Bytes record;
  auto done = state_->db->each("SELECT record FROM media WHERE id=?", {ByteView(wanted.bytes)},
                               [&](Row& row) { record = row.blob(0); });
  if (!done) return done;
  auto member = membership();
  if (!member) return base::pass(member.error());
  base::ProjectId project = *member ? (*member)->project : base::ProjectId{};
  return read_file(media_file(state_->folder, wanted),
                   {project, *RecordId::from_bytes(record), wanted, seal::Grain::file}, at->ref, sink);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::read_media(const seal::AttachmentHeader& place, const seal::AttachmentRef& ref,
                         const seal::AttachmentSink& sink) try {
  return read_file(media_file(state_->folder, ref.id), place, ref, sink);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<seal::AttachmentRef> Vault::put_beside(const seal::AttachmentHeader& header, ByteView plain) try {
  State& s = *state_;
  if (auto may = s.may_seal(); !may) return base::pass(may.error());
  if (auto done = make_private_folder(media_folder(s.folder)); !done) return base::pass(done.error());
  fs::path part = part_file(s.folder, header.id);
  auto file = GrowingFile::create(part);
  if (!file) return base::pass(file.error());
  seal::AttachmentSealer sealer(header, seal::fresh_key(), [&](ByteView sealed) { return (*file)->append(sealed); });
  Status done = sealer.write(plain);
  auto ref = done ? sealer.close() : base::pass(done.error());
  if (ref) done = (*file)->close_as(media_file(s.folder, header.id));
  if (ref && done) return ref;
  std::error_code ignored;
  fs::remove(part, ignored);
  return base::pass(ref ? done.error() : ref.error());
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

// Inside a transaction: it waits for the centre with the revision that names it.
Status Vault::State::name_beside(const RecordId& record, uint64_t sequence, const seal::AttachmentRef& ref) {
  return db->run("INSERT INTO media VALUES(?,x'',?,?,?,0,x'')",
                 {ByteView(ref.id.bytes), ByteView(record.bytes), static_cast<int64_t>(sequence),
                  ByteView(ref.hash.bytes)});
}

// Inside a transaction: what the revision names leaves the draft and waits for the centre; the rest goes.
Status Vault::State::settle_media(const DraftId& id, uint64_t sequence,
                                  const std::vector<seal::AttachmentRef>& kept) {
  for (const seal::AttachmentRef& ref : kept) {
    auto whole = db->number("SELECT count(*) FROM media WHERE id=? AND draft=? AND hash=?",
                            {ByteView(ref.id.bytes), ByteView(id.bytes), ByteView(ref.hash.bytes)});
    if (!whole) return base::pass(whole.error());
    if (*whole == 0)
      return base::fail(Fault::missing, "attachment", "An attachment of this interview is not whole yet.");
    auto done = db->run("UPDATE media SET draft=x'', row=x'', sequence=? WHERE id=?",
                        {static_cast<int64_t>(sequence), ByteView(ref.id.bytes)});
    if (!done) return done;
  }
  return db->run("DELETE FROM media WHERE draft=?", {ByteView(id.bytes)});
}

void Vault::State::sweep_media() noexcept try {
  std::set<std::string> named;
  auto done =
      db->each("SELECT id FROM media", {}, [&](Row& row) { named.insert(base::to_hex(row.view(0))); });
  // Of a restored copy some rows are not there, and their files are.
  if (auto restored = counter("restored"); !done || !restored || *restored != 0) return;
  auto files = names_in(media_folder(folder));
  std::error_code error;
  for (const std::string& file : files ? *files : std::vector<std::string>{})
    if (named.count(file.substr(0, file.find('.'))) == 0) fs::remove(media_folder(folder) / file, error);
} catch (const std::bad_alloc&) {  // another time
}

}  // namespace store
