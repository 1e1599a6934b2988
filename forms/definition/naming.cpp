// Names that mean two things: references that two questions answer to, nodes that other tools make themselves, and
// secondary instances of one id from two sources.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"
#include "forms/definition/references.h"

namespace definition {
namespace {

class Names {
 public:
  explicit Names(Reading& reading) : reading_(reading), survey_(reading.survey) {}

  void look(const std::string& source, const Place& place, bool is_text = false) {
    if (source.find("${") == std::string::npos) return;
    if (is_text && broken_reference(source) != std::string::npos && told_.insert(address(place)).second)
      reading_.say(Severity::error, place, "broken_reference",
                   "a question is named as ${name}: with both braces, and nothing but its name between them");
    for (const Reference& r : references_in(source)) {
      if (survey_.named(r.name).size() < 2 || !told_.insert(address(place) + " " + r.name).second) continue;
      auto all = survey_.named(r.name);
      reading_.say(Severity::error, place, "two_meanings",
                   "${" + r.name + "} means two: the one of row " +
                       std::to_string(survey_.nodes[all[0]].place.row) + " and the one of row " +
                       std::to_string(survey_.nodes[all[1]].place.row) + "; rename one");
    }
  }
  void look(const Logic& logic) { look(logic.source, logic.place); }
  void look(const Text& text, int row, const char* column) {
    for (size_t i = 0; i < text.source.size(); ++i)
      look(text.source[i], reading_.survey_columns->place(row, column, survey_.languages[i]), true);
  }

 private:
  Reading& reading_;
  const Survey& survey_;
  std::set<std::string> told_;
};

// What the reference-geometry of a place may be: a list, a file beside the form, or a repeat.
void check_geometry(Reading& reading, const Node& node) {
  auto at = node.parameters.find("reference-geometry");
  if (at == node.parameters.end()) return;
  const std::string& wanted = at->second;
  const Survey& survey = reading.survey;
  bool good = std::any_of(survey.lists.begin(), survey.lists.end(),
                          [&](const ChoiceList& list) { return list.name == wanted && !list.from_file; }) ||
              std::any_of(survey.entities.begin(), survey.entities.end(),
                          [&](const Entity& entity) { return entity.list == wanted; });
  for (const Attached& one : reading.attached) good = good || (one.id == wanted && !one.by_expression);
  if (is_reference(wanted))
    for (NodeIndex named : survey.named(references_in(wanted)[0].name))
      good = good || survey.nodes[named].kind == NodeKind::repeat;
  if (!good)
    reading.say(Severity::error, reading.survey_columns->place(node.place.row, "parameters"), "bad_parameter",
                "reference-geometry is \"" + wanted +
                    "\"; it must be a list of the choices or entities sheet, a file beside the form without "
                    "its ending, "
                    "or a repeat as ${name}");
}

}  // namespace

void check_names(Reading& reading) {
  Names names(reading);
  Survey& survey = reading.survey;
  for (const Node& node : survey.nodes) {
    for (const Logic* logic :
         {&node.relevant, &node.constraint, &node.required, &node.read_only, &node.calculation,
          &node.default_value, &node.choice_filter, &node.repeat_count, &node.trigger})
      names.look(*logic);
    names.look(node.label, node.place.row, "label");
    names.look(node.hint, node.place.row, "hint");
    names.look(node.guidance, node.place.row, "guidance_hint");
    names.look(node.constraint_message, node.place.row, "constraint_message");
    names.look(node.required_message, node.place.row, "required_message");
    if (auto seed = node.parameters.find("seed"); seed != node.parameters.end())
      names.look(seed->second, node.place);
    check_geometry(reading, node);
    // A count that is an expression becomes a calculation of its own in an XForm.
    if (node.kind != NodeKind::repeat || node.repeat_count.source.empty() ||
        is_reference(node.repeat_count.source))
      continue;
    for (NodeIndex sibling : survey.nodes[node.parent].children)
      if (survey.nodes[sibling].name == node.name + "_count")
        reading.say(Severity::error, reading.survey_columns->place(survey.nodes[sibling].place.row, "name"),
                    "name_taken",
                    "\"" + node.name + "_count\" is the name of the count that the repeat \"" + node.name +
                        "\" makes; give this question another, or let repeat_count be ${" + node.name +
                        "_count}");
  }
  for (const Action& action : survey.actions) names.look(action.value);
  names.look(survey.instance_name);
}

void check_instances(Reading& reading) {
  struct First {
    std::string source;
    Place place;
  };
  std::unordered_map<std::string, First> seen;
  auto look = [&](const std::string& id, const std::string& source, const Place& place) {
    auto [at, fresh] = seen.try_emplace(id, First{source, place});
    if (fresh || at->second.source == source) return;
    auto said = [](const std::string& from) {
      return from.empty() ? std::string("the choices sheet") : from.substr(from.rfind('/') + 1);
    };
    reading.say(Severity::error, place, "two_sources",
                "instance('" + id + "') would be two things: " + said(at->second.source) + " and " +
                    said(source) + "; rename one");
  };
  for (const Attached& one : reading.attached) look(one.id, one.source, one.place);
  for (const Node& node : reading.survey.nodes)
    for (const Logic* logic : {&node.relevant, &node.constraint, &node.required, &node.read_only,
                               &node.calculation, &node.default_value, &node.choice_filter})
      for (const Reference& r : references_in(logic->source))
        if (r.last_saved) look("__last-saved", "jr://instance/last-saved", logic->place);
  // A list that search() alone takes its columns from is no instance.
  std::unordered_map<std::string, const Node*> searched, plain;
  for (const Node& node : reading.survey.nodes) {
    if (!node.type || !node.type->takes_list) continue;
    bool search = !files_in(plain_logic(node.appearance), "search").empty();
    (search ? searched : plain).try_emplace(type_of(node.type_word, reading.types).argument, &node);
  }
  for (const auto& [list, node] : searched)
    if (auto other = plain.find(list); other != plain.end())
      reading.say(Severity::error, node->place, "shared_search",
                  "\"" + node->name + "\" looks its choices up by search(), and \"" + other->second->name +
                      "\" takes the same list \"" + list +
                      "\" as it stands; give one of them a list of its own");
  for (const ChoiceList& list : reading.survey.lists) {
    bool ours = !list.from_file && !list.missing && list.name.find(' ') == std::string::npos;
    if (ours && (!searched.contains(list.name) || plain.contains(list.name)))
      look(list.name, "", {"choices", list.sheet_rows.empty() ? 0 : list.sheet_rows[0], "list_name", 0});
  }
}

}  // namespace definition
