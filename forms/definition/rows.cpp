// The survey sheet's rows to nodes: the walk, groups, repeats and loops.
#include "forms/definition/rows.h"

#include <algorithm>

#include "forms/base/utf8.h"
#include "forms/definition/references.h"

namespace definition {
namespace {

bool starts_name(uint32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}
bool continues_name(uint32_t c) {
  return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

const char* word_of(NodeKind kind) {
  return kind == NodeKind::repeat ? "repeat" : "group";
}

// Known columns that nothing here acts on, and that must not be lost.
constexpr std::string_view kept_columns[] = {
    "save_to", "rows", "autoplay", "compact_tag", "no_app_error_string", "intent"};

}  // namespace

void read_rows(Reading& reading, const Sheet& sheet, const Columns& columns) {
  Rows(reading, sheet, columns).run();
}

void Rows::run() {
  walk(1, sheet_.rows.size());
  if (stopped_) return;
  for (size_t i = open_.size(); i > 1; --i) {
    const Node& node = reading_.survey.nodes[open_[i - 1]];
    reading_.say(
        Severity::error, node.place, "not_closed",
        std::string("this ") + word_of(node.kind) + " is never closed; add a row end_" + word_of(node.kind));
  }
}

void Rows::walk(size_t from, size_t to) {
  for (size_t at = from; at < to && !full(); ++at) row(at);
}

bool Rows::full() {
  if (stopped_) return true;
  if (reading_.survey.nodes.size() <= most_nodes && open_.size() <= deepest_group) return false;
  reading_.say(Severity::error, {sheet_.name, number_, "", 0}, "too_large",
               "a form has at most 100,000 questions, and groups at most 100 deep; the rest is not read");
  return stopped_ = true;
}

void Rows::row(size_t& at) {
  number_ = static_cast<int>(at) + 1;
  Cells turned;
  if (!turns_.empty()) turned = at_turn(sheet_.rows[at]);
  const Cells& cells = turns_.empty() ? sheet_.rows[at] : turned;
  cells_ = &cells;
  std::string type = columns_.text(cells, "type");
  std::string name = columns_.text(cells, "name");
  std::string disabled = base::lower(columns_.text(cells, "disabled"));
  if (disabled == "yes" || disabled == "true") return;
  if (type.empty()) {
    bool blank =
        std::all_of(cells.begin(), cells.end(), [](const std::string& c) { return base::trim(c).empty(); });
    if (!blank && !name.empty())
      say(Severity::warning, "type", "no_type", "this row has no type and is passed over");
    return;
  }
  if (type[0] == '#') return;  // a comment, as people write them
  Bracket bracket = bracket_of(type);
  if (bracket != Bracket::none && !columns_.text(cells, "save_to").empty())
    say(Severity::error, "save_to", "group_saved",
        "a group cannot be a property of an entity; write save_to beside a question");
  switch (bracket) {
    case Bracket::begin_group:
      return open(NodeKind::group, name);
    case Bracket::begin_repeat:
      return open(NodeKind::repeat, name);
    case Bracket::end_group:
      return close(NodeKind::group);
    case Bracket::end_repeat:
      return close(NodeKind::repeat);
    case Bracket::begin_loop:
      return loop(at, type, name);
    case Bracket::end_loop:
      return say(Severity::error, "type", "not_open", "no loop is open here; take this row out");
    case Bracket::none:
      return question(type, name);
  }
}

// A name that can stand in an expression; what is wrong is said.
bool Rows::check_name(std::string& name, bool needed, NodeKind kind) {
  if (name.empty()) {
    if (!needed) {
      name = "generated_note_name_" + std::to_string(number_);
      return true;
    }
    say(Severity::error, "name", "no_name", "this row has no name");
    return false;
  }
  std::vector<uint32_t> letters = base::code_points(name);
  if (!starts_name(letters[0]) && letters[0] >= '0' && letters[0] <= '9')
    say(Severity::note, "name", "digit_name",
        "the name \"" + name + "\" begins with a digit; other tools refuse that");
  else if (!starts_name(letters[0]) || !std::all_of(letters.begin(), letters.end(), continues_name)) {
    say(Severity::error, "name", "bad_name",
        "\"" + name +
            "\" cannot be a name: only letters, digits, _, - and . may stand in it, and it begins "
            "with a letter");
    return false;
  }
  if (name == "meta" && kind == NodeKind::repeat)
    say(Severity::error, "name", "reserved_name",
        "\"meta\" is where a form keeps what it knows of itself; give this another name");
  else if (name == "meta")
    say(Severity::note, "name", "reserved_name",
        "\"meta\" is reserved by other tools; they refuse this form");
  if (kind == NodeKind::repeat) {
    if (name == reading_.survey.nodes[0].name)
      say(Severity::error, "name", "root_name",
          "a repeat cannot be called \"" + name + "\", as the form itself is; give it another name");
    auto [before, fresh] = repeat_rows_.try_emplace(name, number_);
    if (!fresh)
      say(Severity::error, "name", "duplicate_repeat",
          "there is already a repeat \"" + name + "\" (row " + std::to_string(before->second) +
              "), and a repeat's name stands once in a form");
  }
  std::string key = std::to_string(open_.back()) + "/" + name;
  if (!siblings_.insert(key).second) {
    say(Severity::error, "name", "duplicate_name",
        "there is already a \"" + name + "\" in the same group; give one another name");
    return false;
  }
  if (!siblings_.insert(std::to_string(open_.back()) + "/ " + base::lower(name)).second)
    say(Severity::warning, "name", "similar_name",
        "another name here differs from \"" + name + "\" only in capitals");
  return true;
}

Node& Rows::add(NodeKind kind, const std::string& name) {
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

void Rows::fill(Node& node) {
  const Cells& c = *cells_;
  node.label = reading_.texts(columns_, c, "label");
  node.hint = reading_.texts(columns_, c, "hint");
  node.guidance = reading_.texts(columns_, c, "guidance_hint");
  node.constraint_message = reading_.texts(columns_, c, "constraint_message");
  node.required_message = reading_.texts(columns_, c, "required_message");
  for (const char* form : {"image", "big-image", "audio", "video"})
    if (Text media = reading_.texts(columns_, c, form); !media.empty()) node.media[form] = std::move(media);
  auto logic = [&](const char* column) { return Logic{columns_.logic(c, column), place(column), {}}; };
  node.relevant = logic("relevant");
  node.constraint = logic("constraint");
  node.required = logic("required");
  node.read_only = logic("read_only");
  node.calculation = logic("calculation");
  node.default_value = {columns_.text(c, "default"), place("default"), {}};
  node.choice_filter = logic("choice_filter");
  node.repeat_count = logic("repeat_count");
  node.trigger = logic("trigger");
  node.appearance = columns_.text(c, "appearance");
  node.parameters = parameters_of(reading_, columns_.text(c, "parameters"), place("parameters"));
  keep(node);
  for (const Logic* one : {&node.relevant, &node.constraint, &node.required, &node.read_only,
                           &node.calculation, &node.default_value, &node.choice_filter})
    for (const std::string& file : files_in(one->source, "pulldata")) {
      std::string id = file.substr(0, file.size() - 4);
      reading_.attached.push_back({id, "jr://file-csv/" + file, one->place, true});
      if (!has_list(reading_, id)) file_list_for(reading_, Node{}, file, one->place, false);
    }
  if (node.media.contains("big-image") && !node.media.contains("image"))
    say(Severity::warning, "big-image", "no_image",
        "a big-image is shown behind an image, and there is none");
}

// Columns that are not ours, and the few of ours that only other programs act on.
void Rows::keep(Node& node) {
  const Cells& c = *cells_;
  for (size_t i = 0; i < columns_.all().size() && i < c.size(); ++i) {
    const Column& column = columns_.all()[i];
    bool wanted = !column.known || std::find(std::begin(kept_columns), std::end(kept_columns), column.name) !=
                                       std::end(kept_columns);
    std::string value = base::nfc(base::trim(c[i]));
    if (!wanted || value.empty() || column.name.empty()) continue;
    node.extra[column.language.empty() ? column.name : column.name + "::" + column.language] = value;
  }
}

void Rows::open(NodeKind kind, std::string name) {
  if (!check_name(name, true, kind)) name = "row_" + std::to_string(number_);
  Node& node = add(kind, name);
  fill(node);
  node.type_word = kind == NodeKind::repeat ? "begin_repeat" : "begin_group";
  if (!node.required.source.empty())
    say(Severity::warning, "required", "group_required",
        std::string("a ") + word_of(kind) + " cannot be required; write it beside the questions inside");
  node.required = {};
  open_.push_back(static_cast<NodeIndex>(reading_.survey.nodes.size() - 1));
}

void Rows::close(NodeKind kind) {
  if (open_.size() < 2)
    return say(Severity::error, "type", "not_open",
               std::string("no ") + word_of(kind) + " is open here; take this row out");
  const Node& inside = reading_.survey.nodes[open_.back()];
  if (inside.kind != kind)
    say(Severity::error, "type", "crossed",
        std::string("this closes a ") + word_of(kind) + ", but the " + word_of(inside.kind) + " \"" +
            inside.name + "\" of row " + std::to_string(inside.place.row) + " is open");
  open_.pop_back();
}

// begin_loop over LIST: a group, and in it a group a choice, with the rows inside for each. %(name)s and %(label)s
// in a cell stand for the choice's.
void Rows::loop(size_t& at, const std::string& type, const std::string& name) {
  size_t end = at + 1;
  int depth = 1;
  for (; end < sheet_.rows.size(); ++end) {
    Bracket bracket = bracket_of(columns_.text(sheet_.rows[end], "type"));
    depth += (bracket == Bracket::begin_loop) - (bracket == Bracket::end_loop);
    if (depth == 0) break;
  }
  size_t first = at + 1;
  std::string wanted = loop_list(type);
  const std::vector<ChoiceList>& lists = reading_.survey.lists;  // may grow while the rows inside are read
  size_t which = lists.size();
  for (size_t i = 0; i < lists.size(); ++i)
    if (lists[i].name == wanted && !lists[i].from_file && !lists[i].missing) which = i;
  bool known = which < lists.size();
  if (!known) {
    std::vector<std::string> names;
    for (const ChoiceList& one : lists) names.push_back(one.name);
    std::string near = base::nearest(wanted, names);
    say(Severity::error, "type", "missing_list",
        wanted.empty() ? "a loop goes over a list: begin_loop over LIST"
                       : "there is no list \"" + wanted + "\" in the choices sheet to go over" +
                             (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
  }
  open(NodeKind::group, name);
  if (end == sheet_.rows.size())
    reading_.say(Severity::error, reading_.survey.nodes[open_.back()].place, "not_closed",
                 "this loop is never closed; add a row end_loop");
  size_t before = open_.size();
  for (uint32_t choice = 0; known && choice < lists[which].size() && !full(); ++choice) {
    Turn turn{std::string(lists[which].value(choice)), {}};
    if (turn.name == "none") continue;  // a choice that says none of the others is no thing to ask about
    for (size_t i = 0; i < reading_.survey.languages.size(); ++i)
      turn.labels.emplace_back(lists[which].label(choice, static_cast<int>(i)));
    number_ = static_cast<int>(first);
    std::string inner = turn.name;
    if (!check_name(inner, true, NodeKind::group)) continue;
    Node& node = add(NodeKind::group, inner);
    node.type_word = "begin_group";
    node.label.source = turn.labels;
    node.label.untranslated = !lists[which].translated;
    open_.push_back(static_cast<NodeIndex>(reading_.survey.nodes.size() - 1));
    turns_.push_back(std::move(turn));
    walk(first, end);
    turns_.pop_back();
    while (open_.size() > before) open_.pop_back();
  }
  if (open_.size() > 1) open_.pop_back();
  at = end;
  number_ = static_cast<int>(end) + 1;
}

Rows::Cells Rows::at_turn(const Cells& cells) const {
  Cells out = cells;
  for (size_t i = 0; i < out.size() && i < columns_.all().size(); ++i) {
    if (out[i].find("%(") == std::string::npos) continue;
    const Turn& turn = turns_.back();
    int language = reading_.survey.language_index(columns_.all()[i].language);
    auto at = static_cast<size_t>(language < 0 ? reading_.survey.default_language : language);
    std::string label = at < turn.labels.size() ? turn.labels[at] : std::string();
    for (const auto& [mark, value] : {std::pair<std::string_view, const std::string&>{"%(name)s", turn.name},
                                      std::pair<std::string_view, const std::string&>{"%(label)s", label}})
      for (size_t found = out[i].find(mark); found != std::string::npos;
           found = out[i].find(mark, found + value.size()))
        out[i].replace(found, mark.size(), value);
  }
  return out;
}

}  // namespace definition
