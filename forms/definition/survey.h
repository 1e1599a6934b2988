// Survey: a form, compiled. A value that never changes after reading; sessions, windows and exports borrow it.
//
//   ReadSurvey read = read_xlsform(workbook, files, questions::table());
//   const Node& node = read.survey->nodes[index];  node.type->control(node);  node.label.source[language]
//
// Nodes are in document order; node 0 is the root. A question's identity, in records and merges, is the chain
// of the repeats around it and its name: moving it between groups keeps it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "forms/base/bytes.h"
#include "forms/definition/action.h"
#include "forms/definition/choice_list.h"
#include "forms/definition/entity.h"
#include "forms/definition/question_type.h"
#include "forms/definition/text.h"
#include "forms/language/layout.h"

namespace definition {

using language::no_node;
using language::NodeIndex;

enum class NodeKind : uint8_t { group, repeat, question };

struct Node {
  NodeKind kind = NodeKind::question;
  std::string name;
  std::string identity;  // "actor/act_name": repeats and own name; unique in the form
  NodeIndex parent = no_node;
  std::vector<NodeIndex> children;
  Place place;

  std::string type_word;               // as written: "select_one yn"
  const QuestionType* type = nullptr;  // questions only
  Capture capture = Capture::none;     // a preload an XForm asks for; else the type's own counts
  DataType bound = DataType::none;     // a bind's type, where it is another than the question type's
  int list = -1;                       // index into Survey::lists
  NodeIndex roster = no_node;          // choices from this question's answers: select_one ${name}
  NodeIndex roster_label = no_node;    // and what is shown for them, where it is another question
  int value_column = -1;               // of the list, where the question names another than the list's own
  std::vector<int> label_columns;      // the same, by language

  Text label, hint, guidance, constraint_message, required_message;
  std::map<std::string, Text> media;  // "image", "big-image", "audio", "video": file names of the label
  Logic relevant, constraint, required, read_only, calculation, default_value, choice_filter, repeat_count;
  Logic trigger;  // "${a}, ${b}": the calculation is an action of these questions
  Logic itemset;  // an XForm's: the rows offered, as written there, filter and order in it
  language::Expression
      choices;  // the rows offered: through the filter, shuffled; none: every row of the list
  bool default_is_expression = false;  // default_value is evaluated, not taken as it stands
  std::string appearance;
  std::map<std::string, std::string> parameters;
  std::map<std::string, std::string> extra;  // columns we keep but do not act on, x_role among them
  bool in_table_list = false;                // a row of a table-list group
  bool is_attribute = false;                 // of its parent, in an XForm: reached by @name
  bool fixed_count = false;                  // nobody may add or remove instances
  bool starts_empty = false;                 // no instance of the repeat is there at the start
  int panel = -1;  // a group of the screen alone around it: index into Survey::panels
};

// Instances of a repeat that an XForm has from the start, with their values.
struct Seed {
  NodeIndex repeat = no_node;
  std::vector<std::pair<NodeIndex, std::string>> values;  // of its own questions that are not blank
  std::vector<Seed> inner;
};

struct Panel {  // a group that stands in the body only
  Text label;
  std::string appearance;
  int around = -1;
};

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

struct Survey : language::Schema {
  std::string form_id, title, version;
  std::vector<std::string> languages;  // as written: "Français (fr)"; at least one ("" when untranslated)
  int default_language = 0;
  Logic instance_name;
  std::map<std::string, std::string> settings;  // every key as written
  std::vector<Node> nodes;
  std::vector<ChoiceList> lists;
  bool from_xform =
      false;  // read from an XForm, and so holds all that an XForm says, meta and paths among it
  std::vector<Action> actions;
  std::vector<Entity> entities;
  std::vector<Seed>
      seeds;  // of repeats outside repeats; none for a repeat: one instance, unless it starts empty
  std::vector<Panel> panels;
  std::unordered_map<std::string, Text> itext;  // of an XForm, by id: jr:itext('id')
  // Of every node, filled by index_names(); found by a view, without a copy.
  std::unordered_map<std::string, std::vector<NodeIndex>, TextHash, std::equal_to<>> by_name;
  std::unordered_map<std::string, NodeIndex, TextHash, std::equal_to<>> identities;  // by name_identities()
  std::shared_ptr<const language::Layout> layout;  // shared with sessions; made by index_names()

  void index_names();                                      // when all nodes are there
  NodeIndex by_identity(std::string_view identity) const;  // no_node when unknown
  NodeIndex by_role(std::string_view x_role) const;        // first question with that x_role
  std::string title_in(int language) const;  // form_title::LANGUAGE of the settings, else the title
  int language_index(std::string_view name_or_code) const;  // "fr" or "Français (fr)"; -1 when absent
  std::string_view language_code(int language) const;       // "fr"; "" when the header names none
  bool is_right_to_left(int language) const;
  std::vector<NodeIndex> repeats_around(NodeIndex node) const;  // outermost first, itself if a repeat
  Capture capture_of(NodeIndex node) const;
  DataType data_of(NodeIndex node) const;  // how its answer is held
  void name_identities();                  // Node::identity of every node
  std::string choice_label(int list, uint32_t row,
                           int language) const;  // falling back; never "" but for blanks

  size_t node_count() const override { return nodes.size(); }
  std::string_view name(NodeIndex node) const override { return nodes[node].name; }
  NodeIndex parent(NodeIndex node) const override { return nodes[node].parent; }
  const std::vector<NodeIndex>& children(NodeIndex node) const override { return nodes[node].children; }
  bool is_repeat(NodeIndex node) const override { return nodes[node].kind == NodeKind::repeat; }
  bool is_attribute(NodeIndex node) const override { return nodes[node].is_attribute; }
  std::span<const NodeIndex> named(std::string_view name) const override;
  std::vector<std::string> all_names() const override;
  int list(std::string_view id) const override;
  const language::Table* table(int list) const override;
};

// The same form gives the same bytes on every machine; seal::hash of them is the form's hash.
base::Bytes canonical_bytes(const Survey& survey);

}  // namespace definition
