// The whole interview recorded, from a file instead of a microphone, by keys on a real interview.
#include <chrono>
#include <thread>

#include "collector/app/sound/file_sound.h"
#include "tests/collector/window/held.h"

using namespace support;
using app::SoundState;

namespace {

std::string form(bool with_question) {
  return std::string(
             "type,name,label::English (en),relevant,x_role\n"
             "select_one yn,consent,Do you agree to take part?,,consent\n"
             "select_one yn,consent_audio,May we record?,,consent_audio\n") +
         (with_question ? "background-audio,whole,Recording,${consent_audio} = 'yes',\n" : "") +
         "text,first,What is first?,,\n"
         "text,second,What is second?,,\n"
         "audio,story,Tell,,\n";
}

std::vector<int16_t> then(std::vector<int16_t> a, const std::vector<int16_t>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

struct Recorded {
  sound::FileSound heard;
  Held held;
  Recorded(bool with_question, std::vector<int16_t> samples, const std::string& audio = "yes")
      : heard(std::move(samples)), held(Sheets{form(with_question)}, &heard) {
    held.stage->apply(app::Answer{"consent", "yes"});
    held.stage->apply(app::Answer{"consent_audio", audio});
    held.go("first");
  }
  const app::SoundView& sound() { return held.view().sound; }
  // Until the recorder, which works in a thread of its own, has come to it; how often the page was to be drawn anew.
  template <class Done>
  int until(const Done& done) {
    int drawn = 0;
    auto given_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!done() && std::chrono::steady_clock::now() < given_up) {
      std::this_thread::yield();
      drawn += held.desk->poll();
    }
    CHECK(done());
    held.stage->draw();
    return drawn;
  }
  void reaches(SoundState state) {
    until([&] { return sound().state == state; });
    REQUIRE(sound().state == state);
  }
  int pass_time(int64_t ms) {
    int64_t to = sound().ms + ms;
    heard.advance(ms);
    return until([&] { return sound().ms >= to - 60; });
  }
};

}  // namespace

TEST_CASE("recording the interview: Ctrl+R, page turns, a mark, a pause, silence, the end (it was drawn nowhere)") {
  for (bool with_question : {true, false}) {
    CAPTURE(with_question);
    Recorded r(with_question, then(sound::tone(440, 8000), sound::quiet(60'000)));
    REQUIRE(r.held.widget("recording.start"));
    r.held.letter('R');
    r.reaches(SoundState::recording);
    CHECK(r.held.desk->frame().recording);
    CHECK(r.sound().whole);
    r.pass_time(3000);
    CHECK((r.held.shows("00:03") || r.held.shows("00:02")));
    r.until([&] { return r.sound().level > 0.3f; });
    CHECK(r.held.value("first").empty());
    r.held.type("abc");  // typing and turning pages go on meanwhile
    r.held.key(Key::enter);
    CHECK(r.held.view().focus == "second");
    r.held.letter('M');
    CHECK(r.sound().marks == 1);
    CHECK(kit_focus_is(*r.held.kit, "field.second"));
    r.held.letter('R');
    r.reaches(SoundState::paused);
    int64_t stood = r.sound().ms;
    r.heard.advance(2000);
    r.held.desk->poll();
    CHECK(r.sound().ms == stood);
    r.held.letter('R');
    r.reaches(SoundState::recording);
    r.pass_time(20'000);
    CHECK(r.sound().is_silent);
    CHECK(r.held.shows("Nothing has been heard for a while. Is the microphone on?"));
    r.held.click("recording.stop");
    CHECK(r.sound().state == SoundState::idle);
    CHECK(!r.held.desk->frame().recording);
    CHECK(r.held.view().recordings == 1);
    CHECK(r.held.view().focus == "second");
  }
}

TEST_CASE("recording the interview: what was recorded is never written over; a second part stands beside it") {
  for (bool with_question : {true, false}) {
    CAPTURE(with_question);
    Recorded r(with_question, sound::tone(440, 60'000));
    for (int part = 1; part <= 3; ++part) {
      r.held.letter('R');
      r.reaches(SoundState::recording);
      r.pass_time(2000);
      r.held.click("recording.stop");
      CHECK(r.held.view().recordings == part);
    }
  }
}

TEST_CASE("recording the interview: not where consent does not allow it, and it ends where consent is taken back") {
  for (bool with_question : {true, false}) {
    Recorded no(with_question, sound::tone(440, 9000), "no");
    CHECK(!no.held.widget("recording.start"));
    no.held.letter('R');
    CHECK(!no.held.desk->frame().recording);
    Recorded r(with_question, sound::tone(440, 60'000));
    r.held.letter('R');
    r.reaches(SoundState::recording);
    r.pass_time(2000);
    r.held.stage->apply(app::JumpTo{"consent_audio"});
    r.held.stage->apply(app::ToggleChoice{"consent_audio", "no"});
    CHECK(!r.held.desk->frame().recording);
    CHECK(r.held.view().recordable.empty());
  }
}

TEST_CASE("recording the interview: Ctrl+Z takes back what was typed, not the recording") {
  for (bool with_question : {true, false}) {
    CAPTURE(with_question);
    Recorded r(with_question, sound::tone(440, 60'000));
    r.held.type("abc");
    r.held.clock.advance_ms(5000);
    r.held.letter('R');
    r.reaches(SoundState::recording);
    r.pass_time(2000);
    r.held.click("recording.stop");
    REQUIRE(r.held.view().recordings == 1);
    r.held.stage->apply(app::Undo{});
    CHECK(r.held.view().recordings == 1);
    r.held.go("first");
    CHECK(r.held.value("first").empty());
  }
}

TEST_CASE("recording the interview: one answer cannot be recorded meanwhile, and that is said") {
  Recorded r(true, sound::tone(440, 60'000));
  r.held.letter('R');
  r.reaches(SoundState::recording);
  r.held.go("story");
  r.held.stage->apply(app::Record{"story"});
  CHECK(r.sound().whole);
  CHECK(r.held.notice() == "The whole interview is being recorded, this answer with it. Stop that recording first.");
}

TEST_CASE("recording: the page is drawn anew a few times a second, however often the recorder speaks") {
  Recorded r(true, sound::tone(440, 60'000));
  r.held.letter('R');
  r.reaches(SoundState::recording);
  int drawn = 0;
  for (int n = 0; n < 40; ++n) drawn += r.pass_time(100);
  CHECK(drawn >= 3);
  CHECK(drawn <= 6);  // once a second at the side
}
