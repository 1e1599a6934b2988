#include "forms/language/resolve.h"

#include <algorithm>
#include <utility>

#include "forms/base/utf8.h"
#include "forms/language/function.h"
#include "forms/language/table.h"

namespace language {
namespace {

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& names) {
  std::string near = base::nearest(wanted, names);
  return near.empty() ? "" : "; did you mean \"" + near + "\"?";
}

bool is_dot(const Step& step) {
  return step.axis == Axis::self && step.test == Test::any_node && step.predicates.empty();
}

}  // namespace

void Resolver::run() {
  if (program_.items.empty()) return;
  visit(program_.root, {{context_}, false, -1, 0, depth(context_)}, false);
  auto& reads = program_.reads;
  std::sort(reads.begin(), reads.end(), [](const Dependency& a, const Dependency& b) {
    return a.node != b.node ? a.node < b.node : a.shared < b.shared;  // the widest first
  });
  reads.erase(std::unique(reads.begin(), reads.end(),
                          [](const Dependency& a, const Dependency& b) { return a.node == b.node; }),
              reads.end());
}

Resolver::Nodes Resolver::chain(NodeIndex node) const {
  Nodes made;
  for (NodeIndex at = node; at != no_node; at = schema_.parent(at)) made.push_back(at);
  std::reverse(made.begin(), made.end());
  return made;
}

uint16_t Resolver::depth(NodeIndex node) const {
  uint16_t count = 0;
  for (NodeIndex at = node; at != no_node; at = schema_.parent(at)) count += schema_.is_repeat(at);
  return count;
}

void Resolver::say(uint32_t item, bool is_error, std::string code, std::string text) {
  problems_.push_back({offsets_[item], is_error, std::move(code), std::move(text)});
}

void Resolver::unknown(uint32_t item, std::string_view name) {
  say(item, true, "unknown_name",
      "no question named \"" + std::string(name) + "\"" + did_you_mean(name, schema_.all_names()));
}

void Resolver::unknown_step(uint32_t item, const Step& step, const Nodes& from) {
  std::vector<std::string> names;
  for (NodeIndex node : from)
    for (NodeIndex child : schema_.children(node)) names.emplace_back(schema_.name(child));
  // Other tools take such a path and read nothing.
  say(item, false, "unknown_name",
      "nothing named \"" + step.name + "\" stands there, so this is always blank" +
          did_you_mean(step.name, names));
  program_.paths[program_.items[item].path].nowhere = true;
}

void Resolver::read(NodeIndex node, uint16_t shared) {
  program_.reads.push_back({node, shared});
}

// What is read at the end of a direct path, and the repeats it enters: an instance that goes takes its answer.
void Resolver::read_direct(const Direct& direct, uint16_t most) {
  auto inner = static_cast<uint16_t>(direct.down.size());
  auto shared = std::min<uint16_t>(static_cast<uint16_t>(depth(direct.target) - inner), most);
  read(direct.target, shared);
  for (NodeIndex repeat : direct.down) read(repeat, shared);
  last_shared_ = shared;
}

void Resolver::visit(uint32_t index, const Place& here, bool all) {
  const Op op = program_.items[index].op;
  if (op == Op::path) return path(index, here, all);
  if (op == Op::call) return call(index, here, all);
  for (size_t i = 0; i < program_.items[index].count; ++i)
    visit(program_.arg(program_.items[index], i), here, all || op == Op::unite);
}

void Resolver::call(uint32_t index, const Place& here, bool all) {
  const Function* function = program_.items[index].function;
  const size_t count = program_.items[index].count;
  if (!function) return;
  program_.is_volatile |= function->has(Trait::fresh);
  program_.speaks |= function->has(Trait::speaks);
  auto arg = [&](size_t i) { return program_.arg(program_.items[index], i); };
  if (function->name == "jr:choice-name" && count == 2) choice_name(index);
  if (function->name == "regex" && count == 2 && program_.items[arg(1)].op == Op::text) {
    std::string why;
    program_.items[index].extra = pattern_of(program_.items[arg(1)].text, why);
    if (!why.empty()) say(arg(1), true, "bad_pattern", "this is no regular expression: " + why);
  }
  bool every = all || function->has(Trait::all_instances);
  last_nodes_.clear();
  for (size_t i = 0; i < count; ++i) {
    // In indexed-repeat(${x}, ${p}, n) the names mean every instance, the numbers the own one.
    bool indexed = function->name == "indexed-repeat";
    bool name = indexed && (i == 0 || i % 2 == 1);
    bool before = std::exchange(every_question_, name);
    visit(arg(i), here, indexed ? name : every);
    every_question_ = before;
  }
  if (function->name == "position" && count == 1)
    for (NodeIndex node : last_nodes_)
      if (schema_.is_repeat(node)) {
        auto around = static_cast<uint16_t>(depth(node) - 1);
        read(node, std::min(around, last_shared_));
      }
}

