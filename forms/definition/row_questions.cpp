// A row of the survey sheet that is a question: its type, its list, and what it must not be without.
#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/references.h"
#include "forms/definition/rows.h"

namespace definition {
namespace {

bool ends_with(const std::string& text, std::string_view tail) {
  return text.size() > tail.size() &&
         base::lower(text).compare(text.size() - tail.size(), tail.size(), tail) == 0;
}

const QuestionType* type_named(QuestionTypes types, std::string_view word) {
  for (const QuestionType* type : types)
    if (type->words.front() == word) return type;
  return nullptr;
}

// "Please specify", in the languages of the form; English where we have no words.
std::string specify_in(std::string_view code) {
  static const std::map<std::string_view, std::string_view> words = {
      {"fr", "Précisez."}, {"ar", "حدِّد من فضلك."}, {"tr", "Lütfen belirtin."}, {"nl", "Licht toe."}};
  auto at = words.find(code);
  return std::string(at == words.end() ? "Specify other." : at->second);
}

}  // namespace

void Rows::question(const std::string& type_cell, std::string name) {
  TypeWord word = type_of(type_cell, reading_.types);
  if (!word.type) {
    if (other_row(type_cell, name)) return;
    std::string first = base::lower(base::collapse(type_cell));
    std::string near = base::nearest(first.substr(0, first.find(' ')), type_words(reading_.types));
    return say(Severity::error, "type", "unknown_type",
               "there is no question type \"" + type_cell + "\"" +
                   (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
  }
  std::string kind(word.type->words.front());
  if (kind == "audit") {
    if (!name.empty() && name != "audit")
      say(Severity::error, "name", "audit_name",
          "the audit is always called \"audit\"; leave its name empty");
    name = "audit";
  }
  bool is_note = word.type->data == DataType::none;
  if (name.empty() && word.type->capture != Capture::none) name = kind;
  if (!check_name(name, !is_note, NodeKind::question)) return;
  add(NodeKind::question, name);
  size_t index = reading_.survey.nodes.size() - 1;
  {
    Node& node = reading_.survey.nodes[index];
    fill(node);
    node.type = word.type;
    node.type_word = base::collapse(type_cell);
    node.in_table_list =
        reading_.survey.nodes[open_.back()].appearance.find("table-list") != std::string::npos;
    check_parameters(reading_, node, place("parameters"));
    if (kind == "range")
      for (const char* key : {"start", "end", "step"})
        if (auto at = node.parameters.find(key);
            at != node.parameters.end() && at->second.find('.') != std::string::npos)
          node.bound = DataType::decimal;
    old_limits(type_cell, node);
    if (!word.type->not_yet.empty())
      say(Severity::note, "type", "not_yet_type", "\"" + kind + "\": " + std::string(word.type->not_yet));
  }
  if (kind == "osm" && !word.argument.empty()) reading_.survey.nodes[index].extra["osm_list"] = word.argument;
  if (word.type->takes_list) take_list(index, word);
  need_label(reading_.survey.nodes[index]);
  need_calculation(reading_.survey.nodes[index]);
  Node& node = reading_.survey.nodes[index];
  if (node.in_table_list && word.type->takes_list) table_list(node, word);
  if (word.or_other && !node.choice_filter.source.empty())
    say(Severity::error, "choice_filter", "filtered_other",
        "or_other adds a choice to the whole list, so it cannot have a choice_filter; write the choice "
        "\"other\" into "
        "the list and ask for it with a question of its own");
  // Filled by the form and shown to nobody: other tools give it no control either.
  bool filled = !node.calculation.source.empty() || !node.trigger.source.empty();
  bool said = !node.label.empty() || !node.hint.empty();
  if (filled && !said && node.type->control && node.type->control(node).kind != ControlKind::hidden) {
    if (node.bound == DataType::none) node.bound = node.type->data;
    node.type = type_named(reading_.types, "calculate");
  }
  if (word.or_other && node.list >= 0 && node.roster == no_node) {
    Node asked = node;
    add_other(asked);
  }
}

// Rows that are no question: side files, settings written in the survey sheet, and what only Kobo knows.
bool Rows::other_row(const std::string& type_cell, const std::string& name) {
  std::string whole = base::lower(base::collapse(type_cell));
  std::string first = whole.substr(0, whole.find(' '));
  if (first == "csv-external" || first == "xml-external") {
    external_instance(first, name);
    return true;
  }
  if (first.rfind("score__", 0) == 0 || first.rfind("rank__", 0) == 0) {
    say(Severity::note, "type", "not_yet_type",
        "\"" + first + "\" is not yet supported; the row is passed over");
    return true;
  }
  if (first == "cascading_select" || whole.rfind("cascading select", 0) == 0) {
    say(Severity::error, "type", "old_cascade",
        "cascading_select is gone; ask a select_one for each level, with a choice_filter that names the "
        "level above");
    return true;
  }
  const std::pair<std::string_view, const char*> settings[] = {{"set form title", "form_title"},
                                                               {"form_title", "form_title"},
                                                               {"set form id", "form_id"},
                                                               {"form_id", "form_id"}};
  for (const auto& [written, setting] : settings)
    if (whole == written) {
      (std::string_view(setting) == "form_id" ? reading_.survey.form_id : reading_.survey.title) = name;
      reading_.survey.settings[setting] = name;
      return true;
    }
  return false;
}

// What is asked says something: a label, a picture, or at least a hint.
void Rows::need_label(const Node& node) {
  bool filled = !node.calculation.source.empty() || !node.trigger.source.empty();
  bool asked = node.type->control && node.type->control(node).kind != ControlKind::hidden;
  if (filled || !asked || !node.label.empty() || !node.hint.empty() || !node.media.empty()) return;
  say(Severity::error, "label", "no_label",
      "the question \"" + node.name + "\" has neither label nor hint, so nobody would know what is asked");
}

void Rows::need_calculation(const Node& node) {
  std::string_view kind = node.type->words.front();
  if (kind == "calculate" && base::lower(node.type_word) != "hidden" && node.calculation.source.empty() &&
      node.default_value.source.empty() && node.trigger.source.empty())
    say(Severity::warning, "calculation", "no_calculation", "the calculation \"" + node.name + "\" is empty");
  if (kind != "background-geopoint") return;
  if (node.trigger.source.empty())
    say(Severity::error, "trigger", "no_trigger",
        "a background-geopoint is taken when another question changes; name it in the column trigger as "
        "${name}");
  if (!node.calculation.source.empty())
    say(Severity::error, "calculation", "calculated_place",
        "a background-geopoint takes the place where the device is, so its calculation must be empty");
}

// Old types that were a number with its limits.
void Rows::old_limits(const std::string& type_cell, Node& node) {
  const std::pair<std::string_view, const char*> limits[] = {{"percentage", "100"},
                                                             {"number of days in last month", "31"},
                                                             {"number of days in last six months", "183"},
                                                             {"number of days in last year", "365"}};
  for (const auto& [written, most] : limits)
    if (base::lower(base::collapse(type_cell)) == written && node.constraint.source.empty())
      node.constraint = {std::string("0 <= . and . <= ") + most, place("type"), {}};
}

void Rows::take_list(size_t index, const TypeWord& word) {
  Survey& survey = reading_.survey;
  std::string kind(word.type->words.front());
  if (word.argument.empty())
    return say(Severity::error, "type", "no_list", "this type needs the name of a list: " + kind + " LIST");
  if (word.argument.rfind("${", 0) == 0) return;  // a roster: found when all names are known
  bool file = takes_file(*word.type) || ends_with(word.argument, ".csv") ||
              ends_with(word.argument, ".xml") || ends_with(word.argument, ".geojson");
  if (takes_file(*word.type) && !ends_with(word.argument, ".csv") && !ends_with(word.argument, ".xml") &&
      !ends_with(word.argument, ".geojson"))
    return say(
        Severity::error, "type", "file_kind",
        "choices are read from .csv, .xml and .geojson files, and \"" + word.argument + "\" is none of them");
  std::vector<std::string> searched = files_in(plain_logic(survey.nodes[index].appearance), "search");
  if (file && !searched.empty())
    return say(Severity::error, "appearance", "searched_file",
               "search() and a select from a file exclude each other; take one of the two out");
  if (file) {
    std::string id = word.argument.substr(0, word.argument.rfind('.'));
    bool csv = ends_with(word.argument, ".csv");
    reading_.attached.push_back(
        {id, (csv ? "jr://file-csv/" : "jr://file/") + word.argument, place("type"), false});
    survey.nodes[index].list = file_list_for(reading_, survey.nodes[index], word.argument, place("type"));
    return;
  }
  bool outside = base::lower(survey.nodes[index].type_word).rfind("select_one_external", 0) == 0;
  int list = list_for(reading_, word.argument, outside, place("type"));
  if (list < 0) return;
  const ChoiceList& found = survey.lists[static_cast<size_t>(list)];
  if (word.type->data == DataType::choices)
    for (uint32_t row = 0; row < found.size(); ++row)
      if (found.value(row).find(' ') != std::string_view::npos)
        reading_.say(Severity::error, {"choices", found.sheet_rows[row], "name", 0}, "spaced_choice",
                     "the choice \"" + std::string(found.value(row)) + "\" of \"" + found.name +
                         "\" has a space in its name, and a space parts the answers of a select_multiple");
  if (outside && survey.nodes[index].choice_filter.source.empty())
    say(Severity::warning, "choice_filter", "unfiltered_external",
        "select_one_external is meant for long lists with a choice_filter, and this one has none");
  if (!searched.empty() && found.size() > 0)
    list = searched_list(survey.nodes[index], searched.front(), survey.lists[static_cast<size_t>(list)]);
  if (word.or_other && searched.empty()) list = with_other(reading_, list);
  survey.nodes[index].list = list;
}

// Selects of a table-list stand under one row of choices.
void Rows::table_list(const Node& node, const TypeWord& word) {
  auto [at, first] = tables_.try_emplace(open_.back(), word.argument);
  if (first && !node.choice_filter.source.empty())
    return say(
        Severity::error, "choice_filter", "filtered_table",
        "a table-list shows its choices once, above its questions, so they cannot have a choice_filter");
  if (at->second != word.argument)
    say(Severity::error, "type", "crossed_table",
        "all questions of a table-list take their choices from one list; this one is \"" + word.argument +
            "\", the first is \"" + at->second + "\"");
}

// search('fruits'): the choice in the sheet names the columns of fruits.csv that hold values and labels.
int Rows::searched_list(const Node& node, const std::string& file, const ChoiceList& list) {
  Node columns;
  columns.parameters["value"] = std::string(list.value(0));
  for (size_t i = 0; i < list.label_columns.size(); ++i)
    if (std::string label(list.label(0, static_cast<int>(i)));
        !label.empty() && columns.parameters["label"].empty())
      columns.parameters["label"] = base::trim(label.substr(0, label.find(',')));
  size_t call = node.appearance.find("search(");
  if (node.appearance.find(',', call) < node.appearance.find(')', call))
    say(Severity::note, "appearance", "not_yet_search",
        "search() does not filter yet: every row of " + file + " is offered");
  int made = file_list_for(reading_, columns, file, place("appearance"));
  reading_.survey.lists[static_cast<size_t>(made)].searched = true;
  return made;
}

// csv-external NAME: NAME.csv for instance('NAME') in expressions; xml-external NAME.xml.
void Rows::external_instance(const std::string& kind, const std::string& name) {
  if (name.empty())
    return say(Severity::error, "name", "no_name", "this row needs the name of the file, without .csv");
  bool csv = kind == "csv-external";
  std::string file = name + (csv ? ".csv" : ".xml");
  reading_.attached.push_back({name, (csv ? "jr://file-csv/" : "jr://file/") + file, place("name"), false});
  int made = file_list_for(reading_, Node{}, file, place("name"), false);
  reading_.survey.lists[static_cast<size_t>(made)].declared_before =
      static_cast<uint32_t>(reading_.survey.nodes.size());
}

// select_one L or_other: a text that is asked when "other" is chosen.
void Rows::add_other(const Node& asked) {
  Survey& survey = reading_.survey;
  Node& node = add(NodeKind::question, asked.name + "_other");
  for (size_t i = 0; i < survey.languages.size(); ++i)
    node.label.source.push_back(specify_in(survey.language_code(static_cast<int>(i))));
  node.label.untranslated =
      std::all_of(node.label.source.begin(), node.label.source.end(),
                  [&](const std::string& one) { return one == node.label.source.front(); });
  node.relevant = {"selected(../" + asked.name + ", 'other')", place("type"), {}};
  node.type_word = "text";
  node.type = type_named(reading_.types, "text");
}

}  // namespace definition
