// Compiling: parse, then give every name its nodes in the form, then note what the expression reads.
#include <algorithm>
#include <set>

#include "forms/base/utf8.h"
#include "forms/language/function.h"
#include "forms/language/parser.h"

namespace language {
namespace {

std::vector<NodeIndex> chain_to(const Schema& schema, NodeIndex node) {
  std::vector<NodeIndex> chain;
  for (NodeIndex at = node; at != no_node; at = schema.parent(at)) chain.push_back(at);
  std::reverse(chain.begin(), chain.end());
  return chain;
}

// How many nodes the two chains share from the root.
size_t shared(const std::vector<NodeIndex>& a, const std::vector<NodeIndex>& b) {
  size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
  return n;
}

class Resolver {
 public:
  Resolver(Program& program, const Schema& schema, NodeIndex context, std::vector<Problem>& problems,
           const std::vector<size_t>& offsets)
      : program_(program), schema_(schema), context_(context), problems_(problems), offsets_(offsets) {}

  void run() {
    if (program_.items.empty()) return;
    visit(program_.root, program_.columns.empty() ? Nodes{context_} : Nodes{}, false);
    std::sort(reads_.begin(), reads_.end());
    for (const auto& [node, reach] : reads_)
      if (program_.reads.empty() || program_.reads.back().node != node)
        program_.reads.push_back({node, reach});
      else if (reach == Reach::all_instances)
        program_.reads.back().reach = reach;
  }

 private:
  using Nodes = std::vector<NodeIndex>;

  // `here`: what `.` can be; empty: a row of a list, whose names are columns. `all`: every instance counts.
  void visit(uint32_t index, const Nodes& here, bool all) {
    const Op op = program_.items[index].op;
    if (op == Op::number || op == Op::text) return;
    if (op == Op::path) {
      path(index, here, all);
      return;
    }
    if (op == Op::call) {
      call(index, here, all);
      return;
    }
    for (uint32_t arg : Nodes(program_.items[index].args)) visit(arg, here, all || op == Op::unite);
  }

  void call(uint32_t index, const Nodes& here, bool all) {
    const Item item = program_.items[index];
    if (!item.function) return;
    if (item.function->trait == Trait::fresh) program_.is_volatile = true;
    bool every = all || item.function->trait == Trait::all_instances;
    if (item.text == "jr:choice-name" && item.args.size() == 2) choice_name(index);
    if (item.text == "regex" && item.args.size() == 2)
      if (const Item& pattern = program_.items[item.args[1]]; pattern.op == Op::text)
        if (std::string why = problem_of_pattern(pattern.text); !why.empty())
          problems_.push_back(
              {offsets_[item.args[1]], true, "bad_pattern", "this is no regular expression: " + why});
    // Text in an argument of jr:choice-name, pulldata and the like stays text.
    for (uint32_t arg : item.args) visit(arg, here, every);
    if (item.text == "indexed-repeat")
      for (size_t i = 0; i < item.args.size(); ++i)
        if (i == 0 || i % 2 == 1) widen(item.args[i]);
    if (item.text == "position" && item.args.size() == 1)
      for (NodeIndex node : last_nodes_) read(node, Reach::all_instances);
  }

  // The second argument is a text that names a question: '${act_ref}', or a path.
  void choice_name(uint32_t index) {
    const Item& named = program_.items[program_.items[index].args[1]];
    std::string text = named.op == Op::text                                     ? named.text
                       : named.op == Op::path && named.start == Start::question ? named.text
                                                                                : "";
    if (text.rfind("${", 0) == 0 && text.back() == '}') text = base::trim(text.substr(2, text.size() - 3));
    if (size_t slash = text.rfind('/'); slash != std::string::npos) text = base::trim(text.substr(slash + 1));
    NodeIndex found = nearest(text);
    if (found == no_node)
      unknown(program_.items[index].args[1], text);
    else {
      program_.items[index].target = found;
      keep_chain(found);
      read(found, Reach::same_instance);
    }
  }

  // The node of that name nearest to where the expression stands.
  NodeIndex nearest(const std::string& name) const {
    Nodes own = chain_to(schema_, context_);
    NodeIndex best = no_node;
    size_t most = 0;
    for (NodeIndex node : schema_.named(name)) {
      size_t common = shared(own, chain_to(schema_, node));
      if (best == no_node || common > most) {
        best = node;
        most = common;
      }
    }
    return best;
  }

