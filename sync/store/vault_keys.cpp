// The profile's keys: the key file in two generations, back-off after wrong words, the lock and the ways back.
#include <algorithm>

#include "sync/store/backup.h"
#include "sync/store/vault_state.h"

namespace store {

using base::Fault;

namespace {

struct Tries {  // wrong words in a row, and when the last were tried
  uint32_t count = 0;
  int64_t last_ms = 0;
};

Tries read_tries(const fs::path& folder) {
  auto bytes = read_whole(tries_file(folder), 64);
  if (!bytes) return {};
  base::Reader in(*bytes);
  Tries t{in.u32(), static_cast<int64_t>(in.u64())};
  return in.ok() ? t : Tries{};
}

void count_wrong_words(const fs::path& folder, base::Instant now) {
  base::Writer out;
  out.u32(read_tries(folder).count + 1);
  out.u64(static_cast<uint64_t>(now.ms));
  (void)write_atomically(tries_file(folder), out.peek());
}

// And not a disk that refuses to read.
bool are_wrong_words(const base::Error& error) {
  return error.fault == Fault::locked && error.where == "profile key (passphrase)";
}

// Two whole files again after a good unlock: the older passphrase, or the damaged file, ends here.
Status copy_key(const fs::path& from, const fs::path& to) {
  auto good = read_whole(from, seal::profile_key_size);
  if (!good) return base::pass(good.error());
  if (auto other = read_whole(to, seal::profile_key_size); other && *other == *good) return {};
  if (auto done = destroy(to); !done) return done;
  return write_atomically(to, *good);
}

// The newest generation that is whole decides; an older one opens only where the newer is damaged or gone.
Result<seal::Key> open_master(const fs::path& folder, std::string_view passphrase, base::Instant now) {
  if (int wait = Vault::wait_seconds(folder, now); wait > 0)
    return base::fail(Fault::locked, folder.filename().string(),
                      "A wrong passphrase was tried; try again in " + std::to_string(wait) + " seconds.");
  auto file = read_whole(key_file(folder), seal::profile_key_size);
  auto master =
      file ? seal::open_profile_key(*file, passphrase) : Result<seal::Key>(base::pass(file.error()));
  bool newer = !master && master.error().fault == Fault::unsupported;
  bool damaged = !master && !newer && !are_wrong_words(master.error()) && master.error().fault != Fault::full;
  if (damaged)
    if (auto older = read_whole(old_key_file(folder), seal::profile_key_size); older)
      master = seal::open_profile_key(*older, passphrase);
  if (!master && master.error().fault == Fault::missing)
    return base::fail(Fault::missing, folder.filename().string(),
                      "There is no profile of this name on this laptop.");
  if (!master) {
    if (are_wrong_words(master.error())) count_wrong_words(folder, now);
    return master;
  }
  std::error_code ignored;
  fs::remove(tries_file(folder), ignored);
  if (damaged)
    (void)copy_key(old_key_file(folder), key_file(folder));
  else
    (void)copy_key(key_file(folder), old_key_file(folder));
  return master;
}

// Of a profile whose making was interrupted; never of one that was purged and still holds sealed interviews.
Status clear_remains(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::exists(database_file(folder), ignored)) return {};
  {
    auto db = Database::open(database_file(folder), vault_schema);
    auto held = db ? (*db)->number("SELECT (SELECT count(*) FROM envelope) + (SELECT count(*) FROM draft)")
                   : Result<int64_t>(base::pass(db.error()));
    if (!held || *held > 0)
      return base::fail(
          Fault::conflict, folder.filename().string(),
          "An earlier profile of this name left sealed interviews here. Hand them over, or choose "
          "another name.");
  }
  for (const char* file : {"vault.db", "vault.db-wal", "vault.db-journal"})
    fs::remove(folder / file, ignored);
  return {};
}

}  // namespace

int Vault::wait_seconds(const fs::path& folder, base::Instant now) {
  Tries tries = read_tries(folder);
  if (tries.count == 0) return 0;
  int64_t wait = std::min<int64_t>(60, int64_t{1} << std::min<uint32_t>(tries.count - 1, 6)) * 1000;
  int64_t left = tries.last_ms + wait - now.ms;
  if (now.ms < tries.last_ms) left = wait;  // the clock went back: wait the whole time
  return left > 0 ? static_cast<int>((left + 999) / 1000) : 0;
}

