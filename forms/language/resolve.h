// Resolver: gives every name of a parsed expression its nodes in the form, and notes what the expression reads.
// Internal to forms/language; compile.cpp calls it.
#pragma once

#include "forms/language/program.h"

namespace language {

class Resolver {
 public:
  Resolver(Program& program, const Schema& schema, NodeIndex context, std::vector<Problem>& problems,
           const std::vector<size_t>& offsets)
      : program_(program), schema_(schema), context_(context), problems_(problems), offsets_(offsets) {}
  void run();

 private:
  using Nodes = std::vector<NodeIndex>;

  // What `.` can be: nodes of the form, or a row of a list.
  struct Place {
    Nodes nodes;
    bool in_list = false;
    int list = -1;        // where it is known
    int level = 0;        // in a list: 0 the document, 1 its root, 2 an item, 3 a cell; -1 a tree, unknown
    uint16_t shared = 0;  // repeats whose instances the expression and `.` share
  };

  void visit(uint32_t item, const Place& here, bool all);
  void call(uint32_t item, const Place& here, bool all);
  void choice_name(uint32_t item);
  void path(uint32_t item, const Place& here, bool all);
  bool start(uint32_t item, const Place& here, bool all, Place& now);
  bool step(uint32_t item, size_t s, Place& now);
  bool list_step(uint32_t item, size_t s, Place& now);
  bool climbs_then_descends(const Path& path) const;
  Direct direct_to(NodeIndex target, NodeIndex top, NodeIndex from, bool from_current) const;
  NodeIndex meeting(NodeIndex from, NodeIndex target) const;
  void predicates(const std::vector<uint32_t>& items, Place now, bool all);
  Nodes step_nodes(const Step& step, const Nodes& from) const;

  NodeIndex nearest(std::string_view name) const;
  bool is_named(const Step& step, NodeIndex node) const;
  Nodes chain(NodeIndex node) const;     // from the root to it
  uint16_t depth(NodeIndex node) const;  // repeats around it, itself included
  void read(NodeIndex node, uint16_t shared);
  void read_direct(const Direct& direct, uint16_t most);
  void unknown(uint32_t item, std::string_view name);
  void unknown_step(uint32_t item, const Step& step, const Nodes& from);
  void say(uint32_t item, bool is_error, std::string code, std::string text);

  Program& program_;
  const Schema& schema_;
  NodeIndex context_;
  std::vector<Problem>& problems_;
  const std::vector<size_t>& offsets_;
  Nodes last_nodes_;             // what the path just resolved gives
  uint16_t last_shared_ = 0;     // and what it shares with the expression
  bool every_question_ = false;  // ${x} means every instance too: indexed-repeat
};

}  // namespace language
