// Every screen built without a display: its widgets, the order Tab walks them in, and the mirror of Arabic.
#include <set>

#include "tests/collector/window/bench.h"

using namespace support;

namespace {

app::EditorView editor() {
  app::EditorView view;
  view.form = "staff";
  view.next_version = "2";
  view.forms = {"staff", "youth"};
  view.languages = {"English", "العربية"};
  for (int n = 0; n < 40; ++n) view.rows.push_back({"q" + std::to_string(n), "label", {"Text", "نص"}, false});
  view.preview = question("q0", definition::ControlKind::choice_one, 3);
  view.may_publish = true;
  return view;
}

app::ConflictsView conflicts() {
  app::ConflictsView view;
  for (int n = 0; n < 2; ++n)
    view.conflicts.push_back(
        {"r", "MA12", "age", "Age", {{"3", "3", "a", "today"}, {"4", "4", "b", "today"}}, 0});
  view.chosen_side = 0;
  return view;
}

struct Case {
  const char* name;
  app::Screen screen;
  bool coordinator;
  std::vector<std::string> order;
};

std::vector<Case> cases() {
  using definition::ControlKind;
  std::vector<std::string> places = {"go.home",     "go.contacts", "go.sync", "go.withdraw",
                                     "go.settings", "go.help",  "go.about",    "go.lock"};
  std::vector<std::string> centre = {"go.home",   "go.contacts", "go.sync",     "go.withdraw", "go.conflicts", "go.table", "go.export",
                                     "go.file",   "go.editor",   "go.settings", "go.help",     "go.about",     "go.lock"};
  std::vector<std::string> below = {"interview.back",  "interview.next",   "interview.note",   "interview.find",
                                    "interview.blank", "interview.submit", "interview.pause"};
  auto then = [](std::vector<std::string> all, const std::vector<std::string>& more) {
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  app::UnlockView unlock{{"amina", "driss"}, "amina", "", "", 0};
  app::HomeView home{{{"staff", "Staff", "1", "fr"}, {"youth", "Youth", "1", "fr"}},
                     {{"1", "Staff", "MA12", "today", app::Safety::open, 3},
                      {"2", "Staff", "MA13", "today", app::Safety::received, 3}},
                     1,
                     1,
                     1,
                     "",
                     ""};
  app::SubmitView submit;
  submit.may_finish = true;
  submit.card = "1234 5678";
  app::SubmitView unfinished;
  unfinished.findings = {{"a", "A", "missing"}, {"b", "B", "missing"}};
  app::HomeView centre_home = home;
  centre_home.interviews.clear();
  centre_home.centre = app::CentreCard{12, 2, "24 Nov 2026 · 10:05", 3};
  app::SyncView sync;
  sync.place = "/media/stick";
  sync.offered = {"/media/stick", "/media/other"};
  app::SyncView running = sync;
  running.running = true;
  app::SettingsView settings;
  settings.languages = {{"en", "English", ""}, {"ar", "العربية", ""}};
  settings.language = "en";
  settings.theme = "light";
  settings.has_profile = settings.has_code = true;
  settings.lock_minutes = 10;
  app::HelpView help;
  help.titles = {"Opening", "Holding"};
  help.lines = {{"Press `Enter`.", false}, {"Type.", true}};
  app::LockView locked;
  locked.profile = "amina";
  locked.by_code = locked.waits = true;
  app::TableView table;
  table.tables = {"staff", "actor"};
  table.columns = {"code", "age"};
  table.rows = {{"MA12", "34"}};
  table.total_rows = 1;
  app::ExportView tables{{"csv", "xlsx"}, {}, "/tmp", ""};
  app::CentralView central{.place = "/home/salma/central.db", .folder = "/media/stick", .copies = {"/media/stick/central.db"}, .results = {}, .problems = {}, .waiting = {}, .log = {}, .backup_place = "/media/stick/central-backup.db", .one_disk = true, .card_contact = "", .card_until = "", .until_example = ""};
  std::vector<Case> all = {
      {"unlock",
       unlock,
       false,
       {"unlock.profile.amina", "unlock.profile.driss", "unlock.passphrase", "unlock.go", "unlock.other",
        "unlock.practise"}},
      {"first start",
       app::UnlockView{},
       false,
       {"unlock.label", "unlock.passphrase", "unlock.again", "unlock.go", "unlock.practise"}},
      {"home", home, false,
       then(places, {"form.staff", "practise.staff", "form.youth", "practise.youth", "home.sync", "interview.1",
                     "interview.2"})},
      {"a coordinator's home", centre_home, true,
       then(centre, {"home.conflicts", "home.table", "home.sync", "form.staff", "practise.staff", "form.youth",
                     "practise.youth"})},
      {"the card", card_page(), false,
       {"interview.language", "card.print", "card.keep", "card.handed", "interview.back", "interview.next"}},
      {"one choice", interview({question("q", ControlKind::choice_one, 3)}), false,
       then({"interview.language", "interview.spoken", "choice.q.v1", "choice.q.v2", "choice.q.v3"}, below)},
      {"text", interview({question("q", ControlKind::text_entry)}), false,
       then({"interview.language", "interview.spoken", "field.q"}, below)},
      {"long list", interview({question("q", ControlKind::choice_one, 14)}), false,
       then({"interview.language", "interview.spoken", "search.q", "choice.q.v1", "choice.q.v2", "choice.q.v3", "choice.q.v4",
             "choice.q.v5", "choice.q.v6", "choice.q.v7"},
            below)},
      {"two on a page",
       interview({question("q", ControlKind::choice_one, 2), question("r", ControlKind::number_entry)}),
       false, then({"interview.language", "interview.spoken", "choice.q.v1", "choice.q.v2", "field.r"}, below)},
      {"finish", submit, false, {"card.print", "submit.back", "submit.home", "submit.finish"}},
      {"not finished", unfinished, false, {"finding.0", "finding.1", "submit.back", "submit.home"}},
      {"lock", locked, false, {"lock.words", "lock.open", "lock.close"}},
      {"settings", settings, false,
       then(places, {"language.en",    "language.ar", "theme.light", "theme.dark", "theme.contrast", "size.0",
                     "size.1",         "size.2",      "turning.0",   "turning.1",  "turning.2",      "advance.no",
                     "advance.yes",    "lock.2",      "lock.5",      "lock.10",    "lock.20",        "lock.0",
                     "settings.code",  "settings.set_code", "settings.no_code"})},
      {"help", help, false, then(places, {"help.0", "help.1"})},
      {"about", app::AboutView{{{"Version", "1"}}}, false, places},
      {"contacts", app::ContactsView{}, false,
       then(places, {"contacts.code", "contacts.day", "contacts.hour", "contacts.note",
                     "contacts.outcome.0", "contacts.outcome.1", "contacts.outcome.2"})},
      {"sync", sync, false, then(places, {"sync.place", "sync.browse", "sync.way.1", "sync.start"})},
      {"sync runs", running, false, then(places, {"sync.place", "sync.stop"})},
      {"conflicts", conflicts(), true,
       then(centre, {"conflict.0", "conflict.1", "side.0", "side.1", "conflicts.reason", "conflicts.settle"})},
      {"table", table, true, then(centre, {"table.staff", "table.actor", "table.labels"})},
      {"export", tables, true, then(centre, {"export.folder", "export.browse", "export.xlsx", "export.csv", "export.values"})},
      {"central file", central, true,
       then(centre, {"file.folder", "file.browse", "file.backup", "file.verify", "file.move", "file.copies", "file.waiting", "file.log",
                     "file.card", "file.backups", "file.keep_backups", "file.restore./media/stick/central.db", "file.other"})},
      {"editor", editor(), true,
       then(centre, {"editor.form.staff", "editor.form.youth", "editor.publish", "editor.language.0",
                     "editor.language.1", "editor.text"})}};
  for (Case& one : all)
    if (std::holds_alternative<app::UnlockView>(one.screen))
      for (const std::string& code : app::interface_languages()) one.order.push_back("language." + code);
  return all;
}

}  // namespace

TEST_CASE("Tab walks every screen in its order and comes round") {
  for (Case& one : cases()) {
    std::string screen = one.name;
    CAPTURE(screen);
    Bench bench(one.screen, one.coordinator);
    std::string walked, wanted;
    for (const std::string& id : bench.walk()) walked += id + " ";
    for (const std::string& id : one.order) wanted += id + " ";
    CHECK(walked == wanted);
    for (const std::string& id : one.order)
      CHECK_MESSAGE(std::count_if(bench.kit->registry().begin(), bench.kit->registry().end(),
                                  [&](const Widget& w) { return w.id == id; }) == 1,
                    id);
  }
}

TEST_CASE("Arabic is the mirror of it: the same widgets, the same order, reflected") {
  for (Case& one : cases()) {
    std::string screen = one.name;
    CAPTURE(screen);
    Bench left(one.screen, one.coordinator);
    Bench right(one.screen, one.coordinator, true);
    const auto& a = left.kit->registry();
    const auto& b = right.kit->registry();
    REQUIRE(a.size() == b.size());
    for (size_t i = 0; i < a.size(); ++i) {
      CAPTURE(a[i].id);
      CHECK(a[i].id == b[i].id);
      CHECK(b[i].place.x == doctest::Approx(wide - a[i].place.x - a[i].place.w).epsilon(0.001));
      CHECK(a[i].place.y == b[i].place.y);
      CHECK(a[i].place.w == b[i].place.w);
      CHECK(a[i].place.h == b[i].place.h);
    }
    CHECK(right.walk() == one.order);
  }
}

TEST_CASE("what Tab reaches stands inside the window, wherever a list has been scrolled") {
  app::HomeView home;
  for (int n = 0; n < 40; ++n)
    home.interviews.push_back({std::to_string(n), "Staff", "MA12", "today", app::Safety::open, 3});
  app::SubmitView findings;
  for (int n = 0; n < 40; ++n) findings.findings.push_back({"q" + std::to_string(n), "Q", "missing"});
  app::ConflictsView many = conflicts();
  for (int n = 0; n < 30; ++n) many.conflicts.push_back(many.conflicts.front());
  for (const app::Screen& screen : {app::Screen(home), app::Screen(findings), app::Screen(many)}) {
    Bench bench(screen, true);
    size_t widgets = bench.kit->registry().size();
    CHECK(widgets >= 20);  // rows far out of sight are entered when one comes near
    std::set<std::string> reached;
    for (size_t n = 0; n < 60; ++n) {
      bench.press(Key::tab);
      for (const Widget& w : bench.kit->registry())
        if (w.id == bench.kit->focus()) {
          CAPTURE(w.id);
          reached.insert(w.id);
          CHECK(w.place.y >= 0);
          CHECK(w.place.y + w.place.h <= high);
        }
    }
    CHECK(reached.size() >= 40);
  }
}

TEST_CASE("the digit that chose is not typed into the next question") {
  using definition::ControlKind;
  app::InterviewView view =
      interview({question("q", ControlKind::choice_one, 3), question("code", ControlKind::text_entry)});
  Bench bench(view);
  Events events = bench.press(Key::digit, false, 2);
  REQUIRE(events.size() == 2);
  CHECK(std::get<app::ToggleChoice>(events[0]).value == "v2");
  REQUIRE(std::get<app::Focus>(events[1]).question == "code");
  view.focus = "code";  // as the desk does
  bench.screen = view;
  bench.pass();
  REQUIRE(bench.kit->focus() == "field.code");
  CHECK(bench.character(0xe9).empty());  // what the key of 2 writes on AZERTY
  bench.press(Key::letter);
  events = bench.character('M');
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::Answer>(events[0]).typed == "M");
}

