// What follows from a change: each rule that reads it is looked at once, in topological order, without recursion.
#include <algorithm>
#include <cmath>

#include "forms/engine/state.h"

namespace engine {
namespace {

using definition::DataType;
using definition::Node;
using definition::NodeKind;
using language::Aggregates;

uint8_t bit(Role role) {
  return static_cast<uint8_t>(1 << static_cast<int>(role));
}

}  // namespace

void Session::State::show(NodeId node, Change& change) {
  if (shown_[node] == change_) return;
  shown_[node] = change_;
  change.changed.push_back(node);
}

void Session::State::push(Waiting waiting) {
  queue_.push_back(waiting);
  std::push_heap(queue_.begin(), queue_.end(), std::greater<>());
}

void Session::State::mark(NodeId node, Role role) {
  if ((flags[node].marked & bit(role)) != 0) return;
  flags[node].marked |= bit(role);
  push({static_cast<uint64_t>(graph.rank(definition(node), role)) << 8 | static_cast<uint64_t>(role), node});
}

// The instances of a reader that share the edge's repeats with the frame of what is read.
template <class Visit>
void Session::State::each_reader(const Graph::Edge& edge, uint32_t frame, Visit visit) const {
  const language::Layout& layout = *survey.layout;
  for (uint32_t depth = layout.depth(answers.frame(frame).scope); depth > edge.shared; --depth)
    frame = answers.frame(frame).parent;
  std::span<const NodeIndex> down = graph.down(edge);
  if (down.empty()) return visit(answers.node(frame, edge.node));
  if (down.size() == 1) {
    for (uint32_t inner : answers.instances(frame, down[0])) visit(answers.node(inner, edge.node));
    return;
  }
  std::vector<std::pair<uint32_t, size_t>> open = {{frame, 0}};
  while (!open.empty()) {
    auto [at, level] = open.back();
    open.pop_back();
    if (level == down.size()) {
      visit(answers.node(at, edge.node));
      continue;
    }
    const auto& inner = answers.instances(at, down[level]);
    for (size_t i = inner.size(); i-- > 0;) open.emplace_back(inner[i], level + 1);
  }
}

void Session::State::touch(NodeId node) {
  uint32_t frame = answers.frame_of(node);
  for (const Graph::Edge& edge : graph.readers(definition(node)))
    each_reader(edge, frame, [&](NodeId reader) { mark(reader, edge.role); });
}

void Session::State::touch_repeat(NodeIndex repeat, uint32_t parent) {
  for (const Graph::Edge& edge : graph.readers(repeat)) {
    auto around = static_cast<uint16_t>(survey.layout->depth(survey.layout->scope(repeat)) - 1);
    Graph::Edge wide = edge;
    if (wide.shared > around) continue;  // reads its own instance, which has not changed
    each_reader(wide, parent, [&](NodeId reader) { mark(reader, edge.role); });
  }
}

void Session::State::mark_all(uint32_t frame) {
  each_below(frame, [&](uint32_t inside) {
    const language::Frame& f = answers.frame(inside);
    const auto& nodes = survey.layout->scopes()[f.scope].nodes;
    for (size_t slot = 0; slot < nodes.size(); ++slot) {
      uint8_t rules = graph.rules(nodes[slot]);
      if (rules == 0) continue;
      NodeId id = f.base + static_cast<NodeId>(slot);
      for (Role role :
           {Role::relevant, Role::count, Role::calculation, Role::choices, Role::required, Role::read_only})
        if ((rules & bit(role)) != 0 && !(restoring && role == Role::choices)) mark(id, role);
    }
  });
}

void Session::State::settle(Change& change) {
  size_t left = limits::looks_a_node * (answers.node_count() + 1000);
  take_steps();
  while (!queue_.empty()) {
    std::pop_heap(queue_.begin(), queue_.end(), std::greater<>());
    Waiting next = queue_.back();
    queue_.pop_back();
    auto role = static_cast<Role>(next.order & 0xff);
    flags[next.node].marked = static_cast<uint8_t>(flags[next.node].marked & ~bit(role));
    if (exists(next.node)) look_at(next.node, role, change);
    if (failed() != Failure::none) note_failure(next.node);
    steps_ += take_steps();
    bool long_enough = steps_ > limits::steps;
    if (!long_enough && --left > 0) continue;
    fault(next.node, definition(next.node), long_enough ? Fault::Why::too_long : Fault::Why::never_rests);
    break;
  }
  for (const Waiting& waiting : queue_) flags[waiting.node].marked = 0;
  queue_.clear();
}

void Session::State::fault(NodeId node, NodeIndex definition, Fault::Why why) const {
  Fault met{node, definition, why};
  if (faults.size() < limits::faults && std::find(faults.begin(), faults.end(), met) == faults.end())
    faults.push_back(met);
}

void Session::State::note_failure(NodeId node) const {
  switch (failed()) {
    case Failure::none:
      return;
    case Failure::too_long:
      return fault(node, definition(node), Fault::Why::too_long);
    case Failure::too_much_text:
      return fault(node, definition(node), Fault::Why::too_much_text);
    case Failure::no_function:
      return fault(node, definition(node), Fault::Why::no_function);
  }
}

void Session::State::look_at(NodeId id, Role role, Change& change) {
  const Node& node = node_of(id);
  switch (role) {
    case Role::relevant:
      return flip(id, language::evaluate_condition(node.relevant.compiled, *this, {0, id}), change);
    case Role::count:
      return apply_count(id, change);
    case Role::calculation:
      if (restoring && flags[id].origin == Origin::given && !answers.blank(id))
        return;  // put right by a person
      return calculate(id, change);
    case Role::choices:
      drop_stale(id, change);
      return show(id, change);
    case Role::required: {
      bool now = language::evaluate_condition(node.required.compiled, *this, {0, id});
      if (std::exchange(flags[id].required, now) != now) show(id, change);
      return;
    }
    case Role::read_only: {
      bool now = language::evaluate_condition(node.read_only.compiled, *this, {0, id});
      if (std::exchange(flags[id].read_only, now) != now) show(id, change);
      return;
    }
    case Role::shown:
      return show(id, change);
  }
}

// Its relevance, and with it that of everything below: values stay, and read as blank.
void Session::State::flip(NodeId top, bool open, Change& change) {
  if (flags[top].open == open) return;
  flags[top].open = open;
  const language::Layout& layout = *survey.layout;
  struct Stretch {
    uint32_t frame, from, to;  // slots
  };
  NodeIndex own = definition(top);
  std::vector<Stretch> todo = {{answers.frame_of(top), layout.slot(own), layout.slot_end(own)}};
  while (!todo.empty()) {
    Stretch stretch = todo.back();
    todo.pop_back();
    const language::Scope& scope = layout.scopes()[answers.frame(stretch.frame).scope];
    for (uint32_t slot = stretch.from; slot < stretch.to; ++slot) {
      NodeId id = answers.frame(stretch.frame).base + slot;
      NodeId up = answers.parent(id);
      bool hidden = !flags[id].open || (up != UINT32_MAX && answers.hidden(up));
      if (hidden == answers.hidden(id)) continue;
      NodeIndex definition = scope.nodes[slot];
      bool watched = kept_sums.watches(definition);
      Aggregates::Share before = watched ? Aggregates::Share::of(answers, id) : Aggregates::Share();
      answers.hide(id, hidden);
      if (watched) kept_sums.changed(answers, id, before, Aggregates::Share::of(answers, id));
      show(id, change);
      touch(id);  // a blank that is there is not the same as none
      if (hidden) continue;
      // What was hidden could see nothing around it: its rules are asked again.
      for (Role role :
           {Role::relevant, Role::count, Role::calculation, Role::choices, Role::required, Role::read_only})
        if (graph.has(definition, role) && !(id == top && role == Role::relevant)) mark(id, role);
    }
    for (NodeIndex repeat : scope.inner) {
      uint32_t holder = layout.slot(layout.parent(repeat));
      if (holder < stretch.from || holder >= stretch.to) continue;
      for (uint32_t inner : answers.instances(stretch.frame, repeat))
        todo.push_back({inner, 0, static_cast<uint32_t>(layout.scopes()[layout.scope(repeat)].nodes.size())});
    }
  }
}

bool Session::State::put(NodeId node, std::string_view text, Origin origin) {
  bool watched = kept_sums.watches(definition(node));
  Aggregates::Share before = watched ? Aggregates::Share::of(answers, node) : Aggregates::Share();
  flags[node].origin = origin;
  if (!answers.set_text(node, text)) return false;
  if (watched) kept_sums.changed(answers, node, before, Aggregates::Share::of(answers, node));
  touch(node);
  return true;
}

bool Session::State::put_number(NodeId node, double number, Origin origin) {
  bool watched = kept_sums.watches(definition(node));
  Aggregates::Share before = watched ? Aggregates::Share::of(answers, node) : Aggregates::Share();
  flags[node].origin = origin;
  if (!answers.set_number(node, number)) return false;
  if (watched) kept_sums.changed(answers, node, before, Aggregates::Share::of(answers, node));
  touch(node);
  return true;
}

// As the type of the question holds it.
bool Session::State::store(NodeId node, const language::Outcome& made, Origin origin) {
  DataType data = survey.data_of(definition(node));
  if (made.is_number) {
    if (data == DataType::integer) return put_number(node, std::trunc(made.number), origin);
    if (data == DataType::date && std::fabs(made.number) < 3e6) {
      double days = std::floor(made.number + zone.date_offset / 1440.0);
      return put(node, base::format_date(base::civil_from_days(static_cast<int64_t>(days))), origin);
    }
    return put_number(node, made.number, origin);
  }
  std::string_view text = made.text;
  if (data == DataType::date && text.size() > 10) text = text.substr(0, 10);  // the day of a moment
  return put(node, cast(node, text), origin);
}

void Session::State::calculate(NodeId id, Change& change) {
  const language::Expression& expression = node_of(id).calculation.compiled;
  bool fresh = expression.is_volatile();
  if (answers.hidden(id) || (restoring && fresh && !answers.stored(id).empty())) return;
  language::evaluate_answer(expression, *this, {0, id}, outcome_);
  if (store(id, outcome_, fresh ? Origin::captured : Origin::calculated)) show(id, change);
}

}  // namespace engine
