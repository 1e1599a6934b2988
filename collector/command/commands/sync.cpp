// rihla sync: hand over and receive, by a folder or by WebDAV.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>

#include "collector/app/central_file.h"
#include "collector/app/replicas.h"
#include "collector/app/strings.h"
#include "collector/command/profile_option.h"
#include "collector/command/stop.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::string place, user, password_file, certificates;
  bool again = false;
};

int run(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  app::SyncOptions options;
  options.again = o.again;
  options.transport.username = o.user;
  options.transport.certificates = o.certificates;
  if (!o.password_file.empty()) {
    std::ifstream in(o.password_file);
    if (!std::getline(in, options.transport.password))
      return terminal.fail({base::Fault::missing, o.password_file, "This password file cannot be read."});
  }
  Stop stop;
  auto report = app::sync_with(**profile, o.place, options, [&](const auto& step) {
    if (terminal.is_interactive && !terminal.json && step.bytes_total > 0)
      terminal.err << "\r" << step.name << " " << step.number
                   << (step.of ? " of " + std::to_string(step.of) : "") << ", " << step.bytes_done / 1024
                   << " of " << step.bytes_total / 1024 << " KiB   " << std::flush;
    return !stop.asked();
  });
  if (terminal.json) {
    terminal.out << Json{{"sent", report.sent},
                         {"received", report.received},
                         {"items", report.items},
                         {"bytes_sent", report.bytes_sent},
                         {"bytes_received", report.bytes_received},
                         {"problems", report.problems},
                         {"done", report.outcome.has_value()}}
                        .dump()
                 << "\n";
  } else {
    terminal.out << "bundles sent: " << report.sent << " (" << report.bytes_sent / 1024
                 << " KiB); received: " << report.received << " (" << report.bytes_received / 1024
                 << " KiB); new in them: " << report.items << "\n";
    for (const std::string& problem : report.problems)
      terminal.err << "rihla: left alone: " << problem << "\n";
  }
  if (!report.outcome) return terminal.fail(report.outcome.error());
  (void)app::remember_place(**profile, o.place);  // the window offers it
  if (!terminal.json && app::tell_of_one_disk(**profile))
    terminal.out << app::Strings("en").tr("file.one_disk.text") << "\n";
  return report.problems.empty() ? 0 : 1;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  o->who.declare(app);
  app.add_option("place", o->place, "a folder (stick, share), or https://… (WebDAV)")->required();
  app.add_flag("--again", o->again, "send once more all that is still here: for a centre that lost its disk");
  app.add_option("--user", o->user, "the server's user name");
  app.add_option("--password-file", o->password_file, "the server's password: first line of this file");
  app.add_option("--certificates", o->certificates, "a PEM file of certificates to trust");
  invocation.action = [o](Terminal& terminal) { return run(*o, terminal); };
}

}  // namespace

extern const Command sync_command;
const Command sync_command{
    .name = "sync", .summary = "hand over and receive, by a folder or by WebDAV", .declare = declare};

}  // namespace command
