// Function: one row of the one table of functions. Adding a function is a row here and its cases in the tests.
//
//   number_row("floor", 1, 1, [](const Call& call) { return std::floor(call.number(0)); })
//
// A function asks for its arguments when it wants them, and in the type it wants, so if() and coalesce() are
// lazy by nature. Source: https://getodk.github.io/xforms-spec/#xpath-functions and XPath 1.0 §4; forms/FORMS.md
// has a row each.
#pragma once

#include <span>
#include <string_view>

#include "forms/language/evaluator.h"

namespace language {

struct Call {
  Evaluator& evaluator;
  const Item& item;
  const Here& here;
  size_t count() const { return item.count; }
  uint32_t at(size_t i) const { return evaluator.program.arg(item, i); }
  Type type(size_t i) const { return evaluator.program.items[at(i)].type; }
  double number(size_t i) const { return evaluator.number(at(i), here); }
  Str text(size_t i) const { return evaluator.text(at(i), here); }
  bool truth(size_t i) const { return evaluator.truth(at(i), here); }
  Dyn any(size_t i) const { return evaluator.any(at(i), here); }
  void nodes(size_t i, Nodes& out) const { evaluator.nodes(at(i), here, out); }
  bool first(size_t i, Ref& out) const { return evaluator.first(at(i), here, out); }
  const World& world() const { return evaluator.world; }
  Str keep(Str text) const { return evaluator.keep(text); }
};

enum class Trait : uint8_t {
  plain = 0,
  all_instances = 1,  // its paths mean every instance: sum(/data/rep/a)
  fresh = 2,          // gives something new each time
  speaks = 4,         // gives words of the interview's language
  takes_nodes = 8,    // its first argument must be a path
};

struct Function {
  std::string_view name;
  int least = 0, most = 0;  // -1: any number
  Type type = Type::text;
  unsigned traits = 0;
  double (*number)(const Call&) = nullptr;  // one of these, by type
  bool (*truth)(const Call&) = nullptr;
  Str (*text)(const Call&) = nullptr;
  void (*nodes)(const Call&, Nodes&) = nullptr;
  Dyn (*any)(const Call&) = nullptr;
  bool has(Trait trait) const { return (traits & static_cast<unsigned>(trait)) != 0; }
};

constexpr unsigned plain = 0, all_instances = 1, fresh = 2, speaks = 4, takes_nodes = 8;

constexpr Function number_row(std::string_view name, int least, int most, double (*f)(const Call&),
                              unsigned traits = plain) {
  return {name, least, most, Type::number, traits, f, nullptr, nullptr, nullptr, nullptr};
}
constexpr Function truth_row(std::string_view name, int least, int most, bool (*f)(const Call&),
                             unsigned traits = plain) {
  return {name, least, most, Type::truth, traits, nullptr, f, nullptr, nullptr, nullptr};
}
constexpr Function text_row(std::string_view name, int least, int most, Str (*f)(const Call&),
                            unsigned traits = plain) {
  return {name, least, most, Type::text, traits, nullptr, nullptr, f, nullptr, nullptr};
}
constexpr Function nodes_row(std::string_view name, int least, int most, void (*f)(const Call&, Nodes&),
                             unsigned traits = plain) {
  return {name, least, most, Type::nodes, traits, nullptr, nullptr, nullptr, f, nullptr};
}
constexpr Function any_row(std::string_view name, int least, int most, Dyn (*f)(const Call&),
                           unsigned traits = plain) {
  return {name, least, most, Type::any, traits, nullptr, nullptr, nullptr, nullptr, f};
}

const Function* find_function(std::string_view name);
std::vector<std::string> function_names();  // for "did you mean"

// The families, one file each.
std::span<const Function> text_functions();
std::span<const Function> number_functions();
std::span<const Function> choice_functions();
std::span<const Function> date_functions();
std::span<const Function> node_functions();
std::span<const Function> list_functions();
std::span<const Function> place_functions();

// A regular expression made ready while compiling, or why it is none. Source: RE2's syntax.
std::shared_ptr<const void> pattern_of(std::string_view pattern, std::string& problem);

// Each value of the arguments from `first` on, node-sets spread.
template <class Visit>
void spread(const Call& call, size_t first, Visit visit) {
  for (size_t i = first; i < call.count(); ++i) {
    if (call.type(i) != Type::nodes && call.type(i) != Type::any) {
      visit(call.any(i));
      continue;
    }
    Dyn value = call.any(i);
    if (value.type != Type::nodes) {
      visit(std::move(value));
      continue;
    }
    for (const Ref& ref : **value.nodes) visit(Dyn::of(call.evaluator.text_of(ref)));
  }
}

}  // namespace language
