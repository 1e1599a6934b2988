#include "collector/app/replicas.h"

#include <algorithm>

#include "collector/app/keyring.h"
#include "collector/app/merged.h"
#include "collector/app/withdrawals.h"
#include "sync/seal/head.h"
#include "sync/seal/package.h"
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

class DeviceReplica : public exchange::Replica {
 public:
  DeviceReplica(Profile& profile, bool again) : profile_(profile), again_(again) {}
  bool is_centre() const override { return false; }
  base::DeviceId id() const override { return profile_.keys().id; }
  uint64_t last_number() override { return profile_.vault().last_bundle_number(); }
  std::optional<uint64_t> own_number(ByteView bundle) override { return own_bundle(profile_, bundle); }
  std::vector<std::string> alarms() override { return std::move(alarms_); }

  Result<std::vector<std::string>> files_to_send() override {
    auto media = profile_.vault().media_outbox();
    if (!media) return base::pass(media.error());
    std::vector<std::string> out;
    for (store::SealedMedia& one : *media) {
      if (!again_ && one.delivery != store::Delivery::on_laptop) continue;
      std::string name = attachment_name(one.hash);
      out.push_back(name);
      media_[name] = std::move(one);
    }
    return out;
  }
  Result<Bytes> file(const std::string& name) override { return store::read_whole(media_.at(name).file); }
  Status file_handed_over(const std::string& name) override {
    return profile_.vault().mark_media({media_.at(name).id}, store::Delivery::handed_over);
  }

  Result<Bytes> next_bundle() override {
    if (sent_) return Bytes();
    auto outbox = profile_.vault().outbox();
    if (!outbox) return base::pass(outbox.error());
    std::vector<exchange::Item> items;
    for (store::Sealed& sealed : *outbox) {
      if (!again_ && sealed.delivery != store::Delivery::on_laptop) continue;
      going_.push_back(sealed.id);
      items.push_back(
          {sealed.stub ? exchange::ItemKind::stub : exchange::ItemKind::revision, std::move(sealed.bytes)});
    }
    for (exchange::Item& head : heads_of(profile_, !items.empty(), closing_))
      items.push_back(std::move(head));
    for (Bytes& tombstone : tombstones_to_send(profile_))
      items.push_back({exchange::ItemKind::tombstone, std::move(tombstone)});
    if (items.empty()) return Bytes();
    return exchange::write_bundle(profile_.membership()->project, profile_.keys(),
                                  profile_.vault().next_bundle_number(), items);
  }

  Status handed_over(ByteView) override {
    sent_ = true;
    if (auto done = note_closed(profile_, closing_); !done) return done;
    if (auto done = tombstones_sent(profile_); !done) return done;
    return profile_.vault().mark(going_, store::Delivery::handed_over);
  }

  bool seen(const std::string& name) override { return profile_.vault().seen(name); }

  Result<int> admit(const std::string& name, ByteView bytes) override {
    auto bundle = read_for(profile_, bytes);
    if (!bundle) return base::pass(bundle.error());
    std::vector<Bytes> statements;
    int items = 0;
    for (const exchange::Item& item : bundle->items) {
      Status done;
      if (item.kind == exchange::ItemKind::statement) statements.push_back(item.bytes);
      if (item.kind == exchange::ItemKind::tombstone) done = take_tombstone(profile_, item.bytes, carrier_of(profile_, *bundle));
      if (item.kind == exchange::ItemKind::package) {
        auto id = seal::package_id(item.bytes);
        if (!id) return base::pass(id.error());
        done = profile_.vault().put_package(*id, item.bytes);
        ++items;
      }
      if (!done) return base::pass(done.error());
    }
    items += static_cast<int>(statements.size());
    if (auto done = profile_.vault().put_statements(statements); !done) return base::pass(done.error());
    if (auto done = profile_.refresh(); !done) return base::pass(done.error());
    if (auto done = take_receipts(); !done) return base::pass(done.error());
    if (auto done = profile_.vault().mark_seen(name); !done) return base::pass(done.error());
    return items;
  }

 private:
  // A receipt counts while the coordinator who signed it does, for what is in this device's own chain.
  Status take_receipts() {
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
    return {};
  }

  void alarm(const char* sentence) {
    if (std::find(alarms_.begin(), alarms_.end(), sentence) == alarms_.end()) alarms_.emplace_back(sentence);
  }

  Profile& profile_;
  bool again_, sent_ = false;
  std::vector<base::RevisionId> going_;
  std::vector<base::KeyId> closing_;
  std::map<std::string, store::SealedMedia> media_;
  std::vector<std::string> alarms_;
};

