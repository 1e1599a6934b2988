// The desk's verbs on sound: recording answers and whole interviews, hearing them again, the form's prompts.
#include "collector/app/answer_text.h"
#include "collector/app/desk_state.h"
#include "collector/app/locale.h"

namespace app {

using base::Fault;
using engine::NodeId;
using sound::Recorder;

namespace {

constexpr size_t largest_recording = 256 << 20;
constexpr int64_t test_ms = 3000;

std::string clock_text(int64_t ms) {
  auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  int64_t s = ms / 1000;
  return (s >= 3600 ? std::to_string(s / 3600) + ":" : "") + two(s / 60 % 60) + ":" + two(s % 60);
}

}  // namespace

// The question that the whole interview may be recorded for: of the type background-audio, asked for now. What
// it hangs on is the form's, consent to recording first of all.
NodeId OpenDesk::recordable() const {
  if (!interview_ || interview_->is_correction()) return engine::no_id;
  if (course_.background_audio() == definition::no_node) return engine::no_id;
  NodeId found = interview_->session().find({course_.background_audio(), {}});
  return found != engine::no_id && interview_->session().relevant(found) ? found : engine::no_id;
}

sound::System* OpenDesk::sound_system() {
  if (!sound_) sound_ = around_.sound ? around_.sound() : nullptr;
  return *sound_;
}

void OpenDesk::on(const Record& e) {
  if (sounding_.recorder && sounding_.question == e.question) {
    sounding_.recorder->resume();
    return show_sound();
  }
  NodeId node = media_node(e.question);
  if (node == engine::no_id) return;
  end_sound();
  sounding_.question = e.question;
  if (!sound_system()) {
    sounding_.problem = strings_.tr("sound.off.problem");
    return show_sound();
  }
  const definition::Node& asked = interview_->survey().nodes[interview_->session().definition_of(node)];
  sounding_.whole = node == recordable();
  auto writer = media_.begin(*interview_, node, asked.name + ".opus", seal::Grain::recording);
  if (!writer) {
    sounding_.problem = fault_text(writer.error());
    return show_sound();
  }
  sounding_.writer = std::move(*writer);
  bool voice_only = asked.type->control(asked).voice_only;
  sounding_.recorder = std::make_unique<Recorder>(
      *sound_system(),
      sound::RecorderOptions{.voice_only = voice_only, .wakes_a_second = sounding_.whole ? 1 : 3},
      around_.wake);
  show_sound();
}

void OpenDesk::on(const PauseRecording&) {
  if (sounding_.recorder) sounding_.recorder->pause();
  show_sound();
}

void OpenDesk::on(const EndRecording&) {
  end_sound();
  if (std::holds_alternative<InterviewView>(screen_)) show_interview();
}

// A mark is a line in the note of the recording's question: when, and what was asked then.
void OpenDesk::on(const MarkRecording&) {
  NodeId node = media_node(sounding_.question);
  if (!sounding_.recorder || node == engine::no_id) return;
  NodeId here = find_address(interview_->session(), focus_);
  std::string asked = here == engine::no_id
                          ? ""
                          : std::string(interview_->survey().name(interview_->session().definition_of(here)));
  std::string& note = notes_[sounding_.question];
  note +=
      (note.empty() ? "" : "\n") + clock_text(sounding_.recorder->ms()) + (asked.empty() ? "" : "  " + asked);
  if (auto done = interview_->note(node, note); !done) return say(done.error());
  ++sounding_.marks;
  show_sound();
}

void OpenDesk::on(const TestMicrophone&) {
  end_sound();
  if (!sound_system()) {
    sounding_.problem = strings_.tr("sound.off.problem");
    return show_sound();
  }
  sounding_.testing = true;
  sounding_.recorder = std::make_unique<Recorder>(
      *sound_system(), sound::RecorderOptions{.keeps = false, .most_ms = test_ms, .wakes_a_second = 5},
      around_.wake);
  show_sound();
}

void OpenDesk::on(const Play& e) {
  if (sounding_.player && sounding_.question == e.question) {
    sounding_.player->play();
    return show_sound();
  }
  NodeId node = media_node(e.question);
  if (node == engine::no_id) return;
  end_sound();
  std::string answer(interview_->session().value(node));
  sounding_.question = e.question;
  if (!sound_system()) {
    sounding_.problem = strings_.tr("sound.off.problem");
  } else if (auto bytes = media_.read(*interview_, answer, largest_recording); !bytes) {
    sounding_.problem = fault_text(bytes.error());
  } else {
    sounding_.player = std::make_unique<sound::Player>(*sound_system(), std::move(*bytes), around_.wake);
    sounding_.player->play();
  }
  show_sound();
}

void OpenDesk::on(const PausePlaying&) {
  if (sounding_.player) sounding_.player->pause();
  show_sound();
}

void OpenDesk::on(const PlayBack& e) {
  if (sounding_.player) sounding_.player->back(e.ms);
  show_sound();
}

void OpenDesk::on(const PlayFrom& e) {
  if (sounding_.player)
    sounding_.player->seek(static_cast<int64_t>(static_cast<double>(sounding_.player->length_ms()) *
                                                static_cast<double>(e.part)));
  show_sound();
}

void OpenDesk::on(const PlaySpeed& e) {
  if (sounding_.player) sounding_.player->speed(static_cast<double>(e.factor));
  show_sound();
}

void OpenDesk::on(const StopPlaying&) {
  if (!sounding_.recorder || sounding_.testing) end_sound();
  show_sound();
}

// What has been heard since goes into the vault. False: it could not, and the recording has ended.
bool OpenDesk::drain_recorder() {
  for (const base::Bytes& part : sounding_.recorder->take()) {
    auto done = sounding_.writer ? sounding_.writer->write(part) : base::Status();
    if (!done) {
      sounding_.problem = fault_text(done.error());
      return false;
    }
    // The answer is there with the first part: a recording that is cut short is found again.
    if (!sounding_.stored && sounding_.writer) {
      sounding_.stored = true;
      NodeId node = media_node(sounding_.question);
      if (node != engine::no_id) (void)interview_->store(node, sounding_.writer->answer());
    }
  }
  return true;
}

// Ends what is being recorded or heard. A recording is closed whole; one without a sound leaves nothing.
void OpenDesk::end_sound() {
  if (sounding_.recorder) {
    sounding_.recorder->finish();
    (void)drain_recorder();
    if (sounding_.writer) (void)(sounding_.stored ? sounding_.writer->close() : sounding_.writer->cancel());
  }
  sounding_ = {};
  frame_.recording = false;
}

// Takes over what the recorder and the player have come to; called by poll().
bool OpenDesk::poll_sound() {
  if (sounding_.player) {
    show_sound();
    return true;
  }
  if (!sounding_.recorder) return false;
  bool good = drain_recorder();
  Recorder::State state = sounding_.recorder->state();
  if (state == Recorder::State::failed || !good) {
    std::string problem = good ? sounding_.recorder->error().where == "microphone" &&
                                         sounding_.recorder->error().fault == Fault::unsupported
                                     ? strings_.tr("sound.busy.problem")
                                     : strings_.tr("sound.none.problem")
                               : sounding_.problem;
    std::string question = sounding_.question;
    end_sound();
    sounding_.question = question;
    sounding_.problem = problem;
    if (std::holds_alternative<InterviewView>(screen_)) show_interview();
  } else if (sounding_.testing && state == Recorder::State::done && !sounding_.tested) {
    sounding_.tested = true;
    sounding_.loudest = sounding_.recorder->loudest();
    sounding_.player =
        std::make_unique<sound::Player>(*sound_system(), sounding_.recorder->heard(), around_.wake);
    sounding_.recorder.reset();
    sounding_.player->play();
  }
  show_sound();
  return true;
}

SoundView OpenDesk::sound_view() const {
  SoundView view;
  view.question = sounding_.question;
  view.whole = sounding_.whole;
  view.marks = sounding_.marks;
  view.problem = sounding_.problem;
  view.loudest = sound::meter_of(sounding_.loudest);
  if (sound_ && !*sound_) view.state = SoundState::off;
  if (!sounding_.problem.empty()) view.state = SoundState::failed;
  if (const Recorder* r = sounding_.recorder.get()) {
    view.ms = r->ms();
    view.level = sound::meter_of(r->level());
    view.loudest = sound::meter_of(r->loudest());
    view.is_silent = r->is_silent();
    view.length_ms = sounding_.testing ? test_ms : 0;
    view.state = r->state() == Recorder::State::opening  ? SoundState::opening
                 : r->state() == Recorder::State::paused ? SoundState::paused
                 : sounding_.testing                     ? SoundState::testing
                                                         : SoundState::recording;
  } else if (const sound::Player* p = sounding_.player.get()) {
    view.ms = p->ms();
    view.length_ms = p->length_ms();
    view.speed = static_cast<float>(p->speed());
    view.state = sounding_.tested ? SoundState::tested
                 : p->playing()   ? SoundState::playing
                                  : SoundState::held;
    if (p->failed()) {
      view.state = SoundState::failed;
      view.problem = strings_.tr("sound.unheard.problem");
    }
  }
  return view;
}

// Into the screen that stands: nothing else of it is made anew.
void OpenDesk::show_sound() {
  frame_.recording = sounding_.recorder && !sounding_.testing;
  if (auto* view = std::get_if<InterviewView>(&screen_)) view->sound = sound_view();
}

}  // namespace app
