// NoAnswer: don't know, refuses, does not apply: which of them a question has a place for, and how it is stored.
//
//   for (NoAnswer why : no_answers(session, node)) show(why);
//   interview.store(node, *no_answer_value(session, node, NoAnswer::dont_know));
//
// Of choices: the one whose x_value is -98, -99 or -97, else the one named dk, ref or na. Of numbers: the same
// codes, where the question's constraint lets the code pass and stops its neighbours, so that a code never stands
// where it could be a real answer. Other questions have no place for it: they are left blank.
// Source: the study's codes of missing values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/app/views_question.h"
#include "forms/engine/session.h"

namespace app {

std::vector<NoAnswer> no_answers(const engine::Session& session, engine::NodeId node);
std::optional<std::string> no_answer_value(const engine::Session& session, engine::NodeId node, NoAnswer why);
std::optional<NoAnswer> no_answer_of(const engine::Session& session, engine::NodeId node);  // what is said now

}  // namespace app
