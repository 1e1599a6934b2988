// Reading: a form while it is being read; the stages of read_xlsform share it. Internal to forms/definition.
#pragma once

#include <map>

#include "forms/definition/columns.h"
#include "forms/definition/xlsform.h"

namespace definition {

// A secondary instance that a row brings about: its id, and where it comes from.
struct Attached {
  std::string id, source;  // "jr://file-csv/fruits.csv"; "" for a list of the choices sheet
  Place place;
  bool by_expression = false;  // a pulldata() names it, and no row of its own
};

struct Reading {
  const Workbook& book;
  const SideFiles& files;
  QuestionTypes types;
  std::vector<Diagnostic>& diagnostics;
  Survey& survey;
  const std::map<std::string, std::string>& unread;
  const Columns* survey_columns = nullptr;
  std::map<std::string, int> file_lists = {};  // by file and the columns taken: index into Survey::lists
  std::vector<Attached> attached = {};  // what the form asks to lie beside it, in the order of its rows
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

enum class Bracket : uint8_t { none, begin_group, end_group, begin_repeat, end_repeat, begin_loop, end_loop };

Bracket bracket_of(const std::string& type_cell);                     // types.cpp
TypeWord type_of(const std::string& type_cell, QuestionTypes types);  // types.cpp
std::vector<std::string> type_words(QuestionTypes types);             // for "did you mean"
std::string loop_list(const std::string& type_cell);                  // of "begin loop over LIST"
bool takes_file(const QuestionType& type);                            // its choices stand in a side file

// The language of texts without one, where others stand beside them.
inline constexpr std::string_view no_language = "default";
void read_languages(Reading& reading, const Sheet& sheet, const Columns& survey,
                    const Columns* choices);  // xlsform.cpp
void read_settings(Reading& reading);
// Whether what a parameters cell says can be; what cannot is told. parameters.cpp.
std::map<std::string, std::string> parameters_of(Reading& reading, const std::string& cell,
                                                 const Place& place);
void check_parameters(Reading& reading, Node& node, const Place& place);
void read_entities(Reading& reading);    // entities.cpp
void take_triggers(Reading& reading);    // triggers.cpp
void check_names(Reading& reading);      // naming.cpp: references that mean two, names that others take
void check_instances(Reading& reading);  // naming.cpp: two sources of one instance
// The lists of the sheet external_choices are kept under their name and this.
inline constexpr std::string_view external = " external", osm = " osm";
void read_lists(Reading& reading);  // lists.cpp
// "fruits.csv" of each pulldata('fruits', …) in an expression; of search('fruits') in an appearance.
std::vector<std::string> files_in(std::string_view source, std::string_view function);
bool has_list(const Reading& reading, std::string_view name);
// The list of a select; `outside`: of the sheet external_choices. -1, and told, where there is none.
int list_for(Reading& reading, const std::string& name, bool outside, const Place& place);
// Reads a side file by its ending (.csv, .xml, .geojson) into `list` as it stands; why not, where it cannot.
std::string read_side_list(base::ByteView bytes, const std::string& name,
                           ChoiceList& list);  // xform_lists.cpp
// The list of a side file. `for_question`: a question takes its choices from it, else expressions read it.
int file_list_for(Reading& reading, const Node& node, const std::string& file, const Place& place,
                  bool for_question = true);
int with_other(Reading& reading, int list);  // lists.cpp: the same with "Other"
void read_rows(Reading& reading, const Sheet& sheet, const Columns& columns);  // rows.cpp
void compile_logic(Reading& reading);                                          // logic.cpp
void count_translations(Reading& reading);                                     // logic.cpp

}  // namespace definition