TEST_CASE("one digit of two, and Enter: it is meant, alone on a page or among others") {
  using definition::ControlKind;
  for (bool among : {false, true}) {
    std::vector<app::QuestionView> questions = {question("q", ControlKind::choice_one, 12)};
    if (among) questions.push_back(question("r", ControlKind::choice_one, 12));
    Bench bench(interview(questions));
    CHECK(bench.press(Key::digit, false, 1).empty());
    Events events = bench.press(Key::enter);
    REQUIRE(events.size() == 2);
    CHECK(std::get<app::ToggleChoice>(events[0]).question == "q");
    CHECK(std::get<app::ToggleChoice>(events[0]).value == "v1");
    CHECK(bench.scratch.digits.empty());
  }
}

TEST_CASE("numbers and dates: digit keys are digits on AZERTY, a minus stands right of them") {
  using definition::ControlKind;
  struct Row {
    ControlKind kind;
    std::vector<std::pair<int, uint32_t>> keys;  // digit key or -1, and the character it makes
    const char* typed;
  };
  const Row rows[] = {{ControlKind::number_entry, {{6, '-'}, {6, '-'}, {1, '&'}, {2, 0xe9}}, "6612"},
                      {ControlKind::number_entry, {{6, '6'}, {0, '0'}}, "60"},  // with Shift
                      {ControlKind::number_entry, {{3, 0x663}, {4, 0x664}}, "٣٤"},
                      {ControlKind::number_entry, {{-1, ')'}, {9, 0xe7}, {8, '_'}}, "-98"},
                      {ControlKind::number_entry, {{-1, '-'}, {9, '9'}, {9, '9'}}, "-99"},
                      {ControlKind::date_entry, {{1, '&'}, {6, '-'}, {-1, '/'}, {6, '-'}}, "16/6"},
                      {ControlKind::text_entry, {{6, '-'}, {1, '&'}, {-1, ')'}}, "-&)"}};
  for (const Row& row : rows) {
    CAPTURE(row.typed);
    Bench bench(interview({question("q", row.kind)}));
    REQUIRE(bench.kit->focus() == "field.q");
    for (auto [digit, c] : row.keys) {
      bench.press(digit < 0 ? Key::none : Key::digit, false, digit);
      bench.character(c);
    }
    CHECK(bench.kit->editing("field.q").text == row.typed);
  }
}

