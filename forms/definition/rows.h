// Rows: walks the survey sheet and makes its nodes: groups, repeats, loops unrolled, questions with their cells as
// written. Internal to the reader; rows.cpp walks, row_questions.cpp makes a question of a row.
#pragma once

#include <set>
#include <unordered_map>

#include "forms/definition/reading.h"

namespace definition {

class Rows {
 public:
  Rows(Reading& reading, const Sheet& sheet, const Columns& columns)
      : reading_(reading), sheet_(sheet), columns_(columns) {}
  void run();

 private:
  using Cells = std::vector<std::string>;

  // Walking: rows.cpp.
  void walk(size_t from, size_t to);
  void row(size_t& at);
  void open(NodeKind kind, std::string name);
  void close(NodeKind kind);
  void loop(size_t& at, const std::string& type, const std::string& name);
  bool check_name(std::string& name, bool needed, NodeKind kind);
  Node& add(NodeKind kind, const std::string& name);
  void fill(Node& node);
  void keep(Node& node);
  bool full();
  Place place(std::string_view column) const { return columns_.place(number_, column); }
  void say(Severity severity, std::string_view column, std::string code, std::string text) {
    reading_.say(severity, place(column), std::move(code), std::move(text));
  }

  // One row: row_questions.cpp.
  void question(const std::string& type_cell, std::string name);
  bool other_row(const std::string& type_cell, const std::string& name);
  void need_label(const Node& node);
  void need_calculation(const Node& node);
  void old_limits(const std::string& type_cell, Node& node);
  void take_list(size_t index, const TypeWord& word);
  void table_list(const Node& node, const TypeWord& word);
  int searched_list(const Node& node, const std::string& file, const ChoiceList& list);
  void external_instance(const std::string& kind, const std::string& name);
  void add_other(const Node& asked);

  struct Turn {  // of a loop: the choice it stands at
    std::string name;
    std::vector<std::string> labels;  // by language
  };
  Cells at_turn(const Cells& cells) const;

  Reading& reading_;
  const Sheet& sheet_;
  const Columns& columns_;
  std::vector<NodeIndex> open_ = {0};
  std::vector<Turn> turns_;
  std::set<std::string> siblings_;                     // "parent/name", and in lower case
  std::unordered_map<std::string, int> repeat_rows_;   // by name
  std::unordered_map<NodeIndex, std::string> tables_;  // the list of each table-list group
  const Cells* cells_ = nullptr;
  int number_ = 0;  // of the row, as the sheet counts
  bool stopped_ = false;
};

}  // namespace definition
