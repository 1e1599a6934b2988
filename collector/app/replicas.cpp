#include "collector/app/replicas.h"

#include <algorithm>
#include <set>

#include "collector/app/admission.h"
#include "collector/app/central_file.h"
#include "collector/app/kept.h"
#include "collector/app/keyring.h"
#include "collector/app/merged.h"
#include "collector/app/withdrawals.h"
#include "sync/seal/head.h"
#include "sync/store/arriving.h"
#include "sync/transports/table.h"

namespace app {
namespace {

using base::Bytes;
using base::ByteView;
using base::Result;
using base::Status;

// The signer of a bundle, when this project knows it.
const seal::PublicSign* known_signer(const Profile& profile, ByteView bundle) {
  if (bundle.size() < 40) return nullptr;
  const record::Member* member =
      profile.authority().member(*base::DeviceId::from_bytes(bundle.subspan(24, 16)));
  return member ? &member->sign : nullptr;
}

// Its number, when this profile itself made and signed it.
std::optional<uint64_t> own_bundle(const Profile& profile, ByteView bytes) {
  auto bundle = exchange::read_bundle(bytes, &profile.keys().sign.pub);
  if (!bundle || !bundle->is_signed || bundle->project != profile.membership()->project) return std::nullopt;
  return bundle->number;
}

Result<exchange::Bundle> read_for(const Profile& profile, ByteView bytes) {
  auto bundle = exchange::read_bundle(bytes, known_signer(profile, bytes));
  if (bundle && bundle->project != profile.membership()->project)
    return base::fail(base::Fault::invalid, "bundle",
                      "It belongs to another project; it is left where it is.");
  return bundle;
}

Carrier carrier_of(const Profile& profile, const exchange::Bundle& bundle) {
  bool is_member = bundle.is_signed && profile.authority().member(bundle.exporter) &&
                   !profile.authority().is_revoked(bundle.exporter);
  return is_member ? Carrier::member : Carrier::stranger;
}

// What a chain says of itself: how far it goes, and its last word to epochs that are closed.
std::vector<exchange::Item> heads_of(Profile& profile, bool has_news, std::vector<base::KeyId>& closing) {
  std::vector<exchange::Item> out;
  if (has_news)
    if (auto head = profile.vault().signed_head(); head && !head->empty())
      out.push_back({exchange::ItemKind::head, std::move(*head)});
  for (const record::Epoch& epoch : profile.authority().epochs()) {
    if (!epoch.closed || !profile.vault().setting("closed." + epoch.key_id.hex()).empty()) continue;
    seal::Head h;
    h.kind = seal::Head::Kind::closing;
    h.project = profile.membership()->project;
    h.sequence = profile.vault().next_sequence() - 1;
    if (h.sequence > 0) h.revision.bytes = profile.vault().head().bytes;
    h.epoch = epoch.key_id;
    out.push_back({exchange::ItemKind::head, seal::make_head(h, profile.keys())});
    closing.push_back(epoch.key_id);
  }
  return out;
}

Status note_closed(Profile& profile, const std::vector<base::KeyId>& closing) {
  for (const base::KeyId& id : closing)
    if (auto done = profile.vault().set_setting("closed." + id.hex(), "said"); !done) return done;
  return {};
}

std::string attachment_name(const base::Hash& hash) {
  return "att/" + hash.hex() + ".sva";
}

// Read a part at a time; the file is shared by the copies of the Source.
exchange::Source source_of(std::unique_ptr<store::OpenFile> file) {
  std::shared_ptr<store::OpenFile> shared = std::move(file);
  return {shared->size(), [shared](uint64_t at, std::span<uint8_t> into) { return shared->read(at, into); }};
}

class Arriving : public exchange::Arriving {
 public:
  explicit Arriving(std::unique_ptr<store::ArrivingAttachment> one) : one_(std::move(one)) {}
  Status write(ByteView part) override { return one_->write(part); }
  Status close() override { return one_->close(); }

 private:
  std::unique_ptr<store::ArrivingAttachment> one_;
};

class DeviceReplica : public exchange::Replica {
 public:
  DeviceReplica(Profile& profile, bool again)
      : profile_(profile), again_(again), aside_(profile.vault().setting("aside")) {}
  bool is_centre() const override { return false; }
  base::DeviceId id() const override { return profile_.keys().id; }
  uint64_t last_number() override { return profile_.vault().last_bundle_number(); }
  std::optional<uint64_t> own_number(ByteView bundle) override { return own_bundle(profile_, bundle); }
  std::vector<std::string> alarms() override { return std::move(alarms_); }

