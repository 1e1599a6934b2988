// The dependency graph: who reads whom, and in which order to look.
#include <algorithm>

#include "forms/engine/state.h"

namespace engine {
namespace {

using definition::Logic;
using definition::no_node;
using definition::Node;
using language::Expression;

class Builder {
 public:
  explicit Builder(const definition::Survey& survey) : survey_(survey) {
    graph_.readers.resize(survey.nodes.size());
    before_.resize(survey.nodes.size());
  }

  Graph run() {
    for (NodeIndex i = 0; i < survey_.nodes.size(); ++i) {
      const Node& node = survey_.nodes[i];
      reads(i, Graph::Role::relevant, node.relevant.compiled, true);
      reads(i, Graph::Role::calculation, node.calculation.compiled, true);
      reads(i, Graph::Role::count, node.repeat_count.compiled, true);
      // A roster's filter is asked of every row of it.
      for (const language::Dependency& dependency : node.choice_filter.compiled.reads())
        add(dependency.node,
            {i, Graph::Role::choices,
             dependency.reach == language::Reach::all_instances || node.roster != no_node},
            true);
      reads(i, Graph::Role::required, node.required.compiled, false);
      reads(i, Graph::Role::read_only, node.read_only.compiled, false);
      reads(i, Graph::Role::constraint, node.constraint.compiled, false);
      for (const definition::Text* text : {&node.label, &node.hint})
        for (const auto& pieces : text->pieces)
          for (const definition::TextPiece& piece : pieces) reads(i, Graph::Role::label, piece.value, false);
      if (node.roster != no_node) {
        add(node.roster, {i, Graph::Role::choices, true}, true);
        for (NodeIndex repeat : survey_.repeats_around(node.roster))
          add(repeat, {i, Graph::Role::choices, true}, false);
      }
      if (node.parent != no_node) before_[i].push_back(node.parent);
    }
    rank();
    return std::move(graph_);
  }

 private:
  void reads(NodeIndex node, Graph::Role role, const Expression& expression, bool orders) {
    for (const language::Dependency& dependency : expression.reads())
      add(dependency.node, {node, role, dependency.reach == language::Reach::all_instances}, orders);
  }

  void add(NodeIndex read, Graph::Reader reader, bool orders) {
    graph_.readers[read].push_back(reader);
    if (orders && read != reader.node) before_[reader.node].push_back(read);
  }

  // Longest way from what nobody computes; edges that close a circle are passed over (the reader refuses
  // them).
  void rank() {
    enum class Mark : uint8_t { fresh, open, done };
    std::vector<Mark> marks(survey_.nodes.size(), Mark::fresh);
    graph_.rank.assign(survey_.nodes.size(), 0);
    std::vector<std::pair<NodeIndex, size_t>> way;
    for (NodeIndex start = 0; start < survey_.nodes.size(); ++start) {
      if (marks[start] != Mark::fresh) continue;
      way.emplace_back(start, 0);
      marks[start] = Mark::open;
      while (!way.empty()) {
        auto& [node, next] = way.back();
        if (next < before_[node].size()) {
          NodeIndex first = before_[node][next++];
          if (marks[first] == Mark::fresh) {
            marks[first] = Mark::open;
            way.emplace_back(first, 0);
          }
          continue;
        }
        int highest = 0;
        for (NodeIndex first : before_[node])
          if (marks[first] == Mark::done) highest = std::max(highest, graph_.rank[first] + 1);
        graph_.rank[node] = highest;
        marks[node] = Mark::done;
        way.pop_back();
      }
    }
  }

  const definition::Survey& survey_;
  Graph graph_;
  std::vector<std::vector<NodeIndex>> before_;
};

}  // namespace

Graph Graph::of(const definition::Survey& survey) {
  return Builder(survey).run();
}

}  // namespace engine