TEST_CASE("the languages open over a field and give the caret back") {
  using definition::ControlKind;
  Bench bench(interview({question("q", ControlKind::text_entry)}));
  Input open;
  open.kind = Input::Kind::key;
  open.key = Key::letter;
  open.letter = 'L';
  open.control = true;
  bench.pass(&open);
  bench.pass();
  CHECK(bench.kit->focus() == "read.0");
  bench.press(Key::down);
  CHECK(bench.kit->focus() == "read.1");
  bench.press(Key::right);
  CHECK(bench.kit->focus() == "beside.1");
  bench.press(Key::left);
  Events events = bench.press(Key::enter);
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::ReadIn>(events[0]).language == 1);
  CHECK(bench.kit->focus() == "field.q");
}

TEST_CASE("a long list keeps where the wheel left it, and a digit shows what it chose") {
  using definition::ControlKind;
  auto top_of = [](const Bench& bench, const std::string& id) {
    for (const Widget& w : bench.kit->registry())
      if (w.id == id) return w.place.y;
    return -1.f;
  };
  Bench wheel(interview({question("q", ControlKind::choice_one, 40)}));
  float before = top_of(wheel, "choice.q.v3");
  Input i;
  i.kind = Input::Kind::move;
  i.x = 700;
  i.y = 500;
  wheel.pass(&i);
  i.kind = Input::Kind::scroll;
  i.x = 0;
  i.y = -1;
  wheel.pass(&i);
  wheel.pass();
  wheel.pass();
  CHECK(top_of(wheel, "choice.q.v3") == doctest::Approx(before - 60));
  app::QuestionView tall = question("q", ControlKind::choice_many, 9);
  for (app::ChoiceView& choice : tall.choices)
    choice.label += " is a label too long for two columns of choices";
  Bench digit(interview({tall}));
  CHECK(top_of(digit, "choice.q.v9") > high - 110);
  CHECK(digit.press(Key::digit, false, 9).size() == 1);
  CHECK(top_of(digit, "choice.q.v9") < high - 150);
}