  Result<std::vector<std::string>> files_to_send() override {
    auto media = profile_.vault().media_outbox();
    if (!media) return base::pass(media.error());
    if (again_) {
      auto kept = profile_.vault().kept_media();
      if (!kept) return base::pass(kept.error());
      media->insert(media->begin(), kept->begin(), kept->end());
    }
    std::vector<std::string> out;
    for (store::SealedMedia& one : *media) {
      if (!again_ && one.delivery != store::Delivery::on_laptop) continue;
      std::string name = attachment_name(one.hash);
      out.push_back(name);
      media_[name] = std::move(one);
    }
    return out;
  }
  Result<exchange::Source> file(const std::string& name) override {
    auto file = store::OpenFile::open(media_.at(name).file);
    if (!file) return base::pass(file.error());
    return source_of(std::move(*file));
  }
  Status file_handed_over(const std::string& name) override {
    return profile_.vault().mark_media({media_.at(name).id}, store::Delivery::handed_over);
  }

  // In order, a part at a time; with the last one what the chain says of itself.
  Result<exchange::Leaving> next_bundle() override {
    if (done_) return exchange::Leaving();
    store::OutboxPage page;
    page.after = after_;
    page.bytes = exchange::leaving_bytes;
    page.items = exchange::leaving_items;
    page.at_most = again_ ? store::Delivery::received : store::Delivery::on_laptop;
    auto outbox = profile_.vault().outbox(page);
    if (!outbox) return base::pass(outbox.error());
    std::vector<exchange::Item> items;
    going_.clear();
    for (store::Sealed& sealed : *outbox) {
      going_.push_back(sealed.id);
      page.after = sealed.sequence;
      items.push_back(
          {sealed.stub ? exchange::ItemKind::stub : exchange::ItemKind::revision, std::move(sealed.bytes)});
    }
    page.items = 1;
    auto more = items.empty() ? std::move(outbox) : profile_.vault().outbox(page);
    if (!more) return base::pass(more.error());
    bool is_last = items.empty() || more->empty();
    if (is_last) {
      for (exchange::Item& head : heads_of(profile_, after_ > 0 || !items.empty(), closing_))
        items.push_back(std::move(head));
      for (Bytes& tombstone : tombstones_to_send(profile_))
        items.push_back({exchange::ItemKind::tombstone, std::move(tombstone)});
    }
    if (items.empty()) return exchange::Leaving();
    going_up_to_ = page.after;
    is_last_ = is_last;
    auto bundle = exchange::write_bundle(profile_.membership()->project, profile_.keys(),
                                         profile_.vault().next_bundle_number(), items);
    if (!bundle) return base::pass(bundle.error());
    return exchange::Leaving{"inbox", std::move(*bundle)};
  }

  Status handed_over(const exchange::RemoteFile&) override {
    after_ = going_up_to_;
    done_ = is_last_;
    if (auto done = profile_.vault().mark(going_, store::Delivery::handed_over); !done) return done;
    if (!is_last_) return {};
    if (auto done = note_closed(profile_, closing_); !done) return done;
    return tombstones_sent(profile_);
  }

  bool seen(const std::string& name) override {
    return profile_.vault().seen(name) || (aside_.has(name) && aside_.is(name, state()));
  }

  Result<int> admit(const std::string& name, ByteView bytes) override {
    auto bundle = read_for(profile_, bytes);
    if (!bundle) return base::pass(bundle.error());
    auto taken = admit_words(profile_, *bundle, carrier_of(profile_, *bundle));
    if (!taken) return base::pass(taken.error());
    if (auto done = take_receipts(); !done) return base::pass(done.error());
    if (taken->left_out > 0) {
      alarms_.push_back(name + ": " + std::to_string(taken->left_out) +
                        " things in it come from nobody this project knows; they are left there.");
      aside_.put(name, state());
      if (auto done = profile_.vault().set_setting("aside", aside_.text()); !done)
        return base::pass(done.error());
    } else if (auto done = profile_.vault().mark_seen(name); !done) {
      return base::pass(done.error());
    }
    return taken->items;
  }

