// Entity: what a finished interview makes, or changes, in a list of entities: trees, households, patients.
//
//   {.list = "trees", .holder = 0, .label = {"${species}"}}     // one new tree an interview
//
// Questions say by `save_to` (Node::extra) which property they fill: "height", or "trees#height" where there are
// several entities. Source: https://getodk.github.io/xforms-spec/entities (read 2026-11-23).
#pragma once

#include <string>

#include "forms/definition/text.h"

namespace definition {

struct Entity {
  std::string list;
  language::NodeIndex holder = 0;  // the group, repeat or form it is made in; no container holds two
  Logic id;                        // of the entity that is changed; none: a new one
  Logic create_if, update_if, label;
  Place place;
};

}  // namespace definition
