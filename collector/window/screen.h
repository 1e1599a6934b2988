// Screens: a view drawn, and what the person asked for. One file a screen in screens/; draw() chooses.
//
//   std::vector<app::Event> asked = draw(kit, strings, desk.frame(), desk.screen(), scratch);
//
// A screen keeps nothing: what must live between two passes and is not the product's business (a passphrase
// being typed, an open menu) stands in Scratch and may be dropped at any time.
#pragma once

#include <string>
#include <vector>

#include "collector/app/events.h"
#include "collector/app/views.h"
#include "collector/window/controls/scratch.h"
#include "collector/window/kit.h"

namespace window {

// What lies over the screen: a menu, a sheet. One at a time.
enum class Open : uint8_t { nothing, keys, languages, outline, find, spoken, beside, note, recordings, newer };

struct ContactScratch {  // an attempt that is being noted
  std::string code, day, hour, note;
  bool sent = false;
};

struct Scratch {
  std::string shown;  // what stands on screen: focus is set anew when it changes
  std::string profile, passphrase, again, label;
  bool making = false;      // unlock: a new profile
  std::string focused;      // interview: the question the keyboard speaks to
  std::string told;         // interview: what is wrong, as it was last brought into sight
  std::string removing;     // interview: the instance whose removal was asked for once
  std::string digits;       // interview: first of two digits
  ControlScratch controls;  // interview: what its controls keep
  app::SoundView sound;     // interview: what is recorded or heard, for controls of any question
  Open open = Open::nothing;
  std::string under_menu, search;  // what had the focus before it was opened; what is looked for in it
  int highlighted = 0;             // its row that the arrows stand on
  float seconds = 0;                           // since the window opened: what moves while a task runs
  std::map<std::string, std::string> pending;  // fields whose text is not yet an answer
  std::map<std::string, float> heights;        // of scroll areas, from the last pass
  std::string place, folder, reason, edit_text;
  std::string backups, card_contact, card_until;  // central file: what is typed there
  int part = 0;                         // … copies, quarantine, log, card
  std::string note;  // interview: the note that is being written
  bool read_aloud = false;  // interview: asked for by the mouse; the stage does it
  ContactScratch contact;
};

using Events = std::vector<app::Event>;

Events draw(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::Screen& screen,
            Scratch& scratch);

Events draw_unlock(Kit& kit, const app::Strings& s, const app::UnlockView& view, Scratch& scratch);
Events draw_lock(Kit& kit, const app::Strings& s, const app::LockView& view, Scratch& scratch);
Events draw_settings(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::SettingsView& view,
                     Scratch& scratch);
Events draw_help(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::HelpView& view,
                 Scratch& scratch);
Events draw_about(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::AboutView& view,
                  Scratch& scratch);
Events draw_withdraw(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::WithdrawView& view,
                     Scratch& scratch);
Events draw_contacts(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::ContactsView& view,
                     Scratch& scratch);
Events draw_home(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::HomeView& view,
                 Scratch& scratch);
Events draw_interview(Kit& kit, const app::Strings& s, const app::Frame& frame,
                      const app::InterviewView& view, Scratch& scratch);
Events draw_submit(Kit& kit, const app::Strings& s, const app::SubmitView& view, Scratch& scratch);
Events draw_sync(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::SyncView& view,
                 Scratch& scratch);
Events draw_conflicts(Kit& kit, const app::Strings& s, const app::Frame& frame,
                      const app::ConflictsView& view, Scratch& scratch);
Events draw_table(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::TableView& view,
                  Scratch& scratch);
Events draw_export(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::ExportView& view,
                   Scratch& scratch);
Events draw_central(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::CentralView& view,
                    Scratch& scratch);
Events draw_editor(Kit& kit, const app::Strings& s, const app::Frame& frame, const app::EditorView& view,
                   Scratch& scratch);

void draw_keys(Kit& kit, const app::Strings& s, const app::Screen& screen, Scratch& scratch, Events& events);
std::vector<std::string> keys_listed(const app::Strings& s, const app::Screen& screen);  // … each, as its cap says
// The parts of an interview's screen, one file each.
Rect interview_side(const Kit& kit);  // its place: the outline above, what one can do below
void draw_outline(Kit& kit, const app::Strings& s, const app::InterviewView& view, Scratch& scratch,
                  Events& events);
void draw_actions(Kit& kit, const app::Strings& s, const app::InterviewView& view, Scratch& scratch,
                  Events& events);
void draw_interview_menu(Kit& kit, const app::Strings& s, const app::InterviewView& view, Scratch& scratch,
                         Events& events);
void draw_recordings(Kit& kit, const app::Strings& s, const app::InterviewView& view, Scratch& scratch,
                     Events& events);
void draw_newer(Kit& kit, const app::Strings& s, const app::InterviewView& view, Scratch& scratch, Events& events);
void draw_consent(Kit& kit, const app::Strings& s, const app::InterviewView& view, Rect r, Scratch& scratch,
                  Events& events);
// An answer or Enter leads to the next question of a page of several; from the last one NextPage stays.
void lead_on(const app::InterviewView& view, size_t index, Events& asked);

// What works everywhere, as an icon and its key; its words are in the registry and on F1. Tab passes it.
float sign_width(Kit& kit, const std::string& key);
bool draw_sign(Kit& kit, const std::string& id, const std::string& label, const std::string& key, Icon icon, Rect r);
struct Sign {
  const char* id;
  std::string label;
  const char* key;
  Icon icon;
};
// Of a page of consent, and what each does when it is pressed.
std::vector<Sign> consent_signs(const app::Strings& s, const app::InterviewView& view);
void press_sign(Kit& kit, std::string_view id, const app::InterviewView& view, Scratch& scratch, Events& events);
// Where only F1 works: that it does, ending at x; returns its width.
bool draw_back_sign(Kit& kit, const app::Strings& s, Rect r);  // at the end of a screen's first line: Esc leads back
float draw_keys_sign(Kit& kit, const app::Strings& s, float end, float y, Scratch& scratch);
// The side bar of everything but unlocking and the interview; returns the free rectangle.
Rect draw_places(Kit& kit, const app::Strings& s, const app::Frame& frame, app::Go here, Events& events);
// One question's control in a rectangle; returns the height used.
float draw_question(Kit& kit, const app::Strings& s, const app::QuestionView& q, Rect r, bool alone,
                    bool active, Scratch& scratch, Events& events);
std::string first_widget(const app::QuestionView& q,
                         bool alone);                // that takes the keyboard; "" when none must
bool scrolls_by_itself(const app::QuestionView& q);  // its list does: the page does not
// The recording of the whole interview, at the rectangle's bottom, and the height it takes; 0: consent forbids it.
float recording_height(Kit& kit, const app::Strings& s, const app::InterviewView& view, float width);
void draw_recording(Kit& kit, const app::Strings& s, const app::InterviewView& view, Rect r, Scratch& scratch,
                    Events& events);
void keyed_recording(Kit& kit, const app::InterviewView& view, Events& events);  // Ctrl+R, M and E
void open_recordings(Kit& kit, const app::InterviewView& view, Scratch& scratch);  // those there are, to be heard
// While a folder is chosen for a screen the keyboard is the list's alone: true. What was taken goes into `field`.
bool choosing_folder(Kit& kit, const app::Strings& s, const std::optional<app::BrowserView>& view, Scratch& scratch,
                     std::string& field, Events& events);
void draw_browser(Kit& kit, const app::Strings& s, const app::BrowserView& view, Scratch& scratch, Events& events);
float draw_grid(Kit& kit, const app::InterviewView& view, Rect r, Events& events);  // a table-list
float draw_repeat(Kit& kit, const app::Strings& s, const app::RepeatView& view, Rect r, Scratch& scratch,
                  Events& events);  // another instance?
float draw_repeat_table(Kit& kit, const app::Strings& s, const app::InterviewView& view, Rect r, Scratch& scratch,
                        Events& events);  // its instances as rows
std::string cell_widget(const app::QuestionView& q);  // of that table

}  // namespace window
