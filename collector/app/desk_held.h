// What OpenDesk holds: where a person is, the interviews that are open, what runs. Internal; values only, the verbs
// are OpenDesk's.
#pragma once

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "collector/app/centre.h"
#include "collector/app/course.h"
#include "collector/app/desk.h"
#include "collector/app/export_verbs.h"
#include "collector/app/form_languages.h"
#include "collector/app/form_vectors.h"
#include "collector/app/media_box.h"
#include "collector/app/pages.h"
#include "collector/app/preferences.h"
#include "collector/app/project.h"
#include "collector/app/publishing.h"
#include "collector/app/replicas.h"
#include "collector/app/sound/player.h"
#include "collector/app/sound/recorder.h"
#include "collector/app/strings.h"
#include "collector/app/terminal_interview.h"
#include "collector/app/withdrawals.h"

namespace app {

struct DeskHeld {
  DeskHeld(std::filesystem::path workspace, Surroundings surroundings)
      : workspace_(std::move(workspace)), around_(std::move(surroundings)), strings_("en"), vectors_(around_.draw_svg) {}

  std::filesystem::path workspace_;
  Surroundings around_;
  Strings strings_;
  Frame frame_;
  Screen screen_;
  std::unique_ptr<Profile> profile_;
  std::unique_ptr<Interview> interview_;
  int language_ = 0, second_ = -1;
  std::vector<bool> offered_;  // which of its languages the open interview's form has questions in
  std::vector<Page> pages_;
  bool past_last_ = false;  // the last cell of a table was left: say so once
  Course course_;  // … and what they were laid from
  size_t page_ = 0;
  // Made anew whenever it is shown: the language may have changed since.
  using Wording = std::function<std::string(engine::NodeId)>;
  std::map<std::string, Wording> problems_;      // by question, until answered again
  std::map<std::string, std::string> typed_;     // what could not be taken, as typed
  std::string focus_;
  int caret_ = -1;        // where an interruption left it, until the page is turned
  std::string left_;      // the question one was at before going back or jumping
  std::vector<FoundView> found_;
  std::vector<BesideView> beside_;
  struct Sounding {  // what is being recorded or heard; one at a time
    std::string question, problem;
    bool whole = false, testing = false, tested = false, stored = false;
    size_t part = 0;  // of the whole interview, beside the form's questions; 0: `question` holds it
    int marks = 0;
    float loudest = 0;
    std::unique_ptr<MediaWriter> writer;
    std::unique_ptr<sound::Recorder> recorder;
    std::unique_ptr<sound::Player> player;
  };
  // A second interview that is open, for a household; swapped with the first.
  struct Seat {
    std::unique_ptr<Interview> interview;
    int language = 0, second = -1;
    size_t page = 0;
    std::map<std::string, Wording> problems;
    std::map<std::string, std::string> typed;
    std::string focus, left;
    unsigned number = 0;
    Sounding sounding;  // its recording, paused while the other is held
  };
  std::optional<Seat> other_;
  unsigned seat_ = 0, seats_ = 0;  // which of the interviews opened since the start this is
  std::vector<Seat> parked_;  // practice that the lock interrupted; nothing in it is anybody's
  std::string parked_for_;    // … whose; "" for nobody's
  std::set<std::string> warned_;  // soft rules that were said
  bool printed_ = false;          // the open interview's card
  bool handed_ = false;           // … the respondent has its code: somebody said so
  Turning turning_ = Turning::question;
  bool advances_ = false;
  Preferences preferences_;
  std::vector<std::string> waiting_;  // interviews to come back to after a quick lock: the first is shown
  std::string waiting_for_;           // … when the profile had to be closed meanwhile: whose
  int help_page_ = 0;

  MediaBox media_;
  std::map<std::string, std::string> notes_;  // by question
  std::vector<std::pair<std::string, std::shared_ptr<const Picture>>>
      pictures_;                                                         // decoded; the last shown first
  std::map<std::string, std::shared_ptr<const Picture>> form_pictures_;  // by name and size
  FormVectors vectors_;
  std::optional<BrowserView> browser_;
  std::filesystem::path browsed_;
  Sounding sounding_;
  std::string drawn_sound_;  // a fingerprint of what was last seen of it
  std::optional<sound::System*> sound_;  // once it was asked for

  std::string place_;
  std::thread task_;
  std::function<void()> done_;
  std::atomic<bool> running_{false}, cancel_{false}, short_of_memory_{false};
  std::mutex progress_mutex_;
  exchange::SyncStep progress_;
  std::string progress_name_;
  bool progress_fresh_ = false, finished_ = false;
  exchange::SyncReport report_;
  bool one_disk_ = false;  // said with it: central_file.h

  std::optional<Dataset> dataset_;
  std::optional<exports::Tables> tables_;
  int conflict_ = 0, side_ = -1, table_ = 0, first_row_ = 0;
  bool labels_ = true;
  std::string export_result_, export_folder_;
  CentralView central_;
  std::optional<NewerView> newer_;  // of the open interview's form
  struct Withdrawing {              // what was looked up, until it is done or left
    std::string card;
    std::vector<FoundCase> cases;
    int chosen = -1;
    bool is_here = false;  // the card's interview
    std::optional<Key> problem, result;
    std::string fault, number;
  };
  Withdrawing withdrawing_;
  std::shared_ptr<const FormFile> published_;
  definition::Workbook edited_;
  definition::SideFiles edited_files_;
  std::string edited_form_;
  int text_row_ = 0, text_language_ = 0;
  std::string text_language_name_;  // as the forms name it; kept from form to form
  std::vector<std::string> changes_;

  World world() const;
  std::vector<std::filesystem::path> practice_forms() const;
  std::string remark_on(const std::string& language) const;  // not checked, what stands in

  // What several of the desk's parts ask; each stands where it is needed most.
  std::string moment_text(base::Instant at) const;
  std::string appointment_text(const std::string& day, const std::string& hour) const;
  std::string fault_text(const base::Error& error) const;
  ConsentView consent_view(const Page& page) const;
  bool card_waits() const;  // a card with a code that nobody has confirmed yet
  std::string rule_text(engine::NodeId node) const;
  std::string required_text(engine::NodeId node) const;
  std::string refusal_of(const base::Error& error, engine::NodeId node) const;
  engine::NodeId media_node(const std::string& question) const;
  std::filesystem::path folder_named(const std::string& typed) const;  // ""; the project's, among the documents
  std::string recordable() const;
  bool is_recording_whole() const;
  SoundView sound_view() const;
  engine::NodeId holder_of_sound() const;
  sound::System* sound_system();
  std::vector<RecordingView> recorded_parts() const;
  std::string sound_of(const std::string& question) const;  // the answer that names it
  std::vector<SoundMark> marks_of(const std::string& question) const;
  void look_for_newer();  // of the open interview's form: newer_

  std::string until_example() const;  // a day as it is typed

  // Of the open interview, in words (desk_words.cpp): the interface's, or the interview's where the respondent reads.
  Strings words_for(engine::NodeId node) const;
  std::vector<CardWords> words_on_card() const;  // in the language that is read and in the one beside it
  std::string stand_in_remark(const Page& page) const;  // which language stands in for texts that are missing
  std::vector<bool> languages_offered() const;
};

std::optional<std::string> date_typed(const std::string& typed);  // a day as people type it, as it is stored
std::vector<SpokenView> spoken_languages(const Strings& s);
bool is_soft(const engine::Session& session, engine::NodeId node);

}  // namespace app
