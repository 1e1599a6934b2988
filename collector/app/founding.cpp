#include "collector/app/keyring.h"
#include "collector/app/project.h"
#include "sync/record/enrolment.h"

namespace app {

using base::Bytes;
using base::Fault;
using base::Status;
using record::Statement;
using record::StatementType;

namespace {

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

Status say_policy(Profile& coordinator, const std::string& key, const std::string& value) {
  Statement s;
  s.type = StatementType::policy;
  s.text = key;
  s.label = value;
  s.number = 1;
  auto said = coordinator.say(std::move(s));
  return said ? Status() : Status(base::pass(said.error()));
}

// The root's words, made once at the beginning: who the coordinators are, and what the kit opens with.
class RootWords {
 public:
  RootWords(const seal::Kit& kit, World world) : keys_(kit.root()), kit_(kit), world_(world) {}
  void appoint(Profile& who) {
    Statement s;
    s.type = StatementType::appoint;
    s.subject = who.keys().id;
    s.subject_sign = who.keys().sign.pub;
    s.subject_box = who.keys().box.pub;
    s.label = who.label();
    s.hash = record::parse_enrolment(enrolment_request(who))->id;
    say(std::move(s));
  }
  void recovery() {
    Statement s;
    s.type = StatementType::recovery;
    s.number = kit_.generation;
    s.subject_box = kit_.recovery().pub;
    say(std::move(s));
  }
  const std::vector<Bytes>& all() const { return all_; }

 private:
  void say(Statement s) {
    s.project = kit_.project;
    s.sequence = all_.size() + 1;
    s.previous = previous_;
    s.at = world_.clock->now();
    all_.push_back(record::sign_statement(s, keys_));
    previous_.bytes = s.id.bytes;
  }
  seal::DeviceKeys keys_;
  const seal::Kit& kit_;
  World world_;
  base::Hash previous_;
  std::vector<Bytes> all_;
};

// An epoch opened by the first and vouched for by the second, and the key that opens forms.
Status make_keys(std::vector<std::unique_ptr<Profile>>& coordinators) {
  for (auto& coordinator : coordinators)
    if (auto done = tend(*coordinator); !done) return done;  // a one-time key each
  if (auto done = spread(coordinators); !done) return done;
  auto opened = open_epoch(*coordinators[0]);
  if (!opened) return base::pass(opened.error());
  if (auto done = spread(coordinators); !done) return done;
  if (auto done = countersign(*coordinators[1], coordinators[1]->authority().epochs().front()); !done)
    return done;
  if (auto done = renew_read_key(*coordinators[0]); !done) return done;
  return spread(coordinators);
}

}  // namespace

base::Result<FoundedProject> new_project(const std::filesystem::path& workspace, const NewProject& wanted,
                                         World world) {
  if (wanted.coordinators.size() < 2)
    return base::fail(Fault::invalid, "project",
                      "A project needs two coordinators: one alone could lose every key at once.");
  FoundedProject out;
  seal::Kit kit = seal::Kit::from(base::ProjectId::from(*world.random), *world.random);
  store::Membership membership;
  membership.project = kit.project;
  membership.name = wanted.name;
  membership.root = kit.root().sign.pub;
  membership.demo = wanted.demo;
  membership.coordinator = true;
  RootWords root(kit, world);
  for (const NewProject::Person& person : wanted.coordinators) {
    auto profile = Profile::create(workspace, person.label, person.passphrase, world);
    if (!profile) return base::pass(profile.error());
    root.appoint(**profile);
    out.coordinators.push_back(std::move(*profile));
  }
  root.recovery();
  for (auto& coordinator : out.coordinators) {
    membership.request = record::parse_enrolment(enrolment_request(*coordinator))->id;
    if (auto done = coordinator->join(membership, root.all()); !done) return base::pass(done.error());
  }
  if (auto done = say_policy(*out.coordinators[0], "project.name", wanted.name); !done)
    return base::pass(done.error());
  if (wanted.demo)
    if (auto done = say_policy(*out.coordinators[0], "project.demo", "yes"); !done)
      return base::pass(done.error());
  if (auto done = make_keys(out.coordinators); !done) return base::pass(done.error());
  out.sheets = kit.sheets(wanted.name, *world.random);
  return out;
}

}  // namespace app
