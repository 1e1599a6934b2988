// Functions on numbers. Blank nodes are skipped by sum, min and max, as Collect does.
#include <cmath>

#include "forms/language/function.h"

namespace language {
namespace {

Value number(double v) {
  return Value::of(v);
}

std::vector<double> numbers(const Call& call) {
  std::vector<double> out;
  int offset = call.offset();
  for (size_t i = 0; i < call.count(); ++i) {
    Value v = call.arg(i);
    if (v.kind != Value::Kind::nodes) {
      out.push_back(to_number(v, call.instance()));
      continue;
    }
    for (const Ref& ref : v.nodes) out.push_back(text_number(text_of(ref, call.instance()), offset));
  }
  return out;
}

Value to_number_(const Call& call) {
  if (!call.count()) return number(text_number(text_of(call.scope.here, call.instance()), call.offset()));
  Value v = call.arg(0);
  double n = to_number(v, call.instance());
  bool is_text = v.kind == Value::Kind::text || v.kind == Value::Kind::nodes;
  if (is_text && is_iso_date(to_text(v, call.instance()))) n = std::floor(n);  // whole days
  return number(n);
}

Value sum(const Call& call) {
  double total = 0;
  double lost = 0;  // Kahan: the order of instances leaves no trace
  for (double n : numbers(call)) {
    if (std::isnan(n)) continue;
    double y = n - lost;
    double t = total + y;
    lost = (t - total) - y;
    total = t;
  }
  return number(total);
}

Value min(const Call& call) {
  double best = NAN;
  for (double n : numbers(call))
    if (!std::isnan(n) && !(n >= best)) best = n;
  return number(best);
}

Value max(const Call& call) {
  double best = NAN;
  for (double n : numbers(call))
    if (!std::isnan(n) && !(n <= best)) best = n;
  return number(best);
}

// Half towards plus infinity, as XPath 1.0 says; with digits, in decimal text as JavaRosa.
Value round(const Call& call) {
  double x = call.number(0);
  if (call.count() == 1) return number(std::isfinite(x) ? std::floor(x + 0.5) : x);
  double digits = std::trunc(call.number(1));
  if (!std::isfinite(x) || std::isnan(digits) || std::fabs(digits) > 30) return number(NAN);
  // Rounding the shortest decimal text keeps 2.675 at 2.68.
  double scale = std::pow(10.0, std::fabs(digits));
  double scaled = digits >= 0 ? x * scale : x / scale;
  double nearest_half = std::round(scaled * 2) / 2;
  if (std::fabs(scaled - nearest_half) < 1e-9 * std::max(1.0, std::fabs(scaled))) scaled = nearest_half;
  double whole = std::floor(scaled + 0.5);
  return number(digits >= 0 ? whole / scale : whole * scale);
}

Value integer(const Call& call) {
  double x = call.number(0);
  return number(std::isfinite(x) ? std::trunc(x) : x);
}

template <double (*F)(double)>
Value one(const Call& call) {
  return number(F(call.number(0)));
}

double exp10_of(double x) {
  return std::pow(10.0, x);
}

Value power(const Call& call) {
  return number(std::pow(call.number(0), call.number(1)));
}
Value atan2_(const Call& call) {
  return number(std::atan2(call.number(0), call.number(1)));
}
Value pi(const Call&) {
  return number(3.14159265358979323846);
}
Value random(const Call& call) {
  return number(call.instance().random().unit());
}

Value boolean(const Call& call) {
  Value v = call.arg(0);
  if (v.kind == Value::Kind::number && std::fabs(v.number) < 1e-12) return Value::of(false);
  return Value::of(to_truth(v));
}
Value not_(const Call& call) {
  return Value::of(!call.truth(0));
}
Value true_(const Call&) {
  return Value::of(true);
}
Value false_(const Call&) {
  return Value::of(false);
}
Value boolean_from_string(const Call& call) {
  std::string t = call.text(0);
  return Value::of(t == "true" || t == "1");
}

constexpr Function table[] = {
    {"number", 0, 1, to_number_},
    {"sum", 1, -1, sum, Trait::all_instances},
    {"min", 1, -1, min, Trait::all_instances},
    {"max", 1, -1, max, Trait::all_instances},
    {"floor", 1, 1, one<std::floor>},
    {"ceiling", 1, 1, one<std::ceil>},
    {"round", 1, 2, round},
    {"int", 1, 1, integer},
    {"abs", 1, 1, one<std::fabs>},
    {"pow", 2, 2, power},
    {"sqrt", 1, 1, one<std::sqrt>},
    {"exp", 1, 1, one<std::exp>},
    {"exp10", 1, 1, one<exp10_of>},
    {"log", 1, 1, one<std::log>},
    {"log10", 1, 1, one<std::log10>},
    {"sin", 1, 1, one<std::sin>},
    {"cos", 1, 1, one<std::cos>},
    {"tan", 1, 1, one<std::tan>},
    {"asin", 1, 1, one<std::asin>},
    {"acos", 1, 1, one<std::acos>},
    {"atan", 1, 1, one<std::atan>},
    {"atan2", 2, 2, atan2_},
    {"pi", 0, 0, pi},
    {"random", 0, 0, random, Trait::fresh},
    {"boolean", 1, 1, boolean},
    {"not", 1, 1, not_},
    {"true", 0, 0, true_},
    {"false", 0, 0, false_},
    {"boolean-from-string", 1, 1, boolean_from_string},
};

}  // namespace

std::span<const Function> number_functions() {
  return table;
}

}  // namespace language
