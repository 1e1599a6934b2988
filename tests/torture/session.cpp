#include "tests/torture/session.h"

#include <algorithm>

#include "sync/exchange/bundle.h"
#include "sync/seal/withdrawal.h"
#include "sync/store/central_place.h"
#include "sync/store/files.h"
#include "sync/transports/table.h"

namespace torture {
namespace {

using base::Bytes;
using base::ByteView;
using store::Vault;
namespace fs = std::filesystem;

constexpr int64_t per_draft = 10'000;  // n of an answer: draft · 10,000 + its place
constexpr int64_t per_media =
    100;  // n of an attachment: draft · 100 + m; of a piece of it: that · 100 + piece
constexpr base::Instant now{1'772'000'000'000};

std::string words_of(int64_t n) {
  return "torture passphrase " + std::to_string(n);
}

base::DraftId draft_id(int64_t d) {
  base::DraftId id;
  id.bytes[0] = static_cast<uint8_t>(d);
  id.bytes[15] = 9;
  return id;
}

// The k-th entry of draft d: an answer, sometimes taken away, a note, a repeat.
record::Entry entry(int64_t d, int64_t k) {
  record::Entry e;
  e.at.ms = k;
  e.key.question = "q" + std::to_string(k % 12);
  if (k % 9 == 7) {
    e.kind = record::EntryKind::note;
    e.text = "note " + std::to_string(d) + "/" + std::to_string(k);
  } else if (k % 9 != 8) {
    e.value = *record::make_value(record::Tag::text, "answer " + std::to_string(d) + "/" + std::to_string(k));
  }
  return e;
}

Bytes sound(int64_t m, size_t size) {
  base::SeededRandom random(static_cast<uint64_t>(m) + 77);
  Bytes out(size);
  random.fill(out);
  return out;
}
constexpr size_t piece = 5000;  // bytes of a recording written at once

struct Project {
  base::SeededRandom random{4711};
  seal::DeviceKeys root = seal::DeviceKeys::from(seal::Key::from(random));
  seal::DeviceKeys coordinator = seal::DeviceKeys::from(seal::Key::from(random));
  seal::BoxKeys epoch = seal::BoxKeys::from_seed(seal::Key::from(random));
  base::ProjectId id = base::ProjectId::from(random);

  seal::SignKeys withdrawal(int64_t d) const {
    seal::Card card;
    card.code[0] = static_cast<uint8_t>(d);
    return seal::card_keys(id, card);
  }
  base::RecordId record(int64_t d) const { return seal::record_id_of(id, withdrawal(d).pub); }
  seal::AttachmentHeader place(int64_t d, int64_t m) const {
    seal::AttachmentHeader h{id, record(d), {}, seal::Grain::recording};
    h.id.bytes[0] = static_cast<uint8_t>(m);
    h.id.bytes[1] = static_cast<uint8_t>(m >> 8);
    return h;
  }
  Bytes say(const seal::DeviceKeys& by, record::StatementType type, const seal::DeviceKeys& subject) const {
    record::Statement s;
    s.project = id;
    s.sequence = 1;
    s.type = type;
    s.subject = subject.id;
    s.subject_sign = subject.sign.pub;
    s.subject_box = subject.box.pub;
    return record::sign_statement(s, by);
  }
};

int64_t number_of(const seal::AttachmentId& id) {
  return id.bytes[0] + 256 * id.bytes[1];
}

fs::path vault_folder(const fs::path& folder) {
  return folder / "vault";
}
std::string stick_name(int64_t n) {
  return "inbox/one/" + std::to_string(n) + ".svb";
}
fs::path backup_file(const fs::path& folder) {
  return folder / "backup.db";
}

}  // namespace

Session::Session(fs::path folder, uint64_t seed, int steps, Honesty honesty)
    : folder_(std::move(folder)), seed_(seed), steps_(steps), honesty_(honesty) {}

namespace {

struct Draft {
  int64_t d = 0, entries = 0, media = 0;
};

// One run of a session.
class Run {
 public:
  Run(const fs::path& folder, uint64_t seed, int steps, bool lies, const Session::Say& say)
      : folder_(folder), random_(seed), steps_(steps), lies_(lies), say_(say) {}

  base::Status go() {
    auto made = step(created, 0, [&]() -> base::Status {
      auto vault = Vault::create(vault_folder(folder_), words_of(0), seal::demo_cost, random_);
      if (!vault) return base::pass(vault.error());
      vault_ = std::move(*vault);
      return {};
    });
    if (!made) return made;
    store::Membership member;
    member.project = project_.id;
    member.root = project_.root.sign.pub;
    if (auto done = vault_->set_membership(member); !done) return done;
    for (int i = 0; i < steps_; ++i)
      if (auto done = one(random_.below(23)); !done) return done;
    return {};
  }

