// Verbs that are asked for by a key or the mouse, each driven on a real interview: finding, going back, languages,
// answers that are none, ranks, drawings, files, sounds, and a second interview.
#include <chrono>
#include <thread>

#include "collector/app/sound/file_sound.h"
#include "tests/collector/window/held.h"

using namespace support;

namespace {

template <class Done>
void until(Held& held, const Done& done) {
  auto given_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!done() && std::chrono::steady_clock::now() < given_up) {
    std::this_thread::yield();
    held.desk->poll();
  }
  CHECK(done());
  held.stage->draw();
}

std::string ranks(Held& held) {
  std::string out;
  for (int place = 1; place <= 5; ++place)
    for (const app::ChoiceView& c : held.question("rank").choices)
      if (c.rank == place) out += c.value + " ";
  return out;
}

}  // namespace

TEST_CASE("find: Ctrl+F, words, Enter; Ctrl+J leads back to where one was") {
  Held held;
  std::string from = held.view().focus;
  held.letter('F');
  CHECK(held.stage->scratch.open == Open::find);
  held.type("telephone");
  REQUIRE(held.view().found.size() == 1);
  CHECK(held.view().found[0].id == "phone");
  held.key(Key::enter);
  CHECK(held.view().focus == "phone");
  CHECK(held.stage->scratch.open == Open::nothing);
  CHECK(held.view().back_to == 0);
  held.letter('J');
  CHECK(held.view().focus == from);
  CHECK(held.view().back_to == -1);
}

TEST_CASE("F3 leads to the next question without an answer") {
  Held held;
  held.stage->apply(app::Answer{"many", "well"});
  held.stage->apply(app::Answer{"columns", "mo"});
  held.go("one");
  held.digit(1);
  held.key(Key::f3);
  CHECK(held.view().focus == "columns3");
  held.key(Key::f3);
  CHECK(held.view().focus == "pack");
}

TEST_CASE("F6, F7 and F8 say that there is no answer, take it back, and are refused in words where there is no place") {
  Held held(Sheets{"type,name,label::English (en)\nselect_one l,q,Which?\ntext,t,What?\n",
                   "list_name,name,label::English (en),x_value\nl,a,A,\nl,dk,Don't know,-98\nl,ref,Refused,-99\nl,na,Does not apply,-97\n"});
  const char* values[] = {"dk", "ref", "na"};
  Key keys[] = {Key::f6, Key::f7, Key::f8};
  for (size_t n = 0; n < 3; ++n) {
    held.key(keys[n]);
    CHECK(held.value("q") == values[n]);
    CHECK(held.question("q").no_answer == static_cast<app::NoAnswer>(n));
  }
  held.key(Key::f8);
  CHECK(held.value("q").empty());
  held.click("nothing.0");
  CHECK(held.value("q") == "dk");
  held.go("t");
  held.key(Key::f6);
  CHECK(held.value("t").empty());
  CHECK(!held.notice().empty());
}

TEST_CASE("F10 notes the language that is really spoken, by keys, and takes it back by the mouse") {
  Held held;
  held.key(Key::f10);
  CHECK(held.stage->scratch.open == Open::spoken);
  held.key(Key::down);
  held.key(Key::enter);
  CHECK(held.view().spoken == held.view().spoken_choices[0].code);
  held.key(Key::f10);
  held.click("spoken.same");
  CHECK(held.view().spoken.empty());
}

