// rihla merge: what a centre holds, merged, with its fingerprint; bundles carried by hand can be given.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "collector/app/export_verbs.h"
#include "collector/app/replicas.h"
#include "collector/command/profile_option.h"
#include "collector/command/stop.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::vector<std::string> bundles;
};

int run(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  int items = 0;
  for (const std::string& file : o.bundles) {
    auto bytes = app::read_file(file, uint64_t{1} << 30);
    if (!bytes) return terminal.fail(bytes.error());
    auto admitted = app::admit_bundle(**profile, std::filesystem::path(file).filename().string(), *bytes);
    if (!admitted)
      return terminal.fail(
          {admitted.error().fault, file + ": " + admitted.error().where, admitted.error().detail});
    items += *admitted;
  }
  Stop stop;
  auto dataset = app::Centre::look(**profile, "", [&](uint64_t done, uint64_t total) {
    if (terminal.is_interactive && !terminal.json)
      terminal.err << "\rrihla: merging, " << done << " of " << total << " interviews   " << std::flush;
    return !stop.asked();
  });
  if (terminal.is_interactive && !terminal.json) terminal.err << "\r\x1b[K";
  if (!dataset) return terminal.fail(dataset.error());
  std::string fingerprint = app::spoken_fingerprint(*dataset);
  if (terminal.json) {
    terminal.out << Json{{"new_items", items},
                         {"interviews", dataset->records},
                         {"revisions", dataset->revisions},
                         {"unopened", dataset->unopened},
                         {"refused", dataset->refused},
                         {"conflicts", dataset->conflicts.size()},
                         {"needs_review", dataset->needs_review},
                         {"likely_duplicates", dataset->undecided()},
                         {"incomplete", dataset->incomplete},
                         {"set_aside", dataset->set_aside},
                         {"withdrawn", dataset->withdrawn},
                         {"fingerprint", fingerprint}}
                        .dump()
                 << "\n";
    return 0;
  }
  terminal.out << items << " new items\n"
               << dataset->records << " interviews (" << dataset->refused << " refused) from "
               << dataset->revisions << " revisions; " << dataset->unopened << " not opened\n"
               << dataset->conflicts.size() << " conflicts, " << dataset->needs_review
               << " that break a rule of their form, " << dataset->undecided()
               << " likely duplicates to decide\n";
  if (dataset->withdrawn) terminal.out << dataset->withdrawn << " withdrawn\n";
  if (dataset->incomplete) terminal.out << dataset->incomplete << " whose beginning is missing\n";
  if (dataset->set_aside)
    terminal.out << dataset->set_aside << " revisions set aside: see rihla project status\n";
  terminal.out << "dataset: " << fingerprint << "\n";
  return 0;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  o->who.declare(app);
  app.add_option("bundles", o->bundles, "bundles carried by hand (.svb)");
  invocation.action = [o](Terminal& terminal) { return run(*o, terminal); };
}

}  // namespace

extern const Command merge_command;
const Command merge_command{
    .name = "merge", .summary = "merge what came in and show the dataset’s fingerprint", .declare = declare};

}  // namespace command
