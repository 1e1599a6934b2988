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

namespace language {

using NodeIndex = uint32_t;  // index into Survey::nodes; 0 is the root
inline constexpr NodeIndex no_node = UINT32_MAX;

// What an expression may speak of. definition::Survey is one; tests write small ones.
class Schema {
 public:
  virtual ~Schema() = default;
  virtual std::string_view name(NodeIndex node) const = 0;
  virtual NodeIndex parent(NodeIndex node) const = 0;  // no_node above the root
  virtual const std::vector<NodeIndex>& children(NodeIndex node) const = 0;
  virtual bool is_repeat(NodeIndex node) const = 0;
  virtual std::vector<NodeIndex> named(std::string_view name) const = 0;
  virtual std::vector<std::string> all_names() const = 0;  // for "did you mean"
  virtual bool has_list(std::string_view id) const = 0;    // instance('id')
};

// How an answer travels along a dependency; the engine recomputes by it.
enum class Reach : uint8_t {
  same_instance,  // the reader and the read share every repeat instance they can share
  all_instances,  // count(), sum(), join(), position(): any instance of the repeat
};

struct Dependency {
  NodeIndex node = 0;
  Reach reach = Reach::same_instance;
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

// A choice_filter: bare names are columns of the list's rows, everything else is as above.
Compiled compile_filter(std::string_view source, const Schema& schema, NodeIndex context,
                        const std::vector<std::string>& columns);

}  // namespace language
