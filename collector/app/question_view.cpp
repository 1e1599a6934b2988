// One question as any client shows it.
#include <algorithm>
#include <charconv>
#include <set>

#include "collector/app/answer_text.h"
#include "collector/app/terminal_interview.h"

namespace app {

using definition::ControlKind;
using definition::DataType;
using engine::NodeId;

std::string address_of(const engine::Session& session, NodeId node) {
  std::string out;
  for (NodeId at = node; at != engine::no_id && at != 0; at = session.parent(at)) {
    const definition::Node& definition = session.survey().nodes[session.definition_of(at)];
    bool repeat = definition.kind == definition::NodeKind::repeat;
    if (at != node && !repeat) continue;
    std::string part = definition.name;
    if (at == node && !repeat)
      part = definition.identity.substr(
          definition.identity.rfind('/') == std::string::npos ? 0 : definition.identity.rfind('/') + 1);
    if (repeat) part += "[" + std::to_string(session.position(at)) + "]";
    out = out.empty() ? part : part + "/" + out;
  }
  return out;
}

NodeId find_address(const engine::Session& session, const std::string& address) {
  std::string identity;
  std::vector<int> positions;
  size_t at = 0;
  while (at <= address.size()) {
    size_t end = std::min(address.find('/', at), address.size());
    std::string part = address.substr(at, end - at);
    if (size_t open = part.find('['); open != std::string::npos) {
      positions.push_back(std::atoi(part.c_str() + open + 1));
      part.resize(open);
    }
    identity += (identity.empty() ? "" : "/") + part;
    at = end + 1;
  }
  const definition::Survey& survey = session.survey();
  definition::NodeIndex index = survey.by_identity(identity);
  if (index == definition::no_node) return engine::no_id;
  NodeId node = 0;
  size_t depth = 0;
  std::vector<definition::NodeIndex> chain;
  for (definition::NodeIndex i = index; i != definition::no_node && i != 0; i = survey.nodes[i].parent)
    chain.push_back(i);
  std::reverse(chain.begin(), chain.end());
  for (definition::NodeIndex i : chain) {
    std::vector<NodeId> all = session.instances(node, i);
    size_t wanted = 0;
    if (survey.nodes[i].kind == definition::NodeKind::repeat) {
      int position = depth < positions.size() ? positions[depth++] : 1;
      if (position < 1) return engine::no_id;
      wanted = static_cast<size_t>(position - 1);
    }
    if (wanted >= all.size()) return engine::no_id;
    node = all[wanted];
  }
  return node;
}

std::vector<std::string> choices_in(std::string_view text) {
  std::vector<std::string> out;
  size_t at = 0;
  while (at < text.size()) {
    size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

namespace {

// Identifying or delicate, or never in shared exports.
bool is_sensitive(const definition::Node& node) {
  auto at = node.extra.find("x_sensitive");
  return at != node.extra.end() && (at->second == "2" || at->second == "3");
}

// The choices that the column x_exclusive lets stand alone: "none", "don't know".
std::set<std::string_view> choices_alone(const definition::Survey& survey, const definition::Node& node) {
  std::set<std::string_view> out;
  if (node.list < 0 || node.type->data != DataType::choices) return out;
  const definition::ChoiceList& list = survey.lists[static_cast<size_t>(node.list)];
  int column = list.table.column("x_exclusive");
  if (column < 0) return out;
  for (uint32_t row = 0; row < list.size(); ++row) {
    std::string_view cell = list.table.cell(row, column);
    if (!cell.empty() && cell != "no" && cell != "0") out.insert(list.value(row));
  }
  return out;
}

std::vector<TickView> ticks_of(const definition::Survey& survey, const definition::Control& control,
                               int language, int second) {
  std::vector<TickView> out;
  for (const definition::ChoiceList& list : survey.lists) {
    if (control.tick_list.empty() || list.name != control.tick_list) continue;
    for (uint32_t row = 0; row < list.size(); ++row) {
      TickView tick;
      std::string_view value = list.value(row);
      const char* end = value.data() + value.size();
      if (std::from_chars(value.data(), end, tick.at).ptr != end) continue;
      std::string_view label = list.label(row, language);
      if (label.empty()) label = list.label(row, survey.default_language);
      tick.label = label.empty() ? value : label;
      if (second >= 0 && second != language) tick.second = list.label(row, second);
      if (tick.second == tick.label) tick.second.clear();
      if (tick.at >= control.scale_min && tick.at <= control.scale_max) out.push_back(tick);
    }
  }
  return out;
}

}  // namespace

QuestionView question_view(const engine::Session& session, NodeId node, int language, int second) {
  const definition::Survey& survey = session.survey();
  const definition::Node& definition = survey.nodes[session.definition_of(node)];
  QuestionView view;
  view.id = address_of(session, node);
  view.label = session.text(definition.label, node, language);
  if (view.label.empty()) view.label = definition.name;
  view.hint = session.text(definition.hint, node, language);
  view.right_to_left = survey.is_right_to_left(language);
  auto has = [&](int l) {
    return l >= 0 && static_cast<size_t>(l) < definition.label.source.size() &&
           !definition.label.source[static_cast<size_t>(l)].empty();
  };
  if (second >= 0 && second != language && has(second)) {
    view.second_label = session.text(definition.label, node, second);
    view.second_right_to_left = survey.is_right_to_left(second);
  }
  view.control = definition.type && definition.type->control ? definition.type->control(definition)
                                                             : definition::Control{};
  view.value = session.value(node);
  std::string code(survey.language_code(language));
  view.shown = shown_value(view.control, view.value, code);
  view.in_words = in_words(view.control, view.value, code);
  view.sensitive = view.control.masked || is_sensitive(definition);
  if (view.control.kind == ControlKind::scale) view.ticks = ticks_of(survey, view.control, language, second);
  view.required = session.required(node);
  view.read_only = session.read_only(node);
  view.answered = !view.value.empty();
  view.free_text = session.takes_free_text(node);
  if (view.free_text) {
    view.control = {.kind = ControlKind::text_entry};
    return view;
  }
  if (view.control.kind != ControlKind::choice_one && view.control.kind != ControlKind::choice_many &&
      view.control.kind != ControlKind::ranking)
    return view;
  std::vector<std::string> chosen =
      definition.type->data == DataType::choice ? std::vector<std::string>{view.value} : choices_in(view.value);
  std::set<std::string_view> alone = choices_alone(survey, definition);
  for (engine::Offer& offer : session.offers(node, language)) {
    auto at = std::find(chosen.begin(), chosen.end(), offer.value);
    ChoiceView choice{offer.value,
                      offer.label,
                      "",
                      at != chosen.end(),
                      alone.count(offer.value) > 0,
                      at == chosen.end() ? 0 : static_cast<int>(at - chosen.begin()) + 1};
    if (second >= 0 && second != language) {
      choice.second = session.choice_label(node, offer.value, second);
      if (choice.second == choice.label || choice.second == choice.value) choice.second.clear();
    }
    view.choices.push_back(std::move(choice));
  }
  view.shown.clear();
  for (const std::string& value : chosen)
    if (!value.empty())
      view.shown += (view.shown.empty() ? "" : "; ") + session.choice_label(node, value, language);
  return view;
}

}  // namespace app
