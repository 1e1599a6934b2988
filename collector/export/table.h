// Tables made from records: one a form, one a repeat, and a codebook that explains every column.
//
//   std::vector<Table> tables = tabulate(survey, "staff", cases, language, words);
//   for (const Table& t : tables.tables) …        // t.columns[c].name, t.rows[r][c].code / .label
//
// Every row of a repeat's table begins with the keys of its parents, so that tables join again: `record`,
// then one position a repeat (`actor_no`). A choice has its code and its label; a multi-select further has
// one 0/1 column a choice. Hidden (not relevant) answers are left out, calculated ones are those of the
// dataset. Answers to questions the form does not have keep columns of their own at the end. Rows keep the order of
// the cases and of the repeats. Cost: linear in cells.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "forms/definition/survey.h"
#include "sync/record/view.h"

namespace exports {

struct Cell {
  std::string code;   // as stored
  std::string label;  // in the export's language; empty when there is none or it equals the code
};

struct Column {
  std::string name;   // unique in its table: "age_years", "resp_langs/fr"
  std::string label;  // the question, in the export's language
  definition::DataType data = definition::DataType::text;
  bool has_labels = false;
  bool is_number = false;
  definition::NodeIndex node = definition::no_node;  // none for keys and times
};

struct Table {
  std::string name;  // "staff", "staff-actor"
  std::string title;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

struct CodebookRow {
  std::string table, column, type, type_label, question, code, label;
};

// What is said of keys, states and types, in the export's language. The caller's: nothing below reads a string table.
struct Words {
  std::string record, form_version, state, interviewer, device, finished, open_conflicts, needs_review, same_as;
  std::string position, unknown;              // each with {name}: of a repeat, of a question the form lacks
  std::map<std::string, std::string> states;  // by code: "finished", "refused"
  std::map<std::string, std::string> types;   // by code: "select_one"
};

struct Note {
  std::string name, value, label = {};  // the name is a code, the label in the export's language
};  // fingerprint, program version, form hashes, who, when, purpose

// One case as app::dataset made it: what holds, and is relevant, in this record.
struct CaseAnswer {
  definition::NodeIndex node = 0;
  std::vector<base::InstanceId> instances;
  std::string text;   // ODK text form
  std::string label;  // only where no list holds it; usually empty
};
struct CaseInstance {
  definition::NodeIndex repeat = 0;
  std::vector<base::InstanceId> instances;  // own id last
};
struct UnknownAnswer {  // to a question the form does not have: of an earlier version, "age@1f2e3d4c"
  std::string question;
  std::vector<base::InstanceId> instances;
  std::string text;
};
struct Case {
  base::RecordId record;
  std::string form_version, author, device, finished;  // finished: ISO time
  std::string state;                                   // "finished", "refused"
  int conflicts = 0;
  bool needs_review = false;  // as merged, an answer fails a rule of the form
  std::string same_as;        // the first of the interviews that were decided to be of one respondent
  std::vector<CaseAnswer> answers;
  std::vector<CaseInstance> instances;  // display order
  std::vector<UnknownAnswer> unknown;
};
using EachCase = std::function<void(const std::function<void(const Case&)>& use)>;

// A form and its interviews, for formats that are no tables; borrowed, valid while the dataset is.
struct FormCases {
  std::string name;  // the form's short name
  const definition::Survey* survey = nullptr;
  EachCase each;
};

struct Tables {
  std::vector<Table> tables;
  std::vector<CodebookRow> codebook;
  std::vector<Note> notes;
  std::vector<FormCases> forms;
  // JSON lines of what the fingerprint covers (record::values_lines), a piece at a time.
  std::function<base::Status(const std::function<base::Status(std::string_view)>& use)> values;
};

// `name` is the form's short name, used in table names; `language` an index of the survey's languages. Names of
// columns, states and types are codes and the same in every language; `words` are what stands beside them.
std::vector<Table> tabulate(const definition::Survey& survey, const std::string& name,
                            const std::vector<Case>& cases, int language, const Words& words);
std::vector<Table> tabulate(const definition::Survey& survey, const std::string& name, const EachCase& each,
                            int language,
                            const Words& words);  // one case at a time, for what is larger than memory likes
std::vector<CodebookRow> codebook(const definition::Survey& survey, const std::vector<Table>& tables,
                                  int language, const Words& words);

}  // namespace exports
