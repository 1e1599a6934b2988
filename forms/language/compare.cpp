// Comparing, as XPath 1.0 §3.4 says, with ODK's dates: a node-set compares when some node of it does.
#include <cmath>

#include "forms/language/evaluator.h"

namespace language {
namespace {

// Source: JavaRosa compares numbers with this tolerance, so that 6.1 - 7.8 = -1.7.
constexpr double tolerance = 1e-12;

Op mirrored(Op op) {
  switch (op) {
    case Op::lt:
      return Op::gt;
    case Op::le:
      return Op::ge;
    case Op::gt:
      return Op::lt;
    case Op::ge:
      return Op::le;
    default:
      return op;
  }
}

}  // namespace

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

bool compare_texts(Op op, Str a, Str b, const Zone& zone) {
  if (op != Op::eq && op != Op::ne) return compare_numbers(op, text_number(a, zone), text_number(b, zone));
  bool same = a == b;
  if (!same && is_iso_date(a) && is_iso_date(b))
    same = compare_numbers(Op::eq, text_number(a, zone), text_number(b, zone));
  return same == (op == Op::eq);
}

bool Evaluator::compare(const Item& item, const Here& here) {
  uint32_t left = program.args[item.args];
  uint32_t right = program.args[item.args + 1];
  const Item& a = program.items[left];
  const Item& b = program.items[right];
  // The common ones, without an in-between: a question beside a text, a number beside a number.
  if (a.type == Type::nodes && b.type == Type::text) {
    if (a.op == Op::path && path_of(a).direct.known && path_of(a).direct.down.empty()) {
      Ref ref;
      return first(left, here, ref) && compare_texts(item.op, text_of(ref), text(right, here), world.zone);
    }
  } else if (a.type == Type::number && b.type == Type::number) {
    double x = number(left, here);
    return compare_numbers(item.op, x, number(right, here));
  } else if (a.type == Type::nodes && b.type == Type::number) {
    if (a.op == Op::path && path_of(a).direct.known && path_of(a).direct.down.empty()) {
      Ref ref;
      return first(left, here, ref) && compare_numbers(item.op, number_of(ref), number(right, here));
    }
  }
  Dyn x = any(left, here);
  return compare(item.op, x, any(right, here));
}

bool Evaluator::compare(Op op, const Dyn& a, const Dyn& b) {
  if (a.type != Type::nodes && b.type == Type::nodes) return compare(mirrored(op), b, a);
  if (a.type == Type::nodes) {
    // Beside a truth a node-set is one itself; in an order its nodes are numbers, as engines do.
    if (b.type == Type::truth && (op == Op::eq || op == Op::ne))
      return compare(op, Dyn::of_truth(truth_of(a)), b);
    for (const Ref& ref : **a.nodes) {
      if (spent()) return false;
      if (b.type == Type::number || b.type == Type::truth) {
        if (compare_numbers(op, number_of(ref), number_of(b))) return true;
        continue;
      }
      Str own = text_of(ref);
      if (b.type != Type::nodes) {
        if (compare_texts(op, own, b.text, world.zone)) return true;
        continue;
      }
      for (const Ref& other : **b.nodes) {
        if (spent()) return false;
        if (compare_texts(op, own, text_of(other), world.zone)) return true;
      }
    }
    return false;
  }
  bool equality = op == Op::eq || op == Op::ne;
  if (!equality) return compare_numbers(op, number_of(a), number_of(b));
  if (a.type == Type::truth || b.type == Type::truth) return (truth_of(a) == truth_of(b)) == (op == Op::eq);
  if (a.type == Type::number || b.type == Type::number)
    return compare_numbers(op, number_of(a), number_of(b));
  if (a.dated && b.dated) return compare_numbers(op, a.number, b.number);
  return compare_texts(op, text_of(a), text_of(b), world.zone);
}

}  // namespace language
