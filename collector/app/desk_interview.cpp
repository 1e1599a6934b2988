#include <algorithm>

#include "collector/app/desk_state.h"
#include "collector/app/platform.h"
#include "collector/app/walk.h"

namespace app {

using engine::NodeId;

namespace {

// The language that is read out first: the interface's, when the form has it.
int first_language(const definition::Survey& survey, const std::string& interface_language) {
  int index = survey.language_index(interface_language);
  return index >= 0 ? index : survey.default_language;
}

std::string own_name(const std::string& language) {
  return language.substr(0, language.find(" ("));
}

}  // namespace

void OpenDesk::on(const NewInterview& e) {
  problems_.clear();
  typed_.clear();
  if (frame_.practice) {
    std::filesystem::path folder = practice_forms().front().parent_path() / e.form;
    auto form = read_form(folder, {around_.lists, folder});
    if (!form) return say(form.error());
    if (!form->read.survey) return say(strings_.tr("home.refused_form.notice"), true);
    auto shared = std::make_shared<const FormFile>(std::move(*form));
    language_ = first_language(*shared->read.survey, frame_.language);
    interview_ = Interview::practise(shared, world(), language_);
  } else {
    for (const record::PublishedForm& form : profile_->forms()) {
      if (form.form_id != e.form) continue;
      auto file = profile_->form(form.package);
      if (!file) return say(file.error());
      language_ = first_language(*(*file)->read.survey, frame_.language);
      auto interview = Interview::begin(*profile_, form, language_);
      if (!interview) return say(interview.error());
      interview_ = std::move(*interview);
    }
  }
  if (!interview_) return;
  second_ = -1;
  go_to(next_question(interview_->session(), 0));
}

void OpenDesk::on(const OpenInterview& e) {
  auto id = base::DraftId::from_hex(e.id);
  if (!id || !profile_) return;
  auto interview = Interview::open(*profile_, *id);
  if (!interview && interview.error().fault == base::Fault::missing)
    interview = Interview::reopen(*profile_, *base::RecordId::from_hex(e.id));
  if (!interview) {
    if (interview.error().fault == base::Fault::missing) return say(strings_.tr("home.sealed.notice"));
    return say(interview.error());
  }
  problems_.clear();
  typed_.clear();
  interview_ = std::move(*interview);
  language_ = interview_->session().language();
  second_ = -1;
  NodeId place = interview_->place();
  go_to(place != 0 && interview_->session().relevant(place) ? place
                                                            : next_question(interview_->session(), 0));
  if (interview_->is_correction()) say(strings_.tr("home.correcting.notice"));
}

std::vector<Page> OpenDesk::pages_now() const {
  return pages_of(interview_->session(), one_per_page_, !interview_->is_correction());
}

void OpenDesk::go_to(NodeId node) {
  pages_ = pages_now();
  page_ = page_with(pages_, node);
  focus_ = node == engine::no_id ? "" : address_of(interview_->session(), node);
  if (node != engine::no_id) (void)interview_->shown(node);
  show_interview();
}

void OpenDesk::show_interview() {
  const engine::Session& session = interview_->session();
  const definition::Survey& survey = interview_->survey();
  pages_ = pages_now();
  if (page_ >= pages_.size()) page_ = pages_.empty() ? 0 : pages_.size() - 1;
  InterviewView view;
  view.title = survey.title_in(language_);
  view.subtitle = frame_.practice ? strings_.tr("practice.name.label") : session.instance_name();
  for (const std::string& language : survey.languages) view.languages.push_back(own_name(language));
  view.language_index = language_;
  view.second_index = second_;
  view.language = view.languages[static_cast<size_t>(language_)];
  if (second_ >= 0) view.second_language = view.languages[static_cast<size_t>(second_)];
  view.right_to_left = survey.is_right_to_left(language_);
  view.page = static_cast<int>(page_);
  view.pages = static_cast<int>(pages_.size());
  view.one_per_page = one_per_page_;
  if (!pages_.empty()) {
    const Page& page = pages_[page_];
    view.grid = page.grid;
    view.can_go_back = page_ > 0;
    view.is_last = page_ + 1 == pages_.size();
    if (page.questions.empty()) {
      show_repeat(view, page);
    } else {
      NodeId section = section_of(session, page.questions.front());
      view.section =
          section == 0 ? survey.title_in(language_)
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
    }
    for (NodeId node : page.questions) {
      QuestionView question = question_view(session, node, language_, second_);
      if (question.control.kind == definition::ControlKind::not_yet)
        question.remark = strings_.tr("interview.not_yet.remark");
      if (question.control.kind == definition::ControlKind::date_entry)
        question.today = base::civil_from_days(
            (around_.clock->now().ms + around_.clock->offset_minutes() * 60'000LL) / 86'400'000);
      if (question.free_text) question.remark = strings_.tr("interview.empty_list.remark");
      if (auto at = problems_.find(question.id); at != problems_.end()) question.problem = at->second;
      if (auto at = typed_.find(question.id); at != typed_.end()) {
        question.shown = at->second;
        question.saved = false;
        view.saved = false;
      }
      view.questions.push_back(std::move(question));
    }
    bool there = std::any_of(view.questions.begin(), view.questions.end(),
                             [&](const QuestionView& q) { return q.id == focus_; });
    view.focus = there || view.questions.empty() ? focus_ : view.questions.front().id;
    view.outline = outline_of(session, first_on(pages_, page_), language_);
  }
  screen_ = std::move(view);
}

void OpenDesk::on(const NextPage& e) {
  if (!interview_ || pages_.empty()) return;
  const engine::Session& session = interview_->session();
  for (NodeId node : pages_[page_].questions) {
    std::string id = address_of(session, node);
    bool stays = typed_.count(id) > 0 || session.judge(node) == engine::Judgement::constraint_failed;
    bool missing =
        !e.skip && is_answerable(session, node) && session.judge(node) == engine::Judgement::required_missing;
    if (missing) {
      const definition::Node& definition = interview_->survey().nodes[session.definition_of(node)];
      std::string message = session.text(definition.required_message, node, language_);
      problems_[id] = message.empty() ? strings_.tr("interview.required.problem") : message;
    }
    if (missing || (stays && !e.skip)) {
      focus_ = id;
      return show_interview();
    }
    if (missing == false) problems_.erase(typed_.count(id) ? "" : id);
  }
  if (page_ + 1 >= pages_.size()) return show_submit();
  ++page_;
  arrive();
}

// The page has been turned.
void OpenDesk::arrive() {
  bool asks = pages_.empty() || pages_[page_].questions.empty();
  focus_ = asks ? "" : address_of(interview_->session(), pages_[page_].questions.front());
  if (!asks) (void)interview_->shown(pages_[page_].questions.front());
  show_interview();
}

void OpenDesk::on(const PreviousPage&) {
  if (!interview_) return;
  if (page_ > 0) --page_;
  arrive();
}

void OpenDesk::on(const Focus& e) {
  focus_ = e.question;
  if (auto* view = std::get_if<InterviewView>(&screen_)) view->focus = e.question;
}

void OpenDesk::on(const JumpTo& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.id);
  if (node != engine::no_id && !is_shown(interview_->session(), node))
    node = first_question(interview_->session(), node);  // of a group or an instance
  if (node != engine::no_id) go_to(node);
}

void OpenDesk::on(const ReadIn& e) {
  if (!interview_) return;
  auto count = static_cast<int>(interview_->survey().languages.size());
  if (e.language >= 0 && e.language < count && e.language != language_) {
    language_ = e.language;
    if (auto done = interview_->read_in(language_); !done) say(done.error());
  }
  second_ = e.second >= 0 && e.second < count ? e.second : -1;
  show_interview();
}

void OpenDesk::on(const OnePerPage& e) {
  if (!interview_) return;
  NodeId here = first_on(pages_, page_);
  one_per_page_ = e.on;
  go_to(here);
}

void OpenDesk::show_submit() {
  const engine::Session& session = interview_->session();
  SubmitView view;
  view.title = interview_->survey().title_in(language_);
  view.correcting = interview_->is_correction();
  view.refused = !view.correcting && interview_->refused();
  if (!view.refused)
    for (const engine::Finding& finding : interview_->findings()) {
      std::string label = session.text(interview_->survey().nodes[session.definition_of(finding.node)].label,
                                       finding.node, language_);
      std::string text = finding.message;
      if (text.empty())
        text = finding.judgement == engine::Judgement::required_missing
                   ? strings_.tr("interview.required.problem")
                   : strings_.tr("interview.rule.problem");
      view.findings.push_back({address_of(session, finding.node), label, text, true});
    }
  for (NodeId node = next_question(session, 0); node != engine::no_id; node = next_question(session, node))
    if (is_answerable(session, node)) ++(session.value(node).empty() ? view.unanswered : view.answered);
  view.may_finish = view.findings.empty();
  view.meaning = frame_.practice   ? strings_.tr("submit.practice.text")
                 : view.correcting ? strings_.tr("submit.correcting.text")
                 : view.refused    ? strings_.tr("submit.refused.text")
                                   : strings_.tr("submit.meaning.text");
  if (!view.refused) view.card = interview_->card();
  screen_ = std::move(view);
}

void OpenDesk::on(const Finish&) {
  if (!interview_) return;
  bool correcting = interview_->is_correction();
  bool refused = !correcting && interview_->refused();
  if (!refused && !interview_->findings().empty()) return show_submit();
  auto done = interview_->finish();
  if (!done) {
    show_submit();
    return say(done.error());
  }
  interview_.reset();
  show_home();
  say(frame_.practice ? strings_.tr("practice.done.notice")
      : correcting    ? strings_.tr("submit.corrected.notice")
      : refused       ? strings_.tr("submit.refused.notice")
                      : strings_.tr("submit.done.notice"));
}

}  // namespace app
