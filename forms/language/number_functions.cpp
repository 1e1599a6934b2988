// Functions on numbers and truths. Blank and worded nodes are skipped by sum, min and max, as Collect does.
#include <cmath>

#include "forms/language/aggregate.h"
#include "forms/language/function.h"

namespace language {
namespace {

double to_number(const Call& call) {
  if (!call.count()) return call.evaluator.number_of(call.here.node);
  Dyn value = call.any(0);
  double n = call.evaluator.number_of(value);
  if (value.type == Type::number || value.type == Type::truth || value.dated || n == std::floor(n)) return n;
  auto written = base::parse_written(call.evaluator.text_of(value));
  return written && written->has_time ? std::floor(n) : n;  // whole days
}

// The sums that are kept, where there are any for this call: a path to every instance of a question.
const Aggregates::Sums* kept(const Call& call) {
  if (call.count() != 1 || !call.world().aggregates) return nullptr;
  const Item& arg = call.evaluator.program.items[call.at(0)];
  if (arg.op != Op::path) return nullptr;
  const Direct& direct = call.evaluator.program.paths[arg.path].direct;
  if (!direct.known || direct.down.empty()) return nullptr;
  return &call.world().aggregates->sums(direct, call.evaluator.anchor(direct, call.here), call.evaluator);
}

template <class Visit>
void each_number(const Call& call, Visit visit) {
  for (size_t i = 0; i < call.count(); ++i) {
    if (call.type(i) != Type::nodes) {
      visit(call.number(i));
      continue;
    }
    Lease list(call.evaluator.scratch);
    call.nodes(i, *list);
    for (const Ref& ref : *list) visit(call.evaluator.number_of(ref));
  }
}

double sum(const Call& call) {
  if (const auto* sums = kept(call)) return sums->total.value();
  ExactSum total;
  each_number(call, [&](double n) {
    if (!std::isnan(n)) total.add(n);
  });
  return total.value();
}

double min(const Call& call) {
  if (const auto* sums = kept(call)) return sums->least();
  double best = NAN;
  each_number(call, [&](double n) {
    if (!std::isnan(n) && !(n >= best)) best = n;
  });
  return best;
}

double max(const Call& call) {
  if (const auto* sums = kept(call)) return sums->most();
  double best = NAN;
  each_number(call, [&](double n) {
    if (!std::isnan(n) && !(n <= best)) best = n;
  });
  return best;
}

double count(const Call& call) {
  if (const auto* sums = kept(call)) return static_cast<double>(sums->nodes);
  Lease list(call.evaluator.scratch);
  call.nodes(0, *list);
  return static_cast<double>(list->size());
}

double count_non_empty(const Call& call) {
  if (const auto* sums = kept(call)) return static_cast<double>(sums->answered);
  Lease list(call.evaluator.scratch);
  call.nodes(0, *list);
  double n = 0;
  for (const Ref& ref : *list) n += call.evaluator.text_of(ref).empty() ? 0 : 1;
  return n;
}

// Half away from zero, as spreadsheets, Enketo and Web Forms do; XPath 1.0 and JavaRosa go up.
double round(const Call& call) {
  double x = call.number(0);
  if (call.count() == 1) return std::round(x);
  double digits = std::trunc(call.number(1));
  if (!std::isfinite(x) || std::isnan(digits) || std::fabs(digits) > 30) return NAN;
  // Rounding the shortest decimal text keeps 2.675 at 2.68.
  double scale = std::pow(10.0, std::fabs(digits));
  double scaled = digits >= 0 ? x * scale : x / scale;
  double nearest_half = std::round(scaled * 2) / 2;
  if (std::fabs(scaled - nearest_half) < 1e-9 * std::max(1.0, std::fabs(scaled))) scaled = nearest_half;
  double whole = std::round(scaled);
  return digits >= 0 ? whole / scale : whole * scale;
}

double integer(const Call& call) {
  double x = call.number(0);
  return std::isfinite(x) ? std::trunc(x) : x;
}

template <double (*F)(double)>
double one(const Call& call) {
  return F(call.number(0));
}

double exp10_of(double x) {
  return std::pow(10.0, x);
}
double power(const Call& call) {
  return std::pow(call.number(0), call.number(1));
}
double atan2_(const Call& call) {
  return std::atan2(call.number(0), call.number(1));
}
double pi(const Call&) {
  return 3.14159265358979323846;
}
double random(const Call& call) {
  return call.world().random->unit();
}

bool boolean(const Call& call) {
  if (call.type(0) == Type::number) {
    double n = call.number(0);
    return std::fabs(n) >= 1e-12;
  }
  return call.truth(0);
}
bool not_(const Call& call) {
  return !call.truth(0);
}
bool true_(const Call&) {
  return true;
}
bool false_(const Call&) {
  return false;
}
bool boolean_from_string(const Call& call) {
  Str t = call.text(0);
  return t == "true" || t == "1";
}

constexpr Function table[] = {
    number_row("number", 0, 1, to_number),
    number_row("sum", 1, -1, sum, all_instances),
    number_row("min", 1, -1, min, all_instances),
    number_row("max", 1, -1, max, all_instances),
    number_row("count", 1, 1, count, all_instances | takes_nodes),
    number_row("count-non-empty", 1, 1, count_non_empty, all_instances | takes_nodes),
    number_row("floor", 1, 1, one<std::floor>),
    number_row("ceiling", 1, 1, one<std::ceil>),
    number_row("round", 1, 2, round),
    number_row("int", 1, 1, integer),
    number_row("abs", 1, 1, one<std::fabs>),
    number_row("pow", 2, 2, power),
    number_row("sqrt", 1, 1, one<std::sqrt>),
    number_row("exp", 1, 1, one<std::exp>),
    number_row("exp10", 1, 1, one<exp10_of>),
    number_row("log", 1, 1, one<std::log>),
    number_row("log10", 1, 1, one<std::log10>),
    number_row("sin", 1, 1, one<std::sin>),
    number_row("cos", 1, 1, one<std::cos>),
    number_row("tan", 1, 1, one<std::tan>),
    number_row("asin", 1, 1, one<std::asin>),
    number_row("acos", 1, 1, one<std::acos>),
    number_row("atan", 1, 1, one<std::atan>),
    number_row("atan2", 2, 2, atan2_),
    number_row("pi", 0, 0, pi),
    number_row("random", 0, 0, random, fresh),
    truth_row("boolean", 1, 1, boolean),
    truth_row("not", 1, 1, not_),
    truth_row("true", 0, 0, true_),
    truth_row("false", 0, 0, false_),
    truth_row("boolean-from-string", 1, 1, boolean_from_string),
};

}  // namespace

std::span<const Function> number_functions() {
  return table;
}

}  // namespace language