 private:
  // A receipt counts while the coordinator who signed it does, for what is in this device's own chain.
  Status take_receipts() {
    // What is kept after a receipt is kept from now on.
    if (auto done = profile_.vault().observe(profile_.world().clock->now()); !done) return done;
    uint64_t own = profile_.vault().next_sequence() - 1;
    for (const record::Statement& receipt : profile_.authority().receipts()) {
      if (!profile_.authority().is_coordinator(receipt.signer)) continue;
      for (const record::Frontier& frontier : receipt.frontiers) {
        if (frontier.device != profile_.keys().id || frontier.sequence == 0) continue;
        if (frontier.sequence > own) {
          alarm(
              "The centre has more of this laptop's interviews than the laptop knows of: its profile was "
              "restored "
              "from an older copy. Do not go on with it; make a new profile and have it enrolled.");
          continue;
        }
        auto done = profile_.vault().apply_receipt(frontier.sequence, frontier.revision);
        if (!done && done.error().fault == base::Fault::conflict) {
          alarm(
              "The centre holds another interview under one of this laptop's numbers: somebody works with a "
              "copy of "
              "this profile. Tell the coordinator.");
          continue;
        }
        if (!done) return done;
      }
    }
    return drop_old(profile_);
  }

  // How many words are known: with more of them, what was left out may be somebody's.
  std::string state() {
    auto words = profile_.statements();
    return words ? std::to_string(words->size()) : "";
  }

  void alarm(const char* sentence) {
    if (std::find(alarms_.begin(), alarms_.end(), sentence) == alarms_.end()) alarms_.emplace_back(sentence);
  }

  Profile& profile_;
  bool again_, done_ = false, is_last_ = false;
  uint64_t after_ = 0, going_up_to_ = 0;  // sequences handed over in this sync
  Aside aside_;
  std::vector<base::RevisionId> going_;
  std::vector<base::KeyId> closing_;
  std::map<std::string, store::SealedMedia> media_;
  std::vector<std::string> alarms_;
};

class CentreReplica : public exchange::Replica {
 public:
  CentreReplica(Profile& profile, bool receipts)
      : profile_(profile), receipts_(receipts), aside_(base::text_of(profile.central()->note("aside"))) {}
  bool is_centre() const override { return true; }
  base::DeviceId id() const override { return profile_.keys().id; }
  uint64_t last_number() override { return profile_.vault().last_bundle_number(); }
  std::optional<uint64_t> own_number(ByteView bundle) override { return own_bundle(profile_, bundle); }
  std::vector<std::string> alarms() override { return std::move(alarms_); }

  void place_holds(const std::vector<exchange::RemoteFile>& files) override {
    for (const exchange::RemoteFile& file : files) there_.push_back({file.name, file.size});
  }

  // What another centre has not confirmed: wherever it came from, it may have come to this one alone.
  Result<std::vector<std::string>> files_to_send() override {
    auto forked = forked_chains();
    if (!forked) return base::pass(forked.error());
    auto hashes = profile_.central()->attachments_due(profile_.authority(), id(), *forked);
    if (!hashes) return base::pass(hashes.error());
    std::vector<std::string> out;
    for (const base::Hash& hash : *hashes) out.push_back(attachment_name(hash));
    return out;
  }
  Result<exchange::Source> file(const std::string& name) override {
    auto hash = base::Hash::from_hex(name.substr(4, 64));
    if (!hash) return base::pass(hash.error());
    auto file = profile_.central()->open_attachment(*hash);
    if (!file) return base::pass(file.error());
    return source_of(std::move(*file));
  }

  // What the opened revisions name and is not here.
  Result<std::vector<std::string>> files_wanted() override {
    auto merged = profile_.merged();
    if (!merged) return base::pass(merged.error());
    if (auto done = (*merged)->update(); !done) return base::pass(done.error());
    auto hashes = profile_.central()->attachments_wanted();
    if (!hashes) return base::pass(hashes.error());
    std::vector<std::string> out;
    for (const base::Hash& hash : *hashes) out.push_back(attachment_name(hash));
    return out;
  }
  Result<std::unique_ptr<exchange::Arriving>> take_file(const std::string& name) override {
    auto hash = base::Hash::from_hex(name.substr(4, 64));
    if (!hash) return base::pass(hash.error());
    auto one = profile_.central()->arriving(*hash);
    if (!one) return base::pass(one.error());
    return std::make_unique<Arriving>(std::move(*one));
  }

