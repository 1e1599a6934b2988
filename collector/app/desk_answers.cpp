// The desk's verbs that change one answer.
#include <algorithm>
#include <charconv>

#include "collector/app/answer_text.h"
#include "collector/app/desk_state.h"
#include "collector/app/locale.h"
#include "collector/app/no_answer.h"
#include "collector/app/typed_correction.h"

namespace app {

using engine::NodeId;

namespace {

// "10", "0.5": as short as it can be written.
std::string number_text(double value) {
  char text[64];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

}  // namespace

// Why what was typed cannot be an answer, in the interface's language.
std::string DeskHeld::refusal_of(const base::Error& error, NodeId node) const {
  const definition::Node& question = interview_->survey().nodes[interview_->session().definition_of(node)];
  if (error.fault == base::Fault::locked && interview_->is_correction())
    return strings_.tr("interview.fixed_consent.problem");
  if (error.where == "consent") return strings_.tr("interview.not_agreed.problem");
  if (error.fault != base::Fault::invalid) return fault_text(error);
  definition::Control control = question.type->control(question);
  std::string code(interview_->survey().language_code(language_));
  using definition::DataType;
  using definition::DateParts;
  switch (question.type->data) {
    case DataType::date:
    case DataType::date_time:
      return control.parts == DateParts::month  ? strings_.tr("interview.month.problem")
             : control.parts == DateParts::year ? strings_.tr("interview.year.problem")
                                                : strings_.tr("interview.date.problem");
    case DataType::time:
      return strings_.tr("interview.time.problem");
    case DataType::place:
      return error.where == "short_link" ? strings_.tr("place.short_link.problem")
             : error.where == "side"     ? strings_.tr("place.side.problem")
             : error.where == "latitude" || error.where == "longitude" ? strings_.tr("place.bounds.problem")
                                                                       : strings_.tr("place.point.problem");
    case DataType::trace:
    case DataType::shape:
      if (error.where.rfind("point ", 0) == 0)
        return strings_.tr("place.line.problem", {{"number", error.where.substr(6)}});
      return question.type->data == DataType::trace ? strings_.tr("place.trace.problem")
                                                    : strings_.tr("place.shape.problem");
    case DataType::text:
      return strings_.tr("interview.digits.problem");
    default:
      break;
  }
  if (control.kind == definition::ControlKind::scale && question.type->words.front() == "range")
    return strings_.tr("interview.range.problem",
                       {{"least", write_ungrouped(code, number_text(control.scale_min))},
                        {"most", write_ungrouped(code, number_text(control.scale_max))}});
  return question.type->data == DataType::integer ? strings_.tr("interview.whole_number.problem")
                                                  : strings_.tr("interview.number.problem");
}

// The form's own words in the language that is read; ours where it has none.
std::string DeskHeld::rule_text(NodeId node) const {
  const engine::Session& session = interview_->session();
  std::string message = session.text(session.survey().nodes[session.definition_of(node)].constraint_message, node, language_);
  return message.empty() ? words_for(node).tr("interview.rule.problem") : message;
}

std::string DeskHeld::required_text(NodeId node) const {
  const engine::Session& session = interview_->session();
  std::string message = session.text(session.survey().nodes[session.definition_of(node)].required_message, node, language_);
  return message.empty() ? words_for(node).tr("interview.required.problem") : message;
}

void OpenDesk::store_answer(NodeId node, const std::string& value, bool typed) {
  std::string id = address_of(interview_->session(), node);
  NodeId here = first_on(pages_, page_);
  auto said = typed ? interview_->answer(node, value) : interview_->store(node, value);
  problems_.erase(id);
  typed_.erase(id);
  if (!said) {
    problems_[id] = [this, error = said.error()](NodeId at) { return refusal_of(error, at); };
    bool fixed = said.error().fault == base::Fault::locked &&
                 (interview_->is_correction() || said.error().where == "consent");
    if (!fixed) typed_[id] = value;
  } else if (said->judgement == engine::Judgement::constraint_failed) {
    problems_[id] = [this](NodeId at) { return rule_text(at); };
  }
  if (said && profile_ && interview_->is_correction()) (void)forget_typed(*profile_, interview_->record(), id);
  show_answer(node, here);
}

// The same while it is typed: a whole value is stored, and what is wrong with it is said once the field is left. What
// is half a date, say, stays in the field and counts as not saved.
void OpenDesk::store_typing(NodeId node, const std::string& typed) {
  std::string id = address_of(interview_->session(), node);
  NodeId here = first_on(pages_, page_);
  auto stored = interview_->type(node, typed);
  problems_.erase(id);
  typed_.erase(id);
  if (!stored) problems_[id] = [this, error = stored.error()](NodeId at) { return refusal_of(error, at); };
  if (!stored || !*stored) typed_[id] = typed;
  if (stored && profile_ && interview_->is_correction())
    if (auto kept = keep_typed(*profile_, {interview_->record(), id, typed}); !kept) say(kept.error());
  show_answer(node, here);
}

// The pages may have changed before this one.
void OpenDesk::show_answer(NodeId node, NodeId here) {
  lay_pages();
  if (here != engine::no_id) page_ = page_with(pages_, here);
  focus_ = address_of(interview_->session(), node);
  show_interview();
}

void OpenDesk::on(const Answer& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.question);
  if (node == engine::no_id) return;
  bool at_end = e.caret < 0 || static_cast<size_t>(e.caret) >= e.typed.size();
  (void)interview_->stand(node, at_end ? -1 : e.caret, false);  // kept with the answer
  if (e.typing)
    store_typing(node, e.typed);
  else
    store_answer(node, e.typed, true);
}

void OpenDesk::on(const SayNothing& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.question);
  if (node == engine::no_id) return;
  auto value = no_answer_value(interview_->session(), node, e.why);
  if (!value) return say(strings_.tr("interview.no_such_answer.notice"));
  bool said = *value == interview_->session().value(node);
  store_answer(node, said ? "" : *value, false);
}

void OpenDesk::on(const Say& e) {
  if (e.what == Say::What::not_copied) say(strings_.tr("field.not_copied.notice"));
  if (e.what == Say::What::no_voice) say(strings_.tr("aloud.none.notice"));
}

void OpenDesk::on(const ToggleChoice& e) {
  if (!interview_) return;
  NodeId node = find_address(interview_->session(), e.question);
  if (node == engine::no_id) return;
  QuestionView view = question_view(interview_->session(), node, language_, -1);
  if (view.control.kind == definition::ControlKind::choice_one) return store_answer(node, e.value, false);
  // A choice that stands alone takes the others back, and they it.
  bool alone = false;
  for (const ChoiceView& choice : view.choices) alone = alone || (choice.value == e.value && choice.alone);
  auto stays = [&](const std::string& value) {
    for (const ChoiceView& choice : view.choices)
      if (choice.value == value) return !alone && !choice.alone;
    return true;
  };
  std::string values;
  bool was = false;
  std::string rest = view.value + " ";
  for (size_t at = 0; at < rest.size();) {
    size_t end = rest.find(' ', at);
    std::string one = rest.substr(at, end - at);
    if (one == e.value)
      was = true;
    else if (!one.empty() && stays(one))
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
