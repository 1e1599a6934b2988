// Graph: what a form says about who reads whom, and in which order to look. Made from the form's expressions.
//
//   for (const Graph::Edge& e : graph.readers(age)) …;   graph.rank(adults, Role::calculation)
//
// An edge says how many repeats reader and read share (language::Dependency); its way down leads from there to
// the reader's instances. Immutable, of one survey; made once a session, or once for many (graph_of). Cost: linear in what expressions read.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "forms/definition/survey.h"

namespace engine {

using definition::NodeIndex;

// What is looked at again; in this order where the rank is the same.
enum class Role : uint8_t { relevant, count, calculation, choices, required, read_only, shown };

struct Graph {
  struct Edge {
    NodeIndex node = 0;  // whose rule it is; of a count: the node that holds the repeat
    Role role = Role::relevant;
    uint16_t shared = 0;
    uint32_t down_at = 0;  // repeats to enter from the shared instance to the reader: in `downs`
    uint32_t down_count = 0;
  };

  explicit Graph(const definition::Survey& survey);
  std::span<const Edge> readers(NodeIndex node) const {
    return {edges_.data() + first_[node], edges_.data() + first_[node + 1]};
  }
  std::span<const NodeIndex> down(const Edge& edge) const {
    return {downs_.data() + edge.down_at, edge.down_count};
  }
  bool has(NodeIndex node, Role role) const { return (rules_[node] >> static_cast<int>(role) & 1) != 0; }
  uint8_t rules(NodeIndex node) const { return rules_[node]; }  // a bit a role
  uint32_t rank(NodeIndex node, Role role) const {
    return role == Role::count ? count_ranks_[node] : ranks_[node];
  }
  // Rules whose result changes with the interview's language, and the node.
  const std::vector<std::pair<NodeIndex, Role>>& speaking() const { return speaking_; }

 private:
  struct Read {
    NodeIndex node;
    Edge edge;
  };
  void add(const definition::Survey& survey, const language::Expression& expression, NodeIndex reader,
           Role role);
  void add_one(const definition::Survey& survey, NodeIndex read, NodeIndex reader, Role role,
               uint16_t shared);
  void order(const definition::Survey& survey);

  std::vector<Read> reads_;  // while it is made
  std::vector<Edge> edges_;
  std::vector<uint32_t> first_;
  std::vector<NodeIndex> downs_;
  std::vector<uint32_t> ranks_, count_ranks_;
  std::vector<uint8_t> rules_;
  std::vector<std::pair<NodeIndex, Role>> speaking_;
};

}  // namespace engine
