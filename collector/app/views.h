// Views: what a screen shows, as plain values. The desk makes them; the window, the terminal and the tests
// read them. A view holds text ready to be shown, in the interface's or the interview's language: nothing in
// it is computed while drawing, and drawing changes nothing in it.
//
//   const Screen& screen = desk.screen();
//   if (auto* interview = std::get_if<InterviewView>(&screen)) …
//
// Ids are stable names ("actor[2]/act_name"), never labels. Sizes are counts unless a name says otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "collector/app/views_centre.h"
#include "collector/app/views_question.h"

namespace app {

struct Frame {           // what every screen has around it
  std::string language;  // interface language code: "ar"
  bool right_to_left = false;
  bool practice = false;  // a large mark: nothing leaves this laptop
  bool coordinator = false;
  std::string profile, project, notice;  // notice: one line that the last action left, already translated
  bool notice_is_problem = false;
  std::string working;  // what a task is doing, while one runs
};

struct UnlockView {
  std::vector<std::string> profiles;  // on this laptop; empty: first start
  std::string chosen;
  std::string problem;  // why it did not open, translated
  int wait_s = 0;       // back-off: the next try opens in so many seconds
};

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
    std::string id, label;  // "actor[2]"; what was first answered in it
  };
  std::vector<Instance> instances;
};

struct InterviewView {
  std::string title, subtitle;            // form; case code or draft's name
  std::string section;                    // heading of the page
  std::string language, second_language;  // names in themselves: "العربية"
  std::vector<std::string> languages;     // of the form, by index
  int language_index = 0, second_index = -1;
  bool right_to_left = false;
  bool grid = false;                    // a table-list: the questions share their choices
  std::vector<QuestionView> questions;  // of this page; one, or a group's; none where it asks for another
  std::optional<RepeatView> repeat;     // … instance of this repeat
  std::string removable;                // the instance this page is in, where people add and remove them
  std::string focus;                    // id of the question the caret is in
  std::vector<SectionView> outline;
  int page = 0, pages = 0;  // 0-based; pages as they stand now
  bool saved = true, can_go_back = false, is_last = false, one_per_page = true;
};

struct FindingView {
  std::string id, label, text;  // question, its label, what is wrong
  bool blocks = true;           // errors block finishing; unanswered ones do not
};

struct SubmitView {
  std::string card;  // the withdrawal card to hand over; empty in practice and refusals
  std::string title;
  std::vector<FindingView> findings;
  int answered = 0, unanswered = 0;
  bool may_finish = false;
  bool correcting = false;  // a finished interview: what was changed is sealed already
  bool refused = false;     // consent was refused: only the refusal is kept
  std::string meaning;      // what finishing means, said before it happens
};

struct FormCard {
  std::string id, title, version, languages;
};

enum class Safety : uint8_t { open, on_laptop, handed_over, received, withdrawn };

struct InterviewCard {
  std::string id, title, name, when;  // when: date in the interface language
  Safety safety = Safety::open;
  int answered = 0;
};

struct HomeView {
  std::vector<FormCard> forms;
  std::vector<InterviewCard> interviews;    // newest first
  int open = 0, waiting = 0, received = 0;  // waiting: finished, not yet received by the centre
};

using Screen = std::variant<UnlockView, HomeView, InterviewView, SubmitView, SyncView, ConflictsView,
                            TableView, ExportView, EditorView>;

}  // namespace app