 private:
  base::Status step(Step what, int64_t n, const std::function<base::Status()>& work) {
    say_(starts, static_cast<int64_t>(what) * 1'000'000 + n);
    if (lies_) say_(what, n);
    auto done = work();
    if (done && !lies_) say_(what, n);
    return done;
  }

  base::Status one(uint64_t choice) {
    if (drafts_.empty() || (choice == 0 && drafts_.size() < 4)) return begin();
    Draft& draft = drafts_[random_.below(drafts_.size())];
    if (choice < 11) return answer(draft, 1);
    if (choice < 13) return answer(draft, 2 + static_cast<int64_t>(random_.below(6)));
    if (choice < 15) return record_media(draft);
    if (choice < 17) return finish(draft);
    if (choice == 17) return change_words();
    if (choice == 18) return import();
    if (choice == 19) return hand_over();
    if (auto open = open_central(); !open) return open;
    if (choice == 20) return back_up();
    return choice == 21 ? move() : restore();
  }

  base::Status begin() {
    int64_t d = ++last_draft_;
    drafts_.push_back({d, 0, 0});
    return step(begun, d, [&] {
      store::DraftInfo info;
      info.name = "draft " + std::to_string(d);
      info.withdrawal_seed = {static_cast<uint8_t>(d), 0, 0, 0, 0, 0, 0, 0, 0, 0};
      return vault_->begin_draft(draft_id(d), info);
    });
  }

  base::Status answer(Draft& draft, int64_t count) {
    std::vector<record::Entry> entries;
    for (int64_t i = 0; i < count; ++i) entries.push_back(entry(draft.d, draft.entries++));
    return step(answered, draft.d * per_draft + draft.entries,
                [&] { return vault_->append(draft_id(draft.d), entries); });
  }

  base::Status record_media(Draft& draft) {
    int64_t m = draft.d * per_media + ++draft.media;
    auto r = vault_->begin_media(draft_id(draft.d), project_.place(draft.d, m), "voice.opus");
    if (!r) return base::pass(r.error());
    int64_t pieces = 1 + static_cast<int64_t>(random_.below(4));
    Bytes all = sound(m, static_cast<size_t>(pieces) * piece);
    for (int64_t i = 0; i < pieces; ++i) {
      auto done = step(recorded, m * per_media + i + 1, [&] {
        return (*r)->write(ByteView(all).subspan(static_cast<size_t>(i) * piece, piece));
      });
      if (!done) return done;
    }
    return step(kept, m, [&]() -> base::Status {
      auto media = (*r)->close();
      return media ? base::Status() : base::pass(media.error());
    });
  }

  base::Status finish(const Draft& chosen) {
    Draft draft = chosen;
    std::erase_if(drafts_, [&](const Draft& one) { return one.d == draft.d; });
    seal::SignKeys withdrawal = project_.withdrawal(draft.d);
    seal::EnvelopeHeader header{project_.id,       project_.record(draft.d),
                                vault_->keys().id, vault_->next_sequence(),
                                vault_->head(),    withdrawal.pub};
    auto envelope =
        seal::seal_revision(base::view_of("content"), header, {project_.epoch.pub}, vault_->keys());
    if (!envelope) return base::pass(envelope.error());
    store::Sealing s;
    s.envelope = *envelope;
    s.summary.record = header.record;
    s.summary.last = seal::parse_envelope(*envelope)->id;
    s.summary.name = "draft " + std::to_string(draft.d);
    static const Bytes readable(100, 7);
    s.readable = readable;
    s.window.ms = 3600'000;
    s.now = now;
    auto media = vault_->media(draft_id(draft.d));
    if (!media) return base::pass(media.error());
    for (const store::Media& one : *media) s.attachments.push_back(one.ref);
    return step(finished, draft.d, [&] { return vault_->finish(draft_id(draft.d), s); });
  }

  base::Status change_words() {
    int64_t n = words_ + 1;
    auto done = step(words, n, [&] {
      return vault_->change_passphrase(words_of(words_), words_of(n), seal::demo_cost, now);
    });
    words_ = n;
    return done;
  }

  base::Status open_central() {
    if (central_) return {};
    auto central = Centre::open(store::central_path(*vault_, vault_folder(folder_)));
    if (!central) return base::pass(central.error());
    central_ = std::move(*central);
    return {};
  }

