#include "collector/app/replicas.h"

#include <algorithm>
#include <set>

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

Result<exchange::Bundle> read_for(const Profile& profile, ByteView bytes) {
  auto bundle = exchange::read_bundle(bytes, known_signer(profile, bytes));
  if (bundle && bundle->project != profile.membership()->project)
    return base::fail(base::Fault::invalid, "bundle",
                      "It belongs to another project; it is left where it is.");
  return bundle;
}

class DeviceReplica : public exchange::Replica {
 public:
  DeviceReplica(Profile& profile, bool again) : profile_(profile), again_(again) {}
  bool is_centre() const override { return false; }
  base::DeviceId id() const override { return profile_.keys().id; }

  Result<Bytes> next_bundle() override {
    if (sent_) return Bytes();
    auto outbox = profile_.vault().outbox();
    if (!outbox) return base::pass(outbox.error());
    std::vector<exchange::Item> items;
    for (store::Sealed& sealed : *outbox) {
      if (!again_ && sealed.delivery != store::Delivery::on_laptop) continue;
      going_.push_back(sealed.id);
      items.push_back({exchange::ItemKind::revision, std::move(sealed.bytes)});
    }
    if (items.empty()) return Bytes();
    return exchange::write_bundle(profile_.membership()->project, profile_.keys(),
                                  profile_.vault().next_bundle_number(), items);
  }

  Status handed_over(ByteView) override {
    sent_ = true;
    return profile_.vault().mark(going_, store::Delivery::handed_over);
  }

  bool seen(const std::string& name) override { return profile_.vault().seen(name); }

  Result<int> admit(const std::string& name, ByteView bytes) override {
    auto bundle = read_for(profile_, bytes);
    if (!bundle) return base::pass(bundle.error());
    std::vector<Bytes> statements;
    int items = 0;
    for (const exchange::Item& item : bundle->items) {
      if (item.kind == exchange::ItemKind::statement) statements.push_back(item.bytes);
      if (item.kind != exchange::ItemKind::package) continue;
      auto id = seal::package_id(item.bytes);
      if (!id) return base::pass(id.error());
      if (auto done = profile_.vault().put_package(*id, item.bytes); !done) return base::pass(done.error());
      ++items;
    }
    items += static_cast<int>(statements.size());
    if (auto done = profile_.vault().put_statements(statements); !done) return base::pass(done.error());
    if (auto done = profile_.refresh(); !done) return base::pass(done.error());
    // A receipt counts when a coordinator signed it and it names this device's own chain.
    for (const record::Statement& receipt : profile_.authority().receipts())
      for (const record::Frontier& frontier : receipt.frontiers)
        if (frontier.device == profile_.keys().id && frontier.sequence > 0)
          if (auto done = profile_.vault().apply_receipt(frontier.sequence, frontier.revision); !done)
            return base::pass(done.error());
    if (auto done = profile_.vault().mark_seen(name); !done) return base::pass(done.error());
    return items;
  }

 private:
  Profile& profile_;
  bool again_, sent_ = false;
  std::vector<base::RevisionId> going_;
};

class CentreReplica : public exchange::Replica {
 public:
  explicit CentreReplica(Profile& profile, bool receipts) : profile_(profile), receipts_(receipts) {}
  bool is_centre() const override { return true; }
  base::DeviceId id() const override { return profile_.keys().id; }

