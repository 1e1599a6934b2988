// Moving through an interview: on, back, to a section, to a question that was found, to the next blank one.
#include <algorithm>

#include "collector/app/desk_state.h"
#include "collector/app/walk.h"
#include "forms/base/utf8.h"

namespace app {

using engine::Judgement;
using engine::NodeId;

namespace {

constexpr size_t most_found = 60;

// The question of a page that the keyboard speaks to first: not a text to read, if there is another.
NodeId first_asked(const engine::Session& session, const Page& page) {
  for (NodeId node : page.questions)
    if (is_answerable(session, node)) return node;
  return page.questions.front();
}

}  // namespace

// The pages as they stand now.
void OpenDesk::lay_pages() {
  PageWish wish{.turning = turning_,
                .may_add = !interview_->is_correction(),
                .tables = preferences_.tables,
                .consent = &interview_->consent()};
  if (course_.is_stale(interview_->session(), wish, interview_->take_touched()))
    pages_ = course_.lay(interview_->session(), wish);
}

void OpenDesk::go_to(NodeId node) {
  lay_pages();
  page_ = page_with(pages_, node);
  caret_ = -1;
  if (!pages_.empty() && !pages_[page_].questions.empty() && pages_[page_].questions.front() == node)
    node = first_asked(interview_->session(), pages_[page_]);
  focus_ = node == engine::no_id ? "" : address_of(interview_->session(), node);
  if (node != engine::no_id) (void)interview_->shown(node);
  show_interview();
}

// The page has been turned.
void OpenDesk::arrive() {
  bool asks = pages_.empty() || pages_[page_].questions.empty();
  caret_ = -1;
  NodeId first = asks ? engine::no_id : first_asked(interview_->session(), pages_[page_]);
  focus_ = asks ? "" : address_of(interview_->session(), first);
  if (!asks) (void)interview_->shown(first);
  show_interview();
}

// Why this question keeps the page from being turned is said beside it.
bool OpenDesk::stays_on(NodeId node, bool skip) {
  const engine::Session& session = interview_->session();
  std::string id = address_of(session, node);
  Judgement judgement = session.judge(node);
  if (judgement == Judgement::required_missing && is_answerable(session, node) && !skip) {
    problems_[id] = [this](NodeId at) { return required_text(at); };
    return true;
  }
  if (typed_.count(id) > 0) return !skip;
  if (judgement == Judgement::constraint_failed) {
    problems_.try_emplace(id, [this](NodeId at) { return rule_text(at); });  // of an interview that was opened again
    if (is_soft(session, node)) {  // a warning is said once
      if (!warned_.insert(id).second || skip) return false;
      return true;
    }
    return !skip;
  }
  problems_.erase(id);
  return false;
}

void OpenDesk::on(const NextPage& e) {
  if (!interview_ || pages_.empty()) return;
  for (NodeId node : pages_[page_].questions)
    if (stays_on(node, e.skip)) {
      focus_ = address_of(interview_->session(), node);
      return show_interview();
    }
  if (pages_[page_].consent == ConsentStep::card && card_waits()) {
    problems_[focus_] = [this](NodeId at) { return words_for(at).tr("consent.card.problem"); };
    return show_interview();
  }
  if (page_ + 1 >= pages_.size()) return show_submit();
  ++page_;
  if (!left_.empty() && page_with(pages_, find_address(interview_->session(), left_)) == page_) left_.clear();
  arrive();
}

void OpenDesk::on(const PreviousPage&) {
  if (!interview_) return;
  if (left_.empty()) left_ = focus_;
  if (page_ > 0) --page_;
  arrive();
}

void OpenDesk::on(const Focus& e) {
  focus_ = e.question;
  if (interview_ && !e.left.empty()) {
    NodeId left = find_address(interview_->session(), e.left);
    if (left != engine::no_id && stays_on(left, false)) focus_ = e.left;
    return show_interview();
  }
  auto* view = std::get_if<InterviewView>(&screen_);
  if (!view) return;
  view->focus = e.question;
  if (view->repeat && view->repeat->table) show_interview();  // its headings speak of the row
}

void OpenDesk::on(const Caret& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.question);
  if (node != engine::no_id) (void)interview_->stand(node, e.at, true);
}

