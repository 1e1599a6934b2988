// The tree of an interview: building it, repeats that come and go, and addresses.
#include <algorithm>
#include <cmath>

#include "forms/engine/state.h"

namespace engine {
namespace {

using definition::Capture;
using definition::Node;
using definition::NodeKind;

constexpr int most_instances = 10000;  // of one repeat; a hostile count stops here

}  // namespace

Session::State::State(const definition::Survey& survey_, Environment environment_)
    : survey(survey_), environment(std::move(environment_)), graph(Graph::of(survey_)) {
  by_definition.resize(survey.nodes.size());
}

NodeId Session::State::build(NodeIndex definition, NodeId parent, const InstanceId* instance,
                             bool with_instances) {
  auto id = static_cast<NodeId>(rows.size());
  rows.emplace_back();
  places_.clear();
  rows[id].definition = definition;
  rows[id].parent = parent;
  if (instance) rows[id].instance = *instance;
  by_definition[definition].push_back(id);
  for (NodeIndex child : survey.nodes[definition].children) {
    const Node& node = survey.nodes[child];
    if (node.kind == NodeKind::repeat) {
      if (!with_instances || node.repeat_count) continue;
      InstanceId fresh = InstanceId::from(*environment.random);
      NodeId made = build(child, id, &fresh, true);
      rows[id].children.push_back(made);
    } else {
      NodeId made = build(child, id, nullptr, with_instances);
      rows[id].children.push_back(made);
    }
  }
  return id;
}

NodeId Session::State::add_instance(NodeId parent, NodeIndex repeat, const InstanceId& id,
                                    bool with_instances) {
  NodeId made = build(repeat, parent, &id, with_instances);
  attach(made);
  return made;
}

void Session::State::attach(NodeId node) {
  std::vector<NodeId>& siblings = rows[rows[node].parent].children;
  auto at = std::upper_bound(
      siblings.begin(), siblings.end(), rows[node].definition,
      [&](NodeIndex definition, NodeId sibling) { return definition < rows[sibling].definition; });
  siblings.insert(at, node);
  places_.clear();
}

void Session::State::detach(NodeId node) {
  std::erase(rows[rows[node].parent].children, node);
  places_.clear();
}

uint32_t Session::State::place_of(uint32_t node) const {
  if (places_.empty()) {
    places_.assign(rows.size(), UINT32_MAX);  // what is gone comes last
    uint32_t place = 0;
    std::vector<NodeId> open = {0};
    while (!open.empty()) {
      NodeId at = open.back();
      open.pop_back();
      places_[at] = place++;
      open.insert(open.end(), rows[at].children.rbegin(), rows[at].children.rend());
    }
  }
  return places_[node];
}

void Session::State::exist(NodeId node, bool yes) {
  std::vector<NodeId> open = {node};
  while (!open.empty()) {
    NodeId at = open.back();
    open.pop_back();
    rows[at].exists = yes;
    open.insert(open.end(), rows[at].children.begin(), rows[at].children.end());
  }
}

void Session::State::start_values(NodeId from) {
  std::vector<NodeId> open = {from};
  while (!open.empty()) {
    NodeId id = open.back();
    open.pop_back();
    open.insert(open.end(), rows[id].children.rbegin(), rows[id].children.rend());
    const Node& node = node_of(id);
    if (node.kind != NodeKind::question || !node.type || !rows[id].value.empty()) continue;
    base::Instant now = environment.clock->now();
    int offset = environment.clock->offset_minutes();
    switch (node.type->capture) {
      case Capture::start:
        put(id, base::format_iso(now, offset), Origin::captured);
        break;
      case Capture::today:
        put(id, base::format_date(base::local_date(now, offset)), Origin::captured);
        break;
      case Capture::device_id:
        put(id, environment.device_id, Origin::captured);
        break;
      case Capture::username:
        put(id, environment.username, Origin::captured);
        break;
      case Capture::none:
      case Capture::end:
      case Capture::audit:
        break;
    }
    if (node.default_value.source.empty() || node.type->capture != Capture::none) continue;
    if (node.default_value)
      put(id, calculated_text(language::evaluate(node.default_value.compiled, *this, id)),
          node.default_value.compiled.is_volatile() ? Origin::captured : Origin::given);
    else
      put(id, node.default_value.source, Origin::given);
  }
}

void Session::State::apply_count(NodeId parent, NodeIndex repeat, Change& change) {
  double wanted = language::to_number(
      language::evaluate(survey.nodes[repeat].repeat_count.compiled, *this, parent), *this);
  int count = std::isnan(wanted) || wanted < 0
                  ? 0
                  : static_cast<int>(std::min(wanted, static_cast<double>(most_instances)));
  std::vector<uint32_t> now;
  instances_of(parent, repeat, now);
  int have = static_cast<int>(now.size());
  if (have == count) return;
  for (; have > count; --have) {
    NodeId last = now[static_cast<size_t>(have) - 1];
    detach(last);
    exist(last, false);
    rows[parent].spare.push_back(last);
    change.removed.push_back(last);
  }
  for (; have < count; ++have) {
    auto spare = std::find_if(rows[parent].spare.rbegin(), rows[parent].spare.rend(),
                              [&](NodeId node) { return rows[node].definition == repeat; });
    if (spare != rows[parent].spare.rend()) {
      NodeId back = *spare;
      std::erase(rows[parent].spare, back);
      attach(back);
      exist(back, true);
      mark_all(back);
      change.added.push_back(back);
      continue;
    }
    NodeId made = add_instance(parent, repeat, InstanceId::from(*environment.random), true);
    start_values(made);
    mark_all(made);
    change.added.push_back(made);
  }
  touch_structure(repeat, parent);
}

NodeId Session::State::find(const Path& path) const {
  std::vector<NodeIndex> chain;
  for (NodeIndex at = path.node; at != definition::no_node; at = survey.nodes[at].parent) chain.push_back(at);
  std::reverse(chain.begin(), chain.end());
  NodeId at = 0;
  size_t depth = 0;
  for (size_t i = 1; i < chain.size(); ++i) {
    std::vector<uint32_t> all;
    instances_of(at, chain[i], all);
    if (survey.nodes[chain[i]].kind == NodeKind::repeat) {
      if (depth >= path.instances.size()) return no_id;
      auto found = std::find_if(all.begin(), all.end(),
                                [&](NodeId id) { return rows[id].instance == path.instances[depth]; });
      if (found == all.end()) return no_id;
      at = *found;
      ++depth;
    } else {
      if (all.empty()) return no_id;
      at = all[0];
    }
  }
  return depth == path.instances.size() ? at : no_id;
}

Path Session::State::path(NodeId node) const {
  Path out{rows[node].definition, {}};
  for (NodeId at = node; at != no_id; at = rows[at].parent)
    if (node_of(at).kind == NodeKind::repeat) out.instances.push_back(rows[at].instance);
  std::reverse(out.instances.begin(), out.instances.end());
  return out;
}

void Session::State::children_of(uint32_t node, std::vector<uint32_t>& out) const {
  out.insert(out.end(), rows[node].children.begin(), rows[node].children.end());
}

void Session::State::instances_of(uint32_t parent, NodeIndex child, std::vector<uint32_t>& out) const {
  const std::vector<NodeId>& all = rows[parent].children;
  auto first = std::lower_bound(all.begin(), all.end(), child,
                                [&](NodeId id, NodeIndex d) { return rows[id].definition < d; });
  for (; first != all.end() && rows[*first].definition == child; ++first) out.push_back(*first);
}

int Session::State::position_of(uint32_t node) const {
  if (node_of(node).kind != NodeKind::repeat) return 0;
  std::vector<uint32_t> all;
  instances_of(rows[node].parent, rows[node].definition, all);
  return static_cast<int>(std::find(all.begin(), all.end(), node) - all.begin()) + 1;
}

}  // namespace engine
