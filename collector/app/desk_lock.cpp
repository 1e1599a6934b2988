// The quick lock: everything of an interview leaves memory; a short code, or the passphrase, brings it back to the
// same place.
#include "collector/app/desk_state.h"
#include "collector/app/platform.h"

namespace app {

// Hidden at once. A coordinator's profile, and practice, are closed instead: there is no short way back.
void OpenDesk::on(const Hide&) {
  if (std::holds_alternative<LockView>(screen_) || std::holds_alternative<UnlockView>(screen_)) return;
  waiting_.clear();
  bool recorded = end_all_sound();
  park();
  if (interview_ && profile_ && !interview_->is_correction() && !interview_->is_practice()) {
    waiting_.push_back(interview_->id().hex());
    if (other_) waiting_.push_back(other_->interview->id().hex());
  }
  if (!profile_ || profile_->is_coordinator()) {
    std::vector<std::string> waiting = waiting_;
    UnlockView view;
    view.chosen = waiting_for_ = profile_ ? profile_->label() : "";
    lock();
    waiting_ = std::move(waiting);
    screen_ = std::move(view);
    show_unlock();
    if (recorded) say(strings_.tr("sound.ended_by_leaving.notice"));
    return;
  }
  leave_interviews();
  dataset_.reset();
  tables_.reset();
  profile_->vault().lock();
  show_lock("");
  if (recorded) say(strings_.tr("sound.ended_by_leaving.notice"));
}

void OpenDesk::show_lock(const std::string& problem) {
  LockView view;
  view.profile = profile_->label();
  view.by_code = profile_->vault().has_quick_code();
  view.waits = !waiting_.empty();
  view.problem = problem;
  screen_ = std::move(view);
}

void OpenDesk::on(const Reveal& e) {
  if (!profile_ || !profile_->vault().is_locked()) return;
  store::Vault& vault = profile_->vault();
  if (vault.has_quick_code()) {
    if (auto opened = vault.unlock_quick(e.words); !opened)
      return show_lock(strings_.tr(vault.has_quick_code() ? Key("lock.wrong_code.problem")
                                                          : Key("lock.passphrase_now.problem")));
    return return_to_work();
  }
  auto outcome = std::make_shared<base::Status>();
  start(
      strings_.tr("task.opening.step"),
      [this, outcome, e] { *outcome = profile_->vault().unlock(e.words, around_.clock->now()); },
      [this, outcome] {
        if (*outcome) return return_to_work();
        show_lock(outcome->error().fault == base::Fault::locked ? strings_.tr("unlock.wrong.problem")
                                                                : fault_text(outcome->error()));
      });
}

// Back to where the lock came: the interviews, the page, the caret.
void OpenDesk::return_to_work() {
  std::vector<std::string> waiting = std::exchange(waiting_, {});
  arm_quick_lock();
  std::vector<std::unique_ptr<Interview>> interviews;
  for (const std::string& id : waiting)
    if (auto interview = resumed(id); interview) interviews.push_back(std::move(*interview));
  if (interviews.empty() && unpark()) return;
  if (interviews.empty()) return show_home();
  if (interviews.size() > 1) {
    begin_at(std::move(interviews[1]));
    other_ = rise();
  }
  begin_at(std::move(interviews[0]));
}

// The code lies sealed in the profile; while the profile is open it can bring it back.
void OpenDesk::arm_quick_lock() {
  if (!profile_ || preferences_.code.empty()) return;
  (void)profile_->vault().set_quick_code(preferences_.code);
}

}  // namespace app