Result<std::unique_ptr<Vault>> Vault::create(const fs::path& folder, std::string_view passphrase,
                                             seal::ArgonCost cost, base::Random& random) try {
  if (is_vault(folder))
    return base::fail(Fault::conflict, folder.filename().string(),
                      "There is already a profile of this name on this laptop. Choose another name.");
  if (auto done = make_private_folder(folder); !done) return base::pass(done.error());
  auto made = seal::make_profile_key(passphrase, cost, random);
  if (!made) return base::pass(made.error());
  // The key file comes last: where it is missing nothing was made, and trying again makes everything anew.
  if (auto done = clear_remains(folder); !done) return base::pass(done.error());
  auto state = State::make(folder, made->master);
  if (!state) return base::pass(state.error());
  for (const fs::path& file : {old_key_file(folder), key_file(folder)})
    if (auto done = write_atomically(file, made->file); !done) {
      (void)purge(folder);
      return base::pass(done.error());
    }
  return std::unique_ptr<Vault>(new Vault(std::move(*state)));
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Result<std::unique_ptr<Vault>> Vault::open(const fs::path& folder, std::string_view passphrase,
                                           base::Instant now) try {
  if (!is_vault(folder))
    return base::fail(Fault::missing, folder.filename().string(),
                      "There is no profile of this name on this laptop.");
  if (auto where = moved_to(folder); where)
    return base::fail(Fault::conflict, folder.filename().string(),
                      "This profile was moved to " + where->string() + ". Open it there.");
  std::error_code ignored;
  // Never made anew: an empty vault under the same key would begin its chain a second time.
  auto size = fs::file_size(database_file(folder), ignored);
  if (ignored || size == 0)  // gone, or empty as a power cut may leave it
    return base::fail(
        Fault::missing, database_file(folder).string(),
        "The file with this profile's interviews is not where it belongs, or it is empty. Put it back, or "
        "restore a backup under another name.");
  auto master = open_master(folder, passphrase, now);
  if (!master) return base::pass(master.error());
  auto state = State::make(folder, *master);
  if (!state) return base::pass(state.error());
  std::unique_ptr<Vault> vault(new Vault(std::move(*state)));
  if (auto done = vault->settle(now); !done) return base::pass(done.error());
  return vault;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

// What must hold whenever a profile is opened: windows that are over are closed, held ones end with the lock that
// lay in between, and no file is left that no row names.
Status Vault::settle(base::Instant now) try {
  if (auto done = observe(now); !done) return done;
  auto done = state_->erase_held_windows();
  state_->sweep_media();
  return done;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::change_passphrase(std::string_view old_words, std::string_view new_words, seal::ArgonCost cost,
                                base::Instant now) try {
  const fs::path& folder = state_->folder;
  if (int wait = wait_seconds(folder, now); wait > 0)
    return base::fail(Fault::locked, folder.filename().string(),
                      "A wrong passphrase was tried; try again in " + std::to_string(wait) + " seconds.");
  auto file = read_whole(key_file(folder), seal::profile_key_size);
  if (!file) return base::pass(file.error());
  auto changed = seal::change_passphrase(*file, old_words, new_words, cost);
  if (!changed) {
    if (are_wrong_words(changed.error())) count_wrong_words(folder, now);
    return base::pass(changed.error());
  }
  // At every moment one whole generation is there.
  if (auto done = write_atomically(old_key_file(folder), *file); !done) return done;
  return write_atomically(key_file(folder), *changed);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::set_quick_code(std::string_view code) try {
  if (auto open = state_->unlocked(); !open) return open;
  auto quick = seal::QuickLock::arm(state_->master, code);
  if (!quick) return base::pass(quick.error());
  state_->quick.emplace(std::move(*quick));
  return {};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

void Vault::lock() {
  State& s = *state_;
  if (s.locked) return;
  (void)s.erase_held_windows();
  s.open.reset();
  // In place: wiping must not fail for want of memory.
  seal::wipe(s.keys.sign.secret.bytes());
  for (seal::Key* key : {&s.master, &s.keys.box.secret, &s.keys.rows, &s.keys.audit})
    seal::wipe(key->bytes());
  s.locked = true;
}

bool Vault::is_locked() const {
  return state_->locked;
}
bool Vault::has_quick_code() const {
  return state_->quick && state_->quick->tries_left() > 0;
}

Status Vault::unlock(std::string_view passphrase, base::Instant now) try {
  auto master = open_master(state_->folder, passphrase, now);
  if (!master) return base::pass(master.error());
  state_->take(*master);
  return settle(now);
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::unlock_quick(std::string_view code) try {
  if (!has_quick_code())
    return base::fail(Fault::locked, "code", "There is no code to come back with: give the passphrase.");
  auto master = state_->quick->open(code);
  if (!master) return base::pass(master.error());
  state_->take(*master);
  return {};
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

Status Vault::purge(const fs::path& folder) try {
  Status first;
  for (const fs::path& file : {key_file(folder), old_key_file(folder), tries_file(folder)})
    if (auto done = destroy(file); !done && first) first = done;
  return first;
} catch (const std::bad_alloc&) {
  return base::no_memory();
}

}  // namespace store
