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
#include "collector/app/views_people.h"

namespace app {

struct Frame {           // what every screen has around it
  std::string language;  // interface language code: "ar"
  bool right_to_left = false;
  bool practice = false;  // a large mark: nothing leaves this laptop
  bool coordinator = false;
  std::string profile, project, notice;  // notice: one line that the last action left, already translated
  bool notice_is_problem = false;
  std::string working;     // what a task is doing, while one runs
  bool recording = false;  // an interview is being recorded: it is not locked by itself meanwhile
  std::string theme = "light";
  int text_size = 0;     // 0, 1, 2
  int lock_after_s = 0;  // without a key; 0: never
};

struct UnlockView {
  std::vector<std::string> profiles;  // on this laptop; empty: first start
  std::string chosen;
  std::string problem;  // why it did not open, translated
  std::string remark;   // on the interface's language: not checked, what stands in
  int wait_s = 0;       // back-off: the next try opens in so many seconds
  bool broken = false;  // something in it is damaged: a copy of the central file may take its place
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
  std::string appointment, storage;         // the next one, and room on this laptop, in words; "" for none
  std::optional<CentreCard> centre = {};    // a coordinator's
};

using Screen = std::variant<UnlockView, HomeView, InterviewView, SubmitView, SyncView, ConflictsView,
                            TableView, ExportView, EditorView, CentralView, LockView, ContactsView, SettingsView, HelpView,
                            AboutView, WithdrawView>;

}  // namespace app
