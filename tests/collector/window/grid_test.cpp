// Grids: what is wrong, noted, hinted and required stands whole in them; headings and rows of other tools too.
#include "collector/app/form_files.h"
#include "tests/collector/window/held.h"

using namespace support;
using definition::ControlKind;

namespace {

app::InterviewView grid(bool beside = false) {
  app::QuestionView stem = question("stem", ControlKind::note);
  stem.label = "How far do you agree?";
  std::vector<app::QuestionView> all = {stem, question("a", ControlKind::choice_one, 5), question("b", ControlKind::choice_one, 5)};
  if (beside)
    for (app::QuestionView& q : all) {
      q.second_label = "Dans quelle mesure (" + q.id + ")";
      for (app::ChoiceView& c : q.choices) c.second = "Choix " + c.value;
    }
  app::InterviewView view = interview(all);
  view.grid = true;
  view.focus = "a";
  return view;
}

long times(const std::vector<Mark>& marks, const std::string& words) {
  return std::count_if(marks.begin(), marks.end(), [&](const Mark& m) { return m.words == words && !m.cut; });
}

const std::string long_rule = "Whoever does not trust the other side at all cannot have said before that both of them decide on an "
                              "equal footing: please ask again, and correct one of the two answers.";

const std::string agree = "list_name,name,label::English (en),label::Français (fr)\n"
                          "agree,1,Disagree,Pas d’accord\nagree,2,Neither,Ni l’un ni l’autre\nagree,3,Agree,D’accord\n";

}  // namespace

TEST_CASE("grid: a rule's message, a note, the hint and the asterisk stand whole (the message was cut)") {
  app::InterviewView view = grid();
  view.questions[1].hint = "Read every row out.";
  view.questions[1].note = "Hesitated long.";
  view.questions[1].required = true;
  view.questions[2].problem = long_rule;
  view.questions[2].hint = "Only where the keyboard is.";
  Bench bench(view);
  auto marks = bench.marks();
  CHECK(times(marks, long_rule) == 1);
  CHECK(times(marks, "Hesitated long.") == 1);
  CHECK(times(marks, "Read every row out.") == 1);
  CHECK(times(marks, "Only where the keyboard is.") == 0);
  CHECK(times(marks, "*") == 1);
  CHECK(times(marks, "How far do you agree?") == 1);
}

TEST_CASE("grid: with a second language beside, its rows and its headings have it too") {
  Bench bench(grid(true));
  auto marks = bench.marks();
  for (const char* words : {"Dans quelle mesure (stem)", "Dans quelle mesure (a)", "Dans quelle mesure (b)", "Choix v1", "Choix v5"})
    CHECK_MESSAGE(times(marks, words) == 1, words);
}

TEST_CASE("second language: rankings, likert lines, the ticks of a scale and the choices of a cell have it") {
  app::QuestionView rank = question("rank", ControlKind::ranking, 3);
  rank.choices[0].rank = 1;
  app::QuestionView likert = question("likert", ControlKind::choice_one, 3);
  likert.control.look = definition::ChoiceLook::likert;
  app::QuestionView buttons = question("buttons", ControlKind::scale);
  buttons.control.scale_min = 1;
  buttons.control.scale_max = 5;
  buttons.control.scale_step = 1;
  app::QuestionView slider = buttons;
  slider.control.scale_look = definition::ScaleLook::slider;
  app::QuestionView ladder = slider;
  ladder.control.vertical = true;
  for (app::QuestionView q : {rank, likert, buttons, slider, ladder}) {
    CAPTURE(q.id);
    for (app::ChoiceView& c : q.choices) c.second = "Choix " + c.value;
    if (q.choices.empty()) q.ticks = {{1, "far", "Choix v1"}, {5, "near", "Choix v2"}};
    Bench bench(interview({q}));
    auto marks = bench.marks();
    CHECK(times(marks, "Choix v1") == 1);
    CHECK(times(marks, "Choix v2") == 1);
  }
  app::QuestionView cell = question("p[1]/c", ControlKind::choice_one, 2);
  for (app::ChoiceView& c : cell.choices) c.second = "Choix " + c.value;
  app::InterviewView table = interview({cell});
  table.repeat.emplace();
  table.repeat->id = "p";
  table.repeat->instances = {{"p[1]", "1", {0}}};
  table.repeat->columns = {"C"};
  table.repeat->table = true;
  Bench bench(table);
  CHECK(times(bench.marks(), "Choix v2") == 1);
}

