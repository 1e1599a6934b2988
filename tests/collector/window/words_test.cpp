// Words and signs around an interview: keys beside what they do, notices, languages, a long title on a low window.
#include <algorithm>

#include "collector/window/aloud.h"
#include "collector/window/controls/control.h"
#include "collector/window/menu.h"
#include "collector/window/stage.h"
#include "tests/collector/window/bench.h"

using namespace support;

namespace {

const Widget* widget(const Bench& bench, const std::string& id) {
  for (const Widget& w : bench.kit->registry())
    if (w.id == id) return &w;
  return nullptr;
}

bool shows(const std::vector<Mark>& marks, const std::string& words) {
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& m) { return m.words == words; });
}

app::InterviewView staff_page() {
  app::InterviewView view = interview({question("role", definition::ControlKind::choice_one, 3)});
  view.outline.clear();
  for (int n = 0; n < 12; ++n)
    view.outline.push_back({"s" + std::to_string(n), "Section " + std::to_string(n), 0, 3, 0,
                            app::SectionState::untouched, n == 0});
  return view;
}

}  // namespace

// Enter, Page Up, F1, F4, F11, F12, Ctrl+G and Ctrl+N worked, and nothing on the screen said so.
TEST_CASE("an interview's page shows the keys that work on it") {
  Bench bench(staff_page());
  std::vector<Mark> marks = bench.marks();
  for (const char* key : {"Enter", "PgUp", "F1", "F2", "F3", "F4", "F5", "F9", "F10", "F11", "F12", "Ctrl F", "Ctrl G",
                          "Ctrl N", "Esc"})
    CHECK_MESSAGE(shows(marks, key), key);
  bench.scratch.open = Open::languages;
  CHECK(shows(bench.marks(), "Ctrl B"));
}

TEST_CASE("the signs beside the keys do what the keys do, and Tab passes them") {
  Bench bench(staff_page());
  auto click = [&](const std::string& id) {
    const Widget* w = widget(bench, id);
    REQUIRE(w);
    CHECK(!w->focusable);
    Input press;
    press.kind = Input::Kind::press;
    press.x = w->place.x + w->place.w / 2;
    press.y = w->place.y + w->place.h / 2;
    Events events = bench.pass(&press);
    bench.pass();
    return events;
  };
  Events events = click("interview.lock");
  REQUIRE(events.size() == 1);
  CHECK(std::holds_alternative<app::Hide>(events[0]));
  events = click("interview.turning");
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::TurnBy>(events[0]).turning == app::Turning::group);
  CHECK(click("interview.aloud").empty());
  CHECK(bench.scratch.read_aloud);
  (void)click("interview.sections");
  CHECK(bench.scratch.open == Open::outline);
}

TEST_CASE("the list of keys names those that no screen has room for") {
  Bench bench(staff_page());
  bench.press(Key::f1);
  std::vector<Mark> marks = bench.marks();
  for (const char* key : {"Ctrl Enter", "Alt ↓", "Space", "Backspace", "F9, Ctrl L", "Ctrl Y"})
    CHECK_MESSAGE(shows(marks, key), key);
}

// On 1366x768 with the largest text the outline showed one section and a half.
TEST_CASE("a long title and many actions leave the outline room for four sections") {
  app::InterviewView view = staff_page();
  view.other = "MA12-S150-1";
  view.back_to = 3;
  view.title = "Questionnaire for municipal staff on the roles of migrants and on learning in municipal partnerships";
  Bench bench(view);
  bench.kit->size(1366 / 1.3f, 768 / 1.3f, 1);
  bench.pass();
  bench.pass();
  float bottom = widget(bench, "interview.find")->place.y;
  int whole = 0;
  for (const Widget& w : bench.kit->registry())
    if (w.id.starts_with("section.") && w.place.bottom() <= bottom) ++whole;
  CHECK(whole >= 4);
  for (const char* id : {"interview.return", "interview.switch", "interview.note", "interview.find", "interview.blank",
                         "interview.submit", "interview.pause", "interview.lock"})
    CHECK_MESSAGE(widget(bench, id), id);  // nothing is gone, only its words
  CHECK(widget(bench, "interview.submit")->label == bench.strings.tr("interview.submit.button"));
}