void OpenDesk::on(const JumpTo& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.id);
  if (node != engine::no_id && !is_shown(interview_->session(), node))
    node = first_question(interview_->session(), node);  // of a group or an instance
  if (node == engine::no_id) return;
  if (left_.empty()) left_ = focus_;
  found_.clear();
  go_to(node);
}

void OpenDesk::on(const GoBackTo&) {
  if (!interview_ || left_.empty()) return;
  NodeId node = find_address(interview_->session(), left_);
  left_.clear();
  if (node != engine::no_id && is_shown(interview_->session(), node)) go_to(node);
}

void OpenDesk::on(const NextUnanswered&) {
  if (!interview_ || pages_.empty()) return;
  const engine::Session& session = interview_->session();
  auto blank = [&](NodeId node) { return is_answerable(session, node) && session.value(node).empty(); };
  NodeId here = focus_.empty() ? first_on(pages_, page_) : find_address(session, focus_);
  NodeId found = engine::no_id;
  if (here != engine::no_id)
    for (NodeId node = next_question(session, here); node != engine::no_id && found == engine::no_id;
         node = next_question(session, node))
      if (blank(node)) found = node;
  for (NodeId node = next_question(session, 0); node != engine::no_id && found == engine::no_id && node != here;
       node = next_question(session, node))
    if (blank(node)) found = node;
  if (found == engine::no_id) return say(strings_.tr("interview.all_answered.notice"));
  if (left_.empty()) left_ = focus_;
  go_to(found);
}

void OpenDesk::on(const Find& e) {
  if (!interview_) return;
  found_.clear();
  const engine::Session& session = interview_->session();
  const definition::Survey& survey = interview_->survey();
  std::string wanted = base::search_fold(e.words);
  std::vector<FoundView> inside;  // after those whose name or first words it is
  for (NodeId node = next_question(session, 0); node != engine::no_id; node = next_question(session, node)) {
    if (found_.size() + inside.size() >= most_found) break;
    const definition::Node& definition = survey.nodes[session.definition_of(node)];
    std::string label = session.text(definition.label, node, language_);
    std::string folded = base::search_fold(label);
    std::string beside = second_ < 0 ? "" : base::search_fold(session.text(definition.label, node, second_));
    std::string name = base::search_fold(definition.name);
    bool first = folded.starts_with(wanted) || name.starts_with(wanted);
    if (!first && folded.find(wanted) == std::string::npos && name.find(wanted) == std::string::npos &&
        beside.find(wanted) == std::string::npos)
      continue;
    NodeId section = section_of(session, node);
    FoundView view{address_of(session, node), label.empty() ? definition.name : label,
                   section == 0 ? "" : session.text(survey.nodes[session.definition_of(section)].label,
                                                    section, language_),
                   !session.value(node).empty()};
    (first ? found_ : inside).push_back(std::move(view));
  }
  std::move(inside.begin(), inside.end(), std::back_inserter(found_));
  if (auto* view = std::get_if<InterviewView>(&screen_)) view->found = found_;
}

void OpenDesk::on(const TurnBy& e) {
  turning_ = e.turning;
  keep_preferences();
  if (std::holds_alternative<SettingsView>(screen_)) return show_settings();
  if (!interview_) return;
  NodeId here = focus_.empty() ? first_on(pages_, page_) : find_address(interview_->session(), focus_);
  go_to(here);
}

void OpenDesk::on(const Advance& e) {
  advances_ = e.on;
  keep_preferences();
  if (std::holds_alternative<SettingsView>(screen_)) return show_settings();
  if (auto* view = std::get_if<InterviewView>(&screen_)) view->advances = e.on;
}

}  // namespace app