  base::Status back_up() {
    is_backed_up_ = true;
    return step(backed, ++last_backup_, [&] { return central_->backup_to(backup_file(folder_)); });
  }

  base::Status move() {
    int64_t n = ++last_move_;
    fs::path to = folder_ / ("place" + std::to_string(n)) / "central.db";
    if (auto made = store::make_private_folder(to.parent_path()); !made) return made;
    return step(moved, n, [&]() -> base::Status {
      if (auto done = store::carry_central(*vault_, central_->file(), to, now); !done) return done;
      central_.reset();
      auto done = open_central();
      return done ? store::clear_left(*vault_) : done;
    });
  }

  base::Status restore() {
    if (!is_backed_up_) return back_up();
    fs::path file = store::central_path(*vault_, vault_folder(folder_));
    central_.reset();
    return step(restored, ++last_restored_,
                [&] { return store::restore_central(backup_file(folder_), file, now, {}); });
  }

  base::Status import() {
    if (auto open = open_central(); !open) return open;
    std::vector<exchange::Item> items = {
        {exchange::ItemKind::statement,
         project_.say(project_.root, record::StatementType::appoint, project_.coordinator)},
        {exchange::ItemKind::statement,
         project_.say(project_.coordinator, record::StatementType::enrol, vault_->keys())}};
    auto waiting = vault_->outbox();
    if (!waiting) return base::pass(waiting.error());
    for (store::Sealed& one : *waiting) items.push_back({exchange::ItemKind::revision, std::move(one.bytes)});
    int64_t b = static_cast<int64_t>(waiting->size()) * 100 + ++last_bundle_;
    auto done = step(imported, b, [&]() -> base::Status {
      return central_->import("bundle " + std::to_string(b), items, project_.id, project_.root.sign.pub);
    });
    auto media = vault_->media_outbox();
    if (!media) return base::pass(media.error());
    for (const store::SealedMedia& one : *media) {
      auto bytes = store::read_whole(one.file);
      if (!bytes) return base::pass(bytes.error());
      if (done)
        done = step(stored, number_of(one.id), [&] { return central_->file().put_attachment(one.hash, *bytes); });
    }
    return done;
  }

  base::Status hand_over() {
    auto waiting = vault_->outbox();
    if (!waiting) return base::pass(waiting.error());
    std::vector<exchange::Item> items;
    for (store::Sealed& one : *waiting) items.push_back({exchange::ItemKind::revision, std::move(one.bytes)});
    int64_t n = ++last_handed_;
    auto bundle = exchange::write_bundle(project_.id, vault_->keys(), static_cast<uint64_t>(n), items);
    if (!bundle) return base::pass(bundle.error());
    if (auto made = store::make_private_folder(folder_ / "stick"); !made) return made;
    auto place = transports::open_transport((folder_ / "stick").string(), {});
    if (!place) return base::pass(place.error());
    return step(handed, n, [&] { return (*place)->put(stick_name(n), *bundle, {}); });
  }

  const fs::path& folder_;
  base::SeededRandom random_;
  int steps_;
  bool lies_;
  const Session::Say& say_;
  Project project_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<Centre> central_;
  std::vector<Draft> drafts_;
  int64_t last_draft_ = 0, last_bundle_ = 0, last_handed_ = 0, last_backup_ = 0, last_move_ = 0,
          last_restored_ = 0, words_ = 0;
  bool is_backed_up_ = false;
};

}  // namespace

bool Session::hold(const Say& say) {
  auto made = store::make_private_folder(folder_);
  auto done = made ? Run(folder_, seed_, steps_, honesty_ == Honesty::lies, say).go() : made;
  if (!done) why_ = base::describe(done.error());
  return done.has_value();
}

namespace {

// What stands in the folder against what was acknowledged; throws nothing, tells the first thing that is wrong.
class Check {
 public:
  Check(const fs::path& folder, const fs::path& live, const Acknowledged& a)
      : live_(live), folder_(folder), a_(a) {}

  std::string go() {
    std::string wrong = open();
    if (wrong.empty() && vault_) wrong = drafts();
    if (wrong.empty() && vault_) wrong = chain();
    if (wrong.empty()) wrong = centre();
    if (wrong.empty()) wrong = stick();
    return wrong;
  }

