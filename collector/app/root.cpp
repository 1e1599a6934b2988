#include "collector/app/root.h"

#include <algorithm>

#include "collector/app/central_file.h"
#include "collector/app/coordination.h"
#include "collector/app/keyring.h"
#include "collector/app/project.h"
#include "sync/exchange/bundle.h"
#include "sync/record/enrolment.h"
#include "sync/store/central_place.h"

namespace app {

using base::Bytes;
using base::Fault;
using base::Status;
using record::Statement;
using record::StatementType;

Status belongs_to(const Profile& coordinator, const seal::Kit& kit) {
  if (coordinator.membership() && coordinator.membership()->project == kit.project &&
      coordinator.membership()->root == kit.root().sign.pub)
    return {};
  return base::fail(Fault::locked, "recovery kit", "These sheets belong to another project.");
}

Status say_as_root(Profile& coordinator, const seal::Kit& kit, Statement s) {
  if (auto good = belongs_to(coordinator, kit); !good) return good;
  seal::DeviceKeys root = kit.root();
  s.project = kit.project;
  s.at = coordinator.world().clock->now();
  s.sequence = 1;
  auto all = coordinator.statements();
  if (!all) return base::pass(all.error());
  for (const Bytes& bytes : *all) {
    auto word = record::decode_statement(bytes);
    if (!word || word->signer != root.id || word->sequence < s.sequence) continue;
    s.sequence = word->sequence + 1;
    s.previous.bytes = word->id.bytes;
  }
  Bytes bytes = record::sign_statement(s, root);
  auto done = coordinator.vault().put_statements({bytes});  // a central file from a backup gets it again
  if (done) done = coordinator.central()->add_statement(bytes);
  return done ? coordinator.refresh() : done;
}

// ---- the kit

namespace {

std::optional<seal::Key> secret_in(const std::vector<record::Slot>& slots, const seal::BoxKeys& recovery) {
  base::KeyId wanted = seal::key_id_of(recovery.pub);
  for (const record::Slot& slot : slots) {
    if (slot.key != wanted) continue;
    auto bytes = seal::open_sealed(recovery, slot.sealed);
    if (!bytes || bytes->size() != 32) continue;
    seal::Key out{base::ByteView(*bytes)};
    seal::wipe(std::span<uint8_t>(*bytes));
    return out;
  }
  return std::nullopt;
}

base::Result<seal::Key> secret_of(const record::Epoch& epoch, const seal::BoxKeys& recovery) {
  if (auto seed = secret_in(epoch.keyring, recovery);
      seed && seal::BoxKeys::from_seed(*seed).pub == epoch.key)
    return std::move(*seed);
  return base::fail(Fault::locked, "recovery kit",
                    "It does not open what was sealed in period " + std::to_string(epoch.number) + ".");
}

}  // namespace

Status drill_kit(Profile& coordinator, const seal::Kit& kit) {
  if (auto good = belongs_to(coordinator, kit); !good) return good;
  const record::Authority& authority = coordinator.authority();
  if (!authority.recovery() || !(kit.recovery().pub == *authority.recovery()))
    return base::fail(Fault::conflict, "recovery kit",
                      "These sheets are of kit " + std::to_string(kit.generation) +
                          "; the project's newest is kit " + std::to_string(authority.kit_generation()) +
                          ". Burn them and take the newest.");
  auto epoch = authority.current_epoch();
  if (!epoch)
    return base::fail(Fault::missing, "recovery kit", "There is nothing sealed yet that it could open.");
  if (auto secret = secret_of(*epoch, kit.recovery()); !secret) return base::pass(secret.error());
  base::Date today =
      base::local_date(coordinator.world().clock->now(), coordinator.world().clock->offset_minutes());
  if (auto done = coordinator.vault().set_setting("drilled", base::format_date(today)); !done) return done;
  return note_in_log(coordinator, "kit",
                     "tried: two sheets of kit " + std::to_string(kit.generation) + " open it");
}

base::Result<std::array<std::string, 3>> renew_kit(Profile& coordinator, const seal::Kit& kit) {
  if (auto good = belongs_to(coordinator, kit); !good) return base::pass(good.error());
  seal::Kit next = kit.next(*coordinator.world().random);
  next.generation = static_cast<uint16_t>(
      std::max<uint64_t>(next.generation, coordinator.authority().kit_generation() + 1));
  Statement s;
  s.type = StatementType::recovery;
  s.number = next.generation;
  s.subject_box = next.recovery().pub;
  if (auto done = say_as_root(coordinator, kit, std::move(s)); !done) return base::pass(done.error());
  // What lives on needs a slot for the new one, or nothing could be sealed any more.
  if (auto done = tend(coordinator); !done) return base::pass(done.error());
  if (auto done = coordinator.vault().set_setting("drilled", ""); !done) return base::pass(done.error());
  auto noted = note_in_log(coordinator, "kit", "renewed: kit " + std::to_string(next.generation));
  if (!noted) return base::pass(noted.error());
  return next.sheets(coordinator.membership()->name, *coordinator.world().random);
}

namespace {

bool is_bundle(const std::filesystem::path& file) {
  auto bytes = store::read_whole(file);
  return bytes && bytes->size() > 4 && base::text_of(base::ByteView(*bytes).first(4)) == "SVB1";
}

// What the project said, from a central file's backup or a centre's bundle.
base::Result<std::vector<Bytes>> statements_in(const std::filesystem::path& copy) {
  std::vector<Bytes> out;
  if (is_bundle(copy)) {
    auto bytes = read_file(copy, uint64_t{1} << 30);
    if (!bytes) return base::pass(bytes.error());
    auto bundle = exchange::read_bundle(*bytes);
    if (!bundle) return base::pass(bundle.error());
    for (exchange::Item& item : bundle->items)
      if (item.kind == exchange::ItemKind::statement) out.push_back(std::move(item.bytes));
    return out;
  }
  auto central = store::Central::open(copy);
  if (!central) return base::pass(central.error());
  return (*central)->statements();
}

}  // namespace

base::Result<std::unique_ptr<Profile>> recover_project(const std::filesystem::path& workspace,
                                                       const std::string& label, std::string_view passphrase,
                                                       World world, const seal::Kit& kit,
                                                       const std::filesystem::path& copy) {
  auto said = statements_in(copy);
  if (!said) return base::pass(said.error());
  std::vector<Statement> decoded;
  for (const Bytes& bytes : *said)
    if (auto s = record::decode_statement(bytes); s && s->project == kit.project)
      decoded.push_back(std::move(*s));
  seal::DeviceKeys root = kit.root();
  auto authority = record::Authority::from(kit.project, root.sign.pub, decoded);
  if (!authority.recovery())
    return base::fail(Fault::invalid, copy.string(),
                      "This copy is not of the project these sheets belong to, or holds none of its words.");
  auto profile = Profile::create(workspace, label, passphrase, world);
  if (!profile) return base::pass(profile.error());
  store::Membership membership;
  membership.project = kit.project;
  membership.name = authority.policy("project.name");
  membership.root = root.sign.pub;
  membership.demo = authority.policy("project.demo") == "yes";
  membership.coordinator = true;
  membership.request = record::parse_enrolment(enrolment_request(**profile))->id;
  // A central file goes on in the new coordinator's hands.
  bool is_central = !is_bundle(copy);
  if (is_central)
    if (auto done = store::restore_central(copy, (*profile)->folder() / "central.db", world.clock->now(), {}); !done)
      return base::pass(done.error());
  if (auto done = (*profile)->join(membership, *said); !done) return base::pass(done.error());
  if (is_central)
    if (auto done = (*profile)->central()->begin_anew(); !done) return base::pass(done.error());
  Statement s;
  s.type = StatementType::appoint;
  s.subject = (*profile)->keys().id;
  s.subject_sign = (*profile)->keys().sign.pub;
  s.subject_box = (*profile)->keys().box.pub;
  s.label = label;
  s.hash = membership.request;
  if (auto done = say_as_root(**profile, kit, std::move(s)); !done) return base::pass(done.error());
  // Every epoch that the kit opens: a slot for the new coordinator, who may now say so.
  std::vector<record::Epoch> epochs = (*profile)->authority().epochs();
  for (const record::Epoch& epoch : epochs) {
    auto secret = secret_of(epoch, kit.recovery());
    if (!secret) continue;  // destroyed, or sealed to an older kit
    Statement more;
    more.type = StatementType::rewrap;
    more.hash.bytes = epoch.by.bytes;
    more.number = epoch.number;
    more.slots = {slot_for((*profile)->keys().box.pub, *secret)};
    if (auto word = (*profile)->say(std::move(more)); !word) return base::pass(word.error());
  }
  for (const record::ReadKey& key : authority.read_keys()) {
    auto secret = secret_in(key.slots, kit.recovery());
    if (!secret) continue;
    Statement more;
    more.type = StatementType::read_key;
    more.number = key.generation;
    more.hash = key.mark;
    more.slots = {slot_for((*profile)->keys().box.pub, *secret)};
    if (auto word = (*profile)->say(std::move(more)); !word) return base::pass(word.error());
  }
  auto noted = note_in_log(**profile, "kit", "project recovered from the kit");
  if (!noted) return base::pass(noted.error());
  return std::move(*profile);
}

}  // namespace app
