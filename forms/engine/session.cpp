#include "forms/engine/session.h"

#include <algorithm>

#include "forms/engine/state.h"

namespace engine {

using definition::Node;
using definition::NodeKind;

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Session Session::begin(const definition::Survey& survey, Environment environment) {
  auto state = std::make_unique<State>(survey, std::move(environment));
  state->build(0, no_id, nullptr, true);
  state->start_values(0);
  state->mark_all(0);
  Change change;
  state->settle(change);
  return Session(std::move(state));
}

Session Session::resume(const definition::Survey& survey, Environment environment,
                        const std::vector<SavedInstance>& instances, const std::vector<SavedValue>& values) {
  auto state = std::make_unique<State>(survey, std::move(environment));
  state->build(0, no_id, nullptr, false);
  for (const SavedInstance& instance : instances) {
    if (instance.path.instances.empty() || state->find(instance.path) != no_id) continue;
    Path parent{survey.nodes[instance.path.node].parent,
                {instance.path.instances.begin(), instance.path.instances.end() - 1}};
    NodeId at = state->find(parent);
    if (at != no_id) state->add_instance(at, instance.path.node, instance.path.instances.back(), false);
  }
  for (const SavedValue& value : values) {
    NodeId at = state->find(value.path);
    if (at == no_id) continue;
    state->rows[at].value = value.text;
    state->rows[at].origin = value.origin;
  }
  state->restoring = true;
  state->mark_all(0);
  Change change;
  state->settle(change);
  for (NodeId id = 0; id < state->rows.size(); ++id) state->pick(id);
  state->restoring = false;
  return Session(std::move(state));
}

const definition::Survey& Session::survey() const {
  return state_->survey;
}
NodeIndex Session::definition_of(NodeId node) const {
  return state_->rows[node].definition;
}
NodeId Session::parent(NodeId node) const {
  return state_->rows[node].parent;
}
std::vector<NodeId> Session::children(NodeId node) const {
  return state_->rows[node].children;
}
std::vector<NodeId> Session::instances(NodeId parent, NodeIndex repeat) const {
  std::vector<NodeId> out;
  state_->instances_of(parent, repeat, out);
  return out;
}
bool Session::exists(NodeId node) const {
  return node < state_->rows.size() && state_->rows[node].exists;
}
NodeId Session::find(const Path& path) const {
  return state_->find(path);
}
Path Session::path(NodeId node) const {
  return state_->path(node);
}
int Session::position(NodeId instance) const {
  return state_->position_of(instance);
}

std::string_view Session::value(NodeId node) const {
  return state_->rows[node].value;
}
Origin Session::origin(NodeId node) const {
  return state_->rows[node].origin;
}
bool Session::relevant(NodeId node) const {
  return state_->chain_open(node);
}
bool Session::required(NodeId node) const {
  return state_->rows[node].required;
}
bool Session::read_only(NodeId node) const {
  const Node& definition = state_->node_of(node);
  return state_->rows[node].read_only || (definition.calculation && !definition.calculation.compiled.empty());
}
Judgement Session::judge(NodeId node) const {
  return state_->judge(node, state_->rows[node].value);
}
Judgement Session::judge(NodeId node, std::string_view candidate) const {
  return state_->judge(node, candidate);
}
bool Session::takes_free_text(NodeId node) const {
  return state_->takes_free_text(node);
}
std::string Session::text(const definition::Text& text, NodeId context, int language) const {
  return state_->render(text, context, language);
}
int Session::language() const {
  return state_->environment.language;
}

std::vector<Offer> Session::offers(NodeId node, int language) const {
  const Node& definition = state_->node_of(node);
  std::vector<Offer> out;
  if (definition.roster != definition::no_node) {
    for (State::RosterRow& row : state_->roster(node)) out.push_back({row.value, row.value});
    return out;
  }
  if (definition.list < 0) return out;
  for (uint32_t row : state_->offered_rows(node)) {
    const definition::Choice& choice = survey().lists[static_cast<size_t>(definition.list)].choices[row];
    std::string label = state_->render(choice.label, node, language);
    out.push_back({choice.value, label.empty() ? choice.value : label});
  }
  return out;
}

std::string Session::choice_label(NodeId node, std::string_view value, int language) const {
  const Node& definition = state_->node_of(node);
  if (definition.list < 0) return std::string(value);
  const auto& index = state_->index_of(definition.list, 0);
  auto at = index.find(value);
  if (at == index.end()) return std::string(value);
  std::string label = state_->render(
      survey().lists[static_cast<size_t>(definition.list)].choices[at->second].label, node, language);
  return label.empty() ? std::string(value) : label;
}

std::string Session::instance_name() const {
  if (!survey().instance_name) return {};
  return language::to_text(language::evaluate(survey().instance_name.compiled, *state_, 0), *state_);
}

Change Session::set(NodeId node, std::string_view text) {
  Change change;
  if (!exists(node) || state_->node_of(node).kind != NodeKind::question || read_only(node)) {
    change.accepted = false;
    return change;
  }
  bool differs = state_->put(node, std::string(text), Origin::given);
  state_->pick(node);
  state_->rows[node].origin = Origin::given;
  if (differs) change.changed.push_back(node);
  state_->settle(change);
  change.judgement = judge(node);
  return change;
}

bool Session::may_add(NodeId parent, NodeIndex repeat) const {
  const Node& node = survey().nodes[repeat];
  if (node.kind != NodeKind::repeat || node.repeat_count || !exists(parent) ||
      node.parent != definition_of(parent) || !relevant(parent))
    return false;
  std::vector<NodeId> now = instances(parent, repeat);
  if (!now.empty()) return relevant(now.front());
  return !node.relevant || language::to_truth(language::evaluate(node.relevant.compiled, *state_, parent));
}

Change Session::add(NodeId parent, NodeIndex repeat) {
  Change change;
  if (!may_add(parent, repeat)) {
    change.accepted = false;
    return change;
  }
  NodeId made = state_->add_instance(parent, repeat, InstanceId::from(*state_->environment.random), true);
  change.added.push_back(made);
  state_->start_values(made);
  state_->mark_all(made);
  state_->touch_structure(repeat, parent);
  state_->settle(change);
  return change;
}

Change Session::remove(NodeId instance) {
  Change change;
  if (!exists(instance) || state_->node_of(instance).kind != NodeKind::repeat ||
      state_->node_of(instance).repeat_count) {
    change.accepted = false;
    return change;
  }
  NodeId parent = state_->rows[instance].parent;
  state_->detach(instance);
  state_->exist(instance, false);
  change.removed.push_back(instance);
  state_->touch_structure(state_->rows[instance].definition, parent);
  state_->settle(change);
  return change;
}

Change Session::set_language(int language) {
  Change change;
  state_->environment.language = language;
  state_->indexes.clear();
  // Labels and names of months may be part of answers.
  for (NodeIndex i = 0; i < survey().nodes.size(); ++i)
    if (const std::string& source = survey().nodes[i].calculation.source;
        source.find("choice-name") != std::string::npos || source.find("format-date") != std::string::npos)
      for (NodeId node : state_->by_definition[i]) state_->mark(node, Graph::Role::calculation);
  state_->settle(change);
  return change;
}

std::vector<Finding> Session::check() const {
  std::vector<Finding> out;
  std::vector<NodeId> open = {0};
  while (!open.empty()) {
    NodeId at = open.back();
    open.pop_back();
    if (!state_->rows[at].open) continue;
    const Node& definition = state_->node_of(at);
    Judgement judgement = judge(at);
    if (judgement != Judgement::fine) {
      const definition::Text& text = judgement == Judgement::required_missing ? definition.required_message
                                                                              : definition.constraint_message;
      out.push_back({at, judgement, state_->render(text, at, language())});
    }
    open.insert(open.end(), state_->rows[at].children.rbegin(), state_->rows[at].children.rend());
  }
  return out;
}

Change Session::finish() {
  Change change;
  base::Clock& clock = *state_->environment.clock;
  for (NodeIndex i = 0; i < survey().nodes.size(); ++i) {
    const Node& node = survey().nodes[i];
    if (!node.type || node.type->capture != definition::Capture::end) continue;
    for (NodeId id : state_->by_definition[i])
      if (state_->rows[id].exists &&
          state_->put(id, base::format_iso(clock.now(), clock.offset_minutes()), Origin::captured))
        change.changed.push_back(id);
  }
  state_->settle(change);
  return change;
}

std::vector<SavedInstance> Session::saved_instances() const {
  std::vector<SavedInstance> out;
  std::vector<NodeId> open = {0};
  while (!open.empty()) {
    NodeId at = open.back();
    open.pop_back();
    if (state_->node_of(at).kind == NodeKind::repeat) out.push_back({path(at)});
    open.insert(open.end(), state_->rows[at].children.rbegin(), state_->rows[at].children.rend());
  }
  return out;
}

std::vector<SavedValue> Session::saved_values() const {
  std::vector<SavedValue> out;
  std::vector<NodeId> open = {0};
  while (!open.empty()) {
    NodeId at = open.back();
    open.pop_back();
    const NodeRow& row = state_->rows[at];
    if (state_->node_of(at).kind == NodeKind::question && !row.value.empty())
      out.push_back({path(at), row.value, row.origin});
    open.insert(open.end(), row.children.rbegin(), row.children.rend());
  }
  return out;
}

}  // namespace engine
