// Views of the coordinator's desk and of handing over: sync, conflicts, table, export, the form editor. Same
// rules as views.h, which includes this.
#pragma once

#include "collector/app/views_question.h"

namespace app {

struct CentreCard {  // on a coordinator's first screen: what waits
  int interviews = 0, to_settle = 0;
  std::string synced;  // when, in words; "": never
  int came = 0;        // interviews that the last sync brought
};

struct SyncView {
  std::string place;  // folder or address, remembered
  bool running = false, done = false;
  uint64_t bytes_done = 0, bytes_total = 0;
  int sent = 0, received = 0, left = 0;
  std::string step;  // translated: "Sending 3 of 7"
  std::vector<std::string> results, problems;
  std::vector<std::string> offered;          // places that are likely: the last one, what is plugged in
  std::optional<BrowserView> browser = {};  // a folder is being chosen
};

struct ConflictSide {
  std::string value, shown, who, when;
};

struct ConflictView {
  std::string record, case_code, question_id, label;
  std::vector<ConflictSide> sides;
  int shown_side = 0;  // which one is shown until it is settled
};

struct ConflictsView {
  std::vector<ConflictView> conflicts;
  int selected = 0, chosen_side = -1;
};

struct TableView {
  std::vector<std::string> tables;  // names; one per form and repeat
  int table = 0;
  bool labels = true;  // labels, or codes
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // the page
  int first_row = 0, total_rows = 0;
  std::string fingerprint;  // spoken digits
  int unopened = 0, conflicts = 0, missing = 0;
};

struct ExportView {
  std::vector<std::string> formats, folders;
  std::string folder, result;
  std::optional<BrowserView> browser = {};
};

struct WaitingView {  // in the quarantine: what came and nobody has vouched for yet
  std::string id, what, who, why, since;  // for people; the id for TakeIn and ThrowAway
};

struct LoggedView {
  std::string when, what;
  bool holds = true;  // false: somebody has changed this line
};

struct CentralView {  // the central file
  std::string place, folder;
  std::vector<std::string> copies, results, problems;
  std::vector<WaitingView> waiting;
  std::vector<LoggedView> log;  // the newest first
  std::string backup_place;     // the copy that receipts rest on
  bool one_disk = false;        // … on the disk of the file
  std::string card_contact, card_until, until_example;  // what stands on the withdrawal cards
  bool log_is_whole = true;     // no line was changed, none is missing at the end
  std::optional<BrowserView> browser = {};
};

struct TextRow {                 // one text of a form in every language
  std::string question, column;  // "age_years", "label"
  std::vector<std::string> texts;
  bool changed = false;
};

struct EditorView {
  std::string form, version, next_version;
  std::vector<std::string> forms, languages;
  std::vector<TextRow> rows;
  int selected = 0, language = 0;
  QuestionView preview;              // the selected question as a fieldworker sees it
  std::vector<std::string> changes;  // against the published version
  bool may_publish = false;
};

}  // namespace app
