#include "forms/language/evaluate.h"

#include <algorithm>
#include <cmath>

#include "forms/language/function.h"

namespace language {
namespace {

constexpr uint64_t most_steps = 1'000'000;

bool spent(const Scope& scope) {
  return ++*scope.steps > most_steps;
}

// What the step names below `node`, and `node` itself where the axis says so, in document order.
void descend(const Instance& instance, uint32_t node, const Step& step, std::vector<Ref>& out) {
  bool any = step.name.empty() || step.name == "*";
  auto named = [&](uint32_t at) {
    return any ||
           std::find(step.nodes.begin(), step.nodes.end(), instance.definition_of(at)) != step.nodes.end();
  };
  std::vector<uint32_t> open = {node};
  std::vector<uint32_t> inside;
  while (!open.empty()) {
    uint32_t at = open.back();
    open.pop_back();
    if ((at != node || step.axis == Axis::descendant_or_self) && named(at))
      out.push_back({Ref::Space::node, at, 0, 0});
    inside.clear();
    instance.children_of(at, inside);
    open.insert(open.end(), inside.rbegin(), inside.rend());
  }
}

// Document order, each once.
void in_order(std::vector<Ref>& refs, const Instance& instance) {
  std::sort(refs.begin(), refs.end(), [&](const Ref& a, const Ref& b) {
    if (a.space != Ref::Space::node || b.space != Ref::Space::node || a.node == b.node) return a < b;
    return instance.place_of(a.node) < instance.place_of(b.node);
  });
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
}

// Keeps the refs for which every predicate holds; a number predicate is a position.
void keep(const std::vector<uint32_t>& predicates, std::vector<Ref>& refs, const Scope& scope) {
  for (uint32_t predicate : predicates) {
    std::vector<Ref> kept;
    for (size_t i = 0; i < refs.size(); ++i) {
      if (spent(scope)) return refs.clear();
      Scope inside = scope;
      inside.here = refs[i];
      inside.position = i + 1;
      inside.size = refs.size();
      Value v = evaluate_item(predicate, inside);
      bool holds = v.kind == Value::Kind::number ? v.number == static_cast<double>(i + 1) : to_truth(v);
      if (holds) kept.push_back(refs[i]);
    }
    refs = std::move(kept);
  }
}

// The instances of `target` nearest in common ancestry to node `from`.
std::vector<Ref> nearest(const Scope& scope, uint32_t from, NodeIndex target) {
  const std::vector<NodeIndex>* chain = scope.program.chain(target);
  if (!chain) return {};
  std::vector<uint32_t> way;  // from the root to `from`
  for (uint32_t at = from; at != UINT32_MAX; at = scope.instance.parent_of(at)) way.push_back(at);
  std::reverse(way.begin(), way.end());
  size_t common = 0;
  while (common < way.size() && common < chain->size() &&
         scope.instance.definition_of(way[common]) == (*chain)[common])
    ++common;
  // A path that ends at a repeat means all its instances, even from inside one of them.
  if (common == chain->size() && common > 1) {
    std::vector<uint32_t> same;
    scope.instance.instances_of(way[common - 2], target, same);
    if (same.size() != 1 || scope.instance.position_of(way[common - 1]) > 0) --common;
  }
  if (common == 0) return {};
  std::vector<uint32_t> now = {way[common - 1]};
  for (size_t i = common; i < chain->size(); ++i) {
    std::vector<uint32_t> next;
    for (uint32_t node : now) scope.instance.instances_of(node, (*chain)[i], next);
    now = std::move(next);
  }
  std::vector<Ref> refs;
  refs.reserve(now.size());
  for (uint32_t node : now) refs.push_back({Ref::Space::node, node, 0, 0});
  return refs;
}

void step_from(const Ref& ref, const Step& step, const Scope& scope, std::vector<Ref>& out) {
  const Instance& instance = scope.instance;
  if (ref.space == Ref::Space::list || ref.space == Ref::Space::row) {
    if (step.axis == Axis::self) return out.push_back(ref);
    if (step.axis == Axis::descendant_or_self) return out.push_back(ref);
    if (step.axis == Axis::descendant) return;
    if (step.axis == Axis::parent) return out.push_back({Ref::Space::list, ref.node, 0, 0});
    if (step.axis != Axis::child) return;
    if (ref.space == Ref::Space::list) {  // root, then item: the rows
      if (step.name == "root") return out.push_back(ref);
      for (uint32_t row = 0; row < instance.row_count(static_cast<int>(ref.node)); ++row)
        out.push_back({Ref::Space::row, ref.node, row, 0});
      return;
    }
    int column = instance.column_named(static_cast<int>(ref.node), step.name);
    if (column >= 0) out.push_back({Ref::Space::cell, ref.node, ref.row, static_cast<uint32_t>(column)});
    return;
  }
  if (ref.space == Ref::Space::cell) {
    if (step.axis == Axis::self) out.push_back(ref);
    if (step.axis == Axis::parent) out.push_back({Ref::Space::row, ref.node, ref.row, 0});
    return;
  }
  switch (step.axis) {
    case Axis::self:
      out.push_back(ref);
      return;
    case Axis::parent:
      if (uint32_t up = instance.parent_of(ref.node); up != UINT32_MAX)
        out.push_back({Ref::Space::node, up, 0, 0});
      return;
    case Axis::descendant:
    case Axis::descendant_or_self:
      descend(instance, ref.node, step, out);
      return;
    case Axis::attribute:
      return;
    case Axis::child: {
      std::vector<uint32_t> found;
      if (step.nodes.size() == 1) {
        instance.instances_of(ref.node, step.nodes[0], found);
      } else {
        instance.children_of(ref.node, found);
        std::erase_if(found, [&](uint32_t node) {
          return std::find(step.nodes.begin(), step.nodes.end(), instance.definition_of(node)) ==
                 step.nodes.end();
        });
      }
      for (uint32_t node : found) out.push_back({Ref::Space::node, node, 0, 0});
      return;
    }
  }
}

Value path(const Item& item, const Scope& scope) {
  std::vector<Ref> refs;
  size_t first = 0;
  switch (item.start) {
    case Start::context:
      refs = {scope.here};
      break;
    case Start::current:
      refs = {{Ref::Space::node, scope.current, 0, 0}};
      break;
    case Start::root:
      refs = {{Ref::Space::node, 0, 0, 0}};
      if (!item.steps.empty() && item.steps[0].axis == Axis::child) first = 1;  // the root's own name
      break;
    case Start::question: {
      uint32_t from = scope.here.space == Ref::Space::node ? scope.here.node : scope.current;
      refs = nearest(scope, from, item.target);
      break;
    }
    case Start::list: {
      int list = scope.instance.list_named(item.text);
      if (list >= 0) refs = {{Ref::Space::list, static_cast<uint32_t>(list), 0, 0}};
      break;
    }
    case Start::expression:
      refs = evaluate_item(item.args[0], scope).nodes;
      break;
  }
  keep(item.predicates, refs, scope);
  for (size_t s = first; s < item.steps.size(); ++s) {
    std::vector<Ref> next;
    for (const Ref& ref : refs) {
      if (spent(scope)) return Value::of(std::string());
      std::vector<Ref> part;
      step_from(ref, item.steps[s], scope, part);
      keep(item.steps[s].predicates, part, scope);
      next.insert(next.end(), part.begin(), part.end());
    }
    auto mixes = [&](size_t at) {
      Axis axis = item.steps[at].axis;
      return axis == Axis::parent || axis == Axis::descendant || axis == Axis::descendant_or_self;
    };
    if (next.size() > 1 && (mixes(s) || (s > 0 && mixes(s - 1)))) in_order(next, scope.instance);
    refs = std::move(next);
  }
  return Value::of(std::move(refs));
}

// Source: JavaRosa compares numbers with this tolerance, so that 6.1 - 7.8 = -1.7.
constexpr double tolerance = 1e-12;

bool compare_numbers(Op op, double a, double b) {
  switch (op) {
    case Op::eq:
      return a == b || std::fabs(a - b) < tolerance;
    case Op::ne:
      return !(a == b || std::fabs(a - b) < tolerance);
    case Op::lt:
      return a < b;
    case Op::le:
      return a <= b;
    case Op::gt:
      return a > b;
    case Op::ge:
      return a >= b;
    default:
      return false;
  }
}

bool compare_one(Op op, const Value& a, const Value& b, const Instance& instance) {
  if (op != Op::eq && op != Op::ne)
    return compare_numbers(op, to_number(a, instance), to_number(b, instance));
  if (a.kind == Value::Kind::truth || b.kind == Value::Kind::truth)
    return (to_truth(a) == to_truth(b)) == (op == Op::eq);
  if (a.kind == Value::Kind::number || b.kind == Value::Kind::number)
    return compare_numbers(op, to_number(a, instance), to_number(b, instance));
  std::string x = to_text(a, instance);
  std::string y = to_text(b, instance);
  if (x != y && is_iso_date(x) && is_iso_date(y))
    return compare_numbers(op, to_number(a, instance), to_number(b, instance));
  return (x == y) == (op == Op::eq);
}

// Node-sets: true when it holds for some node. A blank question is one node with blank text.
bool compare(Op op, const Value& a, const Value& b, const Instance& instance) {
  using Kind = Value::Kind;
  // Beside a truth a node-set is one itself.
  if (a.kind == Kind::nodes && b.kind == Kind::truth)
    return compare_one(op, Value::of(to_truth(a)), b, instance);
  if (b.kind == Kind::nodes && a.kind == Kind::truth)
    return compare_one(op, a, Value::of(to_truth(b)), instance);
  if (a.kind == Kind::nodes && b.kind != Kind::truth) {
    if (a.nodes.size() == 1) return compare(op, Value::of(text_of(a.nodes[0], instance)), b, instance);
    return std::any_of(a.nodes.begin(), a.nodes.end(), [&](const Ref& ref) {
      return compare(op, Value::of(text_of(ref, instance)), b, instance);
    });
  }
  if (b.kind == Kind::nodes && a.kind != Kind::truth) {
    if (b.nodes.size() == 1) return compare_one(op, a, Value::of(text_of(b.nodes[0], instance)), instance);
    return std::any_of(b.nodes.begin(), b.nodes.end(), [&](const Ref& ref) {
      return compare_one(op, a, Value::of(text_of(ref, instance)), instance);
    });
  }
  return compare_one(op, a, b, instance);
}

double arithmetic(Op op, double a, double b) {
  switch (op) {
    case Op::add:
      return a + b;
    case Op::subtract:
      return a - b;
    case Op::multiply:
      return a * b;
    case Op::divide:
      return a / b;
    default:
      return b == 0 ? NAN : std::fmod(a, b);
  }
}

}  // namespace

Value evaluate_item(uint32_t index, const Scope& scope) {
  if (spent(scope)) return Value::of(std::string());
  const Item& item = scope.program.items[index];
  switch (item.op) {
    case Op::number:
      return Value::of(item.number);
    case Op::text:
      return Value::of(item.text);
    case Op::or_:
      return Value::of(to_truth(evaluate_item(item.args[0], scope)) ||
                       to_truth(evaluate_item(item.args[1], scope)));
    case Op::and_:
      return Value::of(to_truth(evaluate_item(item.args[0], scope)) &&
                       to_truth(evaluate_item(item.args[1], scope)));
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return Value::of(compare(item.op, evaluate_item(item.args[0], scope),
                               evaluate_item(item.args[1], scope), scope.instance));
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::modulo:
      return Value::of(arithmetic(item.op, to_number(evaluate_item(item.args[0], scope), scope.instance),
                                  to_number(evaluate_item(item.args[1], scope), scope.instance)));
    case Op::negate:
      return Value::of(-to_number(evaluate_item(item.args[0], scope), scope.instance));
    case Op::unite: {
      std::vector<Ref> all = evaluate_item(item.args[0], scope).nodes;
      std::vector<Ref> more = evaluate_item(item.args[1], scope).nodes;
      all.insert(all.end(), more.begin(), more.end());
      in_order(all, scope.instance);
      return Value::of(std::move(all));
    }
    case Op::call:
      return item.function->run(Call{scope, item});
    case Op::path:
      return path(item, scope);
  }
  return {};
}

Value evaluate(const Expression& expression, const Instance& instance, uint32_t context) {
  if (expression.empty()) return {};
  uint64_t steps = 0;
  Scope scope{*expression.program(), instance, {Ref::Space::node, context, 0, 0}, context, 1, 1, &steps};
  Value value = evaluate_item(expression.program()->root, scope);
  return steps > most_steps ? Value() : value;  // too long to count: blank, never a wrong answer
}

bool evaluate_filter(const Expression& expression, const Instance& instance, uint32_t context, int list,
                     uint32_t row) {
  if (expression.empty()) return true;
  uint64_t steps = 0;
  Scope scope{*expression.program(),
              instance,
              {Ref::Space::row, static_cast<uint32_t>(list), row, 0},
              context,
              row + 1,
              0,
              &steps};
  bool holds = to_truth(evaluate_item(expression.program()->root, scope));
  return holds && steps <= most_steps;
}

namespace {

bool is_column(const Item& item) {
  return item.op == Op::path && item.start == Start::context && item.steps.size() == 1 &&
         item.steps[0].axis == Axis::child && item.steps[0].predicates.empty() && item.predicates.empty();
}

// Whether an item reads the row at all.
bool reads_row(const Program& program, uint32_t index) {
  const Item& item = program.items[index];
  if (item.op == Op::path && item.start == Start::context) return true;
  return std::any_of(item.args.begin(), item.args.end(),
                     [&](uint32_t arg) { return reads_row(program, arg); });
}

}  // namespace

bool indexable(const Expression& expression, const Instance& instance, uint32_t context, std::string& column,
               std::string& wanted) {
  if (expression.empty()) return false;
  const Program& program = *expression.program();
  std::vector<uint32_t> open = {program.root};
  while (!open.empty()) {
    const Item& item = program.items[open.back()];
    open.pop_back();
    if (item.op == Op::and_) open.insert(open.end(), item.args.begin(), item.args.end());
    if (item.op != Op::eq) continue;
    for (int side = 0; side < 2; ++side) {
      uint32_t left = item.args[static_cast<size_t>(side)];
      uint32_t right = item.args[static_cast<size_t>(1 - side)];
      if (!is_column(program.items[left]) || reads_row(program, right)) continue;
      uint64_t steps = 0;
      Scope scope{program, instance, {Ref::Space::node, context, 0, 0}, context, 1, 1, &steps};
      Value value = evaluate_item(right, scope);
      if (value.kind == Value::Kind::nodes ? value.nodes.size() != 1 : value.kind != Value::Kind::text)
        continue;
      wanted = to_text(value, instance);
      if (is_iso_date(wanted)) continue;
      column = program.items[left].steps[0].name;
      return true;
    }
  }
  return false;
}

}  // namespace language
