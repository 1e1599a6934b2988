// The desk shows a page of an interview.
#include <algorithm>

#include "collector/app/desk_state.h"
#include "collector/app/no_answer.h"

namespace app {

using engine::NodeId;

namespace {

std::string name_of(const Interview& interview, int language) {
  std::string name = case_name(interview.session());
  return name.empty() ? interview.survey().title_in(language) : name;
}

}  // namespace

// What people really speak; the codes are those of the study's question on the language of the interview.
std::vector<SpokenView> spoken_languages(const Strings& s) {
  return {{"ary", s.tr("spoken.ary.label")},   {"ar_msa", s.tr("spoken.ar.label")},
          {"rif", s.tr("spoken.rif.label")},   {"tzm", s.tr("spoken.tzm.label")},
          {"shi", s.tr("spoken.shi.label")},   {"fr", s.tr("spoken.fr.label")},
          {"tr", s.tr("spoken.tr.label")},     {"kmr", s.tr("spoken.kmr.label")},
          {"nl", s.tr("spoken.nl.label")},     {"en", s.tr("spoken.en.label")},
          {"other", s.tr("spoken.other.label")}};
}

void OpenDesk::show_interview() {
  const engine::Session& session = interview_->session();
  const definition::Survey& survey = interview_->survey();
  lay_pages();
  if (sounding_.whole && recordable().empty()) end_sound();  // consent was taken back meanwhile
  if (page_ >= pages_.size()) page_ = pages_.empty() ? 0 : pages_.size() - 1;
  InterviewView view;
  view.title = survey.title_in(language_);
  view.subtitle = frame_.practice ? strings_.tr("practice.name.label") : case_name(session);
  if (view.subtitle.empty()) view.subtitle = strings_.tr("home.no_name.label");
  for (size_t i = 0; i < survey.languages.size(); ++i) {
    bool asked = i >= offered_.size() || offered_[i] || static_cast<int>(i) == language_;
    view.languages.push_back(asked ? own_name(survey.languages[i]) : "");
  }
  view.language_index = language_;
  view.second_index = second_;
  view.language = own_name(survey.languages[static_cast<size_t>(language_)]);
  if (second_ >= 0) view.second_language = own_name(survey.languages[static_cast<size_t>(second_)]);
  view.words_in = strings_in(survey.language_code(language_), strings_).language();
  view.right_to_left = survey.is_right_to_left(language_);
  view.spoken_choices = spoken_languages(strings_);
  view.spoken = interview_->spoken();
  view.page = static_cast<int>(page_);
  bool awaited = is_awaited(session);
  view.pages = awaited ? 0 : static_cast<int>(pages_.size());
  view.turning = turning_;
  view.advances = advances_;
  view.found = found_;
  view.beside = beside_;
  view.caret = caret_;
  if (other_) view.other = name_of(*other_->interview, other_->language);
  view.other_records = other_ && other_->sounding.recorder != nullptr;
  if (NodeId left = left_.empty() ? engine::no_id : find_address(session, left_); left != engine::no_id)
    if (size_t back = page_with(pages_, left); back != page_) view.back_to = static_cast<int>(back);
  if (!pages_.empty()) {
    const Page& page = pages_[page_];
    view.grid = page.grid;
    view.can_go_back = page_ > 0;
    view.is_last = page_ + 1 == pages_.size() && !awaited;
    view.outline = course_.outline(session, first_on(pages_, page_), language_);
    if (!page.questions.empty()) show_page(view, page);
    if (page.repeat != definition::no_node) show_repeat(view, page);
  }
  view.sound = sound_view();
  view.recordable = recordable();
  view.parts = recorded_parts();
  view.recordings = static_cast<int>(view.parts.size());
  view.newer = newer_;
  view.seat = seat_;
  view.browser = browser_;
  screen_ = std::move(view);
}

void OpenDesk::show_page(InterviewView& view, const Page& page) {
  const engine::Session& session = interview_->session();
  const definition::Survey& survey = interview_->survey();
  NodeId section = section_of(session, page.questions.front());
  view.section = section == 0
                     ? survey.title_in(language_)
                     : session.text(survey.nodes[session.definition_of(section)].label, section, language_);
  for (NodeId at = page.questions.front(); at != engine::no_id && at != 0; at = session.parent(at)) {
    const definition::Node& around = survey.nodes[session.definition_of(at)];
    if (around.kind != definition::NodeKind::repeat) continue;
    view.section +=
        " · " + session.text(around.label, at, language_) + " " + strings_.number(session.position(at));
    if (view.removable.empty() && session.may_add(session.parent(at), session.definition_of(at)) &&
        !interview_->is_correction())
      view.removable = address_of(session, at);
  }
  for (NodeId node : page.questions) {
    QuestionView question = question_view(session, node, language_, second_);
    question.no_answers = no_answers(session, node);
    question.no_answer = no_answer_of(session, node);
    if (question.control.kind == definition::ControlKind::not_yet)
      question.remark = strings_.tr("interview.not_yet.remark");
    if (question.control.kind == definition::ControlKind::date_entry)
      question.today = base::local_date(around_.clock->now(), around_.clock->offset_minutes());
    if (question.control.kind == definition::ControlKind::media && question.answered)
      question.media = media_view(question);
    if (question.media && question.control.media == definition::MediaKind::audio)
      question.media->marks = marks_of(question.id);
    add_form_media(question, node);
    if (auto at = notes_.find(question.id); at != notes_.end()) question.note = at->second;
    if (question.free_text) question.remark = strings_.tr("interview.empty_list.remark");
    if (auto at = problems_.find(question.id); at != problems_.end()) question.problem = at->second(node);
    if (auto at = typed_.find(question.id); at != typed_.end()) {
      question.shown = at->second;
      question.in_words.clear();
      question.saved = false;
      view.saved = false;
    }
    view.questions.push_back(std::move(question));
  }
  bool there = std::any_of(view.questions.begin(), view.questions.end(),
                           [&](const QuestionView& q) { return q.id == focus_; });
  view.focus = there || view.questions.empty() ? focus_ : view.questions.front().id;
  if (page.consent != ConsentStep::none) view.consent = consent_view(page);
  view.remark = stand_in_remark(page);
}

// Everything on it is read by the respondent: in the interview's language, whatever the interface's.
ConsentView DeskHeld::consent_view(const Page& page) const {
  Strings words = strings_in(interview_->survey().language_code(language_), strings_);
  ConsentView view;
  switch (page.consent) {
    case ConsentStep::guardian:
      view.title = words.tr("consent.guardian.title");
      view.for_guardian = true;
      break;
    case ConsentStep::assent:
      view.title = words.tr("consent.assent.title");
      break;
    case ConsentStep::purposes:
      view.title = words.tr("consent.purposes.title");
      break;
    case ConsentStep::card:
      view.title = words.tr("consent.card.title");
      view.card = true;
      view.code = interview_->card();
      view.words = words_on_card();
      view.by_hand = !view.code.empty() && profile_ &&
                     (profile_->authority().policy("card_contact").empty() ||
                      profile_->authority().policy("card_until").empty());
      view.printed = printed_;
      view.handed = handed_;
      break;
    case ConsentStep::adult:
    case ConsentStep::none:
      view.title = words.tr("consent.adult.title");
      break;
  }
  return view;
}

}  // namespace app
