// The desk's verbs that change one answer.
#include <algorithm>

#include "collector/app/desk_state.h"

namespace app {

using engine::NodeId;

void OpenDesk::store_answer(NodeId node, const std::string& value, bool typed) {
  std::string id = address_of(interview_->session(), node);
  NodeId here = first_on(pages_, page_);
  auto said = typed ? interview_->answer(node, value) : interview_->store(node, value);
  problems_.erase(id);
  typed_.erase(id);
  if (!said) {
    const definition::Node& definition =
        interview_->survey().nodes[interview_->session().definition_of(node)];
    typed_[id] = value;
    definition::DataType data = definition.type ? definition.type->data : definition::DataType::text;
    if (said.error().fault == base::Fault::locked && interview_->is_correction()) {
      typed_.erase(id);
      problems_[id] = strings_.tr("interview.fixed_consent.problem");
    } else if (said.error().fault != base::Fault::invalid) {
      problems_[id] = fault_text(said.error());
    } else if (data == definition::DataType::integer) {
      problems_[id] = strings_.tr("interview.whole_number.problem");
    } else if (data == definition::DataType::date || data == definition::DataType::date_time) {
      problems_[id] = strings_.tr("interview.date.problem");
    } else if (data == definition::DataType::time) {
      problems_[id] = strings_.tr("interview.time.problem");
    } else {
      problems_[id] = strings_.tr("interview.number.problem");
    }
  } else if (said->judgement == engine::Judgement::constraint_failed) {
    problems_[id] = said->message.empty() ? strings_.tr("interview.rule.problem") : said->message;
  }
  // The pages may have changed before this one.
  pages_ = pages_now();
  if (here != engine::no_id) page_ = page_with(pages_, here);
  focus_ = id;
  show_interview();
}

void OpenDesk::on(const Answer& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.question);
  if (node != engine::no_id) store_answer(node, e.typed, true);
}

void OpenDesk::on(const ToggleChoice& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.question);
  if (node == engine::no_id) return;
  QuestionView view = question_view(interview_->session(), node, language_, -1);
  if (view.control.kind == definition::ControlKind::choice_one) return store_answer(node, e.value, false);
  std::string values;
  bool was = false;
  std::string rest = view.value + " ";
  for (size_t at = 0; at < rest.size();) {
    size_t end = rest.find(' ', at);
    std::string one = rest.substr(at, end - at);
    if (one == e.value)
      was = true;
    else if (!one.empty())
      values += (values.empty() ? "" : " ") + one;
    at = end + 1;
  }
  if (!was) values += (values.empty() ? "" : " ") + e.value;
  store_answer(node, values, false);
}

void OpenDesk::on(const MoveRank& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.question);
  if (node == engine::no_id) return;
  QuestionView view = question_view(interview_->session(), node, language_, -1);
  std::vector<std::string> order(view.choices.size());
  for (const ChoiceView& choice : view.choices)
    if (choice.rank > 0 && static_cast<size_t>(choice.rank) <= order.size())
      order[static_cast<size_t>(choice.rank) - 1] = choice.value;
  std::erase(order, "");
  auto at = std::find(order.begin(), order.end(), e.value);
  if (at == order.end()) return;
  auto to = std::clamp<long>((at - order.begin()) + e.by, 0, static_cast<long>(order.size()) - 1);
  std::string value = *at;
  order.erase(at);
  order.insert(order.begin() + to, value);
  std::string joined;
  for (const std::string& one : order) joined += (joined.empty() ? "" : " ") + one;
  store_answer(node, joined, false);
}

}  // namespace app