TEST_CASE("label and list-nolabel: a heading that takes no answer over rows without words (they were lists)") {
  Held held(Sheets{"type,name,label::English (en),label::Français (fr),appearance\n"
                   "begin_group,g,Group,Groupe,field-list\n"
                   "select_one agree,h1,How far?,Dans quelle mesure ?,label\n"
                   "select_one agree,h2,I trust,J’ai confiance,list-nolabel\n"
                   "select_one agree,h3,I take part,Je participe,list-nolabel\n"
                   "end_group,,,,\n"
                   "text,last,Anything else?,Autre chose ?,\n",
                   agree});
  CHECK(held.view().focus == "h2");
  CHECK(held.shows("How far?"));
  auto marks = held.marks();
  CHECK(std::count_if(marks.begin(), marks.end(), [](const Mark& m) { return m.words == "Agree"; }) == 1);
  held.digit(3);
  CHECK(held.value("h1").empty());
  CHECK(held.value("h2") == "3");
  CHECK(held.view().focus == "h3");
  held.click("choice.h3.1");
  CHECK(held.value("h3") == "1");
  CHECK(!held.widget("choice.h1.1"));
  held.key(Key::up);
  CHECK(held.view().focus == "h2");
  held.key(Key::page_down);
  held.key(Key::f5);
  for (const app::FindingView& f : std::get<app::SubmitView>(held.desk->screen()).findings) CHECK(f.id != "h1");
}

TEST_CASE("the study's grids have their stem on their own page") {
  for (const char* form : {"staff", "youth", "associations"}) {
    CAPTURE(std::string(form));
    auto read = app::read_form(std::filesystem::path(RIHLA_SOURCE) / "forms/questionnaires" / form,
                               {std::filesystem::path(RIHLA_SOURCE) / "forms/questionnaires/lists"});
    REQUIRE(read);
    REQUIRE(read->read.survey);
    const definition::Survey& survey = *read->read.survey;
    int stems = 0;
    for (const definition::Node& node : survey.nodes)
      if (node.kind == definition::NodeKind::group && node.appearance.find("table-list") != std::string::npos)
        stems += survey.nodes[node.children.front()].type->data == definition::DataType::none;
    CHECK(stems == 3);
    CHECK(std::any_of(survey.nodes.begin(), survey.nodes.end(), [](const definition::Node& n) {
      return n.type && n.type->words.front() == "background-audio";
    }));
  }
}

TEST_CASE("repeat table: columns beyond the edge are told, and lead there; headings keep five lines (they fell to one)") {
  std::vector<app::QuestionView> cells;
  app::RepeatView repeat;
  repeat.id = "p";
  repeat.instances = {{"p[1]", "1", {}}};
  repeat.table = true;
  for (int n = 0; n < 12; ++n) {
    cells.push_back(question("p[1]/c" + std::to_string(n), ControlKind::text_entry));
    repeat.instances[0].cells.push_back(n);
    repeat.columns.push_back("Column " + std::to_string(n));
  }
  repeat.columns[1] = "A heading of so many words that it has no room in five lines of a column as narrow as this one is, "
                      "however one turns it, and for which the question above the table is there";
  app::InterviewView view = interview(cells);
  view.repeat = repeat;
  Bench bench(view);
  auto& widgets = bench.kit->registry();
  auto there = [&](const std::string& id) {
    return std::any_of(widgets.begin(), widgets.end(), [&](const Widget& w) { return w.id == id; });
  };
  CHECK(there("table.behind"));
  CHECK(!there("table.before"));
  float tall = 0;
  for (const Mark& m : bench.marks())
    if (m.words.starts_with("A heading of so many")) {
      CHECK(m.words.ends_with("\u2026"));
      tall = m.place.h;
    }
  CHECK(tall > 60);
  view.focus = "p[1]/c11";
  bench.screen = view;
  bench.kit->focus("field.p[1]/c11");
  bench.pass();
  bench.pass();
  CHECK(there("table.before"));
  CHECK(!there("table.behind"));
}
