// What lies over an interview or stands on a screen of its own and the tour does not come to: a newer version of the
// form, recordings, a withdrawal by case code. In every language, on a small laptop with the largest text.
#include "tests/collector/window/bench.h"
#include "tests/collector/window/judge.h"

using namespace support;

namespace {

void judged(Bench& bench, const std::string& what) {
  for (const char* language : {"en", "fr", "ar", "tr", "nl", "xx"})
    for (const Theme* theme : {&light, &dark, &contrast})
      for (auto [w, h] : {std::pair{1280.f, 800.f}, {1366 / 1.3f, 768 / 1.3f}}) {
        bench.strings = app::Strings(language);
        bench.kit->theme(*theme);
        bench.kit->size(w, h, 1);
        bench.kit->direction(bench.strings.right_to_left());
        bench.frame.language = language;
        std::vector<Mark> marks;
        for (int pass = 0; pass < 3; ++pass) {
          marks.clear();
          bench.kit->record(&marks);
          bench.pass();
          bench.kit->record(nullptr);
        }
        for (const std::string& one : judge::complaints(marks, {0, 0, w, h}))
          FAIL_CHECK(what << " " << language << " " << w << ": " << one);
      }
}

app::InterviewView recorded() {
  app::InterviewView view = interview({question("q", definition::ControlKind::text_entry)});
  view.recordable = "background-audio";
  view.recordings = 2;
  view.parts = {{"recording.1", "Part 1", {{12'000, "00:12", "How old are you?"}, {75'000, "01:15", ""}}},
                {"recording.2", "Part 2", {{3'000, "00:03", "A question of many words that takes more than one line in the list of the marks of a recording"}}}};
  view.sound.question = "recording.2";
  view.sound.state = app::SoundState::playing;
  view.sound.ms = 4000;
  view.sound.length_ms = 60'000;
  return view;
}

}  // namespace

TEST_CASE("the recordings of an interview fit every window, and their keys speak to one part") {
  Bench bench(recorded());
  bench.scratch.open = Open::recordings;
  bench.scratch.highlighted = 1;
  judged(bench, "recordings");
  bench.strings = app::Strings("en");
  Events events = bench.press(Key::space);
  REQUIRE(events.size() == 1);
  CHECK(std::holds_alternative<app::PausePlaying>(events[0]));
  bench.press(Key::page_up);
  events = bench.press(Key::digit, false, 2);
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::PlayAt>(events[0]).question == "recording.1");
  CHECK(std::get<app::PlayAt>(events[0]).ms == 75'000);
  events = bench.press(Key::escape);
  REQUIRE(events.size() == 1);
  CHECK(std::holds_alternative<app::StopPlaying>(events[0]));
  CHECK(bench.scratch.open == Open::nothing);
}

TEST_CASE("a newer version is offered once when the interview is opened: what changes, what is kept; Esc leaves it") {
  app::InterviewView view = interview({question("q", definition::ControlKind::text_entry)});
  view.newer = app::NewerView{"7", "8", 2, 11, 1, true};
  Bench bench(view);
  CHECK(bench.scratch.open == Open::newer);
  CHECK(kit_focus_is(*bench.kit, "newer.stay"));
  judged(bench, "newer");
  Bench moved(view);
  Events events = moved.press(Key::digit, false, 1);
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::MoveToNewest>(events[0]).moves);
  Bench left(view);
  events = left.press(Key::escape);
  REQUIRE(events.size() == 1);
  CHECK(!std::get<app::MoveToNewest>(events[0]).moves);
  view.newer->offered = false;
  Bench later(view);
  CHECK(later.scratch.open == Open::nothing);
  REQUIRE(later.kit->registry().size() > 5);
  Input key;
  key.kind = Input::Kind::key;
  key.key = Key::letter;
  key.letter = 'U';
  key.control = true;
  later.pass(&key);
  CHECK(later.scratch.open == Open::newer);
}

TEST_CASE("a withdrawal fits every window: several of one code, what it will do, what was done, what waits") {
  app::WithdrawView view;
  view.cases = {"MA15  ·  Visit  ·  amina  ·  2026-11-24", "MA15  ·  Visit  ·  yusuf  ·  2026-11-25"};
  view.chosen = 1;
  view.found = view.cases[1];
  view.meaning = "Without the card the interview is hidden from the next sync on.";
  view.result = "Noted. Sync, so that every centre hears of it.";
  view.number = "1234 5678 9012";
  view.pending = {{"aa", "Asked by amina, 2026-11-24"}, {"bb", "Asked by yusuf, 2026-11-25"}};
  Bench bench(view, true);
  judged(bench, "withdraw");
  bench.strings = app::Strings("en");
  bench.kit->focus("withdraw.confirm.aa");
  CHECK(bench.press(Key::enter).empty());  // once asks
  Events events = bench.press(Key::enter);
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::Withdraw>(events[0]).step == app::Withdraw::Step::confirm);
  CHECK(std::get<app::Withdraw>(events[0]).words == "aa");
}