  void unknown(uint32_t item, const std::string& name) {
    std::string near = base::nearest(name, schema_.all_names());
    problems_.push_back(
        {offsets_[item], true, "unknown_name",
         "no question named \"" + name + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?")});
  }

  void keep_chain(NodeIndex node) {
    if (program_.chain(node)) return;
    program_.chain_of.push_back(node);
    program_.chains.push_back(chain_to(schema_, node));
  }

  void read(NodeIndex node, Reach reach) { reads_.emplace_back(node, reach); }

  // ${node} from here: does more than the nearest instance count?
  bool beyond_own(NodeIndex node) const {
    Nodes own = chain_to(schema_, context_);
    Nodes its = chain_to(schema_, node);
    for (size_t i = shared(own, its); i < its.size(); ++i)
      if (schema_.is_repeat(its[i])) return true;
    return false;
  }

  // Whether the way from one of `top` down to `node` enters a repeat: then each of its instances counts.
  bool enters_repeat(NodeIndex node, const Nodes& top) const {
    for (NodeIndex at = node; at != no_node; at = schema_.parent(at)) {
      if (std::find(top.begin(), top.end(), at) != top.end()) return false;
      if (schema_.is_repeat(at)) return true;
    }
    return false;
  }

  Nodes step_nodes(const Step& step, const Nodes& from) const {
    std::set<NodeIndex> found;
    for (NodeIndex node : from) {
      switch (step.axis) {
        case Axis::self:
          if (step.name == "*" || schema_.name(node) == step.name) found.insert(node);
          break;
        case Axis::parent:
          if (NodeIndex up = schema_.parent(node);
              up != no_node && (step.name == "*" || schema_.name(up) == step.name))
            found.insert(up);
          break;
        case Axis::child:
          for (NodeIndex child : schema_.children(node))
            if (step.name == "*" || schema_.name(child) == step.name) found.insert(child);
          break;
        case Axis::descendant:
        case Axis::descendant_or_self: {
          Nodes open = {node};
          while (!open.empty()) {
            NodeIndex at = open.back();
            open.pop_back();
            bool itself = at == node && step.axis == Axis::descendant;
            if (!itself && (step.name.empty() || step.name == "*" || step.name == schema_.name(at)))
              found.insert(at);
            open.insert(open.end(), schema_.children(at).begin(), schema_.children(at).end());
          }
          break;
        }
        case Axis::attribute:
          break;
      }
    }
    return {found.begin(), found.end()};
  }

  void path(uint32_t index, const Nodes& here, bool all) {
    last_nodes_.clear();
    Item item = program_.items[index];
    Nodes now;
    bool in_list = false;
    bool wide = wide_ > 0;  // more than the own instance is meant from the start
    switch (item.start) {
      case Start::context:
        now = here;
        in_list = here.empty();
        break;
      case Start::current:
        now = {context_};
        break;
      case Start::root:
        now = {};
        break;
      case Start::question: {
        NodeIndex found = nearest(item.text);
        if (found == no_node) return unknown(index, item.text);
        program_.items[index].target = item.target = found;
        keep_chain(found);
        now = {found};
        wide |= beyond_own(found) || schema_.is_repeat(found) || !item.predicates.empty();
        if (item.steps.empty()) read(found, wide ? Reach::all_instances : Reach::same_instance);
        break;
      }
      case Start::list:
        if (!schema_.has_list(item.text))
          return (void)problems_.push_back(
              {offsets_[index], true, "unknown_list", "no list or file named \"" + item.text + "\""});
        in_list = true;
        break;
      case Start::expression:
        visit(item.args[0], here, true);
        now = last_nodes_;
        in_list = now.empty();
        wide = true;
        break;
    }
    Nodes top = now;  // the highest the way has climbed to
    visit_predicates(item.predicates, in_list, now, all, wide);
    bool first_of_root = item.start == Start::root;
    for (size_t s = 0; s < item.steps.size(); ++s) {
      Step step = item.steps[s];
      if (in_list) {
        column(index, step, item.start == Start::context && s == 0 && lists_ == 0);
      } else if (first_of_root) {
        first_of_root = false;
        top = {0};
        if (step.axis == Axis::descendant_or_self || step.axis == Axis::descendant)
          now = step_nodes(step, {0});
        else if (step.name == "*" || step.name == schema_.name(0))
          now = {0};
        else
          return unknown_step(index, step, {0});
        program_.items[index].steps[s].nodes = now;
      } else {
        if (step.axis == Axis::attribute)
          return (void)problems_.push_back({offsets_[index], true, "not_yet_axis",
                                            "attributes (@" + step.name + ") are not yet understood"});
        Nodes after = step_nodes(step, now);
        if (after.empty()) return unknown_step(index, step, now);
        now = after;
        if (step.axis == Axis::parent) top = now;
        program_.items[index].steps[s].nodes = now;
      }
      bool many =
          wide || std::any_of(now.begin(), now.end(), [&](NodeIndex n) { return enters_repeat(n, top); });
      visit_predicates(step.predicates, in_list, now, all, many);
    }
    if (in_list) return;
    bool narrowed = !all && narrow(index, now);
    if (item.start != Start::question || !item.steps.empty())
      for (NodeIndex node : now) {
        bool many =
            wide || (narrowed ? beyond_own(node) || schema_.is_repeat(node) : enters_repeat(node, top));
        read(node, many ? Reach::all_instances : Reach::same_instance);
      }
    last_nodes_ = now;
  }

  void visit_predicates(const std::vector<uint32_t>& predicates, bool in_list, const Nodes& now, bool all,
                        bool many) {
    wide_ += many;
    lists_ += in_list;  // instance('x')/root/item[…]: its columns, not the filter's
    for (uint32_t predicate : predicates) visit(predicate, in_list ? Nodes{} : now, all);
    lists_ -= in_list;
    wide_ -= many;
  }

  // /data/rep/a without predicates means the instance nearest to the context: as ${a} does.
  bool narrow(uint32_t index, const Nodes& now) {
    Item& item = program_.items[index];
    if (item.start != Start::root || now.size() != 1) return false;
    for (const Step& step : item.steps)
      if (step.axis != Axis::child || !step.predicates.empty() || step.name == "*") return false;
    item.start = Start::question;
    item.text = schema_.name(now[0]);
    item.target = now[0];
    item.steps.clear();
    keep_chain(now[0]);
    return true;
  }

  // ${x} and ${p} of indexed-repeat(${x}, ${p}, n) mean every instance: the way from the root.
  void widen(uint32_t index) {
    Item& item = program_.items[index];
    if (item.op != Op::path || item.start != Start::question || !item.steps.empty() ||
        !item.predicates.empty() || item.target == no_node)
      return;
    item.start = Start::root;
    for (NodeIndex node : chain_to(schema_, item.target))
      item.steps.push_back({Axis::child, std::string(schema_.name(node)), {node}, {}});
    read(item.target, Reach::all_instances);
  }

  void column(uint32_t index, const Step& step, bool bare) {
    if (!bare || program_.columns.empty() || step.axis != Axis::child || step.name == "*") return;
    if (std::find(program_.columns.begin(), program_.columns.end(), step.name) != program_.columns.end())
      return;
    std::string near = base::nearest(step.name, program_.columns);
    problems_.push_back({offsets_[index], true, "unknown_column",
                         "the list has no column \"" + step.name + "\"" +
                             (near.empty() ? "" : "; did you mean \"" + near + "\"?")});
  }

  void unknown_step(uint32_t index, const Step& step, const Nodes& from) {
    std::vector<std::string> names;
    for (NodeIndex node : from)
      for (NodeIndex child : schema_.children(node)) names.emplace_back(schema_.name(child));
    std::string near = base::nearest(step.name, names);
    problems_.push_back({offsets_[index], true, "unknown_name",
                         "nothing named \"" + step.name + "\" stands there" +
                             (near.empty() ? "" : "; did you mean \"" + near + "\"?")});
  }

  Program& program_;
  const Schema& schema_;
  NodeIndex context_;
  std::vector<Problem>& problems_;
  const std::vector<size_t>& offsets_;
  std::vector<std::pair<NodeIndex, Reach>> reads_;
  int lists_ = 0;     // predicates on another list around this
  int wide_ = 0;      // predicates on many instances around this
  Nodes last_nodes_;  // what the path just resolved gives
};

constexpr int deepest = 1000;  // evaluation goes down as deep

// How deep items stand in each other. Arguments are added before what they belong to.
int depth_of(const Program& program) {
  std::vector<int> depth(program.items.size(), 1);
  for (size_t i = 0; i < program.items.size(); ++i) {
    auto under = [&](uint32_t arg) {
      if (arg < i) depth[i] = std::max(depth[i], depth[arg] + 1);
    };
    std::for_each(program.items[i].args.begin(), program.items[i].args.end(), under);
    std::for_each(program.items[i].predicates.begin(), program.items[i].predicates.end(), under);
    for (const Step& step : program.items[i].steps)
      std::for_each(step.predicates.begin(), step.predicates.end(), under);
  }
  return depth.empty() ? 0 : *std::max_element(depth.begin(), depth.end());
}

Compiled finish(std::string_view source, const Schema& schema, NodeIndex context,
                std::vector<std::string> columns) {
  Compiled out;
  if (base::trim(source).empty()) {
    out.problems.push_back({0, true, "syntax", "the expression is empty"});
    return out;
  }
  std::vector<size_t> offsets;
  auto program = std::make_shared<Program>(parse(source, out.problems, offsets));
  if (out.problems.empty() && depth_of(*program) > deepest)
    out.problems.push_back({0, true, "syntax",
                            "the expression is nested more than " + std::to_string(deepest) +
                                " deep, or a chain that long; split it into calculations"});
  if (out.problems.empty()) {
    program->context = context;
    program->columns = std::move(columns);
    Resolver(*program, schema, context, out.problems, offsets).run();
  }
  for (const Problem& problem : out.problems)
    if (problem.is_error) return out;
  out.expression = Expression(program);
  return out;
}

}  // namespace

Compiled compile(std::string_view source, const Schema& schema, NodeIndex context) {
  return finish(source, schema, context, {});
}

Compiled compile_filter(std::string_view source, const Schema& schema, NodeIndex context,
                        const std::vector<std::string>& columns) {
  std::vector<std::string> known = columns;
  for (const char* own : {"name", "label"})
    if (std::find(known.begin(), known.end(), own) == known.end()) known.emplace_back(own);
  return finish(source, schema, context, std::move(known));
}

const std::vector<Dependency>& Expression::reads() const {
  static const std::vector<Dependency> none;
  return program_ ? program_->reads : none;
}

bool Expression::is_volatile() const {
  return program_ && program_->is_volatile;
}

}  // namespace language
