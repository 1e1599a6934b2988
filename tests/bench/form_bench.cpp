// form_bench [--size N]: the form engine on forms made here: a chain of conditions (W1, W2), a chain of
// calculations (W3), a repeat with an outer sum (W4), a cascade of 20,000 choices (W5), a form of many rows
// (W7).
#include <string>

#include "forms/definition/xlsform.h"
#include "forms/engine/session.h"
#include "forms/questions/table.h"
#include "tests/bench/figures.h"

namespace {

using definition::Sheet;
using definition::Workbook;
using engine::NodeId;
using engine::Session;

struct World {
  base::SystemClock clock;
  base::SeededRandom random{1};
  engine::Environment environment() { engine::Environment e;
    e.clock = &clock;
    e.random = &random;
    return e; }
};

std::string name(size_t i) {
  return "q" + std::to_string(i);
}

// Rows of type, name, label, relevant, calculation, choice_filter, repeat_count.
Workbook book_of(std::vector<std::vector<std::string>> rows,
                 std::vector<std::vector<std::string>> choices = {}) {
  rows.insert(rows.begin(),
              {"type", "name", "label", "relevant", "calculation", "choice_filter", "repeat_count"});
  Workbook book{"bench", {}};
  book.sheets.push_back({"survey", std::move(rows)});
  if (!choices.empty()) {
    choices.insert(choices.begin(), {"list_name", "name", "label", "above"});
    book.sheets.push_back({"choices", std::move(choices)});
  }
  return book;
}

definition::ReadSurvey read(const Workbook& book) {
  definition::ReadSurvey out = definition::read_xlsform(book, {}, questions::table());
  if (!out.survey) {
    std::fprintf(stderr, "form_bench: a form of its own is refused: %s\n",
                 out.diagnostics.empty() ? "" : definition::describe(out.diagnostics[0]).c_str());
    std::exit(1);
  }
  return out;
}

NodeId node(const Session& session, size_t i) {
  return session.find({session.survey().by_identity(name(i)), {}});
}

void conditions(World& world, const char* workload, size_t n) {
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < n; ++i)
    rows.push_back({"text", name(i), name(i), i ? "${" + name(i - 1) + "} != ''" : "", "", "", ""});
  Workbook book = book_of(rows);
  bench::figure(workload, "load", n, [&] {
    auto form = read(book);
    Session::begin(*form.survey, world.environment());
  });
  auto form = read(book);
  std::optional<Session> session;
  bench::figure(
      workload, "fill", n,
      [&] {
        for (size_t i = 0; i < n; ++i) session->set(node(*session, i), "x");
      },
      [&] { session.emplace(Session::begin(*form.survey, world.environment())); });
  bench::figure(workload, "break", n, [&] {
    session->set(node(*session, 0), "");
    session->set(node(*session, 0), "x");
  });
}

void calculations(World& world, size_t n) {
  std::vector<std::vector<std::string>> rows = {{"integer", name(0), "first", "", "", "", ""}};
  for (size_t i = 1; i <= n; ++i)
    rows.push_back({"calculate", name(i), "", "", "${" + name(i - 1) + "} + 1", "", ""});
  auto form = read(book_of(rows));
  Session session = Session::begin(*form.survey, world.environment());
  int value = 0;
  bench::figure("W3", "answer", n, [&] { session.set(node(session, 0), std::to_string(++value)); });
}

void repeat(World& world, size_t n) {
  std::vector<std::vector<std::string>> rows = {{"begin_repeat", "p", "P", "", "", "", ""}};
  for (size_t i = 0; i < 10; ++i) rows.push_back({"integer", name(i), name(i), "", "", "", ""});
  rows.push_back({"end_repeat", "", "", "", "", "", ""});
  rows.push_back({"calculate", "total", "", "", "sum(${q0})", "", ""});
  auto form = read(book_of(rows));
  definition::NodeIndex p = form.survey->by_identity("p");
  definition::NodeIndex first = form.survey->by_identity("p/q0");
  std::optional<Session> session;
  std::vector<NodeId> asked;
  auto grow = [&] {
    while (session->instances(0, p).size() < n) session->add(0, p);
    asked.clear();
    for (NodeId instance : session->instances(0, p))
      asked.push_back(session->instances(instance, first).front());
    for (NodeId question : asked) session->set(question, "1");
  };
  bench::figure("W4", "grow_fill", n, grow,
                [&] { session.emplace(Session::begin(*form.survey, world.environment())); });
  int value = 0;
  bench::figure("W4", "one", n, [&] { session->set(asked[asked.size() / 2], std::to_string(++value)); });
}

void cascade(World& world, size_t n) {
  // Four levels; the last has nearly all of the choices.
  std::vector<std::vector<std::string>> choices;
  size_t wide[] = {5, 50, 500, n};
  for (size_t level = 0; level < 4; ++level)
    for (size_t i = 0; i < wide[level]; ++i)
      choices.push_back({"l" + std::to_string(level), std::to_string(i), "Place " + std::to_string(i),
                         level ? std::to_string(i % wide[level - 1]) : ""});
  std::vector<std::vector<std::string>> rows;
  for (size_t level = 0; level < 4; ++level)
    rows.push_back({"select_one l" + std::to_string(level), name(level), name(level), "", "",
                    level ? "above = ${" + name(level - 1) + "}" : "", ""});
  Workbook book = book_of(rows, choices);
  bench::figure("W5", "load", n, [&] {
    auto form = read(book);
    Session::begin(*form.survey, world.environment());
  });
  auto form = read(book);
  Session session = Session::begin(*form.survey, world.environment());
  size_t turn = 0;
  bench::figure("W5", "round", n, [&] {
    session.set(node(session, 0), std::to_string(++turn % 5));
    for (size_t level = 1; level < 4; ++level) {
      auto offers = session.offers(node(session, level), 0);
      if (!offers.empty()) session.set(node(session, level), offers[turn % offers.size()].value);
    }
  });
}

void rows(World& world, const char* op, size_t n) {
  std::vector<std::vector<std::string>> all;
  for (size_t i = 0; i < n; ++i)
    all.push_back({i % 3 ? "integer" : "text", name(i), "Question " + std::to_string(i),
                   i % 5 == 4 ? "${" + name(i - 3) + "} > 3" : "", "", "", ""});
  Workbook book = book_of(all);
  bench::figure("W7", op, n, [&] {
    auto form = read(book);
    Session::begin(*form.survey, world.environment());
  });
}

}  // namespace

int main(int count, char** words) {
  World world;
  size_t small = bench::size_of(count, words);
  auto n = [&](size_t meant) { return small ? small : meant; };
  conditions(world, "W1", n(1000));
  conditions(world, "W2", n(5000));
  calculations(world, n(1000));
  calculations(world, n(8000));
  repeat(world, n(1000));
  cascade(world, n(20000));
  rows(world, "load", n(1000));
  rows(world, "load_5000", n(5000));
  return 0;
}
