// form_bench [DIR] [--size N] [--whova FILE] [--only W4]: the form engine on the workloads W1 to W7 and their scale series.
//
// DIR holds generated forms (w1_flat1000.xml …, scale/, xls1000.xlsx …); without it forms of the same shape are
// made here. One JSON line a figure: medians, and the peak of memory. A load is from bytes to the first question.
#include <filesystem>
#include <string>

#include "forms/definition/xform.h"
#include "forms/definition/xlsform.h"
#include "forms/engine/session.h"
#include "forms/questions/table.h"
#include "tests/bench/bench_forms.h"
#include "tests/bench/figures.h"

namespace {

using definition::DataType;
using definition::NodeIndex;
using engine::no_id;
using engine::NodeId;
using engine::Session;

struct Running {
  definition::ReadSurvey form;
  std::unique_ptr<Session> session;
  NodeId at(const std::string& name) const {
    NodeIndex node = form.survey->by_identity(name);
    return node == definition::no_node ? no_id : session->find({node, {}});
  }
};

class Bench {
 public:
  Bench(std::string folder, size_t size) : folder_(std::move(folder)), size_(size) {}

  size_t of(size_t meant) const { return size_ ? std::min(size_, meant) : meant; }
  std::string bytes(const std::string& name, const std::string& made) const {
    return folder_.empty() || size_ ? made : bench::read_file(folder_ + "/" + name);
  }
  bool has(const std::string& name) const {
    return !folder_.empty() && std::filesystem::exists(folder_ + "/" + name);
  }
  const std::string& folder() const { return folder_; }

  Running open(const std::string& xml) {
    base::ByteView view(reinterpret_cast<const uint8_t*>(xml.data()), xml.size());
    return begin(definition::read_xform(view, "bench.xml", {}, questions::table()));
  }
  Running open_xlsx(const std::string& file) {
    base::ByteView view(reinterpret_cast<const uint8_t*>(file.data()), file.size());
    auto book = definition::read_xlsx(view, "bench.xlsx");
    if (!book) fail(describe(book.error()));
    return begin(definition::read_xlsform(*book, {}, questions::table()));
  }

  Running open_sheet(const std::string& survey, const definition::SideFiles& files) {
    definition::Workbook book{"bench", {*definition::read_csv(base::view_of(survey), "survey")}};
    return begin(definition::read_xlsform(book, files, questions::table()));
  }

 private:
  [[noreturn]] static void fail(const std::string& why) {
    std::fprintf(stderr, "form_bench: a form is refused: %s\n", why.c_str());
    std::exit(1);
  }
  Running begin(definition::ReadSurvey form) {
    for (const definition::Diagnostic& d : form.diagnostics)
      if (!form.survey && d.severity == definition::Severity::error) fail(definition::describe(d));
    engine::Environment environment;
    environment.clock = &clock_;
    environment.random = &random_;
    auto session = std::make_unique<Session>(Session::begin(*form.survey, environment));
    return {std::move(form), std::move(session)};
  }