  Result<exchange::Leaving> next_bundle() override {
    if (!std::exchange(is_prepared_, true))
      if (auto done = prepare(); !done) return base::pass(done.error());
    for (Queue& queue : queues_) {
      auto left = std::span(queue.due).subspan(queue.sent);
      if (left.empty()) continue;
      size_t count = 0;
      for (uint64_t bytes = 0; count < left.size() && count < exchange::leaving_items; ++count) {
        bytes += static_cast<uint64_t>(left[count].size);
        if (count > 0 && bytes > exchange::leaving_bytes) break;
      }
      auto items = profile_.central()->items(left.first(count));
      if (!items) return base::pass(items.error());
      std::vector<exchange::Item> travelling;
      for (store::Item& item : *items)
        travelling.push_back({static_cast<exchange::ItemKind>(item.kind), std::move(item.bytes)});
      auto bundle = exchange::write_bundle(profile_.membership()->project, profile_.keys(),
                                           profile_.vault().next_bundle_number(), travelling);
      if (!bundle) return base::pass(bundle.error());
      going_ = &queue;
      going_count_ = count;
      return exchange::Leaving{queue.folder, std::move(*bundle)};
    }
    return exchange::Leaving();
  }

  Status handed_over(const exchange::RemoteFile& bundle) override {
    auto items = std::span(going_->due).subspan(going_->sent, going_count_);
    going_->sent += going_count_;
    return profile_.central()->handed_over({bundle.name, bundle.size}, items);
  }
  bool seen(const std::string& name) override {
    if (profile_.central()->imported(name)) return true;
    if (!aside_.has(name) || !aside_.is(name, state())) return false;
    alarms_.push_back(name + ": things in it still come from nobody this project knows; it is not read again.");
    return true;
  }

  Result<int> admit(const std::string& name, ByteView bytes) override {
    auto bundle = read_for(profile_, bytes);
    if (!bundle) return base::pass(bundle.error());
    std::vector<store::Item> items;
    for (exchange::Item& item : bundle->items)
      items.push_back({static_cast<store::ItemKind>(item.kind), std::move(item.bytes)});
    bool vouched = bundle->is_signed && known_signer(profile_, bytes);
    auto imported = profile_.central()->import(
        {name, vouched ? bundle->exporter : base::DeviceId{}, profile_.world().clock->now(), bytes.size()},
        items, profile_.membership()->project, profile_.membership()->root);
    if (!imported) return base::pass(imported.error());
    if (imported->refused > 0)
      alarms_.push_back(
          name + ": " + std::to_string(imported->refused) +
          " things in it come from nobody this project knows, and there is no room to keep them apart. "
          "Enrol that device, or look at what is set aside; then the bundle is read again.");
    if (imported->refused > 0) {
      aside_.put(name, state());
      if (auto done = profile_.central()->set_note("aside", base::view_of(aside_.text())); !done)
        return base::pass(done.error());
    }
    if (imported->statements > 0)
      if (auto done = profile_.refresh(); !done) return base::pass(done.error());
    if (imported->tombstones > 0)
      for (const store::Item& item : items)
        if (item.kind == store::ItemKind::tombstone)
          if (auto done = take_tombstone(profile_, item.bytes, Carrier::member); !done)
            return base::pass(done.error());
    return imported->fresh();
  }

 private:
  // How many words are known and how much is set aside: with more of those and less of this there may be room.
  std::string state() {
    auto words = profile_.central()->statements();
    auto apart = profile_.central()->quarantined();
    return words && apart ? std::to_string(words->size()) + " " + std::to_string(*apart) : "";
  }

  // Everything that is to be said is said before it is listed.
  Status prepare() {
    if (auto done = tend(profile_); !done) return done;
    if (auto done = tell_shredded(profile_); !done) return done;
    if (receipts_)
      if (auto done = back_up_and_confirm(profile_); !done) {
        if (done.error().fault != base::Fault::missing) return done;
        alarms_.push_back("No receipt was given: " + base::describe(done.error()));  // its disk is not plugged in
      }
    if (auto done = keep_own_chain(); !done) return done;
    auto words = profile_.central()->words_due(there_, id());
    auto forked = forked_chains();
    if (!words) return base::pass(words.error());
    if (!forked) return base::pass(forked.error());
    auto revisions = profile_.central()->revisions_due(there_, profile_.authority(), id(), *forked);
    if (!revisions) return base::pass(revisions.error());
    queues_ = {{"outbox", std::move(*words)}, {"centres", std::move(*revisions)}};
    return {};
  }