 private:
  bool started(Step what, int64_t n) const {
    return a_.has(starts, static_cast<int64_t>(what) * 1'000'000 + n);
  }
  int64_t most(Step what, int64_t from, int64_t to) const {  // the largest acknowledged n in [from, to); -1
    auto at = a_.of.find(what);
    if (at == a_.of.end()) return -1;
    auto end = at->second.lower_bound(to);
    return end == at->second.begin() || *std::prev(end) < from ? -1 : *std::prev(end);
  }

  std::string open() {
    if (!Vault::is_vault(vault_folder(folder_))) return a_.has(created, 0) ? "the profile is gone" : "";
    // The acknowledged passphrase, or the one that was being set.
    int64_t n = std::max<int64_t>(0, most(words, 0, per_draft));
    auto vault = Vault::open(vault_folder(folder_), words_of(n), now);
    if (!vault && vault.error().fault == base::Fault::locked && started(words, n + 1))
      vault = Vault::open(vault_folder(folder_), words_of(n + 1), {now.ms + 60'000});
    if (!vault) return "the profile does not open: " + base::describe(vault.error());
    vault_ = std::move(*vault);
    return "";
  }

  std::string drafts() {
    auto there = vault_->drafts();
    auto known = vault_->finished();
    if (!there || !known) return "the list of interviews does not open";
    for (const auto& one : *there) {
      int64_t d = one.id.bytes[0];
      if (!started(begun, d) || one.damaged) return "a ghost among the drafts: " + one.id.hex();
      if (a_.has(finished, d)) return "finished, and still a draft: " + std::to_string(d);
    }
    auto begun_ones = a_.of.find(begun);
    if (begun_ones == a_.of.end()) return "";
    for (int64_t d : begun_ones->second) {
      bool open =
          std::any_of(there->begin(), there->end(), [&](const auto& one) { return one.id == draft_id(d); });
      bool done = std::any_of(known->begin(), known->end(),
                              [&](const auto& one) { return one.record == project_.record(d); });
      std::string name = "draft " + std::to_string(d);
      if (open == done) return name + (open ? " is there twice: as a draft and finished" : " is gone");
      if (done && !started(finished, d)) return name + " was never finished";
      if (open)
        if (std::string wrong = journal(d); !wrong.empty()) return name + ": " + wrong;
    }
    return "";
  }

  std::string journal(int64_t d) {
    auto entries = vault_->journal(draft_id(d));
    if (!entries) return "its journal does not open: " + base::describe(entries.error());
    int64_t acknowledged =
        std::max<int64_t>(0, most(answered, d * per_draft, (d + 1) * per_draft) - d * per_draft);
    if (static_cast<int64_t>(entries->size()) < acknowledged)
      return std::to_string(acknowledged) + " entries acknowledged, " + std::to_string(entries->size()) +
             " there";
    for (size_t k = 0; k < entries->size(); ++k) {
      record::Entry wanted = entry(d, static_cast<int64_t>(k));
      const record::Entry& e = (*entries)[k];
      if (e.kind != wanted.kind || !(e.key == wanted.key) || !(e.value == wanted.value) ||
          e.text != wanted.text)
        return "entry " + std::to_string(k) + " is not what was typed";
    }
    return media(d);
  }

  std::string media(int64_t d) {
    auto all = vault_->media(draft_id(d));
    if (!all) return "its attachments do not open: " + base::describe(all.error());
    auto pieces = a_.of.find(recorded);
    if (pieces == a_.of.end()) return "";
    std::map<int64_t, int64_t>
        written;  // of each attachment of this draft, how many pieces were acknowledged
    for (int64_t n : pieces->second)
      if (n / per_media / per_media == d)
        written[n / per_media] = std::max(written[n / per_media], n % per_media);
    for (auto [m, count] : written) {
      auto id = project_.place(d, m).id;
      auto at =
          std::find_if(all->begin(), all->end(), [&](const store::Media& one) { return one.ref.id == id; });
      Bytes content;
      if (at != all->end()) {
        auto done = vault_->read_media(draft_id(d), id, [&](ByteView part) -> base::Status {
          content.insert(content.end(), part.begin(), part.end());
          return {};
        });
        if (!done) return "an attachment does not open: " + base::describe(done.error());
      }
      // Of what was not closed the chunk that was being filled, and the one kept back for the end, may be missing.
      size_t size = static_cast<size_t>(count) * piece;
      size_t least = a_.has(kept, m) ? size : (size - 1) / 4096 * 4096;
      Bytes wanted = sound(m, std::max(content.size(), size));
      if (content.size() < least || !std::equal(content.begin(), content.end(), wanted.begin()))
        return "a recording of " + std::to_string(size) + " bytes has " + std::to_string(content.size());
      if (a_.has(kept, m) && content.size() != size) return "a recording is longer than it was";
    }
    return "";
  }

  // Sequences without a gap, each naming the one before.
  std::string chain() {
    auto out = vault_->outbox();
    if (!out) return "the outbox does not open";
    base::Hash before{};
    for (size_t i = 0; i < out->size(); ++i) {
      auto e = seal::parse_envelope((*out)[i].bytes);
      if (!e || !seal::verify_envelope(*e, vault_->keys().sign.pub)) return "an envelope is damaged";
      if (e->header.sequence != i + 1 || (i > 0 && e->header.previous != before))
        return "the chain is broken";
      before.bytes = e->id.bytes;
    }
    if (vault_->next_sequence() != out->size() + 1) return "the chain's head is not its end";
    auto leaving = vault_->media_outbox();
    if (!leaving) return "the attachments that leave do not open";
    for (const auto& media : *leaving) {
      seal::AttachmentHash hash;
      auto read = store::each_piece(media.file, [&](ByteView part) {
        hash.add(part);
        return base::Status();
      });
      if (!read || hash.take() != media.hash) return "a finished interview's attachment is damaged";
    }
    return "";
  }

  // A bundle of that name is whole or not there.
  std::string stick() {
    for (int64_t n = 1; started(handed, n); ++n) {
      auto bytes = store::read_whole(folder_ / "stick" / stick_name(n));
      if (!bytes && a_.has(handed, n)) return "a bundle that was handed over is gone";
      if (bytes && !exchange::read_bundle(*bytes)) return "a bundle on the stick is damaged";
    }
    return "";
  }

  // Where the vault says it lies; the disk may have been rebuilt elsewhere.
  fs::path central_file() const {
    if (!vault_) return vault_folder(folder_) / "central.db";
    fs::path there = store::central_path(*vault_, vault_folder(folder_));
    auto inside = there.lexically_relative(live_);
    return inside.empty() || *inside.begin() == ".." ? there : folder_ / inside;
  }

  // The central file, and what restorations put aside: together they hold everything that was imported.
  std::string centre() {
    int64_t last = most(imported, 0, 1'000'000);
    std::error_code ignored;
    fs::path file = central_file();
    std::vector<fs::path> all = {file};
    for (const auto& one : fs::recursive_directory_iterator(folder_, ignored))
      if (one.path().extension().string().starts_with(".replaced") && !one.path().string().ends_with("-wal"))
        all.push_back(one.path());
    if (!fs::exists(file, ignored)) {
      bool cut = started(restored, most(restored, 0, 1'000'000) < 0 ? 1 : most(restored, 0, 1'000'000) + 1);
      if (last >= 0 && !cut) return "the central file is gone";
      all.erase(all.begin());
    }
    std::set<int64_t> wanted;
    if (auto at = a_.of.find(imported); at != a_.of.end()) wanted = at->second;
    for (const fs::path& one : all) {
      auto central = Centre::open(one);
      if (!central) {
        if (last < 0) continue;
        return one.filename().string() + " does not open: " + base::describe(central.error());
      }
      auto there = (*central)->envelopes();
      if (!there) return "the central file's envelopes do not open";
      for (const Bytes& bytes : *there)
        if (!seal::parse_envelope(bytes)) return "an envelope at the centre is damaged";
      for (auto b = wanted.begin(); b != wanted.end();) {
        if (!(*central)->imported("bundle " + std::to_string(*b))) {
          ++b;
          continue;
        }
        if (static_cast<int64_t>(there->size()) < *b / 100)
          return std::to_string(*b / 100) + " interviews imported, " + std::to_string(there->size()) + " there";
        b = wanted.erase(b);
      }
      if (one != file || !vault_) continue;
      auto media = vault_->media_outbox();
      if (!media) return "the attachments that leave do not open";
      for (const store::SealedMedia& m : *media)
        if (a_.has(stored, number_of(m.id)) && !(*central)->file().attachment(m.hash))
          return "an attachment at the centre is gone";
    }
    return wanted.empty() ? "" : "an imported bundle is gone";
  }

  const fs::path& live_;
  const fs::path& folder_;
  const Acknowledged& a_;
  Project project_;
  std::unique_ptr<Vault> vault_;
};

}  // namespace

std::string Session::missing(const fs::path& folder, const Acknowledged& acknowledged) const {
  return Check(folder, folder_, acknowledged).go();
}

}  // namespace torture
