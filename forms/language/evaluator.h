// Evaluator: one evaluation of a compiled expression, asked for the type that is wanted: number() of a path reads
// a number that is there already and makes no text of it. Internal to forms/language; evaluate.h is the door.
//
// Texts are views: into the program, into an answer, or into scratch room that lasts as long as the evaluation;
// lists of nodes are borrowed from a pool. So evaluating in the steady state allocates nothing. Recursion goes
// as deep as the expression is nested, which compiling bounds.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "forms/language/instance.h"
#include "forms/language/program.h"
#include "forms/language/world.h"

namespace language {

using Str = std::string_view;
using Nodes = std::vector<Ref>;

struct Scratch {
  static constexpr size_t most_text = 4 << 20;  // of one evaluation; beyond that it is blank
  std::vector<std::unique_ptr<Nodes>> lists;    // free ones
  std::vector<std::unique_ptr<char[]>> blocks;
  std::vector<size_t> sizes;
  size_t block = 0, used = 0, total = 0;
  uint64_t steps = 0, steps_before = 0;
  bool full = false;
  int depth = 0;  // evaluations inside evaluations: a label that holds a value
  std::string failure;
  char* room(size_t bytes);
  void start();  // forgets the texts of the evaluation before
};

class Lease {  // a list from the pool, empty
 public:
  explicit Lease(Scratch& scratch);
  ~Lease();
  Lease(Lease&&) noexcept = default;
  Lease& operator=(Lease&&) = delete;
  Nodes& operator*() const { return *list_; }
  Nodes* operator->() const { return list_.get(); }

 private:
  Scratch* scratch_;
  std::unique_ptr<Nodes> list_;
};

struct Here {  // what `.` is, inside a predicate with its place among its like
  Ref node;
  size_t position = 1, size = 1;
};

struct Dyn {  // a value whose type shows only now
  Type type = Type::text;
  double number = 0;
  bool truth = false;
  Str text;
  std::unique_ptr<Lease> nodes;
  bool dated = false;  // a text that is a moment: `number` says which, more exactly than the text may
  static Dyn of(Str text) { return {Type::text, 0, false, text, nullptr, false}; }
  static Dyn of(double number) { return {Type::number, number, false, {}, nullptr, false}; }
  static Dyn of_truth(bool truth) { return {Type::truth, 0, truth, {}, nullptr, false}; }
  static Dyn of_moment(Str text, double days) { return {Type::text, days, false, text, nullptr, true}; }
};

class Evaluator {
 public:
  Evaluator(const Program& of, const World& in, Ref at)
      : program(of), world(in), scratch(in.scratch()), current(at) {}

  double number(uint32_t item, const Here& here);
  bool truth(uint32_t item, const Here& here);
  Str text(uint32_t item, const Here& here);
  void nodes(uint32_t item, const Here& here, Nodes& out);  // appends, in document order, each once
  Dyn any(uint32_t item, const Here& here);
  bool first(uint32_t item, const Here& here, Ref& out);  // the first node; false: there is none

  // Of a node. Texts joined from several nodes go to scratch room.
  Str text_of(Ref node);
  double number_of(Ref node);

  double number_of(const Dyn& value);
  bool truth_of(const Dyn& value);
  Str text_of(const Dyn& value);

  Str keep(Str text);  // a copy that lasts as long as the evaluation
  Str number_as_text(double number);
  double to_number(Str text) { return text_number(text, world.zone); }
  Str fail(std::string why);  // the evaluation has no result; World::failure says why
  bool spent(uint64_t steps = 1) { return (scratch.steps += steps) > World::most_steps; }

  // A path that is direct: the frame it starts from, and every node at its end.
  uint32_t anchor(const Direct& direct, const Here& here) const;
  template <class Visit>  // Visit(node) → whether to go on
  bool each(const Direct& direct, uint32_t frame, size_t level, Visit& visit) const;

  const Program& program;
  const World& world;
  Scratch& scratch;
  Ref current;  // the node the whole expression stands at

 private:
  const Path& path_of(const Item& item) const { return program.paths[item.path]; }
  Dyn call_any(const Item& item, const Here& here);
  bool compare(const Item& item, const Here& here);
  bool compare(Op op, const Dyn& a, const Dyn& b);
  Str text_below(uint32_t node);  // of a group: its answers one after the other
  void walk(const Path& path, const Here& here, Nodes& out);
  void step(const Step& step, Ref from, Nodes& out);
  void keep_if(const std::vector<uint32_t>& predicates, size_t from, Nodes& list);
};

// paths.cpp
void step_instance(Evaluator& evaluator, const Step& step, uint32_t from, Nodes& out);
void step_tree(const World& world, const Step& step, Ref from, Nodes& out);
void step_table(const World& world, const Step& step, Ref from, Nodes& out);
void below(const Instance& instance, uint32_t from, std::vector<uint32_t>& out);  // visible ones, in order
void in_order(Nodes& nodes, const World& world);                                  // document order, each once
bool compare_numbers(Op op, double a, double b);
bool compare_texts(Op op, Str a, Str b, const Zone& zone);

// lookup.cpp: rows of a table by an index, where the predicate allows; false: it does not.
bool look_up(Evaluator& evaluator, const Step& step, Ref list, const Here& here, Nodes& out);

template <class Visit>
bool Evaluator::each(const Direct& direct, uint32_t frame, size_t level, Visit& visit) const {
  const Instance& instance = *world.instance;
  if (level == direct.down.size()) {
    uint32_t node = instance.node(frame, direct.target);
    return instance.hidden(node) || visit(node);
  }
  for (uint32_t inner : instance.instances(frame, direct.down[level]))
    if (!each(direct, inner, level + 1, visit)) return false;
  return true;
}

}  // namespace language
