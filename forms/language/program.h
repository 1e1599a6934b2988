// Program: a compiled expression as a flat array of items; indices instead of pointers. Only the compiler,
// the printer and the evaluator look inside.
#pragma once

#include <string>
#include <vector>

#include "forms/language/expression.h"

namespace language {

struct Function;  // function.h

enum class Op : uint8_t {
  number,
  text,  // literals
  or_,
  and_,
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  unite,
  negate,
  call,
  path,  // start, then steps
};

enum class Start : uint8_t {
  context,     // relative to where the expression stands, or to the node a predicate looks at
  root,        // "/": the form's root, narrowed to the instances nearest to the context
  current,     // current()
  question,    // ${name}: nearest in common ancestry
  list,        // instance('id'): args[0] is not used, `text` is the id
  expression,  // any other expression that gives nodes: args[0]
};

enum class Axis : uint8_t { child, parent, self, descendant, descendant_or_self, attribute };

struct Step {
  Axis axis = Axis::child;
  std::string name;                  // "*": any; "" with descendant_or_self: the "//" itself
  std::vector<NodeIndex> nodes;      // what the name can mean here; empty in lists
  std::vector<uint32_t> predicates;  // items
};

struct Item {
  Op op = Op::number;
  double number = 0;
  std::string text;  // literal, list id, question name
  std::vector<uint32_t> args;
  const Function* function = nullptr;
  Start start = Start::context;
  NodeIndex target = no_node;        // of ${name}; of jr:choice-name's second argument
  std::vector<uint32_t> predicates;  // on the start: ${rep}[…]
  std::vector<Step> steps;
};

struct Program {
  std::vector<Item> items;
  uint32_t root = 0;
  std::vector<Dependency> reads;
  bool is_volatile = false;
  NodeIndex context = no_node;
  std::vector<std::string> columns;  // of a choice filter; empty otherwise
  // For every node of the form: the chain from the root, so that evaluation needs no schema.
  std::vector<std::vector<NodeIndex>> chains;  // by `target`s used: pairs below index it
  std::vector<NodeIndex> chain_of;             // chains[i] belongs to node chain_of[i]
  const std::vector<NodeIndex>* chain(NodeIndex node) const {
    for (size_t i = 0; i < chain_of.size(); ++i)
      if (chain_of[i] == node) return &chains[i];
    return nullptr;
  }
};

}  // namespace language
