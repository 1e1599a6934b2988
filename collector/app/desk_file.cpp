// The desk's verbs about the central file: copying, checking, moving, restoring it; what waits in its quarantine; its
// log.
#include "collector/app/central_file.h"

#include <algorithm>

#include "collector/app/card.h"
#include "collector/app/coordination.h"
#include "collector/app/desk_state.h"
#include "collector/app/locale.h"
#include "collector/app/verify.h"
#include "forms/base/utf8.h"

namespace app {

namespace fs = std::filesystem;

namespace {

// A folder that is named, or the file in it.
fs::path file_in(const std::string& folder, const char* name) {
  fs::path path = folder;
  return path.extension() == ".db" ? path : path / name;
}

std::string kind_of(const Strings& s, store::ItemKind kind) {
  switch (kind) {
    case store::ItemKind::revision:
      return s.tr("waiting.interview.label");
    case store::ItemKind::attachment:
      return s.tr("waiting.attachment.label");
    case store::ItemKind::statement:
      return s.tr("waiting.word.label");
    case store::ItemKind::package:
      return s.tr("waiting.form.label");
    case store::ItemKind::tombstone:
      return s.tr("waiting.withdrawal.label");
    case store::ItemKind::head:
    case store::ItemKind::stub:
      return s.tr("waiting.count.label");
  }
  return {};
}

std::string reason_of(const Strings& s, const std::string& why) {
  if (why == "salvaged") return s.tr("waiting.salvaged.text");
  if (why == "not published") return s.tr("waiting.unpublished.text");
  return s.tr("waiting.unknown.text");
}

// What kind of thing was done, in the language of the person; its details as they were written then.
std::string deed_of(const Strings& s, const store::LogLine& line) {
  struct Name {
    std::string_view kind;
    Key words;
  };
  static constexpr Name names[] = {
      {"backup", "log.backup.label"},       {"move", "log.move.label"},     {"salvage", "log.salvage.label"},
      {"restored", "log.restored.label"},
      {"quarantine", "log.discard.label"},  {"withdrawal", "log.withdrawal.label"}, {"kit", "log.kit.label"},
      {"appoint", "log.appoint.label"},     {"revoke", "log.revoke.label"}, {"lost", "log.lost.label"},
      {"period", "log.period.label"},       {"export", "log.export.label"}};
  for (const Name& name : names)
    if (name.kind == line.kind) return s.tr(name.words) + ": " + line.what;
  return line.kind + ": " + line.what;
}

// The project's own folder comes into being by itself; one that was named must be there: it may be misspelt, or a
// stick that is not plugged in.
void make_own(const fs::path& folder, const fs::path& own) {
  auto [end, unused] = std::mismatch(own.begin(), own.end(), folder.begin(), folder.end());
  std::error_code ignored;
  if (end == own.end()) fs::create_directories(folder, ignored);
}

}  // namespace

void OpenDesk::show_central() {
  CentralView view = central_;
  view.browser = browser_;
  view.place = central_path(*profile_).string();
  view.backup_place = backup_place(*profile_).string();
  view.one_disk = is_backup_on_one_disk(*profile_);
  view.card_contact = profile_->authority().policy("card_contact");
  view.card_until = profile_->authority().policy("card_until");
  if (auto day = base::parse_date(view.card_until); day) view.card_until = write_date(frame_.language, *day, DateLook::digits);
  view.until_example = until_example();
  view.copies.clear();
  if (auto copies = backups_of(*profile_))
    for (const store::Backup& one : *copies) view.copies.push_back(one.path);
  view.waiting.clear();
  if (auto waiting = quarantine_of(*profile_))
    for (const store::Quarantined& q : *waiting)
      view.waiting.push_back({q.id.hex(), kind_of(strings_, q.kind),
                              q.carrier.is_zero() ? "" : profile_->label_of(q.carrier), reason_of(strings_, q.why),
                              write_date(frame_.language, base::local_date(q.at, around_.clock->offset_minutes()))});
  view.log.clear();
  if (auto log = log_of(*profile_)) {
    view.log_is_whole = log->is_whole;
    for (auto line = log->lines.rbegin(); line != log->lines.rend(); ++line)
      view.log.push_back({write_date(frame_.language, base::local_date(line->at, around_.clock->offset_minutes())) +
                              " " + write_time(line->at, around_.clock->offset_minutes()),
                          deed_of(strings_, *line), line->holds});
  }
  screen_ = std::move(view);
}

void OpenDesk::on(const BackUpTo& e) {
  if (!profile_ || !profile_->is_coordinator()) return;
  central_.folder = folder_named(e.folder).string();
  fs::path file = file_in(central_.folder, "central-copy.db");
  make_own(file.parent_path(), folder_named(""));
  auto done = std::make_shared<base::Status>();
  auto work = [this, done, file] { *done = back_up(*profile_, file); };
  start(strings_.tr("task.checking.step"), work, [this, done, file] {
    central_.results.clear();
    central_.problems.clear();
    if (!*done)
      say(done->error());
    else
      central_.results.push_back(strings_.tr("file.backed_up.result", {{"place", file.string()}}));
    show_central();
  });
}

void OpenDesk::on(const MoveCentral& e) {
  if (!profile_ || !profile_->is_coordinator()) return;
  central_.folder = folder_named(e.folder).string();
  fs::path file = file_in(central_.folder, "central.db");
  make_own(file.parent_path(), folder_named(""));
  auto done = std::make_shared<base::Status>();
  auto work = [this, done, file] { *done = move_central(*profile_, file); };
  start(strings_.tr("task.checking.step"), work, [this, done, file] {
    central_.results.clear();
    central_.problems.clear();
    if (!*done)
      say(done->error());
    else
      central_.results.push_back(strings_.tr("file.moved.result", {{"place", file.string()}}));
    dataset_.reset();
    show_central();
  });
}

// Closed, replaced, opened again: the passphrase is asked for because the profile is opened anew.
void OpenDesk::on(const RestoreCentral& e) {
  std::string label = profile_ ? profile_->label() : e.profile;
  if (label.empty() || e.file.empty()) return;
  if (int wait = store::Vault::wait_seconds(Profile::folder_of(workspace_, label), around_.clock->now()); wait > 0)
    return say(strings_.tr("unlock.wait.problem", {{"seconds", strings_.number(wait)}}, wait), true);
  bool was_open = profile_ != nullptr;
  leave_interviews();
  dataset_.reset();
  profile_.reset();
  struct Done {
    base::Status restored;
    std::optional<base::Result<std::unique_ptr<Profile>>> profile;
  };
  auto done = std::make_shared<Done>();
  auto work = [this, done, e, label] {
    done->restored = restore_central(workspace_, label, e.passphrase, world(), e.file);
    if (!done->restored && done->restored.error().fault == base::Fault::locked)  // tried once: it counts once
      done->profile = base::Result<std::unique_ptr<Profile>>(base::pass(done->restored.error()));
    else
      done->profile = Profile::open(workspace_, label, e.passphrase, world());
  };
  start(strings_.tr("task.checking.step"), work, [this, done, was_open, label] {
    if (!*done->profile) {  // a wrong passphrase: what was open stays closed
      const base::Error& error = done->restored ? done->profile->error() : done->restored.error();
      show_unlock(error.fault == base::Fault::locked ? strings_.tr("unlock.wrong.problem") : fault_text(error));
      auto& view = std::get<UnlockView>(screen_);
      view.chosen = label;
      view.broken = !was_open;
      return;
    }
    opened(std::move(**done->profile));
    central_.results.clear();
    central_.problems.clear();
    if (!done->restored) return say(done->restored.error());
    central_.results.push_back(strings_.tr("file.restored.result"));
    if (profile_->is_coordinator()) show_central();
    say(strings_.tr("file.restored.result"));
  });
}

void OpenDesk::on(const TakeIn& e) {
  if (!profile_ || !profile_->is_coordinator()) return;
  auto id = base::Hash::from_hex(e.id);
  if (!id) return;
  auto done = admit(*profile_, *id);
  dataset_.reset();
  show_central();
  done ? say(strings_.tr("waiting.taken.notice")) : say(done.error());
}

void OpenDesk::on(const ThrowAway& e) {
  if (!profile_ || !profile_->is_coordinator()) return;
  auto id = base::Hash::from_hex(e.id);
  if (!id) return;
  auto done = discard(*profile_, *id);
  show_central();
  done ? say(strings_.tr("waiting.thrown.notice")) : say(done.error());
}

// The copy that receipts rest on, from now on there: it is made at once, so that a place that cannot be written to is
// known now and not at the next sync.
void OpenDesk::on(const KeepBackupsAt& e) {
  if (!profile_ || !profile_->is_coordinator() || e.folder.empty()) return;
  fs::path file = file_in(folder_named(e.folder).string(), "central-backup.db");
  make_own(file.parent_path(), folder_named(""));
  auto done = std::make_shared<base::Status>();
  auto work = [this, done, file] { *done = choose_backup_place(*profile_, file); };
  start(strings_.tr("task.checking.step"), work, [this, done] {
    central_.results.clear();
    central_.problems.clear();
    if (!*done)
      say(done->error());
    else
      central_.results.push_back(strings_.tr("file.backup_place.result", {{"place", backup_place(*profile_).string()}}));
    show_central();
  });
}

// Only what is another now is said to the project.
void OpenDesk::on(const SetCardTerms& e) {
  if (!profile_ || !profile_->is_coordinator()) return;
  central_.results.clear();
  central_.problems.clear();
  std::string contact(base::trim(base::nfc(e.contact)));
  std::string until = base::ascii_digits(base::trim(base::nfc(e.until)));
  bool days = until.find_first_not_of("0123456789") == std::string::npos;
  if (auto day = days ? std::nullopt : date_typed(until); day) until = *day;
  const record::Authority& authority = profile_->authority();
  bool fits = until.empty() || check_card_policy("card_until", until).has_value();
  base::Status done;
  if (!fits)
    central_.problems.push_back(strings_.tr("file.card_until.problem", {{"example", until_example()}}));
  if (fits && contact != authority.policy("card_contact")) done = set_policy(*profile_, "card_contact", contact);
  if (fits && done && !until.empty() && until != authority.policy("card_until"))
    done = set_policy(*profile_, "card_until", until);
  if (fits && done) central_.results.push_back(strings_.tr("file.card.result"));
  show_central();
  if (!done) say(done.error());
}

std::string DeskHeld::until_example() const {
  base::Date today = base::local_date(around_.clock->now(), around_.clock->offset_minutes());
  return write_date(frame_.language, {today.year + 1, 6, 30}, DateLook::digits);
}

void OpenDesk::on(const VerifyCentral&) {
  if (!profile_ || !profile_->is_coordinator()) return;
  auto found = std::make_shared<base::Result<Verified>>(Verified{});
  auto work = [this, found] { *found = verify(*profile_, {}); };
  start(strings_.tr("task.checking.step"), work, [this, found] {
    central_.results.clear();
    central_.problems.clear();
    if (!*found) {
      say(found->error());
    } else if ((*found)->problems.empty()) {
      central_.results.push_back(
          strings_.tr("file.whole.result", {{"count", strings_.number((*found)->checked)}}));
    } else {
      central_.problems = (*found)->problems;
    }
    if (*found && (*found)->is_backup_on_one_disk) central_.results.push_back(strings_.tr("file.one_disk.text"));
    show_central();
  });
}

}  // namespace app