TEST_CASE("a ranking is made by digits, moved by Alt and arrows, dragged by the mouse, and taken out by Delete") {
  Held held;
  held.go("rank");
  for (int n : {3, 1, 2}) held.digit(n);
  CHECK(ranks(held) == "facil init key ");
  held.kit->focus("choice.rank.key");
  held.key(Key::up, true);
  CHECK(ranks(held) == "facil key init ");
  held.key(Key::up, true);
  held.key(Key::up, true);  // no higher than the first
  CHECK(ranks(held) == "key facil init ");
  held.key(Key::down, true);
  CHECK(ranks(held) == "facil key init ");
  // By the mouse: the first to behind the last.
  Rect from = held.widget("choice.rank.facil")->place;
  Rect to = held.widget("choice.rank.init")->place;
  float x = from.x + 200;
  held.mouse(Input::Kind::press, x, from.y + from.h / 2);
  for (float part : {0.3f, 0.7f, 1.f})
    held.mouse(Input::Kind::move, x, from.y + from.h / 2 + (to.bottom() + 4 - from.y - from.h / 2) * part);
  held.mouse(Input::Kind::release, x, to.bottom() + 4);
  CHECK(ranks(held) == "key init facil ");
  held.click("choice.rank.init");  // pressed and let go: taken out
  CHECK(ranks(held) == "key facil ");
}

TEST_CASE("a signature is drawn by the mouse and by keys, kept, and removed") {
  for (bool mouse : {true, false}) {
    CAPTURE(mouse);
    Held held;
    held.go("signature");
    Rect sheet = held.widget("sheet.signature")->place;
    if (mouse) {
      held.mouse(Input::Kind::press, sheet.x + 80, sheet.y + 80);
      for (int n = 1; n < 8; ++n) held.mouse(Input::Kind::move, sheet.x + 80 + 20.f * static_cast<float>(n), sheet.y + 80 + 9.f * static_cast<float>(n % 3));
      held.mouse(Input::Kind::release, sheet.x + 240, sheet.y + 90);
    } else {
      held.kit->focus("sheet.signature");
      held.key(Key::space);
      for (int n = 0; n < 6; ++n) held.key(n % 2 ? Key::right : Key::down);
      held.key(Key::space);
    }
    CHECK(held.value("signature").empty());
    held.click("drawing.keep.signature");
    CHECK(held.value("signature").ends_with("/signature.png"));
    REQUIRE(held.question("signature").media);
    CHECK(held.question("signature").media->picture);
    held.click("media.remove.signature");
    CHECK(held.value("signature").empty());
  }
}

TEST_CASE("a file is found in the folder by its name and attached by Enter; a wrong kind is refused in words") {
  Held held;
  held.folder.write("papers/minutes.txt", "What was said.");
  held.folder.write("papers/other.txt", "Something else.");
  held.go("file");
  held.stage->apply(app::Browse{"file", (held.folder.path() / "papers").string()});
  held.stage->draw();
  held.stage->draw();
  REQUIRE(held.view().browser);
  CHECK(held.view().browser->entries.size() == 2);
  held.type("minu");
  held.key(Key::enter);
  held.desk->wait();
  CHECK(held.value("file").ends_with("/minutes.txt"));
  CHECK(!held.view().browser);
  held.go("image");
  held.stage->apply(app::AttachFile{"image", (held.folder.path() / "papers/minutes.txt").string()});
  held.desk->wait();
  CHECK(held.value("image").empty());
  CHECK(!held.question("image").problem.empty());
}

