// Events: what a person asks for. draw(view, scratch) returns at most one; the desk carries it out. The
// command line and the tests make the same ones.
#pragma once

#include <string>
#include <variant>

namespace app {

enum class Go { home, sync, conflicts, table, export_tables, editor, lock, submit, back_to_interview };

struct CreateProfile {
  std::string label, passphrase, again;
};
struct Unlock {
  std::string profile, passphrase;
};
struct Practise {};  // without enrolment: throw-away key, nothing leaves
struct Visit {
  Go where = Go::home;
};
struct ChangeInterface {
  std::string language;
};  // "fr"
struct NewInterview {
  std::string form;
};
struct OpenInterview {
  std::string id;
};  // a draft
struct Answer {
  std::string question, typed;
};  // typed as it stands in the field; "" clears
struct Consider {
  std::string question, typed;
};  // not an answer yet: what it would mean is shown beside it
struct Say {
  enum class What { not_copied } what = What::not_copied;
};  // something the window did by itself, said in the notice
struct ToggleChoice {
  std::string question, value;
};  // choice_many, ranking: adds or takes away
struct MoveRank {
  std::string question, value;
  int by = 0;
};
struct NextPage {
  bool skip = false;
};  // skip: leave unanswered on purpose
struct PreviousPage {};
struct Focus {
  std::string question;
};
struct JumpTo {
  std::string id;
};  // a section or a question
struct AddInstance {
  std::string repeat, parent;  // as in RepeatView
};
struct RemoveInstance {
  std::string instance;
};
struct ReadIn {
  int language = 0, second = -1;
};  // languages of the interview, by index
struct OnePerPage {
  bool on = true;
};
struct Finish {};
struct ChoosePlace {
  std::string address;
};
struct StartSync {};
struct CancelTask {};
struct Merge {};
struct SelectConflict {
  int index = 0;
};
struct ChooseSide {
  int index = 0;
};
struct Settle {
  std::string reason;
};
struct SelectTable {
  int index = 0;
};
struct ShowLabels {
  bool on = true;
};
struct ScrollTable {
  int first_row = 0;
};
struct ExportTo {
  std::string format, folder;
};
struct SelectForm {
  std::string form;
};
struct SelectText {
  int row = 0, language = 0;
};
struct EditText {
  std::string text;
};
struct Publish {};

using Event =
    std::variant<CreateProfile, Unlock, Practise, Visit, ChangeInterface, NewInterview, OpenInterview, Answer,
                 Consider, Say, ToggleChoice, MoveRank, NextPage, PreviousPage, Focus, JumpTo, AddInstance,
                 RemoveInstance, ReadIn, OnePerPage, Finish, ChoosePlace, StartSync, CancelTask, Merge,
                 SelectConflict, ChooseSide, Settle, SelectTable, ShowLabels, ScrollTable, ExportTo,
                 SelectForm, SelectText, EditText, Publish>;

}  // namespace app
