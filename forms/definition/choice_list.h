// ChoiceList: the choices of a list, or the rows of a side file: a table whose columns expressions may look at,
// and which of them holds the values and the labels of each language.
//
//   list.value(row)  →  "ma";   list.label(row, french)  →  "Maroc";   list.find("ma")  →  row
//
// A label may hold values of the interview (`${name}`): then live_label() has it in pieces. What is no table (an
// XML file of another shape) is a tree, which expressions walk and no question takes its choices from.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "forms/definition/text.h"
#include "forms/language/table.h"
#include "forms/language/tree.h"

namespace definition {

struct ChoiceList {
  std::string name;  // list_name, the file's name, or the id of a secondary instance
  std::string id;    // instance('id')
  bool from_file = false;
  bool missing = false;     // no such list or file, or it is empty: said, and the question takes free text
  bool translated = false;  // some label stands in a language of its own
  bool searched = false;    // a file that search() alone names: no expression reads it
  uint32_t declared_before = UINT32_MAX;  // a file with a row of its own: the node that row stands before
  language::Table table;
  std::shared_ptr<const language::Tree> tree;  // instead of the table; shared by copies of the form
  int value_column = -1;
  std::vector<int> label_columns;                      // by language of the form; -1: none
  std::map<std::string, std::vector<int>> media = {};  // "image", "audio", "video", "big-image": the same
  std::vector<int> further;                            // columns that are none of these
  std::map<uint32_t, Text> live_labels;                // by row
  std::vector<int> sheet_rows;                         // where each row stands in its sheet or file

  uint32_t size() const { return table.row_count(); }
  std::string_view value(uint32_t row) const {
    return value_column < 0 ? std::string_view() : table.cell(row, value_column);
  }
  // In that language alone; "" where it has none.
  std::string_view label(uint32_t row, int language) const {
    auto at = static_cast<size_t>(language);
    bool has = language >= 0 && at < label_columns.size() && label_columns[at] >= 0;
    return has ? table.cell(row, label_columns[at]) : std::string_view();
  }
  const Text* live_label(uint32_t row) const {
    auto at = live_labels.find(row);
    return at == live_labels.end() ? nullptr : &at->second;
  }
  uint32_t find(std::string_view wanted) const {  // language::no_row when it is not there
    return value_column < 0 ? language::no_row : table.equal(value_column, wanted).row();
  }
};

}  // namespace definition
