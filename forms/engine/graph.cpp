#include "forms/engine/graph.h"

#include <algorithm>

#include "forms/engine/session.h"

namespace engine {

using definition::no_node;
using definition::Node;
using definition::NodeKind;
using language::Layout;

std::shared_ptr<const Graph> graph_of(const definition::Survey& survey) {
  return std::make_shared<const Graph>(survey);
}

Graph::Graph(const definition::Survey& survey) {
  rules_.assign(survey.nodes.size(), 0);
  auto rule = [&](NodeIndex node, Role role, bool has) {
    if (has) rules_[node] = static_cast<uint8_t>(rules_[node] | 1 << static_cast<int>(role));
  };
  for (NodeIndex i = 0; i < survey.nodes.size(); ++i) {
    const Node& node = survey.nodes[i];
    rule(i, Role::relevant, !node.relevant.compiled.empty());
    rule(i, Role::calculation, !node.calculation.compiled.empty());
    rule(i, Role::required, !node.required.compiled.empty());
    rule(i, Role::read_only, !node.read_only.compiled.empty());
    rule(i, Role::choices, node.list >= 0 || node.roster != no_node);
    if (node.kind == NodeKind::repeat) rule(node.parent, Role::count, !node.repeat_count.compiled.empty());
    add(survey, node.relevant.compiled, i, Role::relevant);
    add(survey, node.calculation.compiled, i, Role::calculation);
    add(survey, node.required.compiled, i, Role::required);
    add(survey, node.read_only.compiled, i, Role::read_only);
    add(survey, node.constraint.compiled, i, Role::shown);
    if (node.kind == NodeKind::repeat) add(survey, node.repeat_count.compiled, node.parent, Role::count);
    add(survey, node.choices, i, Role::choices);
    for (const definition::Text* text : {&node.label, &node.hint, &node.guidance})
      for (const auto& pieces : text->pieces)
        for (const definition::TextPiece& piece : pieces) add(survey, piece.value, i, Role::shown);
    if (node.roster == no_node) continue;
    // A roster's filter is asked of every row of it.
    for (NodeIndex read : {node.roster, node.roster_label})
      if (read != no_node) add_one(survey, read, i, Role::choices, 0);
    for (const language::Dependency& d : node.choice_filter.compiled.reads())
      add_one(survey, d.node, i, Role::choices, 0);
    for (NodeIndex repeat : survey.repeats_around(node.roster)) add_one(survey, repeat, i, Role::choices, 0);
  }
  order(survey);
  // By the node that is read, in one block.
  first_.assign(survey.nodes.size() + 1, 0);
  for (const Read& read : reads_) ++first_[read.node + 1];
  for (size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  edges_.resize(reads_.size());
  std::vector<uint32_t> next(first_.begin(), first_.end() - 1);
  for (const Read& read : reads_) edges_[next[read.node]++] = read.edge;
  reads_.clear();
  reads_.shrink_to_fit();
}

void Graph::add(const definition::Survey& survey, const language::Expression& expression, NodeIndex reader,
                Role role) {
  if (expression.empty()) return;
  for (const language::Dependency& d : expression.reads()) add_one(survey, d.node, reader, role, d.shared);
  if (expression.speaks()) speaking_.emplace_back(reader, role);
}

void Graph::add_one(const definition::Survey& survey, NodeIndex read, NodeIndex reader, Role role,
                    uint16_t shared) {
  const Layout& layout = *survey.layout;
  Edge edge{reader, role, shared, static_cast<uint32_t>(downs_.size()), 0};
  for (uint32_t scope = layout.scope(reader); layout.depth(scope) > shared;
       scope = layout.scopes()[scope].parent)
    downs_.push_back(layout.scopes()[scope].repeat);
  std::reverse(downs_.begin() + edge.down_at, downs_.end());
  edge.down_count = static_cast<uint32_t>(downs_.size()) - edge.down_at;
  reads_.push_back({read, edge});
}

// Longest way from what nobody computes. Edges that close a circle are passed over: the reader of forms refuses
// real ones, and through other instances there are none. What a count reads comes before the instances of its
// repeat, not before the group around it.
void Graph::order(const definition::Survey& survey) {
  std::vector<uint32_t> begin(survey.nodes.size() + 1, 0);
  auto each = [&](auto visit) {  // visit(first, then)
    for (const Read& read : reads_) {
      Role role = read.edge.role;
      bool orders = role == Role::relevant || role == Role::calculation || role == Role::choices;
      if (orders && read.node != read.edge.node) visit(read.node, read.edge.node);
    }
    for (NodeIndex i = 0; i < survey.nodes.size(); ++i)
      for (const language::Dependency& d : survey.nodes[i].repeat_count.compiled.reads())
        if (d.node != i) visit(d.node, i);
  };
  each([&](NodeIndex, NodeIndex then) { ++begin[then + 1]; });
  for (size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  std::vector<NodeIndex> before(begin.back());
  std::vector<uint32_t> fill(begin.begin(), begin.end() - 1);
  each([&](NodeIndex first, NodeIndex then) { before[fill[then]++] = first; });

  enum class Mark : uint8_t { fresh, open, done };
  std::vector<Mark> marks(survey.nodes.size(), Mark::fresh);
  ranks_.assign(survey.nodes.size(), 0);
  std::vector<std::pair<NodeIndex, uint32_t>> way;
  // What a node hangs on: its parent, then what its rules read.
  auto nth = [&](NodeIndex node, uint32_t n) {
    return n == 0 ? survey.nodes[node].parent : before[begin[node] + n - 1];
  };
  auto count = [&](NodeIndex node) { return begin[node + 1] - begin[node] + 1; };
  for (NodeIndex start = 0; start < survey.nodes.size(); ++start) {
    if (marks[start] != Mark::fresh) continue;
    way.emplace_back(start, 0);
    marks[start] = Mark::open;
    while (!way.empty()) {
      auto& [node, next] = way.back();
      if (next < count(node)) {
        NodeIndex first = nth(node, next++);
        if (first != no_node && marks[first] == Mark::fresh) {
          marks[first] = Mark::open;
          way.emplace_back(first, 0);
        }
        continue;
      }
      uint32_t highest = 0;
      for (uint32_t n = 0; n < count(node); ++n)
        if (NodeIndex first = nth(node, n); first != no_node && marks[first] == Mark::done)
          highest = std::max(highest, ranks_[first] + 1);
      ranks_[node] = highest;
      marks[node] = Mark::done;
      way.pop_back();
    }
  }
  count_ranks_ = ranks_;
  for (NodeIndex i = 0; i < survey.nodes.size(); ++i)
    if (const Node& node = survey.nodes[i]; !node.repeat_count.compiled.empty())
      count_ranks_[node.parent] = std::max(count_ranks_[node.parent], ranks_[i]);
}

}  // namespace engine
