#include "collector/app/central_file.h"

#include <charconv>

#include "collector/app/form_files.h"
#include "sync/exchange/bundle.h"
#include "sync/seal/envelope.h"
#include "sync/seal/package.h"
#include "sync/store/central_place.h"
#include "sync/store/files.h"

namespace app {

using base::Fault;
using base::Status;
namespace fs = std::filesystem;

namespace {

Status needs_central(Profile& profile) {
  if (profile.central()) return {};
  return base::fail(Fault::locked, profile.label(), "Only a coordinator's profile holds the central file.");
}

uint64_t lines_said(Profile& profile) {
  std::string kept = profile.vault().setting("log.lines");
  uint64_t n = 0;
  std::from_chars(kept.data(), kept.data() + kept.size(), n);
  return n;
}

}  // namespace

Status note_in_log(Profile& coordinator, const std::string& kind, const std::string& what) {
  if (auto may = needs_central(coordinator); !may) return may;
  auto done = coordinator.central()->log(kind, what, coordinator.world().clock->now(), coordinator.keys());
  if (!done) return done;
  return coordinator.vault().set_setting("log.lines", std::to_string(lines_said(coordinator) + 1));
}

base::Result<LogView> log_of(Profile& coordinator) {
  if (auto may = needs_central(coordinator); !may) return base::pass(may.error());
  auto lines = coordinator.central()->log_lines(coordinator.keys().sign.pub);
  if (!lines) return base::pass(lines.error());
  LogView out{std::move(*lines), true};
  for (const store::LogLine& line : out.lines) out.is_whole = out.is_whole && line.holds;
  out.is_whole = out.is_whole && out.lines.size() >= lines_said(coordinator);
  return out;
}

Status back_up(Profile& coordinator, const fs::path& where) {
  if (auto may = needs_central(coordinator); !may) return may;
  fs::path to = fs::absolute(where).lexically_normal();  // it is looked for later, from wherever one is then
  std::error_code ignored;
  if (fs::equivalent(to, coordinator.central()->path(), ignored))
    return base::fail(Fault::conflict, to.string(), "This is the central file itself. Choose another name.");
  if (auto done = coordinator.central()->backup_to(to, coordinator.world().clock->now()); !done) return done;
  return note_in_log(coordinator, "backup", to.string());
}

base::Result<std::vector<store::Backup>> backups_of(Profile& coordinator) {
  if (auto may = needs_central(coordinator); !may) return base::pass(may.error());
  return coordinator.central()->backups();
}

Status forget_backup(Profile& coordinator, const std::string& path) {
  if (auto may = needs_central(coordinator); !may) return may;
  std::error_code ignored;
  if (fs::exists(path, ignored))
    return base::fail(Fault::conflict, path, "This backup is still there. Delete the file first.");
  if (auto done = coordinator.central()->forget_backup(path); !done) return done;
  return note_in_log(coordinator, "backup", "no longer there: " + path);
}

fs::path backup_place(Profile& coordinator) {
  std::string chosen = coordinator.vault().setting("backup.path");
  return chosen.empty() ? fs::absolute(coordinator.folder() / "backup.db").lexically_normal() : fs::path(chosen);
}

Status choose_backup_place(Profile& coordinator, const fs::path& to) {
  if (auto may = needs_central(coordinator); !may) return may;
  fs::path target = fs::absolute(to).lexically_normal();
  std::error_code ignored;
  if (fs::is_directory(target, ignored)) target /= "central-backup.db";
  if (auto done = back_up(coordinator, target); !done) return done;
  return coordinator.vault().set_setting("backup.path", target.string());
}

bool is_backup_on_one_disk(Profile& coordinator) {
  return coordinator.central() && store::are_on_one_volume(central_path(coordinator), backup_place(coordinator));
}

bool tell_of_one_disk(Profile& coordinator) {
  if (!is_backup_on_one_disk(coordinator)) return false;
  std::string now = central_path(coordinator).string() + "\n" + backup_place(coordinator).string();
  if (coordinator.vault().setting("backup.told") == now) return false;
  (void)coordinator.vault().set_setting("backup.told", now);
  return true;
}

fs::path central_path(Profile& coordinator) {
  return fs::absolute(store::central_path(coordinator.vault(), coordinator.folder())).lexically_normal();
}

Status move_central(Profile& coordinator, const fs::path& to) {
  if (auto may = needs_central(coordinator); !may) return may;
  fs::path target = fs::absolute(to).lexically_normal();
  auto done = store::carry_central(coordinator.vault(), *coordinator.central(), target,
                                   coordinator.world().clock->now());
  if (done) done = coordinator.reopen_central();
  return done ? note_in_log(coordinator, "move", target.string()) : done;
}

// The copy knows nothing of its own making: a line of the log says what it lacks, and the count begins there anew.
Status restore_central(const fs::path& workspace, const std::string& label, std::string_view passphrase,
                       World world, const fs::path& from) {
  fs::path backup = fs::absolute(from).lexically_normal(), folder = Profile::folder_of(workspace, label);
  base::Instant now = world.clock->now();
  auto vault = store::Vault::open(folder, passphrase, now);
  if (!vault) return base::pass(vault.error());
  std::string before = (*vault)->setting("log.lines");
  fs::path file = fs::absolute(store::central_path(**vault, folder)).lexically_normal();
  auto done = store::restore_central(backup, file, now, [&](store::Central& copy) -> Status {
    auto lines = copy.log_lines((*vault)->keys().sign.pub);
    if (!lines) return base::pass(lines.error());
    std::string count = std::to_string(lines->size());
    auto noted = copy.log("restored", backup.string() + ", " + count + " of " + (before.empty() ? "0" : before) +
                                          " lines", now, (*vault)->keys());
    if (!noted) return noted;
    return (*vault)->set_setting("log.lines", std::to_string(lines->size() + 1));
  });
  if (!done) {
    if ((*vault)->setting("log.lines") != before) (void)(*vault)->set_setting("log.lines", before);
    return done;
  }
  std::error_code error;
  fs::remove(folder / "cache.svc", error);
  return {};
}

// ---- salvage and quarantine

namespace {

// Its structure, and its signature where the signer is known: damage inside what is sealed shows only there.
bool is_whole(const exchange::Item& item, const record::Authority& authority) {
  auto genuine = [&](const base::DeviceId& device, auto&& verifies) {
    const record::Member* member = authority.member(device);
    return !member || verifies(member->sign);
  };
  switch (item.kind) {
    case exchange::ItemKind::revision: {
      auto e = seal::parse_envelope(item.bytes);
      return e && genuine(e->header.device,
                          [&](const auto& key) { return seal::verify_envelope(*e, key).has_value(); });
    }
    case exchange::ItemKind::stub: {
      auto stub = seal::parse_stub(item.bytes);
      return stub && genuine(stub->header.device,
                             [&](const auto& key) { return bool(seal::verify_stub(*stub, key)); });
    }
    case exchange::ItemKind::head: {
      auto head = seal::parse_head(item.bytes);
      return head && genuine(head->device,
                             [&](const auto& key) { return seal::verify_head(*head, key).has_value(); });
    }
    case exchange::ItemKind::tombstone:
      return seal::parse_tombstone(item.bytes).has_value();
    case exchange::ItemKind::statement:
      return record::decode_statement(item.bytes).has_value();
    case exchange::ItemKind::package:
      return seal::package_id(item.bytes).has_value();
    default:
      return false;
  }
}

}  // namespace

base::Result<Salvaged> salvage(Profile& coordinator, const fs::path& bundle) {
  if (auto may = needs_central(coordinator); !may) return base::pass(may.error());
  auto bytes = read_file(bundle, uint64_t{1} << 30);
  if (!bytes) return base::pass(bytes.error());
  exchange::Salvage found = exchange::salvage_bundle(*bytes);
  Salvaged out{0, found.torn};
  for (exchange::Item& item : found.items) {
    if (!is_whole(item, coordinator.authority())) continue;
    store::Item one{static_cast<store::ItemKind>(item.kind), std::move(item.bytes)};
    auto done = coordinator.central()->put_in_quarantine(
        one, {bundle.filename().string(), {}, coordinator.world().clock->now()}, "salvaged");
    if (!done) return base::pass(done.error());
    ++out.whole;
  }
  auto noted = note_in_log(coordinator, "salvage",
                           bundle.filename().string() + ", " + std::to_string(out.whole) + " whole items");
  if (!noted) return base::pass(noted.error());
  return out;
}

base::Result<std::vector<store::Quarantined>> quarantine_of(Profile& coordinator) {
  if (auto may = needs_central(coordinator); !may) return base::pass(may.error());
  return coordinator.central()->quarantine();
}

Status admit(Profile& coordinator, const base::Hash& id) {
  if (auto may = needs_central(coordinator); !may) return may;
  auto item = coordinator.central()->take_from_quarantine(id);
  if (!item) return base::pass(item.error());
  auto done =
      coordinator.central()->import({"", coordinator.keys().id, coordinator.world().clock->now()}, {*item},
                                    coordinator.membership()->project, coordinator.membership()->root);
  if (!done) return base::pass(done.error());
  if (done->fresh() + done->known == 0)
    return base::fail(
        Fault::locked, id.hex().substr(0, 12),
        "Whoever made it is not a member of this project. Enrol that device, and it comes in by itself.");
  if (auto dropped = coordinator.central()->drop_from_quarantine(id); !dropped) return dropped;
  return coordinator.refresh();
}

Status discard(Profile& coordinator, const base::Hash& id) {
  if (auto may = needs_central(coordinator); !may) return may;
  if (auto done = coordinator.central()->drop_from_quarantine(id); !done) return done;
  return note_in_log(coordinator, "quarantine", "discarded " + id.hex().substr(0, 12));
}

}  // namespace app
