#include <algorithm>

#include "collector/app/desk_state.h"
#include "collector/app/handed_cards.h"
#include "collector/app/platform.h"
#include "collector/app/typed_correction.h"
#include "collector/app/walk.h"

namespace app {

using engine::NodeId;

base::Result<std::unique_ptr<Interview>> OpenDesk::begun(const std::string& id) {
  if (frame_.practice && !profile_) {
    std::filesystem::path folder = practice_forms().front().parent_path() / id;
    auto form = read_form(folder, {around_.lists, folder});
    if (!form) return base::pass(form.error());
    if (!form->read.survey) return base::fail(base::Fault::invalid, id, "This form has errors.");
    auto shared = std::make_shared<const FormFile>(std::move(*form));
    return Interview::practise(shared, world(), first_language(*shared->read.survey, frame_.language));
  }
  for (const record::PublishedForm& form : profile_->forms()) {
    if (form.form_id != id) continue;
    auto file = profile_->form(form.package);
    if (!file) return base::pass(file.error());
    if (frame_.practice)
      return Interview::practise(*file, world(), first_language(*(*file)->read.survey, frame_.language));
    return Interview::begin(*profile_, form, first_language(*(*file)->read.survey, frame_.language));
  }
  return base::fail(base::Fault::missing, id, "This form is not on this laptop.");
}

base::Result<std::unique_ptr<Interview>> OpenDesk::resumed(const std::string& id) {
  auto draft = base::DraftId::from_hex(id);
  if (!draft || !profile_) return base::fail(base::Fault::missing, id, "There is no such interview.");
  auto interview = Interview::open(*profile_, *draft);
  if (!interview && interview.error().fault == base::Fault::missing)
    interview = Interview::reopen(*profile_, *base::RecordId::from_hex(id));
  return interview;
}

void OpenDesk::begin_at(std::unique_ptr<Interview> interview) {
  problems_.clear();
  typed_.clear();
  left_.clear();
  found_.clear();
  beside_.clear();
  warned_.clear();
  printed_ = false;
  forget_media();
  interview_ = std::move(interview);
  seat_ = ++seats_;
  course_ = {};
  offered_ = languages_offered();
  handed_ = profile_ && !interview_->is_practice() && is_handed(*profile_, interview_->id());
  read_notes();
  look_for_newer();
  const engine::Session& session = interview_->session();
  language_ = session.language();
  second_ = profile_ && !preferences_.beside.empty() ? interview_->survey().language_index(preferences_.beside) : -1;
  if (second_ == language_ || (second_ >= 0 && !offered_[static_cast<size_t>(second_)])) second_ = -1;
  NodeId place = interview_->place();
  int caret = interview_->caret();
  bool there = place != 0 && session.relevant(place);
  go_to(there ? place : next_question(session, 0));
  if (there && caret >= 0) {
    caret_ = caret;
    (void)interview_->stand(place, caret, true);
    show_interview();
  }
  if (!interview_->is_correction()) return;
  say(strings_.tr("home.correcting.notice"));
  // What was typed when the machine went out stands in its field again, and is not sealed yet.
  auto typed = profile_ ? typed_correction(*profile_) : std::nullopt;
  NodeId asked = !typed || typed->record != interview_->record() ? engine::no_id : find_address(session, typed->question);
  if (asked == engine::no_id || !is_shown(session, asked)) return;
  typed_[typed->question] = typed->typed;
  go_to(asked);
  say(strings_.tr("correction.typed_again.notice"));
}

void OpenDesk::on(const NewInterview& e) {
  bool recorded = leave_interviews();
  auto interview = begun(e.form);
  if (!interview && interview.error().fault == base::Fault::invalid)
    return say(strings_.tr("home.refused_form.notice"), true);
  if (!interview) return say(interview.error());
  begin_at(std::move(*interview));
  if (recorded) say(strings_.tr("sound.ended_by_leaving.notice"));
}

void OpenDesk::on(const OpenInterview& e) {
  bool recorded = leave_interviews();
  auto interview = resumed(e.id);
  if (!interview && interview.error().fault == base::Fault::missing)
    return say(strings_.tr("home.sealed.notice"));
  if (!interview) return say(interview.error());
  begin_at(std::move(*interview));
  if (recorded) say(strings_.tr("sound.ended_by_leaving.notice"));
}

bool OpenDesk::leave_interviews() {
  bool recorded = end_all_sound();
  if (profile_) frame_.practice = false;  // practising with a form of one's own is over
  interview_.reset();
  other_.reset();
  forget_media();
  newer_.reset();
  problems_.clear();
  typed_.clear();
  found_.clear();
  return recorded;
}

// The recording of the whole interview belongs to the person who agreed to it: it waits, with the microphone closed.
OpenDesk::Seat OpenDesk::rise() {
  bool waits = is_recording_whole();
  if (waits) {
    sounding_.recorder->pause();
    waits = drain_recorder();
  }
  if (!waits) end_sound();
  frame_.recording = false;
  return {std::move(interview_), language_, second_, page_,
          std::move(problems_), std::move(typed_), std::move(focus_), std::move(left_), seat_, std::exchange(sounding_, {})};
}

void OpenDesk::sit(Seat seat) {
  interview_ = std::move(seat.interview);
  course_ = {};
  offered_ = languages_offered();
  language_ = seat.language;
  second_ = seat.second;
  page_ = seat.page;
  problems_ = std::move(seat.problems);
  typed_ = std::move(seat.typed);
  focus_ = std::move(seat.focus);
  left_ = std::move(seat.left);
  seat_ = seat.number;
  end_sound();
  sounding_ = std::move(seat.sounding);
  frame_.recording = sounding_.recorder != nullptr;
  look_for_newer();
  if (newer_) newer_->offered = false;
  found_.clear();
  browser_.reset();
  handed_ = profile_ && !interview_->is_practice() && is_handed(*profile_, interview_->id());
  read_notes();
  caret_ = interview_->caret();
  show_interview();
}

void OpenDesk::on(const OfferBeside&) {
  if (!interview_) return;
  beside_.clear();
  auto begin = [&](const std::string& id, const definition::Survey& survey) {
    beside_.push_back({id, "", strings_.tr("beside.begin.label"),
                       survey.title_in(survey.language_index(frame_.language))});
  };
  if (profile_) {
    for (const record::PublishedForm& form : profile_->forms())
      if (auto file = profile_->form(form.package); file) begin(form.form_id, *(*file)->read.survey);
  } else {
    for (const std::filesystem::path& folder : practice_forms())
      if (auto form = read_form(folder, {around_.lists, folder}); form && form->read.survey)
        begin(folder.filename().string(), *form->read.survey);
  }
  if (profile_ && !frame_.practice) {
    if (auto drafts = profile_->vault().drafts(); drafts)
      for (const store::DraftSummary& draft : *drafts)
        if (draft.id != interview_->id())
          beside_.push_back({"", draft.id.hex(),
                             draft.info.name.empty() ? strings_.tr("home.no_name.label") : draft.info.name,
                             draft.info.title});
  }
  show_interview();
}

void OpenDesk::on(const OpenBeside& e) {
  if (!interview_ || (!profile_ && e.form.empty())) return;
  if (other_ || e.draft == interview_->id().hex()) return say(strings_.tr("beside.full.notice"));
  auto second = e.form.empty() ? resumed(e.draft) : begun(e.form);
  if (!second) return say(second.error());
  other_ = rise();
  begin_at(std::move(*second));
  say_other_waits();
}

void OpenDesk::say_other_waits() {
  if (!other_ || !other_->sounding.recorder) return;
  std::string name = case_name(other_->interview->session());
  if (name.empty()) name = strings_.tr("home.no_name.label");
  say(strings_.tr("beside.recording_paused.notice", {{"name", name}}));
}

void OpenDesk::park() {
  if (!interview_ || !interview_->is_practice()) return;
  parked_for_ = profile_ ? profile_->label() : "";
  parked_.clear();
  end_all_sound();
  parked_.push_back(rise());
  if (other_) parked_.push_back(std::move(*other_));
  other_.reset();
}

bool OpenDesk::unpark() {
  std::vector<Seat> seats = std::exchange(parked_, {});
  if (seats.empty() || parked_for_ != (profile_ ? profile_->label() : "")) return false;
  frame_.practice = true;
  if (seats.size() > 1) other_ = std::move(seats[1]);
  sit(std::move(seats[0]));
  return true;
}

void OpenDesk::on(const SwitchInterview&) {
  if (!interview_ || !other_) return;
  Seat next = std::move(*other_);
  other_ = rise();
  sit(std::move(next));
  say_other_waits();
}

void OpenDesk::on(const ReadIn& e) {
  if (!interview_) return;
  auto count = static_cast<int>(interview_->survey().languages.size());
  if (e.language >= 0 && e.language < count && e.language != language_) {
    language_ = e.language;
    if (auto done = interview_->read_in(language_); !done) say(done.error());
  }
  second_ = e.second >= 0 && e.second < count ? e.second : -1;
  // The habit of a person: the next interview begins with it.
  preferences_.beside = second_ < 0 ? "" : std::string(interview_->survey().language_code(second_));
  keep_preferences();
  show_interview();
}

void OpenDesk::on(const SpeakIn& e) {
  if (!interview_ || pages_.empty()) return;
  NodeId here = first_on(pages_, page_);
  if (NodeId focus = find_address(interview_->session(), focus_); focus != engine::no_id) here = focus;
  if (here == engine::no_id) return;
  if (auto done = interview_->speak_in(here, e.code); !done) say(done.error());
  show_interview();
}

}  // namespace app
