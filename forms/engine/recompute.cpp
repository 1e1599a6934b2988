// What follows from a change: marks in topological order, each looked at once, without recursion.
#include <algorithm>
#include <cmath>

#include "forms/engine/state.h"

namespace engine {
namespace {

using definition::Node;
using definition::NodeKind;
using Role = Graph::Role;

// A calculation that reads itself through a circle stops here; the form reader refuses such forms.
constexpr size_t looks_a_node = 40;

}  // namespace

// A number that is none is blank.
std::string Session::State::calculated_text(const language::Value& value) const {
  if (value.kind == language::Value::Kind::number && !std::isfinite(value.number)) return {};
  return language::to_text(value, *this);
}

bool Session::State::chain_open(NodeId node) const {
  for (NodeId at = node; at != no_id; at = rows[at].parent)
    if (!rows[at].open) return false;
  return true;
}

std::string_view Session::State::text_of(uint32_t node) const {
  if (candidate && node == candidate_node) return *candidate;
  return chain_open(node) ? std::string_view(rows[node].value) : std::string_view();
}

bool Session::State::put(NodeId node, std::string text, Origin origin) {
  NodeRow& row = rows[node];
  if (row.value == text) return false;
  row.value = std::move(text);
  row.origin = origin;
  touch(node);
  return true;
}

void Session::State::mark(NodeId node, Role role) {
  if (!rows[node].exists) return;
  uint64_t key = static_cast<uint64_t>(node) << 8 | static_cast<uint64_t>(role);
  if (!marked_.insert(key).second) return;
  queue_[graph.rank[rows[node].definition]].emplace_back(node, role);
}

// A count is looked at from the node that holds the instances: there may be none yet.
NodeIndex Session::State::target_of(const Graph::Reader& reader) const {
  return reader.role == Role::count ? survey.nodes[reader.node].parent : reader.node;
}

void Session::State::touch(NodeId node) {
  for (const Graph::Reader& reader : graph.readers[rows[node].definition]) {
    const std::vector<NodeId>& targets = by_definition[target_of(reader)];
    if (reader.every_instance || rows[node].parent == no_id) {
      for (NodeId target : targets) mark(target, reader.role);
      continue;
    }
    // Readers that share every repeat they can share with this node.
    for (NodeId target : targets) {
      if (!rows[target].exists) continue;
      NodeId mine = node;
      bool related = true;
      for (NodeId at = target; at != no_id && related; at = rows[at].parent) {
        if (node_of(at).kind != NodeKind::repeat) continue;
        for (mine = node; mine != no_id && rows[mine].definition != rows[at].definition;)
          mine = rows[mine].parent;
        if (mine != no_id && mine != at) related = false;
      }
      if (related) mark(target, reader.role);
    }
  }
}

void Session::State::touch_structure(NodeIndex repeat, NodeId parent) {
  (void)parent;
  std::vector<NodeIndex> open = {repeat};
  while (!open.empty()) {
    NodeIndex at = open.back();
    open.pop_back();
    for (const Graph::Reader& reader : graph.readers[at])
      if (reader.every_instance || at == repeat)
        for (NodeId target : by_definition[target_of(reader)]) mark(target, reader.role);
    open.insert(open.end(), survey.nodes[at].children.begin(), survey.nodes[at].children.end());
  }
}

void Session::State::mark_all(NodeId from) {
  std::vector<NodeId> open = {from};
  while (!open.empty()) {
    NodeId id = open.back();
    open.pop_back();
    const Node& node = node_of(id);
    if (node.relevant) mark(id, Role::relevant);
    if (node.calculation) mark(id, Role::calculation);
    if (node.required) mark(id, Role::required);
    if (node.read_only) mark(id, Role::read_only);
    if (!restoring && (node.list >= 0 || node.roster != definition::no_node)) mark(id, Role::choices);
    for (NodeIndex child : node.children)
      if (survey.nodes[child].repeat_count) mark(id, Role::count);
    open.insert(open.end(), rows[id].children.rbegin(), rows[id].children.rend());
  }
}

void Session::State::settle(Change& change) {
  size_t left = looks_a_node * (rows.size() + 1000);
  while (!queue_.empty() && left-- > 0) {
    auto lowest = queue_.begin();
    auto [node, role] = lowest->second.front();
    lowest->second.pop_front();
    if (lowest->second.empty()) queue_.erase(lowest);
    marked_.erase(static_cast<uint64_t>(node) << 8 | static_cast<uint64_t>(role));
    if (rows[node].exists) look_at(node, role, change);
  }
  queue_.clear();
  marked_.clear();
  std::sort(change.changed.begin(), change.changed.end());
  change.changed.erase(std::unique(change.changed.begin(), change.changed.end()), change.changed.end());
}

void Session::State::flip(NodeId node, bool open, Change& change) {
  if (rows[node].open == open) return;
  rows[node].open = open;
  std::vector<NodeId> below = {node};
  while (!below.empty()) {
    NodeId at = below.back();
    below.pop_back();
    change.changed.push_back(at);
    const Node& definition = node_of(at);
    if (!rows[at].value.empty() || definition.kind != NodeKind::question) touch(at);
    if (open && definition.calculation) mark(at, Role::calculation);
    if (open && (definition.list >= 0 || definition.roster != definition::no_node)) mark(at, Role::choices);
    for (NodeIndex child : definition.children)
      if (open && survey.nodes[child].repeat_count) mark(at, Role::count);
    below.insert(below.end(), rows[at].children.begin(), rows[at].children.end());
  }
}

void Session::State::look_at(NodeId id, Role role, Change& change) {
  const Node& node = node_of(id);
  switch (role) {
    case Role::relevant:
      if (node.relevant)
        flip(id, language::to_truth(language::evaluate(node.relevant.compiled, *this, id)), change);
      return;
    case Role::calculation: {
      bool fresh = node.calculation.compiled.is_volatile();
      if (!node.calculation || !chain_open(id) || (restoring && fresh && !rows[id].value.empty())) return;
      std::string text = calculated_text(language::evaluate(node.calculation.compiled, *this, id));
      if (put(id, std::move(text), fresh ? Origin::captured : Origin::calculated))
        change.changed.push_back(id);
      return;
    }
    case Role::required: {
      bool now = node.required && language::to_truth(language::evaluate(node.required.compiled, *this, id));
      if (std::exchange(rows[id].required, now) != now) change.changed.push_back(id);
      return;
    }
    case Role::read_only: {
      bool now = node.read_only && language::to_truth(language::evaluate(node.read_only.compiled, *this, id));
      if (std::exchange(rows[id].read_only, now) != now) change.changed.push_back(id);
      return;
    }
    case Role::choices:
      drop_stale(id, change);
      change.changed.push_back(id);
      return;
    case Role::count:
      if (!chain_open(id)) return;  // hidden answers are kept as they are
      for (NodeIndex child : node.children)
        if (survey.nodes[child].repeat_count) apply_count(id, child, change);
      return;
    case Role::constraint:
    case Role::label:
    case Role::fallback:
      change.changed.push_back(id);
      return;
  }
}

Judgement Session::State::judge(NodeId id, std::string_view value) const {
  const Node& node = node_of(id);
  if (node.kind != NodeKind::question || !chain_open(id)) return Judgement::fine;
  if (value.empty()) return rows[id].required ? Judgement::required_missing : Judgement::fine;
  if (!node.constraint) return Judgement::fine;
  candidate = &value;
  candidate_node = id;
  bool holds = language::to_truth(language::evaluate(node.constraint.compiled, *this, id));
  candidate = nullptr;
  candidate_node = no_id;
  return holds ? Judgement::fine : Judgement::constraint_failed;
}

std::string Session::State::render(const definition::Text& text, NodeId context, int language) const {
  auto has = [&](size_t i) { return i < text.source.size() && !text.source[i].empty(); };
  auto wanted = static_cast<size_t>(std::max(0, language));
  if (!has(wanted)) wanted = static_cast<size_t>(std::max(0, survey.default_language));
  for (size_t i = 0; !has(wanted) && i < text.source.size(); ++i) wanted = i;
  if (!has(wanted)) return {};
  if (wanted >= text.pieces.size() || text.pieces[wanted].empty()) return text.source[wanted];
  std::string out;
  for (const definition::TextPiece& piece : text.pieces[wanted])
    out += piece.value.empty() ? piece.literal
                               : language::to_text(language::evaluate(piece.value, *this, context), *this);
  return out;
}

}  // namespace engine
