#include "collector/app/project.h"

#include <set>

#include "collector/app/alarms.h"
#include "collector/app/keyring.h"
#include "sync/exchange/bundle.h"
#include "sync/record/enrolment.h"
#include "sync/record/view.h"
#include "sync/seal/package.h"

namespace app {

using base::Bytes;
using base::Fault;
using base::Status;
using record::Statement;
using record::StatementType;

Bytes enrolment_request(Profile& device) {
  return record::make_enrolment(device.label(), device.keys());
}

std::string spoken_check(base::ByteView request_or_admission) {
  auto request = record::parse_enrolment(request_or_admission);
  return record::spoken(request ? request->id : seal::hash("sv1.enrol-id", request_or_admission));
}

base::Result<Bytes> admission_of(Profile& coordinator) {
  if (auto may = coordinator.may_coordinate(); !may) return base::pass(may.error());
  std::vector<exchange::Item> items;
  auto statements = coordinator.statements();
  if (!statements) return base::pass(statements.error());
  for (Bytes& bytes : *statements) items.push_back({exchange::ItemKind::statement, std::move(bytes)});
  if (auto packages = coordinator.central()->packages(); packages)
    for (Bytes& bytes : *packages) items.push_back({exchange::ItemKind::package, std::move(bytes)});
  return exchange::write_bundle(coordinator.membership()->project, coordinator.keys(),
                                coordinator.vault().next_bundle_number(), items);
}

base::Result<Bytes> enrol(Profile& coordinator, base::ByteView request, const std::string& site) {
  if (auto may = coordinator.may_coordinate(); !may) return base::pass(may.error());
  auto e = record::parse_enrolment(request);
  if (!e) return base::pass(e.error());
  if (coordinator.authority().is_revoked(e->device))
    return base::fail(Fault::locked, e->label,
                      "This key was cut off, which is final. The device comes back with a new profile.");
  const record::Member* member = coordinator.authority().member(e->device);
  // Enrolled by somebody who was cut off since: enrolled again by us.
  if (!member || (member->role == "device" && coordinator.authority().is_revoked(member->enrolled_by))) {
    Statement s;
    s.type = StatementType::enrol;
    s.subject = e->device;
    s.subject_sign = e->sign;
    s.subject_box = e->box;
    s.label = e->label;
    s.role = "device";
    s.text = site;
    s.hash = e->id;
    if (auto said = coordinator.say(std::move(s)); !said) return base::pass(said.error());
    if (auto done = share_read_keys(coordinator, e->box); !done) return base::pass(done.error());
  }
  return admission_of(coordinator);
}

namespace {

// Whose project it is: of those who call themselves the root, the one under whom the maker of this bundle is
// a coordinator and this device a member.
base::Result<record::Authority> authority_of(const exchange::Bundle& bundle,
                                             const std::vector<Statement>& said, const base::DeviceId& self,
                                             seal::PublicSign& root) {
  std::optional<record::Authority> found;
  std::set<seal::PublicSign> roots;
  for (const Statement& s : said)
    if (s.type == StatementType::recovery) roots.insert(s.signer_key);
  bool known = false;
  for (const seal::PublicSign& one : roots) {
    auto authority = record::Authority::from(bundle.project, one, said);
    if (!authority.is_coordinator(bundle.exporter)) continue;
    known = true;
    if (!authority.member(self)) continue;
    if (found) return base::fail(Fault::corrupt, "admission", "It names two roots; it is refused.");
    found = std::move(authority);
    root = one;
  }
  if (found) return std::move(*found);
  if (known)
    return base::fail(Fault::locked, "admission",
                      "This admission is for another device. Ask the coordinator to enrol this one.");
  return base::fail(Fault::invalid, "admission",
                    "This bundle admits nobody. Ask the coordinator for this device's admission.");
}

}  // namespace

Status join_project(Profile& device, base::ByteView admission) {
  auto bundle = exchange::read_bundle(admission);
  if (!bundle) return base::pass(bundle.error());
  std::vector<Bytes> statements;
  std::vector<Statement> decoded;
  for (const exchange::Item& item : bundle->items) {
    if (item.kind != exchange::ItemKind::statement) continue;
    auto s = record::decode_statement(item.bytes);
    if (!s) return base::pass(s.error());
    decoded.push_back(*s);
    statements.push_back(item.bytes);
  }
  store::Membership membership;
  membership.project = bundle->project;
  auto authority = authority_of(*bundle, decoded, device.keys().id, membership.root);
  if (!authority) return base::pass(authority.error());
  if (device.membership() &&
      (device.membership()->project != membership.project || !(device.membership()->root == membership.root)))
    return base::fail(Fault::conflict, device.label(),
                      "This profile belongs to another project already. Make another profile for this one.");
  membership.name = authority->policy("project.name");
  membership.demo = authority->policy("project.demo") == "yes";
  membership.coordinator = authority->is_coordinator(device.keys().id);
  membership.request = record::parse_enrolment(enrolment_request(device))->id;
  if (auto done = device.join(membership, statements); !done) return done;
  for (const exchange::Item& item : bundle->items) {
    if (item.kind != exchange::ItemKind::package) continue;
    auto id = seal::package_id(item.bytes);
    if (!id) return base::pass(id.error());
    auto done = device.central() ? device.central()->add_package(*id, item.bytes)
                                 : device.vault().put_package(*id, item.bytes);
    if (!done) return done;
  }
  return {};
}

base::Result<ProjectStatus> project_status(Profile& profile) {
  if (!profile.membership())
    return base::fail(Fault::missing, profile.label(), "This profile belongs to no project yet.");
  const record::Authority& authority = profile.authority();
  ProjectStatus out;
  out.name = profile.membership()->name;
  out.members = authority.members();
  out.forms = profile.forms();
  out.kit_generation = authority.kit_generation();
  out.drilled = profile.vault().setting("drilled");
  if (auto epoch = authority.current_epoch())
    out.epoch = std::to_string(epoch->number) + ", sealed to " + std::to_string(epoch->keyring.size()) +
                " keys, countersigned";
  if (store::Central* central = profile.central()) {
    auto revisions = central->revisions();
    if (!revisions) return base::pass(revisions.error());
    out.revisions = *revisions;
    if (auto n = central->quarantined()) out.quarantined = *n;
    auto alarms = alarms_of(profile);
    if (!alarms) return base::pass(alarms.error());
    out.missing = std::move(alarms->missing);
    out.warnings = std::move(alarms->warnings);
  }
  return out;
}

}  // namespace app
