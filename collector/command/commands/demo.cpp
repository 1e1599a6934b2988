// rihla demo: a whole campaign, from a founded project to tables.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "collector/app/demo.h"
#include "collector/app/platform.h"
#include "collector/command/command.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string folder, questionnaires;
  app::DemoWish wish;
};

Json to_json(const app::DemoReport& r) {
  Json json{{"interviews", r.interviews}, {"refused", r.refused},     {"unfinished", r.unfinished},
            {"revisions", r.revisions},   {"conflicts", r.conflicts}, {"corrected", r.corrected},
            {"agree", r.agree},           {"centres", Json::array()}, {"tables", Json::array()},
            {"steps", Json::array()},     {"unmet", r.unmet},         {"seconds", r.seconds}};
  for (const app::DemoCentre& c : r.centres)
    json["centres"].push_back({{"label", c.label},
                               {"fingerprint", c.fingerprint},
                               {"revisions", c.revisions},
                               {"conflicts", c.conflicts},
                               {"unopened", c.unopened},
                               {"seconds", c.seconds}});
  for (const app::DemoTable& t : r.tables)
    json["tables"].push_back({{"name", t.name}, {"rows", t.rows}, {"columns", t.columns}});
  for (const app::DemoStep& s : r.steps)
    json["steps"].push_back(
        {{"what", s.what}, {"detail", s.detail}, {"seconds", s.seconds}, {"bytes", s.bytes}});
  return json;
}

std::string seconds(double s) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f s", s);
  return text;
}

std::string size(uint64_t bytes) {
  if (bytes == 0) return "";
  return bytes < 1024 * 1024 ? std::to_string(bytes / 1024) + " KiB"
                             : std::to_string(bytes / 1024 / 1024) + " MiB";
}

int run(const Options& options, Terminal& terminal) {
  std::filesystem::path questionnaires = options.questionnaires.empty()
                                             ? app::questionnaires_folder()
                                             : std::filesystem::path(options.questionnaires);
  auto tell = [&](const std::string& line) {
    if (!terminal.json) terminal.err << "rihla: " << line << "\n";
  };
  auto held = [&](int done, int all) {
    if (terminal.is_interactive && !terminal.json)
      terminal.err << "\rrihla: interview " << done + 1 << " of " << all << (done + 1 == all ? "\n" : "")
                   << std::flush;
  };
  auto report = app::run_demo(options.folder, options.wish, questionnaires, {tell, held});
  if (!report) return terminal.fail(report.error());
  Json json = to_json(*report);
  std::ofstream(std::filesystem::path(options.folder) / "demo.json") << json.dump(2) << "\n";
  if (terminal.json) {
    terminal.out << json.dump() << "\n";
    return report->agree ? 0 : 1;
  }
  std::vector<std::vector<std::string>> rows = {{"what", "how much", "time", "size"}};
  for (const app::DemoStep& s : report->steps)
    rows.push_back({s.what, s.detail, seconds(s.seconds), size(s.bytes)});
  terminal.table(rows);
  terminal.out << "\n";
  rows = {{"table", "rows", "columns"}};
  for (const app::DemoTable& t : report->tables)
    rows.push_back({t.name, std::to_string(t.rows), std::to_string(t.columns)});
  terminal.table(rows);
  if (!report->conflict_lines.empty()) terminal.out << "\nconflicts to settle:\n";
  for (const std::string& line : report->conflict_lines) terminal.out << "  " << line << "\n";
  for (const std::string& line : report->unmet) terminal.out << "no answer met the rule of " << line << "\n";
  terminal.out << "\n";
  for (const app::DemoCentre& c : report->centres)
    terminal.out << "dataset of " << c.label << ":  " << c.fingerprint << "\n";
  terminal.out << (report->agree ? "Both centres see the same dataset."
                                 : "THE CENTRES DISAGREE: this must never happen.")
               << "\n";
  return report->agree ? 0 : 1;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  app.add_option("folder", options->folder, "where the demonstration goes; made if it is not there")
      ->required();
  app.add_option("--devices", options->wish.devices, "fieldworkers' laptops")->capture_default_str();
  app.add_option("--interviews", options->wish.interviews, "interviews in all")->capture_default_str();
  app.add_option("--seed", options->wish.seed, "the same seed gives the same campaign")
      ->capture_default_str();
  app.add_option("--questionnaires", options->questionnaires,
                 "folder with staff, youth, associations and lists");
  app.add_flag("--withhold", options->wish.withhold, "one bundle never arrives: the fingerprint differs");
  app.add_flag("--alter", options->wish.alter, "one answer is another: the fingerprint differs");
  invocation.action = [options](Terminal& terminal) { return run(*options, terminal); };
}

}  // namespace

extern const Command demo_command;
const Command demo_command{
    .name = "demo", .summary = "a whole campaign: interviews, sync, merge, tables", .declare = declare};

}  // namespace command
