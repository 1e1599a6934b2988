// Program: a compiled expression as flat arrays: items in evaluation order, indices instead of pointers. Only
// the compiler, the printer and the evaluator look inside.
#pragma once

#include <memory>
#include <span>
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

// What an item gives, as far as compiling tells.
enum class Type : uint8_t { text, number, truth, nodes, any };

enum class Start : uint8_t {
  context,     // relative to where the expression stands, or to the node a predicate looks at
  root,        // "/": the form's root, narrowed to the instances nearest to the context
  current,     // current()
  question,    // ${name}: nearest in common ancestry
  list,        // instance('id')
  expression,  // any other expression that gives nodes
};

enum class Axis : uint8_t {
  child,
  parent,
  self,
  descendant,
  descendant_or_self,
  attribute,
  ancestor,
  ancestor_or_self,
  following,
  following_sibling,
  preceding,
  preceding_sibling,
  namespace_,  // always empty
};

enum class Test : uint8_t { name, any_name, any_node, text, comment, instruction };

struct Namespace {
  std::string prefix, uri;  // as written, and what it means
};

struct Step {
  Axis axis = Axis::child;
  Test test = Test::name;
  bool abbreviated = false;                // ".", "..", "@x", the node() that "//" hides
  bool any_uri = true;                     // no namespace is asked for
  std::string name;                        // of an instruction: its target, "" for any
  std::unique_ptr<const Namespace> space;  // where one is named; few are
  int column = -1;                         // of a table that is known while compiling
  std::vector<NodeIndex> nodes;            // what it can mean in the form; empty elsewhere
  std::vector<uint32_t> predicates;        // items
};

// A path whose end is known while compiling: so many frames up, then every instance of the repeats below.
struct Direct {
  bool known = false;
  bool from_current = false;  // from where the expression stands, not from the node a predicate looks at
  uint16_t climb = 0;         // frames up
  NodeIndex target = no_node;
  std::vector<NodeIndex> down;  // repeats to enter, outermost first; none: one node
};

struct Path {
  Start start = Start::context;
  std::string text;                  // list id, question name
  int list = -1;                     // of Start::list, where it is known while compiling
  uint32_t inner = 0;                // item of Start::expression
  NodeIndex target = no_node;        // of ${name}
  std::vector<uint32_t> predicates;  // on the start: ${rep}[…]
  std::vector<Step> steps;
  Direct direct;
  bool nowhere = false;  // it leads to nothing the form has: said, and always empty
};

struct Item {
  Op op = Op::number;
  Type type = Type::number;
  uint16_t count = 0;  // of arguments
  uint32_t args = 0;   // where they begin in Program::args
  uint32_t path = 0;   // into Program::paths
  double number = 0;
  std::string text;  // literal, function's name
  const Function* function = nullptr;
  NodeIndex target = no_node;         // of jr:choice-name's second argument
  std::shared_ptr<const void> extra;  // what a function prepared: a pattern. Shared by copies of the program
};

struct Program {
  std::vector<Item> items;
  std::vector<uint32_t> args;
  std::vector<Path> paths;
  uint32_t root = 0;
  std::vector<Dependency> reads;
  bool is_volatile = false;
  bool speaks = false;  // labels, itext, names of months: another language gives another result
  NodeIndex context = no_node;

  uint32_t arg(const Item& item, size_t i) const { return args[item.args + i]; }
  std::span<const uint32_t> args_of(const Item& item) const { return {args.data() + item.args, item.count}; }
};

}  // namespace language
