#include "forms/language/evaluator.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "forms/language/function.h"
#include "forms/language/table.h"
#include "forms/language/tree.h"

namespace language {

char* Scratch::room(size_t bytes) {
  total += bytes;
  while (block < blocks.size() && used + bytes > sizes[block]) {
    ++block;
    used = 0;
  }
  if (block == blocks.size()) {
    sizes.push_back(std::max<size_t>(bytes, 16 << 10));
    blocks.push_back(std::make_unique<char[]>(sizes.back()));
    used = 0;
  }
  char* at = blocks[block].get() + used;
  used += bytes;
  return at;
}

void Scratch::start() {
  if (depth > 0) return;
  block = used = total = 0;
  steps_before += steps;
  steps = 0;
  full = false;
  failure.clear();
}

Lease::Lease(Scratch& scratch) : scratch_(&scratch) {
  if (scratch.lists.empty()) {
    list_ = std::make_unique<Nodes>();
    return;
  }
  list_ = std::move(scratch.lists.back());
  scratch.lists.pop_back();
}

Lease::~Lease() {
  if (!list_) return;
  list_->clear();
  scratch_->lists.push_back(std::move(list_));
}

Str Evaluator::keep(Str text) {
  if (text.empty()) return {};
  if (scratch.total + text.size() > Scratch::most_text) {
    scratch.full = true;
    spent(World::most_steps);
    return {};
  }
  char* at = scratch.room(text.size());
  std::memcpy(at, text.data(), text.size());
  return {at, text.size()};
}

Str Evaluator::fail(std::string why) {
  if (scratch.failure.empty()) scratch.failure = std::move(why);
  spent(World::most_steps);
  return {};
}

Str Evaluator::number_as_text(double number) {
  std::string text;
  append_number(text, number);
  return keep(text);
}

Str Evaluator::text_of(Ref ref) {
  if (ref.document == 0 && world.instance) {
    uint32_t node = ref.node & ~Ref::text_of;
    return world.instance->layout().is_leaf(world.instance->definition(node)) ? world.instance->text(node)
                                                                              : text_below(node);
  }
  const Document& document = world.documents[ref.document];
  if (document.tree) {
    std::string room;
    Str text = document.tree->string_value(ref.node, room);
    return room.empty() ? text : keep(text);
  }
  if (!document.table) return {};
  const auto columns = static_cast<uint32_t>(document.table->columns().size());
  uint32_t node = ref.node & ~Ref::text_of;
  if (node < 2) return {};
  uint32_t row = (node - 2) / (columns + 1);
  uint32_t column = (node - 2) % (columns + 1);
  if (column > 0) return document.table->cell(row, static_cast<int>(column) - 1);
  std::string joined;
  for (uint32_t i = 0; i < columns; ++i) joined += document.table->cell(row, static_cast<int>(i));
  return keep(joined);
}

Str Evaluator::text_below(uint32_t node) {
  std::vector<uint32_t> inside;
  below(*world.instance, node, inside);
  std::string joined;
  for (uint32_t at : inside) joined += world.instance->text(at);
  return keep(joined);
}

double Evaluator::number_of(Ref ref) {
  if (ref.document == 0 && world.instance) return world.instance->number(ref.node & ~Ref::text_of);
  return to_number(text_of(ref));
}

double Evaluator::number_of(const Dyn& value) {
  switch (value.type) {
    case Type::number:
      return value.number;
    case Type::truth:
      return value.truth ? 1 : 0;
    case Type::nodes:
      return (*value.nodes)->empty() ? NAN : number_of((*value.nodes)->front());
    case Type::text:
    case Type::any:
      return value.dated ? value.number : to_number(value.text);
  }
  return NAN;
}

bool Evaluator::truth_of(const Dyn& value) {
  switch (value.type) {
    case Type::number:
      return value.number != 0 && !std::isnan(value.number);
    case Type::truth:
      return value.truth;
    case Type::nodes:
      return !(*value.nodes)->empty();
    case Type::text:
    case Type::any:
      return !value.text.empty();
  }
  return false;
}

Str Evaluator::text_of(const Dyn& value) {
  switch (value.type) {
    case Type::number:
      return number_as_text(value.number);
    case Type::truth:
      return value.truth ? "true" : "false";
    case Type::nodes:
      return (*value.nodes)->empty() ? Str() : text_of((*value.nodes)->front());
    case Type::text:
    case Type::any:
      return value.text;
  }
  return {};
}

double Evaluator::number(uint32_t index, const Here& here) {
  if (spent()) return NAN;
  const Item& item = program.items[index];
  auto left = [&] { return number(program.args[item.args], here); };
  auto right = [&] { return number(program.args[item.args + 1], here); };
  switch (item.op) {
    case Op::number:
      return item.number;
    case Op::text:
      return to_number(item.text);
    case Op::add: {
      double a = left();
      return a + right();
    }
    case Op::subtract: {
      double a = left();
      return a - right();
    }
    case Op::multiply: {
      double a = left();
      return a * right();
    }
    case Op::divide: {
      double a = left();
      return a / right();
    }
    case Op::modulo: {
      double a = left();
      double b = right();
      return b == 0 ? NAN : std::fmod(a, b);
    }
    case Op::negate:
      return -left();
    case Op::or_:
    case Op::and_:
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return truth(index, here) ? 1 : 0;
    case Op::unite:
    case Op::path: {
      Ref ref;
      return first(index, here, ref) ? number_of(ref) : NAN;
    }
    case Op::call:
      break;
  }
  Call call{*this, item, here};
  switch (item.type) {
    case Type::number:
      return item.function->number(call);
    case Type::truth:
      return item.function->truth(call) ? 1 : 0;
    case Type::text:
      return to_number(item.function->text(call));
    case Type::nodes: {
      Ref ref;
      return first(index, here, ref) ? number_of(ref) : NAN;
    }
    case Type::any:
      return number_of(call_any(item, here));
  }
  return NAN;
}

bool Evaluator::truth(uint32_t index, const Here& here) {
  if (spent()) return false;
  const Item& item = program.items[index];
  switch (item.op) {
    case Op::or_:
      return truth(program.args[item.args], here) || truth(program.args[item.args + 1], here);
    case Op::and_:
      return truth(program.args[item.args], here) && truth(program.args[item.args + 1], here);
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return compare(item, here);
    case Op::text:
      return !item.text.empty();
    case Op::unite:
    case Op::path: {
      Ref ref;
      return first(index, here, ref);
    }
    case Op::call:
      break;
    default: {
      double n = number(index, here);
      return n != 0 && !std::isnan(n);
    }
  }
  Call call{*this, item, here};
  switch (item.type) {
    case Type::truth:
      return item.function->truth(call);
    case Type::number: {
      double n = item.function->number(call);
      return n != 0 && !std::isnan(n);
    }
    case Type::text:
      return !item.function->text(call).empty();
    case Type::nodes: {
      Ref ref;
      return first(index, here, ref);
    }
    case Type::any:
      return truth_of(call_any(item, here));
  }
  return false;
}

Str Evaluator::text(uint32_t index, const Here& here) {
  if (spent()) return {};
  const Item& item = program.items[index];
  switch (item.type) {
    case Type::number:
      return number_as_text(number(index, here));
    case Type::truth:
      return truth(index, here) ? "true" : "false";
    case Type::text:
      return item.op == Op::text ? Str(item.text) : item.function->text(Call{*this, item, here});
    case Type::nodes: {
      Ref ref;
      return first(index, here, ref) ? text_of(ref) : Str();
    }
    case Type::any:
      return text_of(call_any(item, here));
  }
  return {};
}

Dyn Evaluator::call_any(const Item& item, const Here& here) {
  if (!item.function)
    return Dyn::of(fail("there is no function " + item.text + "() that takes these arguments"));
  return item.function->any(Call{*this, item, here});
}

Dyn Evaluator::any(uint32_t index, const Here& here) {
  const Item& item = program.items[index];
  switch (item.type) {
    case Type::number:
      return Dyn::of(number(index, here));
    case Type::truth:
      return Dyn::of_truth(truth(index, here));
    case Type::text:
      return Dyn::of(text(index, here));
    case Type::any:
      return spent() ? Dyn() : call_any(item, here);
    case Type::nodes: {
      Dyn value;
      value.type = Type::nodes;
      value.nodes = std::make_unique<Lease>(scratch);
      nodes(index, here, **value.nodes);
      return value;
    }
  }
  return {};
}

uint32_t Evaluator::anchor(const Direct& direct, const Here& here) const {
  Ref from = direct.from_current || here.node.document != 0 ? current : here.node;
  uint32_t frame = world.instance->frame_of(from.node & ~Ref::text_of);
  for (uint16_t i = 0; i < direct.climb; ++i) frame = world.instance->frame(frame).parent;
  return frame;
}

bool Evaluator::first(uint32_t index, const Here& here, Ref& out) {
  const Item& item = program.items[index];
  if (item.op == Op::path) {
    const Path& path = path_of(item);
    if (path.direct.known) {
      uint32_t frame = anchor(path.direct, here);
      auto take = [&](uint32_t node) {
        out = {0, node};
        return false;
      };
      return !each(path.direct, frame, 0, take);
    }
  }
  Lease list(scratch);
  nodes(index, here, *list);
  if (list->empty()) return false;
  out = list->front();
  return true;
}

void Evaluator::nodes(uint32_t index, const Here& here, Nodes& out) {
  if (spent()) return;
  const Item& item = program.items[index];
  switch (item.op) {
    case Op::path: {
      const Path& path = path_of(item);
      if (path.nowhere) return;
      if (!path.direct.known) return walk(path, here, out);
      auto take = [&](uint32_t node) {
        out.push_back({0, node});
        return !spent();
      };
      each(path.direct, anchor(path.direct, here), 0, take);
      return;
    }
    case Op::unite:
      nodes(program.args[item.args], here, out);
      nodes(program.args[item.args + 1], here, out);
      return in_order(out, world);
    case Op::call:
      if (item.type == Type::nodes) return item.function->nodes(Call{*this, item, here}, out);
      if (item.type == Type::any) {
        Dyn value = any(index, here);
        if (value.type == Type::nodes) out.insert(out.end(), (*value.nodes)->begin(), (*value.nodes)->end());
      }
      return;
    default:
      return;
  }
}

void Evaluator::keep_if(const std::vector<uint32_t>& predicates, size_t from, Nodes& list) {
  for (uint32_t predicate : predicates) {
    size_t kept = from;
    size_t size = list.size() - from;
    Type type = program.items[predicate].type;
    for (size_t i = from; i < list.size(); ++i) {
      if (spent()) return list.clear();
      Here inside{list[i], i - from + 1, size};
      bool holds = false;
      if (type == Type::number) {
        holds = number(predicate, inside) == static_cast<double>(inside.position);
      } else if (type == Type::any) {
        Dyn value = any(predicate, inside);
        holds = value.type == Type::number ? value.number == static_cast<double>(inside.position)
                                           : truth_of(value);
      } else {
        holds = truth(predicate, inside);
      }
      if (holds) list[kept++] = list[i];
    }
    list.resize(kept);
  }
}

void Evaluator::step(const Step& step, Ref from, Nodes& out) {
  if (from.document == 0 && world.instance) return step_instance(*this, step, from.node, out);
  const Document& document = world.documents[from.document];
  if (document.tree)
    step_tree(world, step, from, out);
  else if (document.table)
    step_table(world, step, from, out);
}

void Evaluator::walk(const Path& path, const Here& here, Nodes& out) {
  Lease now(scratch);
  size_t first = 0;
  switch (path.start) {
    case Start::context:
      now->push_back(here.node);
      break;
    case Start::current:
      now->push_back(current);
      break;
    case Start::root:
      now->push_back(world.document_root);
      // The root node of an interview's form stands for the document: its name is the first step.
      if (world.instance && world.document_root.document == 0 && !path.steps.empty() &&
          path.steps[0].axis == Axis::child)
        first = 1;
      break;
    case Start::question:
      break;  // below
    case Start::list: {
      Ref root;
      if (path.list >= 0)
        now->push_back({static_cast<uint32_t>(path.list) + 1, 0});
      else if (world.document_named(path.text, root))
        now->push_back(root);
      break;
    }
    case Start::expression:
      nodes(path.inner, here, *now);
      break;
  }
  if (path.start == Start::question) {
    auto take = [&](uint32_t node) {
      now->push_back({0, node});
      return !spent();
    };
    each(path.direct, anchor(path.direct, here), 0, take);
  }
  keep_if(path.predicates, 0, *now);
  for (size_t s = first; s < path.steps.size(); ++s) {
    const Step& wanted = path.steps[s];
    Lease next(scratch);
    for (const Ref& ref : *now) {
      if (spent()) return;
      size_t before = next->size();
      if (!wanted.predicates.empty() && look_up(*this, wanted, ref, here, *next)) {
        keep_if(wanted.predicates, before, *next);
        continue;
      }
      step(wanted, ref, *next);
      bool backwards = wanted.axis == Axis::ancestor || wanted.axis == Axis::ancestor_or_self ||
                       wanted.axis == Axis::preceding || wanted.axis == Axis::preceding_sibling;
      if (wanted.predicates.empty()) continue;
      if (backwards) std::reverse(next->begin() + static_cast<std::ptrdiff_t>(before), next->end());
      keep_if(wanted.predicates, before, *next);
      if (backwards && before < next->size())
        std::reverse(next->begin() + static_cast<std::ptrdiff_t>(before), next->end());
    }
    bool mixes = wanted.axis != Axis::self && wanted.axis != Axis::attribute &&
                 (wanted.axis != Axis::child || (s > 0 && path.steps[s - 1].axis != Axis::child));
    if (next->size() > 1 && now->size() > 1 && mixes) in_order(*next, world);
    std::swap(*now, *next);
  }
  out.insert(out.end(), now->begin(), now->end());
}

}  // namespace language