TEST_CASE("the editor goes from text to text by keys, and shows where it is") {
  app::EditorView view = editor();
  Bench bench(view, true);
  REQUIRE(bench.kit->focus() == "editor.text");
  for (int n = 1; n < 30; ++n) {
    Events events = bench.press(Key::down, false, -1, true);
    REQUIRE(events.size() == 1);
    view.selected = std::get<app::SelectText>(events[0]).row;
    CHECK(view.selected == n);
    bench.screen = view;
    bench.pass();
    bool seen = false;
    for (const Widget& w : bench.kit->registry())
      seen |= w.id == "row." + std::to_string(n) && w.place.y > 0 && w.place.y + w.place.h < high;
    CHECK(seen);
  }
}

TEST_CASE("a grid longer than the card shows the row that the digits speak to") {
  using definition::ControlKind;
  std::vector<app::QuestionView> rows;
  for (int n = 0; n < 20; ++n) rows.push_back(question("q" + std::to_string(n), ControlKind::choice_one, 5));
  app::InterviewView view = interview(rows);
  view.grid = true;
  Bench bench(view);
  for (int n = 0; n < 19; ++n) {
    Events events = bench.press(Key::digit, false, 3);
    REQUIRE(events.size() == 2);
    CHECK(std::get<app::ToggleChoice>(events[0]).question == "q" + std::to_string(n));
    view.focus = std::get<app::Focus>(events[1]).question;
    bench.screen = view;
    bench.pass();
    bench.pass();
    for (const Widget& w : bench.kit->registry())
      if (w.id == "cell." + view.focus + ".v1") {
        CHECK(w.place.y >= 82);
        CHECK(w.place.y + w.place.h <= high - 110);
      }
  }
}