  Result<Bytes> next_bundle() override {
    if (done_) return Bytes();
    done_ = true;
    if (receipts_)
      if (auto done = back_up_and_confirm(profile_); !done) return base::pass(done.error());
    Bytes known = profile_.central()->note("sent");
    std::set<Bytes> sent;
    for (size_t at = 0; at + 32 <= known.size(); at += 32)
      sent.emplace(known.begin() + static_cast<long>(at), known.begin() + static_cast<long>(at) + 32);
    sent_now_ = known;
    std::vector<exchange::Item> items;
    auto add = [&](exchange::ItemKind kind, Bytes bytes) {
      base::Hash id = seal::hash("sv1.sent", bytes);
      Bytes key(id.bytes.begin(), id.bytes.end());
      if (!sent.insert(key).second) return;
      sent_now_.insert(sent_now_.end(), key.begin(), key.end());
      items.push_back({kind, std::move(bytes)});
    };
    auto statements = profile_.central()->statements();
    if (!statements) return base::pass(statements.error());
    for (Bytes& bytes : *statements) add(exchange::ItemKind::statement, std::move(bytes));
    if (auto packages = profile_.central()->packages(); packages)
      for (Bytes& bytes : *packages) add(exchange::ItemKind::package, std::move(bytes));
    if (auto tombstones = profile_.central()->tombstones(); tombstones)
      for (Bytes& bytes : *tombstones) add(exchange::ItemKind::tombstone, std::move(bytes));
    auto own = profile_.vault().outbox();
    if (!own) return base::pass(own.error());
    for (store::Sealed& sealed : *own) add(exchange::ItemKind::revision, std::move(sealed.bytes));
    if (items.empty()) return Bytes();
    return exchange::write_bundle(profile_.membership()->project, profile_.keys(),
                                  profile_.vault().next_bundle_number(), items);
  }

  Status handed_over(ByteView) override { return profile_.central()->set_note("sent", sent_now_); }
  bool seen(const std::string& name) override { return profile_.central()->imported(name); }

  Result<int> admit(const std::string& name, ByteView bytes) override {
    auto bundle = read_for(profile_, bytes);
    if (!bundle) return base::pass(bundle.error());
    std::vector<store::Item> items;
    for (exchange::Item& item : bundle->items)
      items.push_back({static_cast<store::ItemKind>(item.kind), std::move(item.bytes)});
    auto imported =
        profile_.central()->import(name, items, profile_.membership()->project, profile_.membership()->root);
    if (!imported) return base::pass(imported.error());
    if (imported->statements > 0)
      if (auto done = profile_.refresh(); !done) return base::pass(done.error());
    return imported->revisions + imported->statements + imported->packages + imported->tombstones;
  }

 private:
  Profile& profile_;
  bool receipts_, done_ = false;
  Bytes sent_now_;
};

std::unique_ptr<exchange::Replica> replica_of(Profile& profile, const SyncOptions& options) {
  if (profile.is_coordinator()) return std::make_unique<CentreReplica>(profile, options.receipts);
  return std::make_unique<DeviceReplica>(profile, options.again);
}

}  // namespace

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
  auto before = centre.central()->frontiers();
  if (!before) return base::pass(before.error());
  if (auto done = centre.central()->backup_to(centre.folder() / "backup.db"); !done) return done;
  // The receipt names what the backup itself holds, not what is in the working file.
  auto copy = store::Central::open(centre.folder() / "backup.db");
  if (!copy) return base::pass(copy.error());
  auto held = (*copy)->frontiers();
  if (!held) return base::pass(held.error());
  record::Statement receipt;
  receipt.type = record::StatementType::receipt;
  for (const auto& [device, frontier] : *held)
    if (frontier.first > 0) receipt.frontiers.push_back({device, frontier.first, frontier.second});
  base::Writer shape;
  for (const auto& f : receipt.frontiers) {
    shape.bytes(f.device.bytes);
    shape.u64(f.sequence);
  }
  if (receipt.frontiers.empty() || centre.central()->note("receipt") == shape.peek()) return {};
  if (auto said = centre.say(std::move(receipt)); !said) return base::pass(said.error());
  return centre.central()->set_note("receipt", shape.peek());
}

Result<int> admit_bundle(Profile& profile, const std::string& name, ByteView bytes) {
  if (!profile.membership())
    return base::fail(base::Fault::missing, profile.label(),
                      "This profile belongs to no project yet; enrol it first.");
  return replica_of(profile, {})->admit(name, bytes);
}

}  // namespace app
