#include "collector/app/coordination.h"

#include <algorithm>

#include "collector/app/card.h"
#include "collector/app/central_file.h"
#include "collector/app/keyring.h"
#include "collector/app/project.h"
#include "collector/app/root.h"
#include "sync/record/enrolment.h"

namespace app {

using base::Bytes;
using base::Fault;
using base::Status;
using record::Statement;
using record::StatementType;

namespace {

Status say(Profile& coordinator, Statement s) {
  auto said = coordinator.say(std::move(s));
  return said ? Status() : Status(base::pass(said.error()));
}

// Where a key's chains end as this centre holds them: after each unbroken run of its revisions, so that one that is
// missing in the middle does not take the older ones along.
base::Result<Statement> end_of(Profile& coordinator, const base::DeviceId& who) {
  auto chains = coordinator.central()->chains(coordinator.authority());
  if (!chains) return base::pass(chains.error());
  Statement s;
  s.type = StatementType::revoke;
  s.subject = who;
  s.frontiers = chains->runs(who);
  auto all = coordinator.statements();
  if (!all) return base::pass(all.error());
  for (const Bytes& bytes : *all) {
    auto word = record::decode_statement(bytes);
    if (!word) continue;
    if (word->signer == who && word->sequence > s.number) {
      s.number = word->sequence;
      s.hash.bytes = word->id.bytes;
    }
    if (word->type == StatementType::revoke && word->subject == who) s.replaces.push_back(word->id);
  }
  return s;
}

}  // namespace

base::Result<base::DeviceId> find_member(const Profile& profile, const std::string& wanted) {
  std::vector<base::DeviceId> found;
  for (const record::Member& member : profile.authority().members())
    if (member.label == wanted || member.device.hex() == wanted ||
        (wanted.size() >= 8 && member.device.hex().rfind(wanted, 0) == 0))
      found.push_back(member.device);
  if (found.size() == 1) return found[0];
  if (found.empty())
    return base::fail(Fault::missing, wanted, "Nobody of this name or id belongs to the project.");
  return base::fail(Fault::conflict, wanted,
                    "Several are called so. Give the id that rihla project status shows.");
}

base::Result<Bytes> appoint(Profile& coordinator, base::ByteView request, const seal::Kit& kit) {
  if (auto may = coordinator.may_coordinate(); !may) return base::pass(may.error());
  auto e = record::parse_enrolment(request);
  if (!e) return base::pass(e.error());
  if (coordinator.authority().is_revoked(e->device))
    return base::fail(Fault::locked, e->label,
                      "This key was cut off, which is final. A new profile is needed.");
  Statement s;
  s.type = StatementType::appoint;
  s.subject = e->device;
  s.subject_sign = e->sign;
  s.subject_box = e->box;
  s.label = e->label;
  s.hash = e->id;
  if (auto done = say_as_root(coordinator, kit, std::move(s)); !done) return base::pass(done.error());
  if (auto done = share_read_keys(coordinator, e->box); !done) return base::pass(done.error());
  if (auto done = tend(coordinator); !done) return base::pass(done.error());  // slots of every epoch
  auto noted = note_in_log(coordinator, "appoint", e->label);
  if (!noted) return base::pass(noted.error());
  return admission_of(coordinator);
}

Status revoke_device(Profile& coordinator, const base::DeviceId& device) {
  if (auto may = coordinator.may_coordinate(); !may) return may;
  const record::Member* member = coordinator.authority().member(device);
  if (!member)
    return base::fail(Fault::missing, device.hex().substr(0, 8), "This device was never enrolled.");
  if (member->role == "coordinator")
    return base::fail(Fault::locked, member->label,
                      "Only the recovery kit's holders can cut off a coordinator.");
  if (coordinator.authority().is_revoked(device))
    return base::fail(Fault::conflict, member->label, "This device is cut off already.");
  std::string label = member->label;
  auto end = end_of(coordinator, device);
  if (!end) return base::pass(end.error());
  end->replaces.clear();
  if (auto done = say(coordinator, std::move(*end)); !done) return done;
  if (auto done = renew_read_key(coordinator); !done) return done;
  return note_in_log(coordinator, "revoke", label);
}

Status restate_end(Profile& coordinator, const base::DeviceId& device) {
  if (auto may = coordinator.may_coordinate(); !may) return may;
  const record::Member* member = coordinator.authority().member(device);
  if (!member || member->role == "coordinator" || !coordinator.authority().is_revoked(device))
    return base::fail(Fault::invalid, member ? member->label : device.hex().substr(0, 8),
                      "Only the end of a device that was cut off can be stated again.");
  std::string label = member->label;
  auto end = end_of(coordinator, device);
  if (!end) return base::pass(end.error());
  if (auto done = say(coordinator, std::move(*end)); !done) return done;
  return note_in_log(coordinator, "revoke", label + ", its end stated again");
}

Status revoke_coordinator(Profile& coordinator, const base::DeviceId& other, const seal::Kit& kit) {
  if (auto may = coordinator.may_coordinate(); !may) return may;
  const record::Member* member = coordinator.authority().member(other);
  if (!member || member->role != "coordinator")
    return base::fail(Fault::missing, other.hex().substr(0, 8), "This is no coordinator of the project.");
  if (other == coordinator.keys().id)
    return base::fail(Fault::invalid, member->label, "Another coordinator must cut this one off.");
  if (coordinator.authority().coordinators().size() <= 2)
    return base::fail(
        Fault::conflict, member->label,
        "One coordinator would be left, and nothing could be countersigned. Appoint another one first.");
  std::string label = member->label;
  auto end = end_of(coordinator, other);
  if (!end) return base::pass(end.error());
  if (auto done = say_as_root(coordinator, kit, std::move(*end)); !done) return done;
  if (auto done = renew_read_key(coordinator); !done) return done;
  if (auto opened = open_epoch(coordinator); !opened) return base::pass(opened.error());
  return note_in_log(coordinator, "revoke", "coordinator " + label);
}

Status declare_lost(Profile& coordinator, const base::DeviceId& device) {
  if (auto may = coordinator.may_coordinate(); !may) return may;
  if (!coordinator.authority().member(device))
    return base::fail(Fault::missing, device.hex().substr(0, 8), "This device was never enrolled.");
  auto chains = coordinator.central()->chains(coordinator.authority());
  if (!chains) return base::pass(chains.error());
  Statement s;
  s.type = StatementType::declare_lost;
  s.subject = device;
  s.frontiers = chains->runs(device);
  if (s.frontiers.size() > 1) s.frontiers.erase(s.frontiers.begin(), s.frontiers.end() - 1);
  if (auto done = say(coordinator, std::move(s)); !done) return done;
  return note_in_log(coordinator, "lost", coordinator.label_of(device));
}

Status set_policy(Profile& coordinator, const std::string& key, const std::string& value) {
  if (auto may = coordinator.may_coordinate(); !may) return may;
  if (auto fits = check_card_policy(key, value); !fits) return fits;
  Statement s;
  s.type = StatementType::policy;
  s.text = key;
  s.label = value;
  s.number = coordinator.authority().policy_edition(key) + 1;
  return say(coordinator, std::move(s));
}

Status set_clock_offset(Profile& coordinator, const base::DeviceId& device, int64_t ahead_ms) {
  if (auto may = coordinator.may_coordinate(); !may) return may;
  Statement s;
  s.type = StatementType::clock_offset;
  s.subject = device;
  s.number = static_cast<uint64_t>(ahead_ms);
  auto all = coordinator.statements();
  if (!all) return base::pass(all.error());
  for (const Bytes& bytes : *all)
    if (auto word = record::decode_statement(bytes);
        word && word->type == StatementType::clock_offset && word->subject == device)
      s.replaces.push_back(word->id);
  return say(coordinator, std::move(s));
}

}  // namespace app
