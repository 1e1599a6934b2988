// Recordings heard again while the interview is open, their marks, and what becomes of one when another interview is
// begun or gone to.
#include <chrono>
#include <thread>

#include "collector/app/devices.h"
#include "collector/app/sound/file_sound.h"
#include "collector/app/sound_marks.h"
#include "collector/window/aloud.h"
#include "tests/collector/window/sat.h"
#include "tests/collector/window/stubs.h"

using namespace support;
using app::SoundState;

namespace {

const char* survey =
    "type,name,label::English (en),x_role,media::audio::English (en)\n"
    "select_one yn,consent,Do you agree to take part?,consent,\n"
    "select_one yn,consent_audio,May we record?,consent_audio,\n"
    "text,first,What is first?,,asked.opus\n"
    "text,second,What is second?,,\n"
    "audio,story,Tell,,\n";

template <class Done>
void until(Hands& h, const Done& done) {
  auto given_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!done() && std::chrono::steady_clock::now() < given_up) {
    std::this_thread::yield();
    h.desk->poll();
  }
  CHECK(done());
  h.stage->draw();
}

struct Recorded {
  sound::FileSound heard{sound::tone(440, 120'000)};
  Held held{Sheets{survey}, &heard};
  Recorded() { agree(); }
  void agree() {
    held.stage->apply(app::Answer{"consent", "yes"});
    held.stage->apply(app::Answer{"consent_audio", "yes"});
    held.go("first");
  }
  const app::SoundView& sound() { return held.view().sound; }
  void record(int64_t ms) {
    held.letter('R');
    until(held, [&] { return sound().state == SoundState::recording; });
    pass(ms);
  }
  void pass(int64_t ms) {
    int64_t to = sound().ms + ms;
    heard.advance(ms);
    until(held, [&] { return sound().ms >= to - 60; });
  }
  void reaches(SoundState state) {
    until(held, [&] { return sound().state == state; });
  }
};

}  // namespace

TEST_CASE("marks: lines of a note that begin with a clock, in the order of time; other lines are a person's words") {
  auto marks = app::marks_in("00:12  How old?\nnoise from the street\n1:02:03\n00:05  First");
  REQUIRE(marks.size() == 3);
  CHECK(marks[0].ms == 5'000);
  CHECK(marks[0].words == "First");
  CHECK(marks[1].clock == "00:12");
  CHECK(marks[1].words == "How old?");
  CHECK(marks[2].ms == 3'723'000);
  CHECK(marks[2].words.empty());
  for (const char* none : {"", "12", "12:", ":12", "00:72  x", "1:2:3", "00:12x", "2026-11-24 10:00", "1234:00", "0:00:00:00"})
    CHECK_MESSAGE(app::marks_in(none).empty(), none);
  for (int64_t ms : {int64_t{0}, int64_t{59'000}, int64_t{3'599'000}, int64_t{3'600'000}, int64_t{36'000'000}})
    CHECK(app::marks_in(app::clock_text(ms)).at(0).ms == ms);
}

TEST_CASE("the interview's recording is heard again while it is open: Ctrl+H, Space; its marks stand there and a digit goes to one") {
  Recorded r;
  CHECK(!r.held.widget("recording.hear"));
  r.record(2000);
  r.held.letter('M');  // at What is first?
  r.held.key(Key::enter);
  r.pass(4000);
  r.held.letter('M');
  r.held.letter('E');
  CHECK(r.sound().state == SoundState::idle);
  REQUIRE(r.held.view().parts.size() == 1);
  REQUIRE(r.held.view().parts[0].marks.size() == 2);
  CHECK(r.held.view().parts[0].marks[0].words == "What is first?");
  CHECK(r.held.view().parts[0].marks[1].ms >= 5000);
  REQUIRE(r.held.widget("recording.hear"));
  r.held.letter('H');
  CHECK(r.held.stage->scratch.open == Open::recordings);
  CHECK(r.held.shows("What is first?"));
  CHECK(r.held.shows(r.held.view().parts[0].marks[1].clock));
  r.held.key(Key::space);
  until(r.held, [&] { return r.sound().state == SoundState::playing && r.sound().length_ms > 0; });
  CHECK(r.sound().length_ms >= 5800);
  r.held.digit(2);
  until(r.held, [&] { return r.sound().ms >= r.held.view().parts[0].marks[1].ms; });
  r.held.key(Key::space);
  r.reaches(SoundState::held);
  r.held.key(Key::escape);
  CHECK(r.held.stage->scratch.open == Open::nothing);
  CHECK(r.sound().state == SoundState::idle);
}

TEST_CASE("an interview's recording is heard after the lock too, and no more once it is finished") {
  sound::FileSound heard(sound::tone(440, 120'000));
  Sat sat("amina",
          "type,name,label::English (en),x_role\n"
          "select_one yn,consent,Do you agree?,consent\nselect_one yn,consent_audio,May we record?,consent_audio\n"
          "text,case_code,Code,case_code\ntext,age,Age,\n",
          &heard);
  sat.begin();
  sat.apply(app::Answer{"consent_audio", "yes"});
  sat.go("age");
  sat.letter('R');
  until(sat, [&] { return sat.view().sound.state == SoundState::recording; });
  heard.advance(3000);
  until(sat, [&] { return sat.view().sound.ms >= 2900; });
  sat.letter('M');
  sat.letter('E');
  REQUIRE(sat.view().parts.size() == 1);
  sat.unlock();
  sat.reopen();
  REQUIRE(sat.view().parts.size() == 1);
  CHECK(sat.view().parts[0].marks.size() == 1);
  sat.apply(app::PlayAt{sat.view().parts[0].id, 1000});
  until(sat, [&] { return sat.view().sound.ms >= 1000 && sat.view().sound.length_ms > 0; });
  sat.apply(app::StopPlaying{});
  sat.apply(app::Visit{app::Go::submit});
  sat.apply(app::Finish{});
  sat.reopen();
  CHECK(sat.view().parts.empty());
}

TEST_CASE("an answer's marks are shown beside its player, and a digit goes there though it was not open") {
  Recorded r;
  r.held.go("story");
  r.held.key(Key::space);
  r.reaches(SoundState::recording);
  r.pass(3000);
  r.held.stage->apply(app::MarkRecording{});
  r.pass(2000);
  r.held.stage->apply(app::EndRecording{});
  r.held.stage->draw();
  REQUIRE(r.held.question("story").media);
  REQUIRE(r.held.question("story").media->marks.size() == 1);
  REQUIRE(r.held.widget("sound.mark_at.story.1"));
  CHECK(r.held.shows(r.held.question("story").media->marks[0].clock));
  r.held.digit(1);
  until(r.held, [&] { return r.sound().question == "story" && r.sound().ms >= 2000; });
}

TEST_CASE("a second interview begun while the first is recorded: the recording waits, it is said whose, and it goes on") {
  Recorded r;
  r.record(3000);
  r.held.stage->apply(app::OpenBeside{"held", ""});
  r.held.stage->draw();
  CHECK(r.held.notice().find("paused") != std::string::npos);
  CHECK(!r.held.desk->frame().recording);
  CHECK(r.held.view().other_records);
  CHECK(r.held.view().parts.empty());
  r.agree();  // off the pages that the respondent reads
  std::string label = app::Strings("en").tr("interview.switch_recording.button", {{"name", r.held.view().other}});
  const Widget* over = r.held.widget("interview.switch");
  REQUIRE(over);
  CHECK(over->label == label);
  r.heard.advance(5000);  // nobody is heard meanwhile
  r.held.stage->apply(app::SwitchInterview{});
  r.reaches(SoundState::paused);
  CHECK(r.sound().whole);
  CHECK(r.sound().ms < 4000);
  r.held.go("first");
  r.held.letter('R');
  r.reaches(SoundState::recording);
  r.pass(2000);
  r.held.letter('E');
  CHECK(r.held.view().parts.size() == 1);
}

TEST_CASE("going over to the other interview while one is recorded says that the recording waits") {
  Recorded r;
  r.held.stage->apply(app::OpenBeside{"held", ""});
  r.agree();
  r.record(2000);
  r.held.stage->apply(app::SwitchInterview{});
  CHECK(r.held.notice().find("paused") != std::string::npos);
  r.held.stage->apply(app::SwitchInterview{});
  r.reaches(SoundState::paused);
}

TEST_CASE("leaving an interview that is recorded ends the recording, keeps it, and says so") {
  sound::FileSound heard(sound::tone(440, 120'000));
  const char* sheet =
      "type,name,label::English (en),x_role\nselect_one yn,consent,Do you agree?,consent\n"
      "select_one yn,consent_audio,May we record?,consent_audio\ntext,case_code,Code,case_code\ntext,age,Age,\n";
  std::string ended = app::Strings("en").tr("sound.ended_by_leaving.notice");
  for (int way = 0; way < 4; ++way) {
    CAPTURE(way);
    Sat sat("amina", sheet, &heard);
    sat.begin();
    sat.apply(app::Answer{"consent_audio", "yes"});
    sat.go("age");
    sat.letter('R');
    until(sat, [&] { return sat.view().sound.state == SoundState::recording; });
    heard.advance(2000);
    until(sat, [&] { return sat.view().sound.ms >= 1900; });
    if (way == 0) sat.key(Key::escape);
    if (way == 1) sat.apply(app::NewInterview{"visit"});
    if (way == 2) sat.key(Key::f12);
    if (way == 3) {  // … or the one that waits beside
      sat.apply(app::OpenBeside{"visit", ""});
      sat.apply(app::Visit{app::Go::home});
    }
    CHECK(sat.notice() == ended);
    sat.unlock();
    sat.apply(app::Visit{app::Go::home});
    bool found = false;
    auto interviews = std::get<app::HomeView>(sat.desk->screen()).interviews;
    for (const app::InterviewCard& one : interviews) {
      sat.apply(app::OpenInterview{one.id});
      found = found || sat.view().parts.size() == 1;
      sat.apply(app::Visit{app::Go::home});
    }
    CHECK(found);
  }
}

TEST_CASE("a question's recorded prompt is heard by its button, and stops by the same") {
  sound::FileSound heard(sound::tone(440, 9000));
  base::Bytes opus;
  auto encoder = heard.encoder(true, [&](base::ByteView part) { opus.insert(opus.end(), part.begin(), part.end()); });
  REQUIRE(encoder);
  REQUIRE((*encoder)->write(sound::tone(440, 4000)));
  REQUIRE((*encoder)->finish());
  Held held(Sheets{survey, "list_name,name,label::English (en)\nyn,yes,Yes\nyn,no,No\n",
                   {{"media/asked.opus", std::string(opus.begin(), opus.end())}}},
            &heard);
  held.go("first");
  REQUIRE(held.question("first").prompts.size() == 1);
  CHECK(held.question("first").prompts[0].name == "English");
  held.click("prompt.first.0");
  until(held, [&] { return held.view().sound.state == SoundState::playing && held.view().sound.length_ms > 3000; });
  CHECK(held.view().sound.question == "first");
  held.click("prompt.first.0");
  CHECK(held.view().sound.state == SoundState::idle);
  held.go("second");
  CHECK(held.question("second").prompts.empty());
  held.stage->apply(app::PlayPrompt{"second", ""});
  CHECK(held.view().sound.state == SoundState::idle);
}

TEST_CASE("F11 reads the question aloud, from its sign too; the words go to the voice and nowhere else") {
  Folder programs;
  stub(programs, "spd-say");
  Path path(programs.path().string() + ":/usr/bin:/bin");
  Held held(Sheets{survey});
  held.stage->read_aloud = [&](const app::InterviewView& view) { CHECK(app::say_aloud(words_aloud(view), "en")); };
  held.go("second");
  held.key(Key::f11);
  CHECK(programs.read("spd-say.read").find("What is second?") != std::string::npos);
  CHECK(programs.read("spd-say.words").find("-l en") != std::string::npos);
  held.go("first");
  held.click("interview.aloud");
  CHECK(programs.read("spd-say.read").find("What is first?") != std::string::npos);
}

TEST_CASE("the withdrawal card goes to the printer by Ctrl+P and by its button, on its page and at the end") {
  Folder programs;
  stub(programs, "lp");
  Path path(programs.path().string() + ":/usr/bin:/bin");
  Sat sat;
  sat.stage->write_card = [](app::PrintCard& card) { card.pdf = "%PDF two copies\n"; };
  sat.begin();
  sat.apply(app::Visit{app::Go::submit});
  sat.letter('P');
  CHECK(programs.read("lp.read") == "%PDF two copies\n");
  CHECK(std::get<app::SubmitView>(sat.desk->screen()).printed);
  sat.click("card.print");
  CHECK(programs.read("lp.read") == "%PDF two copies\n%PDF two copies\n");
  CHECK(programs.read("lp.words") == "-s -t Rihla\n-s -t Rihla\n");
}
