// Rows of a table by an index. instance('x')/root/item[a = … and b < …]: the clause that leaves fewest rows is
// looked up; the whole predicate is then asked of those alone.
#include <algorithm>
#include <cmath>

#include "forms/language/evaluator.h"
#include "forms/language/function.h"
#include "forms/language/table.h"

namespace language {
namespace {

// A column of the row a predicate looks at: `name`, or `./name`.
int column_of(const Program& program, const Item& item, const Table& table) {
  if (item.op != Op::path) return -1;
  const Path& path = program.paths[item.path];
  if (path.start != Start::context || !path.predicates.empty() || path.steps.empty()) return -1;
  size_t last = path.steps.size() - 1;
  if (last > 1 || (last == 1 && (path.steps[0].axis != Axis::self || path.steps[0].test != Test::any_node)))
    return -1;
  const Step& step = path.steps[last];
  if (step.axis != Axis::child || step.test != Test::name || !step.predicates.empty()) return -1;
  return step.column >= 0 ? step.column : table.column(step.name);
}

// Whether an item looks at the row at all, or at its place.
bool reads_row(const Program& program, uint32_t index) {
  const Item& item = program.items[index];
  if (item.op == Op::path) {
    const Path& path = program.paths[item.path];
    if (path.start == Start::context) return true;
    if (path.start == Start::expression && reads_row(program, path.inner)) return true;
    // Inside predicates the row is still seen by current() alone, which is not the row.
    return false;
  }
  if (item.op == Op::call && item.count == 0 &&
      (item.text == "position" || item.text == "last" || item.text == "string" || item.text == "number" ||
       item.text == "normalize-space" || item.text == "string-length" || item.text == "name" ||
       item.text == "local-name"))
    return true;
  for (uint32_t arg : program.args_of(item))
    if (reads_row(program, arg)) return true;
  return false;
}

bool asks_for_place(const Program& program, uint32_t index) {
  const Item& item = program.items[index];
  if (item.op == Op::call && item.count == 0 && (item.text == "position" || item.text == "last")) return true;
  for (uint32_t arg : program.args_of(item))
    if (asks_for_place(program, arg)) return true;
  return false;
}

struct Clause {
  int column = -1;
  Op op = Op::eq;
  uint32_t value = 0;
};

void clauses_of(const Program& program, uint32_t index, const Table& table, std::vector<Clause>& out) {
  const Item& item = program.items[index];
  if (item.op == Op::and_) {
    for (uint32_t arg : program.args_of(item)) clauses_of(program, arg, table, out);
    return;
  }
  if (item.op != Op::eq && item.op != Op::lt && item.op != Op::le && item.op != Op::gt && item.op != Op::ge)
    return;
  uint32_t left = program.arg(item, 0);
  uint32_t right = program.arg(item, 1);
  Op op = item.op;
  int column = column_of(program, program.items[left], table);
  if (column < 0) {
    std::swap(left, right);
    column = column_of(program, program.items[left], table);
    op = op == Op::lt ? Op::gt : op == Op::gt ? Op::lt : op == Op::le ? Op::ge : op == Op::ge ? Op::le : op;
  }
  if (column >= 0 && !reads_row(program, right)) out.push_back({column, op, right});
}

constexpr double margin = 1e-9;  // wider than the comparison's own; what is too much falls away after

}  // namespace

bool look_up(Evaluator& evaluator, const Step& step, Ref list, const Here& here, Nodes& out) {
  if (step.axis != Axis::child || list.document == 0 || list.node != 1) return false;
  const Table* table = evaluator.world.documents[list.document].table;
  if (!table || table->row_count() < 24 || step.test == Test::text) return false;
  uint32_t predicate = step.predicates[0];
  const Item& root = evaluator.program.items[predicate];
  if (root.type != Type::truth || asks_for_place(evaluator.program, predicate)) return false;
  std::vector<Clause> clauses;
  clauses_of(evaluator.program, predicate, *table, clauses);
  const auto width = static_cast<uint32_t>(table->columns().size()) + 1;
  auto add = [&](uint32_t row) { out.push_back({list.document, 2 + row * width}); };

  // Equality with a text first, the column with most different texts.
  const Clause* best = nullptr;
  for (const Clause& clause : clauses)
    if (clause.op == Op::eq && (!best || table->distinct(clause.column) > table->distinct(best->column)))
      best = &clause;
  if (best) {
    Dyn value = evaluator.any(best->value, here);
    if (value.type == Type::nodes && (*value.nodes)->empty()) return true;  // equals nothing
    bool one = value.type == Type::text || (value.type == Type::nodes && (*value.nodes)->size() == 1);
    Str text = one ? evaluator.text_of(value) : Str();
    if (one && !is_iso_date(text)) {
      for (Table::Equal at = table->equal(best->column, text); at.row() != no_row; at.next()) add(at.row());
      return true;
    }
  }
  // A number, or an order.
  for (const Clause& clause : clauses) {
    Dyn value = evaluator.any(clause.value, here);
    if (clause.op == Op::eq && value.type != Type::number) continue;
    if (value.type == Type::nodes && (*value.nodes)->size() > 1) continue;
    double wanted = evaluator.number_of(value);
    if (std::isnan(wanted)) return true;
    auto numbers = table->by_number(clause.column);
    auto from = numbers.begin();
    auto to = numbers.end();
    double reach = margin * std::max(1.0, std::fabs(wanted));
    auto below = [](const Table::Numbered& n, double limit) { return n.number < limit; };
    if (clause.op == Op::eq || clause.op == Op::gt || clause.op == Op::ge)
      from = std::lower_bound(numbers.begin(), numbers.end(), wanted - reach, below);
    if (clause.op == Op::eq || clause.op == Op::lt || clause.op == Op::le)
      to = std::lower_bound(from, numbers.end(), wanted + reach, below);
    std::vector<uint32_t> rows;
    rows.reserve(static_cast<size_t>(to - from));
    for (; from != to; ++from) rows.push_back(from->row);
    std::sort(rows.begin(), rows.end());
    for (uint32_t row : rows) add(row);
    return true;
  }
  return false;
}

}  // namespace language
