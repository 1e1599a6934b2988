// Columns: what a sheet's header row says. Names are matched in any case, spaces are underscores, old
// spellings have one meaning, and "label::Français (fr)" or "label:fr" is a text in a language. Internal to
// the reader.
#pragma once

#include <string>
#include <vector>

#include "forms/definition/diagnostic.h"
#include "forms/definition/workbook.h"

namespace definition {

struct Column {
  std::string header;    // as written
  std::string name;      // canonical: "label", "relevant"; as written for what we do not know
  std::string language;  // as written; "" for none
  bool known = false;
};

class Columns {
 public:
  // `sheet_kind`: "survey", "choices" or "settings". Reports duplicates and near misses.
  Columns(const Sheet& sheet, std::string_view sheet_kind, std::vector<Diagnostic>& diagnostics);

  const std::vector<Column>& all() const { return columns_; }
  // The trimmed cell of that column in a row; "" when absent. Logic cells have plain quotes and spaces.
  std::string text(const std::vector<std::string>& row, std::string_view name) const;
  std::string logic(const std::vector<std::string>& row, std::string_view name) const;
  // The text in one language; language "" is the column without one.
  std::string text(const std::vector<std::string>& row, std::string_view name,
                   std::string_view language) const;
  bool has(std::string_view name) const { return index(name, "") >= 0; }
  int index(std::string_view name, std::string_view language) const;  // of the sheet's columns; -1: none
  // The cell's place; without that language, the first column of that name.
  Place place(int row, std::string_view name, std::string_view language = "") const;
  std::vector<std::string> languages() const;  // in order of appearance, without ""

 private:
  void give_way(Column& column, std::vector<Diagnostic>& diagnostics, const Place& place);
  void sort();
  std::string sheet_;
  std::vector<Column> columns_;
  std::vector<size_t> order_;  // of columns_, by name and language: a sheet may be 16,384 columns wide
};

// Smart quotes and no-break spaces, as documents paste them, to plain ones.
std::string plain_logic(std::string_view text);

}  // namespace definition
