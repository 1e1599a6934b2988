// Reading: a form while it is being read; the stages of read_xlsform share it. Internal to forms/definition.
#pragma once

#include <map>

#include "forms/definition/columns.h"
#include "forms/definition/xlsform.h"

namespace definition {

struct Reading {
  const Workbook& book;
  const SideFiles& files;
  QuestionTypes types;
  std::vector<Diagnostic>& diagnostics;
  Survey& survey;
  const std::map<std::string, std::string>& unread;
  const Columns* survey_columns = nullptr;
  std::map<std::string, int> file_lists = {};  // by file and the columns taken: index into Survey::lists
  bool allow_choice_duplicates = false;

  void say(Severity severity, Place place, std::string code, std::string text) {
    diagnostics.push_back({severity, std::move(place), std::move(code), std::move(text)});
  }
  // The texts of a column in every language of the form.
  Text texts(const Columns& columns, const std::vector<std::string>& row, std::string_view name) const;
};

// A form beyond these is no form: told, and not read further.
constexpr size_t most_nodes = 100'000, most_languages = 100, deepest_group = 100, most_told = 250;

struct TypeWord {  // "select_one yn or_other" taken apart
  const QuestionType* type = nullptr;
  std::string argument;  // list, file or ${roster}
  bool or_other = false;
};

enum class Bracket : uint8_t { none, begin_group, end_group, begin_repeat, end_repeat };

Bracket bracket_of(const std::string& type_cell);                     // types.cpp
TypeWord type_of(const std::string& type_cell, QuestionTypes types);  // types.cpp
std::vector<std::string> type_words(QuestionTypes types);             // for "did you mean"
bool takes_file(const QuestionType& type);                            // its choices stand in a side file

void read_languages(Reading& reading, const Columns& survey, const Columns* choices);  // xlsform.cpp
void read_settings(Reading& reading);
// The lists of the sheet external_choices are kept under their name and this.
inline constexpr std::string_view external = " external";
void read_lists(Reading& reading);  // lists.cpp
// "fruits.csv" of each pulldata('fruits', …) in an expression; of search('fruits') in an appearance.
std::vector<std::string> files_in(std::string_view source, std::string_view function);
bool has_list(const Reading& reading, std::string_view name);
int list_for(Reading& reading, const std::string& name,
             const Place& place);  // lists.cpp: index, made as missing
// The list of a side file. `for_question`: a question takes its choices from it, else expressions read it.
int file_list_for(Reading& reading, const Node& node, const std::string& file, const Place& place,
                  bool for_question = true);
int with_other(Reading& reading, int list);  // lists.cpp: the same with "Other"
void read_rows(Reading& reading, const Sheet& sheet, const Columns& columns);  // rows.cpp
void compile_logic(Reading& reading);                                          // logic.cpp
void count_translations(Reading& reading);                                     // logic.cpp

}  // namespace definition