  std::string folder_;
  size_t size_;
  base::SystemClock clock_;
  base::SeededRandom random_{1};
};

void load(Bench& bench, const char* workload, const char* op, size_t n, const std::string& xml) {
  Running running;
  bench::figure(
      workload, op, n, [&] { running = bench.open(xml); }, [&] { running = {}; });
}

void fill(Session& session, const std::vector<NodeId>& questions) {
  for (NodeId q : questions) session.set(q, "v");
}

void flat(Bench& bench, const char* workload, const std::string& file, size_t meant, bool fill_and_break) {
  size_t n = bench.of(meant);
  std::string xml = bench.bytes(file, bench::flat(n));
  load(bench, workload, "load", n, xml);
  if (!fill_and_break) return;
  Running running;
  std::vector<NodeId> questions;
  auto prepare = [&] {
    running = bench.open(xml);
    questions.clear();
    for (size_t i = 1; i <= n; ++i) questions.push_back(running.at(bench::number("q", i)));
  };
  bench::figure(
      workload, "fill", n, [&] { fill(*running.session, questions); }, prepare);
  bool blank = false;
  bench::figure(workload, "break", n,
                [&] { running.session->set(questions[0], (blank = !blank) ? "" : "v"); });
}

void chain(Bench& bench, const char* workload, const char* op, const std::string& file, size_t meant) {
  size_t n = bench.of(meant);
  Running running = bench.open(bench.bytes(file, bench::calc(n)));
  NodeId first = running.at("q0");
  NodeId last = running.at(bench::number("c", n));
  int given = 0;
  size_t length = 0;
  bench::figure(workload, op, n, [&] {
    running.session->set(first, std::to_string(++given));
    length += running.session->value(last).size();
  });
  if (running.session->value(last) != std::to_string(static_cast<size_t>(given) + n) || length == 0)
    std::fprintf(stderr, "form_bench: %s: the end of the chain is wrong\n", workload);
}

void repeats(Bench& bench, const char* workload, const std::string& file, size_t meant, bool one_too) {
  size_t n = bench.of(meant);
  std::string xml = bench.bytes(file, bench::repeat());
  Running running;
  std::vector<NodeId> amounts;
  auto grow_and_fill = [&] {
    Session& session = *running.session;
    session.set(running.at("n"), std::to_string(n));
    NodeIndex repeat = running.form.survey->by_identity("rep");
    amounts.clear();
    for (NodeId instance : session.instances(0, repeat)) amounts.push_back(session.children(instance)[0]);
    for (size_t i = 0; i < amounts.size(); ++i) session.set(amounts[i], std::to_string(i + 1));
  };
  bench::figure(workload, "grow_fill", n, grow_and_fill, [&] { running = bench.open(xml); });
  std::string total(running.session->value(running.at("total")));
  if (total != std::to_string(n * (n + 1) / 2))
    std::fprintf(stderr, "form_bench: %s: the sum is wrong\n", workload);
  if (!one_too) return;
  NodeId sum = running.at("total");
  int given = 0;
  size_t length = 0;
  bench::figure(workload, "one", n, [&] {
    running.session->set(amounts[amounts.size() / 2], std::to_string(++given));
    length += running.session->value(sum).size();
  });
}

void choose(Bench& bench, const char* workload, const std::string& file, size_t meant, bool round_too) {
  size_t n = bench.of(meant);
  std::string xml = bench.bytes(file, bench::cascade(n));
  load(bench, workload, "load", n, xml);
  if (!round_too) return;
  Running running = bench.open(xml);
  NodeId levels[] = {running.at("a"), running.at("b"), running.at("c"), running.at("d")};
  size_t turn = 0;
  bench::figure(workload, "round", n, [&] {
    ++turn;
    for (NodeId level : levels) {
      std::vector<engine::Offer> offers = running.session->offers(level, 0);
      if (!offers.empty()) running.session->set(level, offers[turn % offers.size()].value);
    }
  });
}

// A file of many rows, two clauses of a filter; `first` makes the index too.
void look_up(Bench& bench) {
  size_t n = bench.of(200'000);
  std::string csv = "name,label,region,kind\n";
  for (size_t i = 0; i < n; ++i) {
    std::string row = std::to_string(i);
    csv += "p" + row + ",Place " + row + ",r" + std::to_string(i % 400) + ",k" + std::to_string(i % 7) + "\n";
  }
  std::string survey =
      "type,name,label,choice_filter\ntext,r,R,\ntext,k,K,\n"
      "select_one_from_file places.csv,place,Place,region = ${r} and kind = ${k}\n";
  Running running;
  auto open = [&] {
    running = bench.open_sheet(survey, {{"places.csv", base::Bytes(csv.begin(), csv.end())}});
  };
  bench::figure("lookup", "load", n, open, [&] { running = {}; });
  size_t turn = 0;
  auto search = [&] {
    ++turn;
    running.session->set(running.at("r"), "r" + std::to_string(turn % 400));
    running.session->set(running.at("k"), "k" + std::to_string(turn % 7));
    if (running.session->offers(running.at("place"), 0).size() > n) std::abort();
  };
  bench::figure("lookup", "first", n, search, open);
  bench::figure("lookup", "search", n, search);
}

// Something a question of that type can be answered with.
std::string answer_for(const Session& session, NodeId node, size_t turn) {
  switch (session.survey().data_of(session.definition_of(node))) {
    case DataType::integer:
    case DataType::decimal:
      return std::to_string(turn % 40 + 1);
    case DataType::date:
      return "20" + std::to_string(10 + turn % 10) + "-0" + std::to_string(1 + turn % 9) + "-15";
    case DataType::choice:
    case DataType::choices: {
      std::vector<engine::Offer> offers = session.offers(node, 0);
      return offers.empty() ? "" : offers[turn % offers.size()].value;
    }
    default:
      return "word" + std::to_string(turn % 3);
  }
}

void verbal_autopsy(Bench& bench, const std::string& file) {
  std::string xml = bench::read_file(file);
  load(bench, "W6", "load", 1, xml);
  Running running = bench.open(xml);
  Session& session = *running.session;
  std::vector<double> times;
  for (size_t turn = 0; turn < 5; ++turn) {
    std::vector<NodeId> open = {0};
    while (!open.empty()) {
      NodeId at = open.back();
      open.pop_back();
      if (!session.relevant(at)) continue;
      std::vector<NodeId> below = session.children(at);
      open.insert(open.end(), below.rbegin(), below.rend());
      const definition::Node& node = session.survey().nodes[session.definition_of(at)];
      bool asked = node.kind == definition::NodeKind::question && node.type && !session.read_only(at) &&
                   node.type->data != DataType::none;
      if (!asked) continue;
      std::string answer = answer_for(session, at, turn);
      times.push_back(bench::once_ms([&] { session.set(at, answer); }));
    }
  }
  std::sort(times.begin(), times.end());
  std::printf(
      "{\"workload\":\"W6\",\"op\":\"answer\",\"n\":%zu,\"median_ms\":%.4f,\"min_ms\":%.4f,\"max_ms\":%.4f,"
      "\"p95_ms\":%.4f,"
      "\"peak_rss_mb\":%.1f}\n",
      times.size(), times[times.size() / 2], times.front(), times.back(), times[times.size() * 95 / 100],
      bench::peak_rss_mb());
}

void spreadsheet(Bench& bench, const char* op, const std::string& name, size_t n) {
  if (!bench.has(name)) return;
  std::string file = bench::read_file(bench.folder() + "/" + name);
  Running running;
  bench::figure(
      "W7", op, n, [&] { running = bench.open_xlsx(file); }, [&] { running = {}; });
}

void scale(Bench& bench) {
  for (size_t n : {125, 250, 500, 1000, 2000, 4000, 8000}) {
    std::string size = std::to_string(n);
    std::string flat_name = "scale/flat" + size;
    flat(bench, flat_name.c_str(), flat_name + ".xml", n, true);
    std::string calc_name = "scale/calc" + size;
    chain(bench, calc_name.c_str(), "answer", calc_name + ".xml", n);
  }
  for (size_t n : {50, 100, 200, 400, 800, 1600}) {
    std::string name = "scale/repeat" + std::to_string(n);
    repeats(bench, name.c_str(), name + ".xml", n, true);
  }
  for (size_t n : {2500, 5000, 10000, 20000, 40000, 80000}) {
    std::string name = "scale/cascade" + std::to_string(n);
    choose(bench, name.c_str(), name + ".xml", n, true);
  }
}

// Whatever the size of the form, an answer with one dependent costs the same.
void unrelated(Bench& bench) {
  for (size_t n : {1000, 10000, 50000}) {
    size_t small = bench.of(n);
    Running running = bench.open(bench::flat(small));
    NodeId first = running.at("q1");
    NodeId second = running.at("q2");
    running.session->set(first, "v");
    int given = 0;
    bench::figure("flat_in_form_size", "answer", small,
                  [&] { running.session->set(second, std::to_string(++given)); });
  }
}

}  // namespace

int main(int count, char** words) {
  std::string folder, whova, only;
  for (int i = 1; i < count; ++i) {
    std::string word = words[i];
    if (word == "--whova" && i + 1 < count)
      whova = words[++i];
    else if (word == "--size")
      ++i;
    else if (word == "--only" && i + 1 < count)
      only = words[++i];
    else
      folder = word;
  }
  Bench bench(folder, bench::size_of(count, words));
  auto wanted = [&](const char* workload) { return only.empty() || only == workload; };
  if (wanted("W1")) flat(bench, "W1", "w1_flat1000.xml", 1000, true);
  if (wanted("W2")) flat(bench, "W2", "w2_flat5000.xml", 5000, true);
  if (wanted("W3")) {
    chain(bench, "W3", "answer", "w3_calc1000.xml", 1000);
    chain(bench, "W3", "answer_8000", "scale/calc8000.xml", 8000);
  }
  if (wanted("W4")) repeats(bench, "W4", "w4_repeat1000.xml", 1000, true);
  if (wanted("W5")) choose(bench, "W5", "w5_cascade20000.xml", 20000, true);
  if (wanted("lookup")) look_up(bench);
  if (wanted("W6") && !whova.empty()) verbal_autopsy(bench, whova);
  if (wanted("W7")) {
    spreadsheet(bench, "load", "xls1000.xlsx", 1000);
    spreadsheet(bench, "load_5000", "xls5000.xlsx", 5000);
  }
  if (wanted("scale")) scale(bench);
  // The largest last: the peak of memory beside a time is the program's so far.
  if (wanted("W2_50000") && !bench::size_of(count, words)) {
    Bench made("", 0);
    flat(made, "W2_50000", "", 50000, true);
  }
  if (wanted("unrelated")) unrelated(bench);
  return 0;
}
