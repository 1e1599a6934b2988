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
  state->add_frame(0, language::no_frame, {});
  std::vector<uint32_t> planted;  // in ascending order
  for (const definition::Seed& seed : survey.seeds) state->plant(seed, 0, planted);
  state->add_first_instances(0);
  state->each_below(0, [&](uint32_t frame) {
    state->start_values(frame, !std::binary_search(planted.begin(), planted.end(), frame));
  });
  state->mark_all(0);
  Change change;
  state->settle(change);
  std::vector<uint32_t> frames;
  state->each_below(0, [&](uint32_t frame) { frames.push_back(frame); });
  for (unsigned event : {definition::first_load, definition::load})
    for (uint32_t frame : frames) state->act(event, frame, change);
  state->settle(change);
  return Session(std::move(state));
}

Session Session::resume(const definition::Survey& survey, Environment environment,
                        const std::vector<SavedInstance>& instances, const std::vector<SavedValue>& values) {
  auto state = std::make_unique<State>(survey, std::move(environment));
  state->add_frame(0, language::no_frame, {});
  for (const SavedInstance& instance : instances) {
    if (instance.path.instances.empty() || state->find(instance.path) != no_id) continue;
    Path parent{survey.nodes[instance.path.node].parent,
                {instance.path.instances.begin(), instance.path.instances.end() - 1}};
    NodeId at = state->find(parent);
    if (at == no_id || survey.nodes[instance.path.node].kind != NodeKind::repeat) continue;
    state->add_frame(instance.path.node, state->answers.frame_of(at), instance.path.instances.back());
  }
  for (const SavedValue& value : values) {
    NodeId at = state->find(value.path);
    if (at == no_id) continue;
    state->answers.set_text(at, value.text);
    state->flags[at].origin = value.origin;
  }
  state->restoring = true;
  state->mark_all(0);
  Change change;
  state->settle(change);
  for (NodeIndex i = 0; i < survey.nodes.size(); ++i)
    if (survey.nodes[i].roster != definition::no_node)
      state->each_below(0, [&](uint32_t frame) {
        if (state->answers.frame(frame).scope == survey.layout->scope(i))
          state->pick(state->answers.node(frame, i));
      });
  state->restoring = false;
  std::vector<uint32_t> frames;
  state->each_below(0, [&](uint32_t frame) { frames.push_back(frame); });
  for (uint32_t frame : frames) state->act(definition::load, frame, change);
  state->settle(change);
  return Session(std::move(state));
}

const definition::Survey& Session::survey() const {
  return state_->survey;
}
NodeIndex Session::definition_of(NodeId node) const {
  return state_->definition(node);
}
NodeId Session::parent(NodeId node) const {
  return state_->answers.parent(node);
}

std::vector<NodeId> Session::children(NodeId node) const {
  std::vector<NodeId> out;
  const Node& own = state_->node_of(node);
  out.reserve(own.children.size());
  for (NodeIndex child : own.children)
    state_->answers.each(node, child, [&](uint32_t id) { out.push_back(id); });
  return out;
}

std::vector<NodeId> Session::instances(NodeId parent, NodeIndex repeat) const {
  std::vector<NodeId> out;
  state_->answers.each(parent, repeat, [&](uint32_t id) { out.push_back(id); });
  return out;
}

bool Session::exists(NodeId node) const {
  return state_->exists(node);
}
NodeId Session::find(const Path& path) const {
  return state_->find(path);
}
Path Session::path(NodeId node) const {
  return state_->path(node);
}
int Session::position(NodeId instance) const {
  if (state_->node_of(instance).kind != NodeKind::repeat) return 0;
  return static_cast<int>(state_->answers.position(state_->answers.frame_of(instance)));
}

std::string_view Session::value(NodeId node) const {
  return state_->answers.stored(node);
}
Origin Session::origin(NodeId node) const {
  return state_->flags[node].origin;
}
bool Session::relevant(NodeId node) const {
  return !state_->answers.hidden(node);
}
bool Session::required(NodeId node) const {
  return state_->flags[node].required;
}
bool Session::read_only(NodeId node) const {
  // What is calculated and shown may be put right; it holds until something it is calculated from changes.
  if (state_->graph.has(definition_of(node), Role::calculation) && !State::is_asked(state_->node_of(node)))
    return true;
  for (NodeId at = node; at != UINT32_MAX; at = state_->answers.parent(at))
    if (state_->flags[at].read_only) return true;  // as the group is, so is what is in it
  return false;
}
Judgement Session::judge(NodeId node) const {
  return state_->judge(node);
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
    for (State::RosterRow& row : state_->roster(node)) out.push_back({row.value, row.label});
    return out;
  }
  if (definition.list < 0) return out;
  const definition::ChoiceList& list = survey().lists[static_cast<size_t>(definition.list)];
  const auto width = static_cast<uint32_t>(list.table.columns().size()) + 1;
  std::vector<Ref> rows;
  state_->offered(node, rows);
  out.reserve(rows.size());
  for (const Ref& ref : rows) {
    uint32_t row = (ref.node - 2) / width;
    out.push_back({std::string(state_->value_of(definition, row)),
                   state_->label_of(definition, row, node, language), row});
  }
  return out;
}

std::string Session::choice_label(NodeId node, std::string_view value, int language) const {
  const Node& definition = state_->node_of(node);
  if (definition.list < 0) return std::string(value);
  uint32_t row = survey().lists[static_cast<size_t>(definition.list)].find(value);
  return row == language::no_row ? std::string(value) : state_->label_of(definition, row, node, language);
}

