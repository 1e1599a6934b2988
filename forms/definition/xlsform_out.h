// Sheets being written: rows of named columns, which find their place in the end. Internal to the XLSForm writer.
//
//   SheetOut out("survey");  out.row();  out.put("type", "note");  Sheet sheet = out.finish({"type", "name"});
#pragma once

#include <map>
#include <string>
#include <vector>

#include "forms/definition/survey.h"
#include "forms/definition/workbook.h"

namespace definition {

class SheetOut {
 public:
  explicit SheetOut(std::string name) : name_(std::move(name)) {}
  void row() { rows_.emplace_back(); }
  void put(const std::string& column, const std::string& value) {
    if (!value.empty()) rows_.back()[column] = value;
  }
  void drop(const std::string& column) { rows_.back().erase(column); }
  // A column that stands there even where no row has it.
  void need(const std::string& column) { needed_.push_back(column); }
  bool empty() const { return rows_.empty(); }
  // `order`: what stands first, as far as it is there; the needed ones follow, the rest by name.
  Sheet finish(const std::vector<std::string>& order) const;

 private:
  std::string name_;
  std::vector<std::string> needed_;
  std::vector<std::map<std::string, std::string>> rows_;
};

// "label::Français (fr)"; the column alone for texts without a language.
std::string text_column(const Survey& survey, const std::string& column, size_t language);
void put_text(SheetOut& out, const Survey& survey, const std::string& column, const Text& text);

// What an XForm says in paths, as an XLSForm says it. xform_to_xlsform.cpp
struct Named {
  const Survey& survey;
  std::string logic(const std::string& source, NodeIndex context) const;  // paths to ${name}
  std::string text(const Text& text, size_t language) const;              // outputs to ${name}
  NodeIndex at_path(const std::string& path, NodeIndex context) const;    // no_node: none, or not one alone
};

// An itemset taken apart: instance('id')/root/item[filter], in randomize(…, seed) or not.
struct Itemset {
  std::string list, filter, seed;
  bool randomized = false;
  bool known = false;  // it has this shape
};
Itemset itemset_of(const std::string& nodeset);

}  // namespace definition
