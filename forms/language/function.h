// Function: one row of the one table of functions. Adding a function is a row here and its cases in the
// tests.
//
//   {"string-length", 0, 1, string_length}
//
// A function asks for its arguments when it wants them, so if() and coalesce() are lazy by nature.
// Source: https://getodk.github.io/xforms-spec/#xpath-functions and XPath 1.0 §4; forms/FORMS.md has a row
// each.
#pragma once

#include <span>
#include <string_view>

#include "forms/language/evaluate.h"
#include "forms/language/program.h"

namespace language {

struct Scope {  // where an expression is being evaluated
  const Program& program;
  const Instance& instance;
  Ref here;                       // the node `.` means
  uint32_t current = 0;           // the node the whole expression stands at
  size_t position = 0, size = 0;  // inside a predicate
  uint64_t* steps = nullptr;
};

Value evaluate_item(uint32_t item, const Scope& scope);

struct Call {
  const Scope& scope;
  const Item& item;
  size_t count() const { return item.args.size(); }
  Value arg(size_t i) const { return evaluate_item(item.args[i], scope); }
  double number(size_t i) const { return to_number(arg(i), scope.instance); }
  std::string text(size_t i) const { return to_text(arg(i), scope.instance); }
  bool truth(size_t i) const { return to_truth(arg(i)); }
  const Instance& instance() const { return scope.instance; }
  int offset() const { return scope.instance.clock().offset_minutes(); }
};

enum class Trait : uint8_t {
  plain,
  all_instances,
  fresh
};  // reads every instance; gives something new each time

struct Function {
  std::string_view name;
  int least = 0, most = 0;  // -1: any number
  Value (*run)(const Call&) = nullptr;
  Trait trait = Trait::plain;
};

const Function* find_function(std::string_view name);
std::vector<std::string> function_names();  // for "did you mean"

// The families, one file each.
std::span<const Function> text_functions();
std::span<const Function> number_functions();
std::span<const Function> choice_functions();
std::span<const Function> date_functions();
std::span<const Function> node_functions();

// Why a text is no regular expression; "" when it is one.
std::string problem_of_pattern(const std::string& pattern);

}  // namespace language