std::string Session::instance_name() const {
  std::string out;
  language::evaluate_text(survey().instance_name.compiled, *state_, {0, 0}, out);
  return out;
}

Change Session::set(NodeId node, std::string_view text) {
  Change change;
  state_->begin_change();
  if (!exists(node) || state_->node_of(node).kind != NodeKind::question || read_only(node)) {
    change.accepted = false;
    return change;
  }
  bool differs = state_->put(node, state_->cast(node, text), Origin::given);
  if (state_->node_of(node).roster != definition::no_node) state_->pick(node);
  if (differs) {
    state_->show(node, change);
    if (state_->answers.blank(node) && state_->graph.has(definition_of(node), Role::calculation))
      state_->mark(node, Role::calculation);  // cleared: as it was calculated
    state_->settle(change);
    state_->act_on(node, change);
    state_->settle(change);
  }
  change.judgement = judge(node);
  return change;
}

bool Session::may_add(NodeId parent, NodeIndex repeat) const {
  const Node& node = survey().nodes[repeat];
  if (node.kind != NodeKind::repeat || node.repeat_count || node.fixed_count || !exists(parent) ||
      node.parent != definition_of(parent) || !relevant(parent))
    return false;
  std::vector<NodeId> now = instances(parent, repeat);
  if (!now.empty()) return relevant(now.front());
  return !node.relevant || state_->would_be_relevant(repeat, state_->answers.frame_of(parent));
}

Change Session::add(NodeId parent, NodeIndex repeat) {
  Change change;
  state_->begin_change();
  if (!may_add(parent, repeat)) {
    change.accepted = false;
    return change;
  }
  uint32_t frame = state_->answers.frame_of(parent);
  state_->grow(repeat, frame, SIZE_MAX, change);
  state_->touch_repeat(repeat, frame);
  state_->settle(change);
  return change;
}

Change Session::remove(NodeId instance) {
  Change change;
  state_->begin_change();
  if (!exists(instance) || state_->node_of(instance).kind != NodeKind::repeat ||
      state_->node_of(instance).repeat_count || state_->node_of(instance).fixed_count) {
    change.accepted = false;
    return change;
  }
  uint32_t frame = state_->answers.frame_of(instance);
  state_->take_away(frame, change);
  state_->touch_repeat(definition_of(instance), state_->answers.frame(frame).parent);
  state_->settle(change);
  return change;
}

Change Session::move(NodeId instance, size_t place) {
  Change change;
  state_->begin_change();
  if (!exists(instance) || state_->node_of(instance).kind != NodeKind::repeat) {
    change.accepted = false;
    return change;
  }
  uint32_t frame = state_->answers.frame_of(instance);
  state_->answers.detach(frame);
  state_->answers.attach(frame, place);
  state_->touch_repeat(definition_of(instance), state_->answers.frame(frame).parent);
  state_->settle(change);
  return change;
}

Change Session::set_language(int language) {
  Change change;
  state_->begin_change();
  state_->speak(language);
  // Labels and names of months may be part of answers.
  for (const auto& speaker : state_->graph.speaking())
    state_->each_below(0, [&](uint32_t frame) {
      if (state_->answers.frame(frame).scope == survey().layout->scope(speaker.first))
        state_->mark(state_->answers.node(frame, speaker.first), speaker.second);
    });
  state_->settle(change);
  return change;
}

std::vector<Finding> Session::check() const {
  std::vector<Finding> out;
  std::vector<NodeId> open = {0};
  while (!open.empty()) {
    NodeId at = open.back();
    open.pop_back();
    if (!relevant(at)) continue;
    const Node& definition = state_->node_of(at);
    Judgement judgement = judge(at);
    if (judgement != Judgement::fine) {
      const definition::Text& text = judgement == Judgement::required_missing ? definition.required_message
                                                                              : definition.constraint_message;
      out.push_back({at, judgement, state_->render(text, at, language())});
    }
    std::vector<NodeId> below = children(at);
    open.insert(open.end(), below.rbegin(), below.rend());
  }
  return out;
}

const std::vector<Fault>& Session::faults() const {
  return state_->faults;
}

Change Session::finish() {
  Change change;
  state_->begin_change();
  for (NodeIndex i = 0; i < survey().nodes.size(); ++i) {
    if (survey().capture_of(i) != definition::Capture::end) continue;
    state_->each_below(0, [&](uint32_t frame) {
      if (state_->answers.frame(frame).scope != survey().layout->scope(i)) return;
      state_->capture(state_->answers.node(frame, i), definition::Capture::end);
      state_->show(state_->answers.node(frame, i), change);
    });
  }
  state_->settle(change);
  return change;
}

std::vector<SavedInstance> Session::saved_instances() const {
  std::vector<SavedInstance> out;
  state_->each_below(0, [&](uint32_t frame) {
    if (frame != 0) out.push_back({path(state_->answers.frame(frame).base)});
  });
  return out;
}

std::vector<NodeId> Session::answered() const {
  std::vector<NodeId> out;
  std::vector<NodeId> open = {0};
  while (!open.empty()) {
    NodeId at = open.back();
    open.pop_back();
    if (state_->node_of(at).kind == NodeKind::question) {
      if (!value(at).empty()) out.push_back(at);
      continue;
    }
    std::vector<NodeId> below = children(at);
    open.insert(open.end(), below.rbegin(), below.rend());
  }
  return out;
}

std::vector<SavedValue> Session::saved_values() const {
  std::vector<SavedValue> out;
  for (NodeId at : answered()) out.push_back({path(at), std::string(value(at)), origin(at)});
  return out;
}

}  // namespace engine
