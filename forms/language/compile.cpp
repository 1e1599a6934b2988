// Compiling: parse, give every name its nodes in the form, note what the expression reads.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/language/function.h"
#include "forms/language/parser.h"
#include "forms/language/resolve.h"
#include "forms/language/table.h"

namespace language {
namespace {

constexpr int deepest = 1000;  // evaluation goes down as deep

// How deep items stand in each other. What an item holds is added before it.
int depth_of(const Program& program) {
  std::vector<int> depth(program.items.size(), 1);
  int most = 0;
  for (size_t i = 0; i < program.items.size(); ++i) {
    auto under = [&](uint32_t arg) {
      if (arg < i) depth[i] = std::max(depth[i], depth[arg] + 1);
    };
    const Item& item = program.items[i];
    for (uint32_t arg : program.args_of(item)) under(arg);
    if (item.op == Op::path) {
      const Path& path = program.paths[item.path];
      if (path.start == Start::expression) under(path.inner);
      std::for_each(path.predicates.begin(), path.predicates.end(), under);
      for (const Step& step : path.steps)
        std::for_each(step.predicates.begin(), step.predicates.end(), under);
    }
    most = std::max(most, depth[i]);
  }
  return most;
}

bool parse_checked(std::string_view source, Compiled& out, Program& program, std::vector<size_t>& offsets,
                   bool lenient = false) {
  if (base::trim_view(source).empty()) {
    out.problems.push_back({0, true, "syntax", "the expression is empty"});
    return false;
  }
  program = parse(source, out.problems, offsets, lenient);
  if (!program.items.empty() && depth_of(program) > deepest)
    out.problems.push_back({0, true, "syntax",
                            "the expression is nested more than " + std::to_string(deepest) +
                                " deep, or a chain that long; split it into calculations"});
  return std::none_of(out.problems.begin(), out.problems.end(), [](const Problem& p) { return p.is_error; });
}

Compiled finish(Compiled out, Program program) {
  for (const Problem& problem : out.problems)
    if (problem.is_error) return out;
  out.expression = Expression(std::make_shared<const Program>(std::move(program)));
  return out;
}

}  // namespace

Compiled compile(std::string_view source, const Schema& schema, NodeIndex context) {
  Compiled out;
  Program program;
  std::vector<size_t> offsets;
  if (!parse_checked(source, out, program, offsets)) return out;
  program.context = context;
  Resolver(program, schema, context, out.problems, offsets).run();
  return finish(std::move(out), std::move(program));
}

Compiled compile_filter(std::string_view source, const Schema& schema, NodeIndex context,
                        std::string_view list) {
  Compiled out;
  Program program;
  std::vector<size_t> offsets;
  if (!parse_checked(source, out, program, offsets)) return out;
  // instance('list')/root/item[source]
  Path path;
  path.start = Start::list;
  path.text = list;
  path.steps.resize(2);
  path.steps[0].name = "root";
  path.steps[1].name = "item";
  path.steps[1].predicates = {program.root};
  Item item;
  item.op = Op::path;
  item.type = Type::nodes;
  item.path = static_cast<uint32_t>(program.paths.size());
  program.paths.push_back(std::move(path));
  program.root = static_cast<uint32_t>(program.items.size());
  program.items.push_back(std::move(item));
  offsets.push_back(0);
  program.context = context;
  Resolver(program, schema, context, out.problems, offsets).run();
  return finish(std::move(out), std::move(program));
}

Compiled compile_free(std::string_view source, const Namespaces& namespaces) {
  Compiled out;
  Program program;
  std::vector<size_t> offsets;
  if (!parse_checked(source, out, program, offsets, true)) return out;
  auto meaning = [&](const std::string& prefix) {
    return std::find_if(namespaces.begin(), namespaces.end(),
                        [&](const auto& row) { return row.first == prefix; });
  };
  for (size_t i = 0; i < program.items.size(); ++i) {
    Item& item = program.items[i];
    if (item.op == Op::call && item.function) {
      program.is_volatile |= item.function->has(Trait::fresh);
      program.speaks |= item.function->has(Trait::speaks);
    }
    if (item.op == Op::call && item.function && item.function->name == "regex" && item.count == 2)
      if (const Item& pattern = program.items[program.arg(item, 1)]; pattern.op == Op::text) {
        std::string why;
        item.extra = pattern_of(pattern.text, why);
        if (!why.empty())
          out.problems.push_back({offsets[i], true, "bad_pattern", "this is no regular expression: " + why});
      }
    if (item.op != Op::path) continue;
    if (const Path& path = program.paths[item.path]; path.start == Start::question)
      out.problems.push_back(
          {offsets[i], true, "unknown_name",
           "a question can be named only in a form: ${" + path.text + "}; write its path here"});
    for (Step& step : program.paths[item.path].steps) {
      if (step.test != Test::name && !step.space) continue;
      step.any_uri = false;
      std::string prefix = step.space ? step.space->prefix : std::string();
      auto known = meaning(prefix);
      std::string uri = known == namespaces.end() ? std::string() : known->second;
      if (prefix == "xml") uri = "http://www.w3.org/XML/1998/namespace";
      if (!prefix.empty() && uri.empty())
        out.problems.push_back(
            {offsets[i], true, "unknown_prefix", "nobody says what the prefix \"" + prefix + ":\" means"});
      // A name without a prefix: none, or the one that "" stands for; an attribute's has none.
      if (prefix.empty() && step.axis == Axis::attribute) uri.clear();
      if (!prefix.empty() || !uri.empty())
        step.space = std::make_unique<Namespace>(Namespace{std::move(prefix), std::move(uri)});
    }
  }
  return finish(std::move(out), std::move(program));
}

const std::vector<Dependency>& Expression::reads() const {
  static const std::vector<Dependency> none;
  return program_ ? program_->reads : none;
}

bool Expression::is_volatile() const {
  return program_ && program_->is_volatile;
}

bool Expression::speaks() const {
  return program_ && program_->speaks;
}

}  // namespace language