TEST_CASE("questions of six twelfths stand side by side, mirrored too, and one below the other where it is narrow") {
  using definition::ControlKind;
  std::vector<app::QuestionView> questions;
  for (const char* id : {"a", "b", "c"}) questions.push_back(question(id, ControlKind::text_entry));
  questions[0].control.width = questions[1].control.width = 6;
  auto place = [](Bench& bench, const std::string& id) {
    for (const Widget& w : bench.kit->registry())
      if (w.id == "field." + id) return w.place;
    FAIL("no field of ", id);
    return Rect{};
  };
  for (bool rtl : {false, true}) {
    CAPTURE(rtl);
    Bench bench(interview(questions), false, rtl);
    Rect a = place(bench, "a"), b = place(bench, "b"), c = place(bench, "c");
    CHECK(a.y == b.y);
    CHECK((rtl ? b.right() < a.x : a.right() < b.x));
    CHECK(c.y > a.bottom());
    CHECK(c.w > a.w * 1.9f);
  }
  Bench narrow(interview(questions));
  narrow.kit->size(700, high, 1);
  narrow.pass();
  narrow.pass();
  CHECK(place(narrow, "b").y > place(narrow, "a").bottom());
}

TEST_CASE("a reason is typed beside the answer that holds, and forgotten with the next conflict") {
  Bench bench(conflicts(), true);
  bench.kit->focus("conflicts.reason");
  for (char c : std::string("2 calls")) bench.character(static_cast<uint32_t>(c));
  Events events = bench.press(Key::enter);
  REQUIRE(events.size() == 1);
  CHECK(std::get<app::Settle>(events[0]).reason == "2 calls");
  CHECK(bench.scratch.reason.empty());
}
