// OpenDesk: the one Desk there is; its parts are in desk.cpp and desk_*.cpp. Internal.
#pragma once

#include "collector/app/desk_held.h"

namespace app {

class OpenDesk : public Desk, private DeskHeld {
 public:
  OpenDesk(std::filesystem::path workspace, Surroundings surroundings);
  ~OpenDesk() override;
  const Frame& frame() const override { return frame_; }
  const Screen& screen() const override { return screen_; }
  void apply(const Event& event) override;
  bool poll() override;
  bool busy() const override { return task_.joinable(); }
  void wait() override;

 private:
  // desk.cpp: people and places.
  void on(const CreateProfile& e);
  void on(const Unlock& e);
  void on(const Practise&);
  void on(const Visit& e);
  void on(const ChangeInterface& e);
  void on(const CancelTask&);
  void go_back();
  // desk_lock.cpp
  void on(const Hide&);
  void on(const Reveal& e);
  void show_lock(const std::string& problem);
  void return_to_work();
  void arm_quick_lock();
  // desk_settings.cpp
  void on(const ChangeLook& e);
  void on(const LockAfter& e);
  void on(const SetCode& e);
  void on(const SelectHelp& e);
  void show_settings(const std::string& code_problem = "");
  void show_about();
  void show_help();
  void take_preferences();
  void keep_preferences();
  void show_look();

  // desk_contacts.cpp
  void on(const NoteContact& e);
  void on(const SettleContact& e);
  // desk_withdrawal.cpp
  void on(const Withdraw& e);
  void show_withdrawal();
  void begin_withdrawal();
  // desk_newer.cpp
  void on(const MoveToNewest& e);
  void show_contacts(const std::string& problem = "");
  // A task: `work` in a thread of its own, then `done` here. The profile belongs to it meanwhile.
  void start(std::string what, std::function<void()> work, std::function<void()> done);
  void show_unlock(const std::string& problem = "");
  void show_home();
  void lock();
  void opened(std::unique_ptr<Profile> profile);
  void say(std::string notice, bool problem = false);
  void say(const base::Error& error);

  // desk_interview.cpp: opening, turning pages, finishing.
  void on(const NewInterview& e);
  void on(const OpenInterview& e);
  void on(const ReadIn& e);
  void on(const SpeakIn& e);
  void on(const OfferBeside&);
  void on(const OpenBeside& e);
  void on(const SwitchInterview&);
  void begin_at(std::unique_ptr<Interview> interview);  // where it stopped, or its first question
  base::Result<std::unique_ptr<Interview>> begun(const std::string& form);
  base::Result<std::unique_ptr<Interview>> resumed(const std::string& id);
  bool leave_interviews();  // everything in them is kept already; whether one was being recorded
  void park();    // practice, while nobody is there
  bool unpark();  // … and back to it; false: nothing was parked
  void say_other_waits();  // its recording is paused
  Seat rise();
  void sit(Seat seat);
  void show_interview();
  // desk_page.cpp
  void show_page(InterviewView& view, const Page& page);
  // desk_submit.cpp
  void on(const Finish&);
  void on(const PrintCard& e);
  void on(const HandOverCard& e);
  void show_submit();
  // desk_moving.cpp
  void on(const NextPage& e);
  void on(const PreviousPage&);
  void on(const Focus& e);
  void on(const Caret& e);
  void on(const JumpTo& e);
  void on(const GoBackTo&);
  void on(const NextUnanswered&);
  void on(const Find& e);
  void on(const TurnBy& e);
  void on(const Advance& e);
  void lay_pages();
  void arrive();
  void go_to(engine::NodeId node);
  bool stays_on(engine::NodeId node, bool skip);  // says why
  // desk_answers.cpp
  void on(const Answer& e);
  void on(const Say& e);
  void on(const ToggleChoice& e);
  void on(const MoveRank& e);
  void on(const SayNothing& e);
  void store_answer(engine::NodeId node, const std::string& value, bool typed);
  void store_typing(engine::NodeId node, const std::string& typed);
  void show_answer(engine::NodeId node, engine::NodeId here);
  // desk_media.cpp
  void on(const AttachFile& e);
  void on(const Detach& e);
  void on(const Draw& e);
  void on(const Browse& e);
  void on(const CloseBrowser&);
  void on(const WriteNote& e);
  MediaView media_view(const QuestionView& question);
  base::Status attach(engine::NodeId node, const std::string& name, base::ByteView bytes);
  void read_notes();
  void on(const BrowseFolders& e);  // these in desk_folders.cpp
  void on(const TakeFolder& e);
  void show_asking();  // the screen that a folder is chosen for, anew
  void forget_media();  // when an interview is left: what is heard ends, what was shown goes
  // desk_form_media.cpp
  void add_form_media(QuestionView& view, engine::NodeId node);
  void add_areas(QuestionView& view, const std::string& name);
  std::shared_ptr<const Picture> form_picture(std::string_view name, int side);
  // desk_sound.cpp
  void on(const Record& e);
  void on(const PauseRecording&);
  void on(const EndRecording&);
  void on(const MarkRecording&);
  void on(const TestMicrophone&);
  void on(const Play& e);
  void on(const PausePlaying&);
  void on(const PlayBack& e);
  void on(const PlayFrom& e);
  void on(const PlaySpeed& e);
  void on(const StopPlaying&);
  void on(const PlayPrompt& e);
  void on(const PlayAt& e);
  base::Status keep_sound();
  bool drain_recorder();
  void end_sound();
  bool poll_sound();
  bool is_seen_anew();
  bool end_all_sound();  // also of the interview that is open beside; whether anything was being recorded
  void show_sound();
  // desk_repeats.cpp
  void on(const AddInstance& e);
  void on(const RemoveInstance& e);
  void on(const CopyInstance& e);
  void on(const Undo& e);
  void on(const MoveInstance& e);
  void on(const NextCell& e);
  void on(const TabulateRepeats& e);
  void show_repeat(InterviewView& view, const Page& page);
  void show_rows(InterviewView& view, RepeatView& repeat, const Page& page) const;
  size_t page_of_repeat(definition::NodeIndex repeat, engine::NodeId parent) const;  // the current one if it has none
  void readdress(const std::function<void()>& change);  // positions move: what is kept by address follows

  // desk_centre.cpp
  void on(const ChoosePlace& e);
  void on(const StartSync&);
  void on(const Merge&);
  void on(const SelectConflict& e);
  void on(const ChooseSide& e);
  void on(const Settle& e);
  void on(const SelectTable& e);
  void on(const ShowLabels& e);
  void on(const ScrollTable& e);
  void on(const ExportTo& e);
  void on(const BackUpTo& e);
  void on(const MoveCentral& e);
  void on(const VerifyCentral& e);
  void on(const KeepBackupsAt& e);
  void on(const SetCardTerms& e);
  void on(const RestoreCentral& e);
  void on(const TakeIn& e);
  void on(const ThrowAway& e);
  void on(const SelectForm& e);
  void on(const SelectText& e);
  void on(const EditText& e);
  void on(const Publish&);
  void show_sync();
  void show_conflicts();
  void show_table();
  void show_export();
  void show_central();
  void show_editor();
  void look(std::function<void()> show);  // dataset_ anew, then the screen
};

}  // namespace app
