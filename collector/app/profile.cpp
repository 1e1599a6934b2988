#include "collector/app/profile.h"

#include <algorithm>

#include "collector/app/kept.h"
#include "collector/app/merged.h"
#include "sync/seal/package.h"
#include "sync/store/central_place.h"

namespace app {

using base::Bytes;
using base::Fault;
using base::Status;
namespace fs = std::filesystem;

fs::path Profile::folder_of(const fs::path& workspace, const std::string& label) {
  return workspace / "profiles" / label;
}

std::vector<std::string> Profile::names(const fs::path& workspace) {
  std::vector<std::string> out;
  std::error_code error;
  fs::directory_iterator at(workspace / "profiles", error);
  for (; !error && at != fs::directory_iterator(); at.increment(error))
    if (store::Vault::is_vault(at->path())) out.push_back(at->path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

base::Result<std::unique_ptr<Profile>> Profile::create(const fs::path& workspace, const std::string& label,
                                                       std::string_view passphrase, World world) {
  bool plain = !label.empty() && label.size() <= 60 && label.front() != '.' &&
               label.find('/') == std::string::npos && label.find('\\') == std::string::npos;
  if (!plain)
    return base::fail(Fault::invalid, label, "This cannot be a profile's name: use letters and digits.");
  std::unique_ptr<Profile> profile(new Profile(folder_of(workspace, label), label, world));
  auto vault = store::Vault::create(profile->folder_, passphrase, world.cost, *world.random);
  if (!vault) return base::pass(vault.error());
  profile->vault_ = std::move(*vault);
  return profile;
}

base::Result<std::unique_ptr<Profile>> Profile::open(const fs::path& workspace, const std::string& label,
                                                     std::string_view passphrase, World world) {
  std::unique_ptr<Profile> profile(new Profile(folder_of(workspace, label), label, world));
  auto vault = store::Vault::open(profile->folder_, passphrase, world.clock->now());
  if (!vault) return base::pass(vault.error());
  profile->vault_ = std::move(*vault);
  if (auto done = profile->load(); !done) return base::pass(done.error());
  (void)drop_old(*profile);  // where it fails, another time
  return profile;
}

Profile::Profile(fs::path folder, std::string label, World world)
    : folder_(std::move(folder)), label_(std::move(label)), world_(world) {}
Profile::~Profile() = default;

Status Profile::may_coordinate() const {
  if (!is_coordinator())
    return base::fail(Fault::locked, label_, "Only a coordinator of this project can do this.");
  if (!authority_.is_coordinator(vault_->keys().id))
    return base::fail(Fault::locked, label_, "This coordinator was cut off; nothing new it says counts.");
  return {};
}

Status Profile::reopen_central() {
  forget_merged();
  central_.reset();
  if (auto done = load(); !done) return done;
  return store::clear_left(*vault_);
}

base::Result<Merged*> Profile::merged() {
  if (!merged_) {
    auto made = Merged::of(*this);
    if (!made) return base::pass(made.error());
    merged_ = std::move(*made);
  }
  return merged_.get();
}

void Profile::forget_merged() {
  merged_.reset();
}

Status Profile::load() {
  auto member = vault_->membership();
  if (!member) return base::pass(member.error());
  membership_ = *member;
  if (is_coordinator() && !central_) {
    fs::path file = store::central_path(*vault_, folder_);
    std::error_code gone;
    bool is_there = fs::file_size(file, gone) > 0 && !gone;
    // Never made anew: a dataset that is suddenly empty would look like one that always was.
    bool was_made = !vault_->setting("central.made").empty();
    if (!is_there && was_made)
      return base::fail(
          base::Fault::missing, file.string(),
          "The central file is not where it belongs, or it is empty. Put it back, or take a backup in its "
          "place: rihla central restore BACKUP.");
    auto central = store::Central::open(file);
    if (!central) return base::pass(central.error());
    central_ = std::move(*central);
    (void)store::clear_left(*vault_);  // of a move that was cut; where it fails, another time
    if (!was_made)
      if (auto done = vault_->set_setting("central.made", "yes"); !done) return done;
    // What this profile said and sealed itself is in its vault too: a central file from a backup gets it again.
    auto own = vault_->statements();
    if (!own) return base::pass(own.error());
    for (const Bytes& bytes : *own)
      if (auto done = central_->add_statement(bytes); !done) return done;
    auto sealed = vault_->outbox();
    if (!sealed) return base::pass(sealed.error());
    for (const store::Sealed& one : *sealed)
      if (!one.stub)
        if (auto done = central_->add_envelope(one.bytes); !done) return done;
  }
  return refresh();
}

base::Result<std::vector<Bytes>> Profile::statements() {
  return central_ ? central_->statements() : vault_->statements();
}

Status Profile::refresh() {
  if (!membership_) return {};
  auto all = statements();
  if (!all) return base::pass(all.error());
  std::vector<record::Statement> decoded;
  last_word_ = 0;
  last_word_id_ = {};
  for (const Bytes& bytes : *all) {
    auto s = record::decode_statement(bytes);
    if (!s) continue;
    if (s->signer == keys().id && s->sequence > last_word_) {
      last_word_ = s->sequence;
      last_word_id_ = s->id;
    }
    decoded.push_back(std::move(*s));
  }
  authority_ = record::Authority::from(membership_->project, membership_->root, decoded);
  return {};
}

Status Profile::join(const store::Membership& membership, const std::vector<Bytes>& statements) {
  if (auto done = vault_->set_membership(membership); !done) return done;
  if (auto done = load(); !done) return done;
  if (central_) {
    for (const Bytes& bytes : statements)
      if (auto done = central_->add_statement(bytes); !done) return done;
  } else if (auto done = vault_->put_statements(statements); !done) {
    return done;
  }
  return refresh();
}

std::string Profile::label_of(const base::DeviceId& device) const {
  const record::Member* member = authority_.member(device);
  return member && !member->label.empty() ? member->label : device.hex().substr(0, 8);
}

base::Result<record::Statement> Profile::say(record::Statement statement) {
  std::vector<record::Statement> one = {std::move(statement)};
  if (auto done = say_all(one); !done) return base::pass(done.error());
  return std::move(one[0]);
}

Status Profile::say_all(std::vector<record::Statement>& statements) {
  if (statements.empty()) return {};
  std::string kept = vault_->setting("said");
  base::Reader said(base::view_of(kept));
  uint64_t before = said.left() == 8 ? said.u64() : 0;
  if (before > last_word_)
    return base::fail(
        Fault::conflict, label_,
        "This profile was restored from an older copy: what it said since is not here, and a new word "
        "would contradict it. Sync; if that does not bring it back, make a new profile.");
  std::vector<Bytes> signed_words;
  uint64_t sequence = last_word_;
  base::Hash previous{last_word_id_.bytes};
  for (record::Statement& statement : statements) {
    statement.project = membership_->project;
    statement.at = world_.clock->now();
    statement.sequence = ++sequence;
    statement.previous = previous;
    signed_words.push_back(record::sign_statement(statement, keys()));
    previous.bytes = statement.id.bytes;
  }
  base::Writer now;
  now.u64(sequence);
  // The vault first: a word that is in a central file and was lost here would be said twice.
  auto done = vault_->put_statements(signed_words);
  if (done) done = vault_->set_setting("said", std::string(base::text_of(now.peek())));
  for (const Bytes& bytes : signed_words)
    if (done && central_) done = central_->add_statement(bytes);
  return done ? refresh() : done;
}

namespace {

base::Result<seal::BoxKeys> offer_keys(const std::string& seed) {
  if (seed.size() != 32) return base::fail(Fault::missing, "slot", "This key is not here, or was destroyed.");
  return seal::BoxKeys::from_seed(seal::Key(base::view_of(seed)));
}

}  // namespace

// The first of the slots that is sealed to this profile's own key, or to one it offered.
base::Result<Bytes> Profile::open_slot(const std::vector<record::Slot>& slots) const {
  base::KeyId own = seal::key_id_of(keys().box.pub);
  for (const record::Slot& slot : slots) {
    if (slot.key == own) {
      if (auto secret = seal::open_sealed(keys().box, slot.sealed); secret) return secret;
      continue;
    }
    std::string seed = vault_->setting("offer." + slot.key.hex());
    auto offered = offer_keys(seed);
    seal::wipe(seed);
    if (!offered) continue;
    if (auto secret = seal::open_sealed(*offered, slot.sealed); secret) return secret;
  }
  return base::fail(Fault::locked, "slot", "None of the slots is for this profile.");
}

base::Result<seal::PublicBox> Profile::new_offer() {
  seal::Key seed = seal::Key::from(*world_.random);
  seal::PublicBox pub = seal::BoxKeys::from_seed(seed).pub;
  std::string kept(base::text_of(seed.view()));
  auto done = vault_->set_setting("offer." + seal::key_id_of(pub).hex(), kept);
  seal::wipe(kept);
  if (!done) return base::pass(done.error());
  return pub;
}

Status Profile::destroy_offer(const base::KeyId& key) {
  return vault_->set_setting("offer." + key.hex(), "");  // deleted bytes are overwritten: STORE.md
}

bool Profile::has_offer(const base::KeyId& key) const {
  return vault_->setting("offer." + key.hex()).size() == 32;
}

std::vector<seal::Key> Profile::read_keys() const {
  std::vector<seal::Key> out;
  for (const record::ReadKey& key : authority_.read_keys())
    if (auto secret = open_slot(key.slots); secret && secret->size() == 32) {
      out.emplace_back(base::ByteView(*secret));
      seal::wipe(std::span<uint8_t>(*secret));
    }
  return out;
}

base::Result<seal::Key> Profile::read_key(uint64_t* generation) const {
  for (auto key = authority_.read_keys().rbegin(); key != authority_.read_keys().rend(); ++key) {
    auto secret = open_slot(key->slots);
    if (!secret || secret->size() != 32) continue;
    if (generation) *generation = key->generation;
    return seal::Key(base::ByteView(*secret));
  }
  return base::fail(Fault::locked, "read key",
                    "This device has no key to this project's forms yet. Sync again after it is enrolled.");
}

base::Result<seal::Key> Profile::epoch_secret(const record::Epoch& epoch) const {
  if (auto bytes = open_slot(epoch.keyring); bytes && bytes->size() == 32) {
    seal::Key seed{base::ByteView(*bytes)};
    seal::wipe(std::span<uint8_t>(*bytes));
    if (seal::BoxKeys::from_seed(seed).pub == epoch.key) return seed;
  }
  return base::fail(Fault::locked, "epoch", "This profile has no key to what was sealed in this time.");
}

base::Result<seal::BoxKeys> Profile::epoch_keys(const record::Epoch& epoch) const {
  auto seed = epoch_secret(epoch);
  if (!seed) return base::pass(seed.error());
  return seal::BoxKeys::from_seed(*seed);
}

base::Result<std::shared_ptr<const FormFile>> Profile::form(const base::Hash& package) {
  if (auto at = forms_.find(package); at != forms_.end()) return at->second;
  auto bytes = central_ ? central_->package(package) : vault_->package(package);
  if (!bytes) return base::pass(bytes.error());
  // The signer stands in clear at its place; the package's own signature is checked against the member's key.
  base::DeviceId signer = *base::DeviceId::from_bytes(base::ByteView(*bytes).subspan(24, 16));
  const record::Member* member = authority_.member(signer);
  if (!member)
    return base::fail(Fault::locked, "form", "It was published by somebody this project does not know.");
  std::vector<seal::Key> held = read_keys();
  base::Result<seal::Package> opened =
      base::fail(Fault::locked, "read key",
                 "This device has no key to this project's forms yet. Sync again after it is enrolled.");
  for (auto key = held.rbegin(); key != held.rend() && !opened; ++key)
    opened = seal::open_package(*bytes, *key, member->sign);
  if (!opened) return base::pass(opened.error());
  definition::Workbook book{"form", {}};
  definition::SideFiles files;
  for (const auto& [name, content] : opened->files) {
    if (name.rfind("lists/", 0) == 0) {
      files[name.substr(6)] = content;
      continue;
    }
    auto sheet = definition::read_csv(content, name.substr(0, name.rfind('.')));
    if (!sheet) return base::pass(sheet.error());
    book.sheets.push_back(std::move(*sheet));
  }
  auto form = std::make_shared<FormFile>(form_from_sheets(std::move(book), std::move(files)));
  if (!form->read.survey)
    return base::fail(
        Fault::invalid, "form",
        "The published form does not open: " +
            (form->read.diagnostics.empty() ? "" : definition::describe(form->read.diagnostics[0])));
  forms_[package] = form;
  return std::shared_ptr<const FormFile>(form);
}

std::shared_ptr<const FormFile> Profile::form_of(const base::FormHash& hash) {
  const record::PublishedForm* published = authority_.form(hash);
  if (!published) return nullptr;
  auto file = form(published->package);
  return file ? *file : nullptr;
}

}  // namespace app
