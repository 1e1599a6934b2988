// The desk's verbs on sound: recording answers and whole interviews, hearing them again, the form's prompts.
#include "collector/app/answer_text.h"
#include "collector/app/consent.h"
#include "collector/app/desk_state.h"
#include "collector/app/locale.h"
#include "collector/app/sound_marks.h"

namespace app {

using base::Fault;
using engine::NodeId;
using sound::Recorder;

namespace {

constexpr size_t largest_recording = 256 << 20;
constexpr int64_t test_ms = 3000;

// How often what sounds is drawn anew: a meter that one looks at, and a clock at the side.
int draws_a_second(bool whole) {
  return whole ? 1 : 4;
}

constexpr std::string_view part_id = "recording.";  // … and its number: what Play takes for a part beside the form

}  // namespace

// What Record takes for the whole interview: any may be recorded whose consent allows sound. It hangs on the form's
// question of the type background-audio where there is one, asked for now, that holds nothing yet; else it stands
// beside the form's questions.
std::string DeskHeld::recordable() const {
  if (!interview_ || interview_->is_correction() || !allows(interview_->session(), ConsentUse::audio)) return "";
  return "background-audio";
}

bool DeskHeld::is_recording_whole() const {
  return sounding_.whole && sounding_.recorder;
}

sound::System* DeskHeld::sound_system() {
  if (!sound_) sound_ = around_.sound ? around_.sound() : nullptr;
  return *sound_;
}

void OpenDesk::on(const Record& e) {
  if (sounding_.recorder && sounding_.question == e.question) {
    sounding_.recorder->resume();
    return show_sound();
  }
  bool whole = interview_ && !e.question.empty() && e.question == recordable();
  if (!whole && is_recording_whole()) return say(strings_.tr("sound.whole_runs.notice"));
  NodeId node = whole ? engine::no_id : media_node(e.question);
  if (!whole && node == engine::no_id) return;
  end_sound();
  sounding_.question = e.question;
  sounding_.whole = whole;
  if (!sound_system()) {
    sounding_.problem = strings_.tr("sound.off.problem");
    return show_sound();
  }
  const engine::Session& session = interview_->session();
  if (whole) {
    if (course_.background_audio() != definition::no_node)
      node = session.find({course_.background_audio(), {}});
    if (node == engine::no_id || !session.relevant(node) || !session.value(node).empty()) {
      sounding_.part = interview_->recordings() + 1;
      node = engine::no_id;
    }
  }
  std::string name = "interview";
  bool voice_only = true;
  if (node != engine::no_id) {
    const definition::Node& asked = interview_->survey().nodes[session.definition_of(node)];
    name = asked.name;
    voice_only = whole || asked.type->control(asked).voice_only;
  }
  auto writer = media_.begin(*interview_, node, name + ".opus", seal::Grain::recording);
  if (!writer) {
    sounding_.problem = fault_text(writer.error());
    return show_sound();
  }
  sounding_.writer = std::move(*writer);
  sounding_.recorder = std::make_unique<Recorder>(
      *sound_system(),
      sound::RecorderOptions{.voice_only = voice_only, .wakes_a_second = draws_a_second(sounding_.whole)},
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
  if (!sounding_.recorder || sounding_.testing) return;
  NodeId node = holder_of_sound();
  NodeId here = find_address(interview_->session(), focus_);
  // What was asked then, as people know it: the question's words, else nothing; never its name.
  std::string asked = here == engine::no_id ? "" : question_view(interview_->session(), here, language_, -1).label;
  if (here != engine::no_id && asked == interview_->survey().name(interview_->session().definition_of(here))) asked = "";
  std::string& note = notes_[node == engine::no_id ? std::string(part_id) + std::to_string(sounding_.part)
                                                   : address_of(interview_->session(), node)];
  note +=
      (note.empty() ? "" : "\n") + clock_text(sounding_.recorder->ms()) + (asked.empty() ? "" : "  " + asked);
  auto done = node == engine::no_id ? interview_->note_recording(sounding_.part, note) : interview_->note(node, note);
  if (!done) return say(done.error());
  ++sounding_.marks;
  show_sound();
}

void OpenDesk::on(const TestMicrophone&) {
  if (is_recording_whole()) return say(strings_.tr("sound.whole_runs.notice"));
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
  if (is_recording_whole()) return say(strings_.tr("sound.whole_runs.notice"));
  std::string answer = interview_ ? sound_of(e.question) : "";
  if (answer.empty()) return;
  end_sound();
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

// A mark, and whatever else has a time.
void OpenDesk::on(const PlayAt& e) {
  if (!sounding_.player || sounding_.question != e.question) on(Play{e.question});
  if (!sounding_.player || sounding_.question != e.question) return;
  sounding_.player->seek(e.ms);
  sounding_.player->play();
  show_sound();
}

std::string DeskHeld::sound_of(const std::string& question) const {
  if (question.starts_with(part_id))
    return interview_->recording(static_cast<size_t>(std::atoi(question.c_str() + part_id.size())));
  NodeId node = find_address(interview_->session(), question);
  return node == engine::no_id ? "" : std::string(interview_->session().value(node));
}

std::vector<SoundMark> DeskHeld::marks_of(const std::string& question) const {
  auto note = notes_.find(question);
  return note == notes_.end() ? std::vector<SoundMark>() : marks_in(note->second);
}

// The question's own recording first, then the parts beside the form.
std::vector<RecordingView> DeskHeld::recorded_parts() const {
  std::vector<RecordingView> out;
  auto add = [&](std::string id) {
    std::string label = strings_.tr("sound.part.label", {{"number", strings_.number(static_cast<long>(out.size()) + 1)}});
    out.push_back({id, std::move(label), marks_of(id)});
  };
  if (course_.background_audio() != definition::no_node)
    if (NodeId whole = interview_->session().find({course_.background_audio(), {}});
        whole != engine::no_id && !interview_->session().value(whole).empty())
      add(address_of(interview_->session(), whole));
  for (size_t part = 1; part <= interview_->recordings(); ++part) add(std::string(part_id) + std::to_string(part));
  return out;
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
      if (auto kept = keep_sound(); !kept) {
        sounding_.problem = fault_text(kept.error());
        return false;
      }
    }
  }
  return true;
}

// Which question holds what is being recorded; none: it stands beside them.
NodeId DeskHeld::holder_of_sound() const {
  if (sounding_.part > 0) return engine::no_id;
  if (!sounding_.whole) return media_node(sounding_.question);
  return interview_->session().find({course_.background_audio(), {}});
}

// The recording becomes an answer, and one stays where one is: whoever opens this again comes back to the page.
base::Status OpenDesk::keep_sound() {
  NodeId here = interview_->place();
  int caret = interview_->caret();
  NodeId node = holder_of_sound();
  std::string answer = sounding_.writer->answer();
  base::Status done;
  if (sounding_.part > 0) {
    done = interview_->keep_recording(sounding_.part, answer);
  } else if (node != engine::no_id) {
    auto said = interview_->store(node, answer);
    if (!said) done = base::pass(said.error());
  }
  bool back = sounding_.whole && here != 0 && interview_->session().exists(here);
  if (back) (void)(caret < 0 ? interview_->shown(here) : interview_->stand(here, caret, true));
  return done;
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

// Both interviews are left: what is recorded in either ends, and is kept. Whether anything was.
bool OpenDesk::end_all_sound() {
  bool recorded = sounding_.recorder && !sounding_.testing;
  end_sound();
  if (!other_ || !other_->sounding.recorder) return recorded;
  std::swap(interview_, other_->interview);
  std::swap(sounding_, other_->sounding);
  end_sound();
  std::swap(interview_, other_->interview);
  return true;
}

// Takes over what the recorder and the player have come to; called by poll().
bool OpenDesk::poll_sound() {
  if (!sounding_.player && !sounding_.recorder) return false;
  if (!sounding_.recorder) {
    show_sound();
    return is_seen_anew();
  }
  bool good = drain_recorder();
  Recorder::State state = sounding_.recorder->state();
  if (state == Recorder::State::failed || !good) {
    std::string problem = good ? sounding_.recorder->error().where == "microphone" &&
                                         sounding_.recorder->error().fault == Fault::unsupported
                                     ? strings_.tr("sound.busy.problem")
                                     : sounding_.recorder->ms() > 0 ? strings_.tr("sound.lost.problem") : strings_.tr("sound.none.problem")
                               : sounding_.problem;
    std::string question = sounding_.question;
    bool whole = sounding_.whole;
    end_sound();
    sounding_.question = question;
    sounding_.whole = whole;
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
  return is_seen_anew();
}

// Whether anything is to be drawn: another state, or another moment of the clock and the meter.
bool OpenDesk::is_seen_anew() {
  SoundView v = sound_view();
  std::string now = std::to_string(static_cast<int>(v.state)) + ' ' + v.question + ' ' +
                    std::to_string(v.ms * draws_a_second(v.whole) / 1000) + (v.is_silent ? " silent " : " ") + v.problem;
  return std::exchange(drawn_sound_, now) != now;
}

SoundView DeskHeld::sound_view() const {
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
