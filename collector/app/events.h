// Events: what a person asks for. draw(view, scratch) returns at most one; the desk carries it out. The
// command line and the tests make the same ones.
#pragma once

#include <string>
#include <variant>

#include "collector/app/events_centre.h"
#include "collector/app/events_media.h"
#include "collector/app/events_moving.h"
#include "collector/app/events_people.h"
#include "collector/app/events_repeats.h"
#include "collector/app/views_interview.h"
#include "collector/app/views_people.h"

namespace app {

enum class Go {
  home,
  sync,
  conflicts,
  table,
  export_tables,
  central_file,
  editor,
  lock,
  submit,
  back_to_interview,
  settings,
  about,
  help,
  contacts,
  withdraw,
  back  // from settings and help to where one was
};

struct CreateProfile {
  std::string label, passphrase, again;
};
struct Unlock {
  std::string profile, passphrase;
};
struct Practise {
  std::string form = {};  // begun at once; "": the list of forms
};  // throw-away key, nothing is kept, nothing leaves
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
  int caret = -1;  // byte in `typed` where the person stands; -1: the end
  bool typing = false;  // more may come: stored where it is a whole value, and no word about what is wrong with it
};  // typed as it stands in the field; "" clears
struct Say {
  enum class What { not_copied, no_voice } what = What::not_copied;
};  // something the window did by itself, said in the notice
struct ToggleChoice {
  std::string question, value;
};  // choice_many, ranking: adds or takes away
struct MoveRank {
  std::string question, value;
  int by = 0;
};
struct NextPage {
  bool skip = false;  // leave unanswered on purpose
};
struct PreviousPage {};
struct Focus {
  std::string question;
  std::string left = {};  // the one that was gone on from: where it cannot stay so, the keyboard stays there
};
struct JumpTo {
  std::string id;
};  // a section or a question
struct Undo {};  // the last change of this interview, whatever it was
struct ReadIn {
  int language = 0, second = -1;
};  // languages of the interview, by index
struct PrintCard {
  bool to_file = false;  // to a folder that is asked for, not to a printer
  std::string folder = {}, pdf = {};  // the window fills in what was drawn
};
struct HandOverCard {
  bool done = true;
};  // the code stands on the card: confirmed by a person, once an interview
struct Finish {};
// One a line: a verb of its own.
using Event = std::variant<
    CreateProfile,
    Unlock,
    Practise,
    Visit,
    ChangeInterface,
    NewInterview,
    OpenInterview,
    Answer,
    Say,
    ToggleChoice,
    MoveRank,
    NextPage,
    PreviousPage,
    Focus,
    JumpTo,
    AddInstance,
    RemoveInstance,
    CopyInstance,
    MoveInstance,
    NextCell,
    TabulateRepeats,
    Undo,
    ReadIn,
    HandOverCard,
    Finish,
    ChoosePlace,
    StartSync,
    CancelTask,
    Merge,
    SelectConflict,
    ChooseSide,
    Settle,
    SelectTable,
    ShowLabels,
    ScrollTable,
    ExportTo,
    BackUpTo,
    MoveCentral,
    VerifyCentral,
    RestoreCentral,
    TakeIn,
    ThrowAway,
    SelectForm,
    SelectText,
    EditText,
    Publish,
    TurnBy,
    Advance,
    Find,
    GoBackTo,
    NextUnanswered,
    SayNothing,
    SpeakIn,
    Caret,
    OfferBeside,
    OpenBeside,
    SwitchInterview,
    PrintCard,
    AttachFile,
    Detach,
    Browse,
    BrowseFolders,
    TakeFolder,
    CloseBrowser,
    Draw,
    Record,
    PauseRecording,
    EndRecording,
    MarkRecording,
    TestMicrophone,
    Play,
    PausePlaying,
    PlayBack,
    PlayFrom,
    PlaySpeed,
    StopPlaying,
    PlayPrompt,
    PlayAt,
    WriteNote,
    Hide,
    Reveal,
    ChangeLook,
    LockAfter,
    SetCode,
    SelectHelp,
    NoteContact,
    SettleContact,
    Withdraw,
    MoveToNewest,
    KeepBackupsAt,
    SetCardTerms>;

}  // namespace app
