// The survey sheet's rows to nodes: questions, groups and repeats, with their cells as written.
#include <algorithm>
#include <set>

#include "forms/base/utf8.h"
#include "forms/definition/reading.h"

namespace definition {
namespace {

bool starts_name(uint32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}
bool continues_name(uint32_t c) {
  return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

std::map<std::string, std::string> parameters_of(const std::string& cell) {
  std::map<std::string, std::string> out;
  std::string spaced;
  for (char c : cell) spaced += c == ',' || c == ';' ? ' ' : c;
  // "rows = 3" and "rows=3" are the same.
  for (size_t at = spaced.find(" ="); at != std::string::npos; at = spaced.find(" =")) spaced.erase(at, 1);
  for (size_t at = spaced.find("= "); at != std::string::npos; at = spaced.find("= "))
    spaced.erase(at + 1, 1);
  size_t at = 0;
  while (at < spaced.size()) {
    size_t end = std::min(spaced.find(' ', at), spaced.size());
    std::string word = spaced.substr(at, end - at);
    if (size_t equals = word.find('='); equals != std::string::npos)
      out[base::lower(word.substr(0, equals))] = word.substr(equals + 1);
    at = end + 1;
  }
  return out;
}

class Rows {
 public:
  Rows(Reading& reading, const Sheet& sheet, const Columns& columns)
      : reading_(reading), sheet_(sheet), columns_(columns) {}

  void run() {
    open_ = {0};
    for (size_t r = 1; r < sheet_.rows.size(); ++r) {
      row(static_cast<int>(r) + 1, sheet_.rows[r]);
      if (reading_.survey.nodes.size() <= most_nodes && open_.size() <= deepest_group) continue;
      reading_.say(Severity::error, {sheet_.name, static_cast<int>(r) + 1, "", 0}, "too_large",
                   "a form has at most 100,000 questions, and groups at most 100 deep; the rest is not read");
      return;
    }
    for (size_t i = open_.size(); i > 1; --i) {
      const Node& node = reading_.survey.nodes[open_[i - 1]];
      const char* kind = node.kind == NodeKind::repeat ? "repeat" : "group";
      reading_.say(Severity::error, node.place, "not_closed",
                   std::string("this ") + kind + " is never closed; add a row end_" + kind);
    }
  }

 private:
  Place place(std::string_view column) const { return columns_.place(number_, column); }

  void row(int number, const std::vector<std::string>& cells) {
    number_ = number;
    cells_ = &cells;
    std::string type = columns_.text(cells, "type");
    std::string name = columns_.text(cells, "name");
    std::string disabled = base::lower(columns_.text(cells, "disabled"));
    if (disabled == "yes" || disabled == "true") return;
    if (type.empty()) {
      bool blank =
          std::all_of(cells.begin(), cells.end(), [](const std::string& c) { return base::trim(c).empty(); });
      if (!blank && !name.empty())
        reading_.say(Severity::warning, place("type"), "no_type", "this row has no type and is passed over");
      return;
    }
    if (!type.empty() && type[0] == '#') return;  // a comment, as people write them
    switch (bracket_of(type)) {
      case Bracket::begin_group:
        return open(NodeKind::group, name);
      case Bracket::begin_repeat:
        return open(NodeKind::repeat, name);
      case Bracket::end_group:
        return close(NodeKind::group);
      case Bracket::end_repeat:
        return close(NodeKind::repeat);
      case Bracket::none:
        return question(type, name);
    }
  }

  // A name that can stand in an expression; what is wrong is said.
  bool check_name(std::string& name, bool needed) {
    if (name.empty()) {
      if (!needed) {
        name = "row_" + std::to_string(number_);
        return true;
      }
      reading_.say(Severity::error, place("name"), "no_name", "this row has no name");
      return false;
    }
    std::vector<uint32_t> letters = base::code_points(name);
    if (!starts_name(letters[0]) && letters[0] >= '0' && letters[0] <= '9')
      reading_.say(Severity::note, place("name"), "digit_name",
                   "the name \"" + name + "\" begins with a digit; other tools refuse that");
    else if (!starts_name(letters[0]) || !std::all_of(letters.begin(), letters.end(), continues_name)) {
      reading_.say(Severity::error, place("name"), "bad_name",
                   "\"" + name +
                       "\" cannot be a name: only letters, digits, _, - and . may stand in it, and it begins "
                       "with a letter");
      return false;
    }
    if (name == "meta")
      reading_.say(Severity::note, place("name"), "reserved_name",
                   "\"meta\" is reserved by other tools; they refuse this form");
    std::string key = std::to_string(open_.back()) + "/" + name;
    if (!siblings_.insert(key).second) {
      reading_.say(Severity::error, place("name"), "duplicate_name",
                   "there is already a \"" + name + "\" in the same group; give one another name");
      return false;
    }
    if (!siblings_.insert(std::to_string(open_.back()) + "/ " + base::lower(name)).second)
      reading_.say(Severity::warning, place("name"), "similar_name",
                   "another name here differs from \"" + name + "\" only in capitals");
    return true;
  }

  Node& add(NodeKind kind, const std::string& name) {
    Survey& survey = reading_.survey;
    auto index = static_cast<NodeIndex>(survey.nodes.size());
    Node node;
    node.kind = kind;
    node.name = name;
    node.parent = open_.back();
    node.place = columns_.place(number_, "type");
    survey.nodes.push_back(std::move(node));
    survey.nodes[open_.back()].children.push_back(index);
    return survey.nodes.back();
  }

  void fill(Node& node) {
    const std::vector<std::string>& c = *cells_;
    node.label = reading_.texts(columns_, c, "label");
    node.hint = reading_.texts(columns_, c, "hint");
    node.guidance = reading_.texts(columns_, c, "guidance_hint");
    node.constraint_message = reading_.texts(columns_, c, "constraint_message");
    node.required_message = reading_.texts(columns_, c, "required_message");
    node.relevant = {columns_.logic(c, "relevant"), place("relevant"), {}};
    node.constraint = {columns_.logic(c, "constraint"), place("constraint"), {}};
    node.required = {columns_.logic(c, "required"), place("required"), {}};
    node.read_only = {columns_.logic(c, "read_only"), place("read_only"), {}};
    node.calculation = {columns_.logic(c, "calculation"), place("calculation"), {}};
    node.default_value = {columns_.text(c, "default"), place("default"), {}};
    node.choice_filter = {columns_.logic(c, "choice_filter"), place("choice_filter"), {}};
    node.repeat_count = {columns_.logic(c, "repeat_count"), place("repeat_count"), {}};
    node.appearance = columns_.text(c, "appearance");
    node.parameters = parameters_of(columns_.text(c, "parameters"));
    for (size_t i = 0; i < columns_.all().size() && i < c.size(); ++i) {
      const Column& column = columns_.all()[i];
      std::string value = base::nfc(base::trim(c[i]));
      if (!column.known && !value.empty() && !column.name.empty()) node.extra[column.name] = value;
    }
    for (const Logic* logic : {&node.relevant, &node.constraint, &node.required, &node.read_only,
                               &node.calculation, &node.default_value, &node.choice_filter})
      for (const std::string& file : files_in(logic->source, "pulldata"))
        if (!has_list(reading_, file.substr(0, file.size() - 4)))
          file_list_for(reading_, Node{}, file, logic->place, false);
    for (const char* media : {"image", "audio", "video", "big-image"})
      if (!reading_.texts(columns_, c, media).empty())
        reading_.say(Severity::note, columns_.place(number_, media), "not_yet_media",
                     "media beside a question are not yet shown");
    if (!columns_.text(c, "trigger").empty())
      reading_.say(Severity::note, place("trigger"), "not_yet_trigger",
                   "the trigger is kept; the calculation follows what it reads instead");
  }

  void open(NodeKind kind, std::string name) {
    if (!check_name(name, false)) name = "row_" + std::to_string(number_);
    Node& node = add(kind, name);
    fill(node);
    node.type_word = kind == NodeKind::repeat ? "begin_repeat" : "begin_group";
    open_.push_back(static_cast<NodeIndex>(reading_.survey.nodes.size() - 1));
  }

  void close(NodeKind kind) {
    const char* word = kind == NodeKind::repeat ? "repeat" : "group";
    if (open_.size() < 2) {
      reading_.say(Severity::error, place("type"), "not_open",
                   std::string("no ") + word + " is open here; take this row out");
      return;
    }
    const Node& inside = reading_.survey.nodes[open_.back()];
    if (inside.kind != kind)
      reading_.say(Severity::error, place("type"), "crossed",
                   std::string("this closes a ") + word + ", but the " +
                       (inside.kind == NodeKind::repeat ? "repeat" : "group") + " \"" + inside.name +
                       "\" of row " + std::to_string(inside.place.row) + " is open");
    open_.pop_back();
  }

  void question(const std::string& type_cell, std::string name) {
    TypeWord word = type_of(type_cell, reading_.types);
    if (!word.type) {
      std::string first = base::lower(base::collapse(type_cell));
      first = first.substr(0, first.find(' '));
      if (first == "csv-external" || first == "xml-external") external_instance(first, name);
      if (first == "csv-external") return;
      if (first == "xml-external" || first.rfind("score__", 0) == 0 || first.rfind("rank__", 0) == 0) {
        reading_.say(Severity::note, place("type"), "not_yet_type",
                     "\"" + first + "\" is not yet supported; the row is passed over");
        return;
      }
      std::string near = base::nearest(first, type_words(reading_.types));
      reading_.say(Severity::error, place("type"), "unknown_type",
                   "there is no question type \"" + type_cell + "\"" +
                       (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
      return;
    }
    bool can_be_nameless = word.type->data == DataType::none || word.type->capture != Capture::none;
    if (name.empty() && word.type->capture != Capture::none) name = std::string(word.type->words.front());
    if (!check_name(name, !can_be_nameless)) return;
    Node& node = add(NodeKind::question, name);
    fill(node);
    node.type = word.type;
    node.type_word = base::collapse(type_cell);
    node.in_table_list =
        reading_.survey.nodes[open_.back()].appearance.find("table-list") != std::string::npos;
    auto index = reading_.survey.nodes.size() - 1;
    if (!word.type->not_yet.empty())
      reading_.say(Severity::note, place("type"), "not_yet_type",
                   "\"" + std::string(word.type->words.front()) + "\": " + std::string(word.type->not_yet));
    if (word.type->takes_list) take_list(index, word);
    bool shown =
        word.type->control && word.type->control(reading_.survey.nodes[index]).kind != ControlKind::hidden;
    const Node& made = reading_.survey.nodes[index];
    if (shown && made.label.empty() && made.hint.empty() && made.calculation.source.empty())
      reading_.say(Severity::warning, place("label"), "no_label",
                   "the question \"" + name + "\" has no label; its name is shown");
    if (word.or_other && made.list >= 0 && made.roster == no_node) add_other(name);
  }

  void take_list(size_t index, const TypeWord& word) {
    Survey& survey = reading_.survey;
    if (word.argument.empty()) {
      reading_.say(Severity::error, place("type"), "no_list",
                   "this type needs the name of a list: " + std::string(word.type->words.front()) + " LIST");
      return;
    }
    if (word.argument.rfind("${", 0) == 0) return;  // a roster: found when all names are known
    bool file = takes_file(*word.type);
    int list = file ? file_list_for(reading_, survey.nodes[index], word.argument, place("type"))
                    : list_for(reading_, external_name(index, word.argument), place("type"));
    std::vector<std::string> searched = files_in(plain_logic(survey.nodes[index].appearance), "search");
    if (!file && !searched.empty() && survey.lists[static_cast<size_t>(list)].size() > 0)
      list = searched_list(survey.nodes[index], searched.front(), survey.lists[static_cast<size_t>(list)]);
    if (word.or_other && !file && !survey.lists[static_cast<size_t>(list)].missing)
      list = with_other(reading_, list);
    survey.nodes[index].list = list;
  }

  // search('fruits'): the choice in the sheet names the columns of fruits.csv that hold values and labels.
  int searched_list(const Node& node, const std::string& file, const ChoiceList& list) {
    Node columns;
    columns.parameters["value"] = std::string(list.value(0));
    for (size_t i = 0; i < list.label_columns.size(); ++i)
      if (std::string label(list.label(0, static_cast<int>(i))); !label.empty() && columns.parameters["label"].empty())
        columns.parameters["label"] = base::trim(label.substr(0, label.find(',')));
    size_t call = node.appearance.find("search(");
    if (node.appearance.find(',', call) < node.appearance.find(')', call))
      reading_.say(Severity::note, place("appearance"), "not_yet_search",
                   "search() does not filter yet: every row of " + file + " is offered");
    return file_list_for(reading_, columns, file, place("appearance"));
  }

  // select_one_external L: L of the sheet external_choices, else of choices.
  std::string external_name(size_t index, const std::string& name) const {
    std::string other = name + std::string(external);
    bool wanted = base::lower(reading_.survey.nodes[index].type_word).rfind("select_one_external", 0) == 0;
    return wanted && has_list(reading_, other) ? other : name;
  }

  // csv-external NAME: NAME.csv for instance('NAME') in expressions; other kinds are empty until they are
  // read.
  void external_instance(const std::string& kind, const std::string& name) {
    if (name.empty()) return;
    file_list_for(reading_, Node{}, name + (kind == "csv-external" ? ".csv" : ".xml"), place("name"), false);
  }

  // select_one L or_other: a text that is asked when "other" is chosen.
  void add_other(const std::string& name) {
    Node& node = add(NodeKind::question, name + "_other");
    node.label.source.assign(reading_.survey.languages.size(), "");
    node.label.source[static_cast<size_t>(reading_.survey.default_language)] = "Specify other.";
    node.relevant = {"selected(${" + name + "}, 'other')", place("type"), {}};
    node.type_word = "text";
    for (const QuestionType* type : reading_.types)
      if (type->words.front() == "text") node.type = type;
  }

  Reading& reading_;
  const Sheet& sheet_;
  const Columns& columns_;
  std::vector<NodeIndex> open_;
  std::set<std::string> siblings_;
  const std::vector<std::string>* cells_ = nullptr;
  int number_ = 0;
};

}  // namespace

void read_rows(Reading& reading, const Sheet& sheet, const Columns& columns) {
  Rows(reading, sheet, columns).run();
}

}  // namespace definition
