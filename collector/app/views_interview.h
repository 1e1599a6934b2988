// Views of an interview that is being held, and of its end. Same rules as views.h, which includes this.
#pragma once

#include "collector/app/views_question.h"

namespace app {

enum class SectionState : uint8_t { untouched, partial, done, problem };

struct SectionView {
  std::string id, label;
  int answered = 0, total = 0;
  int depth = 0;
  SectionState state = SectionState::untouched;
  bool current = false;
};

// Another instance of a repeat? The page after its last one.
struct RepeatView {
  std::string id, parent, label;  // the repeat's identity; the address of what it stands in, "" at the top
  struct Instance {
    std::string id, label;   // "actor[2]"; what was first answered in it
    std::vector<int> cells;  // table: which of the page's questions stands in each column; -1: it is not asked
  };
  std::vector<Instance> instances;
  std::vector<std::string> columns;   // table: what each asks, in the row the keyboard is in
  bool table = false;                 // its instances are rows
  bool past_last = false;             // table: one went on from its last cell
  bool may_be_table = false;          // some of its questions have room in a cell
  bool may_add = true, may_move = true;  // false: another answer counts it
};

enum class Turning : uint8_t { question, group, all };  // how much stands on a page

// The withdrawal card as the respondent reads it, in one language.
struct CardWords {
  std::string title;
  std::vector<std::string> lines;  // what it is for, whom to tell the code, until when, to be kept apart from a name
  bool right_to_left = false;
};

// A page of consent: a screen of its own, in large type, to be turned towards the respondent.
struct ConsentView {
  std::string title;          // whom it speaks to, or what it is about
  bool card = false;          // the withdrawal card is handed over here
  std::string code;           // … and this stands on it, in groups; empty in practice
  std::vector<CardWords> words = {};  // … with these, in the language that is read and in the one beside it
  bool by_hand = false;               // … on which something is left to be written by hand
  bool printed = false;       // two copies have been printed or written
  bool handed = false;        // … and that the respondent has the code was confirmed
  bool for_guardian = false;  // another person than the respondent decides here
};

struct FoundView {  // a question that the search found
  std::string id, label, section;
  bool answered = false;
};

struct BesideView {  // an interview that may be opened beside this one: a form to begin, or a draft
  std::string form, draft, label, detail;
};

struct SpokenView {  // a language people really speak in an interview, the form's or not
  std::string code, label;
};

struct RecordingView {  // a part in which the whole interview was recorded
  std::string id, label;  // what Play takes; "Part 2"
  std::vector<SoundMark> marks;
};

struct NewerView {  // a later version of the form that an open interview may go on with
  std::string before, after;
  int added = 0, changed = 0, gone = 0;  // questions
  bool offered = false;                  // the interview was just opened: nobody has answered yet
};

struct InterviewView {
  std::string title, subtitle;            // form; case code or draft's name
  std::string section;                    // heading of the page
  std::string remark = {};                // under it, calmly: which language stands in for texts that are missing
  std::string language, second_language;  // names in themselves: "العربية"
  std::string words_in;  // code of the interface's words on pages that the respondent reads: the interview's language
  std::vector<std::string> languages;     // of the form, by index; "" for one that has no questions: not offered
  int language_index = 0, second_index = -1;
  bool right_to_left = false;
  std::vector<SpokenView> spoken_choices;
  std::string spoken;                   // code of the language that is really spoken; "" until somebody said
  bool grid = false;                    // a table-list: the questions share their choices
  std::vector<QuestionView> questions;  // of this page; one, or a group's; none where it asks for another
  std::optional<RepeatView> repeat;     // … instance of this repeat
  std::optional<ConsentView> consent;   // the questions are those of a step of consent
  std::string removable;                // the instance this page is in, where people add and remove them
  std::string focus;                    // id of the question the caret is in
  int caret = -1;                       // byte in its text, where an interruption left it; -1: the end
  std::vector<SectionView> outline;
  SoundView sound;                     // what is being recorded or heard
  std::string recordable;  // what Record takes for the whole interview; "": it may not be recorded, now
  int recordings = 0;      // … parts that there are already
  std::vector<RecordingView> parts;  // … to be heard
  unsigned seat = 0;       // tells it from the others that were opened: what a screen keeps is its own
  std::optional<BrowserView> browser;  // a file is being chosen
  std::vector<FoundView> found;  // what the last Find found
  std::vector<BesideView> beside;  // what OfferBeside listed
  std::string other;             // name of the second interview that is open; "" for none
  bool other_records = false;    // … whose recording is paused meanwhile
  std::optional<NewerView> newer;
  int page = 0, pages = 0;       // 0-based; pages as they stand now; 0: not known before consent
  int back_to = -1;              // the page one left by going back or jumping; -1: none
  bool saved = true, can_go_back = false, is_last = false;
  bool advances = false;  // a single choice also turns the page
  Turning turning = Turning::question;
};

enum class FindingKind : uint8_t { error, warning, unanswered };  // only errors block finishing

struct FindingView {
  std::string id, label, text;  // question, its label, what is wrong
  FindingKind kind = FindingKind::error;
};

struct SubmitView {
  std::string card;  // the withdrawal card to hand over; empty in practice and refusals
  std::vector<CardWords> card_words;  // what stands on it
  std::string title;
  std::vector<FindingView> findings;  // errors, then warnings, then what is unanswered
  int answered = 0, unanswered = 0, errors = 0, warnings = 0;
  bool may_finish = false;
  bool correcting = false;  // a finished interview: what was changed is sealed already
  bool refused = false;     // consent was refused: only the refusal is kept
  bool printed = false;     // the card's two copies have been printed or written
  std::string meaning;      // what finishing means, said before it happens
};

}  // namespace app
