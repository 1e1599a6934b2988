// Keys that lead on, and what is said when they do not: rules, the card, folders, a coordinator's first screen.
#include <algorithm>

#include "collector/window/card_sheet.h"
#include "tests/collector/window/bench.h"

using namespace support;

TEST_CASE("Enter on a page of several says which question was gone on from") {
  using definition::ControlKind;
  Bench bench(
      interview({question("code", ControlKind::text_entry), question("age", ControlKind::number_entry)}));
  Events events = bench.press(Key::enter);
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::Focus>(events[0]).question == "age");
  CHECK(std::get<app::Focus>(events[0]).left == "code");
}

TEST_CASE("what is wrong with an answer is brought into sight when it is said, and again by Enter") {
  using definition::ControlKind;
  std::vector<app::QuestionView> many;
  for (int n = 0; n < 12; ++n) many.push_back(question("q" + std::to_string(n), ControlKind::text_entry));
  app::InterviewView view = interview(many);
  view.focus = "q11";
  Bench bench(view);
  auto seen = [&] {
    for (const Mark& mark : bench.marks())
      if (mark.words == "Four characters.")
        return mark.place.y >= mark.clip.y && mark.place.bottom() <= mark.clip.bottom();
    return false;
  };
  view.questions[11].problem = "Four characters.";
  bench.screen = view;
  bench.pass();
  CHECK(seen());
  Input wheel;
  wheel.kind = Input::Kind::move;
  wheel.x = 700;
  wheel.y = 400;
  bench.pass(&wheel);
  wheel.kind = Input::Kind::scroll;
  wheel.x = 0;
  wheel.y = 20;
  bench.pass(&wheel);
  CHECK(!seen());
  bench.press(Key::enter);
  CHECK(seen());
}

TEST_CASE("Ctrl+Enter goes on, everywhere; F5 leads to the last screen, and both are what the screen says") {
  using definition::ControlKind;
  app::QuestionView story = question("story", ControlKind::text_entry);
  story.control.multiline = true;
  for (const app::QuestionView& q : {story, question("q", ControlKind::choice_one, 3)}) {
    CAPTURE(q.id);
    Bench bench(interview({q}));
    Events events = bench.press(Key::enter, false, -1, true);
    REQUIRE(events.size() == 1);
    CHECK(std::holds_alternative<app::NextPage>(events[0]));
    events = bench.press(Key::f5);
    REQUIRE(events.size() == 1);
    CHECK(std::get<app::Visit>(events[0]).where == app::Go::submit);
    std::vector<Mark> marks = bench.marks();
    CHECK(std::count_if(marks.begin(), marks.end(), [](const Mark& m) { return m.words == "F5"; }) == 1);
    CHECK(std::none_of(marks.begin(), marks.end(), [](const Mark& m) { return m.words == "Ctrl ↵"; }));
  }
}

TEST_CASE("a page whose count is not known yet shows its number alone, and no bar") {
  app::InterviewView view = interview({question("day", definition::ControlKind::text_entry)});
  view.pages = 0;
  Bench bench(view);
  std::vector<Mark> marks = bench.marks();
  CHECK(std::any_of(marks.begin(), marks.end(), [](const Mark& m) { return m.words == "Page 2"; }));
  CHECK(std::none_of(marks.begin(), marks.end(), [&](const Mark& m) {
    return m.words == bench.strings.tr("interview.page.label", {{"number", "2"}, {"of", "0"}});
  }));
}

TEST_CASE("the card is ticked by 1, by Tab and Space, or by the mouse") {
  Bench bench(card_page());
  Events events = bench.press(Key::digit, false, 1);
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::HandOverCard>(events[0]).done);
  bench.kit->focus("card.handed");
  events = bench.press(Key::space);
  REQUIRE(events.size() == 1);
  CHECK(std::holds_alternative<app::HandOverCard>(events[0]));
  app::InterviewView ticked = card_page();
  ticked.consent->handed = true;
  Bench again(ticked);
  events = again.press(Key::digit, false, 1);
  REQUIRE(events.size() == 1);
  CHECK(!std::get<app::HandOverCard>(events[0]).done);
  events = again.press(Key::enter);
  REQUIRE(events.size() == 1);
  CHECK(std::holds_alternative<app::NextPage>(events[0]));
}

