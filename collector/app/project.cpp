#include "collector/app/project.h"

#include "forms/base/utf8.h"
#include "sync/exchange/bundle.h"
#include "sync/record/enrolment.h"
#include "sync/record/view.h"
#include "sync/seal/package.h"

namespace app {
namespace {

using base::Bytes;
using base::Fault;
using base::Status;
using record::Slot;
using record::Statement;
using record::StatementType;

Slot slot_for(const seal::PublicBox& box, const seal::Key& secret) {
  Slot slot{seal::key_id_of(box), {}};
  Bytes sealed = seal::seal_to(box, secret.view());
  std::copy(sealed.begin(), sealed.end(), slot.sealed.begin());
  return slot;
}

// A new generation of the read key's slots, for every member there is.
Status share_read_key(Profile& coordinator, const seal::Key& key) {
  Statement s;
  s.type = StatementType::read_key;
  s.number = static_cast<uint64_t>(coordinator.authority().members().size());
  for (const record::Member& member : coordinator.authority().members())
    s.slots.push_back(slot_for(member.box, key));
  return coordinator.say(std::move(s));
}

Status open_epoch(std::vector<std::unique_ptr<Profile>>& coordinators, const seal::PublicBox& recovery) {
  Profile& first = *coordinators[0];
  seal::Key seed = seal::Key::from(*first.world().random);
  Statement s;
  s.type = StatementType::epoch_open;
  s.number = 1;
  s.subject_box = seal::BoxKeys::from_seed(seed).pub;
  for (const auto& coordinator : coordinators) s.slots.push_back(slot_for(coordinator->keys().box.pub, seed));
  s.slots.push_back(slot_for(recovery, seed));
  return first.say(std::move(s));
}

// What one coordinator said, the others hear at once while the project is founded.
Status spread(std::vector<std::unique_ptr<Profile>>& coordinators) {
  for (auto& from : coordinators) {
    auto all = from->statements();
    if (!all) return base::pass(all.error());
    for (auto& to : coordinators) {
      for (const Bytes& bytes : *all)
        if (auto done = to->central()->add_statement(bytes); !done) return done;
      if (auto done = to->refresh(); !done) return done;
    }
  }
  return {};
}

}  // namespace

base::Result<FoundedProject> new_project(const std::filesystem::path& workspace, const NewProject& wanted,
                                         World world) {
  if (wanted.coordinators.size() < 2)
    return base::fail(Fault::invalid, "project",
                      "A project needs two coordinators: one alone could lose every key at once.");
  FoundedProject out;
  seal::Key root_seed = seal::Key::from(*world.random);
  seal::DeviceKeys root = seal::DeviceKeys::from(root_seed);
  store::Membership membership;
  membership.project = base::ProjectId::from(*world.random);
  membership.name = wanted.name;
  membership.root = root.sign.pub;
  membership.demo = wanted.demo;
  membership.coordinator = true;
  std::vector<Bytes> statements;
  uint64_t sequence = 0;
  base::Hash previous;
  auto by_root = [&](Statement s) {
    s.project = membership.project;
    s.sequence = ++sequence;
    s.previous = previous;
    s.at = world.clock->now();
    statements.push_back(record::sign_statement(s, root));
    previous.bytes = s.id.bytes;
  };
  for (const NewProject::Person& person : wanted.coordinators) {
    auto profile = Profile::create(workspace, person.label, person.passphrase, world);
    if (!profile) return base::pass(profile.error());
    Statement s;
    s.type = StatementType::appoint;
    s.subject = (*profile)->keys().id;
    s.subject_sign = (*profile)->keys().sign.pub;
    s.subject_box = (*profile)->keys().box.pub;
    s.label = person.label;
    by_root(std::move(s));
    out.coordinators.push_back(std::move(*profile));
  }
  for (auto& coordinator : out.coordinators) {
    membership.request =
        seal::hash("sv1.enrol-id", record::make_enrolment(coordinator->label(), coordinator->keys()));
    if (auto done = coordinator->join(membership, statements); !done) return base::pass(done.error());
  }
  Profile& first = *out.coordinators[0];
  Statement name;
  name.type = StatementType::policy;
  name.text = "project.name";
  name.label = wanted.name;
  if (auto done = first.say(std::move(name)); !done) return base::pass(done.error());
  if (wanted.demo) {
    Statement demo;
    demo.type = StatementType::policy;
    demo.text = "project.demo";
    demo.label = "yes";
    if (auto done = first.say(std::move(demo)); !done) return base::pass(done.error());
  }
  if (auto done = open_epoch(out.coordinators, root.box.pub); !done) return base::pass(done.error());
  if (auto done = spread(out.coordinators); !done) return base::pass(done.error());
  // The second opens its slot and only then says so.
  Profile& second = *out.coordinators[1];
  const record::Epoch& epoch = second.authority().epochs().front();
  if (auto keys = second.epoch_keys(epoch); !keys) return base::pass(keys.error());
  Statement sign;
  sign.type = StatementType::countersign;
  sign.hash.bytes = epoch.by.bytes;
  sign.number = epoch.number;
  if (auto done = second.say(std::move(sign)); !done) return base::pass(done.error());
  if (auto done = spread(out.coordinators); !done) return base::pass(done.error());
  if (auto done = share_read_key(first, seal::Key::from(*world.random)); !done)
    return base::pass(done.error());
  if (auto done = spread(out.coordinators); !done) return base::pass(done.error());
  out.kit = "Rihla recovery kit\nproject: " + wanted.name + "\nproject id: " + membership.project.hex() +
            "\nroot seed: " + base::to_hex(root_seed.view()) +
            "\nWhoever has this sheet can appoint and remove coordinators and open every interview. Keep it "
            "apart, on paper.\n";
  return out;
}

Bytes enrolment_request(Profile& device) {
  return record::make_enrolment(device.label(), device.keys());
}

std::string spoken_check(base::ByteView request_or_admission) {
  auto request = record::parse_enrolment(request_or_admission);
  return record::spoken(request ? request->id : seal::hash("sv1.enrol-id", request_or_admission));
}

base::Result<Bytes> enrol(Profile& coordinator, base::ByteView request) {
  if (!coordinator.is_coordinator())
    return base::fail(Fault::locked, coordinator.label(), "Only a coordinator can enrol a device.");
  auto e = record::parse_enrolment(request);
  if (!e) return base::pass(e.error());
  if (!coordinator.authority().member(e->device)) {
    auto key = coordinator.read_key();
    if (!key) return base::pass(key.error());
    Statement s;
    s.type = StatementType::enrol;
    s.subject = e->device;
    s.subject_sign = e->sign;
    s.subject_box = e->box;
    s.label = e->label;
    s.role = "device";
    s.hash = e->id;
    if (auto done = coordinator.say(std::move(s)); !done) return base::pass(done.error());
    if (auto done = share_read_key(coordinator, *key); !done) return base::pass(done.error());
  }
  std::vector<exchange::Item> items;
  auto statements = coordinator.statements();
  if (!statements) return base::pass(statements.error());
  for (Bytes& bytes : *statements) items.push_back({exchange::ItemKind::statement, std::move(bytes)});
  if (auto packages = coordinator.central()->packages(); packages)
    for (Bytes& bytes : *packages) items.push_back({exchange::ItemKind::package, std::move(bytes)});
  return exchange::write_bundle(coordinator.membership()->project, coordinator.keys(),
                                coordinator.vault().next_bundle_number(), items);
}

Status join_project(Profile& device, base::ByteView admission) {
  auto bundle = exchange::read_bundle(admission);
  if (!bundle) return base::pass(bundle.error());
  std::vector<Bytes> statements;
  std::vector<Statement> decoded;
  store::Membership membership;
  bool has_root = false;
  for (const exchange::Item& item : bundle->items) {
    if (item.kind != exchange::ItemKind::statement) continue;
    auto s = record::decode_statement(item.bytes);
    if (!s) return base::pass(s.error());
    if (s->type == StatementType::appoint) {
      if (has_root && !(membership.root == s->signer_key))
        return base::fail(Fault::corrupt, "admission", "It names two roots; it is refused.");
      membership.root = s->signer_key;
      has_root = true;
    }
    if (s->type == StatementType::policy && s->text == "project.name") membership.name = s->label;
    if (s->type == StatementType::policy && s->text == "project.demo") membership.demo = s->label == "yes";
    decoded.push_back(*s);
    statements.push_back(item.bytes);
  }
  membership.project = bundle->project;
  if (!has_root)
    return base::fail(Fault::invalid, "admission",
                      "This bundle admits nobody. Ask the coordinator for this device's admission.");
  auto authority = record::Authority::from(membership.project, membership.root, decoded);
  if (!authority.member(device.keys().id))
    return base::fail(Fault::locked, "admission",
                      "This admission is for another device. Ask the coordinator to enrol this one.");
  membership.request = record::parse_enrolment(enrolment_request(device))->id;
  for (const exchange::Item& item : bundle->items) {
    if (item.kind != exchange::ItemKind::package) continue;
    auto id = seal::package_id(item.bytes);
    if (!id) return base::pass(id.error());
    if (auto done = device.vault().put_package(*id, item.bytes); !done) return done;
  }
  return device.join(membership, statements);
}

base::Result<bool> publish(Profile& coordinator, const FormFile& form) {
  if (!coordinator.is_coordinator())
    return base::fail(Fault::locked, coordinator.label(), "Only a coordinator can publish a form.");
  if (!form.read.survey)
    return base::fail(Fault::invalid, form.book.name,
                      "This form has errors; mend them before publishing it.");
  base::FormHash hash{};
  hash.bytes = seal::hash("sv1.form-hash", definition::canonical_bytes(*form.read.survey)).bytes;
  for (const record::PublishedForm& published : coordinator.forms())
    if (published.form_id == form.read.survey->form_id && published.hash == hash &&
        published.version == form.read.survey->version)
      return false;
  auto key = coordinator.read_key();
  if (!key) return base::pass(key.error());
  seal::Files files;
  for (const definition::Sheet& sheet : form.book.sheets) {
    std::string text = definition::write_csv(sheet);
    files[sheet.name + ".csv"] = Bytes(text.begin(), text.end());
  }
  // Only the lists the form names travel with it.
  for (const definition::ChoiceList& list : form.read.survey->lists)
    if (auto at = form.files.find(base::lower(list.name)); list.from_file && at != form.files.end())
      files["lists/" + at->first] = at->second;
  auto package = seal::seal_package(coordinator.membership()->project, files, *key, 1, coordinator.keys());
  if (!package) return base::pass(package.error());
  auto id = seal::package_id(*package);
  if (!id) return base::pass(id.error());
  if (auto done = coordinator.central()->add_package(*id, *package); !done) return base::pass(done.error());
  Statement s;
  s.type = StatementType::publish;
  s.text = form.read.survey->form_id;
  s.version = form.read.survey->version;
  s.hash.bytes = hash.bytes;
  s.package = *id;
  auto all = coordinator.statements();
  if (!all) return base::pass(all.error());
  for (const Bytes& bytes : *all)
    if (auto other = record::decode_statement(bytes);
        other && other->type == StatementType::publish && other->text == s.text)
      s.number = std::max(s.number, other->number);
  ++s.number;
  if (auto done = coordinator.say(std::move(s)); !done) return base::pass(done.error());
  return true;
}

base::Result<ProjectStatus> project_status(Profile& profile) {
  if (!profile.membership())
    return base::fail(Fault::missing, profile.label(), "This profile belongs to no project yet.");
  ProjectStatus out;
  out.name = profile.membership()->name;
  out.members = profile.authority().members();
  out.forms = profile.forms();
  if (auto epoch = profile.authority().current_epoch())
    out.epoch = std::to_string(epoch->number) + ", sealed to " + std::to_string(epoch->keyring.size()) +
                " keys, countersigned";
  if (store::Central* central = profile.central()) {
    auto envelopes = central->envelopes();
    if (!envelopes) return base::pass(envelopes.error());
    out.revisions = static_cast<int64_t>(envelopes->size());
    if (auto n = central->quarantined()) out.quarantined = *n;
    auto gaps = central->gaps();
    if (!gaps) return base::pass(gaps.error());
    for (const store::Gap& gap : *gaps)
      out.missing.push_back("device " + profile.label_of(gap.device) + ": " + std::to_string(gap.first) +
                            (gap.last > gap.first ? "–" + std::to_string(gap.last) : "") + " missing");
  }
  return out;
}

}  // namespace app
