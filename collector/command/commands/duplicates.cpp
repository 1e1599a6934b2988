// rihla duplicates: interviews that may be of one respondent, linked or parted by a signed word that can be undone.
#include <nlohmann/json.hpp>

#include <CLI/CLI.hpp>

#include "collector/app/centre.h"
#include "collector/command/profile_option.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::string decision, reason;
  int number = 0;
};

int run(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  auto dataset = app::Centre::look(**profile, "");
  if (!dataset) return terminal.fail(dataset.error());
  if (o.number > 0) {
    if (static_cast<size_t>(o.number) > dataset->likenesses.size())
      return terminal.fail(
          {base::Fault::invalid, "--decide",
           "There are " + std::to_string(dataset->likenesses.size()) + " pairs; see the list."});
    app::Decision decision = o.decision == "same"        ? app::Decision::same
                             : o.decision == "different" ? app::Decision::different
                                                         : app::Decision::undone;
    auto done =
        app::link(**profile, dataset->likenesses[static_cast<size_t>(o.number) - 1], decision, o.reason);
    if (!done) return terminal.fail(done.error());
    dataset = app::Centre::look(**profile, "");
    if (!dataset) return terminal.fail(dataset.error());
  }
  Json all = Json::array();
  int n = 0;
  for (const app::Likeness& l : dataset->likenesses) {
    all.push_back({{"number", ++n},
                   {"first", l.first.hex()},
                   {"second", l.second.hex()},
                   {"why", l.why},
                   {"code", l.what},
                   {"decision", l.decision}});
    if (!terminal.json)
      terminal.out << n << "  " << l.why << (l.what.empty() ? "" : " " + l.what) << ": "
                   << l.first.hex().substr(0, 12) << " and " << l.second.hex().substr(0, 12) << "  "
                   << (l.decision.empty() ? "not decided" : l.decision) << "\n";
  }
  if (terminal.json)
    terminal.out << Json{{"duplicates", all}, {"undecided", dataset->undecided()}}.dump() << "\n";
  else
    terminal.out << dataset->undecided() << " to decide\n";
  return 0;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  o->who.declare(app);
  CLI::Option* number = app.add_option("--decide", o->number, "number of the pair");
  app.add_option("--as", o->decision, "same, different, or undo")
      ->needs(number)
      ->check(CLI::IsMember({"same", "different", "undo"}));
  app.add_option("--reason", o->reason, "why, for the record");
  invocation.action = [o](Terminal& terminal) { return run(*o, terminal); };
}

}  // namespace

extern const Command duplicates_command;
const Command duplicates_command{
    .name = "duplicates", .summary = "list likely duplicates, link or part them", .declare = declare};

}  // namespace command
