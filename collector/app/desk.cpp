#include "collector/app/desk.h"

#include <algorithm>
#include <new>

#include "collector/app/desk_state.h"
#include "collector/app/platform.h"
#include "collector/app/seen.h"
#include "collector/app/typed_correction.h"
#include "forms/base/memory.h"
#include "forms/base/utf8.h"

namespace app {

namespace fs = std::filesystem;
using base::Fault;

std::unique_ptr<Desk> Desk::open(const fs::path& workspace, Surroundings surroundings) {
  return std::make_unique<OpenDesk>(workspace, std::move(surroundings));
}

OpenDesk::OpenDesk(fs::path workspace, Surroundings surroundings)
    : DeskHeld(std::move(workspace), std::move(surroundings)) {
  frame_.language = "en";
  preferences_.look = read_look(workspace_);
  if (!preferences_.look.language.empty()) {
    strings_ = Strings(preferences_.look.language);
    frame_.language = strings_.language();
    frame_.right_to_left = strings_.right_to_left();
  }
  show_look();
  show_unlock();
}

OpenDesk::~OpenDesk() {
  cancel_ = true;
  if (task_.joinable()) task_.join();
}

World DeskHeld::world() const {
  return {around_.clock, around_.random, seal::cost_for(memory_bytes())};
}

void OpenDesk::apply(const Event& event) {
  if (busy() && !std::holds_alternative<CancelTask>(event)) return;
  if (std::holds_alternative<LockView>(screen_)) {  // nothing but the way back, or out
    const auto* visit = std::get_if<Visit>(&event);
    if (!std::holds_alternative<Reveal>(event) && !(visit && visit->where == Go::lock)) return;
  }
  frame_.notice.clear();
  frame_.notice_is_problem = false;
  std::visit([this](const auto& e) { on(e); }, event);
}

void OpenDesk::start(std::string what, std::function<void()> work, std::function<void()> done) {
  frame_.working = std::move(what);
  done_ = std::move(done);
  cancel_ = false;
  running_ = true;
  task_ = std::thread([this, work = std::move(work)] {
    try {
      work();
    } catch (const std::bad_alloc&) {
      short_of_memory_ = true;
    }
    running_ = false;
    running_.notify_all();
    if (around_.wake) around_.wake();
  });
}

bool OpenDesk::poll() {
  if (!busy() && poll_sound()) return true;
  if (!running_ && task_.joinable()) {
    task_.join();
    frame_.working.clear();
    auto done = std::exchange(done_, nullptr);
    if (short_of_memory_.exchange(false))
      say(fault_text(base::no_memory().value()), true);
    else
      done();
    return true;
  }
  {
    std::lock_guard<std::mutex> lock(progress_mutex_);
    if (!std::exchange(progress_fresh_, false)) return false;
  }
  if (std::holds_alternative<SyncView>(screen_)) show_sync();
  return true;
}

void OpenDesk::wait() {
  while (busy()) {
    running_.wait(true);
    poll();
  }
}

void OpenDesk::say(std::string notice, bool problem) {
  frame_.notice = std::move(notice);
  frame_.notice_is_problem = problem;
}

std::string DeskHeld::fault_text(const base::Error& error) const {
  switch (error.fault) {
    case Fault::invalid:
      return strings_.tr("fault.invalid.text", {{"where", error.where}});
    case Fault::corrupt:
      return strings_.tr("fault.corrupt.text", {{"where", error.where}});
    case Fault::locked:
      return strings_.tr("fault.locked.text", {{"where", error.where}});
    case Fault::unsupported:
      return strings_.tr("fault.unsupported.text", {{"where", error.where}});
    case Fault::missing:
      return strings_.tr("fault.missing.text", {{"where", error.where}});
    case Fault::conflict:
      return strings_.tr("fault.conflict.text", {{"where", error.where}});
    case Fault::full:
      return strings_.tr("fault.full.text", {{"where", error.where}});
    case Fault::offline:
      return strings_.tr("fault.offline.text", {{"where", error.where}});
    case Fault::cancelled:
      return strings_.tr("fault.cancelled.text");
  }
  return {};
}

void OpenDesk::say(const base::Error& error) {
  say(fault_text(error), true);
}

void OpenDesk::show_unlock(const std::string& problem) {
  UnlockView view;
  view.profiles = Profile::names(workspace_);
  if (const auto* before = std::get_if<UnlockView>(&screen_)) view.chosen = before->chosen;
  if (view.chosen.empty() && !view.profiles.empty()) view.chosen = view.profiles.front();
  view.problem = problem;
  view.remark = remark_on(frame_.language);
  if (!view.chosen.empty())
    view.wait_s =
        store::Vault::wait_seconds(Profile::folder_of(workspace_, view.chosen), around_.clock->now());
  screen_ = std::move(view);
}

void OpenDesk::on(const CreateProfile& e) {
  if (e.passphrase != e.again) return show_unlock(strings_.tr("unlock.differs.problem"));
  if (base::length(e.passphrase) < 8) return show_unlock(strings_.tr("unlock.short.problem"));
  auto profile = std::make_shared<std::optional<base::Result<std::unique_ptr<Profile>>>>();
  start(
      strings_.tr("task.opening.step"),
      [this, profile, e] { *profile = Profile::create(workspace_, e.label, e.passphrase, world()); },
      [this, profile] {
        if (!**profile) return show_unlock(fault_text((*profile)->error()));
        opened(std::move(***profile));
      });
}

void OpenDesk::on(const Unlock& e) {
  if (auto* view = std::get_if<UnlockView>(&screen_)) view->chosen = e.profile;
  if (int wait = store::Vault::wait_seconds(Profile::folder_of(workspace_, e.profile), around_.clock->now());
      wait > 0)
    return show_unlock(strings_.tr("unlock.wait.problem", {{"seconds", strings_.number(wait)}}, wait));
  auto profile = std::make_shared<std::optional<base::Result<std::unique_ptr<Profile>>>>();
  start(
      strings_.tr("task.opening.step"),
      [this, profile, e] {
        *profile = Profile::open(workspace_, e.profile, e.passphrase, world());
        if (**profile) count_centre(****profile, frame_.language);
      },
      [this, profile] {
        if (**profile) return opened(std::move(***profile));
        const base::Error& error = (*profile)->error();
        show_unlock(error.fault == Fault::locked ? strings_.tr("unlock.wrong.problem") : fault_text(error));
        std::get<UnlockView>(screen_).broken = error.fault == Fault::corrupt || error.fault == Fault::missing;
      });
}

void OpenDesk::opened(std::unique_ptr<Profile> profile) {
  profile_ = std::move(profile);
  frame_.profile = profile_->label();
  frame_.project = profile_->membership() ? profile_->membership()->name : "";
  frame_.coordinator = profile_->is_coordinator();
  frame_.practice = false;
  place_ = remembered_place(*profile_);
  export_folder_ = profile_->vault().setting("export.folder");
  if (export_folder_.empty()) export_folder_ = folder_named("").string();
  central_ = {};
  central_.folder = folder_named("").string();
  take_preferences();
  (void)typed_correction(*profile_);  // forgotten, where its interview cannot be read any more
  arm_quick_lock();
  if (std::string language = preferences_.look.language; !language.empty() && language != frame_.language)
    on(ChangeInterface{language});
  std::vector<std::string> waiting = std::exchange(waiting_, {});
  std::string whose = std::exchange(waiting_for_, "");
  if (whose == profile_->label() && !waiting.empty()) {  // locked away, and back by the passphrase
    waiting_ = std::move(waiting);
    return return_to_work();
  }
  if (unpark()) return;
  show_home();
  if (!around_.locks_memory) say(strings_.tr("unlock.memory.notice"));
}

// Without enrolment: the forms that come with the program, in memory; nothing is written.
void OpenDesk::on(const Practise& e) {
  if (profile_ && !e.form.empty()) {  // with a form of one's own project: back home afterwards
    leave_interviews();
    for (const record::PublishedForm& form : profile_->forms()) {
      if (form.form_id != e.form) continue;
      auto file = profile_->form(form.package);
      if (!file) return say(file.error());
      frame_.practice = true;
      int language = first_language(*(*file)->read.survey, frame_.language);
      return begin_at(Interview::practise(*file, world(), language));
    }
    return;
  }
  lock();
  frame_.practice = true;
  frame_.profile = strings_.tr("practice.name.label");
  if (!unpark()) show_home();
}

void OpenDesk::lock() {
  waiting_.clear();
  leave_interviews();
  dataset_.reset();
  tables_.reset();
  profile_.reset();
  frame_.profile.clear();
  frame_.project.clear();
  frame_.coordinator = false;
  frame_.practice = false;
}

void OpenDesk::on(const ChangeInterface& e) {
  strings_ = Strings(e.language);
  frame_.language = strings_.language();
  frame_.right_to_left = strings_.right_to_left();
  preferences_.look.language = e.language;
  if (!profile_ || !profile_->vault().is_locked()) keep_preferences();
  // Every screen's words are made anew in the other language.
  if (std::holds_alternative<UnlockView>(screen_)) return show_unlock();
  if (std::holds_alternative<HomeView>(screen_)) return show_home();
  if (std::holds_alternative<SettingsView>(screen_)) return show_settings();
  if (std::holds_alternative<ContactsView>(screen_)) return show_contacts();
  if (std::holds_alternative<HelpView>(screen_)) return show_help();
  if (std::holds_alternative<AboutView>(screen_)) return show_about();
  if (std::holds_alternative<InterviewView>(screen_)) return show_interview();
  if (std::holds_alternative<SubmitView>(screen_)) return show_submit();
  if (std::holds_alternative<SyncView>(screen_)) return show_sync();
  if (std::holds_alternative<ExportView>(screen_)) return show_export();
  if (std::holds_alternative<CentralView>(screen_)) return show_central();
  if (std::holds_alternative<WithdrawView>(screen_)) return show_withdrawal();
  if (std::holds_alternative<EditorView>(screen_)) return show_editor();
  // The rest shows labels of the forms, which are chosen when the dataset is made.
  if (std::holds_alternative<ConflictsView>(screen_)) return look([this] { show_conflicts(); });
  if (std::holds_alternative<TableView>(screen_)) return look([this] { show_table(); });
}

void OpenDesk::on(const Visit& e) {
  if (!interview_) browser_.reset();
  if (e.where == Go::settings) return show_settings();
  if (e.where == Go::about) return show_about();
  if (e.where == Go::help) return show_help();
  if (e.where == Go::back) return go_back();
  if (!profile_ && !frame_.practice) return show_unlock();
  switch (e.where) {
    case Go::home:
      if (bool recorded = leave_interviews(); recorded) {
        show_home();
        return say(strings_.tr("sound.ended_by_leaving.notice"));
      }
      return show_home();
    case Go::lock:
      lock();
      parked_.clear();
      return show_unlock();
    case Go::submit:
      return interview_ ? show_submit() : show_home();
    case Go::back_to_interview:
      return interview_ ? show_interview() : show_home();
    default:
      break;
  }
  if (frame_.practice) return say(strings_.tr("practice.nothing.notice"));
  if (e.where == Go::sync) return show_sync();
  if (e.where == Go::contacts) return show_contacts();
  if (e.where == Go::withdraw) return begin_withdrawal();
  if (!profile_->is_coordinator()) return;
  switch (e.where) {
    case Go::conflicts:
      return look([this] { show_conflicts(); });
    case Go::table:
      return look([this] { show_table(); });
    case Go::export_tables:
      return show_export();
    case Go::central_file:
      central_.results.clear();
      central_.problems.clear();
      return show_central();
    case Go::editor:
      return show_editor();
    default:
      return;
  }
}

void OpenDesk::on(const CancelTask&) {
  cancel_ = true;
}

std::vector<fs::path> DeskHeld::practice_forms() const {
  std::vector<fs::path> out;
  if (around_.practice.empty()) {
    for (const char* name : {"staff", "youth", "associations"}) out.push_back(questionnaires_folder() / name);
    return out;
  }
  std::error_code error;
  for (fs::directory_iterator at(around_.practice, error); !error && at != fs::directory_iterator();
       at.increment(error))
    if (at->is_directory(error)) out.push_back(at->path());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace app