TEST_CASE("an answer is recorded by Space, marked, kept, heard again, and removed") {
  sound::FileSound heard(sound::tone(440, 60'000));
  Held held("en", &heard);
  held.go("audio");
  held.key(Key::space);
  until(held, [&] { return held.view().sound.state == app::SoundState::recording; });
  heard.advance(3000);
  until(held, [&] { return held.view().sound.ms >= 2900; });
  held.stage->apply(app::MarkRecording{});
  CHECK(held.view().sound.marks == 1);
  held.stage->apply(app::EndRecording{});
  CHECK(held.question("audio").note.starts_with("00:0"));
  CHECK(held.value("audio").ends_with("/audio.opus"));
  held.stage->apply(app::Play{"audio"});
  until(held, [&] { return held.view().sound.state == app::SoundState::playing && held.view().sound.length_ms > 0; });
  held.stage->apply(app::PausePlaying{});
  until(held, [&] { return held.view().sound.state == app::SoundState::held; });
  held.stage->apply(app::StopPlaying{});
  held.click("media.remove.audio");
  CHECK(held.value("audio").empty());
}

TEST_CASE("a second interview beside the first: Ctrl+Tab leads over and back, and what a screen keeps is its own") {
  Held held(Sheets{"type,name,label::English (en)\n"
                   "begin_group,g,Group\ntext,a,First\n" +
                   [] {
                     std::string rows;
                     for (int n = 0; n < 14; ++n) rows += "text,t" + std::to_string(n) + ",Text " + std::to_string(n) + "\n";
                     return rows;
                   }() +
                   "end_group,\n"});
  held.stage->apply(app::TurnBy{app::Turning::group});
  held.stage->draw();
  held.type("one");
  for (int n = 0; n < 12; ++n) held.key(Key::down);  // far below on this page
  REQUIRE(held.view().focus == "t11");
  held.stage->draw();
  REQUIRE(held.widget("field.t11"));
  held.stage->apply(app::OpenBeside{"held", ""});
  held.stage->draw();
  held.stage->draw();
  CHECK(held.value("a").empty());
  // The scroll of the first is not the second's (it was kept by the question's name).
  const Widget* first = held.widget("field.a");
  REQUIRE(first);
  CHECK(first->place.y > 60);
  held.type("two");
  held.key(Key::tab, false, true);
  held.stage->draw();
  CHECK(held.value("a") == "one");
  held.key(Key::tab, false, true);
  held.stage->draw();
  CHECK(held.value("a") == "two");
}

TEST_CASE("coming back to a page's first question brings its heading into sight (it was cut)") {
  std::string rows = "type,name,label::English (en)\nbegin_group,g,The heading of this page\n";
  for (int n = 0; n < 14; ++n) rows += "text,t" + std::to_string(n) + ",Text " + std::to_string(n) + "\n";
  Held held(Sheets{rows + "end_group,\n"});
  held.stage->apply(app::TurnBy{app::Turning::group});
  held.stage->draw();
  auto whole = [&] {
    for (const Mark& m : held.marks())
      if (m.words == "The heading of this page" && m.place.x > 300)
        return m.place.y >= m.clip.y && m.place.bottom() <= m.clip.bottom();
    return false;
  };
  CHECK(whole());
  for (int n = 0; n < 13; ++n) held.key(Key::down);
  held.stage->draw();
  CHECK(!whole());
  for (int n = 0; n < 13; ++n) held.key(Key::up);
  held.stage->draw();
  CHECK(held.view().focus == "t0");
  CHECK(whole());
}

TEST_CASE("the last screen: a digit and Enter go to the question of that number (they went to the first)") {
  std::string rows = "type,name,label::English (en),required\n";
  for (int n = 1; n <= 14; ++n) rows += "text,t" + std::to_string(n) + ",Text " + std::to_string(n) + ",yes\n";
  Held held(Sheets{rows});
  auto open = [&] {
    held.key(Key::f5);
    held.stage->draw();
    REQUIRE(std::holds_alternative<app::SubmitView>(held.desk->screen()));
    REQUIRE(std::get<app::SubmitView>(held.desk->screen()).findings.size() == 14);
  };
  open();
  CHECK(kit_focus_is(*held.kit, "finding.0"));
  held.digit(2);
  CHECK(std::holds_alternative<app::InterviewView>(held.desk->screen()));  // no twenty: 2 is meant at once
  CHECK(held.view().focus == "t2");
  open();
  held.digit(1);
  CHECK(std::holds_alternative<app::SubmitView>(held.desk->screen()));
  held.key(Key::enter);
  CHECK(held.view().focus == "t1");
  open();
  held.digit(1);
  held.digit(2);
  CHECK(held.view().focus == "t12");
  open();
  held.kit->focus("finding.3");
  held.digit(1);
  held.key(Key::enter);
  CHECK(held.view().focus == "t1");
  open();
  held.digit(1);
  held.key(Key::tab);  // another key: the digit was not meant
  held.kit->focus("finding.4");
  held.key(Key::enter);
  CHECK(held.view().focus == "t5");
}
