#include "collector/app/consent.h"

namespace app {

using definition::DataType;
using definition::Node;
using definition::NodeIndex;
using definition::NodeKind;
using engine::NodeId;

namespace {

constexpr std::string_view deciding[] = {"consent", "consent_guardian", "consent_assent"};

ConsentStep step_of(std::string_view role) {
  if (role == "consent") return ConsentStep::adult;
  if (role == "consent_guardian") return ConsentStep::guardian;
  if (role == "consent_assent") return ConsentStep::assent;
  if (role == "withdrawal_card") return ConsentStep::card;
  if (role == "how_given") return ConsentStep::purposes;
  if (role == "consent_text" || !role.starts_with("consent_")) return ConsentStep::none;
  return ConsentStep::purposes;
}

// "" when the form does not ask it, or does not ask it now.
std::string_view answer_to(const engine::Session& session, std::string_view role, bool* asked = nullptr) {
  NodeIndex index = session.survey().by_role(role);
  NodeId node = index == definition::no_node ? engine::no_id : session.find({index, {}});
  bool there = node != engine::no_id && session.relevant(node);
  if (asked) *asked = index != definition::no_node;
  return there ? session.value(node) : std::string_view();
}

std::string_view role_for(ConsentUse use) {
  switch (use) {
    case ConsentUse::take_part:
      return "consent";
    case ConsentUse::audio:
      return "consent_audio";
    case ConsentUse::place:
      return "consent_place";
    case ConsentUse::quote:
      return "consent_quote";
    case ConsentUse::recontact:
      return "consent_recontact";
  }
  return "";
}

}  // namespace

std::string_view role_of(const definition::Survey& survey, NodeIndex node) {
  const auto& extra = survey.nodes[node].extra;
  auto at = extra.find("x_role");
  return at == extra.end() ? std::string_view() : std::string_view(at->second);
}

bool is_minors(const definition::Survey& survey) {
  auto at = survey.settings.find("x_minors");
  return at != survey.settings.end() && at->second == "yes";
}

ConsentPlan::ConsentPlan(const definition::Survey& survey) : places_(survey.nodes.size()) {
  for (NodeIndex i = 0; i < survey.nodes.size(); ++i)
    if (survey.nodes[i].kind == NodeKind::group) read(survey, i);
}

void ConsentPlan::read(const definition::Survey& survey, NodeIndex group) {
  std::vector<NodeIndex> open;  // notes and choices that may belong to the question that decides
  int purposes = -1;
  for (NodeIndex child : survey.nodes[group].children) {
    const Node& node = survey.nodes[child];
    if (node.kind != NodeKind::question || !node.type || !node.type->control ||
        node.type->control(node).kind == definition::ControlKind::hidden)
      continue;
    ConsentStep step = step_of(role_of(survey, child));
    if (step == ConsentStep::purposes) {
      if (purposes < 0) purposes = runs_++;
      places_[child] = {step, purposes};
      open.clear();
      continue;
    }
    purposes = -1;
    bool note = node.type->data == DataType::none;
    if (step == ConsentStep::card) {
      places_[child] = {step, runs_++};
      open.clear();
    } else if (step != ConsentStep::none) {
      open.push_back(child);
      for (NodeIndex one : open) places_[one] = {step, runs_};
      ++runs_;
      open.clear();
    } else if (note || (!open.empty() && node.type->data == DataType::choice)) {
      open.push_back(child);
    } else {
      open.clear();
    }
  }
}

bool is_refused(const engine::Session& session) {
  for (std::string_view role : deciding)
    if (answer_to(session, role) == "no") return true;
  return false;
}

bool is_awaited(const engine::Session& session) {
  if (is_refused(session)) return false;
  for (std::string_view role : deciding) {
    NodeIndex index = session.survey().by_role(role);
    NodeId node = index == definition::no_node ? engine::no_id : session.find({index, {}});
    if (node != engine::no_id && session.relevant(node) && session.value(node).empty()) return true;
  }
  return false;
}

bool allows(const engine::Session& session, ConsentUse use) {
  if (is_refused(session)) return false;
  bool any = false;
  for (std::string_view role : deciding) {
    NodeIndex index = session.survey().by_role(role);
    NodeId node = index == definition::no_node ? engine::no_id : session.find({index, {}});
    if (node == engine::no_id || !session.relevant(node)) continue;
    any = true;
    if (session.value(node) != "yes") return false;
  }
  bool asked = false;
  if (use == ConsentUse::take_part) return true;
  std::string_view said = answer_to(session, role_for(use), &asked);
  if (asked) return said == "yes";
  return any || session.survey().by_role("consent") == definition::no_node;
}

bool may_hold(const engine::Session& session, NodeId node) {
  const Node& definition = session.survey().nodes[session.definition_of(node)];
  if (!definition.type || definition.type->words.empty()) return true;
  DataType data = definition.type->data;
  if (data == DataType::place || data == DataType::trace || data == DataType::shape)
    return allows(session, ConsentUse::place);
  if (data == DataType::attachment && definition.type->words[0].find("audio") != std::string_view::npos)
    return allows(session, ConsentUse::audio);
  return true;
}

}  // namespace app