// A refusal came with a green tick, over the button that leads back.
TEST_CASE("a notice covers no button below, and has no sign of success") {
  for (bool submit : {false, true}) {
    app::SubmitView end;
    end.may_finish = true;
    Bench bench(submit ? app::Screen(end) : app::Screen(staff_page()));
    for (float high : {800.f, 590.f}) {
      bench.kit->size(1050, high, 1);
      bench.frame.notice = "This question has no such answer.";
      bench.pass();
      std::vector<Mark> marks = bench.marks();
      auto said = std::find_if(marks.begin(), marks.end(), [&](const Mark& m) { return m.words == bench.frame.notice; });
      REQUIRE(said != marks.end());
      const Widget* back = widget(bench, submit ? "submit.back" : "interview.back");
      REQUIRE(back);
      CHECK(said->place.bottom() <= back->place.y);
      CHECK(std::none_of(marks.begin(), marks.end(), [&](const Mark& m) {
        return m.kind == Mark::Kind::icon && m.place.y > said->place.y - 20 && m.place.y < said->place.bottom() &&
               m.colour == light.good;
      }));
    }
  }
}

TEST_CASE("languages: one without questions is not offered, nor the one that is read for beside it") {
  app::InterviewView view = staff_page();
  view.languages = {"English", "", "العربية"};
  Bench bench(view);
  bench.press(Key::f9);
  CHECK(widget(bench, "read.0"));
  CHECK(!widget(bench, "read.1"));
  CHECK(widget(bench, "read.2"));
  CHECK(!widget(bench, "beside.0"));
  CHECK(widget(bench, "beside.2"));
  bench.press(Key::down);
  CHECK(bench.kit->focus() == "read.2");  // over the one that is not there
  bench.press(Key::up);
  CHECK(bench.kit->focus() == "read.0");
  Bench cycle(view);
  Input b;
  b.kind = Input::Kind::key;
  b.key = Key::letter;
  b.letter = 'B';
  b.control = true;
  Events events = cycle.pass(&b);
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::ReadIn>(events[0]).second == 2);
}

TEST_CASE("which language stands in is said under the page's heading") {
  app::InterviewView view = staff_page();
  view.remark = "Not everything on this page is translated into Türkçe: it is shown in English.";
  Bench bench(view);
  CHECK(shows(bench.marks(), view.remark));
}

TEST_CASE("high contrast: what cannot be pressed and what is not typed yet look otherwise") {
  app::SubmitView view;
  view.findings = {{"age", "Age", "Eighteen or more", app::FindingKind::error}};
  Bench bench(view);
  bench.kit->theme(contrast);
  std::vector<Mark> marks = bench.marks();
  auto finish = std::find_if(marks.begin(), marks.end(), [&](const Mark& m) {
    return m.words == bench.strings.tr("submit.finish.button");
  });
  REQUIRE(finish != marks.end());
  CHECK(finish->colour == contrast.faint);
  CHECK(contrast.faint != contrast.ink);
  CHECK(contrast_of(contrast.faint, contrast.ground) >= 7);
}

// On AZERTY the key 1 writes & without Shift: a search said "nothing found".
TEST_CASE("a search list takes the digit keys of AZERTY for digits where nothing else is found") {
  app::QuestionView q = question("town", definition::ControlKind::choice_one, 30);
  q.control.searchable = true;
  q.choices[4].label = "École 3";
  Bench bench(interview({q}));
  bench.character('&');
  CHECK(widget(bench, "choice.town.v1"));
  CHECK(!widget(bench, "choice.town.v2"));
  bench.press(Key::backspace);
  bench.character(0xe9);  // é: a letter, as long as it finds something
  CHECK(widget(bench, "choice.town.v5"));
  CHECK(widget(bench, "choice.town.v3"));  // "Choice 3" has the letter, and no 2
}

TEST_CASE("a scale whose every number is a button offers no other number") {
  app::QuestionView q = question("trust", definition::ControlKind::scale);
  q.control.scale_min = 0;
  q.control.scale_max = 10;
  Bench bench(interview({q}));
  CHECK(!shows(bench.marks(), bench.strings.tr("interview.other_number.label")));
  q.control.scale_step = 5;
  Bench halves(interview({q}));
  CHECK(shows(halves.marks(), halves.strings.tr("interview.other_number.label")));
  q.control.scale_step = 1;
  q.value = "-98";
  q.answered = true;
  Bench beyond(interview({q}));
  CHECK(shows(beyond.marks(), beyond.strings.tr("interview.other_number.label")));
}

// Reading aloud took the question that decides and left out the text that is agreed to.
TEST_CASE("aloud: a page of consent is read whole, any other the question the keyboard speaks to") {
  app::QuestionView text = question("text", definition::ControlKind::note);
  text.label = "Your answers are sealed.";
  app::QuestionView agree = question("agree", definition::ControlKind::choice_one, 2);
  app::InterviewView view = interview({text, agree});
  view.focus = "agree";
  CHECK(words_aloud(view).find("sealed") == std::string::npos);
  view.consent.emplace();
  view.consent->title = "Consent";
  std::string words = words_aloud(view);
  CHECK(words.find("Consent") == 0);
  CHECK(words.find("sealed") < words.find("Question agree"));
  CHECK(words.find("Choice 2") != std::string::npos);
}
