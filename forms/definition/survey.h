// Survey: a form, compiled. A value that never changes after reading; sessions, windows and exports borrow
// it.
//
//   ReadSurvey read = read_xlsform(workbook, files, questions::table());
//   const Node& node = read.survey->nodes[index];  node.type->control(node);  node.label.source[language]
//
// Nodes are in document order; node 0 is the root. A question's identity, in records and merges, is the chain
// of the repeats around it and its name: moving it between groups keeps it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "forms/base/bytes.h"
#include "forms/definition/diagnostic.h"
#include "forms/definition/question_type.h"
#include "forms/language/expression.h"

namespace definition {

using language::no_node;
using language::NodeIndex;

struct Logic {  // one cell of logic
  std::string source;
  Place place;
  language::Expression compiled;
  explicit operator bool() const { return !compiled.empty(); }
};

struct TextPiece {  // literal text, or the value of an expression put in its place
  std::string literal;
  language::Expression value;
};

struct Text {                                  // a text in every language of the form
  std::vector<std::string> source;             // one a language; "" where there is none
  std::vector<std::vector<TextPiece>> pieces;  // the same, with ${} compiled
  bool empty() const;
};

struct Choice {
  std::string value;
  Text label;
  std::vector<std::string> columns;  // as ChoiceList::columns
  int row = 0;                       // of its sheet or file
};

struct ChoiceList {
  std::string name;  // list_name, or the file's name
  bool from_file = false;
  bool missing = false;  // no such list or file, or it is empty: said, and the question takes free text
  std::vector<std::string> columns;  // further columns, in order, for filters
  std::vector<Choice> choices;
};

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
  int list = -1;                       // index into Survey::lists
  NodeIndex roster = no_node;          // choices from this question's answers: select_one ${name}

  Text label, hint, guidance, constraint_message, required_message;
  Logic relevant, constraint, required, read_only, calculation, default_value, choice_filter, repeat_count;
  std::string appearance;
  std::map<std::string, std::string> parameters;
  std::map<std::string, std::string> extra;  // columns we keep but do not act on, x_role among them
  bool in_table_list = false;                // a row of a table-list group
};

struct Survey : language::Schema {
  std::string form_id, title, version;
  std::vector<std::string> languages;  // as written: "Français (fr)"; at least one ("" when untranslated)
  int default_language = 0;
  Logic instance_name;
  std::map<std::string, std::string> settings;  // every key as written
  std::vector<Node> nodes;
  std::vector<ChoiceList> lists;
  std::map<std::string, std::vector<NodeIndex>, std::less<>>
      by_name;  // of every node; filled by index_names()

  void index_names();                                      // when all nodes are there
  NodeIndex by_identity(std::string_view identity) const;  // no_node when unknown
  NodeIndex by_role(std::string_view x_role) const;        // first question with that x_role
  std::string title_in(int language) const;  // form_title::LANGUAGE of the settings, else the title
  int language_index(std::string_view name_or_code) const;  // "fr" or "Français (fr)"; -1 when absent
  std::string_view language_code(int language) const;       // "fr"; "" when the header names none
  bool is_right_to_left(int language) const;
  std::vector<NodeIndex> repeats_around(
      NodeIndex node) const;  // outermost first, itself included if a repeat

  std::string_view name(NodeIndex node) const override { return nodes[node].name; }
  NodeIndex parent(NodeIndex node) const override { return nodes[node].parent; }
  const std::vector<NodeIndex>& children(NodeIndex node) const override { return nodes[node].children; }
  bool is_repeat(NodeIndex node) const override { return nodes[node].kind == NodeKind::repeat; }
  std::vector<NodeIndex> named(std::string_view name) const override;
  std::vector<std::string> all_names() const override;
  bool has_list(std::string_view id) const override;
};

// The same form gives the same bytes on every machine; seal::hash of them is the form's hash.
base::Bytes canonical_bytes(const Survey& survey);

}  // namespace definition
