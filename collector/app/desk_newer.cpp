// An open interview whose form has a later version on this laptop: what that changes, and going on with it.
#include <set>

#include "collector/app/desk_state.h"
#include "collector/app/walk.h"
#include "forms/definition/difference.h"

namespace app {

using engine::NodeId;

namespace {

// Of several of one form the last is the newest.
const record::PublishedForm* newest_of(const std::vector<record::PublishedForm>& forms, const std::string& id) {
  const record::PublishedForm* out = nullptr;
  for (const record::PublishedForm& form : forms)
    if (form.form_id == id) out = &form;
  return out;
}

}  // namespace

void DeskHeld::look_for_newer() {
  newer_.reset();
  if (!profile_ || !interview_ || interview_->is_practice() || interview_->is_correction()) return;
  std::vector<record::PublishedForm> forms = profile_->forms();
  const record::PublishedForm* newest = newest_of(forms, interview_->info().form_id);
  if (!newest || newest->hash == interview_->info().form) return;
  auto file = profile_->form(newest->package);
  if (!file || !(*file)->read.survey) return;
  NewerView view{interview_->info().form_version, newest->version, 0, 0, 0, true};
  std::set<std::string> added, gone, changed;  // a question once, however much of it is another
  for (const definition::Change& change : definition::difference(interview_->survey(), *(*file)->read.survey).changes)
    (change.effect == definition::Effect::added      ? added
     : change.effect == definition::Effect::archived ? gone
                                                     : changed)
        .insert(change.identity);
  for (const std::string& one : gone) changed.erase(one);
  for (const std::string& one : added) changed.erase(one);
  view.added = static_cast<int>(added.size());
  view.gone = static_cast<int>(gone.size());
  view.changed = static_cast<int>(changed.size());
  newer_ = std::move(view);
}

void OpenDesk::on(const MoveToNewest& e) {
  if (!interview_ || !newer_) return;
  newer_->offered = false;
  if (!e.moves) return show_interview();
  std::vector<record::PublishedForm> forms = profile_->forms();
  const record::PublishedForm* newest = newest_of(forms, interview_->info().form_id);
  if (!newest) return;
  end_sound();
  std::string where = focus_;
  std::string version = newest->version;
  auto moved = Interview::move(*profile_, interview_->id(), *newest);
  if (!moved) return say(moved.error());
  begin_at(std::move(moved->interview));
  // Where one was, if it is still asked.
  NodeId node = where.empty() ? engine::no_id : find_address(interview_->session(), where);
  if (node != engine::no_id && is_shown(interview_->session(), node) && interview_->session().relevant(node)) go_to(node);
  auto beside = static_cast<long>(moved->archived.size());
  say(beside == 0 ? strings_.tr("newer.moved.notice", {{"after", version}})
                  : strings_.tr("newer.beside.notice", {{"after", version}, {"count", strings_.number(beside)}}, beside));
}

}  // namespace app
