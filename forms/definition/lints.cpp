#include "forms/definition/lints.h"

#include <algorithm>
#include <optional>
#include <set>

#include "forms/base/utf8.h"
#include "forms/language/program.h"
#include "forms/language/value.h"

namespace definition {
namespace {

using language::Item;
using language::Op;
using language::Program;
using language::Start;

struct Cell {  // one expression of a form
  NodeIndex node = 0;
  const Logic* logic = nullptr;
  const language::Expression* expression = nullptr;
  bool condition = false;
};

template <class Visit>
void each_cell(const Survey& survey, Visit visit) {
  for (NodeIndex i = 0; i < survey.nodes.size(); ++i) {
    const Node& node = survey.nodes[i];
    for (const Logic* logic : {&node.relevant, &node.constraint, &node.required, &node.read_only})
      if (logic->compiled) visit(Cell{i, logic, &logic->compiled, true});
    for (const Logic* logic : {&node.calculation, &node.default_value, &node.repeat_count})
      if (logic->compiled) visit(Cell{i, logic, &logic->compiled, false});
    const Logic& rows = node.itemset.source.empty() ? node.choice_filter : node.itemset;
    if (node.choices) visit(Cell{i, &rows, &node.choices, false});
  }
  for (const Action& action : survey.actions)
    if (action.value.compiled) visit(Cell{action.target, &action.value, &action.value.compiled, false});
}

template <class Visit>
void each_item(const Program& program, Visit visit) {
  for (const Item& item : program.items) visit(item);
}

// Where a cell's place is not known, its question's is.
const Place& place_of(const Survey& survey, const Cell& cell) {
  return cell.logic->place.row > 0 ? cell.logic->place : survey.nodes[cell.node].place;
}

bool is_call(const Item& item, std::string_view name) {
  return item.op == Op::call && item.text == name;
}

// The question a path ends at, where it is one alone.
NodeIndex question_of(const Survey& survey, const Program& program, const Item& item) {
  if (item.op != Op::path) return no_node;
  const language::Path& path = program.paths[item.path];
  NodeIndex node = path.start == Start::question && path.steps.empty() ? path.target
                   : path.steps.empty()                                ? no_node
                   : path.steps.back().nodes.size() == 1               ? path.steps.back().nodes[0]
                                                                       : no_node;
  return node != no_node && node < survey.nodes.size() && survey.nodes[node].kind == NodeKind::question
             ? node
             : no_node;
}

// A truth that holds whatever is answered.
std::optional<bool> constant(const Program& program, uint32_t index) {
  const Item& item = program.items[index];
  if (is_call(item, "true")) return true;
  if (is_call(item, "false")) return false;
  if (is_call(item, "not") && item.count == 1)
    if (auto inner = constant(program, program.arg(item, 0))) return !*inner;
  if (item.op == Op::and_ || item.op == Op::or_) {
    auto a = constant(program, program.arg(item, 0)), b = constant(program, program.arg(item, 1));
    bool decisive = item.op == Op::or_;
    if ((a && *a == decisive) || (b && *b == decisive)) return decisive;
    if (a && b) return !decisive;
    return std::nullopt;
  }
  if (item.op < Op::eq || item.op > Op::ge) return std::nullopt;
  const Item& left = program.items[program.arg(item, 0)];
  const Item& right = program.items[program.arg(item, 1)];
  auto literal = [](const Item& one) { return one.op == Op::number || one.op == Op::text; };
  if (!literal(left) || !literal(right)) return std::nullopt;
  if (item.op == Op::eq || item.op == Op::ne) {
    bool same = left.op == right.op
                    ? (left.op == Op::number ? left.number == right.number : left.text == right.text)
                    : false;
    if (left.op != right.op) return std::nullopt;
    return same == (item.op == Op::eq);
  }
  if (left.op != Op::number || right.op != Op::number) return std::nullopt;
  switch (item.op) {
    case Op::lt:
      return left.number < right.number;
    case Op::le:
      return left.number <= right.number;
    case Op::gt:
      return left.number > right.number;
    default:
      return left.number >= right.number;
  }
}

// What a conjunction asks of single questions: ${a} = 'x'.
struct Demand {
  NodeIndex question = no_node;
  std::string value;
};
void demands(const Survey& survey, const Program& program, uint32_t index, std::vector<Demand>& out) {
  const Item& item = program.items[index];
  if (item.op == Op::and_) {
    demands(survey, program, program.arg(item, 0), out);
    demands(survey, program, program.arg(item, 1), out);
    return;
  }
  if (item.op != Op::eq) return;
  for (size_t side : {size_t{0}, size_t{1}}) {
    NodeIndex node = question_of(survey, program, program.items[program.arg(item, side)]);
    const Item& other = program.items[program.arg(item, 1 - side)];
    if (node != no_node && other.op == Op::text) out.push_back({node, other.text});
  }
}

void unreachable(const Survey& survey, LintReport& report) {
  for (NodeIndex i = 1; i < survey.nodes.size(); ++i) {
    const Node& node = survey.nodes[i];
    if (!node.relevant.compiled) continue;
    const Program& program = *node.relevant.compiled.program();
    if (constant(program, program.root) == std::optional(false)) {
      report.say(node.relevant.place,
                 "\"" + node.name + "\" is never asked: this is false whatever is answered");
      continue;
    }
    // With what the groups around it ask for.
    std::vector<Demand> all;
    for (NodeIndex at = i; at != no_node; at = survey.nodes[at].parent)
      if (survey.nodes[at].relevant.compiled) {
        const Program& outer = *survey.nodes[at].relevant.compiled.program();
        demands(survey, outer, outer.root, all);
      }
    for (size_t a = 0; a < all.size(); ++a)
      for (size_t b = a + 1; b < all.size(); ++b)
        if (all[a].question == all[b].question && all[a].value != all[b].value &&
            survey.data_of(all[a].question) != DataType::choices) {
          report.say(node.relevant.place,
                     "\"" + node.name + "\" is never asked: \"" + survey.nodes[all[a].question].name +
                         "\" would have to be both \"" + all[a].value + "\" and \"" + all[b].value + "\"");
          a = all.size();
          break;
        }
  }
}

void never_offered(const Survey& survey, LintReport& report) {
  for (NodeIndex i = 1; i < survey.nodes.size(); ++i) {
    const Node& node = survey.nodes[i];
    if (!node.choices) continue;
    for (const language::Path& path : node.choices.program()->paths)
      for (const language::Step& step : path.steps)
        for (uint32_t predicate : step.predicates)
          if (path.start == Start::list &&
              constant(*node.choices.program(), predicate) == std::optional(false))
            report.say(node.choice_filter.place.row > 0 ? node.choice_filter.place : node.place,
                       "\"" + node.name + "\" offers no choice: its filter is false whatever is answered");
  }
}

// ${q} = 'maybe' where q's list has no "maybe".
void unlisted_value(const Survey& survey, LintReport& report) {
  each_cell(survey, [&](const Cell& cell) {
    const Program& program = *cell.expression->program();
    auto look = [&](NodeIndex question, const Item& value) {
      if (question == no_node || value.op != Op::text || value.text.empty()) return;
      const Node& asked = survey.nodes[question];
      if (asked.list < 0 || !asked.type || !asked.type->takes_list) return;
      const ChoiceList& list = survey.lists[static_cast<size_t>(asked.list)];
      if (list.missing || list.from_file || list.value_column < 0 ||
          list.find(value.text) != language::no_row)
        return;
      std::vector<std::string> values;
      for (uint32_t row = 0; row < list.size() && row < 500; ++row) values.emplace_back(list.value(row));
      std::string near = base::nearest(value.text, values);
      report.say(place_of(survey, cell), "\"" + asked.name + "\" is compared with \"" + value.text +
                                             "\", and no choice of its list is called so" +
                                             (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    };
    each_item(program, [&](const Item& item) {
      bool compares = item.op == Op::eq || item.op == Op::ne;
      bool selects = (is_call(item, "selected") || is_call(item, "is-selected")) && item.count == 2;
      if (!compares && !selects) return;
      const Item& a = program.items[program.arg(item, 0)];
      const Item& b = program.items[program.arg(item, 1)];
      look(question_of(survey, program, a), b);
      if (compares) look(question_of(survey, program, b), a);
    });
  });
}

// Arithmetic on a number that may be blank gives no number, and the calculation is blank.
void blank_number(const Survey& survey, LintReport& report) {
  each_cell(survey, [&](const Cell& cell) {
    if (cell.condition) return;
    const Program& program = *cell.expression->program();
    bool guarded = false;
    each_item(program, [&](const Item& item) {
      guarded = guarded || is_call(item, "coalesce") || is_call(item, "if") || is_call(item, "once");
    });
    if (guarded) return;
    std::set<NodeIndex> told;
    each_item(program, [&](const Item& item) {
      if (item.op != Op::add && item.op != Op::subtract && item.op != Op::multiply && item.op != Op::divide &&
          item.op != Op::modulo)
        return;
      for (size_t side : {size_t{0}, size_t{1}}) {
        NodeIndex node = question_of(survey, program, program.items[program.arg(item, side)]);
        if (node == no_node || !told.insert(node).second) continue;
        const Node& asked = survey.nodes[node];
        DataType data = survey.data_of(node);
        bool optional = !asked.required.compiled && !asked.calculation.compiled &&
                        survey.capture_of(node) == Capture::none;
        if (optional && (data == DataType::integer || data == DataType::decimal))
          report.say(place_of(survey, cell), "this is blank as long as \"" + asked.name +
                                                 "\" is, which nobody must answer; coalesce(${" + asked.name +
                                                 "}, 0) counts a blank as nothing");
      }
    });
  });
}

void loose_pattern(const Survey& survey, LintReport& report) {
  each_cell(survey, [&](const Cell& cell) {
    const Program& program = *cell.expression->program();
    each_item(program, [&](const Item& item) {
      if (!is_call(item, "regex") || item.count != 2) return;
      const Item& pattern = program.items[program.arg(item, 1)];
      if (pattern.op != Op::text || pattern.text.empty()) return;
      bool anchored = pattern.text.front() == '^' && pattern.text.back() == '$';
      if (!anchored)
        report.say(place_of(survey, cell),
                   "here this pattern must match the whole answer, in other tools a part is enough; write ^" +
                       pattern.text + "$ so that all agree");
    });
  });
}

// A row of a list found by something that no index serves.
void slow_filter(const Survey& survey, LintReport& report) {
  constexpr uint32_t many = 1000;  // rows: fewer are looked through at once
  each_cell(survey, [&](const Cell& cell) {
    const Program& program = *cell.expression->program();
    std::function<bool(uint32_t)> served = [&](uint32_t index) {
      const Item& item = program.items[index];
      if (item.op == Op::number) return true;
      if (item.op == Op::and_) return served(program.arg(item, 0)) || served(program.arg(item, 1));
      if (item.op == Op::eq || (item.op >= Op::lt && item.op <= Op::ge)) {
        for (size_t side : {size_t{0}, size_t{1}}) {
          const Item& one = program.items[program.arg(item, side)];
          if (one.op != Op::path) continue;
          const language::Path& path = program.paths[one.path];
          if (path.start == Start::context && !path.steps.empty() && path.steps.size() <= 2) return true;
        }
        return false;
      }
      return is_call(item, "true") || is_call(item, "false");
    };
    for (const language::Path& path : program.paths) {
      if (path.start != Start::list || path.list < 0) continue;
      const ChoiceList& list = survey.lists[static_cast<size_t>(path.list)];
      if (list.size() < many) continue;
      for (const language::Step& step : path.steps)
        for (uint32_t predicate : step.predicates)
          if (!served(predicate))
            report.say(place_of(survey, cell),
                       "all " + std::to_string(list.size()) + " rows of \"" + list.name +
                           "\" are looked through each time; a condition column = value beside "
                           "it would find them at once");
    }
  });
}

void nested_once(const Survey& survey, LintReport& report) {
  each_cell(survey, [&](const Cell& cell) {
    const Program& program = *cell.expression->program();
    if (is_call(program.items[program.root], "once")) return;
    each_item(program, [&](const Item& item) {
      if (is_call(item, "once"))
        report.say(place_of(survey, cell),
                   "once() gives back the answer of this question itself, so what stands around it is done "
                   "again each time; "
                   "put all of it into once(…)");
    });
  });
}

void equal_decimals(const Survey& survey, LintReport& report) {
  each_cell(survey, [&](const Cell& cell) {
    const Program& program = *cell.expression->program();
    each_item(program, [&](const Item& item) {
      if (item.op != Op::eq && item.op != Op::ne) return;
      const Item& a = program.items[program.arg(item, 0)];
      const Item& b = program.items[program.arg(item, 1)];
      auto is_decimal = [&](const Item& one) {
        NodeIndex node = question_of(survey, program, one);
        return (node != no_node && survey.data_of(node) == DataType::decimal) || one.op == Op::divide;
      };
      auto is_number = [&](const Item& one) {
        NodeIndex node = question_of(survey, program, one);
        bool asked = node != no_node &&
                     (survey.data_of(node) == DataType::decimal || survey.data_of(node) == DataType::integer);
        return asked || (one.type == language::Type::number && one.op != Op::path);
      };
      if ((is_decimal(a) && is_number(b)) || (is_decimal(b) && is_number(a)))
        report.say(place_of(survey, cell),
                   "decimals are seldom exactly equal; compare with < and >, or round() both");
    });
  });
}

void blank_index(const Survey& survey, LintReport& report) {
  each_cell(survey, [&](const Cell& cell) {
    const Program& program = *cell.expression->program();
    each_item(program, [&](const Item& item) {
      if (!is_call(item, "indexed-repeat")) return;
      for (size_t i = 2; i < item.count; i += 2) {
        NodeIndex node = question_of(survey, program, program.items[program.arg(item, i)]);
        if (node == no_node) continue;
        const Node& asked = survey.nodes[node];
        if (!asked.required.compiled && !asked.calculation.compiled)
          report.say(place_of(survey, cell),
                     "as long as \"" + asked.name + "\" is blank, indexed-repeat takes the first instance");
      }
    });
  });
}

// A number compared with a word, a date with a number that is none.
void types_apart(const Survey& survey, LintReport& report) {
  each_cell(survey, [&](const Cell& cell) {
    const Program& program = *cell.expression->program();
    each_item(program, [&](const Item& item) {
      if (item.op < Op::eq || item.op > Op::ge) return;
      for (size_t side : {size_t{0}, size_t{1}}) {
        NodeIndex node = question_of(survey, program, program.items[program.arg(item, side)]);
        const Item& other = program.items[program.arg(item, 1 - side)];
        if (node == no_node || other.op != Op::text || other.text.empty()) continue;
        DataType data = survey.data_of(node);
        bool number = data == DataType::integer || data == DataType::decimal;
        bool date = data == DataType::date || data == DataType::date_time;
        bool digits =
            !other.text.empty() && other.text.find_first_not_of("0123456789.-+ ") == std::string::npos;
        if ((number && !digits) || (date && !language::is_iso_date(other.text)))
          report.say(place_of(survey, cell), "\"" + survey.nodes[node].name + "\" is a " +
                                                 (number ? "number" : "date") + ", and \"" + other.text +
                                                 "\" is none: they never meet");
      }
    });
  });
}

constexpr Lint table[] = {
    {"unreachable", Severity::warning, "questions that are never asked", unreachable},
    {"never_offered", Severity::warning, "filters that leave no choice", never_offered},
    {"unlisted_value", Severity::warning, "values that no choice has", unlisted_value},
    {"types_apart", Severity::warning, "types that cannot meet", types_apart},
    {"blank_number", Severity::note, "numbers that a blank makes blank", blank_number},
    {"loose_pattern", Severity::note, "patterns without ^ and $", loose_pattern},
    {"slow_filter", Severity::note, "long lists without a condition an index serves", slow_filter},
    {"nested_once", Severity::warning, "once() inside something else", nested_once},
    {"equal_decimals", Severity::note, "decimals that must be equal", equal_decimals},
    {"blank_index", Severity::note, "indexes that may be blank", blank_index},
};

}  // namespace

std::span<const Lint> lints() {
  return table;
}

std::vector<Diagnostic> lint(const Survey& survey) {
  std::vector<Diagnostic> out;
  for (const Lint& one : table) {
    LintReport report{one.severity, one.code, out};
    one.look(survey, report);
  }
  return out;
}

}  // namespace definition
