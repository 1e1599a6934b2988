// State: what a Session keeps: the answers, the queue of what must be looked at again, what a change has touched.
// Internal to forms/engine.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "forms/engine/graph.h"
#include "forms/engine/session.h"
#include "forms/language/aggregate.h"
#include "forms/language/evaluate.h"
#include "forms/language/instance.h"

namespace engine {

using language::Ref;

struct Session::State final : language::World {
  State(const definition::Survey& survey_, Environment environment_);

  const definition::Survey& survey;
  Environment environment;
  const std::shared_ptr<const Graph> held_graph;  // of this survey; shared or its own
  const Graph& graph;
  language::Instance answers;
  language::Aggregates kept_sums;
  int language_index = 0;

  // By node.
  struct Flags {
    bool open = true;  // its own relevance
    bool required = false, read_only = false;
    uint8_t marked = 0;  // by role
    Origin origin = Origin::given;
  };
  std::vector<Flags> flags;
  std::vector<InstanceId> ids;                                // by frame
  std::unordered_multimap<uint64_t, uint32_t> frame_by_id;    // by the first bytes of the id
  std::unordered_map<NodeId, std::vector<NodeId>> picked;     // of an answer from a roster: the rows it names
  std::map<std::pair<uint32_t, NodeIndex>, uint32_t> ghosts;  // frames that are there to be asked for only
  std::map<std::pair<uint32_t, NodeIndex>, std::vector<uint32_t>> spare;  // frames a smaller count took away

  NodeIndex definition(NodeId node) const { return answers.definition(node); }
  const definition::Node& node_of(NodeId node) const { return survey.nodes[answers.definition(node)]; }
  bool exists(NodeId node) const;

  // tree.cpp: frames that come and go.
  uint32_t add_frame(NodeIndex repeat, uint32_t parent, const InstanceId& id, size_t place = SIZE_MAX);
  void add_first_instances(uint32_t frame);  // of every repeat inside that has one from the start
  void plant(const definition::Seed& seed, uint32_t parent, std::vector<uint32_t>& planted);
  void grow(NodeIndex repeat, uint32_t parent, size_t place, Change& change);  // what add and a count do
  void take_away(uint32_t frame, Change& change);
  bool would_be_relevant(NodeIndex repeat, uint32_t parent);  // an instance, where there is none yet
  void apply_count(NodeId holder, Change& change);
  NodeId find(const Path& path) const;
  Path path(NodeId node) const;
  template <class Visit>
  void each_below(uint32_t frame, Visit visit) const;  // every frame in it, itself first

  // actions.cpp: values that are there from the start, and what happens at events.
  void start_values(uint32_t frame, bool defaults = true);
  void capture(NodeId node, definition::Capture what);
  void act(unsigned event, uint32_t frame, Change& change);  // on load; of a new instance
  void act_on(NodeId trigger, Change& change);               // its value has changed
  void carry_out(const definition::Action& action, NodeId target, Change& change);

  // recompute.cpp: what follows from a change.
  void touch(NodeId node);  // its value or relevance changed: its readers are looked at
  void touch_repeat(NodeIndex repeat, uint32_t parent);
  template <class Visit>
  void each_reader(const Graph::Edge& edge, uint32_t frame, Visit visit) const;
  void mark(NodeId node, Role role);
  void mark_all(uint32_t frame);  // every rule in it: at begin, and for a new instance
  void begin_change() { ++change_, steps_ = 0; }
  void settle(Change& change);  // until nothing is marked
  void fault(NodeId node, NodeIndex definition, Fault::Why why) const;
  void note_failure(NodeId node) const;  // of the evaluation before, if it had no result
  mutable std::vector<Fault> faults;
  void look_at(NodeId node, Role role, Change& change);
  void flip(NodeId node, bool open, Change& change);
  void show(NodeId node, Change& change);  // one line of the change
  bool put(NodeId node, std::string_view text, Origin origin);
  bool put_number(NodeId node, double number, Origin origin);
  bool store(NodeId node, const language::Outcome& made, Origin origin);
  std::string cast(NodeId node,
                   std::string_view text) const;  // as its type holds it; "" for what it cannot be
  void calculate(NodeId node, Change& change);
  bool restoring = false;  // resume(): captured values are not made anew

  // judge.cpp
  static bool is_asked(const definition::Node& node);  // a person can answer it
  Judgement judge(NodeId node) const;
  Judgement judge(NodeId node, std::string_view candidate) const;
  std::string render(const definition::Text& text, NodeId context, int language) const;

  // choices.cpp
  void offered(NodeId node, std::vector<Ref>& out) const;  // rows of its list
  struct RosterRow {
    NodeId source = no_id;
    std::string value, label;
  };
  std::vector<RosterRow> roster(NodeId node) const;
  void pick(NodeId node);  // which rows of its roster the answer names
  void drop_stale(NodeId node, Change& change);
  void drop_stale_picks(NodeId node, Change& change);
  bool offers_anything(NodeId node) const;
  bool takes_free_text(NodeId node) const;
  std::string_view value_of(const definition::Node& node, uint32_t row) const;
  std::string label_of(const definition::Node& node, uint32_t row, NodeId context, int language) const;
  void speak(int language);  // what "label" means in the lists

  // language::World
  bool document_named(std::string_view id, Ref& out) const override;
  std::string choice_label(Ref question, NodeIndex definition, std::string_view value) const override;
  std::string itext(std::string_view id) const override;
  std::string property(std::string_view name) const override;

 private:
  struct Waiting {  // the lowest rank first, then the role, then the node
    uint64_t order = 0;
    NodeId node = 0;
    bool operator>(const Waiting& other) const {
      return order != other.order ? order > other.order : node > other.node;
    }
  };
  void push(Waiting waiting);
  friend class Session;
  std::vector<Waiting> queue_;   // a heap
  std::vector<uint32_t> shown_;  // by node: the change that told of it last
  uint32_t change_ = 1;
  uint64_t steps_ = 0;  // of this change
  language::Outcome outcome_;
  int trigger_depth_ = 0;
};

template <class Visit>
void Session::State::each_below(uint32_t frame, Visit visit) const {
  std::vector<uint32_t> open = {frame};
  while (!open.empty()) {
    uint32_t at = open.back();
    open.pop_back();
    visit(at);
    const auto& inner = answers.frame(at).inner;
    for (size_t i = inner.size(); i-- > 0;)
      open.insert(open.end(), inner[i].frames.rbegin(), inner[i].frames.rend());
  }
}

}  // namespace engine
