// rihla conflicts: answers that disagree, and settling them by a signed choice.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "collector/app/centre.h"
#include "collector/app/publishing.h"
#include "collector/command/profile_option.h"

namespace command {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProfileOption who;
  std::string language, reason;
  int settle = 0, side = 0;
};

int run(Options& o, Terminal& terminal) {
  auto profile = o.who.open(terminal);
  if (!profile) return terminal.fail(profile.error());
  if (auto has = app::some_form_has(**profile, o.language); !has) return terminal.fail(has.error());
  auto dataset = app::Centre::look(**profile, o.language);
  if (!dataset) return terminal.fail(dataset.error());
  if (o.settle > 0) {
    if (static_cast<size_t>(o.settle) > dataset->conflicts.size())
      return terminal.fail({base::Fault::invalid, "--settle",
                            "There are " + std::to_string(dataset->conflicts.size()) + " conflicts."});
    auto done =
        app::settle(**profile, dataset->conflicts[static_cast<size_t>(o.settle) - 1], o.side - 1, o.reason);
    if (!done) return terminal.fail(done.error());
    dataset = app::Centre::look(**profile, o.language);
    if (!dataset) return terminal.fail(dataset.error());
  }
  Json all = Json::array();
  int number = 0;
  for (const app::Disagreement& d : dataset->conflicts) {
    ++number;
    if (!terminal.json) terminal.out << number << ". " << d.case_code << "  " << d.label << "\n";
    Json sides = Json::array();
    for (size_t i = 0; i < d.sides.size(); ++i) {
      const auto& side = d.sides[i];
      sides.push_back({{"value", side.shown},
                       {"who", side.who},
                       {"when", side.when},
                       {"shown", static_cast<int>(i) == d.shown_side}});
      if (!terminal.json)
        terminal.out << "   " << i + 1 << ") " << side.shown << "   " << side.who << ", " << side.when
                     << (static_cast<int>(i) == d.shown_side ? "   (shown)" : "") << "\n";
    }
    all.push_back({{"number", number},
                   {"record", d.record.hex()},
                   {"case_code", d.case_code},
                   {"question", d.key.question},
                   {"label", d.label},
                   {"sides", sides}});
  }
  if (terminal.json)
    terminal.out << Json{{"conflicts", all}}.dump() << "\n";
  else
    terminal.out << dataset->conflicts.size() << " conflicts\n";
  return 0;
}

void declare(CLI::App& app, Invocation& invocation) {
  auto o = std::make_shared<Options>();  // shared by the options and the action, both gone with the app
  o->who.declare(app);
  app.add_option("--language", o->language, "of the labels");
  CLI::Option* settle = app.add_option("--settle", o->settle, "number of the conflict to settle");
  app.add_option("--side", o->side, "number of the value that holds")->needs(settle);
  app.add_option("--reason", o->reason, "why, for the record");
  invocation.action = [o](Terminal& terminal) { return run(*o, terminal); };
}

}  // namespace

extern const Command conflicts_command;
const Command conflicts_command{
    .name = "conflicts", .summary = "list answers that disagree, and settle them", .declare = declare};

}  // namespace command
