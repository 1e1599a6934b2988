// nospace: in each scenario (scenarios.h) every single call to the operating system fails once: no room, a broken disk,
// no permission, a short write. What fails must say why, everything acknowledged is there, and trying again works; with
// RIHLA_LONG the call and all later ones fail until then. The control takes every refusal for success.
#include <algorithm>
#include <cstdlib>

#include "tests/torture/disk.h"
#include "tests/torture/mode.h"
#include "tests/torture/scenarios.h"

namespace torture {
namespace {

// Whether a refusal gives the reason that a person needs.
bool says_why(const base::Error& error, Trouble trouble) {
  using base::Fault;
  if (error.where.empty() || error.detail.size() < 10) return false;
  switch (trouble) {
    case Trouble::full:
      return error.fault == Fault::full;
    case Trouble::broken:
      return error.fault == Fault::full || error.fault == Fault::locked || error.fault == Fault::offline ||
             error.fault == Fault::corrupt;
    case Trouble::forbidden:
      return error.fault == Fault::locked || error.fault == Fault::full;
    case Trouble::short_write:
    case Trouble::none:
      return false;  // nothing was refused
  }
  return false;
}

struct Verdict {
  bool struck = false, silent = false;
  std::string lost;
};

Verdict attempt(const Scenario& scenario, uint64_t seed, Injection injection, bool control) {
  Verdict v;
  Place place(seed);
  Disk::watch(place.folder.path());
  if (auto ready = scenario.prepare(place); !ready) {
    Disk::rest();
    v.lost = "it could not be prepared: " + base::describe(ready.error());
    return v;
  }
  Disk::arm(injection);
  auto done = scenario.act(place);
  v.struck = Disk::struck();
  Disk::arm({});
  if (!done && !control) {
    v.silent = !says_why(done.error(), injection.trouble);
    if (v.silent) v.lost = "the refusal does not say why: " + base::describe(done.error());
  }
  if (v.lost.empty()) v.lost = scenario.check(place, done || control ? Now::after : Now::either);
  if (v.lost.empty() && !done) {
    auto again = scenario.act(place);
    if (!again)
      v.lost = "with room again it still fails: " + base::describe(again.error());
    else
      v.lost = scenario.check(place, Now::after);
  }
  Disk::rest();
  return v;
}

int64_t calls_in(const Scenario& scenario, uint64_t seed, Trouble trouble) {
  Place place(seed);
  Disk::watch(place.folder.path());
  int64_t calls = 0;
  if (scenario.prepare(place)) {
    Disk::arm({trouble, 0, false});
    if (scenario.act(place)) calls = Disk::calls();
  }
  Disk::rest();
  return calls;
}

struct Trial {
  const Scenario* scenario;
  Injection injection;
};

Tally run(const Options& options) {
  Tally tally;
  bool both = std::getenv("RIHLA_LONG") != nullptr;
  std::vector<Trial> trials;
  for (const Scenario& scenario : scenarios())
    for (Trouble trouble : {Trouble::full, Trouble::broken, Trouble::forbidden, Trouble::short_write}) {
      int64_t calls = calls_in(scenario, options.seed, trouble);
      for (int64_t at = 1; at <= calls; ++at)
        for (bool lasting : {false, true})
          if (!lasting || both) trials.push_back({&scenario, {trouble, at, lasting}});
    }
  int64_t whole = static_cast<int64_t>(trials.size());
  // A smaller count takes a sample, every scenario in it.
  base::SeededRandom random(options.seed);
  if (options.count < whole)
    for (size_t i = trials.size(); i > 1; --i) std::swap(trials[i - 1], trials[random.below(i)]);
  int64_t struck = 0;
  for (const Trial& trial : trials) {
    if (tally.trials >= options.count) break;
    Verdict v = attempt(*trial.scenario, options.seed, trial.injection, options.control);
    struck += v.struck;
    if (!v.lost.empty()) {
      ++(v.silent ? tally.false_alarms : tally.lost);
      const char* names[] = {"none", "full", "broken", "forbidden", "short write"};
      complain(options, tally.trials,
               std::string(trial.scenario->name) + ", " + names[static_cast<int>(trial.injection.trouble)] +
                   " at call " + std::to_string(trial.injection.at) +
                   (trial.injection.lasting ? " and all later" : "") + ": " + v.lost);
    }
    ++tally.trials;
  }
  tally.more = std::to_string(scenarios().size()) + " scenarios, " + std::to_string(struck) +
               " calls struck of " + std::to_string(whole) + " there are";
  if (!options.control && struck * 2 < tally.trials) tally.void_because = "hardly any call was struck";
  return tally;
}

}  // namespace

extern const Mode nospace_mode;
const Mode nospace_mode{.name = "nospace",
                        .help = "every call to the disk fails once: full, broken, forbidden, cut short",
                        .count = 900,
                        .long_count = 1'000'000,
                        .control_count = 60,
                        .run = run};

}  // namespace torture
