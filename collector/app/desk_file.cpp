// The desk's verbs about the central file: copying, checking, moving it.
#include "collector/app/central_file.h"
#include "collector/app/desk_state.h"
#include "collector/app/verify.h"

namespace app {

namespace fs = std::filesystem;

namespace {

// A folder that is named, or the file in it.
fs::path file_in(const std::string& folder, const char* name) {
  fs::path path = folder;
  return path.extension() == ".db" ? path : path / name;
}

}  // namespace

void OpenDesk::show_central() {
  CentralView view = central_;
  view.place = central_path(*profile_).string();
  view.copies.clear();
  if (auto copies = backups_of(*profile_))
    for (const store::Backup& one : *copies) view.copies.push_back(one.path);
  screen_ = std::move(view);
}

void OpenDesk::on(const BackUpTo& e) {
  if (!profile_ || !profile_->is_coordinator()) return;
  central_.folder = e.folder;
  fs::path file = file_in(e.folder, "central-copy.db");
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
  central_.folder = e.folder;
  fs::path file = file_in(e.folder, "central.db");
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
    show_central();
  });
}

}  // namespace app
