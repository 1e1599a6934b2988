// The trigger column: the calculation of a question, or the place of a background-geopoint, is taken when another
// question changes.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"
#include "forms/definition/references.h"

namespace definition {
namespace {

bool is_visible(const Node& node) {
  bool filled = node.calculation || !node.calculation.source.empty() || !node.trigger.source.empty();
  return node.type && node.type->control && node.type->control(node).kind != ControlKind::hidden &&
         !(filled && node.label.empty() && node.hint.empty());
}

// The questions of "${a}, ${b}"; what is none is told.
std::vector<NodeIndex> named_in(Reading& reading, const Node& node) {
  std::vector<NodeIndex> out;
  const std::string& cell = node.trigger.source;
  for (size_t at = 0; at <= cell.size();) {
    size_t end = std::min(cell.find(',', at), cell.size());
    std::string part = base::trim(cell.substr(at, end - at));
    at = end + 1;
    if (part.empty()) continue;
    std::vector<Reference> found = references_in(part);
    if (found.size() != 1 || !is_reference(part)) {
      reading.say(
          Severity::error, node.trigger.place, "bad_trigger",
          "\"" + part + "\" is no list of questions; write ${name}, and a comma between two: ${a}, ${b}");
      continue;
    }
    std::vector<NodeIndex> named;
    for (NodeIndex one : reading.survey.named(found[0].name))
      if (reading.survey.nodes[one].kind == NodeKind::question) named.push_back(one);
    if (named.empty()) {
      std::string near = base::nearest(found[0].name, reading.survey.all_names());
      reading.say(Severity::error, node.trigger.place, "unknown_name",
                  "no question named \"" + found[0].name + "\"" +
                      (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
      continue;
    }
    if (!is_visible(reading.survey.nodes[named[0]]))
      reading.say(Severity::error, node.trigger.place, "hidden_trigger",
                  "nobody sees \"" + found[0].name + "\", so nobody can change it and set this off");
    out.push_back(named[0]);
  }
  return out;
}

}  // namespace

void take_triggers(Reading& reading) {
  Survey& survey = reading.survey;
  for (NodeIndex i = 1; i < survey.nodes.size(); ++i) {
    Node& node = survey.nodes[i];
    std::string_view kind = node.kind == NodeKind::question && node.type ? node.type->words.front() : "";
    if (kind == "start-geopoint")
      survey.actions.push_back({.kind = Action::Kind::set_place, .events = first_load, .target = i});
    if (kind == "background-audio")
      survey.actions.push_back({.kind = Action::Kind::record_audio, .events = load, .target = i});
    if (node.trigger.source.empty()) continue;
    for (NodeIndex trigger : named_in(reading, node)) {
      Action action;
      action.kind = kind == "background-geopoint" ? Action::Kind::set_place : Action::Kind::set_value;
      action.events = value_changed;
      action.target = i;
      action.trigger = trigger;
      if (action.kind == Action::Kind::set_value) action.value = node.calculation;
      survey.actions.push_back(std::move(action));
    }
    if (kind != "background-geopoint") node.calculation = {};
  }
}

}  // namespace definition
