// Walking through an interview as it stands now: questions in document order, hidden ones passed over.
//
//   for (NodeId q = next_question(session, 0); q != engine::no_id; q = next_question(session, q)) …
//
// The interview may change between two steps (an answer opens a group, a count adds instances): the walk goes
// on from where it is. Cost: the distance walked.
#pragma once

#include "forms/engine/session.h"

namespace app {

// The next relevant question that has a screen (notes included, calculations not) after `from` in document
// order; engine::no_id at the end. `from` 0 begins at the start.
engine::NodeId next_question(const engine::Session& session, engine::NodeId from);
engine::NodeId previous_question(const engine::Session& session,
                                 engine::NodeId from);  // no_id before the first

engine::NodeId first_question(const engine::Session& session, engine::NodeId inside);  // no_id: it has none
bool is_shown(const engine::Session& session, engine::NodeId node);  // has a screen, relevant or not
// Whether a person can answer it: shown, not a note, not read-only, of a type that is supported.
bool is_answerable(const engine::Session& session, engine::NodeId node);

}  // namespace app
