// Action: something a form does by itself when something happens: a value set once, when a question changes, when
// an instance of a repeat is made.
//
//   {.events = Event::first_load | Event::new_repeat, .target = born, .value = "today()"}
//
// Source: https://getodk.github.io/xforms-spec/#actions; XLSForm's dynamic defaults and triggers are such.
#pragma once

#include <string>
#include <vector>

#include "forms/definition/text.h"

namespace definition {

enum Event : unsigned {
  first_load = 1,     // odk-instance-first-load: once in an interview
  load = 2,           // odk-instance-load: each time it is opened
  new_repeat = 4,     // odk-new-repeat: once in each instance that somebody or a count adds
  value_changed = 8,  // xforms-value-changed: of the question `trigger`
};

struct Action {
  enum class Kind { set_value, set_place, record_audio };
  Kind kind = Kind::set_value;
  unsigned events = 0;  // of Event
  language::NodeIndex target = language::no_node;
  language::NodeIndex trigger = language::no_node;  // of value_changed; the repeat of new_repeat
  Logic where = {};                                 // which instances of the target, where the form says
  Logic value = {};                                 // set_value: what; empty: the literal
  std::string literal = {};
};

}  // namespace definition
