// An expression of the form language (XPath as ODK uses it), compiled once, evaluated many times.
//
//   Compiled c = compile("${age} >= 18 and selected(${langs}, 'fr')", schema, context);
//   for (const Problem& p : c.problems) report(p.offset, p.text);
//   Value v = evaluate(c.expression, instance, node);          // language/evaluate.h
//
// The schema is the tree of names the form declares; `context` is the node that carries the expression, so
// `.`, `..` and relative paths are resolved while compiling. `${name}` means the node of that name, nearest
// in common ancestry; an absolute path inside a repeat means the instance nearest to the context. Source:
// https://getodk.github.io/xforms-spec/#xpath-evaluator, form-language notes in FORMS.md. Immutable, cheap to
// copy, thread-safe. Errors: every problem at once, with "did you mean".
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "forms/language/schema.h"

namespace language {

// What an expression reads, and how an answer travels to it: reader and read share the instances of so many
// repeats around them, outermost first. All they have in common: only the own instance's answer counts; fewer:
// any instance's below does, as in sum(). A repeat itself is read by what counts or numbers its instances.
struct Dependency {
  NodeIndex node = 0;
  uint16_t shared = 0;
};

struct Program;  // language/program.h, for the evaluator only

class Expression {
 public:
  Expression() = default;
  explicit Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  bool empty() const { return !program_; }
  explicit operator bool() const { return !empty(); }
  const std::vector<Dependency>& reads() const;
  bool is_volatile() const;   // now, today, random, uuid: only at their events
  bool speaks() const;        // its result depends on the interview's language
  std::string print() const;  // parse(print()) is the same expression
  const Program* program() const { return program_.get(); }

 private:
  std::shared_ptr<const Program> program_;  // shared by copies of the form that owns it; never changed
};

struct Problem {
  size_t offset = 0;     // byte in the source
  bool is_error = true;  // false: it works, but read this
  std::string code;      // stable: "unknown_name", "unknown_function", "arity", "syntax", …
  std::string text;      // English, says what to do
};

struct Compiled {
  Expression expression;  // empty when a problem is an error
  std::vector<Problem> problems;
};

Compiled compile(std::string_view source, const Schema& schema, NodeIndex context);

// A choice_filter: gives the rows of the list it holds for; bare names are columns of the list.
Compiled compile_filter(std::string_view source, const Schema& schema, NodeIndex context,
                        std::string_view list);

// Over any document: names are looked at while evaluating. `namespaces`: what prefixes mean; "" is for names
// without one. An unknown function is a warning, and fails when it is evaluated (World::failure).
using Namespaces = std::vector<std::pair<std::string, std::string>>;
Compiled compile_free(std::string_view source, const Namespaces& namespaces = {});

}  // namespace language
