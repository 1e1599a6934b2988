// Evaluates a compiled expression at a node of an interview.
//
//   Value v = evaluate(expression, instance, node);
//   bool open = to_truth(v);
//
// The interview is seen through Instance; forms/engine implements it, tests write small ones. Nothing is
// changed. Bounded: 1,000,000 steps an evaluation; beyond that the result is blank. Cost: linear in the nodes
// visited.
#pragma once

#include "forms/base/random.h"
#include "forms/base/time.h"
#include "forms/language/expression.h"
#include "forms/language/value.h"

namespace language {

class Instance {
 public:
  virtual ~Instance() = default;
  // The tree; ids are the engine's. Hidden nodes are part of it and read as blank.
  virtual NodeIndex definition_of(uint32_t node) const = 0;
  virtual uint32_t parent_of(uint32_t node) const = 0;  // UINT32_MAX above the root (id 0)
  virtual void children_of(uint32_t node, std::vector<uint32_t>& out) const = 0;  // appends, document order
  virtual void instances_of(uint32_t parent, NodeIndex child,
                            std::vector<uint32_t>& out) const = 0;  // of one child
  virtual std::string_view text_of(uint32_t node) const = 0;
  virtual uint32_t place_of(uint32_t node) const = 0;  // in document order: larger is later
  virtual bool relevant(uint32_t node) const = 0;
  virtual int position_of(uint32_t node) const = 0;  // 1-based among the instances of its repeat
  // Lists: secondary instances.
  virtual int list_named(std::string_view id) const = 0;  // -1: none
  virtual uint32_t row_count(int list) const = 0;
  virtual int column_named(int list,
                           std::string_view name) const = 0;  // "name", "label" or a further column; -1
  virtual std::string_view cell(int list, uint32_t row, int column) const = 0;
  // Words and the world.
  virtual std::string choice_label(uint32_t question, NodeIndex definition, std::string_view value) const = 0;
  virtual std::string_view language_code() const = 0;
  virtual base::Clock& clock() const = 0;
  virtual base::Random& random() const = 0;
  virtual std::string_view form_version() const = 0;
};

Value evaluate(const Expression& expression, const Instance& instance, uint32_t context);

// For a choice filter: whether the row of the list is offered at this node.
bool evaluate_filter(const Expression& expression, const Instance& instance, uint32_t context, int list,
                     uint32_t row);

// When a filter is `column = something` (perhaps among other clauses joined by `and`): that column and the
// value wanted now, so that an index can be used; false when there is no such clause.
bool indexable(const Expression& expression, const Instance& instance, uint32_t context, std::string& column,
               std::string& wanted);

}  // namespace language