// A page that is turned towards the respondent had the interviewer's words around the respondent's.
TEST_CASE("a page of consent is in the interview's language to its last button") {
  app::InterviewView view = card_page();
  view.words_in = "ar";
  view.right_to_left = true;
  view.consent->words = {{"title", {"first line"}, true}};
  Bench bench(view, false, true);
  bench.strings = app::Strings("fr");
  bench.pass();
  app::Strings arabic("ar");
  auto label = [&](const std::string& id) {
    for (const Widget& w : bench.kit->registry())
      if (w.id == id) return w.label;
    return std::string();
  };
  CHECK(label("interview.next") == arabic.tr("interview.next.button"));
  CHECK(label("interview.back") == arabic.tr("interview.back.button"));
  CHECK(label("card.print") == arabic.tr("consent.print.button"));
  CHECK(label("card.handed") == arabic.tr("consent.handed.button"));
}

TEST_CASE("the card's sheet holds the code and the respondent's words, each in its direction, and nothing else") {
  app::InterviewView view = card_page();
  view.consent->words = {{"إن غيّرتم رأيكم", {"سطر"}, true}, {"Si vous changez d’avis", {"une ligne", "deux"}, false}};
  text::Sheet sheet = card_sheet(app::Screen(view), "Jumelage", "fonts");
  REQUIRE(sheet.lines.size() == 7);
  CHECK(sheet.lines[0].words.find(view.consent->code) == 3);
  CHECK(sheet.lines[1].words == "Jumelage");
  CHECK(sheet.lines[2].words == "إن غيّرتم رأيكم");
  CHECK(sheet.lines[2].right_to_left);
  CHECK(!sheet.lines[4].right_to_left);
  wipe_card(sheet);
  CHECK(sheet.lines[0].words.empty());
  view.consent->code.clear();  // practice
  CHECK(card_sheet(app::Screen(view), "Jumelage", "fonts").lines.empty());
}

TEST_CASE("a coordinator's first screen: a digit leads to what waits") {
  app::HomeView home;
  home.centre = app::CentreCard{12, 2, "", 0};
  Bench bench(home, true);
  const app::Go places[] = {app::Go::conflicts, app::Go::table, app::Go::sync};
  for (int n = 0; n < 3; ++n) {
    Events events = bench.press(Key::digit, false, n + 1);
    REQUIRE(events.size() == 1);
    CHECK(std::get<app::Visit>(events[0]).where == places[n]);
  }
}

TEST_CASE("a folder is chosen for a screen by keys alone, and stands in its field") {
  app::SyncView sync;
  sync.place = "/media/stick";
  sync.browser = app::BrowserView{"", "/home/salma", {"/home/salma"}, {{"rihla", "", true}}, "", true};
  Bench bench(sync);
  Events events = bench.press(Key::enter);  // opens the marked one
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::BrowseFolders>(events[0]).folder == "/home/salma/rihla");
  events = bench.press(Key::enter, false, -1, true);
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::TakeFolder>(events[0]).folder == "/home/salma");
  CHECK(bench.scratch.place == "/home/salma");
  events = bench.press(Key::escape);
  REQUIRE(events.size() == 1);
  CHECK(std::holds_alternative<app::CloseBrowser>(events[0]));
}

TEST_CASE("the first screen: Up and Down choose whose profile it is, while the passphrase is typed") {
  Bench bench(app::UnlockView{.profiles = {"amina", "salma", "yusuf"}, .chosen = "amina", .problem = "", .remark = ""});
  CHECK(kit_focus_is(*bench.kit, "unlock.passphrase"));
  bench.press(Key::down);
  CHECK(bench.scratch.profile == "salma");
  bench.press(Key::down);
  bench.press(Key::down);  // no further than the last
  CHECK(bench.scratch.profile == "yusuf");
  bench.press(Key::up);
  CHECK(bench.scratch.profile == "salma");
  CHECK(kit_focus_is(*bench.kit, "unlock.passphrase"));
  Events events = bench.press(Key::enter);
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::Unlock>(events[0]).profile == "salma");
}