class CentreReplica : public exchange::Replica {
 public:
  CentreReplica(Profile& profile, bool receipts, std::string place)
      : profile_(profile), receipts_(receipts), place_(std::move(place)) {}
  bool is_centre() const override { return true; }
  base::DeviceId id() const override { return profile_.keys().id; }
  uint64_t last_number() override { return profile_.vault().last_bundle_number(); }
  std::optional<uint64_t> own_number(ByteView bundle) override { return own_bundle(profile_, bundle); }
  std::vector<std::string> alarms() override { return std::move(alarms_); }

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
  Status take_file(const std::string& name, ByteView bytes) override {
    auto hash = base::Hash::from_hex(name.substr(4, 64));
    if (!hash) return base::pass(hash.error());
    return profile_.central()->put_attachment(*hash, bytes);
  }

  Result<Bytes> next_bundle() override {
    if (done_) return Bytes();
    done_ = true;
    if (auto done = tend(profile_); !done) return base::pass(done.error());
    if (auto done = tell_shredded(profile_); !done) return base::pass(done.error());
    if (receipts_)
      if (auto done = back_up_and_confirm(profile_); !done) return base::pass(done.error());
    auto items = profile_.central()->unsent(place_);
    if (!items) return base::pass(items.error());
    auto own = profile_.vault().outbox();
    if (!own) return base::pass(own.error());
    size_t before = items->size();
    for (store::Sealed& sealed : *own) {
      store::Item one{sealed.stub ? store::ItemKind::stub : store::ItemKind::revision,
                      std::move(sealed.bytes)};
      if (!profile_.central()->was_sent(place_, one)) items->push_back(std::move(one));
    }
    for (exchange::Item& head : heads_of(profile_, items->size() > before, closing_))
      items->push_back({store::ItemKind::head, std::move(head.bytes)});
    if (items->empty()) return Bytes();
    // The own last words count here too.
    std::vector<store::Item> heads;
    for (const store::Item& item : *items)
      if (item.kind == store::ItemKind::head) heads.push_back(item);
    if (!heads.empty()) {
      auto kept = profile_.central()->import({"", id(), profile_.world().clock->now()}, heads,
                                             profile_.membership()->project, profile_.membership()->root);
      if (!kept) return base::pass(kept.error());
    }
    going_ = std::move(*items);
    std::vector<exchange::Item> travelling;
    for (const store::Item& item : going_)
      travelling.push_back({static_cast<exchange::ItemKind>(item.kind), item.bytes});
    return exchange::write_bundle(profile_.membership()->project, profile_.keys(),
                                  profile_.vault().next_bundle_number(), travelling);
  }

  Status handed_over(ByteView) override {
    if (auto done = note_closed(profile_, closing_); !done) return done;
    return profile_.central()->mark_sent(place_, going_);
  }
  bool seen(const std::string& name) override { return profile_.central()->imported(name); }

  Result<int> admit(const std::string& name, ByteView bytes) override {
    auto bundle = read_for(profile_, bytes);
    if (!bundle) return base::pass(bundle.error());
    std::vector<store::Item> items;
    for (exchange::Item& item : bundle->items)
      items.push_back({static_cast<store::ItemKind>(item.kind), std::move(item.bytes)});
    bool vouched = bundle->is_signed && known_signer(profile_, bytes);
    auto imported = profile_.central()->import(
        {name, vouched ? bundle->exporter : base::DeviceId{}, profile_.world().clock->now()}, items,
        profile_.membership()->project, profile_.membership()->root);
    if (!imported) return base::pass(imported.error());
    if (imported->refused > 0)
      alarms_.push_back(
          name + ": " + std::to_string(imported->refused) +
          " things in it come from nobody this project knows, and there is no room to keep them apart. "
          "Enrol that device, or look at the quarantine; the bundle is read again at the next sync.");
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
  Profile& profile_;
  bool receipts_, done_ = false;
  std::string place_;
  std::vector<store::Item> going_;
  std::vector<base::KeyId> closing_;
  std::vector<std::string> alarms_;
};

std::unique_ptr<exchange::Replica> replica_of(Profile& profile, const SyncOptions& options,
                                              const std::string& place) {
  if (profile.is_coordinator()) return std::make_unique<CentreReplica>(profile, options.receipts, place);
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
  auto replica = replica_of(profile, options, address);
  return exchange::sync(*replica, **transport, progress);
}

Status back_up_and_confirm(Profile& centre) {
  // What cannot be opened here may be damaged or lack an attachment: it is opened first.
  auto merged = centre.merged();
  if (!merged) return base::pass(merged.error());
  if (auto done = (*merged)->update(); !done) return done;
  std::filesystem::path backup = centre.folder() / "backup.db";
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
  return replica_of(profile, {}, "")->admit(name, bytes);
}

}  // namespace app
