// Evaluates a compiled expression at a node of an interview or of any document.
//
//   double n = evaluate_number(expression, world, {0, node});      // asks for the type that is wanted
//   Value v = evaluate(expression, world, here);                   // or takes what comes
//
// Nothing is changed but the world's scratch room. Bounded: World::most_steps steps and Scratch::most_text of
// text an evaluation; beyond that the result is blank (NaN, false, no node), never a wrong answer. Cost: linear in
// the nodes visited; a path to a question of the form costs the repeats between, whatever the form's size.
#pragma once

#include "forms/language/expression.h"
#include "forms/language/value.h"
#include "forms/language/world.h"

namespace language {

Value evaluate(const Expression& expression, const World& world, Ref here);
double evaluate_number(const Expression& expression, const World& world, Ref here);
bool evaluate_truth(const Expression& expression, const World& world, Ref here);
// As a condition of a form: where it gives a question, its answer decides, and "", "0" and "false" are no, as Collect
// has it. XPath alone would ask only whether the question is there.
bool evaluate_condition(const Expression& expression, const World& world, Ref here);
void evaluate_text(const Expression& expression, const World& world, Ref here, std::string& out);  // replaces
void evaluate_nodes(const Expression& expression, const World& world, Ref here, std::vector<Ref>& out);

// What an expression gives, stored as an answer is: a number as one, NaN as blank, all else as text.
struct Outcome {
  bool is_number = false;
  double number = 0;
  std::string text;
};
void evaluate_answer(const Expression& expression, const World& world, Ref here, Outcome& out);

std::string text_of(Ref node, const World& world);

}  // namespace language