// The second argument is a text that names a question: '${act_ref}', or a path.
void Resolver::choice_name(uint32_t index) {
  uint32_t second = program_.arg(program_.items[index], 1);
  const Item& named = program_.items[second];
  std::string text = named.op == Op::text ? named.text : "";
  if (named.op == Op::path) {
    const Path& path = program_.paths[named.path];
    if (path.start == Start::question) text = path.text;
    if (path.start != Start::question && !path.steps.empty()) text = path.steps.back().name;
  }
  text = base::trim(text);
  if (text.rfind("${", 0) == 0 && text.back() == '}') text = base::trim(text.substr(2, text.size() - 3));
  if (size_t slash = text.rfind('/'); slash != std::string::npos) text = base::trim(text.substr(slash + 1));
  NodeIndex found = nearest(text);
  if (found == no_node) return unknown(second, text);
  program_.items[index].target = found;
  read(found, meeting(context_, found) == no_node ? 0 : std::min(depth(context_), depth(found)));
}

// The node of that name nearest to where the expression stands.
NodeIndex Resolver::nearest(std::string_view name) const {
  std::span<const NodeIndex> all = schema_.named(name);
  if (all.size() <= 1) return all.empty() ? no_node : all[0];
  Nodes own = chain(context_);
  NodeIndex best = no_node;
  size_t most = 0;
  for (NodeIndex node : all) {
    Nodes its = chain(node);
    size_t same = 0;
    while (same < own.size() && same < its.size() && own[same] == its[same]) ++same;
    if (best == no_node || same > most) {
      best = node;
      most = same;
    }
  }
  return best;
}

bool Resolver::is_named(const Step& step, NodeIndex node) const {
  if (step.test == Test::any_node) return true;
  if (step.test == Test::any_name) return true;
  if (step.test != Test::name) return false;
  std::string_view name = schema_.name(node);
  if (!name.empty() && name[0] == '@') name.remove_prefix(1);
  if (!step.space && name == step.name) return true;
  // Prefixes vary: where either side has none, the name alone decides.
  size_t colon = name.find(':');
  if (colon == std::string_view::npos) return step.space && name == step.name;
  if (name.substr(colon + 1) != step.name) return false;
  return !step.space || name.substr(0, colon) == step.space->prefix;
}

