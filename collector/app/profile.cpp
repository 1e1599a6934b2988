#include "collector/app/profile.h"

#include <algorithm>

#include "sync/seal/package.h"

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
  return profile;
}

Status Profile::load() {
  auto member = vault_->membership();
  if (!member) return base::pass(member.error());
  membership_ = *member;
  if (is_coordinator() && !central_) {
    auto central = store::Central::open(folder_ / "central.db");
    if (!central) return base::pass(central.error());
    central_ = std::move(*central);
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
  for (const Bytes& bytes : *all)
    if (auto s = record::decode_statement(bytes); s) decoded.push_back(std::move(*s));
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

Status Profile::say(record::Statement statement) {
  statement.project = membership_->project;
  statement.at = world_.clock->now();
  auto all = statements();
  if (!all) return base::pass(all.error());
  statement.sequence = 1;
  for (const Bytes& bytes : *all) {
    auto s = record::decode_statement(bytes);
    if (!s || s->signer != keys().id || s->sequence < statement.sequence) continue;
    statement.sequence = s->sequence + 1;
    statement.previous.bytes = s->id.bytes;
  }
  Bytes bytes = record::sign_statement(statement, keys());
  auto done = central_ ? central_->add_statement(bytes) : vault_->put_statements({bytes});
  return done ? refresh() : done;
}

base::Result<seal::Key> Profile::read_key() const {
  base::KeyId wanted = seal::key_id_of(keys().box.pub);
  for (const record::Slot& slot : authority_.read_key()) {
    if (slot.key != wanted) continue;
    auto key = seal::open_sealed(keys().box, slot.sealed);
    if (!key || key->size() != 32)
      return base::fail(Fault::corrupt, "read key", "This project's read key is damaged. Sync again.");
    return seal::Key(base::ByteView(*key));
  }
  return base::fail(Fault::locked, "read key",
                    "This device has no key to this project's forms yet. Sync again after it is enrolled.");
}

base::Result<seal::BoxKeys> Profile::epoch_keys(const record::Epoch& epoch) const {
  base::KeyId wanted = seal::key_id_of(keys().box.pub);
  for (const record::Slot& slot : epoch.keyring) {
    if (slot.key != wanted) continue;
    auto seed = seal::open_sealed(keys().box, slot.sealed);
    if (!seed || seed->size() != 32) break;
    seal::BoxKeys out = seal::BoxKeys::from_seed(seal::Key(base::ByteView(*seed)));
    if (out.pub == epoch.key) return out;
  }
  return base::fail(Fault::locked, "epoch", "This profile has no key to what was sealed in this time.");
}

base::Result<std::shared_ptr<const FormFile>> Profile::form(const base::Hash& package) {
  if (auto at = forms_.find(package); at != forms_.end()) return at->second;
  auto bytes = central_ ? central_->package(package) : vault_->package(package);
  if (!bytes) return base::pass(bytes.error());
  auto key = read_key();
  if (!key) return base::pass(key.error());
  // The signer stands in clear at its place; the package's own signature is checked against the member's key.
  base::DeviceId signer = *base::DeviceId::from_bytes(base::ByteView(*bytes).subspan(24, 16));
  const record::Member* member = authority_.member(signer);
  if (!member)
    return base::fail(Fault::locked, "form", "It was published by somebody this project does not know.");
  auto opened = seal::open_package(*bytes, *key, member->sign);
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
  auto said = statements();
  if (!said) return nullptr;
  for (const base::Bytes& bytes : *said) {
    auto s = record::decode_statement(bytes);
    if (!s || s->type != record::StatementType::publish || s->hash.bytes != hash.bytes) continue;
    if (auto file = form(s->package); file) return *file;
  }
  return nullptr;
}

}  // namespace app
