#include "forms/language/evaluate.h"

#include <cmath>

#include "forms/language/evaluator.h"

namespace language {
namespace {

// One evaluation: its scratch room, and whether it went beyond its bounds.
class Evaluation {
 public:
  Evaluation(const Expression& expression, const World& world, Ref here)
      : evaluator_(*expression.program(), world, here), here_{here} {
    world.scratch().start();
    ++world.scratch().depth;
  }
  ~Evaluation() { --evaluator_.scratch.depth; }
  Evaluator* operator->() { return &evaluator_; }
  uint32_t root() const { return evaluator_.program.root; }
  const Here& here() const { return here_; }
  bool spent() const { return evaluator_.scratch.steps > World::most_steps; }

 private:
  Evaluator evaluator_;
  Here here_;
};

}  // namespace

World::World() : scratch_(std::make_unique<Scratch>()) {}
World::~World() = default;

void World::set_clock(base::Clock& to) {
  clock = &to;
  zone = Zone::of(to);
}

World::Failure World::failed() const {
  if (scratch_->steps <= most_steps) return Failure::none;
  if (!scratch_->failure.empty()) return Failure::no_function;
  return scratch_->full ? Failure::too_much_text : Failure::too_long;
}

std::string World::failure() const {
  switch (failed()) {
    case Failure::none:
      return {};
    case Failure::too_long:
      return "this takes too long to evaluate";
    case Failure::too_much_text:
      return "this makes too long a text";
    case Failure::no_function:
      return scratch_->failure;
  }
  return {};
}

uint64_t World::take_steps() const {
  uint64_t taken = scratch_->steps_before + scratch_->steps;
  scratch_->steps_before = scratch_->steps = 0;
  scratch_->failure.clear();
  return taken;
}

bool World::document_named(std::string_view, Ref&) const {
  return false;
}
std::string World::choice_label(Ref, uint32_t, std::string_view) const {
  return {};
}
std::string World::itext(std::string_view) const {
  return {};
}
std::string World::property(std::string_view) const {
  return {};
}
std::string World::last_saved(std::string_view) const {
  return {};
}

double evaluate_number(const Expression& expression, const World& world, Ref here) {
  if (expression.empty()) return NAN;
  Evaluation e(expression, world, here);
  double number = e->number(e.root(), e.here());
  return e.spent() ? NAN : number;
}

bool evaluate_truth(const Expression& expression, const World& world, Ref here) {
  if (expression.empty()) return false;
  Evaluation e(expression, world, here);
  bool truth = e->truth(e.root(), e.here());
  return truth && !e.spent();
}

bool evaluate_condition(const Expression& expression, const World& world, Ref here) {
  if (expression.empty()) return false;
  Evaluation e(expression, world, here);
  bool truth = false;
  if (e->program.items[e.root()].type == Type::nodes) {
    Str text = e->text(e.root(), e.here());
    truth = !text.empty() && text != "false" && e->to_number(text) != 0;
  } else {
    truth = e->truth(e.root(), e.here());
  }
  return truth && !e.spent();
}

void evaluate_text(const Expression& expression, const World& world, Ref here, std::string& out) {
  out.clear();
  if (expression.empty()) return;
  Evaluation e(expression, world, here);
  Str text = e->text(e.root(), e.here());
  if (!e.spent()) out.assign(text);
}

void evaluate_nodes(const Expression& expression, const World& world, Ref here, std::vector<Ref>& out) {
  out.clear();
  if (expression.empty()) return;
  Evaluation e(expression, world, here);
  e->nodes(e.root(), e.here(), out);
  if (e.spent()) out.clear();
}

void evaluate_answer(const Expression& expression, const World& world, Ref here, Outcome& out) {
  out.is_number = false;
  out.text.clear();
  if (expression.empty()) return;
  Evaluation e(expression, world, here);
  if (e->program.items[e.root()].type == Type::number) {
    double number = e->number(e.root(), e.here());
    out.is_number = !std::isnan(number) && !e.spent();
    out.number = number;
    return;
  }
  Dyn value = e->any(e.root(), e.here());
  if (e.spent()) return;
  if (value.type == Type::number) {
    out.is_number = !std::isnan(value.number);
    out.number = value.number;
  } else {
    out.text.assign(e->text_of(value));
  }
}

Value evaluate(const Expression& expression, const World& world, Ref here) {
  Value out;
  if (expression.empty()) return out;
  Evaluation e(expression, world, here);
  Dyn value = e->any(e.root(), e.here());
  if (e.spent()) return out;
  switch (value.type) {
    case Type::number:
      out.kind = Value::Kind::number;
      out.number = value.number;
      break;
    case Type::truth:
      out.kind = Value::Kind::truth;
      out.truth = value.truth;
      break;
    case Type::nodes:
      out.kind = Value::Kind::nodes;
      out.nodes = **value.nodes;
      break;
    case Type::text:
    case Type::any:
      out.text.assign(value.text);
  }
  return out;
}

std::string text_of(Ref node, const World& world) {
  static const Program nothing;
  world.scratch().start();
  return std::string(Evaluator(nothing, world, node).text_of(node));
}

}  // namespace language
