#include "tests/torture/scenarios.h"

#include <algorithm>

#include "sync/exchange/bundle.h"
#include "sync/seal/withdrawal.h"
#include "sync/store/backup.h"
#include "sync/store/central_place.h"
#include "sync/transports/table.h"

namespace torture {

using base::Bytes;
using base::ByteView;
using base::Status;
using store::Vault;
namespace fs = std::filesystem;

namespace {

constexpr base::Instant now{1'772'000'000'000};
constexpr const char* other_words = "other passphrase";

base::DraftId draft(uint8_t n) {
  base::DraftId id;
  id.bytes[0] = n;
  return id;
}

record::Entry answer(const std::string& text) {
  record::Entry e;
  e.key.question = "q";
  e.value = *record::make_value(record::Tag::text, text);
  return e;
}

Bytes sound(size_t n) {
  Bytes out(n);
  for (size_t i = 0; i < n; ++i) out[i] = static_cast<uint8_t>(i * 7 + i / 251);
  return out;
}

// The first draft's journal: three answers, and `more` behind them.
std::string journal_is(Place& p, std::initializer_list<size_t> lengths) {
  auto entries = p.vault->journal(draft(1));
  if (!entries) return "the journal does not open: " + base::describe(entries.error());
  for (size_t i = 0; i < entries->size(); ++i)
    if ((*entries)[i].value.text != "answer " + std::to_string(i)) return "an answer is not what was typed";
  for (size_t length : lengths)
    if (entries->size() == length) return "";
  return "the journal has " + std::to_string(entries->size()) + " entries";
}

std::string one_of(bool before, bool after, Now n, const char* what) {
  if (n == Now::after) return after ? "" : std::string(what) + ": it did not happen";
  return before || after ? "" : std::string(what) + ": neither as before nor as after";
}

Bytes said(const Place& p, const seal::DeviceKeys& by, record::StatementType type,
           const seal::DeviceKeys& subject) {
  record::Statement s;
  s.project = p.project;
  s.sequence = 1;
  s.type = type;
  s.subject = subject.id;
  s.subject_sign = subject.sign.pub;
  s.subject_box = subject.box.pub;
  return record::sign_statement(s, by);
}

std::vector<exchange::Item> items(Place& p) {
  std::vector<exchange::Item> out = {
      {exchange::ItemKind::statement, said(p, p.root, record::StatementType::appoint, p.coordinator)},
      {exchange::ItemKind::statement, said(p, p.coordinator, record::StatementType::enrol, p.vault->keys())}};
  if (auto waiting = p.vault->outbox(); waiting)
    for (store::Sealed& one : *waiting) out.push_back({exchange::ItemKind::revision, std::move(one.bytes)});
  return out;
}

Status begin_and_finish(Place& p) {
  if (auto done = p.begin(); !done) return done;
  auto ready = p.make_ready();
  return ready ? p.finish() : ready;
}

Status with_centre(Place& p) {
  if (auto done = begin_and_finish(p); !done) return done;
  auto central = Centre::open(p.central_file());
  if (!central) return base::pass(central.error());
  p.central = std::move(*central);
  return {};
}

Status ready_to_import(Place& p) {
  if (auto done = with_centre(p); !done) return done;
  p.items = items(p);
  return {};
}

Status imported(Place& p) {
  return p.central->import("bundle", p.items, p.project, p.root.sign.pub);
}

Bytes bundle(Place& p) {
  std::vector<exchange::Item> all;
  if (auto waiting = p.vault->outbox(); waiting)
    for (store::Sealed& one : *waiting) all.push_back({exchange::ItemKind::revision, std::move(one.bytes)});
  return *exchange::write_bundle(p.project, p.vault->keys(), 1, all);
}

Status ready_for_stick(Place& p) {
  if (auto done = begin_and_finish(p); !done) return done;
  if (auto done = store::make_private_folder(p.folder.path() / "stick"); !done) return done;
  auto place = transports::open_transport((p.folder.path() / "stick").string(), {});
  if (!place) return base::pass(place.error());
  p.stick = std::move(*place);
  p.ready = bundle(p);
  return {};
}

Status put_on_stick(Place& p) {
  return p.stick->put("inbox/one/1.svb", p.ready, {});
}

Status record_media(Place& p) {
  // Tried again: what the first attempt left is looked at first, as opening the draft would.
  auto left = p.vault->media(draft(1));
  if (!left) return base::pass(left.error());
  auto r = p.vault->begin_media(draft(1), p.media_place(), "voice.opus");
  if (!r) return base::pass(r.error());
  if (auto done = (*r)->write(p.ready); !done) return done;
  auto media = (*r)->close();
  return media ? Status() : base::pass(media.error());
}

Status begin_with_sound(Place& p) {
  p.ready = sound(15'000);
  return p.begin();
}

Status ready_to_finish(Place& p) {
  if (auto done = begin_with_sound(p); !done) return done;
  auto done = record_media(p);
  return done ? p.make_ready() : done;
}

std::string media_is(Place& p, size_t least) {
  auto all = p.vault->media(draft(1));
  if (!all) return "the attachments do not open: " + base::describe(all.error());
  Bytes wanted = sound(15'000);
  size_t longest = 0;
  for (const store::Media& one : *all) {
    Bytes content;
    auto done = p.vault->read_media(draft(1), one.ref.id, [&](ByteView part) -> Status {
      content.insert(content.end(), part.begin(), part.end());
      return {};
    });
    if (!done) return "an attachment does not open: " + base::describe(done.error());
    if (content.size() > wanted.size() || !std::equal(content.begin(), content.end(), wanted.begin()))
      return "an attachment is not what was recorded";
    longest = std::max(longest, content.size());
  }
  return longest >= least ? "" : "of a recording " + std::to_string(longest) + " bytes are left";
}

// An interview and its recording, at a centre.
Status whole_centre(Place& p) {
  if (auto done = ready_to_import(p); !done) return done;
  if (auto done = imported(p); !done) return done;
  Bytes sealed;
  seal::AttachmentSealer sealer(p.media_place(), seal::Key::from(p.random), [&](ByteView part) -> Status {
    sealed.insert(sealed.end(), part.begin(), part.end());
    return {};
  });
  if (auto done = sealer.write(sound(15'000)); !done) return done;
  auto ref = sealer.close();
  if (!ref) return base::pass(ref.error());
  p.sound = ref->hash;
  if (auto done = p.central->file().note_opened({{p.finished, {p.sound}}}); !done) return done;
  return p.central->file().put_attachment(p.sound, sealed);
}

// Empty: there is a central file of this name, and all of it is there.
std::string centre_is(const fs::path& file, const base::Hash& sound) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return "there is no central file";
  auto central = Centre::open(file);
  if (!central) return "the central file does not open: " + base::describe(central.error());
  auto there = (*central)->envelopes();
  if (!there || there->size() != 1) return "the central file lacks an interview";
  return (*central)->file().attachment(sound) ? "" : "the central file lacks an attachment";
}

const Bytes newest{1};
bool holds_newest(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return false;
  auto central = Centre::open(file);
  return central && (*central)->file().note("newest") == newest;
}

const Scenario all_scenarios[] = {
    {"make a profile", [](Place&) -> Status { return {}; },
     [](Place& p) -> Status {
       p.vault.reset();
       auto made = Vault::create(p.vault_folder(), p.words, seal::demo_cost, p.random);
       // Where even taking it back was refused, it was made, and opens.
       if (!made && made.error().fault == base::Fault::conflict) return p.reopen();
       if (!made) return base::pass(made.error());
       p.vault = std::move(*made);
       return {};
     },
     [](Place& p, Now n) -> std::string {
       return one_of(!Vault::is_vault(p.vault_folder()), p.reopen().has_value(), n, "a profile");
     }},
    {"open a profile", [](Place& p) -> Status { return p.begin(); },
     [](Place& p) -> Status { return p.reopen(); },
     [](Place& p, Now) -> std::string {
       if (!p.vault)
         if (auto done = p.reopen(); !done) return "it does not open: " + base::describe(done.error());
       return journal_is(p, {3});
     }},
    {"begin an interview", [](Place& p) -> Status { return p.begin(); },
     [](Place& p) -> Status { return p.vault->begin_draft(draft(2), {}); },
     [](Place& p, Now n) -> std::string {
       auto drafts = p.vault->drafts();
       if (!drafts) return "the list of drafts does not open";
       return one_of(drafts->size() == 1, drafts->size() == 2, n, "a draft") + journal_is(p, {3});
     }},
    {"one answer",
     [](Place& p) -> Status {
       p.entries = {answer("answer 3")};
       return p.begin();
     },
     [](Place& p) -> Status { return p.vault->append(draft(1), p.entries); },
     [](Place& p, Now n) -> std::string {
       return n == Now::after ? journal_is(p, {4}) : journal_is(p, {3, 4});
     }},
    {"six answers at once",
     [](Place& p) -> Status {
       for (int i = 3; i < 9; ++i) p.entries.push_back(answer("answer " + std::to_string(i)));
       return p.begin();
     },
     [](Place& p) -> Status { return p.vault->append(draft(1), p.entries); },
     [](Place& p, Now n) -> std::string {
       return n == Now::after ? journal_is(p, {9}) : journal_is(p, {3, 9});
     }},
    {"record an attachment", begin_with_sound, record_media,
     [](Place& p, Now n) -> std::string {
       return media_is(p, n == Now::after ? 15'000 : 0) + journal_is(p, {3});
     }},
    {"mend a recording that was cut",
     [](Place& p) -> Status {
       if (auto done = begin_with_sound(p); !done) return done;
       auto r = p.vault->begin_media(draft(1), p.media_place(), "voice.opus");
       if (!r) return base::pass(r.error());
       return (*r)->write(p.ready);
     },
     [](Place& p) -> Status {
       auto all = p.vault->media(draft(1));
       return all ? Status() : base::pass(all.error());
     },
     [](Place& p, Now) -> std::string { return media_is(p, 12'288); }},
    {"finish", ready_to_finish, [](Place& p) -> Status { return p.finish(); },
     [](Place& p, Now n) -> std::string {
       auto drafts = p.vault->drafts();
       auto out = p.vault->outbox();
       auto media = p.vault->media_outbox();
       if (!drafts || !out || !media) return "the lists do not open";
       bool before = drafts->size() == 1 && out->empty() && media->empty() && journal_is(p, {3}).empty();
       bool after = drafts->empty() && out->size() == 1 && media->size() == 1 &&
                    p.vault->next_sequence() == 2 && fs::exists((*media)[0].file);
       return one_of(before, after, n, "finishing");
     }},
    {"correct",
     [](Place& p) -> Status {
       auto done = begin_and_finish(p);
       return done ? p.make_ready() : done;
     },
     [](Place& p) -> Status { return p.vault->add_revision(p.sealing); },
     [](Place& p, Now n) -> std::string {
       auto out = p.vault->outbox();
       if (!out) return "the outbox does not open";
       return one_of(out->size() == 1, out->size() == 2 && p.vault->next_sequence() == 3, n, "a correction");
     }},
    {"change the passphrase", [](Place& p) -> Status { return p.begin(); },
     [](Place& p) -> Status {
       auto done = p.vault->change_passphrase(p.words, other_words, seal::demo_cost, now);
       // Where the second file was written and the folder not synced, the new words hold already.
       if (!done && done.error().fault == base::Fault::locked &&
           done.error().where.find("passphrase") != std::string::npos)
         return p.vault->change_passphrase(other_words, other_words, seal::demo_cost, {now.ms + 100'000});
       return done;
     },
     [](Place& p, Now n) -> std::string {
       p.vault.reset();
       base::Instant later{now.ms + 1'000'000};
       auto by_new = Vault::open(p.vault_folder(), other_words, later);
       if (by_new) {
         p.words = other_words;
         p.vault = std::move(*by_new);
         return journal_is(p, {3});
       }
       auto by_old = Vault::open(p.vault_folder(), p.words, {later.ms + 100'000});
       if (!by_old) return "neither the old words open it nor the new ones";
       p.vault = std::move(*by_old);
       return n == Now::after ? "the passphrase was not changed" : journal_is(p, {3});
     }},
    {"a receipt", begin_and_finish, [](Place& p) -> Status { return p.vault->apply_receipt(1, p.finished); },
     [](Place& p, Now n) -> std::string {
       auto out = p.vault->outbox();
       if (!out) return "the outbox does not open";
       bool open = p.vault->readable(p.record(), now).has_value();
       return one_of(out->size() == 1 && open, out->empty() && !open, n, "a receipt");
     }},
    {"a withdrawal", begin_and_finish,
     [](Place& p) -> Status { return p.vault->shred(p.sealing.summary.record); },
     [](Place& p, Now n) -> std::string {
       auto out = p.vault->outbox();
       if (!out || out->size() != 1) return "the outbox does not open";
       bool open = p.vault->readable(p.record(), now).has_value();
       return one_of(!(*out)[0].stub && open, (*out)[0].stub && !open, n, "a withdrawal");
     }},
    {"import a bundle", ready_to_import, imported,
     [](Place& p, Now n) -> std::string {
       auto there = p.central->envelopes();
       if (!there) return "the central file does not open";
       bool known = p.central->imported("bundle");
       return one_of(there->empty() && !known, there->size() == 1 && known, n, "an import");
     }},
    {"back up the central file",
     [](Place& p) -> Status {
       if (auto done = ready_to_import(p); !done) return done;
       if (auto done = imported(p); !done) return done;
       return p.central->backup_to(p.at_backup);
     },
     [](Place& p) -> Status { return p.central->backup_to(p.at_backup); },
     [](Place& p, Now) -> std::string {
       auto wrong = store::problems_of(p.at_backup);
       if (!wrong || !wrong->empty()) return "the backup is damaged";
       auto copy = Centre::open(p.at_backup);
       return copy && (*copy)->envelopes() && (*copy)->envelopes()->size() == 1
                  ? ""
                  : "the backup lacks something";
     }},
    {"back up a profile",
     [](Place& p) -> Status {
       auto done = ready_to_finish(p);
       return done ? p.finish() : done;
     },
     [](Place& p) -> Status { return p.vault->backup_to(p.at_copy); },
     [](Place& p, Now n) -> std::string {
       if (n == Now::either) return "";
       auto copy = Vault::open(p.at_copy, p.words, now);
       if (!copy) return "the backup does not open";
       return (*copy)->outbox()->size() == 1 && (*copy)->media_outbox()->size() == 1
                  ? ""
                  : "the backup lacks something";
     }},
    {"put a bundle on a stick", ready_for_stick, put_on_stick,
     [](Place& p, Now n) -> std::string {
       auto bytes = store::read_whole(p.folder.path() / "stick/inbox/one/1.svb");
       if (bytes && !exchange::read_bundle(*bytes)) return "the bundle on the stick is damaged";
       return one_of(!bytes, bytes.has_value(), n, "a bundle");
     }},
    {"move a profile",
     [](Place& p) -> Status {
       auto done = begin_and_finish(p);
       p.vault.reset();
       return done;
     },
     [](Place& p) -> Status {
       // Tried again after its very last step was refused: it did move.
       if (fs::exists(p.at_there_key) && !fs::exists(p.at_vault_key)) return {};
       return store::move_profile(p.vault_folder(), p.at_there);
     },
     [](Place& p, Now n) -> std::string {
       auto old = Vault::open(p.vault_folder(), p.words, now);
       bool at_old = old.has_value();
       if (old) old->reset();
       bool at_new = Vault::open(p.at_there, p.words, now).has_value();
       if (at_old == at_new) return at_old ? "the profile lives twice" : "the profile is gone";
       return n == Now::after && at_old ? "it did not move" : "";
     }},
    {"move the central file",
     [](Place& p) -> Status {
       auto done = whole_centre(p);
       return done ? store::make_private_folder(p.at_moved.parent_path()) : done;
     },
     [](Place& p) -> Status {
       try {
         bool counts = store::central_path(*p.vault, p.vault_folder()) == p.at_moved;
         if (!counts && !p.central) {
           auto central = Centre::open(p.central_file());
           if (!central) return base::pass(central.error());
           p.central = std::move(*central);
         }
         if (!counts)
           if (auto done = store::carry_central(*p.vault, p.central->file(), p.at_moved, now); !done) return done;
         auto central = Centre::open(p.at_moved);
         if (!central) return base::pass(central.error());
         p.central = std::move(*central);
         return store::clear_left(*p.vault);
       } catch (const std::bad_alloc&) {  // here, in making paths
         return base::no_memory();
       }
     },
     [](Place& p, Now n) -> std::string {
       p.central.reset();
       if (n == Now::after) (void)store::clear_left(*p.vault);  // as when the profile opens next
       bool moved = store::central_path(*p.vault, p.vault_folder()) == p.at_moved;
       if (n == Now::either) return centre_is(moved ? p.at_moved : p.at_central, p.sound);
       if (!moved) return "it did not move";
       for (const auto& left : {p.at_central, store::Central::media_folder(p.at_central)})
         if (fs::exists(left)) return "it is left behind: " + left.filename().string();
       return centre_is(p.at_moved, p.sound);
     }},
    {"restore the central file",
     [](Place& p) -> Status {
       if (auto done = whole_centre(p); !done) return done;
       if (auto done = p.central->backup_to(p.at_backup); !done) return done;
       auto done = p.central->file().set_note("newest", newest);
       p.central.reset();
       fs::remove_all(store::Central::media_folder(p.at_central));
       return done;
     },
     [](Place& p) -> Status { return store::restore_central(p.at_backup, p.at_central, now, {}); },
     [](Place& p, Now n) -> std::string {
       bool found = holds_newest(p.at_central);
       bool restored = !found && centre_is(p.at_central, p.sound).empty();
       for (const auto& one : fs::directory_iterator(p.folder.path()))
         if (std::string name = one.path().filename().string();
             name.find(".replaced") != std::string::npos && name.find(".db-") == std::string::npos &&
             !name.ends_with("-wal"))
           found = found || holds_newest(one.path());
       if (!found) return "the newest central file was destroyed";
       return n == Now::after && !restored ? "it was not restored: " + centre_is(p.at_central, p.sound) : "";
     }},
};

}  // namespace

std::span<const Scenario> scenarios() {
  static const std::vector<Scenario> all = [] {
    std::vector<Scenario> out(std::begin(all_scenarios), std::end(all_scenarios));
    for (const Scenario& one : centre_scenarios()) out.push_back(one);
    return out;
  }();
  return all;
}

Place::Place(uint64_t seed)
    : random(seed),
      root(seal::DeviceKeys::from(seal::Key::from(random))),
      coordinator(seal::DeviceKeys::from(seal::Key::from(random))),
      epoch(seal::BoxKeys::from_seed(seal::Key::from(random))),
      project(base::ProjectId::from(random)),
      withdrawal(seal::card_keys(project, seal::Card::from(random))),
      own_record(seal::record_id_of(project, withdrawal.pub)) {}

seal::AttachmentHeader Place::media_place() {
  return {project, record(), base::AttachmentId::from(random), seal::Grain::recording};
}

Status Place::begin() {
  auto made = Vault::create(vault_folder(), words, seal::demo_cost, random);
  if (!made) return base::pass(made.error());
  vault = std::move(*made);
  store::Membership member;
  member.project = project;
  member.root = root.sign.pub;
  if (auto done = vault->set_membership(member); !done) return done;
  if (auto done = vault->begin_draft(draft(1), {}); !done) return done;
  for (int i = 0; i < 3; ++i)
    if (auto done = vault->append(draft(1), {answer("answer " + std::to_string(i))}); !done) return done;
  return {};
}

Status Place::reopen() {
  vault.reset();
  auto opened = Vault::open(vault_folder(), words, now);
  if (!opened) return base::pass(opened.error());
  vault = std::move(*opened);
  return {};
}

Bytes Place::envelope() const {
  seal::EnvelopeHeader header{project,       record(),      vault->keys().id, vault->next_sequence(),
                              vault->head(), withdrawal.pub};
  return *seal::seal_revision(base::view_of("content"), header, {epoch.pub}, vault->keys());
}

Status Place::make_ready() {
  ready = envelope();
  static const Bytes content(200, 3);
  sealing = {};
  sealing.envelope = ready;
  sealing.summary.record = record();
  sealing.summary.last = seal::parse_envelope(ready)->id;
  sealing.readable = content;
  sealing.window.ms = 3600'000;
  sealing.now = now;
  auto media = vault->media(draft(1));
  if (!media && media.error().fault != base::Fault::missing) return base::pass(media.error());
  if (media && !media->empty()) sealing.attachments = {media->front().ref};
  return {};
}

Status Place::finish() {
  auto done = vault->finish(draft(1), sealing);
  if (done) finished = sealing.summary.last;
  return done;
}

}  // namespace torture