Resolver::Nodes Resolver::step_nodes(const Step& step, const Nodes& from) const {
  Nodes found;
  auto add = [&](NodeIndex node) {
    bool attribute = schema_.is_attribute(node);
    if (attribute != (step.axis == Axis::attribute) && step.axis != Axis::self) return;
    if (is_named(step, node)) found.push_back(node);
  };
  auto add_below = [&](NodeIndex node) {
    Nodes open(schema_.children(node).rbegin(), schema_.children(node).rend());
    while (!open.empty()) {
      NodeIndex at = open.back();
      open.pop_back();
      add(at);
      open.insert(open.end(), schema_.children(at).rbegin(), schema_.children(at).rend());
    }
  };
  if (step.axis == Axis::child && step.test == Test::name && !step.space) {
    // By the name, not by looking at every child: a group may hold thousands.
    for (NodeIndex node : schema_.named(step.name))
      if (std::find(from.begin(), from.end(), schema_.parent(node)) != from.end()) add(node);
    if (!found.empty()) return found;
  }
  for (NodeIndex node : from) {
    NodeIndex up = schema_.parent(node);
    switch (step.axis) {
      case Axis::self:
        add(node);
        break;
      case Axis::parent:
        if (up != no_node) add(up);
        break;
      case Axis::child:
      case Axis::attribute:
        for (NodeIndex child : schema_.children(node)) add(child);
        break;
      case Axis::descendant_or_self:
        add(node);
        [[fallthrough]];
      case Axis::descendant:
        add_below(node);
        break;
      case Axis::ancestor_or_self:
        add(node);
        [[fallthrough]];
      case Axis::ancestor:
        for (NodeIndex at = up; at != no_node; at = schema_.parent(at)) add(at);
        break;
      case Axis::following_sibling:
      case Axis::preceding_sibling:
        if (up != no_node)
          for (NodeIndex child : schema_.children(up)) add(child);
        break;
      case Axis::following:
      case Axis::preceding:
        add_below(0);
        break;
      case Axis::namespace_:
        break;
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// Where the ways to both part, for "nearest in common ancestry". A path that ends at a repeat means all its
// instances, even from inside one of them.
NodeIndex Resolver::meeting(NodeIndex from, NodeIndex target) const {
  auto steps = [&](NodeIndex node) {
    int count = 0;
    for (; node != no_node; node = schema_.parent(node)) ++count;
    return count;
  };
  int above = steps(from) - steps(target);
  NodeIndex own = from, its = target;
  for (; above > 0; --above) own = schema_.parent(own);
  for (; above < 0; ++above) its = schema_.parent(its);
  while (own != its) {
    own = schema_.parent(own);
    its = schema_.parent(its);
  }
  if (own == target && schema_.is_repeat(target) && schema_.parent(target) != no_node)
    return schema_.parent(target);
  return own;
}

Direct Resolver::direct_to(NodeIndex target, NodeIndex top, NodeIndex from, bool from_current) const {
  Direct direct;
  direct.known = true;
  direct.from_current = from_current;
  direct.target = target;
  direct.climb = static_cast<uint16_t>(depth(from) - depth(top));
  for (NodeIndex at = target; at != top; at = schema_.parent(at))
    if (schema_.is_repeat(at)) direct.down.push_back(at);
  std::reverse(direct.down.begin(), direct.down.end());
  return direct;
}

void Resolver::predicates(const std::vector<uint32_t>& items, Place now, bool all) {
  for (uint32_t predicate : items) visit(predicate, now, all);
}

bool Resolver::climbs_then_descends(const Path& path) const {
  bool down = false;
  for (const Step& step : path.steps) {
    if (!step.predicates.empty()) return false;
    if (step.axis == Axis::parent && !down) continue;
    if (is_dot(step)) continue;
    if (step.axis != Axis::child && step.axis != Axis::attribute) return false;
    if (step.test != Test::name) return false;
    down = true;
  }
  return true;
}

bool Resolver::start(uint32_t index, const Place& here, bool all, Place& now) {
  Path& path = program_.paths[program_.items[index].path];
  switch (path.start) {
    case Start::context:
      now = here;
      return true;
    case Start::current:
      now.nodes = {context_};
      now.shared = depth(context_);
      return true;
    case Start::root:
      now.nodes = {0};
      now.shared = 0;
      return true;
    case Start::question: {
      NodeIndex found = nearest(path.text);
      if (found == no_node) {
        unknown(index, path.text);
        return false;
      }
      path.target = found;
      path.direct = direct_to(found, every_question_ ? 0 : meeting(context_, found), context_, true);
      now.nodes = {found};
      now.shared = static_cast<uint16_t>(depth(found) - path.direct.down.size());
      if (!path.predicates.empty() || !path.steps.empty()) {
        read_direct(path.direct, now.shared);
        path.direct.known = false;  // it is only where the way begins
      }
      return true;
    }
    case Start::list: {
      path.list = schema_.list(path.text);
      if (path.list < 0) {
        say(index, true, "unknown_list", "no list or file named \"" + path.text + "\"");
        return false;
      }
      now.in_list = true;
      now.list = path.list;
      now.level = schema_.table(path.list) ? 0 : -1;
      return true;
    }
    case Start::expression:
      last_nodes_.clear();
      visit(path.inner, here, true);
      now.nodes = last_nodes_;
      now.shared = 0;
      now.in_list = now.nodes.empty();
      now.level = -1;
      return true;
  }
  (void)all;
  return true;
}

// A step in a list whose columns are known: root, item, column.
bool Resolver::list_step(uint32_t index, size_t s, Place& now) {
  Step& step = program_.paths[program_.items[index].path].steps[s];
  step.any_uri = true;
  if (now.level < 0) return true;
  if (step.axis == Axis::parent) {
    now.level = std::max(0, now.level - 1);
    return true;
  }
  if (step.axis == Axis::self) return true;
  if (step.axis != Axis::child) {
    now.level = -1;
    return true;
  }
  if (++now.level == 3 && step.test == Test::name) {
    const Table* table = schema_.table(now.list);
    program_.speaks |= step.name == "label";
    step.column = table ? table->column(step.name) : -1;
    if (step.column < 0 && table)
      say(index, false, "unknown_column",
          "the list has no column \"" + step.name + "\"" + did_you_mean(step.name, table->columns()));
  }
  return true;
}

bool Resolver::step(uint32_t index, size_t s, Place& now) {
  Path& path = program_.paths[program_.items[index].path];
  Step& step = path.steps[s];
  if (now.in_list) return list_step(index, s, now);
  if (s == 0 && path.start == Start::root && step.axis == Axis::child) {  // the root's own name
    if (step.test == Test::name && !is_named(step, 0)) {
      unknown_step(index, step, {0});
      return false;
    }
    step.nodes = {0};
    return true;
  }
  if (step.test == Test::text || step.test == Test::comment || step.test == Test::instruction) {
    if (step.test == Test::text) step.nodes = now.nodes;
    return true;
  }
  Nodes after = step_nodes(step, now.nodes);
  if (after.empty() && step.test == Test::name && step.axis != Axis::namespace_) {
    unknown_step(index, step, now.nodes);
    return false;
  }
  // The way up out of a repeat leaves its instance; sideways leaves all of them.
  if (step.axis == Axis::parent || step.axis == Axis::ancestor || step.axis == Axis::ancestor_or_self)
    for (NodeIndex node : after) now.shared = std::min(now.shared, depth(node));
  if (step.axis == Axis::following || step.axis == Axis::preceding) now.shared = 0;
  if (step.axis == Axis::following_sibling || step.axis == Axis::preceding_sibling)
    for (NodeIndex node : now.nodes)
      if (schema_.is_repeat(node)) now.shared = std::min(now.shared, static_cast<uint16_t>(depth(node) - 1));
  now.nodes = std::move(after);
  step.nodes = now.nodes;
  return true;
}

void Resolver::path(uint32_t index, const Place& here, bool all) {
  last_nodes_.clear();
  Place now;
  if (!start(index, here, all, now)) return;
  auto self = [&]() -> Path& { return program_.paths[program_.items[index].path]; };
  if (!self().predicates.empty()) predicates(std::vector<uint32_t>(self().predicates), now, all);
  const Start begins = self().start;
  NodeIndex top = now.nodes.size() == 1 ? now.nodes[0] : no_node;
  const NodeIndex from = top;
  const size_t count = self().steps.size();
  for (size_t s = 0; s < count; ++s) {
    if (!step(index, s, now)) return;
    const Step& made = self().steps[s];
    if (made.axis == Axis::parent && now.nodes.size() == 1) top = now.nodes[0];
    if (!now.in_list && !made.predicates.empty())
      for (NodeIndex node : now.nodes)  // which instances there are decides too
        if (schema_.is_repeat(node))
          read(node, std::min<uint16_t>(now.shared, static_cast<uint16_t>(depth(node) - 1)));
    if (!made.predicates.empty()) predicates(std::vector<uint32_t>(made.predicates), now, all);
  }
  if (now.in_list) return;
  Path& path = self();
  bool simple =
      from != no_node && now.nodes.size() == 1 && path.predicates.empty() && climbs_then_descends(path);
  if (begins == Start::root && simple && count > 0) {
    // /data/rep/a means the instance nearest to the expression, as ${a} does; in sum() and the like every one.
    NodeIndex target = now.nodes[0];
    path.direct = direct_to(target, all ? 0 : meeting(context_, target), context_, true);
    read_direct(path.direct, depth(target));
  } else if (begins == Start::question && count == 0 && path.predicates.empty()) {
    read_direct(path.direct, depth(path.target));
  } else if ((begins == Start::context || begins == Start::current) && simple) {
    path.direct = direct_to(now.nodes[0], top, from, begins == Start::current);
    read_direct(path.direct, begins == Start::context ? here.shared : depth(context_));
  } else {
    for (NodeIndex node : now.nodes) {
      read(node, std::min(now.shared, depth(node)));
      for (NodeIndex at = node; at != no_node; at = schema_.parent(at))
        if (schema_.is_repeat(at) && depth(at) > now.shared) read(at, now.shared);
    }
    last_shared_ = now.shared;
  }
  last_nodes_ = now.nodes;
}

}  // namespace language
