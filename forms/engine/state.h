// State: what a Session keeps. Nodes in flat arrays, the dependency graph, the queue of what must be looked
// at again. Internal to forms/engine.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "forms/engine/session.h"
#include "forms/language/evaluate.h"

namespace engine {

// What the form says about who reads whom; made once a session, by walking the form's expressions.
struct Graph {
  enum class Role : uint8_t {
    relevant,
    calculation,
    required,
    read_only,
    constraint,
    choices,
    count,
    label,
    fallback
  };
  struct Reader {
    NodeIndex node = 0;
    Role role = Role::relevant;
    bool every_instance = false;  // any instance's change concerns every instance of the reader
  };
  std::vector<std::vector<Reader>> readers;  // by node read
  std::vector<int> rank;                     // topological: a reader's rank is above what it reads
  static Graph of(const definition::Survey& survey);
};

struct NodeRow {
  NodeIndex definition = 0;
  NodeId parent = no_id;
  std::vector<NodeId> children;  // by definition, then by place: document order
  std::vector<NodeId> picked;    // of an answer from a roster: the rows it names, no_id where it was typed
  std::vector<NodeId> spare;     // instances a smaller count took away; a larger one brings them back
  std::string value;
  Origin origin = Origin::given;
  InstanceId instance;  // of a repeat instance
  bool open = true;     // its own relevance
  bool required = false, read_only = false;
  bool exists = true;
};

struct Session::State final : language::Instance {
  State(const definition::Survey& survey_, Environment environment_);

  const definition::Survey& survey;
  Environment environment;
  Graph graph;
  std::vector<NodeRow> rows;
  std::vector<std::vector<NodeId>> by_definition;  // some may be gone: look at `exists`

  const definition::Node& node_of(NodeId node) const { return survey.nodes[rows[node].definition]; }

  // tree.cpp: building and changing.
  NodeId build(NodeIndex definition, NodeId parent, const InstanceId* instance, bool with_instances);
  NodeId add_instance(NodeId parent, NodeIndex repeat, const InstanceId& id, bool with_instances);
  void detach(NodeId node);
  void attach(NodeId node);
  void exist(NodeId node, bool yes);
  void start_values(NodeId from);  // captures and defaults of new nodes
  void apply_count(NodeId parent, NodeIndex repeat, Change& change);
  NodeId find(const Path& path) const;
  Path path(NodeId node) const;

  // recompute.cpp: what follows from a change.
  NodeIndex target_of(const Graph::Reader& reader) const;
  void touch(NodeId node);  // its value changed: its readers are looked at
  void touch_structure(NodeIndex repeat, NodeId parent);
  void mark(NodeId node, Graph::Role role);
  void mark_all(NodeId from);   // everything below: at begin, and for a new instance
  void settle(Change& change);  // until nothing is marked
  void look_at(NodeId node, Graph::Role role, Change& change);
  void flip(NodeId node, bool open, Change& change);
  bool put(NodeId node, std::string text, Origin origin);
  std::string calculated_text(const language::Value& value) const;
  bool chain_open(NodeId node) const;
  Judgement judge(NodeId node, std::string_view value) const;
  std::string render(const definition::Text& text, NodeId context, int language) const;
  bool restoring = false;  // resume(): captured values are not made anew

  // choices.cpp
  std::vector<uint32_t> offered_rows(NodeId node) const;  // of its list
  struct RosterRow {
    NodeId source = no_id;
    std::string value;
  };
  std::vector<RosterRow> roster(NodeId node) const;
  void pick(NodeId node);  // which rows of its roster the answer names
  void drop_stale_picks(NodeId node, Change& change);
  bool offers_anything(NodeId node) const;
  bool takes_free_text(NodeId node) const;
  void drop_stale(NodeId node, Change& change);
  const std::unordered_multimap<std::string_view, uint32_t>& index_of(int list, int column) const;
  mutable std::map<std::pair<int, int>, std::unordered_multimap<std::string_view, uint32_t>> indexes;

  // language::Instance
  NodeIndex definition_of(uint32_t node) const override { return rows[node].definition; }
  uint32_t parent_of(uint32_t node) const override { return rows[node].parent; }
  void children_of(uint32_t node, std::vector<uint32_t>& out) const override;
  void instances_of(uint32_t parent, NodeIndex child, std::vector<uint32_t>& out) const override;
  std::string_view text_of(uint32_t node) const override;
  uint32_t place_of(uint32_t node) const override;
  bool relevant(uint32_t node) const override { return chain_open(node); }
  int position_of(uint32_t node) const override;
  int list_named(std::string_view id) const override;
  uint32_t row_count(int list) const override;
  int column_named(int list, std::string_view name) const override;
  std::string_view cell(int list, uint32_t row, int column) const override;
  std::string choice_label(uint32_t question, NodeIndex definition, std::string_view value) const override;
  std::string_view language_code() const override { return survey.language_code(environment.language); }
  base::Clock& clock() const override { return *environment.clock; }
  base::Random& random() const override { return *environment.random; }
  std::string_view form_version() const override { return survey.version; }

  // Being judged as if it were the value of that node.
  mutable const std::string_view* candidate = nullptr;
  mutable NodeId candidate_node = no_id;

 private:
  mutable std::vector<uint32_t> places_;  // by node, in document order; empty: the tree has changed
  std::map<int, std::deque<std::pair<NodeId, Graph::Role>>> queue_;  // by rank
  std::unordered_set<uint64_t> marked_;
};

}  // namespace engine