  // What this coordinator's own chain says of itself, and what is left of its withdrawn part, count here too.
  Status keep_own_chain() {
    std::vector<store::Item> own;
    std::vector<base::KeyId> closing;
    for (exchange::Item& head : heads_of(profile_, true, closing))
      own.push_back({store::ItemKind::head, std::move(head.bytes)});
    auto sealed = profile_.vault().outbox();
    if (!sealed) return base::pass(sealed.error());
    for (store::Sealed& one : *sealed)
      if (one.stub) own.push_back({store::ItemKind::stub, std::move(one.bytes)});
    if (own.empty()) return {};
    auto kept = profile_.central()->import({"", id(), profile_.world().clock->now()}, own,
                                           profile_.membership()->project, profile_.membership()->root);
    return kept ? note_closed(profile_, closing) : Status(base::pass(kept.error()));
  }

  Result<std::set<base::DeviceId>> forked_chains() {
    auto merged = profile_.merged();
    if (!merged) return base::pass(merged.error());
    if (auto done = (*merged)->update(); !done) return base::pass(done.error());
    std::set<base::DeviceId> out;
    for (const record::Fork& fork : (*merged)->merge().chains().forks()) out.insert(fork.device);
    return out;
  }

  struct Queue {
    std::string folder;
    std::vector<store::Due> due;
    size_t sent = 0;
  };
  Profile& profile_;
  bool receipts_, is_prepared_ = false;
  Aside aside_;
  std::vector<store::PlaceFile> there_;
  std::vector<Queue> queues_;
  Queue* going_ = nullptr;
  size_t going_count_ = 0;
  std::vector<std::string> alarms_;
};

std::unique_ptr<exchange::Replica> replica_of(Profile& profile, const SyncOptions& options) {
  if (profile.is_coordinator()) return std::make_unique<CentreReplica>(profile, options.receipts);
  return std::make_unique<DeviceReplica>(profile, options.again);
}

}  // namespace

std::string remembered_place(Profile& profile) {
  return profile.vault().setting("place");
}

base::Status remember_place(Profile& profile, const std::string& address) {
  std::string place = address;
  if (!place.empty() && place.find("://") == std::string::npos)
    place = std::filesystem::absolute(place).lexically_normal().string();
  return place == remembered_place(profile) ? base::Status() : profile.vault().set_setting("place", place);
}

exchange::SyncReport sync_with(Profile& profile, const std::string& address, const SyncOptions& options,
                               const exchange::StepProgress& progress) {
  exchange::SyncReport report;
  if (!profile.membership()) {
    report.outcome = base::fail(base::Fault::missing, profile.label(),
                                "This profile belongs to no project yet; enrol it first.");
    return report;
  }
  auto transport = transports::open_transport(address, options.transport);
  if (!transport) {
    report.outcome = base::pass(transport.error());
    return report;
  }
  auto replica = replica_of(profile, options);
  return exchange::sync(*replica, **transport, progress);
}

Status back_up_and_confirm(Profile& centre) {
  // What cannot be opened here may be damaged or lack an attachment: it is opened first.
  auto merged = centre.merged();
  if (!merged) return base::pass(merged.error());
  if (auto done = (*merged)->update(); !done) return done;
  std::filesystem::path backup = backup_place(centre);
  if (auto done = centre.central()->backup_to(backup, centre.world().clock->now()); !done) return done;
  // The receipt names what the backup itself holds, not what is in the working file.
  auto copy = store::Central::open(backup);
  if (!copy) return base::pass(copy.error());
  auto held = (*copy)->frontiers(centre.authority());
  if (!held) return base::pass(held.error());
  record::Statement receipt;
  receipt.type = record::StatementType::receipt;
  receipt.frontiers = std::move(*held);
  std::sort(receipt.frontiers.begin(), receipt.frontiers.end(),
            [](const record::Frontier& a, const record::Frontier& b) { return a.device < b.device; });
  for (const record::Statement& before : centre.authority().receipts()) {
    if (before.signer != centre.keys().id) continue;
    if (before.frontiers == receipt.frontiers) return {};
    receipt.replaces.push_back(before.id);
  }
  if (receipt.frontiers.empty()) return {};
  auto said = centre.say(std::move(receipt));
  return said ? Status() : Status(base::pass(said.error()));
}

Result<int> admit_bundle(Profile& profile, const std::string& name, ByteView bytes) {
  if (!profile.membership())
    return base::fail(base::Fault::missing, profile.label(),
                      "This profile belongs to no project yet; enrol it first.");
  return replica_of(profile, {})->admit(name, bytes);
}

}  // namespace app
